"""Writes templates/papers/*.docx, the Word templates of bulletin, notice and card, or checks them.

usage: python docs/make_papers.py [--check]        with --check nothing is written; exit status 1 when one is stale
"""

from __future__ import annotations

import sys

from packages import ROOT, write_or_check
from papers.bulletin import bulletin
from papers.card import card
from papers.notice import notice

FOLDER = ROOT / "templates" / "papers"
PAPERS = {"通报.docx": bulletin, "督办函.docx": notice, "任务卡.docx": card}

if __name__ == "__main__":
    sys.exit(write_or_check({FOLDER / name: make() for name, make in PAPERS.items()}))
