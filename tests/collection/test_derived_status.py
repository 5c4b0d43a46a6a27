"""Which words of progress say that a task is done, in a list without a status column."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from rectify_xl.collection.derived_status import derive_status
from rectify_xl.schema.loading import load_schema

STATUS = load_schema()["status"]


def status_of(*texts: Any, root: str = "", title: str = "整改清单", sheet: str = "Sheet1") -> list[str | None]:
    """The status of rows with that progress, each a task of its own unless they have a root."""
    table = SimpleNamespace(columns={"progress": 1}, title=title, sheet=sheet)
    places: Any = [SimpleNamespace(table=table, table_key=title, root=root or at) for at in range(len(texts))]
    columns: dict[str, list[Any]] = {"progress": list(texts), "status": [None] * len(texts)}
    derived = derive_status(STATUS, places, columns)
    assert {at for at, _ in derived} == {at for at, word in enumerate(columns["status"]) if word}
    assert set(derived.values()) <= {"progress", "status"}
    return columns["status"]


@pytest.mark.parametrize(
    "text",
    [
        "已完成", "已完成。", "完成整改", "已整改到位，共清运垃圾30吨", "已完成整改\n1.拆除违建2处\n2.复绿300平方米",
        "整改完成；未发现反弹", "已办结，还田12亩", "全部完成，完成率100%", "已完成，未再出现积水",
        "已完成整改，下一步将继续加强日常监管，防止反弹", "已整改到位。将持续巩固整改成效",
    ],
)  # fmt: skip
def test_done(text: str) -> None:
    assert status_of(text) == ["已完成"]


@pytest.mark.parametrize(
    "text",
    [
        "已完成招标", "已完成3处", "基本完成", "未完成", "已完成，剩余2处", "已完成整改，待绿化", "已完成，正在扫尾", "是",
        "是，见附件", "正在整改", "已完成一期，二期计划12月完成", "已完成，完成率60%", "已完成，除3号井外", "计划12月完成整改",
        "无", "", None, 3,
    ],
)  # fmt: skip
def test_not_done(text: Any) -> None:
    assert status_of(text) == [None]


def test_another_closed_state_is_what_it_says() -> None:
    assert status_of("已销号", "已验收，资料已归档") == ["已销号", "已验收"]


def test_a_task_of_several_rows_is_done_when_all_are() -> None:
    assert status_of("已完成", "正在施工", root="task") == [None, None]
    assert status_of("已完成", "已销号", root="task") == ["已完成", "已销号"]


@pytest.mark.parametrize(
    ("title", "sheet", "state"),
    [
        ("青屏县已完成整改问题清单", "Sheet1", "已完成"), ("2026年已办结信访件一览表", "Sheet1", "已完成"),
        ("已销号任务台账（12项）", "", "已销号"),
        ("青屏县问题台账", "已整改到位", "已完成"), ("青屏县全部完成整改事项汇总表", "Sheet1", "已完成"),
        ("青屏县未完成整改问题清单", "Sheet1", None), ("未全部完成整改问题清单", "Sheet1", None),
        ("关于已反馈问题的整改清单", "Sheet1", None), ("已完成和正在整改问题清单", "Sheet1", None),
        ("整改完成情况统计表", "Sheet1", None),
        ("青屏县已整改问题清单", "", "已完成"), ("整改完成情况", "", None), ("问题清单", "完成情况", None),
        ("销号问题清单", "", None), ("已完成情况汇总表", "", None),
    ],
)  # fmt: skip
def test_a_list_named_by_a_state(title: str, sheet: str, state: str | None) -> None:
    assert status_of("清运垃圾30吨", None, title=title, sheet=sheet) == [state, state]


def test_progress_that_leaves_something_goes_before_the_title() -> None:
    title = "青屏县已完成整改问题清单"
    assert status_of("剩余2处正在拆除", "清运垃圾30吨，持续加强巡查", title=title) == [None, "已完成"]
