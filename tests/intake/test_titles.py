"""What stands around a table: title, reporting unit, date of filling in, announced number of tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rectify_xl.intake.tables.tables import read_tables
from tests.support.reading import SCHEMA, column
from tests.support.workbooks import HEADINGS, layout, task

TITLE = "澄湖市整改任务清单"


def around(*above: list[Any], below: list[list[Any]] | None = None, merges: tuple[str, ...] = ()) -> Any:
    """What is read around a table with these lines above and below."""
    rows = [*above, [*HEADINGS], task(1, "扬尘"), *(below or [])]
    (found,) = read_tables(layout(rows, merges).in_memory, SCHEMA)
    return found.around


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        (["填报单位:市水利局"], "市水利局"),
        (["填报单位（公章）： 市水利局      填报人：张三"], "市水利局"),
        (["填报单位(盖章):市水利局填报人:张三"], "市水利局"),
        (["填报单位:(盖章)市水利局"], "市水利局"),
        (["填报单位名称:市水利局。"], "市水利局"),
        (["填报单位(盖章):             填报日期:2026年11月5日"], ""),
        (["填报单位:      联系人:张三"], ""),
        (["填报单位:____市水利局____"], "市水利局"),
        (["填报单位:市 水 利 局"], "市水利局"),
        (["填报单位:市生态环境局(本级)"], "市生态环境局(本级)"),
        (["填报单位", "市水利局"], "市水利局"),
        (["填报单位:", "", "市水利局", "填报日期:", date(2026, 11, 5)], "市水利局"),
        (["填报单位:", "填报日期:", date(2026, 11, 5)], ""),
        (["填报单位", "填报人", "张三"], ""),
        (["报送单位 : 澄湖区人民政府  2026年11月"], "澄湖区人民政府"),
        (["单位:(盖章)市水利局"], "市水利局"),
        (["单位(盖章):市水利局"], "市水利局"),
        (["单位:市水利局"], "市水利局"),
        (["单位", "市水利局"], "市水利局"),
        (["单位:万元"], ""),
        (["单位", "万元"], ""),
        (["责任单位:市水利局"], "市水利局"),
        (["填报单位:", "City Water Bureau", "填报日期:"], "City Water Bureau"),
        (["填报单位: Parks & Roads Bureau   填报日期:2026-11-05"], "Parks & Roads Bureau"),
    ],
)
def test_unit(line: list[Any], unit: str) -> None:
    assert around([TITLE], line).unit == unit
    assert around(line).title == ""


@pytest.mark.parametrize(
    "below", [["填报单位(盖章):市水利局", "", "填报日期:2026.11.5"], ["填报单位:市水利局 填报日期:2026.11.5"]]
)
def test_unit_and_day_below_the_table(below: list[str]) -> None:
    found = around([TITLE], below=[[], below])
    assert (found.unit, found.filled_on) == ("市水利局", date(2026, 11, 5))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (["填报日期:2026年11月5日"], date(2026, 11, 5)),
        (["填报日期:2026.11.5"], date(2026, 11, 5)),
        (["填报时间:2026/11/05 10:00"], date(2026, 11, 5)),
        (["填报日期 2026 年 11 月 5 日"], date(2026, 11, 5)),
        (["填报日期:20261105"], date(2026, 11, 5)),
        (["报送时间：２０２６年１１月５日"], date(2026, 11, 5)),
        (["填报日期:", date(2026, 11, 5)], date(2026, 11, 5)),
        (["填报日期", date(2026, 11, 5)], date(2026, 11, 5)),
        (["填报单位:市水利局", "", "日期:2026-11-05"], date(2026, 11, 5)),
        # A month says which round, not which of two files is the later one.
        (["填报日期:2026年11月"], None),
        (["填报日期:2026年 月 日"], None),
        (["填报日期:2026年2月30日"], None),
        (["填报日期:    审核:张三 2026年11月5日"], None),
        (["截止日期:2026年11月5日"], None),
        (["(2026年11月5日印发)"], None),
    ],
)
def test_filled_on(line: list[Any], day: date | None) -> None:
    assert around([TITLE], line).filled_on == day


@pytest.mark.parametrize(
    ("lines", "title", "cell"),
    [
        ([[TITLE]], TITLE, "A1"),
        ([["附件2"], [TITLE]], TITLE, "A2"),
        ([["附件 2-1:"], ["表1"], ["密级:内部"], ["", TITLE]], TITLE, "B4"),
        ([["附件2:" + TITLE]], "附件2:" + TITLE, "A1"),
        ([["填报单位:市水利局"], [TITLE]], TITLE, "A2"),
        ([["澄湖市贯彻落实省委督察反馈意见"], ["整改任务清单"]], "澄湖市贯彻落实省委督察反馈意见整改任务清单", "A1"),
        ([[]], "", None),
    ],
)
def test_title(lines: list[list[Any]], title: str, cell: str | None) -> None:
    found = around(*lines)
    assert (found.title, found.title_cell) == (title, cell)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([["整改任务清单(共12项)"]], 12),
        ([["整改任务清单", "共12项"]], None),
        ([["整改任务清单（12项）"]], 12),
        ([["5个方面37项问题整改清单"]], 37),
        ([["第3批整改任务清单"]], None),
        ([["2026年整改任务清单"]], None),
        ([["整改任务清单"], ["(共 12 项)"]], 12),
        ([["整改任务共计 12 条"]], 12),
    ],
)
def test_declared(lines: list[list[Any]], count: int | None) -> None:
    assert around(*lines).declared == count


@pytest.mark.parametrize(
    ("lines", "count", "cell"),
    [
        # What is said of the whole county or plan is not said of this list.
        ([["澄湖县整改任务清单"], ["全县共9项任务\uff0c我局牵头2项"]], 2, "A2"),
        ([["澄湖县整改任务清单"], ["", "方案共31项任务,其中涉及我单位4项"]], 4, "B2"),
        ([["澄湖县整改任务清单"], ["全市共20项问题"]], None, None),
        ([["我局整改任务清单(共5项)"]], 5, "A1"),
        ([["澄湖县整改任务清单"], ["我局共5项任务,牵头2项,配合3项"]], 5, "A2"),
        ([["澄湖县整改任务清单"], ["督察反馈9项任务", "x"], ["填报单位:县林业局"]], 9, "A2"),
        # Two parts, of which the list may hold either, announce nothing.
        ([["澄湖县整改任务清单"], ["我局牵头2项,配合3项"]], None, None),
    ],
)
def test_the_count_that_a_list_announces_for_itself(lines: list[list[Any]], count: int | None, cell: str | None) -> None:
    found = around(*lines)
    assert (found.declared, found.declared_cell) == (count, cell)


@pytest.mark.parametrize("line", ["报送:县整改办", "致\uff1a县整改办", "主送机关:县整改办", "县整改办:"])
def test_whom_a_list_is_sent_to_is_no_part_of_its_title(line: str) -> None:
    assert around([line], [TITLE]).title == TITLE
    assert around([TITLE], [line]).title == TITLE
    assert around([line], [TITLE]).unit == ""


def test_traditional_lines_are_read() -> None:
    found = around(["澄湖縣整改任務清單(共3項)"], ["填報單位:縣林業局   填報日期:2026年11月5日"])
    assert (found.unit, found.declared, found.filled_on) == ("县林业局", 3, date(2026, 11, 5))


@pytest.mark.parametrize("line", ["2026年5月8日", "2026年5月", "2026年第2季度", "5月8日", "2026-05-08"])
@pytest.mark.parametrize("across", ["A2:F2", "A2:D2"])
def test_a_date_merged_over_the_headings_is_no_group_of_them(line: str, across: str) -> None:
    rows = [[TITLE], [line], [*HEADINGS], task(1, "东河排口异味"), task(2, "西山矿坑未复绿")]
    (found,) = read_tables(layout(rows, ("A1:F1", across)).in_memory, SCHEMA)
    assert column(found.table, "problem") == ["东河排口异味", "西山矿坑未复绿"]
    assert column(found.table, "task_id") == [1, 2]
    assert [fault.slug for fault in found.faults] == []
