"""A file of another round that the office takes: what was filled in counts, what came back as it was sent does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import RuleChoice
from rectify_xl.ledger.decisions import with_decisions
from tests.rounds import in_memory
from tests.rounds.in_memory import HOUSING, WATER, a_list, dispatched, edited, merged, saved_again

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master

TASKS = [
    {"task_id": at, "problem": f"{name}沿岸排口没有截污", "lead_unit": WATER, "status": "整改中", "progress": "已摸排"}
    for at, name in enumerate(("北渠", "南渠", "东渠"), 1)
]
NOVEMBER = merged([a_list(WATER, TASKS), a_list(HOUSING, [{"problem": "西巷路面破损", "lead_unit": HOUSING}])])


@pytest.fixture
def late() -> Submission:
    """November's workbook, in which the first row was filled in, handed in for December."""
    rows, about = dispatched(NOVEMBER, "2026-11", date(2026, 11, 25))[WATER]
    rows[0] = replace(rows[0], values={**rows[0].values, "progress": "封堵完成", "status": "已完成"})
    return a_list(WATER, rows, **about)


def taken(late: Submission, monkeypatch: pytest.MonkeyPatch) -> Master:
    """December: the office has moved another task on meanwhile, the file waits, and the office takes it."""
    monkeypatch.setattr(in_memory, "_RULES", RuleChoice(select=("wrong-template", "X"), ignore=("number-gap",)))
    waits = merged([late], edited(NOVEMBER, "T0002", status="已完成"), "2026-12")
    assert [(row.reason, row.source.row) for row in waits.pending] == [("other_round", at) for at in (4, 5, 6)]
    assert (waits.turnout["wrong-round"], {"wrong-template"} <= {one.slug for one in waits.findings}) == ((WATER,), True)
    first, *others = waits.pending
    return replace(waits, pending=(replace(first, decision="采用"), *others))


def test_rows_as_they_were_sent_are_no_report(late: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = taken(late, monkeypatch)
    for master in (with_decisions(waits).master, merged([], waits, "2026-12"), merged([late], waits, "2026-12")):
        assert (master.pending, master.conflicts) == ((), ())
        assert [task.values["status"] for task in master.tasks[:3]] == ["已完成", "已完成", "整改中"]
        reported = {report.key for report in master.reports if report.round_id == "2026-12"}
        assert reported == {"T0001"}
        assert (master.turnout.get("wrong-round", ()), master.turnout["on-time"]) == ((), (WATER,))
        assert "wrong-template" not in {one.slug for one in master.findings}
        assert [(one.key, one.field, one.new) for one in master.changes if one.outcome == "reported"] == [
            ("T0001", "status", "已完成"), ("T0001", "progress", "封堵完成"),
        ]  # fmt: skip
        assert ("", "整份文件采用", late.path) in {(one.key, one.new, one.source) for one in master.changes}


def test_a_file_that_waits_contradicts_nothing_that_is_said_now(late: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither when it comes nor when it is merged again beside the list of this round."""
    monkeypatch.setattr(in_memory, "_RULES", RuleChoice(select=("X",), ignore=("number-gap",)))
    rows, about = dispatched(NOVEMBER, "2026-12", date(2026, 12, 1))[WATER]
    rows[0] = replace(rows[0], values={**rows[0].values, "progress": "封堵两处"})
    now = a_list(WATER, rows, "本月.xlsx", **about)
    once = merged([late, now], NOVEMBER, "2026-12")
    for master in (once, merged([late, now], once, "2026-12")):
        assert len(master.pending) == len(TASKS)
        assert not {"conflicting-reports", "superseded-submission"} & {one.slug for one in master.findings}


def test_the_changes_name_the_true_cells(late: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    master = with_decisions(taken(late, monkeypatch)).master
    columns = late.tables[0].columns
    letters = {key: chr(ord("A") + at - 1) for key, at in columns.items()}
    cells = {one.field: one.source.rpartition("!")[2] for one in master.changes if one.key == "T0001"}
    assert cells == {"": f"{letters['problem']}4", "status": f"{letters['status']}4", "progress": f"{letters['progress']}4"}


def test_a_file_that_was_not_taken_stays_a_fault(late: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = taken(late, monkeypatch)
    refused = replace(waits, pending=tuple(replace(row, decision="不采用") for row in waits.pending))
    after = merged([late], refused, "2026-12")
    assert (after.pending, {report.round_id for report in after.reports}) == ((), {"2026-11"})
    assert "wrong-template" in {one.slug for one in after.findings}


def test_a_file_that_nobody_filled_in_reports_nothing_though_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, about = dispatched(NOVEMBER, "2026-11", date(2026, 11, 25))[WATER]
    master = with_decisions(taken(a_list(WATER, rows, **about), monkeypatch)).master
    assert (master.pending, {report.round_id for report in master.reports}) == ((), {"2026-11"})
    assert master.turnout["unusable"] == (WATER,)
    assert [absence.kind for absence in master.absences if absence.unit == WATER] == ["unusable"]


@pytest.mark.parametrize("count", ["12", "十二"])
def test_a_wording_that_was_decided_to_be_the_task_is_not_asked_again(count: str) -> None:
    november = merged([a_list(WATER, [{"problem": "北渠沿岸十处排口直排，汛期倒灌", "lead_unit": WATER, "measures": "截污"}])])
    row = {"problem": f"北渠沿线{count}处排口污水直排河道，汛期严重倒灌", "lead_unit": WATER, "measures": "截污纳管"}
    row["progress"] = "已封堵"
    december = merged([a_list(WATER, [row])], november, "2026-12")
    (waiting,) = december.pending
    decided = replace(waiting, decision="即任务（编号填在核定值）", decided_value="T0001")
    after = with_decisions(replace(december, pending=(decided,))).master
    assert [(one.field, one.kind) for one in after.conflicts] == [("measures", "refused")]
    assert after.tasks[0].values["progress"] == "已封堵"
    for again in (a_list(WATER, [row], "又一份.xlsx"), saved_again(a_list(WATER, [row]))):
        later = merged([again], after, "2027-01")
        assert (later.pending, len(later.conflicts)) == ((), 1)


def test_a_count_in_words_or_in_digits_is_the_same_wording() -> None:
    november = merged([a_list(WATER, [{"problem": "北渠沿岸十二处排口直排，涉及两家企业", "lead_unit": WATER}])])
    row = {"problem": "北渠沿岸12处排口直排，涉及2家企业", "lead_unit": WATER, "progress": "已封堵"}
    december = merged([a_list(WATER, [row])], november, "2026-12")
    assert (december.pending, december.conflicts, december.tasks[0].values["progress"]) == ((), (), "已封堵")
    assert [one.slug for one in december.findings if one.field == "problem"] == []


def test_the_lead_whose_file_is_taken_reports_though_others_have_reported_on_the_task_before() -> None:
    """As its own list would: what it said last stands in the ledger, and an older word of others objects to nothing."""
    row = {"problem": "旧粮库外墙渗水", "lead_unit": HOUSING, "coop_units": WATER, "status": "整改中"}
    base = merged([a_list(HOUSING, [{**row, "percent": 0.4}]), a_list(WATER, [{**row, "percent": 0.4}])])
    rows, about = dispatched(base, "2026-11", date(2026, 11, 25))[HOUSING]
    given = [replace(rows[0], values={**rows[0].values, "status": "已完成", "percent": 1})]
    waits = merged([a_list(HOUSING, given, **about)], base, "2026-12")
    (waiting,) = waits.pending
    master = with_decisions(replace(waits, pending=(replace(waiting, decision="采用"),))).master
    assert ([master.tasks[0].values[key] for key in ("status", "percent")], master.conflicts) == (["已完成", 1], ())
    changed = edited(waits, "T0001", percent=0.3)
    kept = with_decisions(replace(changed, pending=(replace(waiting, decision="采用"),))).master
    assert ([one.field for one in kept.conflicts], kept.tasks[0].values["percent"]) == (["percent"], 0.3)


def test_a_row_said_to_be_a_task_joins_the_word_of_the_only_unit_that_has_reported_on_it() -> None:
    base = merged(
        [a_list(WATER, [{"problem": "旧粮库外墙渗水", "lead_unit": HOUSING, "coop_units": WATER, "progress": "腾空两间"}])]
    )
    row = {"problem": "库房漏雨", "lead_unit": HOUSING, "progress": "换瓦百片"}
    waits = merged([a_list(HOUSING, [row])], replace(base, from_list=True), "2026-12")
    (waiting,) = waits.pending
    decided = replace(waiting, decision="即任务（编号填在核定值）", decided_value="T0001")
    after = with_decisions(replace(waits, pending=(decided,))).master
    assert after.tasks[0].values["progress"] == f"【{WATER}】腾空两间\n【{HOUSING}】换瓦百片"
    assert [one.field for one in after.conflicts] == []
