"""The column 校验意见 beside a table: added, found again, and removed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rectify_xl.common.text_layout import line_count, row_height
from rectify_xl.ooxml.areas import Area, reference, references
from rectify_xl.ooxml.cells import is_blank, rich_text, text_of, write_text
from rectify_xl.ooxml.resizing import raise_row, restore_width, set_width
from rectify_xl.ooxml.workbook_part import FILTER, PRINT_AREA
from rectify_xl.provenance.remarks import COLUMN, COLUMN_NAME, FILTER_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rectify_xl.copies.editing.working import Working
    from rectify_xl.copies.requests import TablePlace
    from rectify_xl.ooxml.sheet_part import SheetPart
    from rectify_xl.ooxml.workbook_part import SheetEntry

_WIDTH = 46
_LAST_COLUMN = 16_384
_FURTHEST = 60  # columns beyond the table in which a free one is looked for


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a table stands: its header from ``top`` to ``header``, its tasks and its columns."""

    top: int
    header: int
    rows: tuple[int, ...]
    left: int
    right: int

    @property
    def bottom(self) -> int:
        """The last row with a task."""
        return max(self.rows, default=self.header)


def frame_of(working: Working, sheet: SheetPart, table: TablePlace) -> Frame:
    """A table's frame: as far right as its headings go, headings of unknown columns among them."""
    header = sheet.rows.get(table.header_row)
    headed = [column for column, cell in header.cells.items() if not is_blank(cell)] if header else []
    around = [*sheet.merges(), *list_objects(working, sheet)]
    wide = [area.right for area in around if area.top <= table.header_row <= area.bottom]
    right = max([*table.columns, *headed, *wide])
    # Where the last heading is merged downwards, ours is.
    top = next((area.top for area in sheet.merges() if area.covers(table.header_row, right)), table.header_row)
    return Frame(top, table.header_row, table.rows, min(table.columns), right)


def list_objects(working: Working, sheet: SheetPart) -> list[Area]:
    """The areas of the sheet's tables in Excel's own sense."""
    parts = [one.target for one in working.package.relations(sheet.part) if one.kind.endswith("/table")]
    areas = (Area.read(working.package.document(part).root.get("ref")) for part in parts if part in working.package)
    return [area for area in areas if area]


def free_column(sheet: SheetPart, frames: Sequence[Frame], taken: Iterable[Area]) -> int | None:
    """The nearest column to the right of all tables in which nothing stands beside them; None when there is none."""
    first = max(frame.right for frame in frames) + 1
    blocks = [Area(frame.top, first, frame.bottom, first) for frame in frames]
    beside = [replace(block, right=_LAST_COLUMN) for block in blocks]
    merged = [other for other in (*sheet.merges(), *taken) if any(block.meets(other) for block in beside)]
    for column in range(first, min(first + _FURTHEST, _LAST_COLUMN) + 1):
        moved = [Area(block.top, column, block.bottom, column) for block in blocks]
        covered = any(block.meets(other) for block in moved for other in merged)
        if not covered and not any(_filled(sheet, row, column) for block in moved for row in range(block.top, block.bottom + 1)):
            return column
    return None


def _filled(sheet: SheetPart, row: int, column: int) -> bool:
    cell = sheet.rows.cell(row, column)
    return cell is not None and not is_blank(cell)


def add_column(
    working: Working, entry: SheetEntry, tables: Sequence[TablePlace], lines: Mapping[int, Sequence[str]], lang: str,
    kept: int | None,
) -> bool:  # fmt: skip
    """Write the remarks of each row beside its table; False when there is no room.

    ``kept`` is the column in which a clerk has written between our lines: it stays, and gets the new ones.
    """
    sheet = working.sheet(entry)
    frames = [frame_of(working, sheet, table) for table in tables]
    if kept is not None:
        frames = [replace(one, right=min(one.right, kept - 1)) for one in frames]
    column = kept or free_column(sheet, frames, list_objects(working, sheet))
    if column is None:
        return False
    before = set_width(sheet, column, _WIDTH) if kept is None else ""
    for frame in frames:
        if any(row in lines for row in frame.rows):
            _write(working, sheet, frame, column, lines, lang)
            working.workbook.define(
                f"{COLUMN_NAME}{len(working.workbook.names(prefix=COLUMN_NAME)) + 1}",
                reference(entry.name, Area(frame.top, column, frame.bottom, column)), hidden=True, comment=before,
            )  # fmt: skip
            # Of two tables side by side both have the row; what is said of it is said once.
            lines = {row: said for row, said in lines.items() if row not in frame.rows}
    _filter(working, entry, sheet, frames, column)
    _edit_print_area(working, entry, lambda area: area.up_to(column) if area.right == column - 1 else area)
    return True


def _write(working: Working, sheet: SheetPart, frame: Frame, column: int, lines: Mapping[int, Sequence[str]], lang: str) -> None:
    for row in range(frame.top, frame.header + 1):
        sheet.set_style(row, column, sheet.style(row, frame.right))
    write_text(sheet.rows.get_or_add_cell(frame.top, column), COLUMN[lang])
    heading = Area(frame.top, column, frame.header, column)
    if frame.top < frame.header and heading not in sheet.merges():
        sheet.merge(heading)
    for row in frame.rows:
        cell = sheet.rows.get_or_add_cell(row, column)
        own = text(working, sheet, row, column)
        sheet.set_style(row, column, working.styles.for_remarks(sheet.style(row, frame.right)))
        words = [*lines.get(row, ()), *([own] if own else [])]
        if words:
            write_text(cell, "\n".join(words))
            raise_row(sheet, row, row_height(line_count("\n".join(words), _WIDTH)))
    sheet.cover(frame.top, column)
    sheet.cover(frame.bottom, column)


def text(working: Working, sheet: SheetPart, row: int, column: int) -> str:
    """The text of a cell, "" where it holds none."""
    cell = sheet.rows.cell(row, column)
    rich = rich_text(cell, working.strings) if cell is not None else None
    return text_of(rich) if rich is not None else ""


def _filter(working: Working, entry: SheetEntry, sheet: SheetPart, frames: Sequence[Frame], column: int) -> None:
    """Extend the filter to the column; a sheet without one gets one where that cannot do harm."""
    node = sheet.section("autoFilter")
    if node is not None:
        area = Area.read(node.get("ref"))
        if area and area.right == column - 1 and any(area.top <= frame.header <= area.bottom for frame in frames):
            set_filter(working, entry, sheet, area.up_to(column))
        return
    protection = sheet.section("sheetProtection")
    locked = protection is not None and protection.get("sheet") in ("1", "true")
    if len(frames) > 1 or locked or not frames[0].rows:
        return
    frame = frames[0]
    area = Area(frame.header, frame.left, frame.bottom, column)
    if any(area.meets(other) for other in list_objects(working, sheet)):
        area = Area(frame.header, column, frame.bottom, column)
    set_filter(working, entry, sheet, area)
    number = len(working.workbook.names(prefix=FILTER_NAME)) + 1
    working.workbook.define(f"{FILTER_NAME}{number}", reference(entry.name, area), hidden=True)


def set_filter(working: Working, entry: SheetEntry, sheet: SheetPart, area: Area | None) -> None:
    """Set the area of a sheet's filter, or remove it, together with the name that programs keep for it."""
    name = working.workbook.name_of(FILTER, entry.index)
    if area is None:
        node = sheet.section("autoFilter")
        if node is not None:
            sheet.root.remove(node)
        if name is not None:
            working.workbook.undefine([name])
        return
    sheet.get_or_add_section("autoFilter").set("ref", str(area))
    if name is None:
        working.workbook.define(FILTER, reference(entry.name, area), index=entry.index, hidden=True)
    else:
        name.set_text(reference(entry.name, area))


def _edit_print_area(working: Working, entry: SheetEntry, edit: Callable[[Area], Area]) -> None:
    name = working.workbook.name_of(PRINT_AREA, entry.index)
    areas = references(name.text) if name is not None else []
    if name is None or len(areas) != name.text.count("!"):
        return  # whole columns, or nothing that could be read
    edited = [edit(area) for _, area in areas]
    if edited != [area for _, area in areas]:
        name.set_text(",".join(reference(sheet, area) for (sheet, _), area in zip(areas, edited, strict=True)))


def remove_column(working: Working, entry: SheetEntry, area: Area, before: str, *, words: Mapping[int, str]) -> None:
    """Remove the column: its cells, merges, width (as it was ``before``), filter and print area.

    ``words`` are a clerk's own, by row: where there are any, the column stays with them.
    """
    sheet, column = working.sheet(entry), area.left
    for row in range(area.top, area.bottom + 1):
        if row in words:
            write_text(sheet.rows.get_or_add_cell(row, column), words[row])
        elif not words or row > area.top:
            sheet.rows.remove_cell(row, column)
    if words:
        return
    merged = {one for one in sheet.merges() if one.left == one.right == column and one.meets(area)}
    if merged:
        sheet.unmerge(merged)
    restore_width(sheet, column, before)
    node = sheet.section("autoFilter")
    filtered = Area.read(node.get("ref")) if node is not None else None
    if node is not None and filtered and filtered.right == column and filtered.top <= area.bottom:
        added = [
            name for name in working.workbook.names(prefix=FILTER_NAME) if references(name.text)[:1] == [(entry.name, filtered)]
        ]
        for one in list(node.nodes("filterColumn")):
            if one.get("colId") == str(column - filtered.left):
                node.remove(one)
        gone = filtered.left == column or (added and not any(node.nodes("filterColumn")))
        set_filter(working, entry, sheet, None if gone else filtered.up_to(column - 1))
    _edit_print_area(working, entry, lambda one: one.up_to(column - 1) if one.right == column > one.left else one)
