"""The outcomes as a merge shows them: the value in 总台账, what stands in 冲突 and 待确认, the finding; and faults of lists."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.rounds.in_memory import FARM, HOUSING, KEYS, WATER, Row, a_list, dispatched, edited, merged, saved_again

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


NORTH = {
    "task_id": 1, "problem": "北渠沿岸六处排口没有截污", "measures": "封堵排口", "lead_unit": WATER, "status": "整改中",
    "deadline": "2026年12月底前", "progress": "已摸排", "percent": 0.2,
}  # fmt: skip
SOUTH = {**NORTH, "task_id": 2, "problem": "南渠闸门锈死，汛期启闭不了", "measures": "更换闸门"}
ROAD = {**NORTH, "task_id": 3, "problem": "西巷路面破损，积水半月不退", "measures": "重铺路面", "lead_unit": HOUSING}
NOVEMBER = merged([a_list(WATER, [NORTH, SOUTH]), a_list(HOUSING, [ROAD])])
SENT = dispatched(NOVEMBER, "2026-12", date(2026, 12, 1))


@dataclass(frozen=True)
class Case:
    """``says``: what the unit writes into its first row; ``office``: what the office has written there before."""

    outcome: str
    says: Mapping[str, Any]
    shown: Mapping[str, Any]
    office: Mapping[str, Any] = field(default_factory=dict)
    conflict: tuple[str, str] | None = None
    finding: str = ""


CONFLICT, PROTECTED = ("status", "conflict"), "protected-field-changed"
OUTCOMES = (
    Case("unchanged", {"status": "整改中"}, {"status": "整改中"}),
    Case("unchanged", {"status": "已完成"}, {"status": "已完成"}, office={"status": "已完成"}),
    Case("reported", {"progress": "封堵完成"}, {"progress": "封堵完成"}),
    Case("reported", {"status": "已完成"}, {"status": "已完成"}),
    Case("conflict", {"status": "已完成"}, {"status": "未启动"}, {"status": "未启动"}, CONFLICT, "contradicts-ledger"),
    Case("conflict", {"status": "已完成"}, {"status": None}, {"status": None}, CONFLICT, "contradicts-ledger"),
    Case("conflict", {"progress": "封堵完成"}, {"progress": None}, {"progress": None}, ("progress", "conflict")),
    Case("refused", {"deadline": "2027年6月底前"}, {"deadline": "2026年12月底前"}, {}, ("deadline", "refused"), PROTECTED),
    Case("refused", {"closed_on": date(2026, 12, 9)}, {"closed_on": None}, {}, ("closed_on", "refused"), PROTECTED),
    Case("filled", {"leader": "钟离岳 副市长"}, {"leader": "钟离岳 副市长"}),
    Case("blanked", {"status": None, "progress": "又有进展"}, {"status": "整改中"}, finding="blanked-value"),
)  # fmt: skip


@pytest.mark.parametrize("case", OUTCOMES, ids=lambda case: f"{case.outcome}-{next(iter(case.says))}")
def test_an_outcome_of_a_value(case: Case) -> None:
    rows, about = SENT[WATER]
    given = [replace(rows[0], values={**rows[0].values, **case.says}), rows[1]]
    after = merged([a_list(WATER, given, **about)], edited(NOVEMBER, "T0001", **case.office), "2026-12")
    assert after.since_base is not None
    assert {str(name) for name, count in after.since_base.outcomes.items() if count} >= {case.outcome} - {"unchanged"}
    assert {name: after.tasks[0].values[name] for name in case.shown} == case.shown
    assert [(one.field, one.kind) for one in after.conflicts] == ([case.conflict] if case.conflict else [])
    assert not case.finding or case.finding in {finding.slug for finding in after.findings}
    for name, value in case.says.items():  # and nothing of what it says is lost
        texts = [side.value for one in after.conflicts for side in one.sides]
        report = next(one for one in after.reports if one.key == "T0001")
        assert value is None or value == report.values[name] or str(value) in texts


def test_what_the_office_has_emptied_is_told_as_that() -> None:
    rows, about = SENT[WATER]
    given = [replace(rows[0], values={**rows[0].values, "status": "已完成"}), rows[1]]
    after = merged([a_list(WATER, given, **about)], edited(NOVEMBER, "T0001", status=None), "2026-12")
    (told,) = [finding.message for finding in after.findings if finding.slug == "contradicts-ledger"]
    assert told.startswith("整改状态“已完成”与整改办已清空的这一格不同；台账不变")


def test_of_units_at_odds_the_one_whose_word_is_shown_is_named_with_its_cell() -> None:
    plan = merged([a_list("", [{**NORTH, "status": None, "progress": None, "coop_units": HOUSING}])])
    says = [a_list(HOUSING, [{**NORTH, "status": "推进中"}]), a_list(WATER, [{**NORTH, "status": "已整改到位"}])]
    after = merged(says, plan, "2026-12")
    assert after.tasks[0].values["status"] == "已完成"
    (logged,) = [one for one in after.changes if one.field == "status"]
    assert (logged.new, logged.unit, logged.source.split("!")[0]) == ("已完成", WATER, says[1].path)


def test_what_the_office_has_filled_in_is_settled_with_the_office_and_not_between_units() -> None:
    both = {**NORTH, "coop_units": HOUSING}
    november = merged([a_list(WATER, [both])])
    after = merged([a_list(WATER, [both]), a_list(HOUSING, [{**both, "measures": "封堵三处"}])], november, "2026-12")
    told = [(one.slug, one.unit, one.message) for one in after.findings if one.field == "measures"]
    ((slug, unit, message),) = told
    assert (slug, unit) == (PROTECTED, HOUSING)
    assert message.startswith("整改措施“封堵三处”与台账的“封堵排口”不同；这一列由整改办掌握，台账不变")
    assert [(one.field, one.kind) for one in after.conflicts] == [("measures", "refused")]


@pytest.mark.parametrize(("cell", "proposed"), [(f"{HOUSING}配合", []), (f"{FARM}配合", ["lead_unit"]), (HOUSING, ["lead_unit"])])
def test_a_unit_that_writes_only_that_it_cooperates_proposes_no_other_lead(cell: str, proposed: list[str]) -> None:
    both = {**NORTH, "coop_units": HOUSING}
    columns = [key for key in KEYS if key != "coop_units"]
    after = merged(
        [a_list(HOUSING, [{**both, "lead_unit": cell, "progress": "管线已迁"}], columns=columns)],
        merged([a_list(WATER, [both])]),
        "2026-12",
    )
    assert [one.field for one in after.conflicts] == proposed


@pytest.mark.parametrize(
    ("heading", "named", "proposed"),
    [("责任单位", HOUSING, []), ("牵头单位", HOUSING, ["lead_unit"]), ("责任单位", FARM, ["lead_unit"])],
)
def test_a_unit_of_a_task_that_names_itself_as_responsible_denies_nobody_the_lead(
    heading: str, named: str, proposed: list[str]
) -> None:
    both = {**NORTH, "coop_units": HOUSING}
    columns = [key for key in KEYS if key != "coop_units"]
    listed = a_list(HOUSING, [{**both, "lead_unit": named, "progress": "管线已迁"}], columns=columns)
    table = replace(listed.tables[0], headings={**listed.tables[0].headings, "lead_unit": heading})
    after = merged([replace(listed, tables=(table,))], merged([a_list(WATER, [both])]), "2026-12")
    assert [one.field for one in after.conflicts] == proposed
    assert after.tasks[0].values["lead_unit"] == WATER


def test_of_two_files_of_a_unit_what_is_as_dispatched_supersedes_nothing() -> None:
    rows, about = SENT[WATER]

    def of_department(name: str, day: int, **says: Any) -> Any:
        given = [replace(rows[0], values={**rows[0].values, **says}), rows[1]]
        return a_list(WATER, given, f"{name}.xlsx", filled_on=date(2026, 12, day), **about)

    lists = [of_department("甲科", 8, status="已完成", progress="封堵完成"), of_department("乙科", 9, progress="已通水")]
    after = merged(lists, NOVEMBER, "2026-12")
    assert (after.tasks[0].values["status"], after.tasks[0].values["progress"]) == ("已完成", "已通水")
    (told,) = [finding for finding in after.findings if finding.slug == "superseded-submission"]
    assert "（整改进展不同）" in told.message
    assert [row.unit for row in after.absences if row.kind == "again"] == [WATER]


def test_the_outcomes_of_rows() -> None:
    rows, about = SENT[WATER]
    news = {"problem": "东湖岸线围垦二十亩未退", "measures": "退还岸线", "lead_unit": WATER, "progress": "已丈量"}
    said = replace(rows[0], values={**rows[0].values, "progress": "封堵完成"})
    foreign = Row({**ROAD, "progress": "替人填的"}, "T0003")
    first = a_list(FARM, [{"problem": "畜禽粪污直排山塘", "measures": "建储粪池", "lead_unit": FARM}])
    after = merged([a_list(WATER, [said, Row(news), foreign], **about), first], NOVEMBER, "2026-12")
    assert after.since_base is not None
    counts = {str(name): count for name, count in after.since_base.outcomes.items() if count}
    assert {name: counts[name] for name in ("added", "unmatched", "absent")} == {"added": 1, "unmatched": 2, "absent": 1}
    assert [(task.key, task.values["problem"]) for task in after.tasks[3:]] == [("T0004", "畜禽粪污直排山塘")]
    assert [(row.reason, row.values["progress"]) for row in after.pending] == [("unknown", "已丈量"), ("foreign", "替人填的")]
    assert {"missing-task", "task-vanished", "unknown-task", "foreign-task"} <= {finding.slug for finding in after.findings}
    decided = tuple(replace(row, decision="新增为任务" if row.reason == "unknown" else "不采用") for row in after.pending)
    done = merged([], replace(after, pending=decided), "2026-12")
    assert done.since_base is not None
    assert (done.since_base.outcomes["decided"], done.pending) == (2, ())
    assert (done.tasks[4].key, done.tasks[4].values["progress"]) == ("T0005", "已丈量")


def _sorted(rows: list[Row]) -> list[Row]:
    return rows[::-1]


def _key_typed_over(rows: list[Row]) -> list[Row]:
    return [replace(rows[0], key=rows[1].key), replace(rows[1], key="T0099")]


def _doubled(rows: list[Row]) -> list[Row]:
    return [*rows, rows[0]]


def _without_keys(rows: list[Row]) -> list[Row]:
    return [replace(row, key="") for row in rows]


FAULTS: dict[str, tuple[Callable[[list[Row]], list[Row]], tuple[str, ...]]] = {
    "sorted": (_sorted, KEYS), "key typed over": (_key_typed_over, KEYS), "doubled key": (_doubled, KEYS),
    "keys deleted": (_without_keys, KEYS), "columns moved": (list, KEYS[::-1]),
    "column deleted": (list, tuple(key for key in KEYS if key != "measures")),
}  # fmt: skip
TOLD = {"key typed over": "key-changed", "doubled key": "key-changed", "column deleted": "column-deleted"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_list_loses_nothing_and_moves_nothing(fault: str) -> None:
    rows, about = SENT[WATER]
    said = [replace(row, values={**row.values, "progress": f"{row.key}的进展"}) for row in rows]
    change, columns = FAULTS[fault]
    after = merged([a_list(WATER, change(said), columns=columns, **about)], NOVEMBER, "2026-12")
    progress = [task.values["progress"] for task in after.tasks]
    assert progress == ["T0001的进展", "T0002的进展", "已摸排"]
    assert [(task.values["measures"], task.values["status"]) for task in after.tasks] == [
        ("封堵排口", "整改中"), ("更换闸门", "整改中"), ("重铺路面", "整改中"),
    ]  # fmt: skip
    assert after.conflicts == ()
    assert len(after.pending) == (fault == "doubled key")
    assert TOLD.get(fault) in {None, *(finding.slug for finding in after.findings)}


def test_a_deleted_row_keeps_its_task_and_a_file_of_last_month_changes_nothing() -> None:
    rows, about = SENT[WATER]
    said = replace(rows[0], values={**rows[0].values, "progress": "封堵完成"})
    after = merged([a_list(WATER, [said], **about)], NOVEMBER, "2026-12")
    assert [task.values["progress"] for task in after.tasks] == ["封堵完成", "已摸排", "已摸排"]
    assert "task-vanished" in {finding.slug for finding in after.findings}
    again = merged([a_list(WATER, [NORTH, SOUTH])], NOVEMBER, "2026-12")
    assert (again.tasks, again.conflicts, again.pending) == (
        merged([], NOVEMBER, "2026-12").tasks, (), (),
    )  # fmt: skip
    assert "handed-in-again" in {finding.slug for finding in again.findings}


def test_departments_add_up_and_units_that_share_a_task_keep_their_lines() -> None:
    rows, about = SENT[WATER]
    parts = [replace(row, values={**row.values, "progress": f"{row.key}的进展"}) for row in rows]
    lists = [
        a_list(WATER, [part, other], f"{part.key}.xlsx", **about)
        for part, other in zip(parts, reversed(rows), strict=True)
    ]  # fmt: skip
    after = merged(lists, NOVEMBER, "2026-12")
    assert [task.values["progress"] for task in after.tasks[:2]] == ["T0001的进展", "T0002的进展"]
    assert (after.conflicts, after.pending) == ((), ())
    both = edited(NOVEMBER, "T0003", coop_units=WATER)
    shared = a_list(WATER, [{**ROAD, "lead_unit": HOUSING, "coop_units": WATER, "progress": "排水管已迁"}], "配合.xlsx")
    lead = a_list(HOUSING, [{**ROAD, "coop_units": WATER, "progress": "路面已铺"}], "牵头.xlsx")
    after = merged([shared, saved_again(lead)], both, "2026-12")
    assert set(after.tasks[2].values["progress"].split("\n")) == {f"【{WATER}】排水管已迁", f"【{HOUSING}】路面已铺"}
