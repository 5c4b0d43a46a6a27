"""One worksheet being written, with a record of what was asked for, against which the file is verified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1, column_letters
from rectify_xl.workbook.cells import clean, typed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format

    from rectify_xl.workbook.block_worksheet import Paper
    from rectify_xl.workbook.styles import StyledWorkbook
    from rectify_xl.workbook.theme import Theme

# What a cell must read back as: its text, "" when blank, None for a number or date, the very number of a formula of ours.
Expected = str | float | None
MAX_ROWS = 1_048_576
_TITLES = "ColumnTitle"  # the name that JAWS and NVDA know


@dataclass(frozen=True, slots=True)
class Written:
    """One column as written: the XML of its cells behind their addresses, what each must read back as, and its lines."""

    cells: list[str]
    expected: list[Expected]
    lines: list[int]


class SheetWriter:
    """A worksheet. Rows and columns are 0-based here, as XlsxWriter counts them."""

    def __init__(self, book: StyledWorkbook, paper: Paper, theme: Theme) -> None:
        self._book = book
        self.paper = paper
        self.theme = theme
        self._single: dict[tuple[int, int], Expected] = {}
        self._columns: list[Sequence[Expected]] = []
        self._body = 0

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self.paper.get_name())

    def put(self, row: int, column: int, value: Any, look: Format, *, span: int = 1) -> None:  # noqa: ANN401
        """Write one value by its type, over ``span`` merged columns."""
        if span > 1:
            self.paper.merge_range(row, column, row, column + span - 1, "", look)
        content, _ = (clean(value), "text") if type(value) is str else typed(value)
        if isinstance(content, str) and content:
            self.paper.write_string(row, column, content, look)
            self._single[row, column] = content
        elif content is None or content == "":
            self.paper.write_blank(row, column, None, look)
        else:
            self.paper.write_number(row, column, content, look)
            self._single[row, column] = None

    def formula(self, row: int, column: int, formula: str, value: float, look: Format, *, span: int = 1) -> None:
        """Write a formula of ours, never of a unit, with the value that it has now: every viewer shows it."""
        if span > 1:
            self.paper.merge_range(row, column, row, column + span - 1, "", look)
        self.paper.write_formula(row, column, f"={formula}", look, value)
        self._single[row, column] = float(value)

    def lead(self, row: int, column: int, sheet: str, *, cell: str = "A1") -> None:
        """Let a cell lead to a cell of a sheet of this workbook."""
        self.paper.add_links([(a1(row + 1, column + 1), link_target(sheet, cell))])

    def link(self, row: int, column: int, sheet: str, text: str, look: Format, *, cell: str = "A1", span: int = 1) -> None:
        """Write a text that leads to a cell of a sheet of this workbook."""
        self.put(row, column, text, look, span=span)
        self.lead(row, column, sheet, cell=cell)

    def name_titles(self, row: int, first: int, last: int) -> None:
        """Name the headings of a table as screen readers look for them, so that they say a cell's heading."""
        cells = f"${column_letters(first + 1)}${row + 1}:${column_letters(last + 1)}${row + 1}"
        self._book.define_name(f"{quoted(self.name)}!{_TITLES}", f"={quoted(self.name)}!{cells}")

    def put_body(self, first_row: int, columns: Sequence[Written]) -> None:
        """Write a block of cells from column 0 on."""
        texts = sum(sum(map(bool, column.expected)) for column in columns)
        self.paper.put_body(first_row, [column.cells for column in columns], texts)
        self._body, self._columns = first_row, [column.expected for column in columns]

    def expected(self) -> list[list[Expected]]:
        """The whole sheet as it must read back; trailing blanks left out."""
        body = list(zip(*self._columns, strict=True))
        height = max([row + 1 for row, _ in self._single] + [self._body + len(body)])
        width = max([column + 1 for _, column in self._single] + [len(self._columns)])
        rows: list[list[Expected]] = [[""] * width for _ in range(height)]
        for at, cells in enumerate(body, self._body):
            rows[at][: len(cells)] = cells
        for (row, column), text in self._single.items():
            rows[row][column] = text
        return rows


def link_target(sheet: str, cell: str = "A1") -> str:
    """The address of a cell inside the workbook."""
    return f"{quoted(sheet)}!{cell}"


def quoted(sheet: str) -> str:
    """A sheet's name as links and formulas write it."""
    doubled = sheet.replace("'", "''")
    return f"'{doubled}'"
