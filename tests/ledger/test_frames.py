"""Records, findings and rows as DataFrames: real dtypes, also of nothing, and nothing lost on the way."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import openpyxl
import pandas as pd
import pytest

import rectify_xl as rx
from rectify_xl.ledger.frames import changes_frame, reports_frame, tasks_frame
from rectify_xl.ledger.records import ChangeRecord
from rectify_xl.schema.loading import RESERVED_KEYS
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

KEYS = (*CLEAN, "percent", "completed_on")
ROWS = (
    {"task_id": 1, "deadline": "2026年6月底前", "percent": "约一半"},
    {"task_id": 2, "problem": "南渠沿岸三处排口没有截污", "status": "已完成", "percent": 1, "completed_on": "2026-10-08"},
    {"task_id": 3, "problem": "西塘底泥没有清运", "status": "快好了", "percent": 0.4},
)


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    write_list(tmp_path / "in" / "市水务局.xlsx", ROWS, unit="市水务局", keys=KEYS)
    return tmp_path / "in"


def dtypes(frame: pd.DataFrame, *columns: str) -> list[str]:
    return [str(frame[column].dtype) for column in columns]


def test_rows_stand_under_their_true_places(lists: Path) -> None:
    report = rx.validate(lists, as_of="2026-11-21")
    rows = report.rows_frame()
    assert rows.index.tolist() == [("市水务局.xlsx", "任务清单", row) for row in (4, 5, 6)]
    assert rows["reporting_unit"].tolist() == ["市水务局"] * 3
    assert rows["percent"].tolist() == [pd.NA, 1, 0.4]
    assert rows["percent_as_written"].tolist() == ["约一半", pd.NA, pd.NA]
    assert rows["status"].tolist()[:2] == ["整改中", "已完成"]
    assert rows["status_as_written"].tolist() == [pd.NA, pd.NA, "快好了"]
    assert rows["completed_on"].dropna().tolist() == [pd.Timestamp(2026, 10, 8)]
    assert (rows["status"] >= "已完成").tolist() == [False, True, False]  # in the order of a task's life
    rows.loc[:, "problem"] = "changed"
    assert "changed" not in set(report.rows_frame()["problem"])


def test_findings_of_a_report_and_of_its_master_are_one_table(lists: Path, tmp_path: Path) -> None:
    report, master = rx.validate(lists, as_of="2026-11-21"), rx.merge(lists, as_of="2026-11-21")
    frame = report.findings_frame()
    assert dtypes(frame, "severity", "slug", "row", "fix_is_safe") == ["category", "string", "Int64", "boolean"]
    assert {"wrong-type", "not-allowed", "overdue"} <= set(frame["slug"])
    cells = frame.set_index("slug")["cell"]
    assert (cells["wrong-type"], cells["not-allowed"]) == ("I4", "G6")
    shared = list(master.findings_frame().columns)
    pd.testing.assert_frame_equal(master.findings_frame(), frame[shared])
    master.to_excel(tmp_path / "台账.xlsx")
    again = rx.read_master(tmp_path / "台账.xlsx")
    pd.testing.assert_frame_equal(again.findings_frame(), master.findings_frame())


def test_tasks_and_reports_are_typed_and_fit_the_schema(lists: Path, tmp_path: Path) -> None:
    master = rx.merge(lists, as_of="2026-11-21")
    tasks, reports = master.tasks_frame(), master.reports_frame()
    assert dtypes(tasks, "due", "flag", "days", "is_closed", "percent") == [
        "datetime64[s]", "category", "Int64", "boolean", "Float64",
    ]  # fmt: skip
    assert tasks["flag"].tolist()[0] == "overdue"
    assert tasks["is_closed"].tolist() == [False, True, False]
    assert dtypes(reports, "reporting_unit", "first_row", "completed_on") == ["string", "Int64", "datetime64[s]"]
    assert reports["first_row"].tolist() == [4, 5, 6]
    assert reports["percent_as_written"].tolist()[0] == "约一半"
    path = tmp_path / "台账.xlsx"
    assert master.to_excel(path) is None
    assert openpyxl.load_workbook(path).sheetnames[1] == "总台账"
    pd.testing.assert_frame_equal(rx.read_master(path).tasks_frame(), tasks)


def test_frames_of_nothing_have_the_same_dtypes(lists: Path) -> None:
    master, schema = rx.merge(lists, as_of="2026-11-21"), rx.load_schema()
    empty = ((tasks_frame(schema, (), master.lights), master.tasks_frame()), (reports_frame(schema, ()), master.reports_frame()))
    for nothing, something in empty:
        assert len(nothing) == 0
        assert nothing.dtypes.tolist() == something.dtypes.tolist()
        schema.to_pandera().validate(nothing)


def test_changes_are_texts() -> None:
    change = ChangeRecord("1", "status", "整改中", "已完成", "a.xlsx!清单!G4", "2026-11")
    frame = changes_frame((dataclasses.replace(change, key="T0001", unit="市水务局", outcome="reported"),))
    assert frame.to_dict("records") == [
        {
            "round_id": "2026-11", "key": "T0001", "task": "1", "unit": "市水务局", "field": "status", "old": "整改中",
            "new": "已完成", "outcome": "reported", "source": "a.xlsx!清单!G4",
        }
    ]  # fmt: skip
    assert {str(dtype) for dtype in changes_frame(()).dtypes} == {"string"}


def test_columns_of_our_own_never_meet_those_of_a_schema(lists: Path) -> None:
    report, master = rx.validate(lists), rx.merge(lists)
    schema = set(rx.load_schema().keys)
    frames = (report.rows_frame().reset_index(), master.tasks_frame(), master.reports_frame())
    own = {column for frame in frames for column in frame.columns if not str(column).endswith("_as_written")} - schema
    assert own <= RESERVED_KEYS
