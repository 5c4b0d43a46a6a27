"""Markers for cells whose value cannot be used as it stands: error values, formulas never calculated, damaged numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class CellError:
    """An Excel error value such as ``#REF!`` standing in a cell."""

    code: str

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Uncached:
    """A formula whose value was never calculated, so that the file does not hold it."""

    formula: str

    def __str__(self) -> str:
        return f"={self.formula}"


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number of more than 15 digits stored as a number: its last digits are lost."""

    digits: str

    def __str__(self) -> str:
        return self.digits


@dataclass(frozen=True, slots=True)
class TurnedDate:
    """A number such as 1-2 that Excel has turned into a date, with what its cell shows by default (1月2日)."""

    text: str

    def __str__(self) -> str:
        return self.text


UNREADABLE = (CellError, Uncached, Rounded, TurnedDate)
ERROR_VALUES = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


def from_text(value: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """The marker of a cell whose value is shown as this text; other values unchanged."""
    if isinstance(value, str):
        if value in ERROR_VALUES:
            return CellError(value)
        if value.startswith("="):
            return Uncached(value[1:])
    return value
