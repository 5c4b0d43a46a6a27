"""Removes our marks from a returned copy, and nothing else, so that it can be annotated or corrected again.

Whatever a file says of itself is a claim: our document properties and hidden names are removed from every file, because
what is written into the copy states what this check has found out.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from rectify_xl.copies.editing.cell_marks import FILL_PROPERTY
from rectify_xl.copies.editing.remarks_column import remove_column, text
from rectify_xl.copies.wording import FONT
from rectify_xl.ooxml.areas import Area, references
from rectify_xl.ooxml.comments import Comments
from rectify_xl.ooxml.properties import custom_properties, set_custom_properties
from rectify_xl.ooxml.threads import remove_person
from rectify_xl.ooxml.xml_text import Unsupported
from rectify_xl.ooxml.xml_tree import Document
from rectify_xl.provenance.remarks import (  # fmt: skip
    AUTHOR,
    COLUMN_NAME,
    FILL_NAME,
    FILLS,
    RETURNED,
    is_column_heading,
    is_own,
    is_sheet_line,
    is_sheet_name,
    without_own_comment,
    without_own_lines,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.copies.editing.working import Working
    from rectify_xl.ooxml.sheet_part import SheetPart
    from rectify_xl.ooxml.workbook_part import SheetEntry

_TOP_ROWS = range(1, 5)
_HEAD_ROWS = 60
_MOST_COLUMNS = 60
_FILL_ELEMENTS = frozenset({"fill", "patternFill", "gradientFill", "stop", "fgColor", "bgColor", "color"})


def strip(working: Working) -> dict[str, int]:
    """Remove our marks. Returns the columns that stay because a clerk has written in them: sheet -> column."""
    if working.rebuilt:
        return {}
    properties = custom_properties(working.package)
    named = [entry for entry in working.workbook.sheets() if is_sheet_name(entry.name)]
    stays: dict[str, int] = {}
    if RETURNED in properties or named:
        # Backwards, so that the indexes of the sheets still to come stay as they are.
        for entry in reversed(named):
            if "/worksheets/" in f"/{entry.part}" and _is_result(working, working.sheet(entry)):
                working.remove(entry)
        fills = _KeptFills(working, properties)
        for entry in list(working.workbook.sheets()):
            if "/worksheets/" in f"/{entry.part}".lower():
                sheet = working.sheet(entry)
                _restore_fills(working, entry, sheet, fills)
                _strip_comments(working, sheet)
                stays |= _strip_columns(working, entry, sheet)
        remove_person(working.package, working.workbook.part)
    working.workbook.undefine(node for node in working.workbook.names() if is_own(node.get("name").removeprefix("_")))
    set_custom_properties(working.package, dict.fromkeys(filter(is_own, properties)))
    return stays


def _is_result(working: Working, sheet: SheetPart) -> bool:
    return any(
        is_sheet_line(text(working, sheet, row, column))
        for row in _TOP_ROWS
        if (found := sheet.rows.get(row))
        for column in list(found.cells)
    )


class _KeptFills:
    """The fills that cells had before they were marked: runs of cells in one column, as hidden names keep them."""

    def __init__(self, working: Working, properties: Mapping[str, str]) -> None:
        self._runs: dict[tuple[str, int], list[tuple[int, int, bytes]]] = {}
        fills: dict[str, bytes] = {}
        for node in working.workbook.names(prefix=FILL_NAME):
            number = node.get("name").removeprefix(FILL_NAME).partition(".")[0]
            if number not in fills:
                fills[number] = _usable(properties.get(f"{FILL_PROPERTY}{number}", ""))
            for sheet, area in references(node.text):
                if area.left == area.right:
                    self._runs.setdefault((sheet, area.left), []).append((area.top, area.bottom, fills[number]))
        for runs in self._runs.values():
            runs.sort()

    def of(self, sheet: str, row: int, column: int) -> bytes:
        """The fill of a cell; empty where none was kept."""
        runs = self._runs.get((sheet, column), [])
        at = bisect_right(runs, row, key=itemgetter(0)) - 1
        return runs[at][2] if at >= 0 and row <= runs[at][1] else b""


def _usable(fill: str) -> bytes:
    """A fill as XML, if it is one."""
    data = fill.encode("utf-8", "replace")
    try:
        root = Document(data).root
    except Unsupported:
        return b""
    names = {root.local, *(node.local for child in root.nodes() for node in (child, *child.nodes()))}
    return data if root.local == "fill" and names <= _FILL_ELEMENTS else b""


def _restore_fills(working: Working, entry: SheetEntry, sheet: SheetPart, kept: _KeptFills) -> None:
    own = working.styles.in_colours(FILLS.values())
    for row, column in list(sheet.rows.styled(own)) if own else ():
        style = working.styles.with_fill(sheet.style(row, column), kept.of(entry.name, row, column))
        sheet.set_style(row, column, style)


def _strip_comments(working: Working, sheet: SheetPart) -> None:
    comments = Comments(working.package, sheet, working.workbook.part, font=FONT)
    if not comments.part:
        return
    without = {cell: (words, without_own_comment(words)) for cell, words in comments.texts().items()}
    comments.set_texts({cell: others for cell, (words, others) in without.items() if others != words})
    for author in AUTHOR.values():
        comments.drop_author(author)
    comments.threads.remove_replies()
    comments.save()


def _strip_columns(working: Working, entry: SheetEntry, sheet: SheetPart) -> dict[str, int]:
    stays = {}
    for area, before in _columns(working, entry, sheet):
        said = {row: without_own_lines(text(working, sheet, row, area.left)) for row in range(area.top + 1, area.bottom + 1)}
        words = {row: own for row, own in said.items() if own.strip()}
        remove_column(working, entry, area, before, words=words)
        if words:
            stays[entry.name] = area.left
    return stays


def _columns(working: Working, entry: SheetEntry, sheet: SheetPart) -> list[tuple[Area, str]]:
    """Our columns by their hidden names, with their widths before; where a program has lost these, by heading and lines."""
    named = [
        (area, node.get("comment"))
        for node in working.workbook.names(prefix=COLUMN_NAME)
        for name, area in references(node.text)
        if name == entry.name and area.left == area.right and is_column_heading(text(working, sheet, area.top, area.left))
    ]
    if len(named) == 1:
        return [(_with_lines_below(working, sheet, named[0][0]), named[0][1])]
    return named or [(area, "") for area in _columns_by_words(working, sheet)]


def _with_lines_below(working: Working, sheet: SheetPart, column: Area) -> Area:
    """The column down to our last line in it: a row that somebody has moved may have left the named area."""
    rows = (row for row in sheet.rows.numbers() if row > column.bottom)
    ours = [row for row in rows if (said := text(working, sheet, row, column.left)) and without_own_lines(said) != said]
    return replace(column, bottom=max([column.bottom, *ours]))


def _columns_by_words(working: Working, sheet: SheetPart) -> list[Area]:
    numbers = sorted(set(sheet.rows.numbers()))
    for row in numbers[:_HEAD_ROWS]:
        found = sheet.rows.get(row)
        for column in sorted(found.cells)[:_MOST_COLUMNS] if found else ():
            if is_column_heading(text(working, sheet, row, column)):
                below = {at: text(working, sheet, at, column) for at in numbers if at > row}
                if any(without_own_lines(words) != words for words in below.values()):
                    return [Area(row, column, max(at for at, words in below.items() if words), column)]
    return []
