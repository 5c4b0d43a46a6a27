"""``warnings:``, ``lights:`` and ``ranking:`` of campaign.yaml: what they may say, and what is refused with the nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.light_settings import PRESETS, LightCondition, preset
from rectify_xl.campaign.settings import Campaign, load_campaign
from rectify_xl.common.errors import RectifyError

if TYPE_CHECKING:
    from pathlib import Path


def loaded(path: Path, text: str) -> Campaign:
    (path / "campaign.yaml").write_text(text, "utf-8")
    return load_campaign(path)


@pytest.mark.parametrize(
    ("text", "days", "soon"),
    [
        ("name: 甲\n", (30, 7), 30),
        ("warnings:\n", (30, 7), 30),
        ("deadlines: {due_soon_days: 20}\n", (20, 7), 20),
        ("deadlines: {due_soon_days: 5}\n", (5,), 5),
        ("warnings: {before_days: [7, 60, 15]}\n", (60, 15, 7), 60),
        ("warnings: {before_days: 10}\n", (10,), 10),
        ("warnings: {before_days: [20, 3]}\ndeadlines: {due_soon_days: 20}\n", (20, 3), 20),
    ],
)
def test_the_largest_stage_is_the_same_setting_as_due_soon_days(
    tmp_path: Path, text: str, days: tuple[int, ...], soon: int
) -> None:
    campaign = loaded(tmp_path, text)
    assert (campaign.warnings.before_days, campaign.stages, campaign.deadlines.due_soon_days) == (days, days, soon)
    assert campaign.warnings.is_set is ("before_days" in text)


def test_presets_follow_the_stages_and_lists_keep_their_order(tmp_path: Path) -> None:
    assert Campaign().lights is None
    for name in PRESETS:
        for written in (name, name.replace("-", "_"), name.upper()):
            assert loaded(tmp_path, f"lights: {written}\nwarnings: {{before_days: [45, 5]}}\n").lights == preset(name, (45, 5))
    text = (
        "issued: 2026-01-05\nlights:\n  - {light: 红, forecast: 不能, overdue_days: 1}\n  - {light: red, overdue_days: 30}\n"
        "  - {light: orange, silent_rounds: 2}\n  - {light: 黄, pace: 未达到序时进度}\n  - {light: yellow, percent_behind: 20}\n"
        "  - {light: blue, due_within_days: 0, forecast: unsaid}\n  - {light: green}\n"
    )
    assert loaded(tmp_path, text).lights == (
        LightCondition("red", overdue_days=1, forecast="cannot"),
        LightCondition("red", overdue_days=30),
        LightCondition("orange", silent_rounds=2),
        LightCondition("yellow", pace="behind"),
        LightCondition("yellow", percent_behind=20),
        LightCondition("blue", due_within_days=0, forecast="unsaid"),
        LightCondition("green"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("warnings: {before: [30]}", r"第 1 行.不认识的项 warnings\.before.最接近的是 before_days."),
        ("warnings: {before_days: [30, 三]}", "“三”应为不小于 0 的整数"),
        ("warnings: {before_days: [30, 30]}", "30 写了两次"),
        ("warnings: {before_days: []}", "至少写一个天数"),
        (
            "warnings: {before_days: [20]}\ndeadlines: {due_soon_days: 30}",
            r"第 2 行，deadlines\.due_soon_days：应与 warnings\.before_days",
        ),
        ("warning: {}", "不认识的项 warning（最接近的是 warnings）"),
        ("lights: forcast", "没有名为“forcast”的一套（最接近的是 forecast）"),
        ("lights: []", "至少写一条"),
        ("lights: [{overdue_days: 1}]", "没有写 light"),
        ("lights: [{light: purple}]", "“purple”不能用"),
        ("lights: [{light: red, overdue: 1}]", r"不认识的项 lights\.overdue（最接近的是 overdue_days）"),
        ("lights: [{light: red, overdue_days: 0}]", "应为不小于 1 的整数"),
        ("lights: [{light: red, pace: slow}]", "“slow”不能用"),
        ("lights: [{light: red, forecast: canot}]", "“canot”不能用（最接近的是 cannot）"),
        ("lights: [{light: red, pace: 不能}]", "“不能”不能用"),
        ("lights: [{light: red, overdue_days: 1, due_within_days: 3}]", "不能同时成立"),
        ("lights: [{light: red, percent_behind: 20}]", "请先写 issued"),
        (
            "lights: [{light: red, overdue_days: 1}, {light: yellow, overdue_days: 30}]",
            "第 2 条用不上：符合它的任务都先符合第 1 条",
        ),
        ("lights: [{light: blue, due_within_days: 30}, {light: red, due_within_days: 7, pace: behind}]", "第 2 条用不上"),
        ("lights: [{light: green}, {light: red, forecast: cannot}]", "第 2 条用不上"),
        ("lights: [red]", "名称: 值"),
        ("ranking: {order: rooster}", "“rooster”不能用（最接近的是 roster）"),
        ("ranking: {order: roster}", "没有单位名册，不能按名册排列"),
        ("ranking: {sort: points}", r"不认识的项 ranking\.sort"),
        ("round: {due: 2026-11-25, resend: 2026-11-30}", r"不认识的项 round\.resend（最接近的是 resend_by）"),
        ("round: {due: 2026-11-25, resend_by: 月底}", r"round\.resend_by"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_nearest(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RectifyError, match=said):
        loaded(tmp_path, text)


def test_narrow_conditions_before_wide_ones_are_fine(tmp_path: Path) -> None:
    narrow = "{light: red, due_within_days: 7, pace: behind}"
    text = f"lights: [{narrow}, {{light: blue, due_within_days: 30}}, {{light: blue, pace: behind}}]"
    assert len(loaded(tmp_path, text).lights or ()) == 3
    (tmp_path / "units.csv").write_text("name\n市水务局\n", "utf-8")
    assert loaded(tmp_path, "ranking: {order: roster}\nunits: units.csv\n").papers.order == "roster"
    assert loaded(tmp_path, "ranking:\n").papers.order == "points"
