"""A merge that goes on from its base: what changes, what waits, what the office decides, and what stays."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl import merge, summarize, write_master
from rectify_xl.campaign.settings import Campaign, RuleChoice, Unit
from rectify_xl.common.errors import RectifyError
from rectify_xl.history.extract import kept_changes, kept_reports
from rectify_xl.ledger.decisions import with_decisions
from rectify_xl.ledger.reading import read_master
from rectify_xl.workflow.base import choose_base
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

WATER, HOUSING, FARM = "市水务局", "市住建局", "市农业农村局"
DITCH = {"task_id": 2, "problem": "东沟清淤未完成,汛期漫溢两次", "lead_unit": WATER}


def campaign(month: int) -> Campaign:
    units = tuple(Unit(str(at), name) for at, name in enumerate((WATER, HOUSING, FARM), 1))
    return Campaign(name="青禾市整改", round_id=f"2026-{month}", issued=date(2026, 7, 1), units=units)


def a_round(folder: Path, month: int, base: Path | None = None, **given: Any) -> Master:
    return merge([folder / str(month)], campaign=campaign(month), as_of=date(2026, month, 21), base=base, workers=1, **given)


@pytest.fixture(scope="module")
def made_november(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("november")
    write_list(folder / "11" / "w.xlsx", [{}, DITCH], unit=WATER)
    write_list(folder / "11" / "h.xlsx", [{"progress": "配合完成管线迁改一处"}], unit=HOUSING)
    write_master(a_round(folder, 11), folder / "m11.xlsx")
    return folder


@pytest.fixture(scope="module")
def made_december(made_november: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One value changed, one proposed, one row of no task."""
    folder = shutil.copytree(made_november, tmp_path_factory.mktemp("december"), dirs_exist_ok=True)
    rows = [{"status": "已完成", "deadline": "2027年6月底前"}, {"task_id": 3, "problem": "西桥下建筑垃圾未清运"}]
    write_list(folder / "12" / "w.xlsx", rows, unit=WATER, filled="2026年12月10日")
    write_master(a_round(folder, 12, folder / "m11.xlsx"), folder / "m12.xlsx")
    return folder


@pytest.fixture
def november(made_november: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made_november, tmp_path, dirs_exist_ok=True) / "m11.xlsx"


@pytest.fixture
def december(made_december: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made_december, tmp_path, dirs_exist_ok=True) / "m12.xlsx"


def test_each_value_has_its_outcome_and_silent_tasks_stay(december: Path) -> None:
    master = read_master(december)
    assert [task.key for task in master.tasks] == ["T0001", "T0002"]
    assert master.tasks[0].values["status"] == "已完成"
    assert master.tasks[0].values["deadline"] == "2026年12月31日前"
    ((change,), (conflict,), (row,)) = master.changes, master.conflicts, master.pending
    assert (change.key, change.field, change.old, change.new, change.outcome) == (
        "T0001",
        "status",
        "整改中",
        "已完成",
        "reported",
    )
    assert (conflict.key, conflict.field, conflict.kind, conflict.ours) == ("T0001", "deadline", "refused", "2026年12月31日前")
    assert (row.unit, row.reason, row.values["problem"]) == (WATER, "unknown", "西桥下建筑垃圾未清运")
    assert {report.round_id for report in master.reports} == {"2026-11", "2026-12"}


def test_the_json_result_tells_what_is_new(november: Path) -> None:
    folder = november.parent
    write_list(folder / "12" / "w.xlsx", [{"status": "已完成"}], unit=WATER)
    told = a_round(folder, 12, november).to_dict()
    assert (told["round"], told["added"], told["updated"], told["unchanged"]) == ("2026-12", 0, 1, 1)
    (change,) = told["changes"]
    assert (change["key"], change["field"], change["outcome"], change["file"]) == ("T0001", "status", "reported", "w.xlsx")
    assert told["outcomes"]["reported"] == 1
    assert {"key": "T0002", "unit": WATER} in told["not_reported"]


def test_the_same_merge_again_gives_the_same_bytes(december: Path) -> None:
    choice = choose_base(december, december.with_name("m11.xlsx"))
    before = december.read_bytes()
    assert choice.path == december
    again = choice.stamped(a_round(december.parent, 12, choice.path))
    assert again.since_base
    assert (again.since_base.updated, again.since_base.changes) == (0, ())
    write_master(again, december)
    assert december.read_bytes() == before


def decided(master: Master, *, conflict: tuple[str, str] = ("", ""), row: tuple[str, str] = ("", "")) -> Master:
    conflicts = tuple(replace(one, decision=conflict[0], decided_value=conflict[1]) for one in master.conflicts)
    pending = tuple(replace(one, decision=row[0], decided_value=row[1]) for one in master.pending)
    return replace(master, conflicts=conflicts, pending=pending)


@pytest.mark.parametrize(("decision", "value"), [
    (("采用市水务局填报", ""), "2027年6月底前"),
    (("保留台账", ""), "2026年12月31日前"),
    (("以核定值为准", "2027年3月底前"), "2027年3月底前"),
])  # fmt: skip
def test_a_conflict_decided_is_applied_logged_and_not_asked_again(december: Path, decision: tuple[str, str], value: str) -> None:
    write_master(decided(read_master(december), conflict=decision), december)
    done = summarize(december, as_of=date(2026, 12, 22))
    assert done.conflicts == ()
    assert done.tasks[0].values["deadline"] == value
    assert (done.changes[-1].outcome, done.changes[-1].field, done.changes[-1].new) == ("decided", "deadline", value)
    write_master(done, december)
    rows = [{"status": "已完成", "deadline": "2027年6月底前", "progress": "本期无变化"}]
    write_list(december.parent / "12" / "w.xlsx", rows, unit=WATER, filled="2026年12月20日")
    assert a_round(december.parent, 12, december).conflicts == ()


def test_a_conflict_with_what_was_merged_before_names_both_sources(tmp_path: Path) -> None:
    both, keys = {"lead_unit": f"{WATER}、{HOUSING}"}, (*CLEAN, "percent")
    write_list(tmp_path / "11" / "w.xlsx", [{**both, "percent": 0.4}], unit=WATER, keys=keys)
    write_master(a_round(tmp_path, 11), tmp_path / "m11.xlsx")
    write_list(tmp_path / "11" / "h.xlsx", [{**both, "percent": 0.6}], unit=HOUSING, keys=keys)
    for _ in range(2):
        (conflict,) = a_round(tmp_path, 11, tmp_path / "m11.xlsx").conflicts
        assert [tuple(side) for side in conflict.sides] == [
            (HOUSING, "60%", "h.xlsx!任务清单!I4"),
            (WATER, "40%", "w.xlsx!任务清单!A4"),
        ]
        write_master(a_round(tmp_path, 11, tmp_path / "m11.xlsx"), tmp_path / "m11.xlsx")


def test_what_the_office_has_decided_between_lists_of_one_merge_is_no_finding_any_more(november: Path) -> None:
    """Until a unit says something else again."""
    folder = november.parent
    both = [{"status": "已完成"}, {}]
    for name, unit, said in zip(("w", "h"), (WATER, HOUSING), both, strict=True):
        write_list(folder / "12" / f"{name}.xlsx", [said], unit=unit, filled="2026年12月10日")

    def merged() -> tuple[Master, list[str]]:
        master = a_round(folder, 12, folder / "m12.xlsx" if (folder / "m12.xlsx").exists() else november)
        write_master(master, folder / "m12.xlsx")
        return master, [finding.unit for finding in master.findings if finding.slug == "conflicting-reports"]

    assert merged()[1] == [HOUSING, WATER]
    undecided, units = merged()
    assert (len(undecided.conflicts), units) == (1, [HOUSING, WATER])
    write_master(decided(read_master(folder / "m12.xlsx"), conflict=("采用市水务局填报", "")), folder / "m12.xlsx")
    for _ in range(2):
        done, units = merged()
        assert (done.tasks[0].values["status"], done.conflicts, units) == ("已完成", (), [])
    write_list(folder / "12" / "h.xlsx", [{"status": "未启动"}], unit=HOUSING, filled="2026年12月20日")
    other, units = merged()
    assert ([one.field for one in other.conflicts], units) == (["status"], [HOUSING, WATER])


@pytest.mark.parametrize("decision", [
    ("", "2027年3月底前"), ("以核定值为准", ""), ("保留台账", "2027年3月底前"), ("再议", ""),
])  # fmt: skip
def test_an_incomplete_decision_stays_and_is_named(december: Path, decision: tuple[str, str]) -> None:
    result = with_decisions(decided(read_master(december), conflict=decision))
    assert (result.count, len(result.notes), len(result.master.conflicts)) == (0, 1, 1)
    assert "没有处理，仍保留在表中" in result.notes[0].zh


def test_an_incomplete_decision_is_a_finding_of_merge_and_summarize_until_it_is_completed(december: Path) -> None:
    def told(master: Master) -> list[tuple[str, str, str]]:
        found = [finding for finding in master.findings if finding.slug == "incomplete-decision"]
        return [(finding.severity, finding.sheet, finding.message) for finding in found]

    write_master(decided(read_master(december), conflict=("以核定值为准", ""), row=("新增为任务", "2")), december)
    merged = a_round(december.parent, 12, december)
    assert [(severity, sheet) for severity, sheet, _ in told(merged)] == [("warning", "冲突"), ("warning", "待确认")]
    assert "“冲突”中任务1的“整改时限”：没有填核定值，没有处理" in told(merged)[0][2]
    write_master(merged, december.with_name("again.xlsx"))
    book = openpyxl.load_workbook(december.with_name("again.xlsx"))
    cells = [(finding.sheet, finding.cell) for finding in merged.findings if finding.slug == "incomplete-decision"]
    assert [book[sheet][cell].value for sheet, cell in cells] == ["以核定值为准", "新增为任务"]
    assert {"incomplete-decision"} == {one["slug"] for one in merged.to_dict()["findings"] if one["code"] == "X721"}
    others = len(merged.findings) - 2
    write_master(merged, december)
    for _ in range(2):
        again = summarize(december, as_of=date(2026, 12, 22))
        assert (told(again), len(again.findings)) == (told(merged), others + 2)
        write_master(again, december)
    quiet = replace(campaign(12), rules=RuleChoice(ignore=("incomplete-decision",)))
    assert told(summarize(december, campaign=quiet)) == []
    write_master(decided(again, conflict=("保留台账", ""), row=("不采用", "")), december)
    done = summarize(december, as_of=date(2026, 12, 23))
    assert (told(done), len(done.findings), done.conflicts, done.pending) == ([], others, (), ())


def test_a_decision_that_is_left_is_named_where_it_stands_once_the_others_are_applied(december: Path) -> None:
    master = read_master(december)
    (conflict,) = decided(master, conflict=("以核定值为准", "")).conflicts
    done = replace(conflict, field="status", sides=conflict.sides * 5, decision="保留台账", saved_row=4)
    result = with_decisions(replace(master, conflicts=(done, replace(conflict, saved_row=6))))
    assert (conflict.saved_row, result.count) == (4, 1)
    assert [(left.cell, left.saved_cell) for left in result.left] == [("E4", "E6")]
    moved = replace(master, conflicts=(conflict,), column_orders={"conflicts": ("task", "督办", "decision", "field")})
    assert [left.cell for left in with_decisions(moved).left] == ["C4"]


def test_a_row_becomes_a_task_a_report_or_nothing(december: Path) -> None:
    master = read_master(december)
    new = with_decisions(decided(master, row=("新增为任务", ""))).master
    assert (new.pending, new.tasks[-1].key, new.tasks[-1].values["problem"]) == ((), "T0003", "西桥下建筑垃圾未清运")
    known = with_decisions(decided(master, row=("即任务（编号填在核定值）", "2"))).master
    assert (known.pending, len(known.tasks)) == ((), 2)
    assert any(report.key == "T0002" and report.round_id == "2026-12" for report in known.reports)
    told = kept_reports(known, (), kept_changes(known, ("2026-12",), ()))
    assert [(report.key, report.unit, report.cell) for report in told] == [("T0002", WATER, f"B{master.pending[0].source.row}")]
    refused = with_decisions(decided(master, row=("不采用", ""))).master
    write_master(refused, december)
    assert a_round(december.parent, 12, december).pending == ()
    for unclear in (("即任务（编号填在核定值）", "99"), ("即任务（编号填在核定值）", ""), ("新增为任务", "2"), ("", "2")):
        result = with_decisions(decided(master, row=unclear))
        assert (result.count, len(result.notes), len(result.master.pending)) == (0, 1, 1)


def test_a_plans_list_keeps_the_tasks_of_silent_units(tmp_path: Path) -> None:
    rows = [{"task_id": at, "problem": f"第{at}处排口未封堵"} for at in range(1, 46)]
    plan = write_list(tmp_path / "方案.xlsx", rows, keys=("task_id", "problem", "measures", "leader", "lead_unit", "deadline"))
    write_list(tmp_path / "11" / "w.xlsx", [{**rows[6], "status": "已完成"}], unit=WATER)
    master = a_round(tmp_path, 11, plan)
    assert (len(master.tasks), len(master.reports), master.from_list) == (45, 1, True)
    assert master.rounds == ()  # the list itself is no round of 历次
    assert master.tasks[6].values["status"] == "已完成"


def test_what_the_office_writes_over_a_plans_value_is_the_offices(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"task_id": at, "problem": f"第{at}处排口未封堵", "status": "未达到序时进度", "progress": "正在招标", "percent": "10%"}
        for at in (1, 2)
    ]
    keys = ("task_id", "problem", "measures", "leader", "lead_unit", "deadline", "status", "progress", "percent")
    plan = write_list(tmp_path / "方案.xlsx", [*rows, {**DITCH, "task_id": 3, "lead_unit": FARM}], keys=keys)
    write_list(tmp_path / "11" / "f.xlsx", [{**DITCH, "task_id": 3, "lead_unit": FARM}], unit=FARM)
    write_master(a_round(tmp_path, 11, plan), tmp_path / "m11.xlsx")
    first, *others = read_master(tmp_path / "m11.xlsx").tasks
    first = replace(first, values={**first.values, "progress": "电话核实：尚未动工"})
    write_master(replace(read_master(tmp_path / "m11.xlsx"), tasks=(first, *others)), tmp_path / "m11.xlsx")
    new = {"status": "达到序时进度", "progress": "已封堵", "percent": "90%"}
    write_list(tmp_path / "12" / "w.xlsx", [{**row, **new} for row in rows], unit=WATER)
    master = a_round(tmp_path, 12, tmp_path / "m11.xlsx")
    assert [(one.key, one.field, one.ours) for one in master.conflicts] == [("T0001", "progress", "电话核实：尚未动工")]
    assert [task.values["progress"] for task in master.tasks[:2]] == ["电话核实：尚未动工", "已封堵"]


def test_another_base_than_the_one_it_was_made_from_needs_fresh(december: Path) -> None:
    other = december.with_name("other.xlsx")
    write_master(a_round(december.parent, 11, lang="en"), other)
    with pytest.raises(RectifyError, match="--fresh"):
        choose_base(december, other)
    assert choose_base(december, None).path == december
    assert choose_base(december, december).path == december
    fresh = choose_base(december, other, fresh=True)
    assert (fresh.path, len(fresh.notes)) == (other, 1)
    assert "备份" not in fresh.notes[0].zh  # there is none until the new master is written, which says so itself


def test_a_percentage_out_of_range_stays_what_it_is_however_often_the_master_is_read(tmp_path: Path) -> None:
    stated = {"东": "120%", "西": "5000%", "南": "10000%", "北": 120, "中": -0.2}
    rows = [{"problem": f"{name}闸排口没有截污", "percent": value} for name, value in stated.items()]
    write_list(tmp_path / "11" / "w.xlsx", rows, unit=WATER, keys=(*CLEAN, "percent"))
    write_master(a_round(tmp_path, 11), tmp_path / "m.xlsx")
    once = read_master(tmp_path / "m.xlsx")
    assert [task.values["percent"] for task in once.tasks] == [1.2, 50, 100, 120, -0.2]
    write_master(summarize(tmp_path / "m.xlsx", campaign=campaign(11), as_of=date(2026, 11, 22)), tmp_path / "again.xlsx")
    again = read_master(tmp_path / "again.xlsx")
    assert [task.values["percent"] for task in again.tasks] == [1.2, 50, 100, 120, -0.2]


def test_a_list_without_a_status_column_tells_what_is_done_in_any_round(tmp_path: Path) -> None:
    keys = (*(key for key in CLEAN if key != "status"), "completed_on")
    write_list(tmp_path / "11" / "w.xlsx", [{"progress": "已完成整改，封堵排口六处"}, DITCH], unit=WATER, keys=keys)
    write_master(a_round(tmp_path, 11), tmp_path / "m11.xlsx")
    finished = {**DITCH, "completed_on": date(2026, 12, 9)}
    write_list(tmp_path / "12" / "w.xlsx", [{"progress": "开展回头看一次"}, finished], unit=WATER, keys=keys)
    master = a_round(tmp_path, 12, tmp_path / "m11.xlsx")
    assert [task.values["status"] for task in master.tasks] == ["已完成", "已完成"]
    assert [(one.field, one.new) for one in master.changes if one.key == "T0002"] == [
        ("status", "已完成"),
        ("completed_on", "2026-12-09"),
    ]
    assert not master.conflicts
    assert "overdue" not in {finding.slug for finding in master.report.findings}


def test_a_status_that_a_list_never_had_is_the_units_to_change_later(tmp_path: Path) -> None:
    keys = tuple(key for key in CLEAN if key != "status")
    write_list(tmp_path / "11" / "w.xlsx", [{"progress": "已完成整改，封堵排口六处"}], unit=WATER, keys=keys)
    write_master(a_round(tmp_path, 11), tmp_path / "m11.xlsx")
    write_list(tmp_path / "12" / "w.xlsx", [{"progress": "排口渗漏，重新封堵"}], unit=WATER)
    master = a_round(tmp_path, 12, tmp_path / "m11.xlsx")
    assert master.tasks[0].values["status"] == "整改中"
    assert not master.conflicts
