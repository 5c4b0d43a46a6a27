"""The binary package: values by python-calamine, merges, hidden rows and error cells by the records themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from python_calamine import CalamineWorkbook

from rectify_xl.common.unreadable import CellError, Rounded
from tests.support.biff12 import by_biff12, record, sheet_part
from tests.support.reading import check_cells, column, read, slugs
from tests.support.workbooks import HEADINGS, layout, patch, task

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


def test_a_corner_cell_is_refused_before_calamine_fills_memory(tmp_path: Path) -> None:
    rows = {**MADE.cells, (1_048_576, 16_384): "x"}
    path = by_biff12(tmp_path / "a.xlsb", type(MADE)(rows))
    assert slugs(read(path)) == ["resource-limit"]


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
