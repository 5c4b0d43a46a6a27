"""A file of another format -> a new package: values, dates, merged cells, hidden rows and sheets, and widths where known."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import localise
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_layout import line_count, natural_width, row_height
from rectify_xl.copies.wording import FONT
from rectify_xl.intake.files import read_workbook
from rectify_xl.intake.grid import LAST_COLUMN, LAST_ROW
from rectify_xl.ooxml.areas import Area
from rectify_xl.ooxml.new_package import new_package
from rectify_xl.ooxml.new_sheet import NewSheet, sheet_xml
from rectify_xl.ooxml.properties import set_custom_properties
from rectify_xl.ooxml.styles import Look, Styles
from rectify_xl.ooxml.workbook_part import WorkbookPart
from rectify_xl.provenance.remarks import is_own

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.copies.requests import Original
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.ooxml.package import Package

_TITLE = Look(size=14, bold=True, border=False, across="center")
_ASIDE = Look(border=False)
_HEAD = Look(bold=True, fill="E8EDF3", across="center")
_BODY = Look()
_NARROW, _WIDE = 8.0, 45.0
_DATE = 12.0  # of 2026-12-05; in a narrower column a date shows as ####
_NO_NAME = LazyPattern("[\\[\\]*?:/\\\\\x00-\x1f\ud800-\udfff\ufffe\uffff]|^'|'$")
_LONGEST_NAME = 31  # UTF-16 code units
_WIDEST = 255.0
_MOST_BORDERED = 200_000  # cells inside of merged ranges that get borders


def rebuilt_package(original: Original, lang: str) -> tuple[Package, Mapping[str, str | None], str]:
    """A new package with what the intake reads in a file.

    Returns:
        The package; the new name of each sheet, None for a name that several have; and a sentence on what is lost.
    """
    workbook = read_workbook(Path(original.path))
    package = new_package(workbook.modified)
    book = WorkbookPart(package)
    styles = Styles(package.read(book.styles_part()), font=FONT)
    headers: dict[str, list[int]] = {}
    for table in original.tables:
        headers.setdefault(table.sheet, []).append(table.header_row)
    names: dict[str, str | None] = {}
    for sheet in workbook.sheets:
        name = book.free_sheet_name(excel_name(sheet.name))
        names[sheet.name] = None if sheet.name in names else name
        content = sheet_xml(_sheet(sheet, name, headers.get(sheet.name, [])), styles)
        book.insert_sheet(name, content, first=False, state="" if sheet.visible else "hidden")
    package.write(book.styles_part(), styles.join())
    book.save()
    set_custom_properties(package, {name: value for name, value in workbook.properties.items() if name and not is_own(name)})
    lost = localise(
        lang, "内容、合并单元格、隐藏行已照搬；格式、批注、图片、下拉选项没有带过来，公式已换成计算结果。",
        "contents, merged cells and hidden rows are kept; looks, comments, pictures and dropdowns are not, formulas are values.",
    )  # fmt: skip
    return package, names, lost


def excel_name(name: str) -> str:
    """A sheet's name as Excel takes it; other programs allow longer ones and more signs."""
    units = _NO_NAME.sub("_", name).encode("utf-16-le")[: 2 * _LONGEST_NAME]
    return _NO_NAME.sub("_", units.decode("utf-16-le", "ignore")) or "Sheet"


def _sheet(sheet: Sheet, name: str, headers: list[int]) -> NewSheet:
    made = NewSheet(name, merges=_apart(sheet))
    made.hidden_rows = {row for row in sheet.hidden_rows if row <= sheet.last_row}
    first = min(headers, default=0)
    for row, cells in sheet.cells.items():
        for column, value in cells.items():
            made.put(row, column, value, _look(row, first, headers, alone=len(cells) == 1))
    # A merged cell has its borders on every cell that it covers.
    bordered = 0
    for area in made.merges:
        _, look = made.rows.get(area.top, {}).get(area.left, (None, _ASIDE))
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if look.border and size <= 10_000 and bordered + size <= _MOST_BORDERED:  # noqa: PLR2004 - a task's size
            bordered += size
            for row, column in area.cells():
                if column not in made.rows.get(row, {}):
                    made.put(row, column, None, look)
    made.widths = {column: min(_WIDEST, width) for column, width in (sheet.widths or _widths(sheet, first)).items()}
    for column in {column for cells in sheet.cells.values() for column, value in cells.items() if isinstance(value, date)}:
        made.widths[column] = max(_DATE, made.widths.get(column, _DATE))
    made.heights = {row: _height(sheet, row, made.widths) for row in sheet.cells}
    return made


def _height(sheet: Sheet, row: int, widths: dict[int, float]) -> float:
    """Room for the longest text of a row that is not merged over several rows."""
    lines = [1]
    for column, value in sheet.cells[row].items():
        merge = sheet.merge_at(row, column)
        if merge is None or merge.top == merge.bottom:
            across = range(column, (merge.right if merge else column) + 1)
            lines.append(line_count(str(value), sum(widths.get(at, _NARROW) for at in across)))
    return row_height(max(lines))


def _look(row: int, first: int, headers: list[int], *, alone: bool) -> Look:
    if row in headers:
        return _HEAD
    if row < first:
        return _TITLE if row == 1 and alone else _ASIDE
    return _BODY


def _apart(sheet: Sheet) -> list[Area]:
    """The merged ranges of used rows that overlap no earlier one: with such a pair no program opens the file unasked."""
    at = {id(one): index for index, one in enumerate(sheet.merges)}
    bad: set[int] = set()
    for crossing in sheet.merged.values():
        reach, before = 0, -1
        for one in sorted(crossing, key=lambda one: one.left):
            index = at[id(one)]
            if one.left <= reach:
                bad.add(max(index, before))
            reach, before = max(reach, one.right), index
    used = sorted({at[id(one)] for crossing in sheet.merged.values() for one in crossing} - bad)
    merges = map(sheet.merges.__getitem__, used)
    areas = (Area(one.top, one.left, min(one.bottom, LAST_ROW), min(one.right, LAST_COLUMN)) for one in merges)
    return [area for area in areas if area.top < area.bottom or area.left < area.right]


def _widths(sheet: Sheet, first: int) -> dict[int, float]:
    """Widths by what the columns of the table hold."""
    widths: dict[int, float] = {}
    for row, cells in sheet.cells.items():
        for column, value in cells.items() if row >= first else ():
            merge = sheet.merge_at(row, column)
            if merge is None or merge.left == merge.right:
                widths[column] = max(widths.get(column, _NARROW), min(_WIDE, natural_width(str(value)) + 2))
    return widths
