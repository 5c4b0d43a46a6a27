"""The calendar of deadlines, and the names units are counted by."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from rectify_xl.campaign.settings import Campaign, Unit
from rectify_xl.ledger.master import Master
from rectify_xl.ledger.months import months
from rectify_xl.ledger.naming import WRONG_NAME, UnitNames
from rectify_xl.ledger.sheets.context import SheetContext


def context(as_of: date = date(2026, 11, 21), lang: str = "zh", tasks: tuple[Any, ...] = (), **campaign: Any) -> SheetContext:
    return SheetContext(Master(Campaign(**campaign), as_of, tasks), lang)


def due(day: date | None, flag: str = "on-time", status: str | None = None) -> Any:
    state = Campaign().schema.states.get(status)
    return SimpleNamespace(judged_by=day, timing=SimpleNamespace(flag=flag), is_closed=state is not None and state.closed)


def test_a_year_of_months_and_what_lies_outside() -> None:
    found = months(context())
    assert [month.label for month in found] == [
        "更早", "2026年8月", "9月", "10月", "11月", "12月", "2027年1月", "2月", "3月", "4月", "5月", "6月", "7月", "以后",
    ]  # fmt: skip
    assert (found[0].end, found[1].first, found[1].end, found[-1].first) == (
        date(2026, 8, 1), date(2026, 8, 1), date(2026, 9, 1), date(2027, 8, 1),
    )  # fmt: skip
    assert months(context(lang="en"))[1].label == "2026-08"


def test_each_task_is_in_one_month_and_one_part() -> None:
    tasks = (
        due(date(2026, 7, 31), "overdue"),
        due(date(2026, 8, 1), "overdue", "已完成"),
        due(date(2026, 8, 31), "done-late", "已销号"),
        due(date(2026, 12, 1)),
        due(date(2026, 12, 31), status="长期坚持"),
        due(date(2030, 1, 1), status="已完成"),
        due(None, "undated"),
        due(date(1899, 1, 1)),
    )
    found = {month.label: (month.closed, month.open, month.overdue) for month in months(context(tasks=tasks)) if month.tasks}
    assert found == {"更早": (0, 0, 1), "2026年8月": (1, 0, 1), "12月": (0, 2, 0), "以后": (1, 0, 0)}


@pytest.mark.parametrize("as_of", [date(1, 1, 1), date(9999, 12, 31)])
def test_the_ends_of_time_have_months_too(as_of: date) -> None:
    assert sum(month.tasks for month in months(context(as_of, tasks=(due(date(2026, 5, 5)),)))) == 1


NAMES = {
    "市水务局": "市水务局",
    "市水务局 sw@example.com": "市水务局",
    "市水务局（联系电话：0370-6612345）": "市水务局",
    "老水利局 13800000000": "市水务局",
    "市审计局13800000000": "市审计局",
    "市审计局": "市审计局",
    "市36500体育在线投注_手机网站打不开": WRONG_NAME.zh,
    "www.example.com": WRONG_NAME.zh,
    "13800000000": WRONG_NAME.zh,
    "市12345热线办": "市12345热线办",
    "2": WRONG_NAME.zh,
    "措施1、2": WRONG_NAME.zh,
    "牵头单位": WRONG_NAME.zh,
    "沈知远": WRONG_NAME.zh,
    "鹿鸣区负责措施1": WRONG_NAME.zh,
    "鹿鸣区": "鹿鸣区",
    "各县区": "各县区",
}


@pytest.mark.parametrize(("written", "counted"), NAMES.items())
def test_units_are_counted_by_what_is_left_of_their_name(written: str, counted: str) -> None:
    names = UnitNames(context(units=(Unit("1", "市水务局", aliases=("老水利局",)),)))
    assert names.of((written,)) == (counted,)


def test_two_writings_of_one_unit_are_one() -> None:
    names = UnitNames(context(lang="en"))
    assert names.of(("市水务局", "市水务局 sw@example.com", "财神娱乐城官网", "彩票投注平台注册")) == (
        "市水务局",
        "(wrong unit name)",
    )
