from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.paper_settings import PaperRules, Points, Threshold
from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.papers.facts import Facts
from rectify_xl.papers.ranking import Standing, ends, standings
from tests.support.ledgers import CAMPAIGN, a_master, a_task

if TYPE_CHECKING:
    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.records import TaskRecord


def several(unit: str, count: int, **what: object) -> list[TaskRecord]:
    return [a_task(f"{unit}{at}", unit, **what) for at in range(count)]  # type: ignore[arg-type]


def ranked(entries: list[TaskRecord], campaign: Campaign = CAMPAIGN, **others: object) -> dict[str, Standing]:
    facts = Facts(a_master(entries, campaign, **others))  # type: ignore[arg-type]
    return {one.count.name: one for one in standings(facts)}


def test_the_score_is_the_mean_of_the_tasks() -> None:
    tasks = [
        a_task("1", "市水务局", status="已销号"),
        a_task("2", "市水务局", flag="done-late", status="已完成"),
        a_task("3", "市水务局"),
        a_task("4", "市水务局", flag="due-soon", days=3),
        a_task("5", "市水务局", flag="undated"),
        a_task("6", "市水务局", flag="overdue", days=3),
    ]
    assert ranked(tasks)["市水务局"].score == "68.3"  # (100 + 90 + 80 + 80 + 60 + 0) / 6


def test_many_tasks_and_few_in_the_same_state_score_the_same() -> None:
    found = ranked([
        *several("市水务局", 2, flag="overdue", days=9), *several("市水务局", 2, status="已完成"),
        *several("市城管局", 10, flag="overdue", days=9), *several("市城管局", 10, status="已完成"),
    ])  # fmt: skip
    assert {one.score for one in found.values()} == {"50.0"}
    assert {one.rank for one in found.values()} == {1}


def test_equal_scores_share_a_rank_and_the_next_one_is_counted_on() -> None:
    found = ranked([
        *several("市水务局", 3, status="已完成"), *several("市城管局", 3), *several("市林业局", 4),
        *several("西湾区", 3, flag="undated"),
    ])  # fmt: skip
    assert {name: one.rank for name, one in found.items()} == {"市水务局": 1, "市林业局": 2, "市城管局": 2, "西湾区": 4}


def test_scores_that_print_alike_rank_alike() -> None:
    points = replace(PaperRules(), points=Points(closed=1, on_time=0))
    tasks = [*several("市水务局", 1, status="已完成"), *several("市水务局", 29)]  # 0.0333…
    tasks += [*several("市城管局", 1, status="已完成"), *several("市城管局", 39)]  # 0.025
    found = ranked(tasks, replace(CAMPAIGN, papers=points))
    assert [(one.score, one.rank) for one in found.values()] == [("0.0", 1), ("0.0", 1)]


def test_who_does_not_take_part_is_listed_behind_with_the_reason() -> None:
    found = ranked([
        *several("市水务局", 3, flag="overdue", days=5), *several("市城管局", 2), *several("各县区", 4), *several("市档案馆", 4),
        a_task("9", "http://365.example.com下载APP"), a_task("10"),
    ])  # fmt: skip
    assert {name: (one.rank, one.unranked) for name, one in found.items()} == {
        "市水务局": (1, ""), "市城管局": (None, "few-tasks"), "各县区": (None, "group"), "市档案馆": (None, "unlisted"),
    }  # fmt: skip


def test_without_a_roster_every_name_is_a_unit() -> None:
    assert ranked(several("市档案馆", 3), replace(CAMPAIGN, units=()))["市档案馆"].rank == 1


def test_not_reporting_and_reporting_late_cost_points_but_never_below_nothing() -> None:
    tasks = [*several("市水务局", 3), *several("市城管局", 3), *several("市林业局", 3, flag="overdue", days=1)]
    found = ranked(tasks, absent=[("市水务局", "未报送"), ("市城管局", "逾期报送"), ("市林业局", "未报送")])
    assert {name: one.score for name, one in found.items()} == {"市水务局": "70.0", "市城管局": "75.0", "市林业局": "0.0"}


def test_a_long_term_task_without_a_day_is_no_fault() -> None:
    assert ranked(several("市水务局", 3, flag="undated", status="长期坚持"))["市水务局"].score == "80.0"


def test_a_task_of_several_units_counts_for_each_as_in_the_summary() -> None:
    master = a_master([a_task("1", "市水务局", "市城管局", flag="overdue", days=40), *several("市水务局", 3)])
    *units, total = Summary(master).by_key()["by_unit"].rows
    assert total[:5] == ("合计", 4, 0, 1, 0)  # the shared task once
    counted = {row[0]: row[1:5] for row in units}
    found = {one.count.name: one.count for one in standings(Facts(master))}
    assert {name: (c.tasks, c.closed, c.overdue, c.due_soon) for name, c in found.items()} == counted
    assert counted["市城管局"] == (1, 0, 1, 0)


@pytest.mark.parametrize(("late", "light"), [([30], "red"), ([29], "yellow"), ([1, 1], "yellow"), ([1, 45], "red"), ([], None)])
def test_a_unit_bears_the_colour_of_its_worst_task(late: list[int], light: str | None) -> None:
    tasks = [a_task(str(days), "市水务局", flag="overdue", days=days) for days in late] or several("市水务局", 1)
    assert ranked(tasks)["市水务局"].light == light


def test_thresholds_are_the_campaigns() -> None:
    rules = PaperRules(red=Threshold(60, tasks=2), yellow=Threshold(10, tasks=2), not_reported="red", min_tasks=1)
    campaign = replace(CAMPAIGN, papers=rules)
    tasks = [
        a_task("1", "市水务局", flag="overdue", days=60), a_task("2", "市水务局", flag="overdue", days=70),
        a_task("3", "市城管局", flag="overdue", days=60), a_task("4", "市城管局", flag="overdue", days=10),
        a_task("5", "市林业局", flag="overdue", days=9), a_task("6", "市林业局", flag="overdue", days=59),
        a_task("7", "西湾区"),
    ]  # fmt: skip
    found = ranked(tasks, campaign, absent=[("西湾区", "未报送")])
    assert {name: one.light for name, one in found.items()} == {
        "市水务局": "red",
        "市城管局": "yellow",
        "市林业局": None,
        "西湾区": "red",
    }
    yellow = ranked(tasks, replace(campaign, papers=replace(rules, not_reported="yellow")), absent=[("西湾区", "未报送")])
    assert yellow["西湾区"].light == "yellow"


@pytest.mark.parametrize(
    ("scores", "first", "last"),
    [
        ([5, 4, 3, 2, 1], "abc", "de"),
        ([9, 8, 7, 6, 5, 4, 3, 2], "abc", "fgh"),
        ([9, 9, 9, 9, 1], "abcd", "e"),
        ([9, 9, 9, 9, 9, 9, 1], "", "g"),
        ([9, 1, 1, 1, 1, 1, 1], "a", ""),
        ([5, 5, 5], "", ""),
        ([5], "", ""),
        ([], "", ""),
    ],
)
def test_about_three_are_named_at_each_end_and_ties_together(scores: list[int], first: str, last: str) -> None:
    (one,) = ranked(several("市水务局", 3)).values()
    units = [
        replace(one, count=replace(one.count, name=name), tenths=score) for name, score in zip("abcdefgh", scores, strict=False)
    ]
    assert tuple("".join(names) for names in ends(units)) == (first, last)
