"""closing:, acceptance: and calendar: of campaign.yaml."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import NoticeRules, load_campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.workdays import LastDay

if TYPE_CHECKING:
    from pathlib import Path


def load(folder: Path, text: str, **files: str) -> tuple[NoticeRules, LastDay]:
    (folder / "campaign.yaml").write_text(text, "utf-8")
    for name, content in files.items():
        (folder / f"{name}.csv").write_text(content, "utf-8")
    campaign = load_campaign(folder)
    return campaign.closing.notice, campaign.notice_end(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("name: 甲", NoticeRules()),
        ("closing: {notice: {days: 20}}", NoticeRules(20)),
        ("acceptance: {publicity_working_days: 7}", NoticeRules(7)),
        ("acceptance: {publicity_working_days: 20}\nclosing: {notice: {days: 20}}", NoticeRules(20)),
        (
            "closing: {notice: {days: 7, unit: calendar, count_first_day: false}}",
            NoticeRules(7, "calendar", count_first_day=False),
        ),
    ],
)
def test_the_notice(tmp_path: Path, text: str, rules: NoticeRules) -> None:
    assert load(tmp_path, text)[0] == rules


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("acceptance: {publicity_working_days: 7}\nclosing: {notice: {days: 20}}", "是同一项设置"),
        ("acceptance: {publicity_working_days: 7}\nclosing: {notice: {unit: calendar}}", "closing.notice.days"),
        ("closing: {notice: {unit: weeks}}", "working、calendar"),
        ("closing: {notice: {count_first_day: vielleicht}}", "true、false"),
        ("closing: {notice: {day: 3}}", "days"),
        ("closing: {notice: {days: 900}}", "750"),
        ("calendar: other.csv", "other.csv"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RectifyError, match=says):
        load(tmp_path, text)


@pytest.mark.parametrize(
    "days",
    [
        "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-03,workday,\n",
        "日期,类别,名称\n2027年1月1日,放假,元旦\n2027/1/3,上班,元旦调休\n\n",
        "日期,类别\n2027/01/01,休\n20270103,补班\n2027-01-03,上班\n",
    ],
)
def test_holidays_of_the_office(tmp_path: Path, days: str) -> None:
    assert load(tmp_path, "calendar: holidays.csv", holidays=days)[1] == LastDay(date(2027, 1, 7))
    assert load(tmp_path, "name: 甲")[1] == LastDay(None, 2027, date(2027, 1, 5))


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("date,kind\n2027-01-01,vacation\n", "第 2 行.*holiday 或 workday"),
        ("date,kind\n2027-13-01,holiday\n", "第 2 行.*2027-13-01"),
        ("date,kind\n2027-01-01,holiday\n2027-01-01,workday\n", "第 3 行.*既写了放假又写了上班"),
        ("kind,name\nholiday,元旦\n", "缺少列 date / 日期"),
        ("date,kind\n,holiday\n", "date 为空"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, days: str, says: str) -> None:
    with pytest.raises(RectifyError, match=says):
        load(tmp_path, "calendar: holidays.csv", holidays=days)


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ("[accept, publish, close]", "publish"),
        ("[accept, accept, close]", "写了两次"),
        ("[accept, close, notice]", "在销号（close）之后"),
        ("[accept, notice]", "没有销号"),
    ],
)
def test_steps_that_make_no_sense(tmp_path: Path, steps: str, says: str) -> None:
    with pytest.raises(RectifyError, match=says):
        load(tmp_path, f"closing: {{steps: {steps}}}")


def test_steps_bring_their_columns(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text("closing: {steps: [inspect, accept, sign, close, file], within_days: 30}", "utf-8")
    campaign = load_campaign(tmp_path)
    assert (campaign.closing.steps, campaign.closing.within_days) == (("inspect", "accept", "sign", "close", "file"), 30)
    assert {"site_checked_on", "signed_on", "filed_on"} <= set(campaign.schema.keys)
    assert campaign.schema["signed_on"].label["zh"] == "领导签批日期"
