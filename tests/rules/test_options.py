"""Options of rules: what campaign.yaml sets reaches the rule, and what no rule takes is refused at its line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.campaign.settings import Campaign, RuleChoice, load_campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.console.rule_text import rule_lines
from rectify_xl.rules import Option, catalogue
from rectify_xl.rules.options import written
from rectify_xl.rules.selection import check_choice
from rectify_xl.workflow.validate import validate
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 21)
LEADERS = "钟离岳 副市长\n司徒澜 副市长"


def campaign_with(folder: Path, options: str) -> Campaign:
    folder.mkdir(exist_ok=True)
    (folder / "campaign.yaml").write_text(f"name: 某市整改\nrules:\n  options:\n    {options}\n", "utf-8")
    return load_campaign(folder)


def slugs(path: Path, campaign: Campaign, *, collected: bool = False) -> set[str]:
    return {finding.slug for finding in validate([path], campaign=campaign, as_of=DAY, collected=collected).findings}


@pytest.mark.parametrize(
    ("rows", "slug", "options", "found"),
    [
        ([{"leader": LEADERS}], "several-leaders", {}, True),
        ([{"leader": LEADERS}], "several-leaders", {"most": 2}, False),
        ([{"progress": "请示上级中"}], "vague-progress", {}, False),
        ([{"progress": "请示上级中，高度重视"}], "vague-progress", {"also": ["请示上级中"]}, True),
        ([{"problem": "南河淤積"}], "garbled-text", {}, True),
        ([{"problem": "南河淤積"}], "garbled-text", {"traditional": False}, False),
        ([{"task_id": n, "problem": f"{n}号渠"} for n in (1, 2, 3)], "leader-overload", {}, False),
        ([{"task_id": n, "problem": f"{n}号渠"} for n in (1, 2, 3)], "leader-overload", {"least": 3}, True),
        (
            [{"task_id": n, "problem": f"{n}号渠"} for n in (1, 2, 3)],
            "leader-overload",
            {"least": 3, "percent_of_all": 100},
            False,
        ),
        ([{"task_id": n, "problem": f"{n}号渠"} for n in (1, 30)], "number-gap", {}, False),
        ([{"task_id": n, "problem": f"{n}号渠"} for n in (1, 30)], "number-gap", {"most_missing": 28}, True),
        ([{"deadline": "2062年12月底前"}], "implausible-date", {}, True),
        ([{"deadline": "2062年12月底前"}], "implausible-date", {"years": 40}, False),
    ],
)
def test_an_option_turns_its_rule(
    tmp_path: Path, rows: list[dict[str, Any]], slug: str, options: dict[str, Any], found: bool
) -> None:
    path = write_list(tmp_path / "a.xlsx", rows)
    campaign = Campaign(rules=RuleChoice(options={slug: options}))
    assert (slug in slugs(path, campaign, collected=True)) == found


def test_every_option_has_a_test() -> None:
    """Whoever adds one shows above what it does."""
    mark = next(mark for mark in test_an_option_turns_its_rule.pytestmark if mark.name == "parametrize")  # type: ignore[attr-defined]
    tried = {(slug, name) for _, slug, options, _ in mark.args[1] for name in options}
    declared = {(rule.slug, name) for rule in catalogue() for name in rule.options}
    assert declared - tried == {("leader-overload", "times_mean")}


def test_the_multiple_of_the_mean(tmp_path: Path) -> None:
    rows = [
        {"task_id": n, "problem": f"{n}号渠", "leader": f"{name} 副市长"}
        for n, name in enumerate(["钟离岳"] * 4 + ["司徒澜", "欧阳川", "令狐青", "上官河", "端木松"])
    ]
    path = write_list(tmp_path / "a.xlsx", rows)
    for times, found in ((2.0, True), (3.0, False)):
        campaign = Campaign(rules=RuleChoice(options={"L306": {"least": 2, "times_mean": times}}))
        assert ("leader-overload" in slugs(path, campaign, collected=True)) == found


def test_campaign_yaml_sets_options(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{"leader": LEADERS, "progress": "按程序走，报批中"}])
    assert "several-leaders" in slugs(path, campaign_with(tmp_path / "c", "{}"))
    assert "several-leaders" not in slugs(path, campaign_with(tmp_path / "c", "several-leaders: {most: 2}"))
    assert "several-leaders" not in slugs(path, campaign_with(tmp_path / "c", "L305: {most: 2}"))
    assert "vague-progress" in slugs(path, campaign_with(tmp_path / "c", "vague-progress: {also: [按程序走, 报批中]}"))


@pytest.mark.parametrize(
    ("options", "zh", "en"),
    [
        ("leader-overlaod: {least: 3}", "没有名为 leader-overlaod 的规则（最接近的是 leader-overload）", ""),
        (
            "leader-overload: {lest: 3}",
            "没有选项 lest（最接近的是 least）；可用：least、percent_of_all、times_mean",
            "has no option lest",
        ),
        ("vague-deadline: {least: 3}", "规则 vague-deadline 没有选项", "has no options"),
        ("leader-overload: {least: 十}", "least 应为不小于 1 的整数，写的是“十”", "a whole number of at least 1"),
        ("leader-overload: {least: 0}", "least 应为不小于 1 的整数", ""),
        ("leader-overload: {least: 2.5}", "least 应为不小于 1 的整数", ""),
        ("leader-overload: {least: yes}", "least 应为不小于 1 的整数", ""),
        ("leader-overload: {percent_of_all: 101}", "percent_of_all 应为介于 0 和 100 之间的整数", "from 0 to 100"),
        ("leader-overload: {times_mean: .inf}", "times_mean 应为不小于 0 的数字", ""),
        ("garbled-text: {traditional: 1}", "traditional 应为“是”或“否”，写成 yes 或 no", "yes or no"),
        ("vague-progress: {also: {甲: 乙}}", "also 应为词语的列表", "a list of words"),
        ("several-leaders: {most: [1, 2]}", "most 应为不小于 1 的整数", ""),
    ],
)
def test_what_no_rule_takes_is_refused_with_file_and_line(tmp_path: Path, options: str, zh: str, en: str) -> None:
    path = write_list(tmp_path / "a.xlsx", [{}])
    with pytest.raises(RectifyError) as refused:
        slugs(path, campaign_with(tmp_path / "c", options))
    assert str(refused.value).startswith("campaign.yaml 第 4 行，rules.options.")
    assert zh in str(refused.value)
    assert en in refused.value.message.en


def test_a_value_that_yaml_cannot_make_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match=r"campaign\.yaml 第 4 行，rules\.options\.several-leaders\.most：看不懂这个值"):
        campaign_with(tmp_path, "several-leaders: {most: 2026-13-45}")


def test_options_of_one_rule_stand_once(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text("rules:\n  options:\n    L305: {most: 2}\n    several-leaders: {most: 3}\n", "utf-8")
    with pytest.raises(RectifyError, match=r"第 4 行.*several-leaders 的选项写了两次"):
        check_choice(load_campaign(tmp_path).rules)


def test_explain_shows_options_with_defaults_and_the_campaigns_values(tmp_path: Path) -> None:
    campaign = campaign_with(tmp_path, "leader-overload: {least: 15}")
    shown = "\n".join(rule_lines("leader-overload", "zh", campaign.rules))
    assert "    least: 10\n        负责多少项任务起才提示（不小于 1 的整数）\n        本活动：15\n" in shown
    assert shown.count("本活动") == 1
    english = "\n".join(rule_lines("L306", "en", campaign.rules))
    assert "this campaign: 15" in english
    assert "options" not in "\n".join(rule_lines("vague-deadline", "en")).lower()


@pytest.mark.parametrize(
    ("value", "text"), [(True, "yes"), (False, "no"), (("甲", "乙"), "[甲, 乙]"), (2.0, "2"), (7, "7"), ("甲", "甲")]
)
def test_values_are_written_as_yaml_takes_them(tmp_path: Path, value: Any, text: str) -> None:
    assert written(value) == text
    (tmp_path / "campaign.yaml").write_text(f"rules:\n  options:\n    x: {{y: {text}}}\n", "utf-8")
    assert Option(value, "", "").read(load_campaign(tmp_path).rules.options["x"]["y"]) == value
