"""A worksheet whose rows grow while somebody types."""

from __future__ import annotations

from typing import Any

from rectify_xl.workbook.block_worksheet import Paper


class FormPaper(Paper):
    """Rows from ``grows_from`` on have a height but are not held to it.

    XlsxWriter marks every height it is given as set by hand, and Excel and WPS never fit such a row to a text that
    becomes longer: what a clerk types would be cut off.
    """

    grows_from = 0

    def _write_row(self, row: int, *given: Any, **named: Any) -> None:  # noqa: ANN401 - XlsxWriter's own arguments
        self._growing = row >= self.grows_from
        super()._write_row(row, *given, **named)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:  # noqa: ANN401
        if tag == "row" and self._growing:
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
