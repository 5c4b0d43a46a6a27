"""What every reader hands over: sheets of non-blank cells by row and column, with merges and hidden rows."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import column_letters, corners, from_a1
from rectify_xl.common.i18n import Text
from rectify_xl.intake.refusal import Refused
from rectify_xl.schema.conversion import is_blank

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# A real list has a few thousand cells; a workbook beyond these is a bomb, or no task list.
MOST_CELLS = 2_000_000
MOST_MERGED_ROWS = 200_000
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
_LAST_LETTERS = column_letters(LAST_COLUMN)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, 1-based and inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def from_reference(cls, reference: str) -> Merge:
        """A range such as ``A1:B2``, of whole columns (``A:B``) or of whole rows (``1:2``).

        Raises:
            ValueError: it is none.
        """
        if usual := corners(reference):
            top, left, bottom, right = usual
        else:
            first, _, last = reference.replace("$", "").partition(":")
            if first.isalpha() and last.isalpha():
                first, last = f"{first}1", f"{last}{LAST_ROW}"
            elif first.isdecimal() and last.isdecimal():
                first, last = f"A{first}", f"{_LAST_LETTERS}{last}"
            (top, left), (bottom, right) = from_a1(first), from_a1(last or first)
        return cls(min(top, bottom), min(left, right), max(top, bottom), max(left, right))


@dataclass
class Sheet:
    """One worksheet. ``cells[row][column]`` holds the values of non-blank cells only, so size costs nothing."""

    name: str
    cells: dict[int, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    visible: bool = True
    hidden_columns: set[int] = field(default_factory=set)
    struck: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) -> the text that is struck out there
    struck_rows: set[int] = field(default_factory=set)  # struck out as a whole; their values stay
    blank_links: dict[tuple[int, int], str] = field(default_factory=dict)  # (row, column) -> a formula pointing to nothing
    widths: dict[int, float] = field(default_factory=dict)  # of columns, where a copy has to be made anew (.xls)
    total_rows: set[int] = field(default_factory=set)  # the totals rows of Excel's own tables
    own_rows: set[int] = field(default_factory=set)  # that held nothing but our remarks in a returned copy

    @cached_property
    def last_row(self) -> int:
        """The last row with a value, 0 for an empty sheet."""
        return max(self.cells, default=0)

    @cached_property
    def last_column(self) -> int:
        """The last column with a value, 0 for an empty sheet."""
        return max((max(row) for row in self.cells.values() if row), default=0)

    @cached_property
    def merged(self) -> Mapping[int, list[Merge]]:
        """Row -> the merged ranges that cross it, for rows up to the last used one or the end of a used merge."""
        by_row: dict[int, list[Merge]] = defaultdict(list)
        total = 0
        for merge in self.merges:
            if not self.cells.get(merge.top):
                bottom = min(merge.bottom, self.last_row)
            else:
                bottom = min(merge.bottom, max(self.last_row, merge.top))
            total += max(0, bottom - merge.top + 1)
            if total > MOST_MERGED_ROWS:
                raise _too_many_merges()
            for row in range(merge.top, bottom + 1):
                by_row[row].append(merge)
        return by_row

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged range that covers a cell."""
        if row in self.merged:
            for merge in self.merged[row]:
                if merge.left <= column <= merge.right:
                    return merge
        return None

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the value shown at (row, column): itself, or the top-left cell of its merge."""
        merge = self.merge_at(row, column) if row in self.merged else None
        return (merge.top, merge.left) if merge else (row, column)

    def value(self, row: int, column: int) -> Any:  # noqa: ANN401 - a cell holds anything
        """The value shown at (row, column); None when blank. A merged value belongs to every cell it spans."""
        if row in self.merged:
            row, column = self.anchor(row, column)
        return self.cells[row].get(column) if row in self.cells else None

    def own_cells(self, row: int) -> list[tuple[int, int]]:
        """The places of a row that hold something and that no merge covers, from left to right."""
        filled = ((row, column) for column, value in sorted(self.cells.get(row, {}).items()) if not is_blank(value))
        return [at for at in filled if self.anchor(*at) == at]


def add_merge(merges: list[Merge], merge: Merge) -> None:
    """Add a range to those of a sheet; one below the last row means nothing, but costs its reading here and in every copy.

    Raises:
        Refused: there are more than any list has.
    """
    if len(merges) >= MOST_MERGED_ROWS:
        raise _too_many_merges()
    merges.append(merge)


def _too_many_merges() -> Refused:
    return Refused("resource-limit", reason=Text("合并单元格太多", "it has too many merged cells"))


def cut_to_grid(sheet: Sheet) -> None:
    """Leave out what a damaged file puts beyond Excel's last row and column: no program shows it, and it has no address."""
    for row in [row for row in sheet.cells if row > LAST_ROW]:
        del sheet.cells[row]
    for cells in sheet.cells.values():
        if max(cells, default=0) > LAST_COLUMN:
            for column in [column for column in cells if column > LAST_COLUMN]:
                del cells[column]
    sheet.merges = [one for one in sheet.merges if one.bottom <= LAST_ROW and one.right <= LAST_COLUMN]
    sheet.hidden_columns = {column for column in sheet.hidden_columns if column <= LAST_COLUMN}
    sheet.widths = {column: width for column, width in sheet.widths.items() if column <= LAST_COLUMN}
    sheet.struck = {at: text for at, text in sheet.struck.items() if at[0] <= LAST_ROW and at[1] <= LAST_COLUMN}


@dataclass
class Workbook:
    """A workbook as read: its sheets and what else is in the package."""

    sheets: list[Sheet] = field(default_factory=list)
    modified: datetime | None = None
    properties: dict[str, str] = field(default_factory=dict)
    has_macros: bool = False
    external_links: tuple[str, ...] = ()
    list_sheets: set[str] = field(default_factory=set)
    lost_sheets: list[str] = field(default_factory=list)  # declared, but without content in the package
    format: str = ""
    read_in_part: bool = False  # by the second reader of .xls, which knows less of a file


class CellCounter:
    """Counts the values of a workbook while it is read and stops at the limit."""

    def __init__(self, most: int | None = None) -> None:
        self.count = 0
        self._most = most or MOST_CELLS

    def add(self, values: int = 1) -> None:
        """Count more values.

        Raises:
            Refused: there are more than the limit.
        """
        self.count += values
        if self.count > self._most:
            raise Refused(
                "resource-limit",
                reason=Text(
                    f"有内容的单元格超过{self._most // 10000}万个", f"it has more than {self._most:,} cells with contents"
                ),
            )
