"""Rows of figures on 汇总 that we wrote by other settings, of a unit that has left units.csv: the office typed none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.keeping.free_cells import is_free
from rectify_xl.ooxml.cells import is_blank

if TYPE_CHECKING:
    from rectify_xl.keeping.work import Work

Cell = tuple[int, int]
_A_ROW = 3  # cells side by side that are filled as in the row above: figures of ours, and no line that the office typed
# Where a run of filled cells begins, and of each whether it is a text.
_Run = tuple[int, tuple[bool, ...]]
_NONE: _Run = (0, ())


class LeftOver:
    """Tells them: they stand below a row that we would write again, and are filled as it is."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._runs: dict[int, dict[int, _Run]] = {}
        self._same: dict[_Run, _Run] = {}
        self._known: dict[Cell, bool] = {}

    def holds(self, at: Cell) -> bool:
        """Whether a filled cell that we would have left empty is one of such a row; what is above decides, and is asked once."""
        row, column = at
        found: bool | None = None
        while found is None:
            run = self._run(row, column)
            if len(run[1]) < _A_ROW or self._run(row - 1, column) is not run:
                found = False
            elif not is_free(self._work.baseline.cell(self._work.base_place.name, row - 1, column)):
                found = True
            else:
                row -= 1
                found = self._known.get((row, column))
        self._known |= dict.fromkeys(((above, column) for above in range(row, at[0] + 1)), found)
        return found

    def _run(self, row: int, column: int) -> _Run:
        """The filled cells beside one, to either side; the same object for the same kinds of cells in the same columns."""
        if row not in self._runs:
            self._runs[row] = {}
            kinds = self._kinds(row)
            for first in sorted(column for column in kinds if column - 1 not in kinds):
                last = first
                while last in kinds:
                    last += 1
                run = first, tuple(kinds[at] for at in range(first, last))
                self._runs[row] |= dict.fromkeys(range(first, last), self._same.setdefault(run, run))
        return self._runs[row].get(column, _NONE)

    def _kinds(self, row: int) -> dict[int, bool]:
        rows = self._work.old.rows
        cells = ((column, rows.look(row, column)) for column in sorted(rows.styles(row)))
        filled = ((column, cell) for column, cell in cells if cell is not None and not is_blank(cell))
        return {column: cell.get("t") in ("s", "str", "inlineStr") for column, cell in filled}
