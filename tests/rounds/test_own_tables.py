"""A unit answers in a table of its own: what the ledger knows of its tasks is missing there in nobody's eyes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import RuleChoice
from rectify_xl.collection.base import Base
from rectify_xl.validation.engine import run_rules
from tests.rounds.comparing import HOUSING, WATER, base_task, collected
from tests.rounds.in_memory import a_list, merged
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

OF_LEDGER = ("leader", "lead_unit", "deadline")
RULES = RuleChoice(select=("missing-column", "missing-leader", "missing-unit", "missing-deadline"))
NEW = {"problem": "东湖岸线围垦二十亩未退", "measures": "退还岸线", "task_id": 9}


def found(folder: Path, base: Base | None) -> list[str]:
    collection = collected(folder, base or Base(()))
    return [one.slug for one in run_rules(collection if base else replace(collection, base=None), RULES)]


@pytest.mark.parametrize("again", [False, True], ids=["new", "merged before"])
def test_columns_that_the_ledger_fills_in_are_not_missing(tmp_path: Path, again: bool) -> None:
    path = write_list(tmp_path / "a.xlsx", [{}], unit=WATER, keys=tuple(key for key in CLEAN if key not in OF_LEDGER))
    (submission,) = collected(path.parent, Base(())).submissions
    merged = {submission.sha256[:16]: "2026-12"} if again else {}
    assert found(tmp_path, None) == ["missing-column"] * 3
    assert found(tmp_path, Base((base_task(last={WATER: {}}),), merged=merged)) == []


def test_a_column_is_missing_where_the_ledger_does_not_know_it_or_a_row_is_new(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    keys = tuple(key for key in CLEAN if key != "leader")
    write_list(path, [{}], unit=WATER, keys=keys)
    assert found(tmp_path, Base((base_task(ours={"leader": None}),))) == ["missing-column"]
    write_list(path, [{}, NEW], unit=WATER, keys=keys)
    assert found(tmp_path, Base((base_task(),))) == ["missing-column"]


def test_empty_cells_that_the_ledger_fills_in_are_not_missing(tmp_path: Path) -> None:
    empty = dict.fromkeys(OF_LEDGER)
    write_list(tmp_path / "a.xlsx", [empty, {**NEW, **empty}], unit=WATER)
    assert sorted(found(tmp_path, None)) == sorted(["missing-leader", "missing-unit", "missing-deadline"] * 2)
    assert sorted(found(tmp_path, Base((base_task(),)))) == ["missing-deadline", "missing-leader", "missing-unit"]


def test_tasks_that_the_ledger_tells_apart_contradict_each_other_in_nothing() -> None:
    """Two bureaus with the same number and nearly the same words, told apart in the first round by their lead units."""
    first = {
        unit: {"task_id": 1, "problem": f"{unit[1:3]}重点项目推进缓慢,质量把关不严", "lead_unit": unit, "progress": "摸排"}
        for unit in (WATER, HOUSING)
    }
    november = merged([a_list(unit, [row]) for unit, row in first.items()])
    assert len(november.tasks) == 2
    columns = ("task_id", "problem", "progress")
    december = [a_list(unit, [{**row, "progress": "开工"}], columns=columns) for unit, row in first.items()]
    after = merged(december, november, "2026-12")
    assert [task.values["progress"] for task in after.tasks] == ["开工", "开工"]
    assert [finding.slug for finding in after.findings] == []


def test_the_nearest_tasks_are_told_apart_where_they_have_one_number() -> None:
    rows = [
        {"task_id": 3, "problem": f"{place}渠堤防裂缝四处没有加固,汛期渗水", "lead_unit": WATER} for place in ("东一", "西二")
    ]
    november = merged([a_list(WATER, rows[:1], "a.xlsx"), a_list(WATER, rows[1:], "b.xlsx")])
    after = merged([a_list(WATER, [{"problem": "南三渠堤防裂缝四处没有加固,汛期渗水"}])], november, "2026-12")
    (told,) = [finding.message for finding in after.findings if finding.slug == "unknown-task"]
    assert "3（东一渠堤防" in told
    assert "3（西二渠堤防" in told


def test_a_task_that_is_missed_is_told_by_more_than_a_number_that_others_have() -> None:
    def row(number: int, place: str, unit: str) -> dict[str, object]:
        return {"task_id": number, "problem": f"{place}渠堤防裂缝四处没有加固", "lead_unit": unit}

    november = merged([
        a_list(WATER, [row(1, "东", WATER), row(2, "南", WATER), row(3, "中", WATER)]), a_list(HOUSING, [row(1, "北", HOUSING)]),
    ])  # fmt: skip
    again = a_list(WATER, [{**row(2, "南", WATER), "progress": "已加固三处裂缝"}])
    (missed,) = [one for one in merged([again], november, "2026-12").findings if one.slug == "missing-task"]
    assert "由其牵头的任务：1（东渠堤防裂缝四处没有加固）、3；" in missed.message
