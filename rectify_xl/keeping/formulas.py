"""Formulas of the office in our sheets: what they refer to has moved, and they go on referring to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.addresses import column_letters, from_a1
from rectify_xl.common.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    import re

    from rectify_xl.keeping.work import Work

# Texts, names of sheets with what they name, functions and names; then the cells of the sheet itself.
_TOKEN = LazyPattern(
    r"\"[^\"]*\"|(?:'(?:[^']|''){1,80}'|[^\s'!,:()+*/&=<>^\"-]{1,80})!\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?"
    r"|[\w.]+\(|(?P<cell>(?P<fixed_column>\$?)(?P<column>[A-Z]{1,3})(?P<fixed_row>\$?)(?P<row>\d{1,7}))(?![\w.(])|[\w.]+"
)


def moved_formula(work: Work, formula: str, old: tuple[int, int], new: tuple[int, int]) -> str | None:
    """A formula of the cell ``old`` for the cell ``new``; None where something that it refers to is there no more.

    Both addresses are 1-based. References to other sheets stay as they are.
    """
    gone = False

    def move(match: re.Match[str]) -> str:
        nonlocal gone
        if not match["cell"]:
            return match[0]
        row, column = from_a1(match["column"] + match["row"])
        now_row, now_column = work.moves.row(row), work.moves.column(column)
        if row == old[0]:
            now_row = new[0]
        elif row == old[0] - 1 and not match["fixed_row"]:
            now_row = new[0] - 1
        if now_row is None or now_column is None:
            gone = True
            return match[0]
        return f"{match['fixed_column']}{column_letters(now_column)}{match['fixed_row']}{now_row}"

    moved = _TOKEN.sub(move, formula)
    return None if gone else moved


def shifted(formula: str, down: int, right: int) -> str:
    """A formula copied so many rows down and columns to the right, as a program does it."""

    def move(match: re.Match[str]) -> str:
        if not match["cell"]:
            return match[0]
        row, column = from_a1(match["column"] + match["row"])
        column = column if match["fixed_column"] else max(1, column + right)
        row = row if match["fixed_row"] else max(1, row + down)
        return f"{match['fixed_column']}{column_letters(column)}{match['fixed_row']}{row}"

    return _TOKEN.sub(move, formula)
