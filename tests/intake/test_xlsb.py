"""The binary package, on records written by hand."""

from __future__ import annotations

import struct
import tracemalloc
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from python_calamine import CalamineWorkbook

from rectify_xl.common.unreadable import CellError, Rounded
from rectify_xl.intake.readers.biff12 import packed_number
from rectify_xl.intake.readers.xlsb_package import read_xlsb
from tests.support.biff12 import by_biff12, raw_sheet, record, sheet_part, styles_part, wide
from tests.support.reading import check_cells, column, read, slugs
from tests.support.workbooks import HEADINGS, OFFICE, RELATIONS, layout, patch, task

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    ["整改任务清单"],
    ["填报单位:澄湖市水务局"],
    [],
    ["", *HEADINGS, "完成率", "备注"],
    ["", *task(1, "东河排口异味"), 0.8, 110101199003071234],
    ["", *task(2, "西山矿坑未复绿", leader=CellError("#REF!")), 1, True],
    ["", "", "", "边坡加固", "", "市城管局", "", 3.0, 3.0],
]
MADE = layout(ROWS, ["A1:I1", "C6:C7", "B6:B7"], hidden=[5])


def test_values_merges_hidden_rows_and_errors(tmp_path: Path) -> None:
    path = by_biff12(tmp_path / "a.xlsb", MADE)
    assert CalamineWorkbook.from_path(path).sheet_names == ["任务清单"]
    found = read(path)
    (table,) = found.tables
    assert [task.row for task in table.rows] == [5, 6, 7]
    assert column(table, "problem") == ["东河排口异味", "西山矿坑未复绿", "西山矿坑未复绿"]
    assert [task.part_of for task in table.rows] == [None, 6, 6]
    assert column(table, "percent") == [0.8, 1, 3]
    assert column(table, "remark") == [Rounded("110101199003071230"), "是", 3]
    assert type(column(table, "task_id")[0]) is int
    assert table.rows[1].values["leader"] == CellError("#REF!")
    assert (slugs(found), found.faults[0].facts) == (["hidden-rows"], {"rows": "5"})
    assert found.unit_text == "澄湖市水务局"
    check_cells(MADE, type(table)(**{**_fields(table), "columns": {"problem": 3, "measures": 4, "lead_unit": 6}}))


def _fields(table: object) -> dict[str, object]:
    return {name: getattr(table, name) for name in table.__dataclass_fields__}  # type: ignore[attr-defined]


def test_sheets_by_state(tmp_path: Path) -> None:
    hidden = layout(ROWS, sheet="底稿", state="veryHidden")
    cover = layout([["填报须知"], ["请逐项填写"]], sheet="须知")
    found = read(by_biff12(tmp_path / "a.xlsb", cover, MADE, hidden))
    assert [table.sheet for table in found.tables] == ["任务清单"]
    assert {(fault.slug, fault.sheet) for fault in found.faults} >= {("hidden-sheet", "底稿"), ("extra-sheet", "须知")}


def test_an_empty_sheet_is_no_task_table(tmp_path: Path) -> None:
    assert slugs(read(by_biff12(tmp_path / "a.xlsb", layout([])))) == ["no-task-table"]


def test_a_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    far = type(MADE)({**MADE.cells, (1_048_576, 16_384): "x"}, MADE.merges)
    tracemalloc.start()
    (sheet,) = read_xlsb(by_biff12(tmp_path / "a.xlsb", far)).sheets
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (sheet.value(1_048_576, 16_384), sheet.value(5, 3)) == ("x", "东河排口异味")
    assert peak < 4 << 20


@pytest.mark.parametrize(
    "part",
    [
        sheet_part(MADE)[:-40],
        sheet_part(MADE)[:60],
        record(129) + record(145) + record(0, b"\x00"),
        record(3, b"\x00" * 4),
        record(176, b"\x00" * 4),
        b"\xff" * 50,
        b"",
    ],
)
def test_damaged_records(tmp_path: Path, part: bytes) -> None:
    path = by_biff12(tmp_path / "a.xlsb", MADE, parts={"xl/worksheets/sheet1.bin": part})
    found = read(path)
    assert found.status == "accepted" or slugs(found)[0] in ("unreadable-file", "no-task-table", "resource-limit")


def test_a_missing_part(tmp_path: Path) -> None:
    path = patch(by_biff12(tmp_path / "a.xlsb", MADE), {"xl/worksheets/sheet1.bin": None})
    assert slugs(read(path)) == ["unreadable-file"]


# Cells and styles, record by record ----------------------------------------------------------------------------------

STYLES = styles_part((0, None), (14, None), (164, 'yyyy"年"m"月"'), (0, None), (165, "h:mm"), struck=frozenset({3}))
RELATED = {"rIdS": ("styles", "styles.bin"), "rIdT": ("sharedStrings", "sharedStrings.bin")}


def cell(kind: int, column: int, value: bytes, style: int = 0) -> bytes:
    """A cell record with a column of its own."""
    return record(kind, struct.pack("<II", column - 1, style) + value)


def packed(value: int) -> bytes:
    return struct.pack("<I", (value << 2 | 2) & 0xFFFFFFFF)


def rich(text: str, *runs: tuple[int, int]) -> bytes:
    """A text of which runs from a character on have a font."""
    return bytes([bool(runs)]) + wide(text) + struct.pack("<I", len(runs)) + b"".join(struct.pack("<HH", *run) for run in runs)


def raw(path: Path, *cells: bytes, book: bytes | None = None, strings: tuple[bytes, ...] = ()) -> Any:
    parts = {"xl/worksheets/sheet1.bin": raw_sheet((1, b"".join(cells))), "xl/styles.bin": STYLES}
    parts |= {"xl/sharedStrings.bin": b"".join(record(19, text) for text in strings)}
    parts |= {"xl/workbook.bin": book} if book else {}
    (sheet,) = read_xlsb(by_biff12(path / "a.xlsb", MADE, parts=parts, related=RELATED)).sheets
    return sheet


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (cell(2, 1, packed(46357), 1), date(2026, 12, 1)),
        (cell(5, 1, struct.pack("<d", 46357.5), 1), date(2026, 12, 1)),
        (cell(9, 1, struct.pack("<d", 46357) + bytes(6), 1), date(2026, 12, 1)),
        (cell(2, 1, packed(-3)), -3),
        (cell(2, 1, struct.pack("<I", 12345 << 2 | 3)), 123.45),
        (cell(5, 1, struct.pack("<d", float("nan"))), CellError("#NUM!")),
        (cell(4, 1, b"\x00"), "否"),
        (cell(10, 1, b"\x01" + bytes(6)), "是"),
        (cell(3, 1, bytes([42])), CellError("#N/A")),
        (cell(11, 1, bytes([23]) + bytes(6)), CellError("#REF!")),
        (cell(6, 1, wide("甲_x000D_乙")), "甲_x000D_乙"),
        (cell(6, 1, wide("")), None),
        (cell(8, 1, wide("甲") + bytes(6)), "甲"),
        (cell(62, 1, rich("甲乙")), "甲乙"),
        (cell(7, 1, struct.pack("<I", 1)), "丙"),
        (cell(1, 1, b""), None),
        (cell(6, 1, struct.pack("<I", 0xFFFFFFFF)), None),
    ],
)
def test_value(tmp_path: Path, written: bytes, value: Any) -> None:
    assert raw(tmp_path, written, strings=(rich("甲"), rich("丙"))).cells[1].get(1) == value


def test_the_month_that_a_format_shows(tmp_path: Path) -> None:
    assert str(raw(tmp_path, cell(2, 1, packed(46357), 2)).cells[1][1]) == "2026年12月"


def test_cells_without_a_column_follow_their_neighbour(tmp_path: Path) -> None:
    short = record(13, bytes([1, 0, 0, 0]) + packed(46357)) + record(12, bytes(4)) + record(17, bytes(4) + wide("乙"))
    sheet = raw(tmp_path, cell(6, 3, wide("甲")), short)
    assert sheet.cells[1] == {3: "甲", 4: date(2026, 12, 1), 6: "乙"}


def test_text_struck_out(tmp_path: Path) -> None:
    strings = (rich("甲乙丙", (1, 1), (2, 0)), rich("甲乙", (0, 1)), rich("甲乙", (1, 2)))
    cells = [cell(7, at, struct.pack("<I", at - 1)) for at in (1, 2, 3)]
    sheet = raw(tmp_path, *cells, cell(6, 4, wide("丁"), 3), strings=strings)
    assert sheet.cells[1] == {1: "甲丙", 3: "甲乙"}
    assert sheet.struck == {(1, 1): "乙", (1, 2): "甲乙", (1, 4): "丁"}


def test_days_counted_from_1904(tmp_path: Path) -> None:
    book = record(153, struct.pack("<I", 1)) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("任务清单"))
    assert raw(tmp_path, cell(2, 1, packed(44895), 1), book=book).cells[1][1] == date(2026, 12, 1)


def test_columns_and_rows_pulled_together(tmp_path: Path) -> None:
    column = struct.pack("<4IH", 1, 2, 0, 0, 0), struct.pack("<4IH", 4, 4, 2048, 0, 1), struct.pack("<4IH", 5, 5, 2048, 0, 0)
    row = record(0, struct.pack("<IIHBBBI", 0, 0, 0, 0, 0, 0, 0)) + cell(6, 1, wide("甲"))
    parts = {"xl/worksheets/sheet1.bin": record(129) + b"".join(record(60, one) for one in column) + row + record(130)}
    (sheet,) = read_xlsb(by_biff12(tmp_path / "a.xlsb", MADE, parts=parts)).sheets
    assert (sheet.hidden_columns, sheet.hidden_rows) == ({2, 3, 5}, {1})


def test_macro_and_chart_sheets_are_passed_over(tmp_path: Path) -> None:
    states = struct.pack("<II", 0, 1)
    names = {"rId1": "任务清单", "rIdM": "Macro1", "rIdC": "图表", "rIdX": "附表"}
    book = b"".join(record(156, states + wide(relation) + wide(name)) for relation, name in names.items())
    related = {"rIdM": ("xlMacrosheet", "macrosheets/sheet1.bin"), "rIdC": ("chartsheet", "chartsheets/sheet1.bin")}
    path = by_biff12(tmp_path / "a.xlsb", MADE, parts={"xl/workbook.bin": book}, related=related)
    workbook = read_xlsb(path)
    assert ([sheet.name for sheet in workbook.sheets], workbook.lost_sheets) == (["任务清单"], ["附表"])
    assert slugs(read(path)) == ["hidden-rows", "damaged-package"]


def test_prefixed_relations_and_a_workbook_elsewhere(tmp_path: Path) -> None:
    path = by_biff12(tmp_path / "a.xlsb", MADE)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    moved = {name.replace("xl/", "book/"): part.replace(b"xl/", b"book/") for name, part in parts.items()}
    for name, part in moved.items():
        if name.endswith(".rels"):
            renamed = part.replace(b"<Relationship", b"<p:Relationship").replace(b"</Relationship", b"</p:Relationship")
            moved[name] = renamed.replace(b"xmlns=", b"xmlns:p=")
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in moved.items():
            archive.writestr(name, part)
    assert [task.row for task in read(path).tables[0].rows] == [5, 6, 7]


def test_the_totals_row_of_a_table(tmp_path: Path) -> None:
    rels = f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/table" Target="../tables/table1.bin"/>'
    table = record(343, struct.pack("<8I", 3, 6, 1, 8, 0, 1, 1, 1) + bytes(30))
    parts = {
        "xl/worksheets/_rels/sheet1.bin.rels": f"{rels}</Relationships>".encode(),
        "xl/tables/table1.bin": table,
    }
    (sheet,) = read_xlsb(by_biff12(tmp_path / "a.xlsb", MADE, parts=parts)).sheets
    assert sheet.total_rows == {7}


@pytest.mark.parametrize(
    "row", [(1_048_577, cell(2, 1, packed(1))), (1, cell(2, 16_385, packed(1))), (1, cell(7, 1, struct.pack("<I", 9)))]
)
def test_cells_and_texts_out_of_bounds(tmp_path: Path, row: tuple[int, bytes]) -> None:
    path = by_biff12(tmp_path / "a.xlsb", MADE, parts={"xl/worksheets/sheet1.bin": raw_sheet(row)})
    assert slugs(read(path)) == ["unreadable-file"]


def test_packed_doubles() -> None:
    (bits,) = struct.unpack("<Q", struct.pack("<d", 1.5))
    assert (packed_number(bits >> 32), packed_number(bits >> 32 | 1)) == (1.5, 0.015)
