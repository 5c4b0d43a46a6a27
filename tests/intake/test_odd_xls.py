"""Workbooks of Excel 97-2003 that are odd: Excel opens them, and so do we, with or without the help of a second reader."""

from __future__ import annotations

import struct
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.common.unreadable import CellError, Rounded
from rectify_xl.intake.grid import Merge
from rectify_xl.intake.readers.xls_records import read_xls
from rectify_xl.intake.readers.xls_second import _value
from rectify_xl.intake.refusal import Refused
from tests.support.biff8 import Book, Sheet, container, defined_name, merges, record, sheet_links
from tests.support.reading import column, read, slugs
from tests.support.workbooks import HEADINGS, task

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.grid import Workbook

ROWS = [HEADINGS, task(1, "东河排口异味"), task(2, "西山矿坑未复绿")]
LIST = {(at, across): value for at, row in enumerate(ROWS, 1) for across, value in enumerate(row, 1)}


def opened(folder: Path, stream: bytes) -> Workbook:
    path = folder / "a.xls"
    path.write_bytes(stream)
    return read_xls(path)


# Names of dropdowns ---------------------------------------------------------------------------------------------------

CELL = b"\x3a\x01\x00\x00\x00\x00\x00"  # the first cell of the second sheet
AREA = b"\x3b\x01\x00" + struct.pack("<HHHH", 0, 65535, 0, 0)
FORMULAS = {
    "area": AREA,
    "INDEX": AREA + b"\x1e\x01\x00\x41\x1d\x00",
    "COUNTA": AREA + b"\x42\x01\xa9\x00",
    "union": CELL + CELL + b"\x10",
    "OFFSET": CELL + b"\x1e\x00\x00" * 2 + b"\x1e\x05\x00\x1e\x01\x00\x42\x05\x4e\x00",
}
BROKEN = {
    "union of nothing": b"\x10",
    "cut off": b"\x3b\x01",
    "natural language": b"\x18\x01\x00",
    "unknown": b"\x7f",
    "none": b"",
}


def with_name(formula: bytes) -> bytes:
    choices = Sheet("单位名册", {(1, 1): "市水务局填报口径以及负责核对口径的科室全称表述", (1, 2): "乙", (1, 3): "丙"}, state=1)
    among = sheet_links(2) + defined_name("choices", formula)
    return container(Book([Sheet(cells=LIST), choices], among=among).stream())


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_a_dropdown_with_a_computed_name(tmp_path: Path, formula: bytes) -> None:
    book = opened(tmp_path, with_name(formula))
    assert (book.list_sheets, book.read_in_part) == ({"单位名册"}, False)
    assert slugs(read(tmp_path / "a.xls")) == []


@pytest.mark.parametrize("formula", BROKEN.values(), ids=BROKEN)
def test_a_name_that_nobody_can_compute(tmp_path: Path, formula: bytes) -> None:
    book = opened(tmp_path, with_name(formula))
    assert ([sheet.name for sheet in book.sheets], book.read_in_part) == (["任务清单", "单位名册"], False)
    assert slugs(read(tmp_path / "a.xls")) == ["hidden-sheet"]


# What xlrd is too strict for ------------------------------------------------------------------------------------------

RICH = Sheet(
    cells={**LIST, (4, 1): 3, (4, 6): 46357, (5, 1): True, (6, 1): CellError("#REF!")}, styles={(4, 6): 1},
    after=merges((4, 5, 2, 2)),
)  # fmt: skip
FORMATS: list[tuple[int, str | None]] = [(0, None), (14, None), (164, 'yyyy"年"m"月"')]


def test_a_directory_that_contradicts_itself_costs_nothing(tmp_path: Path) -> None:
    book = opened(tmp_path, container(Book([RICH], FORMATS).stream(), loop=True))
    (sheet,) = book.sheets
    assert (sheet.cells[4], sheet.cells[5][1], sheet.cells[6][1]) == ({1: 3, 6: date(2026, 12, 1)}, "是", CellError("#REF!"))
    assert (sheet.merges, book.read_in_part) == ([Merge(4, 2, 5, 2)], False)


ODD = {
    "more texts claimed": Book([RICH], FORMATS, texts_claimed=99).stream(),
    "two palettes": Book([RICH], FORMATS, among=record(0x92, struct.pack("<H", 56) + bytes(224)) * 2).stream(),
    "an odd object": Book([replace(RICH, after=RICH.after + record(0x5D, b"\x15"))], FORMATS).stream(),
}


@pytest.mark.parametrize("stream", ODD.values(), ids=ODD)
def test_the_second_reader(tmp_path: Path, stream: bytes) -> None:
    book = opened(tmp_path, container(stream))
    (sheet,) = book.sheets
    assert book.read_in_part
    assert (sheet.cells[4], sheet.cells[5], sheet.merges) == ({1: 3, 6: date(2026, 12, 1)}, {1: "是"}, [Merge(4, 2, 5, 2)])
    found = read(tmp_path / "a.xls")
    assert (slugs(found), column(found.tables[0], "task_id")[:2]) == (["read-in-part"], [1, 2])


def test_hidden_sheets_of_the_second_reader(tmp_path: Path) -> None:
    cells = {(1, 1): "往期底稿", (1, 2): "甲", (1, 3): "乙"}
    stream = Book([Sheet(cells=LIST), Sheet("底稿", cells, state=1), Sheet("空表")], texts_claimed=99).stream()
    assert [(sheet.name, sheet.visible) for sheet in opened(tmp_path, container(stream)).sheets] == [
        ("任务清单", True), ("底稿", False), ("空表", True),
    ]  # fmt: skip


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_file_that_was_cut_off_is_not_read_up_to_there(tmp_path: Path, kept: float) -> None:
    cells = {(row, across): f"{value}{row}" for row in range(1, 200) for across, value in enumerate(HEADINGS, 1)}
    for claimed in (None, 9999):
        whole = container(Book([Sheet(cells=cells)], texts_claimed=claimed).stream())
        with pytest.raises(Refused, match="unreadable-file"):
            opened(tmp_path, whole[: int(len(whole) * kept)])


def test_a_stream_without_its_end(tmp_path: Path) -> None:
    stream = Book([Sheet(cells=LIST)], texts_claimed=99).stream()
    for damaged in (stream[:-4], stream[:-4] + record(0x0203), stream[: len(stream) // 2]):
        with pytest.raises(Refused, match="unreadable-file"):
            opened(tmp_path, container(damaged))


def test_what_neither_reads(tmp_path: Path) -> None:
    bare = Book([Sheet(cells=LIST)], texts_claimed=99).stream()
    nonsense = container(record(0x0809, bytes(16)) * 2 + record(0x000A) * 2)
    for data in (bare, nonsense, container(b"\x09\x08\x10\x00")):
        with pytest.raises(Refused, match="unreadable-file"):
            opened(tmp_path, data)


def test_a_container_of_absurd_sectors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def openstream(*_: object) -> None:
        raise OverflowError("cannot fit 'int' into an index-sized integer")  # of a sector of 2 to the 4102nd bytes

    monkeypatch.setattr("olefile.OleFileIO.openstream", openstream)
    with pytest.raises(Refused, match="unreadable-file"):
        opened(tmp_path, container(Book([Sheet(cells=LIST)], texts_claimed=99).stream()))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (3.0, 3), (110101199003071234.0, Rounded("110101199003071230")), (float("nan"), CellError("#NUM!")), (False, "否"),
        (datetime(2026, 12, 1), date(2026, 12, 1)), (datetime(2026, 12, 1, 8), datetime(2026, 12, 1, 8)),  # noqa: DTZ001
        (time(8, 30), "08:30"), (timedelta(hours=8, seconds=5), "08:00:05"), ("甲", "甲"), (date(2026, 12, 1), date(2026, 12, 1)),
    ],
)  # fmt: skip
def test_values_of_the_second_reader(raw: Any, value: Any) -> None:
    assert _value(raw) == value


# One far cell, and no number ------------------------------------------------------------------------------------------


def test_a_far_cell_and_a_number_that_is_none(tmp_path: Path) -> None:
    import tracemalloc

    made = Sheet(cells={(1, 1): "甲", (2, 2): float("nan"), (65536, 256): "乙"})
    data = container(Book([made]).stream())
    tracemalloc.start()
    (sheet,) = opened(tmp_path, data).sheets
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert dict(sheet.cells) == {1: {1: "甲"}, 2: {2: CellError("#NUM!")}, 65536: {256: "乙"}}
    assert peak < 64 << 20
