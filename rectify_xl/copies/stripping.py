"""Takes our marks out of a returned copy, and nothing else, so that it can be marked, or mended, anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.copies.cellmarks import FILL_PROPERTY
from rectify_xl.copies.column import remove_column, text
from rectify_xl.copies.wording import FONT
from rectify_xl.intake.document_properties import RETURNED_TO
from rectify_xl.ooxml.areas import Area, references
from rectify_xl.ooxml.comments import Comments
from rectify_xl.ooxml.properties import custom_properties, set_custom_properties
from rectify_xl.ooxml.threads import remove_person
from rectify_xl.provenance.remarks import (  # fmt: skip
    AUTHOR,
    COLUMN_NAME,
    FILL_NAME,
    FILLS,
    NAMES,
    RETURNED,
    is_column_heading,
    is_sheet_line,
    is_sheet_name,
    without_own_comment,
    without_own_lines,
)

if TYPE_CHECKING:
    from rectify_xl.copies.working import Working
    from rectify_xl.ooxml.sheet_part import SheetPart
    from rectify_xl.ooxml.workbook_part import SheetEntry

_TOP_ROWS = range(1, 5)
_HEAD_ROWS = 60
_MOST_COLUMNS = 60


def strip(working: Working) -> dict[str, int]:
    """Remove our marks. Returns the columns that stay because a clerk has written in them: sheet -> column."""
    properties = custom_properties(working.package)
    named = [entry for entry in working.workbook.sheets() if is_sheet_name(entry.name)]
    if working.rebuilt or (RETURNED not in properties and not named):
        return {}
    # From behind, so that the places of the sheets still to come stay what they are.
    for entry in reversed(named):
        if "/worksheets/" in f"/{entry.part}" and _is_result(working, working.sheet(entry)):
            working.remove(entry)
    fills = _kept_fills(working, properties)
    stays: dict[str, int] = {}
    for entry in list(working.workbook.sheets()):
        if "/worksheets/" in f"/{entry.part}".lower():
            sheet = working.sheet(entry)
            _restore_fills(working, entry, sheet, fills)
            _strip_comments(working, sheet)
            stays |= _strip_columns(working, entry, sheet)
    working.workbook.undefine(working.workbook.names(prefix=NAMES))
    remove_person(working.package, working.workbook.part)
    own = [key for key in properties if key in (RETURNED, RETURNED_TO) or key.startswith(FILL_PROPERTY)]
    set_custom_properties(working.package, dict.fromkeys(own))
    return stays


def _is_result(working: Working, sheet: SheetPart) -> bool:
    return any(
        is_sheet_line(text(working, sheet, row, column))
        for row in _TOP_ROWS
        if (home := sheet.rows.get(row))
        for column in list(home.cells)
    )


def _kept_fills(working: Working, properties: dict[str, str]) -> dict[tuple[str, int, int], bytes]:
    """The fill that a cell had before it was marked, where it had one."""
    kept: dict[tuple[str, int, int], bytes] = {}
    for node in working.workbook.names(prefix=FILL_NAME):
        number = node.get("name").removeprefix(FILL_NAME).partition(".")[0]
        fill = properties.get(f"{FILL_PROPERTY}{number}", "").encode()
        for sheet, area in references(node.text):
            kept |= {(sheet, row, column): fill for row, column in area.cells()}
    return kept


def _restore_fills(working: Working, entry: SheetEntry, sheet: SheetPart, kept: dict[tuple[str, int, int], bytes]) -> None:
    own = working.styles.in_colours(FILLS.values())
    for row, column in list(sheet.rows.styled(own)) if own else ():
        style = working.styles.with_fill(sheet.style(row, column), kept.get((entry.name, row, column), b""))
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
    return named or [(area, "") for area in _columns_by_words(working, sheet)]


def _columns_by_words(working: Working, sheet: SheetPart) -> list[Area]:
    numbers = sorted(set(sheet.rows.numbers()))
    for row in numbers[:_HEAD_ROWS]:
        home = sheet.rows.get(row)
        for column in sorted(home.cells)[:_MOST_COLUMNS] if home else ():
            if is_column_heading(text(working, sheet, row, column)):
                below = {at: text(working, sheet, at, column) for at in numbers if at > row}
                if any(without_own_lines(words) != words for words in below.values()):
                    return [Area(row, column, max(at for at, words in below.items() if words), column)]
    return []
