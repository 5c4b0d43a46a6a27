"""Writes templates/papers/*.docx, the Word templates of bulletin, notice and card in both languages, or checks them.

usage: python docs/make_papers.py [--check]        with --check nothing is written; exit status 1 when one is stale
"""

from __future__ import annotations

import sys

from packages import ROOT, write_or_check
from papers.bulletin import bulletin
from papers.card import card
from papers.notice import notice

from rectify_xl.common.i18n import LANGUAGES, Text

FOLDER = ROOT / "templates" / "papers"
PAPERS = {
    Text("通报.docx", "bulletin.docx"): bulletin,
    Text("督办函.docx", "letter.docx"): notice,
    Text("任务卡.docx", "card.docx"): card,
}

if __name__ == "__main__":
    sys.exit(write_or_check({FOLDER / name.in_language(lang): make(lang) for name, make in PAPERS.items() for lang in LANGUAGES}))
