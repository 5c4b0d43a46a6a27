"""One column of a list: how wide it is, how its texts are set, and the fast writing of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.workbook.cells import clean, looks_like_formula, typed
from rectify_xl.workbook.layout import MAX_LINES, column_width, line_count, natural_width
from rectify_xl.workbook.sheet import link_target

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter.format import Format

    from rectify_xl.summary import Column
    from rectify_xl.workbook.sheet import Expected, Sheet
    from rectify_xl.workbook.theme import Theme

_DATE_WIDTH = 12.0
_PERCENT_WIDTH = 9.0
_CENTRED_LINES = 2
_MAX_LINK_TEXT = 255


@dataclass(frozen=True, slots=True)
class Plan:
    """How to write a column. ``texts``: raw text -> (text as written, its format, its lines)."""

    width: float
    align: str
    texts: Mapping[str, tuple[str, Format, int]]


@dataclass(frozen=True, slots=True)
class Links:
    """Cells of one column that lead to another sheet: 0-based row of the list -> cell address there."""

    sheet: str
    cells: Mapping[int, str]


def plan_column(column: Column, values: Sequence[Any], theme: Theme) -> Plan:
    """Decide width and alignment from the heading and what the column holds; every distinct text is measured once."""
    # dict.fromkeys and not set: the order of texts must not depend on the hash seed.
    distinct = {text: clean(text) for text in dict.fromkeys(value for value in values if type(value) is str)}
    longest = max(map(natural_width, distinct.values()), default=0.0)
    others = [value for value in values if value is not None and type(value) is not str]
    if others:
        least = {"date": _DATE_WIDTH, "percent": _PERCENT_WIDTH}.get(column.kind)
        longest = max(longest, least - 2 if least else max(len(str(value)) for value in others))
    width = column_width(column.label, column.width, longest)
    lines = {text: line_count(shown, width) for text, shown in distinct.items()}
    flowing = column.kind == "long_text" or (
        column.kind == "text" and max(lines.values(), default=1) > _CENTRED_LINES
    )
    align = "left" if flowing else "center"
    texts = {}
    for text, shown in distinct.items():
        look = theme.cell("text", align, top=lines[text] > MAX_LINES, quoted=looks_like_formula(shown))
        texts[text] = (shown, look, lines[text])
    return Plan(width, align, texts)


def write_column(  # noqa: PLR0913 - one call per column, everything differs
    sheet: Sheet, at: int, column: Column, plan: Plan, values: Sequence[Any], first_row: int, links: Links | None
) -> tuple[list[Expected], list[int]]:
    """Write the cells of one column.

    Returns:
        What each cell must read back as, and how many lines it takes.
    """
    paper, texts = sheet.paper, plan.texts
    write_string, write_blank = paper.write_string, paper.write_blank
    blank = sheet.theme.cell("text", plan.align)
    expected: list[Expected] = [""] * len(values)
    lines = [1] * len(values)
    # This loop runs once per cell of the workbook: nothing in it is computed twice.
    for index, value in enumerate(values):
        if type(value) is str:
            text, look, lines[index] = texts[value]
            if text:
                write_string(first_row + index, at, text, look)
                expected[index] = text
                continue
        elif value is not None:
            expected[index] = _write_other(sheet, first_row + index, at, value, column)
            continue
        write_blank(first_row + index, at, None, blank)
    if links:
        _add_links(sheet, at, first_row, expected, links)
    return expected, lines


def _write_other(sheet: Sheet, row: int, at: int, value: Any, column: Column) -> Expected:  # noqa: ANN401
    """Write a number, a date, or the text of anything else."""
    content, look = typed(value)
    if isinstance(content, str):
        quoted = looks_like_formula(content)
        sheet.paper.write_string(row, at, content, sheet.theme.cell("text", "center", quoted=quoted))
        return content
    # A percentage that is out of range stays the number it was, or 120 would read 12000%.
    is_share = column.kind == "percent" and look == "number" and content is not None and 0 <= content <= 1
    sheet.paper.write_number(row, at, content, sheet.theme.cell("percent" if is_share else look, "center"))
    return None


def _add_links(sheet: Sheet, at: int, first_row: int, expected: Sequence[Expected], links: Links) -> None:
    for index, cell in links.cells.items():
        text = expected[index]
        if text and len(text) <= _MAX_LINK_TEXT:
            look = sheet.theme["link"]
            sheet.paper.write_url(first_row + index, at, link_target(links.sheet, cell), look, text)
