"""A copy read back by the same reader as the original: what the unit wrote must stand there as it did."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.common.archive_damage import ARCHIVE_DAMAGE
from rectify_xl.intake.files import read_workbook
from rectify_xl.provenance.remarks import is_column_heading

if TYPE_CHECKING:
    from rectify_xl.copies.requests import CopyRequest
    from rectify_xl.intake.grid import Sheet

Cells = dict[tuple[int, int], Any]


class Mismatch(Exception):  # noqa: N818 - an outcome, not a mistake
    """What differs, in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.zh, self.en = zh, en


def verify_copy(request: CopyRequest, copy: Path) -> None:
    """Read a copy and compare it with its original, our marks aside.

    Of a rebuilt copy only the places of values are compared: numbers may be stored otherwise there, errors as texts.

    Raises:
        Mismatch: something is missing, or differs.
        Refused: the copy cannot be read.
    """
    _unpack(copy)
    before, after = read_workbook(Path(request.original.path)).sheets, read_workbook(copy).sheets
    if len(before) != len(after):
        raise Mismatch(f"工作表数为 {len(after)}，原为 {len(before)}", f"{len(after)} sheets instead of {len(before)}")
    new = {(change.sheet, from_a1(change.cell)): change.new for change in request.changes}
    for old_sheet, new_sheet in zip(before, after, strict=True):
        changed = {cell: value for (sheet, cell), value in new.items() if sheet == old_sheet.name}
        expected = {**_cells(old_sheet), **changed}
        found = _cells(new_sheet)
        differing = expected.keys() ^ found.keys()
        if request.mode == "in-place":
            differing |= {cell for cell in expected.keys() & found.keys() if expected[cell] != found[cell]}
            _compare_rows(old_sheet, new_sheet)
        if differing:
            where = f"{old_sheet.name}!{a1(*min(differing))}"
            raise Mismatch(where, where)


def _unpack(copy: Path) -> None:
    """See that every part of the package can be unpacked, pictures and all."""
    try:
        with zipfile.ZipFile(copy) as archive:
            damaged = archive.testzip()
    except ARCHIVE_DAMAGE as error:
        raise Mismatch("压缩包不完整", "the package is damaged") from error
    if damaged:
        raise Mismatch(f"压缩包不完整（{damaged}）", f"the package is damaged ({damaged})")


def _cells(sheet: Sheet) -> Cells:
    """All values of a sheet but the heading of our column, which counts as ours in a copy only."""
    return {
        (row, column): value
        for row, cells in sheet.cells.items()
        for column, value in cells.items()
        if not is_column_heading(value)
    }


def _compare_rows(before: Sheet, after: Sheet) -> None:
    # A merged range without a value may be the heading of our column, which is removed where there is nothing to say.
    filled = {merge for merge in before.merges if merge.left in before.cells.get(merge.top, ())}
    if before.hidden_rows != after.hidden_rows or not filled <= set(after.merges):
        raise Mismatch(f"{before.name}（隐藏行或合并单元格）", f"{before.name} (hidden rows or merged cells)")
