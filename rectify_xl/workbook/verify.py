"""Reads a finished workbook back with another library and compares it, cell by cell, with what was asked for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineError, CalamineWorkbook

from rectify_xl.common.addresses import a1
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rectify_xl.workbook.sheet import Expected

_NO_ROW: tuple[Any, ...] = ()


def verify_workbook(path: Path, expected: Mapping[str, Sequence[Sequence[Expected]]]) -> None:
    """Compare a file with what it must hold: its sheets in order, and of every cell the text, or that it is a figure.

    The value of a formula of ours is compared as well.

    Raises:
        RectifyError: the file cannot be read back, or differs.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        if book.sheet_names != list(expected):
            raise _failure(Text(f"工作表为{book.sheet_names}", f"its sheets are {book.sheet_names}"))
        with ThreadPoolExecutor(1) as reader:
            # While one sheet is compared the next is read: calamine lets other threads run meanwhile.
            found = reader.map(lambda name: book.get_sheet_by_name(name).to_python(skip_empty_area=False), expected)
            for (name, rows), cells in zip(expected.items(), found, strict=True):
                _compare(name, rows, cells)
    except CalamineError as error:
        raise _failure(Text(str(error), str(error))) from error


def _compare(name: str, rows: Sequence[Sequence[Expected]], found: Sequence[Sequence[Any]]) -> None:
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
