"""A worker process that writes copies: ``python -m rectify_xl.copies.worker``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.copies.editing.copying import replaceable_cells, write_copy
from rectify_xl.copies.requests import CellCheck
from rectify_xl.workers.process import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.copies.requests import CellValue, CopyRequest, NotWritten


def prepare(_: None) -> Callable[[CellCheck | CopyRequest], frozenset[CellValue] | tuple[str, ...] | NotWritten]:
    """The function that answers both kinds of request."""
    return lambda request: replaceable_cells(request) if isinstance(request, CellCheck) else write_copy(request)


if __name__ == "__main__":
    run(prepare)
