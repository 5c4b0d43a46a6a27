"""Ranges of cells, as parts write them, alone (A3:J20) and with their sheet ('清单'!$A$3:$J$20)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1, column_letters, corners, from_a1
from rectify_xl.common.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The areas of a formula are found by their exclamation marks and the sheet's name is looked for before each, within the
# length that a name may have: a pattern that began with the name would try every character of a long formula.
_AREA = LazyPattern(r"!(\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?)")
_NAME_BEFORE = LazyPattern(r"(?:'((?:[^']|''){1,80})'|([^\s'!,:()]{1,80}))$")
_LONGEST_NAME = 170  # 31 characters are allowed, other programs write more; quotes are doubled


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    @staticmethod
    def read(text: str) -> Area | None:
        """The area that a text such as ``A3:$J$20`` names; None for anything else, whole rows and columns among it."""
        if usual := corners(text):
            return Area(*usual)
        first, _, last = text.replace("$", "").partition(":")
        try:
            (top, left), (bottom, right) = from_a1(first), from_a1(last or first)
        except ValueError:
            return None
        return Area(top, left, bottom, right)

    def __str__(self) -> str:
        first, last = a1(self.top, self.left), a1(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: Area) -> bool:
        """Whether two areas share a cell."""
        return self.top <= other.bottom and other.top <= self.bottom and self.left <= other.right and other.left <= self.right

    def with_cell(self, row: int, column: int) -> Area:
        """The smallest area that holds this one and a cell."""
        return Area(min(self.top, row), min(self.left, column), max(self.bottom, row), max(self.right, column))

    def up_to(self, column: int) -> Area:
        """The same area ending in another column."""
        return replace(self, right=column)

    def cells(self) -> Iterator[tuple[int, int]]:
        """All its cells."""
        return ((row, column) for row in range(self.top, self.bottom + 1) for column in range(self.left, self.right + 1))


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


def reference(sheet: str, area: Area) -> str:
    """An absolute reference to an area of a sheet."""
    corners = dict.fromkeys(((area.top, area.left), (area.bottom, area.right)))
    return f"{quoted(sheet)}!" + ":".join(f"${column_letters(column)}${row}" for row, column in corners)


def references(formula: str) -> list[tuple[str, Area]]:
    """The areas that a formula names with their sheets."""
    found = []
    for match in _AREA.finditer(formula):
        name = _NAME_BEFORE.search(formula[max(0, match.start() - _LONGEST_NAME) : match.start()])
        area = Area.read(match[1])
        if name and area:
            found.append(((name[1] or name[2]).replace("''", "'"), area))
    return found


def runs(cells: Iterable[tuple[int, int]]) -> list[Area]:
    """Cells as areas one column wide, those below each other together."""
    found: list[Area] = []
    for column, row in sorted((column, row) for row, column in set(cells)):
        last = found[-1] if found else None
        if last and last.left == column and last.bottom + 1 == row:
            found[-1] = replace(last, bottom=row)
        else:
            found.append(Area(row, column, row, column))
    return found
