"""Colours, fonts and cell formats: the one place where the look of our workbooks is decided.

Fonts are named as government offices name them: 方正小标宋 for titles, 黑体 for headings, 仿宋 for text. A cell can name
one font only; family and charset 134 (GB2312) say what to take where it is not installed, so that Excel, WPS and
LibreOffice fall back to a Chinese serif (roman) or sans serif (swiss) font instead of drawing boxes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.format import Format

    from rectify_xl.workbook.styles import StyledWorkbook

TITLE_FONT = "方正小标宋简体"
HEAD_FONT = "黑体"
BODY_FONT = "仿宋"

INK = "#1F2937"
MUTED = "#6B7280"
GREY = "#4B5563"
RULE = "#BFC7D1"
NAVY = "#1F3864"
TEAL = "#2E8B8B"
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
BLUE_FILL = "#E3ECF8"
GREY_FILL = "#ECEFF3"
DATA_BAR = "#A9D5B8"
# Parts of bars: light enough for dark figures in them.
BAR_GREEN = "#86BF9B"
BAR_BLUE = "#D3E0F2"
BAR_RED = "#FBD9D5"

# What a task's state means, in the bars of a chart; closed states one after the other, the last one darkest.
STATE_CLOSED = ("#5BAA7F", "#3F9C6B", "#7FB89A", GREEN)
STATE_NOT_STARTED = "#9AA5B1"
STATE_UNDER_WAY = "#2F75B5"
STATE_STANDING = "#8064A2"
STATE_REOPENED = "#C0392B"
STATE_NONE = "#C9A227"

_BODY: Mapping[str, Any] = {
    "font_name": BODY_FONT, "font_family": 1, "font_charset": 134, "font_size": 10, "font_color": INK,
    "valign": "vcenter",
}  # fmt: skip
_HEAD: Mapping[str, Any] = {**_BODY, "font_name": HEAD_FONT, "font_family": 2}
_GRID: Mapping[str, Any] = {"border": 1, "border_color": RULE}
_CENTRED: Mapping[str, Any] = {"align": "center", "text_wrap": True}

_LINK: Mapping[str, Any] = {"font_color": BLUE, "underline": 1}

_DECIDED: Mapping[str, Any] = {"font_color": GREEN, "bold": True}

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
    "big-title": {**_BODY, "font_name": TITLE_FONT, "font_size": 22, "font_color": NAVY, "align": "center", "text_wrap": True},
    "subtitle": {**_BODY, "font_color": MUTED, "align": "center", "text_wrap": True},
    "waiting": {**_BODY, "bold": True, "font_color": AMBER, "bg_color": AMBER_FILL, "underline": 1, "align": "center"},
    "section": {**_HEAD, "bold": True, "font_size": 11, "font_color": NAVY, "bottom": 2, "bottom_color": BLUE},
    "paste": {**_BODY, **_GRID, "text_wrap": True, "valign": "top", "font_size": 11, "align": "left", "indent": 1},
    "line": {**_BODY, **_GRID, "align": "left", "indent": 1},
    "line-link": {**_BODY, **_GRID, "align": "left", "indent": 1, "font_color": BLUE, "underline": 1},
    "line-centre": {**_BODY, **_GRID, "align": "center"},
    "line-muted": {**_BODY, **_GRID, "align": "left", "indent": 1, "font_color": MUTED, "font_size": 9},
    "line-date": {**_BODY, **_GRID, "align": "center", "num_format": "yyyy-mm-dd"},
    "line-number": {**_BODY, **_GRID, "align": "center", "num_format": "0"},
    "line-percent": {**_BODY, **_GRID, "align": "center", "num_format": "0%"},
    "flag-red": {"font_color": RED, "bg_color": RED_FILL, "bold": True},
    "flag-amber": {"font_color": AMBER, "bg_color": AMBER_FILL},
    "flag-green": {"font_color": GREEN, "bg_color": GREEN_FILL},
    "flag-blue": {"font_color": BLUE, "bg_color": BLUE_FILL},
    "flag-grey": {"font_color": GREY, "bg_color": GREY_FILL},
    "group-office": {**_HEAD, **_GRID, **_CENTRED, "bg_color": BLUE, "font_color": WHITE},
    "group-unit": {**_HEAD, **_GRID, **_CENTRED, "bg_color": GREEN, "font_color": WHITE},
    "must-office": {**_HEAD, **_GRID, **_CENTRED, "bold": True, "bg_color": HEAD, "font_color": RED},
    "head-unit": {**_HEAD, **_GRID, **_CENTRED, "bold": True, "bg_color": GREEN_FILL, "font_color": GREEN},
    "must-unit": {**_HEAD, **_GRID, **_CENTRED, "bold": True, "bg_color": GREEN_FILL, "font_color": RED},
    "caption": {**_BODY, "align": "right"},
    "wrapped": {**_BODY, **_GRID, "text_wrap": True, "align": "left", "indent": 1},
    "wrapped-centre": {**_BODY, **_GRID, **_CENTRED},
    # A block over many rows may be cut by a page's end: what it says stands at its top.
    "block": {**_BODY, **_GRID, "text_wrap": True, "align": "left", "indent": 1, "valign": "top"},
    "block-centre": {**_BODY, **_GRID, **_CENTRED, "valign": "top"},
    "tip": {**_BODY, "text_wrap": True, "align": "left", "indent": 1},
    "aside": {**_BODY, "font_size": 9, "font_color": MUTED, "indent": 1},
    "entry-red": {"font_color": RED, "bg_color": RED_FILL, **_GRID},
    "sample-red": {**_BODY, **_GRID, **_CENTRED, "bold": True, "bg_color": RED_FILL, "font_color": RED},
    "grid": {**_GRID},
    "grid-faint": {**_GRID, "font_color": MUTED},
    "grid-group": {**_GRID, "top": 1, "top_color": NAVY},
    "group-first": {**_GRID, "top": 1, "top_color": NAVY, "bold": True, "font_color": NAVY},
}

# Named cell styles: what the office changes once in Excel or WPS holds for all cells of the kind.
_STYLE_OF = {
    **dict.fromkeys(("title", "title-centre", "big-title"), "整改标题"),
    **dict.fromkeys(("note", "subtitle", "nothing", "tip", "aside", "caption"), "整改说明"),
    **dict.fromkeys(("head", "head-unit", "must-office", "must-unit", "group-office", "group-unit"), "整改表头"),
    **dict.fromkeys(("line", "line-muted", "wrapped", "block", "paste"), "整改正文"),
    **dict.fromkeys(("line-centre", "wrapped-centre", "block-centre"), "整改居中"),
    **dict.fromkeys(("line-link", "back"), "整改链接"),
    "line-number": "整改数字", "line-date": "整改日期", "line-percent": "整改百分比", "section": "整改小节",
}  # fmt: skip
_CELL_STYLES = {"number": "整改数字", "date": "整改日期", "moment": "整改日期", "percent": "整改百分比"}
_LIST: Mapping[str, Any] = {**_BODY, **_GRID, "text_wrap": True}
_STYLES: Mapping[str, Mapping[str, Any]] = {
    "整改标题": _NAMED["title"],
    "整改说明": _NAMED["note"],
    "整改小节": _NAMED["section"],
    "整改表头": _NAMED["head"],
    "整改正文": {**_LIST, "align": "left", "indent": 1},
    "整改居中": {**_LIST, "align": "center"},
    "整改数字": {**_LIST, "align": "center", "num_format": _NUMBER_FORMATS["number"]},
    "整改日期": {**_LIST, "align": "center", "num_format": _NUMBER_FORMATS["date"]},
    "整改百分比": {**_LIST, "align": "center", "num_format": _NUMBER_FORMATS["percent"]},
    "整改链接": {**_LIST, "align": "center", **_LINK},
    "整改指标": {**_HEAD, "font_size": 26, "bold": True, "align": "center"},
}


def card(part: str, colour: str) -> dict[str, Any]:
    """One of the lines (``label``, ``figure``, ``note``, ``last``) of a large figure; white borders keep cards apart."""
    looks: dict[str, dict[str, Any]] = {
        "label": {**_HEAD, "font_size": 11, "font_color": MUTED, "valign": "bottom", "top": 5, "top_color": colour},
        "figure": {**_HEAD, "font_size": 26, "bold": True, "font_color": colour},
        "note": {**_BODY, "font_size": 9, "font_color": GREY},
        "last": {**_BODY, "font_size": 9, "font_color": GREY, "valign": "top"},
    }
    edges = {"left": 5, "right": 5, "left_color": WHITE, "right_color": WHITE}
    return {**looks[part], **edges, "align": "center", "bg_color": BAND}


class Theme:
    """The formats of one workbook, each made once."""

    def __init__(self, book: StyledWorkbook) -> None:
        self._book = book
        self._made: dict[object, Format] = {}

    def __getitem__(self, name: str) -> Format:
        return self.make(name, _NAMED[name], _STYLE_OF.get(name, ""))

    def make(self, key: object, properties: Mapping[str, Any], style: str = "") -> Format:
        """The format registered under ``key``, made from ``properties`` on first use; ``style`` is its named cell style."""
        if key not in self._made:
            number = self._book.style(style, _STYLES[style]) if style else 0
            self._made[key] = self._book.add_format(dict(properties))
            self._made[key].xf_id = number
        return self._made[key]

    def card(self, part: str, colour: str, number_format: str = "General") -> Format:
        """See :func:`card`."""
        return self.make((part, colour, number_format), {**card(part, colour), "num_format": number_format}, "整改指标")

    def urgent(self, look: str) -> Format:
        """How urgent a task of 汇总 is, by the colours of the lists."""
        return self.make(("urgent", look), {**_NAMED["line-centre"], **_NAMED[look]}, "整改居中")

    def entry(self, number_format: str, align: str, *, fixed: bool = False, bare: bool = False) -> Format:
        """The format of a cell that somebody fills in; ``fixed`` ones are locked, ``bare`` ones have no borders."""
        properties = {**_BODY, "text_wrap": True, "align": align, "num_format": number_format, "locked": fixed}
        if not bare:
            properties |= _GRID
        if align == "left":
            properties["indent"] = 1
        if fixed:
            properties["bg_color"] = GREY_FILL
        return self.make(("entry", number_format, align, fixed, bare), properties)

    def symbol(self, look: str, symbol: str) -> Format:
        """A colour of a conditional format that also shows a symbol before the cell's word; the word stays what it is."""
        return self.make((look, symbol), {**_NAMED[look], "num_format": f'"{symbol} "@'})

    def cell(
        self,
        look: str,
        align: str,
        *,
        top: bool = False,
        quoted: bool = False,
        link: bool = False,
        decided: bool = False,
        wrap: bool = True,
    ) -> Format:
        """The format of a cell in a list: ``look`` is text, number, date, moment, percent, or blank (no borders).

        ``top`` shows the beginning of a text that is taller than its row; ``quoted`` keeps a text that begins like a
        formula a text when somebody edits the cell; ``link`` says that a click leads somewhere; ``decided`` that the office has
        settled what stands there; ``wrap``, that long texts take several lines.
        """
        properties = {**_BODY, **_GRID, "text_wrap": wrap, "align": align}
        if look in _NUMBER_FORMATS:
            properties["num_format"] = _NUMBER_FORMATS[look]
        if link:
            properties |= _LINK
        if decided:
            properties |= _DECIDED
        if look == "blank":
            del properties["border"], properties["border_color"]
        if align == "left":
            properties["indent"] = 1
        if top:
            properties["valign"] = "top"
        if quoted:
            properties["quote_prefix"] = True
        style = "整改链接" if link else _CELL_STYLES.get(look) or ("整改正文" if align == "left" else "整改居中")
        return self.make((look, align, top, quoted, link, decided, wrap), properties, style)
