"""Lists turned on their side: the headings below each other, one task per column, every value at its own cell."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.intake.files import read_file
from rectify_xl.workflow.merge import merge
from rectify_xl.workflow.validate import validate
from tests.intake.test_other_lists import one, tables
from tests.support.conservation import check_conserved
from tests.support.reading import SCHEMA
from tests.support.workbooks import HEADINGS, by_openpyxl, layout, task

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

DAY = date(2026, 11, 21)
HEADS = [*HEADINGS, "整改状态"]


def tasks(count: int) -> list[list[Any]]:
    return [[*task(n, f"{n}号泵站"), "整改中"] for n in range(1, count + 1)]


def turned(rows: list[list[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def read(rows: list[list[Any]], merges: tuple[str, ...] = ()) -> list[tuple[dict[str, Any], dict[str, str]]]:
    return [
        (dict(row.values), {key: found.table.cell(row, key) for key in found.table.columns})
        for found in tables(rows, merges)
        for row in found.table.rows
    ]


@pytest.mark.parametrize("seed", range(6))
def test_a_list_says_the_same_turned_on_its_side(seed: int) -> None:
    """Headings in any order, some of no field, some cells blank: the values are the same, their cells are turned over."""
    chance = random.Random(seed)  # noqa: S311
    rows = [[*HEADS, "督察批次"], *([*own, "第二批"] for own in tasks(chance.randint(2, 6)))]
    order = [0, *chance.sample(range(1, len(rows[0])), len(rows[0]) - 1)]
    rows = [[row[at] for at in order] for row in rows]
    blank = chance.randrange(1, len(order))
    if rows[0][blank] != "存在问题":
        rows[1][blank] = None
    upright = read(turned(rows))
    plain = read(rows)
    assert [values for values, _ in upright] == [values for values, _ in plain]
    over = [{key: a1(*reversed(from_a1(cell))) for key, cell in cells.items()} for _, cells in plain]
    assert [cells for _, cells in upright] == over


def test_titles_groups_and_signatures_stand_around_it(tmp_path: Path) -> None:
    rows = turned([[None, "问题", None, "责任", None, None, None], HEADS, *tasks(3)])
    around = [["整改清单"], *rows, ["填表人：桑春来", None, "审核人：闵学礼"]]
    read_ = read_file(by_openpyxl(tmp_path / "a.xlsx", layout(around, ("A3:A4", "A5:A7"))), "a.xlsx", SCHEMA)
    check_conserved(read_)
    assert [table.cell(table.rows[0], "problem") for table in read_.tables] == ["C3", "D3", "E3"]
    assert (read_.tables[0].title, read_.faults) == ("整改清单", ())


def test_findings_and_tasks_of_a_list_turned_on_its_side(tmp_path: Path) -> None:
    rows = [[*HEADS, "网格划分"], *([*own, "第一网格"] for own in tasks(3))]
    rows[2][3], rows[3][5], rows[1][6] = None, "尽快完成", "差不多了"
    by_openpyxl(tmp_path / "a.xlsx", layout(turned(rows)))
    report = validate([tmp_path], as_of=DAY)
    said = sorted((finding.slug, finding.cell) for finding in report.findings)
    assert said == [("missing-leader", "C4"), ("not-allowed", "B7"), ("unknown-column", "A8"), ("vague-deadline", "D6")]
    master = merge([tmp_path], as_of=DAY)
    assert [len(master.tasks), len(master.reports)] == [3, 3]
    assert len({found.key for found in master.tasks}) == 3
    kept = merge([tmp_path], as_of=DAY, strict=True)
    assert ([found.name for found in kept.tasks], kept.held_rows) == (["2", "3"], 1)


@pytest.mark.parametrize(
    ("rows", "merges"),
    [
        (turned([HEADS, *tasks(3)]), ("B2:C2",)),  # two units of one problem
        (turned([HEADS, *tasks(2), ["水务方面", *[None] * 6]]), ()),  # a column that is no task
        (turned([[*HEADS, "备注"], *([*own, None] for own in tasks(2)), [None] * 7 + ["说明"]]), ()),
        (turned([HEADS, *tasks(1), HEADS, *tasks(1)]), ()),
        (turned([HEADS[:3], *(own[:3] for own in tasks(3))]), ()),
        (turned([[*HEADS, HEADS[1]], *([*own, "又一项"] for own in tasks(2))]), ()),
    ],
)
def test_what_is_in_doubt_is_refused_by_name(tmp_path: Path, rows: list[list[Any]], merges: tuple[str, ...]) -> None:
    refused = read_file(by_openpyxl(tmp_path / "a.xlsx", layout(rows, merges)), "a.xlsx", SCHEMA)
    assert (refused.status, [fault.slug for fault in refused.faults]) == ("rejected", ["no-task-table"])


def test_a_table_above_it_is_not_passed_over(tmp_path: Path) -> None:
    figures = [["指标", "总数", "完成", "在办"], ["数量", "三项", "零项", "三项"], []]
    read_ = read_file(by_openpyxl(tmp_path / "a.xlsx", layout([*figures, *turned([HEADS, *tasks(3)])])), "a.xlsx", SCHEMA)
    assert [fault.facts["rows"] for fault in read_.faults if fault.slug == "unread-rows"] == ["1-2"]


def test_one_task_with_its_headings_beside_it_is_a_card() -> None:
    rows = [
        ["序号", 1],
        ["存在问题", "泵站渗漏"],
        ["整改措施", "更换闸板"],
        ["责任单位", "市水务局"],
        ["整改时限", "2026年12月底前"],
    ]
    assert not one(rows).table.upright


@pytest.mark.parametrize(("above", "below"), [(2, 2), (3, 2), (2, 4)])
def test_a_list_that_goes_on_below_itself(tmp_path: Path, above: int, below: int) -> None:
    """As it does where no more tasks fit on a page; the second part may be the wider one, and have a line more."""
    first, second = turned([HEADS, *tasks(above)]), turned([[*HEADS, "备注"], *([*own, "续"] for own in tasks(below))])
    rows = [["市水务局整改任务清单"], *first, [], ["续表"], *second]
    path = by_openpyxl(tmp_path / "市水务局.xlsx", layout(rows))
    report = validate([path], as_of=DAY)
    assert (report.summary["rows"], report.summary["unread"]) == (above + below, 0)
    found = [(dict(row.values)["problem"], one.table.cell(row, "problem")) for one in tables(rows, ()) for row in one.table.rows]
    start = len(first) + 4
    at = HEADS.index("反馈问题")
    columns = "BCDE"
    assert found == [
        *((row[at], f"{columns[n]}{2 + at}") for n, row in enumerate(tasks(above))),
        *((row[at], f"{columns[n]}{start + at}") for n, row in enumerate(tasks(below))),
    ]
