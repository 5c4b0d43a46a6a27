"""One column of a list: how wide it is, how its texts are set, and the fast writing of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import column_letters
from rectify_xl.common.text_layout import MOST_LINES, column_width, head_width, line_count, natural_width
from rectify_xl.workbook.cells import clean, looks_like_formula, typed
from rectify_xl.workbook.sheet import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from rectify_xl.ledger.sheets.tables import Column
    from rectify_xl.workbook.sheet import Expected, SheetWriter

_DATE_WIDTH = 12.0
_PERCENT_WIDTH = 9.0
_WHOLE_PERCENT = 100  # up to here a bare number is read as percentage points
_CENTRED_LINES = 2
_COMFORTABLE = 20  # lines still read at a glance; a column widens before its rows grow beyond
_WIDER = (1.0, 1.2, 1.4, 1.6, 1.8, 2.0)
_FIGURES = frozenset({int, float, date})


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """How to write a column. ``texts``: raw text -> (text as written, its lines); those of a ``hidden`` one take one line."""

    width: float
    align: str
    texts: Mapping[str, tuple[str, int]]
    hidden: bool = False

    def rendered(self, sheet: SheetWriter) -> dict[str, tuple[str, int, str]]:
        """Every text with its lines and its cell."""
        render = self.renderer(sheet)
        return {raw: (text, lines, render(text, lines) if text else "") for raw, (text, lines) in self.texts.items()}

    def renderer(self, sheet: SheetWriter, *, link: bool = False, decided: bool = False) -> Callable[[str, int], str]:
        """Makes the cell of a text; one taller than any row can be shows its beginning."""
        text_cell, cell = sheet.paper.text_cell, partial(sheet.theme.cell, link=link, decided=decided, wrap=not self.hidden)
        plain, quoted = (cell("text", self.align, quoted=quoted) for quoted in (False, True))

        def render(text: str, lines: int) -> str:
            look = quoted if looks_like_formula(text) else plain
            if lines > MOST_LINES:
                look = cell("text", self.align, top=True, quoted=look is quoted)
            return text_cell(text, look)

        return render


def plan_column(column: Column, values: Sequence[Any], given: float | None = None) -> ColumnPlan:
    """Decide width and alignment from the heading and what the column holds; every distinct text is measured once.

    ``given`` is the width that the office has set.
    """
    # dict.fromkeys and not set: the order of texts must not depend on the hash seed.
    distinct = {text: clean(text) for text in dict.fromkeys(value for value in values if type(value) is str)}
    if column.hidden:  # nothing of it may make a row taller, whichever program measures the rows again
        return ColumnPlan(
            column.width if given is None else given, "center", {raw: (text, 1) for raw, text in distinct.items()}, hidden=True
        )
    # A column of long texts takes its declared width; no need to measure them.
    is_wide = any(len(text) > column.width for text in distinct.values())
    longest = column.width if is_wide else max(map(natural_width, distinct.values()), default=0.0)
    others = [value for value in values if value is not None and type(value) is not str]
    if others:
        least = {"date": _DATE_WIDTH, "percent": _PERCENT_WIDTH}.get(column.kind)
        longest = max(longest, least - 2 if least else max(len(str(value)) for value in others))
    width = column_width(column.label, column.width, longest) if values else max(column.width, head_width(column.label))
    width = width if given is None else given
    texts = {raw: (text, line_count(text, width)) for raw, text in distinct.items()}
    most = max((lines for _, lines in texts.values()), default=1)
    if most > _COMFORTABLE and given is None:
        width = _wide_enough([text for text, lines in texts.values() if lines > _COMFORTABLE], width)
        texts = {raw: (text, line_count(text, width)) for raw, text in distinct.items()}
    flowing = column.kind == "long_text" or (column.kind == "text" and most > _CENTRED_LINES)
    return ColumnPlan(width, "left" if flowing else "center", texts)


def _wide_enough(tall: list[str], width: float) -> float:
    """A wider column, so that its tallest texts fit; one that no row could hold widens nothing."""
    most = width * _WIDER[-1]
    tall = [text for text in tall if line_count(text, most) <= MOST_LINES]
    for factor in _WIDER:
        if all(line_count(text, width * factor) <= _COMFORTABLE for text in tall):
            return width * factor
    return most


def write_column(
    sheet: SheetWriter,
    at: int,
    column: Column,
    plan: ColumnPlan,
    values: Sequence[Any],
    *,
    first_row: int,
    links: Mapping[int, str],
    decided: Collection[int] = (),
) -> Written:
    """Write the cells of one column.

    ``links``: 0-based row of the list -> where its cell leads; ``decided``: the rows whose cells the office has decided.
    """
    texts = plan.rendered(sheet)
    figures: dict[float | date, str] = {}
    written = Written([""] * len(values), [""] * len(values), [1] * len(values))
    cells, expected, lines = written.cells, written.expected, written.lines
    # This loop runs once per cell of the workbook: nothing in it is computed twice.
    for index, value in enumerate(values):
        if type(value) is str:
            expected[index], lines[index], cells[index] = texts[value]
        elif value is not None:
            # 1 and True are one key, so that other types stay outside.
            known = figures.get(value) if type(value) in _FIGURES else None
            if known is None:
                expected[index], known = _other_cell(sheet, value, column)
                if type(value) in _FIGURES and expected[index] is None:
                    figures[value] = known
            else:
                expected[index] = None
            cells[index] = known
    for index in decided:
        if index < len(values) and values[index] is not None:
            cells[index] = _decided_cell(sheet, plan, column, values[index], lines[index])
    if links:
        _add_links(sheet, at, plan, first_row, written, links)
    return written


def _decided_cell(sheet: SheetWriter, plan: ColumnPlan, column: Column, value: Any, lines: int) -> str:  # noqa: ANN401 - as below
    """The cell of a value that the office has decided."""
    if type(value) is not str:
        return _other_cell(sheet, value, column, decided=True)[1]
    text = plan.texts[value][0]
    return plan.renderer(sheet, decided=True)(text, lines) if text else ""


def _other_cell(
    sheet: SheetWriter,
    value: Any,  # noqa: ANN401 - a cell holds anything
    column: Column,
    *,
    decided: bool = False,
) -> tuple[Expected, str]:
    """A number, a date, or the text of anything else."""
    looks = partial(sheet.theme.cell, decided=decided)
    content, look = typed(value)
    if isinstance(content, str):
        quoted = looks_like_formula(content)
        return content, sheet.paper.text_cell(content, looks("text", "center", quoted=quoted))
    # 120% is written as 120%: the bare 1.2 would be read back as 1.2%. 120 stays the number it was, or it would read 12000%.
    number = content or 0
    is_share = column.kind == "percent" and look == "number" and 0 <= number <= _WHOLE_PERCENT
    return None, sheet.paper.number_cell(number, looks("percent" if is_share else look, "center"))


def _add_links(sheet: SheetWriter, at: int, plan: ColumnPlan, first_row: int, written: Written, links: Mapping[int, str]) -> None:
    render, letters = plan.renderer(sheet, link=True), column_letters(at + 1)
    for index in links:
        text = written.expected[index]
        if text:
            written.cells[index] = render(str(text), written.lines[index])
    sheet.paper.add_links([(f"{letters}{first_row + index + 1}", location) for index, location in links.items()])
