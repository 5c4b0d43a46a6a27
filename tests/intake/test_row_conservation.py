"""No row is lost: rows in are rows of each kind out, over generated lists of our own kind and of others'."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rectify_xl.common.resources import resource
from rectify_xl.intake import files
from rectify_xl.intake.files import read_file, read_workbook
from rectify_xl.intake.refusal import Refused
from rectify_xl.intake.tables import rows as rows_module
from rectify_xl.schema.loading import load_schema
from tests.support.conservation import check_conserved, check_numbered_rows_kept
from tests.support.counts import count
from tests.support.foreign_layouts import foreign_lists
from tests.support.layouts import task_lists
from tests.support.reading import SCHEMA
from tests.support.workbooks import Layout, by_openpyxl, by_xlsxwriter, layout, task

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission
    from tests.support.foreign_layouts import Foreign
    from tests.support.layouts import Made

pytestmark = pytest.mark.slow

H = ["序号", "存在问题", "整改措施", "责任领导", "责任单位", "整改时限"]
WRITERS = st.sampled_from([by_openpyxl, by_xlsxwriter])
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
REAL = Path(__file__).resolve().parents[3] / "shared" / "real"


def submitted(write: Any, *sheets: Layout) -> Submission:
    with tempfile.TemporaryDirectory() as folder:
        return read_file(write(Path(folder, "a.xlsx"), *sheets), "a.xlsx", SCHEMA)


@settings(SLOW, max_examples=count(40, 600))
@given(task_lists(), WRITERS)
def test_lists_of_our_own_kind_have_no_unread_row(made: Made, write: Any) -> None:
    read = submitted(write, made.layout)
    check_conserved(read, made.layout)
    assert [where for table in read.tables for where in table.unread] == []


@settings(SLOW, max_examples=count(60, 1500))
@given(foreign_lists(), foreign_lists(), WRITERS)
def test_lists_of_other_offices_and_trades(first: Foreign, second: Foreign, write: Any) -> None:
    sheets = (first.layout("甲"), second.layout("乙"))
    read = submitted(write, *sheets)
    check_conserved(read, *sheets)
    check_numbered_rows_kept(read, *sheets)


@pytest.mark.parametrize("schema", ["task_list", "acceptance_ledger", "hazard_list"])
@pytest.mark.parametrize(
    "path",
    [*sorted(resource("samples", "city", "submissions").iterdir()), *sorted(REAL.glob("*/submissions/*"))],
    ids=lambda path: path.name,
)
def test_samples_and_real_lists(path: Path, schema: str) -> None:
    read = read_file(path, path.name, load_schema(schema))
    try:
        sheets = read_workbook(path).sheets if read.status == "accepted" else []
    except Refused:  # pragma: no cover - accepted files can be read
        sheets = []
    layouts = [
        Layout({(row, column): value for row, cells in sheet.cells.items() for column, value in cells.items()},
               tuple(sheet.merges), sheet=sheet.name)
        for sheet in sheets if sheet.visible
    ]  # fmt: skip
    check_conserved(read, *layouts)
    planted = {where.row for table in read.tables for where in table.unread}
    assert planted == ({10, 11, 12} if path.name == "砚坪县.xlsx" else set())


def test_a_note_below_the_headings_of_a_narrow_list_hides_no_task() -> None:
    rows = [["序号", "隐患内容"], ["注:下列各项由班组自查"], [1, "一处临边护栏缺失,未设警示"], [2, "配电箱门没有上锁"]]
    (table,) = submitted(by_openpyxl, layout(rows)).tables
    assert [task.row for task in table.rows] == [3, 4]


# Faults put into the reader: each drops a row, and each is told by the finding that names the row -----------------------------


def test_a_reader_that_drops_tasks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = rows_module.make_task

    def forgetful(*given: Any) -> Any:
        row = made(*given)
        return row if row.row != 3 else type(row)(2, row.values)  # read as if it stood elsewhere

    monkeypatch.setattr(rows_module, "make_task", forgetful)
    assert unread_in([H, task(1, "东河排口异味"), task(2, "西山矿坑未复绿"), task(3, "北郊堆场扬尘")]) == ["3"]


def test_rows_that_get_no_kind_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows_module._Reader, "read", lambda _self: None)
    assert unread_in([H, task(1, "东河排口异味"), task(2, "西山矿坑未复绿")]) == ["2-3"]


def test_a_table_that_goes_missing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    read = files.read_tables
    monkeypatch.setattr(files, "read_tables", lambda *given: read(*given)[:1])
    other = ["编号", "责任单位", "责任领导", "存在问题", "整改措施", "完成时限"]
    rows = [H, task(1, "东河排口异味"), [], other, [1, "县水务局", "方竹 局长", "闸门锈蚀", "除锈", "2026年底"]]
    assert unread_in(rows) == ["4-5"]


def test_own_marks_that_take_a_task_along_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ignore = files.ignore_own_marks

    def greedy(workbook: Any) -> Any:
        found = ignore(workbook)
        del workbook.sheets[0].cells[3]
        return found

    monkeypatch.setattr(files, "ignore_own_marks", greedy)
    assert unread_in([H, task(1, "东河排口异味"), task(2, "西山矿坑未复绿")]) == ["3"]


def unread_in(rows: list[list[Any]]) -> list[str]:
    read = submitted(by_openpyxl, layout(rows))
    assert not [fault for fault in read.faults if fault.slug == "empty-submission"]
    return [fault.facts["rows"] for fault in read.faults if fault.slug == "unread-rows"]
