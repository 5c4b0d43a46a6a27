"""A1 addresses. Rows and columns are 1-based, as in Excel."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable


def column_letters(column: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """The A1 address of a 1-based row and column."""
    return f"{column_letters(column)}{row}"


_A1 = LazyPattern(r"([A-Za-z]{1,3})([0-9]{1,7})")


@lru_cache(maxsize=16384)  # lists are alike: the same few hundred addresses, file after file
def from_a1(cell: str) -> tuple[int, int]:
    """Row and column of an A1 address; some programs write small letters.

    Raises:
        ValueError: the text is no A1 address.
    """
    match = _A1.fullmatch(cell)
    if not match:
        message = f"not an A1 address: {cell!r}"
        raise ValueError(message)
    return int(match[2]), _column(match[1])


_CORNERS = LazyPattern(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")


def corners(area: str) -> tuple[int, int, int, int] | None:
    """Two rows and columns, first and last, of an area as nearly all programs write it (``A1:B2``); None for any other text."""
    match = _CORNERS.fullmatch(area)
    return (int(match[2]), _column(match[1]), int(match[4]), _column(match[3])) if match else None


@lru_cache(maxsize=16384)  # the columns of a sheet, whatever the row
def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


def runs(rows: Iterable[int]) -> list[list[int]]:
    """Ascending row numbers cut into runs without a gap."""
    found: list[list[int]] = []
    for row in rows:
        if found and row == found[-1][-1] + 1:
            found[-1].append(row)
        else:
            found.append([row])
    return found


def row_ranges(rows: Iterable[int]) -> str:
    """Ascending row numbers as a sentence names them: 5、8-9."""
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs(rows))


def cell_order(cell: str | None) -> tuple[int, int]:
    """Sort key that puts whole-file findings first and cells by row, then column."""
    return from_a1(cell) if cell else (0, 0)
