"""Writes templates/papers/*.docx, the Word templates of all papers in both languages, or checks them.

usage: python docs/make_papers.py [--check]        with --check nothing is written; exit status 1 when one is stale
"""

from __future__ import annotations

import sys

from packages import ROOT, write_or_check
from papers.bulletin import bulletin
from papers.card import card
from papers.dossier import dossier
from papers.notice import notice
from papers.publicity import publicity

from rectify_xl.common.i18n import LANGUAGES, Text

FOLDER = ROOT / "templates" / "papers"
PAPERS = {
    Text("通报.docx", "bulletin.docx"): bulletin,
    Text("督办函.docx", "letter.docx"): notice,
    Text("任务卡.docx", "card.docx"): card,
    Text("公示稿.docx", "publicity.docx"): publicity,
    Text("验收销号表.docx", "dossier.docx"): dossier,
}

if __name__ == "__main__":
    sys.exit(write_or_check({FOLDER / name.in_language(lang): make(lang) for name, make in PAPERS.items() for lang in LANGUAGES}))
