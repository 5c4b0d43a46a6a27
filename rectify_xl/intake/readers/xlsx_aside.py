"""What a sheet shows otherwise than its values say: text struck out, links to blank cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.common.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from rectify_xl.intake.grid import Sheet

_LINK = LazyPattern(r"\+?(?:(?:'((?:[^'\[]|'')+)'|([^\s'!\[\](){}+\-*/&=<>,;:]+))!)?\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_OFF = ("0", "false")
_LETTERS = LazyPattern(r"[^\W\d_]{2}")


def is_struck(attributes: dict[str, str]) -> bool:
    """Whether a <strike> element strikes out: it may also say that nothing is struck."""
    return attributes.get("val") not in _OFF


def struck_styles(styles: Element | None) -> frozenset[str]:
    """Indexes of the cell styles whose font is struck out."""
    if styles is None:
        return frozenset()
    fonts = set()
    for index, font in enumerate(styles.iterfind("{*}fonts/{*}font")):
        strike = font.find("{*}strike")
        if strike is not None and is_struck(dict(strike.attrib)):
            fonts.add(str(index))
    cells = enumerate(styles.iterfind("{*}cellXfs/{*}xf"))
    return frozenset(str(index) for index, style in cells if style.get("fontId") in fonts)


def leave_out_struck(sheet: Sheet) -> None:
    """Blank the cells that are struck out as a whole, unless nothing in words is left of their row then.

    Such a row stays a task and is reported. Cells that link to nothing are left out before.
    """
    for row in {row for row, _ in sheet.struck}:
        cells = sheet.cells.get(row, {})
        whole = [column for column in cells if (row, column) in sheet.struck and sheet.struck[row, column] == str(cells[column])]
        left = [value for column, value in cells.items() if column not in whole]
        if whole and not any(isinstance(value, str) and _LETTERS.search(value) for value in left):
            sheet.struck_rows.add(row)
        else:
            for column in whole:
                del cells[column]


def leave_out_blank_links(sheet: Sheet, links: dict[tuple[int, int], str], sheets: dict[str, Sheet]) -> None:
    """Blank the cells whose 0 comes from a formula that only points to a cell with nothing in it."""
    for (row, column), formula in links.items():
        match = _LINK.fullmatch(formula.strip())
        if match is None:
            continue
        quoted, plain, letters, number = match.groups()
        name = (quoted or "").replace("''", "'") or plain
        target = sheets.get(name.casefold()) if name else sheet
        if target is None:
            continue
        there = from_a1(f"{letters}{number}")
        if target.value(*there) is None and there not in target.struck:
            sheet.cells[row].pop(column, None)
            sheet.blank_links[row, column] = f"={formula.strip()}"


def leave_out_unsaid(sheets: Iterable[tuple[Sheet, dict[tuple[int, int], str]]]) -> None:
    """Blank what the cells of a workbook do not say: links to blank cells first, then what is struck out."""
    found = list(sheets)
    named = {sheet.name.casefold(): sheet for sheet, _ in found}
    for sheet, links in found:
        leave_out_blank_links(sheet, links, named)
    for sheet, _ in found:
        leave_out_struck(sheet)


def moved_link(formula: str, down: int, across: int) -> str:
    """The formula of a cell that shares one with a cell above or to the left; "" where it is no address alone."""
    match = _LINK.fullmatch(formula.strip())
    if match is None:
        return ""
    at = match.start(3)
    row, column = from_a1(f"{match[3]}{match[4]}")
    column += 0 if formula[at - 1 : at] == "$" else across
    row += 0 if formula[match.start(4) - 1] == "$" else down
    return f"{formula[:at].rstrip('$')}{a1(row, column)}" if row > 0 and column > 0 else ""
