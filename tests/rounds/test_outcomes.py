"""Three ways: what a unit said last, what the ledger says now, what the unit states. One test for every outcome."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.rounds import Outcome
from tests.rounds.comparing import FARM, HOUSING, WATER, base_task, compared, outcomes, the
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

NEW = {"progress": "六处排口全部封堵,截污管三百米已通水", "status": "已完成"}


def test_unchanged_where_a_list_says_what_the_ledger_shows(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}], unit=WATER)
    comparison = compared(tmp_path, base_task(last={WATER: {}}))
    assert outcomes(comparison) == {}
    assert {one.outcome for one in comparison.fields} == {Outcome.UNCHANGED}
    assert comparison.unmatched == comparison.added == comparison.absent == ()


def test_reported_where_the_office_had_not_changed_it(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [NEW], unit=WATER)
    comparison = compared(tmp_path, base_task(last={WATER: {}}))
    assert outcomes(comparison) == {("T0001", WATER, field): Outcome.REPORTED for field in NEW}
    assert (the(comparison, "status").value, the(comparison, "progress").value) == tuple(
        NEW[key] for key in ("status", "progress")
    )
    (report,) = comparison.reports
    assert {key: report.values[key] for key in NEW} == NEW


def test_conflict_where_the_office_had_changed_it(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"percent": 0.8}], unit=WATER, keys=(*CLEAN, "percent"))
    comparison = compared(tmp_path, base_task(ours={"percent": 0.6}, last={WATER: {"percent": 0.7}}))
    assert outcomes(comparison) == {("T0001", WATER, "percent"): Outcome.CONFLICT}
    found = the(comparison, "percent")
    assert (found.last, found.ours, found.theirs, found.value) == (0.7, 0.6, 0.8, 0.6)
    assert found.cell.endswith("a.xlsx!任务清单!I4")


def test_the_same_change_on_both_sides_is_no_conflict(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"percent": 0.6}], unit=WATER, keys=(*CLEAN, "percent"))
    assert outcomes(compared(tmp_path, base_task(ours={"percent": 0.6}, last={WATER: {"percent": 0.7}}))) == {}


def test_refused_where_a_unit_changes_what_is_the_offices(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"deadline": "2027年6月30日前"}], unit=WATER)
    comparison = compared(tmp_path, base_task(last={WATER: {}}))
    assert outcomes(comparison) == {("T0001", WATER, "deadline"): Outcome.REFUSED}
    assert the(comparison, "deadline").value == CLEAN["deadline"]


def test_the_day_to_which_the_office_has_put_a_task_off_is_no_change_of_its_deadline(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"deadline": "2027年6月30日前"}], unit=WATER)
    put_off = compared(tmp_path, base_task(last={WATER: {}}), due={"T0001": date(2027, 6, 30)})
    assert outcomes(put_off) == {}
    assert outcomes(compared(tmp_path, base_task(last={WATER: {}}), due={"T0001": date(2027, 7, 31)})) != {}


def test_a_step_of_closing_is_refused_even_where_nobody_filled_it_in(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"验收日期": "2026-12-01"}], unit=WATER, keys=(*CLEAN, "验收日期"))
    assert outcomes(compared(tmp_path, base_task(last={WATER: {}}))) == {("T0001", WATER, "accepted_on"): Outcome.REFUSED}


def test_filled_where_nobody_had(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}], unit=WATER)
    comparison = compared(tmp_path, base_task(ours={"leader": None}, last={WATER: {"leader": None}}))
    assert outcomes(comparison) == {("T0001", WATER, "leader"): Outcome.FILLED}
    assert the(comparison, "leader").value == CLEAN["leader"]


def test_blanked_keeps_the_ledgers_value(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"progress": None}], unit=WATER)
    comparison = compared(tmp_path, base_task(last={WATER: {}}))
    assert outcomes(comparison) == {("T0001", WATER, "progress"): Outcome.BLANKED}
    assert the(comparison, "progress").value == CLEAN["progress"]
    assert comparison.reports[0].values["progress"] == CLEAN["progress"]


def test_a_column_that_a_list_lacks_is_no_blank(tmp_path: Path) -> None:
    keys = tuple(key for key in CLEAN if key != "progress")
    write_list(tmp_path / "a.xlsx", [{}], unit=WATER, keys=keys)
    assert outcomes(compared(tmp_path, base_task(last={WATER: {}}))) == {}


def test_added_only_for_a_unit_that_has_no_report_and_where_no_plan_says_what_there_is(tmp_path: Path) -> None:
    other = {"task_id": 7, "problem": "东湖岸线围垦二十亩未退", "lead_unit": FARM}
    write_list(tmp_path / "a.xlsx", [other], unit=FARM)
    base = base_task(last={WATER: {}})
    (added,) = compared(tmp_path, base).added
    assert added.task.values["problem"] == other["problem"]
    from_plan = compared(tmp_path, base, from_list=True)
    assert (from_plan.added, [one.reason for one in from_plan.unmatched]) == ((), ["unknown"])


def test_unmatched_waits_with_the_nearest_tasks(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"problem": "北渠沿岸九处排口没有截污,晴天黑水也入河,下游居民多次投诉"}, {}], unit=WATER)
    comparison = compared(tmp_path, base_task(last={WATER: {}}))
    (waiting,) = comparison.unmatched
    assert (waiting.reason, [key for key, _ in waiting.nearest]) == ("uncertain", ["T0001"])


def test_a_task_in_which_the_unit_has_no_role_waits(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}], unit=FARM)
    (waiting,) = compared(tmp_path, base_task(last={WATER: {}})).unmatched
    assert (waiting.reason, waiting.nearest[0]) == ("foreign", ("T0001", 1.0))


def test_absent_is_what_the_lead_left_out(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}], unit=WATER)
    second = base_task("T0002", ours={"task_id": 2, "problem": "南渠淤积"}, last={WATER: {"task_id": 2, "problem": "南渠淤积"}})
    closed = base_task("T0003", ours={"task_id": 3, "problem": "西渠漏水"}, closed=True)
    comparison = compared(tmp_path, base_task(last={WATER: {}}), second, closed)
    assert comparison.absent == (("T0002", WATER),)
    assert comparison.not_reported == (("T0001", HOUSING), ("T0002", HOUSING), ("T0002", WATER))


def test_a_silent_unit_is_not_absent_but_has_not_reported(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"problem": "东湖岸线围垦二十亩未退", "lead_unit": FARM}], unit=FARM)
    comparison = compared(tmp_path, base_task(last={WATER: {}}))
    assert (comparison.absent, comparison.not_reported) == ((), (("T0001", HOUSING), ("T0001", WATER)))


def test_a_file_that_was_merged_before_changes_nothing(tmp_path: Path) -> None:
    import hashlib

    path = write_list(tmp_path / "a.xlsx", [NEW], unit=WATER)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    comparison = compared(tmp_path, base_task(last={WATER: {}}), merged={digest: ""})
    assert (comparison.fields, comparison.reports, len(comparison.again)) == ((), (), 1)


def test_what_the_office_has_decided_is_not_asked_again(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"deadline": "2027年6月30日前"}], unit=WATER)
    settled = {("T0001", WATER, "deadline"): frozenset({"2027年6月30日前"})}
    assert outcomes(compared(tmp_path, base_task(last={WATER: {}}), settled=settled)) == {}


def test_each_units_line_is_its_own(tmp_path: Path) -> None:
    ours = {"progress": f"【{WATER}】整改办核实：已封堵五处\n【{HOUSING}】雨污分流图已移交"}
    last = {WATER: {}, HOUSING: {"progress": "雨污分流图已移交"}}
    write_list(tmp_path / "b.xlsx", [{"progress": "管网改造完成三公里"}], unit=HOUSING)
    comparison = compared(tmp_path, base_task(ours=ours, last=last))
    assert outcomes(comparison) == {("T0001", HOUSING, "progress"): Outcome.REPORTED}
    expected = f"【{WATER}】整改办核实：已封堵五处\n【{HOUSING}】管网改造完成三公里"
    assert the(comparison, "progress", HOUSING).value == expected


def test_units_that_share_a_task_and_differ_on_it_are_a_conflict(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"status": "已完成"}], unit=WATER)
    write_list(tmp_path / "b.xlsx", [{"status": "未启动"}], unit=HOUSING)
    comparison = compared(tmp_path, base_task(last={WATER: {}, HOUSING: {}}))
    found = {key: outcome for key, outcome in outcomes(comparison).items() if key[2] == "status"}
    assert found == {("T0001", unit, "status"): Outcome.CONFLICT for unit in (WATER, HOUSING)}
    one = the(comparison, "status")
    assert one.value == "整改中"
    assert [(unit, value) for unit, value, _ in one.sides] == [(WATER, "已完成"), (HOUSING, "未启动")]


def test_two_files_of_one_unit_add_up(tmp_path: Path) -> None:
    second = {"task_id": 2, "problem": "南渠淤积三公里没有清理"}
    write_list(tmp_path / "a.xlsx", [NEW], unit=WATER)
    write_list(tmp_path / "b.xlsx", [second | {"status": "已完成"}], unit=WATER)
    base = (base_task(last={WATER: {}}), base_task("T0002", ours=second, last={WATER: second}))
    comparison = compared(tmp_path, *base)
    assert {key for key, _, _ in outcomes(comparison)} == {"T0001", "T0002"}
    assert comparison.absent == ()


def test_on_one_cell_the_later_file_counts_and_an_unknown_order_is_a_conflict(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"status": "未启动"}], unit=WATER, filled="2026年12月18日")
    write_list(tmp_path / "b.xlsx", [{"status": "已完成"}], unit=WATER, filled="2026年12月12日")
    assert the(compared(tmp_path, base_task(last={WATER: {}})), "status").value == "未启动"


def test_who_cooperates_and_says_what_the_lead_says_is_no_conflict(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"percent": 0.9}], unit=WATER, keys=(*CLEAN, "percent"))
    write_list(tmp_path / "b.xlsx", [{"percent": 0.9}], unit=HOUSING, keys=(*CLEAN, "percent"))
    comparison = compared(tmp_path, base_task(ours={"percent": 0.35}, last={WATER: {"percent": 0.35}}))
    found = {key: outcome for key, outcome in outcomes(comparison).items() if key[2] == "percent"}
    assert found == {("T0001", WATER, "percent"): Outcome.REPORTED}


def test_the_first_report_on_a_task_of_a_plan_is_no_conflict_with_the_plan(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [NEW], unit=WATER)
    comparison = compared(tmp_path, base_task(), from_list=True)
    assert {outcome for (_, _, field), outcome in outcomes(comparison).items() if field in NEW} == {Outcome.REPORTED}
