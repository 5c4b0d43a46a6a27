"""An XlsxWriter worksheet that takes a block of cells column by column; a test holds its parts against the stock one's."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter.format import Format


class Paper(Worksheet):  # type: ignore[misc]  # XlsxWriter is untyped
    """Writes the cells of a list straight as XML.

    Nine cells in ten are texts of a list, and most texts stand in many cells. XlsxWriter keeps a tuple per cell, later
    builds a list of attributes for each and searches every one for characters to escape. Here all that a cell says but
    its address is made once per distinct value; that is a third of the time of a large master. The first and last
    column of every row are left out: a hint that readers do not need (ECMA-376, 18.3.1.73).
    """

    _body_row = 0
    _body: Sequence[Sequence[str]] = ()
    _links: Sequence[tuple[str, str]] = ()

    def text_cell(self, text: str, look: Format) -> str:
        """What follows the address in the XML of a text cell; the text fits a cell."""
        index = self.str_table._get_shared_string_index(text)  # noqa: SLF001 - as the method it replaces does
        self.str_table.count -= 1  # the cells that say it are counted by put_body
        return f'" s="{look._get_xf_index()}" t="s"><v>{index}</v></c>'  # noqa: SLF001

    @staticmethod
    def number_cell(number: float, look: Format) -> str:
        """What follows the address in the XML of a number."""
        return f'" s="{look._get_xf_index()}"><v>{number:.16G}</v></c>'  # noqa: SLF001

    def put_body(self, first_row: int, columns: Sequence[Sequence[str]], texts: int) -> None:
        """Take the cells of a block from column 0 on, as XML behind the address, "" where there is none; ``texts`` are texts.

        Their addresses are put before them when the sheet is assembled: the XML of a cell never exists but in its part, which
        is a quarter of the memory of a large master. Cells written by the stock methods into the block go before it.
        """
        self.str_table.count += texts
        height = len(columns[0]) if columns else 0
        if height:
            self._check_dimensions(first_row, 0)
            self._check_dimensions(first_row + height - 1, len(columns) - 1)
        self._body_row, self._body = first_row, columns

    def add_links(self, links: Sequence[tuple[str, str]]) -> None:
        """Let cells, whatever stands in them, lead to cells of this workbook: A1 address -> ``'表'!A1``.

        The stock method writes the cell too, as a text; a figure or a formula could carry no link.
        """
        self._links = [*self._links, *links]

    def _write_hyperlinks(self) -> None:
        if self._links:
            self._xml_start_tag("hyperlinks")
            for cell, location in self._links:
                self._xml_empty_tag("hyperlink", [("ref", cell), ("location", location)])
            self._xml_end_tag("hyperlinks")

    @staticmethod
    def _prepare_formula(formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG004, FBT001, FBT002 - as there
        """The stock method searches each formula for 150 functions that need a prefix; ours have none of them."""
        return formula.removeprefix("=")

    def _write_rows(self) -> None:
        body: Iterator[tuple[str, ...]] = zip(*self._body, strict=True)
        starts = [f'<c r="{xl_col_to_name(column)}' for column in range(len(self._body))]
        end = self._body_row + (len(self._body[0]) if self._body else 0)
        for row in range(self.dim_rowmin or 0, (self.dim_rowmax or 0) + 1):
            info, stock = self.row_info.get(row), self.table.get(row)
            inside = self._body_row <= row < end
            if inside or stock:
                number = row + 1
                cells = zip(starts, next(body), strict=True) if inside else ()
                parts = [f"{start}{number}{cell}" if cell else "" for start, cell in cells]
                self._write_row(row, None, info)
                self.fh.write("".join(self._laid_over(row, parts, stock) if stock else parts))
                self._xml_end_tag("row")
            elif info:
                self._write_empty_row(row, None, info)
        self._body = ()  # its cells stand in the part now

    def _laid_over(self, row: int, parts: Sequence[str], stock: dict[int, Any]) -> list[str]:
        """The cells of a row, those of the stock methods in their places."""
        cells = [*parts, *[""] * (max(stock) + 1 - len(parts))]
        stream: Any = self.fh  # type: ignore[has-type]
        for column, cell in stock.items():
            self.fh = StringIO()
            self._write_cell(row, column, cell)
            cells[column] = self.fh.getvalue()
        self.fh = stream
        return cells
