"""A question that stands open in 冲突 while units go on reporting: it says their last words, and goes with its cause."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.ledger.decisions import with_decisions
from tests.rounds.in_memory import HOUSING, WATER, a_list, edited, merged

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master

WELL = {"task_id": 1, "problem": "南湾水源井周边堆放杂物", "lead_unit": WATER, "coop_units": HOUSING, "status": "整改中"}


def says(unit: str, month: int, percent: float | None, **more: str) -> Submission:
    return a_list(unit, [{**WELL, "percent": percent, **more}], f"{unit}{month}.xlsx")


def at_odds() -> Master:
    """The lead has said 30 %; who cooperates says 60 % in the next round, in which the lead has not reported yet."""
    return merged([says(HOUSING, 11, 0.6)], merged([says(WATER, 10, 0.3)], round_id="2026-10"))


def sides(master: Master, field: str = "percent") -> list[dict[str, str]]:
    return [{side.unit: side.value for side in one.sides} for one in master.conflicts if one.field == field]


def test_units_that_agree_again_leave_no_question_and_no_mark() -> None:
    before = at_odds()
    assert sides(before) == [{HOUSING: "60%", WATER: "30%"}]
    assert before.tasks[0].disputed == {"percent"}
    master = merged([says(HOUSING, 11, 0.6), says(WATER, 11, 0.6)], before)
    assert sides(master) == []
    assert (master.tasks[0].values["percent"], master.tasks[0].disputed) == (0.6, frozenset())


def test_a_unit_stands_with_its_last_word_and_that_is_what_a_decision_takes_over() -> None:
    master = merged([says(WATER, 12, 0.8)], at_odds(), "2026-12")
    assert sides(master) == [{HOUSING: "60%", WATER: "80%"}]
    assert [side.source for side in master.conflicts[0].sides if side.unit == WATER] == [f"{WATER}12.xlsx!任务清单!M4"]
    chosen = replace(master, conflicts=tuple(replace(one, decision=f"采用{WATER}填报") for one in master.conflicts))
    assert with_decisions(chosen, "2026-12").master.tasks[0].values["percent"] == 0.8


def test_a_unit_that_comes_round_to_what_the_office_wrote_leaves_no_question() -> None:
    office = edited(merged([says(WATER, 10, 0.3)], round_id="2026-10"), "T0001", progress="仍有杂物")
    open_ = merged([says(WATER, 11, 0.3, progress="已清空")], office)
    assert sides(open_, "progress") == [{WATER: "已清空"}]
    assert sides(merged([says(WATER, 12, 0.3, progress="仍有杂物")], open_, "2026-12"), "progress") == []


def test_who_still_says_otherwise_is_still_asked_about() -> None:
    for months in ([11], [11, 12]):
        master = at_odds()
        for month in months:
            master = merged([says(HOUSING, month, 0.6, remark=f"{month}月")], master, f"2026-{month}")
        assert sides(master) == [{HOUSING: "60%", WATER: "30%"}]


def test_a_unit_is_not_told_that_the_office_has_set_what_nobody_has_decided() -> None:
    first = merged([says(WATER, 10, 0.3), says(HOUSING, 10, 0.3)], round_id="2026-10")
    open_ = merged([says(WATER, 11, 1.0), says(HOUSING, 11, 0.6)], first)
    assert sides(open_) == [{WATER: "100%", HOUSING: "60%"}]
    master = merged([says(WATER, 12, 0.8)], open_, "2026-12")
    assert sides(master) == [{HOUSING: "60%", WATER: "80%"}]
    (said,) = (finding.message for finding in master.findings if finding.slug == "contradicts-ledger")
    assert "台账暂时保留的“30%”（已有争议，尚未决定）" in said


def test_a_choice_that_is_not_offered_is_told_with_those_that_are_and_decides_no_later_value() -> None:
    """Two files of a unit contradict each other, and the office takes "the unit's"; next month the unit says something else."""
    base = edited(merged([says(WATER, 10, 0.3)], round_id="2026-10"), "T0001", percent=0.35)
    torn = merged([a_list(WATER, [{**WELL, "percent": value}], f"{value}.xlsx") for value in (0.4, 0.5)], base)
    assert sides(torn) == [{WATER: "50%"}]
    chosen = replace(torn, conflicts=tuple(replace(one, decision=f"采用{WATER}填报") for one in torn.conflicts))
    (left,) = with_decisions(chosen).notes
    offered = f"采用{WATER}填报（内容1）、采用{WATER}填报（内容2）、保留台账、以核定值为准"
    assert f"处理意见“采用{WATER}填报”不在可选之列（可选：{offered}），没有处理，仍保留在表中" in left.zh
    later = merged([says(WATER, 12, 0.9)], chosen, "2026-12")
    assert [(one.decision, [side.value for side in one.sides]) for one in later.conflicts] == [("", ["90%"])]
    assert with_decisions(later).master.tasks[0].values["percent"] == base.tasks[0].values["percent"]
    kept = replace(torn, conflicts=tuple(replace(one, decision="以核定值为准") for one in torn.conflicts))
    assert [one.decision for one in merged([says(WATER, 12, 0.9)], kept, "2026-12").conflicts] == ["以核定值为准"]
