"""One column of a list: how wide it is, how its texts are set, and the fast writing of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.workbook.cells import clean, looks_like_formula, typed
from rectify_xl.workbook.layout import column_width, line_count, natural_width
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
_FIGURES = frozenset({int, float, date})


@dataclass(frozen=True, slots=True)
class Plan:
    """How to write a column. ``texts``: raw text -> (text as written, its lines)."""

    width: float
    align: str
    texts: Mapping[str, tuple[str, int]]

    def dressed(self, theme: Theme, most_lines: int) -> dict[str, tuple[str, int, Format]]:
        """Every text with its format; one that is cut off by its row shows its beginning."""
        plain, quoted = (theme.cell("text", self.align, quoted=quoted) for quoted in (False, True))
        cut, cut_quoted = (theme.cell("text", self.align, top=True, quoted=quoted) for quoted in (False, True))
        dressed = {}
        for raw, (text, lines) in self.texts.items():
            if looks_like_formula(text):
                look = cut_quoted if lines > most_lines else quoted
            else:
                look = cut if lines > most_lines else plain
            dressed[raw] = (text, lines, look)
        return dressed


@dataclass(frozen=True, slots=True)
class Links:
    """Cells of one column that lead to another sheet: 0-based row of the list -> cell address there."""

    sheet: str
    cells: Mapping[int, str]


def plan_column(column: Column, values: Sequence[Any]) -> Plan:
    """Decide width and alignment from the heading and what the column holds; every distinct text is measured once."""
    # dict.fromkeys and not set: the order of texts must not depend on the hash seed.
    distinct = {text: clean(text) for text in dict.fromkeys(value for value in values if type(value) is str)}
    # A column of long texts takes its declared width; no need to measure them.
    is_wide = any(len(text) > column.width for text in distinct.values())
    longest = column.width if is_wide else max(map(natural_width, distinct.values()), default=0.0)
    others = [value for value in values if value is not None and type(value) is not str]
    if others:
        least = {"date": _DATE_WIDTH, "percent": _PERCENT_WIDTH}.get(column.kind)
        longest = max(longest, least - 2 if least else max(len(str(value)) for value in others))
    width = column_width(column.label, column.width, longest)
    texts = {raw: (text, line_count(text, width)) for raw, text in distinct.items()}
    most = max((lines for _, lines in texts.values()), default=1)
    flowing = column.kind == "long_text" or (column.kind == "text" and most > _CENTRED_LINES)
    return Plan(width, "left" if flowing else "center", texts)


def write_column(
    sheet: Sheet,
    at: int,
    column: Column,
    plan: Plan,
    values: Sequence[Any],
    *,
    first_row: int,
    most_lines: int,
    links: Links | None,
) -> tuple[list[Expected], list[int]]:
    """Write the cells of one column.

    Returns:
        What each cell must read back as, and how many lines it takes.
    """
    paper, texts = sheet.paper, plan.dressed(sheet.theme, most_lines)
    put_text, write_number = paper.put_text, paper.write_number
    if values:
        paper.reserve(first_row, first_row + len(values) - 1, at)
    figures: dict[float | date, tuple[float, Format]] = {}
    expected: list[Expected] = [""] * len(values)
    lines = [1] * len(values)
    # This loop runs once per cell of the workbook: nothing in it is computed twice.
    for index, value in enumerate(values):
        if type(value) is str:
            text, lines[index], look = texts[value]
            if text:
                put_text(first_row + index, at, text, look)
                expected[index] = text
        elif value is not None:
            # 1 and True are one key, so that other types stay outside.
            known = figures.get(value) if type(value) in _FIGURES else None
            if known:
                write_number(first_row + index, at, *known)
                expected[index] = None
            else:
                expected[index] = _write_other(sheet, first_row + index, at, value, column, figures)
    if links:
        _add_links(sheet, at, first_row, expected, links)
    return expected, lines


def _write_other(
    sheet: Sheet,
    row: int,
    at: int,
    value: Any,  # noqa: ANN401 - a cell holds anything
    column: Column,
    figures: dict[float | date, tuple[float, Format]],
) -> Expected:
    """Write a number, a date, or the text of anything else; ``figures`` remembers how the value was written."""
    content, look = typed(value)
    if isinstance(content, str):
        quoted = looks_like_formula(content)
        sheet.paper.write_string(row, at, content, sheet.theme.cell("text", "center", quoted=quoted))
        return content
    # A percentage that is out of range stays the number it was, or 120 would read 12000%.
    number = content or 0
    is_share = column.kind == "percent" and look == "number" and 0 <= number <= 1
    figure = (number, sheet.theme.cell("percent" if is_share else look, "center"))
    sheet.paper.write_number(row, at, *figure)
    if type(value) in _FIGURES:
        figures[value] = figure
    return None


def _add_links(sheet: Sheet, at: int, first_row: int, expected: Sequence[Expected], links: Links) -> None:
    for index, cell in links.cells.items():
        text = expected[index]
        if text and len(text) <= _MAX_LINK_TEXT:
            look = sheet.theme["link"]
            sheet.paper.write_url(first_row + index, at, link_target(links.sheet, cell), look, text)
