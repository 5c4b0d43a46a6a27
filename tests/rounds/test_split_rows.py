"""A task of several measures that a unit reports on in one row for each, with numbers of its own and no merged cell."""

from __future__ import annotations

from datetime import date

import pytest

from rectify_xl.tasks import wording_key
from tests.rounds.in_memory import HOUSING, WATER, Row, a_list, dispatched, from_plan, merged, saved_again

GAS = {"problem": "燃气管网老化六公里", "leader": "许青 副县长", "lead_unit": HOUSING}
PIPES = {**GAS, "measures": "更换主管", "deadline": "2027年10月底前"}
ALARMS = {**GAS, "measures": "加装报警器", "deadline": "2027年8月底前"}
OTHER = {"task_id": 9, "problem": "东湖岸线围垦二十亩未退", "measures": "退田还湖", "lead_unit": HOUSING}
PARTS = [Row({"task_id": 3, **PIPES}), Row(ALARMS, part_of=0), Row(OTHER)]
SAYS = {"更换主管": {"progress": "更换两公里", "percent": 0.33}, "加装报警器": {"progress": "装八百户", "percent": 0.6}}
OF_ROWS = {"duplicate-task", "protected-field-changed", "conflicting-reports", "superseded-submission", "unknown-task"}


def rows(*measures: str) -> list[Row]:
    known = {"更换主管": PIPES, "加装报警器": ALARMS}
    return [Row({**known[one], "task_id": at, "status": "整改中", **SAYS[one]}) for at, one in enumerate(measures, 1)]


@pytest.mark.parametrize("order", [("更换主管", "加装报警器"), ("加装报警器", "更换主管")])
def test_its_rows_are_the_parts_of_the_task(order: tuple[str, str]) -> None:
    answer = a_list(HOUSING, [*rows(*order), Row(OTHER)])
    for base in (from_plan(PARTS), merged([a_list(HOUSING, PARTS)])):
        master = merged([answer], base, "2026-12")
        task, _ = master.tasks
        assert [task.values[key] for key in ("measures", "deadline", "status", "progress", "percent")] == [
            "更换主管\n加装报警器", "2027年10月底前\n2027年8月底前", "整改中", "更换两公里\n装八百户", "33%\n60%",
        ]  # fmt: skip
        assert (master.conflicts, master.pending, len(master.tasks)) == ((), (), 2)
        assert {one.slug for one in master.findings} & OF_ROWS == set()
        again = merged([saved_again(answer)], master, "2026-12")
        assert (again.tasks[0].values, again.conflicts) == (task.values, ())


def test_measures_that_the_plan_counts_in_one_cell_are_told_without_their_numbers() -> None:
    plan = from_plan([{"task_id": 3, **GAS, "measures": "（1）更换主管；\n（2）加装报警器。"}, OTHER])
    master = merged([a_list(HOUSING, [*rows("更换主管", "加装报警器"), Row(OTHER)])], plan, "2026-12")
    assert [master.tasks[0].values[key] for key in ("measures", "progress", "percent")] == [
        "（1）更换主管；\n（2）加装报警器。", "更换两公里\n装八百户", "33%\n60%",
    ]  # fmt: skip
    assert [one.field for one in master.conflicts if one.field != "deadline"] == []


@pytest.mark.parametrize("cell", ["更换主管；加装报警器", "1.更换主管;2.加装报警器。"])
def test_measures_behind_one_another_in_one_line_are_told_too_and_are_sent_out_one_by_one(cell: str) -> None:
    base = merged([a_list(HOUSING, [{"task_id": 3, **GAS, "measures": cell}])])
    answer = a_list(HOUSING, rows("加装报警器", "更换主管"), columns=("task_id", "problem", "measures", "progress", "percent"))
    master = merged([answer], base, "2026-12")
    assert [master.tasks[0].values[key] for key in ("measures", "progress", "percent")] == [
        cell, "更换两公里\n装八百户", "33%\n60%",
    ]  # fmt: skip
    assert (master.conflicts, master.pending, {one.slug for one in master.findings} & OF_ROWS) == ((), (), set())
    sent, about = dispatched(master, "2027-01", date(2027, 1, 1))[HOUSING]
    assert [wording_key(row.values["measures"]) for row in sent] == ["更换主管", "加装报警器"]
    filled = [Row({**sent[0].values, "progress": "更换四公里"}, sent[0].key), Row(sent[1].values, sent[1].key, part_of=0)]
    after = merged([a_list(HOUSING, filled, "一月.xlsx", **about)], master, "2027-01")
    assert (after.tasks[0].values["progress"], after.conflicts) == ("更换四公里\n装八百户", ())


def test_rows_that_have_other_measures_than_the_line_are_no_parts_of_it() -> None:
    base = merged([a_list(HOUSING, [{"task_id": 3, **GAS, "measures": "更换主管；加装报警器；巡查"}])])
    answer = a_list(HOUSING, rows("更换主管", "加装报警器"))
    assert "duplicate-task" in {one.slug for one in merged([answer], base, "2026-12").findings}


@pytest.mark.parametrize("reported", ["更换主管", "加装报警器"])
def test_a_row_that_a_later_list_leaves_out_says_what_it_said(reported: str) -> None:
    base = merged([a_list(HOUSING, [*rows("更换主管", "加装报警器"), Row(OTHER)])], from_plan(PARTS), "2026-12")
    done = {**rows(reported)[0].values, "status": "已完成", "progress": "全部完成", "percent": 1}
    answer = a_list(HOUSING, [Row(done), Row(OTHER)])
    master = merged([answer], base, "2027-01")
    task = master.tasks[0]
    expected = [{**SAYS[one], "progress": "全部完成"} if one == reported else SAYS[one] for one in SAYS]
    assert task.values["progress"] == "\n".join(str(one["progress"]) for one in expected)
    assert task.values["measures"] == "更换主管\n加装报警器"
    assert task.values["status"] == "整改中"  # the other part is not done
    assert (master.conflicts, {one.slug for one in master.findings} & OF_ROWS) == ((), set())
    assert merged([saved_again(answer)], master, "2027-01").tasks[0].values == task.values


def test_each_unit_may_report_on_its_own_parts_alone() -> None:
    """What its rows say in the office's columns is what the plan says of these parts; who says otherwise proposes it."""
    mine, theirs = {**PIPES, "coop_units": WATER}, {**ALARMS, "lead_unit": WATER}
    plan = from_plan([Row({"task_id": 3, **mine}), Row(theirs, part_of=0), Row(OTHER)])
    lists = [
        a_list(HOUSING, [{**mine, "task_id": 1, "progress": "更换两公里"}, OTHER]),
        a_list(WATER, [{**theirs, "task_id": 1, "progress": "装八百户"}]),
    ]
    master = merged(lists, plan, "2026-12")
    assert master.tasks[0].values["progress"] == f"【{HOUSING}】更换两公里\n【{WATER}】装八百户"
    assert (master.conflicts, {one.slug for one in master.findings} & OF_ROWS) == ((), set())
    later = [a_list(HOUSING, [{**mine, "task_id": 1, "deadline": "2027年12月底前", "progress": "更换两公里"}])]
    (refused,) = merged(later, plan, "2026-12").conflicts
    assert (refused.field, refused.kind) == ("deadline", "refused")


def test_a_row_copied_or_another_measure_is_no_part() -> None:
    copied = merged([a_list(HOUSING, rows("更换主管", "更换主管"))], from_plan(PARTS), "2026-12")
    assert "duplicate-task" in {one.slug for one in copied.findings}
    other = [*rows("更换主管"), Row({**PIPES, "measures": "停气检修"})]
    stands = merged([a_list(HOUSING, other)], from_plan(PARTS), "2026-12").tasks[0].values["measures"]
    assert stands == "更换主管\n加装报警器"


def test_what_is_shown_while_units_differ_is_logged_as_the_leads() -> None:
    base = from_plan([{"task_id": 1, "problem": "消防通道被占十九处", "lead_unit": WATER, "coop_units": HOUSING}])
    row = {"task_id": 1, "problem": "消防通道被占十九处", "lead_unit": WATER, "coop_units": HOUSING, "status": "整改中"}
    lists = [a_list(HOUSING, [{**row, "percent": 0.2}]), a_list(WATER, [{**row, "percent": 0.5}])]
    (change,) = [one for one in merged(lists, base, "2026-12").changes if one.field == "percent"]
    assert (change.new, change.unit, change.source.partition("!")[0]) == ("50%", WATER, f"{WATER}.xlsx")
