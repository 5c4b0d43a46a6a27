"""Reads a finished workbook back with another library and compares it, cell by cell, with what was asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from rectify_xl.common.addresses import a1
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rectify_xl.keeping import Kept
    from rectify_xl.workbook.sheet import Expected

_NO_ROW: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Checks:
    """What a finished workbook must hold.

    Attributes:
        cells: the cells of every sheet of ours; see :meth:`~rectify_xl.workbook.sheet.SheetWriter.expected`.
        order: all its sheets in order, with whether each is the office's own; ours alone without.
        source: the workbook from which the office's own sheets come.
        origin: how that workbook is called in messages.
    """

    cells: Mapping[str, Sequence[Sequence[Expected]]]
    order: Sequence[tuple[str, bool]] = ()
    source: bytes = b""
    origin: Path | None = None

    def with_kept(self, kept: Kept, source: bytes, origin: Path) -> Checks:
        """The same with the office's work: its sheets, and its cells in ours."""
        cells: dict[str, Sequence[Sequence[Expected]]] = dict(self.cells)
        for name, added in kept.added.items():
            rows = [list(row) for row in cells[name]]
            width = max([len(row) for row in rows] + [column for _, column in added])
            rows = [[*row, *[""] * (width - len(row))] for row in rows]
            rows += [[""] * width for _ in range(max(row for row, _ in added) - len(rows))]
            for (row, column), text in added.items():
                rows[row - 1][column - 1] = text
            cells[name] = rows
        return Checks(cells, kept.order, source, origin)


def verify_workbook(path: Path, checks: Checks) -> None:
    """Compare a file with what it must hold: its sheets in order, and of every cell the text, or that it is a figure.

    The value of a formula of ours is compared as well.

    Raises:
        RectifyError: the file cannot be read back, or differs.
    """
    expected, order = checks.cells, checks.order or [(name, False) for name in checks.cells]
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        if book.sheet_names != [name for name, _ in order]:
            raise _failure(Text(f"工作表为{book.sheet_names}", f"its sheets are {book.sheet_names}"))
        with ThreadPoolExecutor(1) as reader:
            # While one sheet is compared the next is read: calamine lets other threads run meanwhile. Its rows become Python's
            # one by one, or they would be a seventh of the memory of a large master.
            for (name, rows), sheet in zip(expected.items(), reader.map(book.get_sheet_by_name, expected), strict=True):
                _compare(name, rows, _rows_of(sheet))
        if checks.source:
            _compare_own(book, checks, order)
    except CalamineError as error:
        raise _failure(Text(str(error), str(error))) from error


def _rows_of(sheet: CalamineSheet) -> Iterator[Sequence[Any]]:
    """The rows from the first on, each from column A on."""
    before = [""] * (sheet.start[1] if sheet.start else 0)
    return (before + row for row in sheet.iter_rows())


def _compare_own(book: CalamineWorkbook, checks: Checks, order: Sequence[tuple[str, bool]]) -> None:
    """The office's own sheets say what they said. Sheets that are charts have no cells."""
    for name, was in _own_sheets(checks, [name for name, own in order if own]):
        if was != (now := book.get_sheet_by_name(name).to_python()):
            row = next((at for at, (one, other) in enumerate(zip_longest(was, now), 1) if one != other), 1)
            raise _failure(Text(f"“{name}”第{row}行与原来的不符", f"row {row} of “{name}” is not what it was"))


def _own_sheets(checks: Checks, names: Iterable[str]) -> Iterator[tuple[str, list[list[Any]]]]:
    """Those of the sheets that stand in the old workbook; what is wrong with it is no fault of the new one."""
    try:
        source = CalamineWorkbook.from_filelike(BytesIO(checks.source))
        there = frozenset(source.sheet_names)
        for name in names:
            if name in there:
                yield name, source.get_sheet_by_name(name).to_python()
    except CalamineError as error:
        raise RectifyError(
            f"{checks.origin}: 文件的结构不完整（{error}），其中整改办自己的内容无法核对，没有写出，原文件没有改动；"
            "请用 Excel 或 WPS 打开后另存一份再试",
            f"{checks.origin}: its structure is not whole ({error}), so that the office's own work in it cannot be checked;"
            " nothing was written and it was not changed; save it again with Excel or WPS and try again",
        ) from error


def _compare(name: str, rows: Sequence[Sequence[Expected]], found: Iterable[Sequence[Any]]) -> None:
    for number, (want, cells) in enumerate(zip_longest(rows, found, fillvalue=_NO_ROW), 1):
        # A figure is checked for being there; texts are compared as they are.
        got = [cell if type(cell) is str else None for cell in cells]
        if got != want:
            for column, (expected, actual) in enumerate(zip_longest(want, got, fillvalue=""), 1):
                if type(expected) is float and actual is None:
                    # The value that a formula of ours has now.
                    actual = cells[column - 1]  # noqa: PLW2901 - compared with the figure itself instead
                if expected != actual:
                    cell = a1(number, column)
                    raise _failure(Text(f"“{name}”{cell} 与写入的内容不符", f"“{name}”{cell} is not what was written"))


def _failure(what: Text) -> RectifyError:
    return RectifyError(
        f"写出的文件读回核对时不一致（{what.zh}），原文件未改动；请重试，如仍出现请报告这个问题",
        f"the file read back differs from what was written ({what.en}), the old file is unchanged;"
        " try again, and report it if it happens once more",
    )
