"""Colours that follow a cell's word, so that they stay right when the office edits, sorts or filters the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.model import SEVERITY_LABELS
from rectify_xl.timing import FLAG_LABELS
from rectify_xl.workbook.theme import DATA_BAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.summary import Column
    from rectify_xl.workbook.columns import Plan
    from rectify_xl.workbook.sheet import Sheet

_FLAG_LOOKS = {
    "overdue": "flag-red", "done-late": "flag-amber", "due-soon": "flag-amber", "on-time": "flag-green",
    "undated": "flag-grey",
}  # fmt: skip
_SEVERITY_LOOKS = {"error": "flag-red", "warning": "flag-amber", "info": "flag-grey"}
DISPUTED = "※"


def mark(sheet: Sheet, columns: Sequence[Column], plans: Sequence[Plan], first_row: int, count: int) -> None:
    """Colour warnings, severities, shares and disputed values, then every other row; draw the borders of blank cells."""
    if not count:
        return
    last_row, last = first_row + count - 1, len(columns) - 1
    for at, column in enumerate(columns):
        for word, look in _words(column.kind):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": sheet.theme[look]}
            sheet.paper.conditional_format(first_row, at, last_row, at, rule)
        if column.kind == "number":
            zero = {"type": "cell", "criteria": "==", "value": 0, "format": sheet.theme["faint"]}
            sheet.paper.conditional_format(first_row, at, last_row, at, zero)
        if column.kind == "percent":
            bar = {
                "type": "data_bar", "bar_color": DATA_BAR, "bar_solid": True, "min_type": "num", "max_type": "num",
                "min_value": 0, "max_value": 1,
            }  # fmt: skip
            sheet.paper.conditional_format(first_row, at, last_row, at, bar)
    if any(text.startswith(DISPUTED) for plan in plans for text in plan.texts):
        rule = {"type": "text", "criteria": "begins with", "value": DISPUTED, "format": sheet.theme["flag-amber"]}
        sheet.paper.conditional_format(first_row, 0, last_row, last, rule)
    # LibreOffice applies the first rule that fits; so the striped rows have their borders in the same rule.
    for formula, look in (("=MOD(ROW(),2)=1", "band"), ("=TRUE", "grid")):
        rule = {"type": "formula", "criteria": formula, "format": sheet.theme[look]}
        sheet.paper.conditional_format(first_row, 0, last_row, last, rule)


def _words(kind: str) -> list[tuple[str, str]]:
    """Words of a column that have a colour, in all languages."""
    if kind == "flag":
        return [(label, _FLAG_LOOKS[flag]) for flag, labels in FLAG_LABELS.items() for label in labels.values()]
    if kind == "severity":
        return [(label, _SEVERITY_LOOKS[key]) for key, labels in SEVERITY_LABELS.items() for label in labels.values()]
    return []
