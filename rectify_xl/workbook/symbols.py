"""Colours and symbols that follow a cell's word, so that they stay right when the office edits, sorts or filters the list.

A symbol stands before the word in the display alone: the cell holds the word. Symbols are of the standard GB2312 set,
which every Chinese font has, and tell apart in black and white what the colours tell apart on the screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.light_settings import COLOURS
from rectify_xl.collection.timing import WARNING_LABELS
from rectify_xl.common.addresses import column_letters
from rectify_xl.common.findings import SEVERITY_LABELS
from rectify_xl.common.i18n import localise
from rectify_xl.workbook.theme import DATA_BAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.ledger.sheets.tables import Column, ListSheet
    from rectify_xl.workbook.columns import ColumnPlan
    from rectify_xl.workbook.sheet import SheetWriter

FLAG_SYMBOLS = {"overdue": "●", "in-doubt": "◎", "due-soon": "▲", "on-time": "■", "done-late": "◆", "undated": "○"}
FLAG_LOOKS = {
    "overdue": "flag-red", "in-doubt": "flag-red", "due-soon": "flag-amber", "on-time": "flag-blue", "done-late": "flag-grey",
    "undated": "flag-grey",
}  # fmt: skip
_SEVERITY_SYMBOLS = {"error": "●", "warning": "▲", "info": "○"}
_SEVERITY_LOOKS = {"error": "flag-red", "warning": "flag-amber", "info": "flag-grey"}
LIGHT_SYMBOLS = {"red": "●", "orange": "◎", "yellow": "▲", "blue": "■", "green": "○"}
LIGHT_LOOKS = {"red": "flag-red", "orange": "flag-amber", "yellow": "flag-amber", "blue": "flag-blue", "green": "flag-grey"}
_LIGHT_LABELS = {colour: {"zh": name.zh, "en": name.en} for colour, name in COLOURS.items()}
DISPUTED = "※"


def mark(sheet: SheetWriter, content: ListSheet, plans: Sequence[ColumnPlan], first_row: int, count: int) -> None:
    """Mark warnings, severities, shares and disputed values, and where groups begin; draw the borders of blank cells."""
    if not count:
        return
    columns, theme = content.columns, sheet.theme
    last_row, last = first_row + count - 1, len(columns) - 1
    for at, column in enumerate(columns):
        for word, symbol, look in _words(column.kind):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": theme.symbol(look, symbol)}
            sheet.paper.conditional_format(first_row, at, last_row, at, rule)
        if column.kind == "number":
            zero = f"={column_letters(at + 1)}{first_row + 1}=0"
            rule = {"type": "formula", "criteria": zero, "format": theme["grid-faint"]}
            sheet.paper.conditional_format(first_row, at, last_row, at, rule)
        if column.kind == "percent":
            bar = {
                "type": "data_bar", "bar_color": DATA_BAR, "bar_solid": True, "min_type": "num", "max_type": "num",
                "min_value": 0, "max_value": 1,
            }  # fmt: skip
            sheet.paper.conditional_format(first_row, at, last_row, at, bar)
    if any(text.startswith(DISPUTED) for plan in plans for text in plan.texts):
        rule = {"type": "text", "criteria": "begins with", "value": DISPUTED, "format": theme["flag-amber"]}
        sheet.paper.conditional_format(first_row, 0, last_row, last, rule)
    if content.group is not None:
        rule = {"type": "formula", "criteria": f"={_begins(content.group, first_row)}", "format": theme["group-first"]}
        sheet.paper.conditional_format(first_row, content.group, last_row, content.group, rule)
    for formula, look in _rows(content.group, first_row):
        rule = {"type": "formula", "criteria": formula, "format": theme[look]}
        sheet.paper.conditional_format(first_row, 0, last_row, last, rule)


def _rows(group: int | None, first_row: int) -> list[tuple[str, str]]:
    """What makes a whole row look as it does, the first that holds.

    LibreOffice applies the first rule that fits; so rows where a group begins and zeros have their borders in the same
    rule. No rule fills a row: the colours that the office gives to cells would not be seen. Groups are lines and not outline
    levels: an outline comes apart when the office sorts or filters.
    """
    rows = [("=TRUE", "grid")]
    return rows if group is None else [(f"={_begins(group, first_row)}", "grid-group"), *rows]


def _begins(group: int, first_row: int) -> str:
    """Whether a row is the first of its group: the cell above says something else."""
    letters = column_letters(group + 1)
    return f"${letters}{first_row + 1}<>${letters}{first_row}"


def legend(columns: Sequence[Column], lang: str) -> list[str]:
    """What the symbols of a list say."""
    kinds = {column.kind for column in columns}
    parts = []
    if "flag" in kinds:
        parts.append(_named(FLAG_SYMBOLS, WARNING_LABELS, lang))
    if "severity" in kinds:
        parts.append(_named(_SEVERITY_SYMBOLS, SEVERITY_LABELS, lang))
    return parts


def _named(symbols: Mapping[str, str], labels: Mapping[Any, Mapping[str, str]], lang: str) -> str:
    words = "  ".join(f"{symbol}{labels[key][lang]}" for key, symbol in symbols.items())
    return localise(lang, f"图例：{words}", f"Legend: {words}")


def _words(kind: str) -> list[tuple[str, str, str]]:
    """Words of a column that have a symbol and a colour, in all languages."""
    tables: dict[str, tuple[Mapping[Any, Mapping[str, str]], Mapping[str, str], Mapping[str, str]]] = {
        "flag": (WARNING_LABELS, FLAG_SYMBOLS, FLAG_LOOKS),
        "light": (_LIGHT_LABELS, LIGHT_SYMBOLS, LIGHT_LOOKS),
        "severity": (SEVERITY_LABELS, _SEVERITY_SYMBOLS, _SEVERITY_LOOKS),
    }
    if kind not in tables:
        return []
    labels, symbols, looks = tables[kind]
    return [(label, symbols[key], looks[key]) for key, named in labels.items() for label in named.values()]
