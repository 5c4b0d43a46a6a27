"""Colours, fonts and cell formats: the one place where the look of our workbooks is decided.

Fonts are named as government offices name them. Charset 134 (GB2312) makes Excel, WPS and LibreOffice fall back to
a Chinese font where the named one is not installed, instead of drawing boxes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

TITLE_FONT = "方正小标宋简体"
HEAD_FONT = "黑体"
BODY_FONT = "宋体"

INK = "#1F2937"
MUTED = "#6B7280"
RULE = "#BFC7D1"
NAVY = "#1F3864"
BLUE = "#2F5597"
BAND = "#F5F8FC"
HEAD = "#DCE6F2"
WHITE = "#FFFFFF"
RED = "#B42318"
RED_FILL = "#FDE2E0"
AMBER = "#9A5B00"
AMBER_FILL = "#FFF0D0"
GREEN = "#1E7145"
GREEN_FILL = "#E0F2E6"
GREY_FILL = "#ECEFF3"
DATA_BAR = "#A9D5B8"

STATUS_COLOURS = {
    "未启动": "#9AA5B1", "整改中": "#2F75B5", "已完成": "#5BAA7F", "已验收": "#3F9C6B", "公示中": "#7FB89A", "已销号": "#1E7145",
    "长期坚持": "#8064A2", "反弹": "#C0392B",
}  # fmt: skip
OTHER_STATUS = "#C9A227"

_BODY: Mapping[str, Any] = {
    "font_name": BODY_FONT, "font_family": 1, "font_charset": 134, "font_size": 10, "font_color": INK,
    "valign": "vcenter",
}  # fmt: skip
_HEAD: Mapping[str, Any] = {**_BODY, "font_name": HEAD_FONT, "font_family": 2}
_GRID: Mapping[str, Any] = {"border": 1, "border_color": RULE}
_CENTRED: Mapping[str, Any] = {"align": "center", "text_wrap": True}

_NUMBER_FORMATS = {"number": "General", "date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "percent": "0%"}

_NAMED: Mapping[str, Mapping[str, Any]] = {
    "title": {**_BODY, "font_name": TITLE_FONT, "font_size": 16, "font_color": NAVY, "text_wrap": True},
    "title-centre": {
        **_BODY,
        "font_name": TITLE_FONT,
        "font_size": 16,
        "font_color": NAVY,
        "text_wrap": True,
        "align": "center",
    },
    "note": {**_BODY, "font_size": 9, "font_color": MUTED, "text_wrap": True},
    "nothing": {**_BODY, "font_color": GREEN, "bold": True, "text_wrap": True},
    "back": {**_BODY, "font_size": 9, "font_color": BLUE, "underline": 1, "align": "left"},
    "head": {**_HEAD, **_GRID, **_CENTRED, "bold": True, "bg_color": HEAD, "font_color": NAVY},
    "link": {**_BODY, **_GRID, **_CENTRED, "font_color": BLUE, "underline": 1},
    "big-title": {**_BODY, "font_name": TITLE_FONT, "font_size": 22, "font_color": NAVY, "align": "center", "text_wrap": True},
    "subtitle": {**_BODY, "font_color": MUTED, "align": "center", "text_wrap": True},
    "section": {**_HEAD, "bold": True, "font_size": 11, "font_color": NAVY, "bottom": 2, "bottom_color": BLUE},
    "paste": {**_BODY, **_GRID, "text_wrap": True, "valign": "top", "font_size": 11, "align": "left", "indent": 1},
    "line": {**_BODY, **_GRID, "align": "left", "indent": 1},
    "line-link": {**_BODY, **_GRID, "align": "left", "indent": 1, "font_color": BLUE, "underline": 1},
    "line-centre": {**_BODY, **_GRID, "align": "center"},
    "line-muted": {**_BODY, **_GRID, "align": "left", "indent": 1, "font_color": MUTED, "font_size": 9},
    "line-date": {**_BODY, **_GRID, "align": "center", "num_format": "yyyy-mm-dd"},
    "line-percent": {**_BODY, **_GRID, "align": "center", "num_format": "0%"},
    "flag-red": {"font_color": RED, "bg_color": RED_FILL, "bold": True},
    "flag-amber": {"font_color": AMBER, "bg_color": AMBER_FILL},
    "flag-green": {"font_color": GREEN, "bg_color": GREEN_FILL},
    "flag-grey": {"font_color": MUTED, "bg_color": GREY_FILL},
    "faint": {"font_color": RULE},
    "band": {"bg_color": BAND, **_GRID},
    "grid": {**_GRID},
}


def card(part: str, colour: str) -> dict[str, Any]:
    """One of the three lines (``label``, ``figure``, ``share``) of a large figure; white borders keep cards apart."""
    looks: dict[str, dict[str, Any]] = {
        "label": {**_HEAD, "font_size": 11, "font_color": MUTED, "valign": "bottom", "top": 5, "top_color": colour},
        "figure": {**_HEAD, "font_size": 26, "bold": True, "font_color": colour},
        "share": {**_BODY, "font_size": 9, "font_color": MUTED, "valign": "top"},
    }
    edges = {"left": 5, "right": 5, "left_color": WHITE, "right_color": WHITE}
    return {**looks[part], **edges, "align": "center", "bg_color": BAND}


class Theme:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[object, Format] = {}

    def __getitem__(self, name: str) -> Format:
        return self.make(name, _NAMED[name])

    def make(self, key: object, properties: Mapping[str, Any]) -> Format:
        """The format registered under ``key``, made from ``properties`` on first use."""
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(properties))
        return self._made[key]

    def card(self, part: str, colour: str) -> Format:
        """See :func:`card`."""
        return self.make((part, colour), card(part, colour))

    def cell(self, look: str, align: str, *, top: bool = False, quoted: bool = False) -> Format:
        """The format of a cell in a list: ``look`` is text, number, date, moment, percent, or blank (no borders).

        ``top`` shows the beginning of a text that is taller than its row; ``quoted`` keeps a text that begins like a
        formula a text when somebody edits the cell.
        """
        properties = {**_BODY, **_GRID, "text_wrap": True, "align": align}
        if look in _NUMBER_FORMATS:
            properties["num_format"] = _NUMBER_FORMATS[look]
        if look == "blank":
            del properties["border"], properties["border_color"]
        if align == "left":
            properties["indent"] = 1
        if top:
            properties["valign"] = "top"
        if quoted:
            properties["quote_prefix"] = True
        return self.make((look, align, top, quoted), properties)
