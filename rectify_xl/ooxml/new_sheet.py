"""A new worksheet from values and looks: our own sheet, and the sheets of a file that cannot be edited in place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1
from rectify_xl.common.shown_number import ShownNumber
from rectify_xl.common.unreadable import CellError, Rounded, Uncached
from rectify_xl.ooxml.areas import quoted
from rectify_xl.ooxml.cells import text_node
from rectify_xl.ooxml.xml_tree import Node, element, xml_part

if TYPE_CHECKING:
    from rectify_xl.ooxml.areas import Area
    from rectify_xl.ooxml.styles import Look, Styles

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no zone
_FIRST_SAFE = date(1900, 3, 1)  # Excel believes in a 29 February 1900
_A3, _A4, _A4_WIDTH = 8, 9, 190  # wider sheets would be too small to read on A4
_MOST_DIGITS = 10**15
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


@dataclass
class NewSheet:
    """A worksheet to be written. ``rows`` holds (value, look) by row and column, ``links`` cell -> (sheet, cell there)."""

    name: str
    rows: dict[int, dict[int, tuple[Any, Look]]] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    links: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    filter: Area | None = None
    tab: str = ""
    state: str = ""
    selected: bool = False

    def put(self, row: int, column: int, value: Any, look: Look) -> None:  # noqa: ANN401 - a cell holds anything
        """Set one cell."""
        self.rows.setdefault(row, {})[column] = (value, look)


def sheet_xml(sheet: NewSheet, styles: Styles, namespace: str = MAIN) -> bytes:
    """A worksheet part: landscape, one page wide, the page's number at its foot."""
    known: dict[Look, int] = {}
    view: dict[str, object] = {"showGridLines": 0} if sheet.tab else {}
    view |= {"tabSelected": 1} if sheet.selected else {}
    rows = [_row(sheet, number, styles, known) for number in sorted({*sheet.rows, *sheet.hidden_rows})]
    parts = [
        element("sheetPr", {}, *([element("tabColor", {"rgb": f"FF{sheet.tab}"})] if sheet.tab else []),
                element("pageSetUpPr", {"fitToPage": 1})),
        element("sheetViews", {}, element("sheetView", {**view, "workbookViewId": 0})),
        element("sheetFormatPr", {"defaultRowHeight": 15}),
    ]  # fmt: skip
    if sheet.widths:
        entries = [
            element("col", {"min": at, "max": at, "width": f"{width:g}", "customWidth": 1})
            for at, width in sorted(sheet.widths.items())
        ]
        parts.append(element("cols", {}, *entries))
    parts.append(element("sheetData", {}, *rows))
    if sheet.filter:
        parts.append(element("autoFilter", {"ref": str(sheet.filter)}))
    if sheet.merges:
        merged = [element("mergeCell", {"ref": str(area)}) for area in sheet.merges]
        parts.append(element("mergeCells", {"count": len(merged)}, *merged))
    if sheet.links:
        targets = [
            element("hyperlink", {"ref": a1(*cell), "location": f"{quoted(name)}!{there}", "display": there})
            for cell, (name, there) in sheet.links.items()
        ]
        parts.append(element("hyperlinks", {}, *targets))
    parts += [
        element("printOptions", {"horizontalCentered": 1}),
        element("pageMargins", {"left": 0.4, "right": 0.4, "top": 0.5, "bottom": 0.6, "header": 0.3, "footer": 0.3}),
        element(
            "pageSetup",
            {"paperSize": _A4 if sum(sheet.widths.values()) <= _A4_WIDTH else _A3, "orientation": "landscape", "fitToHeight": 0},
        ),
        element("headerFooter", {}, element("oddFooter", {}, "&C&P / &N")),
    ]
    return xml_part(element("worksheet", {"xmlns": namespace}, *parts))


def _row(sheet: NewSheet, number: int, styles: Styles, known: dict[Look, int]) -> Node:
    cells = [
        _cell(a1(number, column), value, _style(look, value, styles, known))
        for column, (value, look) in sorted(sheet.rows.get(number, {}).items())
    ]
    attributes: dict[str, object] = {"r": number}
    if number in sheet.heights:
        attributes |= {"ht": f"{sheet.heights[number]:g}", "customHeight": 1}
    if number in sheet.hidden_rows:
        attributes["hidden"] = 1
    return element("row", attributes, *cells)


def _style(look: Look, value: Any, styles: Styles, known: dict[Look, int]) -> int:  # noqa: ANN401
    if isinstance(value, date):
        look = replace(look, date=True)
    if look not in known:
        known[look] = styles.look(look)
    return known[look]


def _cell(address: str, value: Any, style: int) -> Node:  # noqa: ANN401 - a cell holds anything
    where: dict[str, object] = {"r": address, "s": style}
    if value is None or value == "":
        return element("c", where)
    if isinstance(value, bool):
        return element("c", {**where, "t": "b"}, element("v", {}, str(int(value))))
    if isinstance(value, CellError):
        return element("c", {**where, "t": "e"}, element("v", {}, value.code if value.code in _ERRORS else "#VALUE!"))
    if isinstance(value, Rounded):
        return element("c", where, element("v", {}, value.digits))
    number = serial(value) if isinstance(value, date) else value
    if (
        isinstance(number, int | float)
        and not isinstance(number, ShownNumber)
        and isfinite(number)
        and abs(number) < _MOST_DIGITS
    ):
        return element("c", where, element("v", {}, repr(number)))
    # A formula that was never calculated is written as its text, so that the reader sees it.
    text = f"={value.formula}" if isinstance(value, Uncached) else str(value)
    return element("c", {**where, "t": "inlineStr"}, element("is", {}, text_node("t", text)))


def serial(day: date, *, date1904: bool = False) -> float | None:
    """The day number of a date or moment; None for days that Excel cannot count."""
    moment = day if isinstance(day, datetime) else datetime(day.year, day.month, day.day)  # noqa: DTZ001
    if moment.date() < _FIRST_SAFE:
        return None
    days = (moment - _EPOCH).total_seconds() / 86400 - (1462 if date1904 else 0)
    return int(days) if days == int(days) else days
