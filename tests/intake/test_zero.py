"""Lists that say there is nothing to report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.intake.files import read_file
from rectify_xl.intake.tables.tables import read_tables
from rectify_xl.intake.tables.zero import ends_in_zero, is_zero
from tests.support.reading import SCHEMA
from tests.support.workbooks import HEADINGS, by_openpyxl, layout, task

if TYPE_CHECKING:
    from pathlib import Path

H = list(HEADINGS)


@pytest.mark.parametrize(
    "text",
    [
        "零报告",
        "本期零报告",
        "无",
        "无。",
        "本单位无整改任务\uff0c零报告。",
        "县林业局本月零报送",
        "2026年11月份无新增问题",
        "经排查,未发现相关问题",
        "我局不涉及",
        "目前无进展,特此零报告",
        "本期零報告",
        "Nothing to report.",
        "Nil report",
    ],
)
def test_nothing_to_report(text: str) -> None:
    assert is_zero(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "—",
        "/",
        "本局",
        "未落实零报告制度",
        "部分村庄没有生活污水处理设施",
        "无组织排放突出",
        "1",
        "零星堆场未覆盖",
        "没有解决污水问题",
        "Nothing was done",
    ],
)
def test_something_to_report(text: str) -> None:
    assert not is_zero(text)


@pytest.mark.parametrize(
    ("text", "said"), [("整改清单\uff08零报告\uff09", True), ("县林业局零报告11月", True), ("未落实零报告", False), ("无", False)]
)
def test_at_the_end_of_a_title(text: str, *, said: bool) -> None:
    assert ends_in_zero(text) is said


@pytest.mark.parametrize(
    ("rows", "merges", "cell"),
    [
        ([H, ["本期零报告"]], (), "A2"),
        ([H, ["本期零报告"]], ("A2:F2",), "A2"),
        ([H, ["", "无"]], (), "B2"),
        ([H, ["", "", "", "", "", "零报告"]], (), "F2"),
        ([H, [1, "无", "无", "无", "县林业局", "零报告"]], (), "F2"),
        ([H, [1, "无"], [2], ["填表人:方竹"]], (), "B2"),
        ([["整改任务清单(零报告)"], H], (), "A1"),
        ([H, ["说明:本期零报告"]], (), None),
    ],
)
def test_a_stated_zero_report(rows: list[list[Any]], merges: tuple[str, ...], cell: str | None) -> None:
    (found,) = read_tables(layout(rows, merges).in_memory, SCHEMA)
    assert found.table.rows == ()
    assert [(fault.slug, fault.cell) for fault in found.faults] == [("empty-submission", cell)]


@pytest.mark.parametrize(
    "rows",
    [
        [H, task(1, "东河排口异味"), ["", "无"]],
        [H, [1, "无", "截污", "柳青禾 局长", "县林业局", "无"]],
        [H, task(1, "零报告制度")],
    ],
)
def test_a_list_with_a_task_is_no_zero_report(rows: list[list[Any]]) -> None:
    (found,) = read_tables(layout(rows).in_memory, SCHEMA)
    assert len(found.table.rows) == 1
    assert found.faults == []


def test_the_name_of_the_file_says_so(tmp_path: Path) -> None:
    facts = []
    for name in ("县林业局零报告.xlsx", "县林业局.xlsx"):
        read = read_file(by_openpyxl(tmp_path / name, layout([H])), name, SCHEMA)
        facts += [fault.facts for fault in read.faults if fault.slug == "empty-submission"]
    assert facts == [{"zero": "县林业局零报告"}, {}]
