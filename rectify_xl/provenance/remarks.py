"""What we write into a unit's own workbook when it goes back, and how it is known again when the workbook returns.

Everything is known by its words, so that it does not matter which program saved the file in which format: lines that
begin with a severity in brackets, below a line of their own in comments; the heading 校验意见; a sentence on the sheet
校验结果. What a clerk writes between our lines is theirs and stays.
"""

from __future__ import annotations

import unicodedata

from rectify_xl.common.findings import SEVERITY_LABELS

# Custom document properties of a returned copy. The first holds the day it was checked on.
RETURNED = "rectify_xl.returned"
# How many places of it are to be corrected.
ASKED = "rectify_xl.asked"
# Hidden names: cells that had a fill of their own before we marked them, our column, a filter that we added.
NAMES = "_rectify_xl."
FILL_NAME, COLUMN_NAME, FILTER_NAME = f"{NAMES}fill.", f"{NAMES}remarks.", f"{NAMES}filter."
# What begins so, written in whichever case, is ours: properties, and hidden names behind an underscore.
_OWN = "rectify_xl."
# A folder of our copies: its files are no submissions unless the folder itself is given.
FOLDER_MARK = ".rectify_xl-copies"

COLUMN = {"zh": "校验意见", "en": "Remarks of the check"}
SHEET = {"zh": "校验结果", "en": "Result of the check"}
SHEET_LINE = {
    "zh": "本页和“校验意见”列、单元格底色由校验软件标注，改好后可以原样报送，不用删除。",
    "en": "This sheet, the remarks column and the coloured cells come from the check; send the mended list back as it is.",
}
CLEAN_LINE = {
    "zh": "本页由校验软件生成。这份清单没有需要改正的内容，不用重新报送。",
    "en": "This sheet comes from the check. Nothing in this list is to be corrected, and it need not be sent again.",
}
UNUSED_LINE = {
    "zh": "本页由校验软件生成，写明原文件为什么没有采用。请照“问题与修改办法”处理后另行报送，不要填在本页。",
    "en": "This sheet comes from the check and says why the file was not used. Mend the file and send it; fill in nothing here.",
}
COMMENT_LINE = {"zh": "——校验意见（请在单元格内改正）——", "en": "—— Remarks of the check (mend the cell) ——"}
FIXED_LABEL = {"zh": "已改正", "en": "mended"}
AUTHOR = {"zh": "整改办校验", "en": "Rectification office (check)"}

# Fills by severity. Unusual shades on purpose: a cell in one of them is taken for marked.
FILLS = {"error": "FBD4D1", "warning": "FFE7B3", "info": "D9E8F9", "fixed": "D8F0DF"}


def is_own(name: str) -> bool:
    """Whether a document property bears one of our names; in a unit's file it is a claim and no more."""
    return name.strip().casefold().startswith(_OWN)


def line(severity: str, message: str, lang: str) -> str:
    """One of our lines; ``severity`` may be ``fixed``."""
    label = FIXED_LABEL[lang] if severity == "fixed" else SEVERITY_LABELS[severity][lang]
    return f"【{label}】{' '.join(message.split())}"


_STARTS = tuple(f"【{label}】" for labels in (*SEVERITY_LABELS.values(), FIXED_LABEL) for label in labels.values())


def without_own_lines(text: str) -> str:
    """The lines of a text that are not ours."""
    return "\n".join(part for part in text.split("\n") if not part.startswith(_STARTS))


def without_own_comment(text: str) -> str:
    """A comment without our part: our line of its own, and our lines below it."""
    parts = text.split("\n")
    at = next((index for index, part in enumerate(parts) if _is_one_of(part, COMMENT_LINE)), None)
    if at is None:
        return text
    return "\n".join([*parts[:at], *(part for part in parts[at + 1 :] if not part.startswith(_STARTS))])


def is_column_heading(value: object) -> bool:
    """Whether a cell says what the heading of our column says."""
    # Asked of every text of every list: the first two tests rule out nearly all of them cheaply.
    return isinstance(value, str) and ("校" in value or "check" in value) and _is_one_of(value, COLUMN)


def is_sheet_line(value: object) -> bool:
    """Whether a cell says one of the sentences by which our sheet is known."""
    return isinstance(value, str) and any(_is_one_of(value, wordings) for wordings in (SHEET_LINE, CLEAN_LINE, UNUSED_LINE))


def is_sheet_name(name: str) -> bool:
    """Whether a sheet may be ours: its name is ours, or ours with a number."""
    return name.startswith(tuple(SHEET.values()))


def _is_one_of(text: str, wordings: dict[str, str]) -> bool:
    plain = _plain(text)
    return any(plain == _plain(wording) for wording in wordings.values())


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
