"""Print set-up, shared by all sheets."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.common.i18n import localise
from rectify_xl.workbook.theme import BODY_FONT

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

A3, A4 = 8, 9
A3_WIDTH = 215.0  # Latin digits across a landscape A3 at full size
_SMALLEST = 0.6  # of 10 pt; what would be printed smaller takes another sheet in width
# Wider sheets (in Latin digits) would be too small to read on A4.
A4_WIDTH = 190.0
_BLANK = "_" * 14
_SIGNATURES = {
    "zh": f"填表：{_BLANK}    审核：{_BLANK}    日期：{_BLANK}",
    "en": f"Prepared by: {_BLANK}    Checked by: {_BLANK}    Date: {_BLANK}",
}
_MAX_HEADER = 80  # all three parts together may hold 255 characters


def set_up(
    paper: Worksheet,
    *,
    width: float,
    left: str,
    right: str,
    lang: str,
    one_page: bool = False,
    signed: bool = False,
    across: int = 1,
) -> None:
    """Landscape, ``across`` pages wide, page x of y at the foot, ``left`` and ``right`` at the head.

    What is ``signed`` is the office's own paper: always A3, with a line at the foot for those who answer for it.
    """
    paper.set_landscape()
    paper.set_paper(A4 if fits_a4(width) and not signed else A3)
    paper.fit_to_pages(across, 1 if one_page else 0)
    paper.set_margins(left=0.4, right=0.4, top=0.55, bottom=0.6)
    paper.center_horizontally()
    font = f'&"{BODY_FONT},Regular"&9 '
    if not one_page:
        paper.set_header(f"&L{font}{_plain(left)}&R{font}{_plain(right)}", {"margin": 0.25})
    pages = localise(lang, "第 &P 页 共 &N 页", "Page &P of &N")
    if signed:
        line = _SIGNATURES["zh" if lang == "zh" else "en"]
        paper.set_footer(f"&L{font}{line}&R{font}{pages}", {"margin": 0.25})
    else:
        paper.set_footer(f"&C{font}{pages}", {"margin": 0.25})


def pages_across(width: float) -> int:
    """How many A3 pages a sheet takes side by side, so that its print can be read."""
    return ceil(width * _SMALLEST / A3_WIDTH)


def fits_a4(width: float) -> bool:
    """Whether a sheet of this width is still easy to read on A4."""
    return width <= A4_WIDTH


def corner(row: int, column: int) -> str:
    """The A1 address of a 0-based row and column."""
    return a1(row + 1, column + 1)


def _plain(text: str) -> str:
    """A text in which nothing is a header code."""
    return " ".join(text.split())[:_MAX_HEADER].replace("&", "&&")
