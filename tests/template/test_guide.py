"""填报说明: every column, and the rules that will judge the list, in their own words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import Campaign, DeadlineRules, RuleChoice
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import Severity
from rectify_xl.rules import catalogue, find_rule
from rectify_xl.schema.loading import load_schema
from rectify_xl.template import entries, make_template, tips
from tests.template.conftest import MADE_ON, OFFICE_ROW, folded

if TYPE_CHECKING:
    from rectify_xl.template import Entry

# Judged over all files, or about files that never were a template.
NOT_FOR_A_UNIT = {"leader-overload"}


def guide(campaign: Campaign, lang: str = "zh") -> dict[str, Entry]:
    return {entry.label: entry for entry in entries(make_template(campaign, made_on=MADE_ON, lang=lang))}


def slugs(campaign: Campaign) -> set[str]:
    return {note.slug for entry in guide(campaign).values() for note in entry.notes}


def test_every_rule_about_a_cell_is_told(campaign: Campaign) -> None:
    full = replace(campaign, deadlines=DeadlineRules(nodes=(MADE_ON,)), rules=RuleChoice(severity={"L305": Severity.WARNING}))
    told = slugs(full)
    rules = [rule for rule in catalogue() if rule.code[0] in "VLUDP" and rule.level is not Severity.INFO]
    assert [rule.slug for rule in rules if rule.slug not in told | NOT_FOR_A_UNIT] == []
    assert "several-leaders" in told
    assert told <= {rule.slug for rule in catalogue()}


def test_a_note_quotes_the_rule(campaign: Campaign) -> None:
    notes = {note.slug: note for note in guide(campaign)["整改时限"].notes}
    vague = notes["vague-deadline"]
    assert (folded(vague.title), vague.severity, vague.wrong) == ("时限含糊,到期无法核对", Severity.ERROR, "尽快完成")
    assert vague.right in find_rule("vague-deadline").doc["zh"]
    english = {note.slug: note for note in guide(campaign, "en")["Deadline"].notes}
    assert english["vague-deadline"].title == find_rule("vague-deadline").doc["en"].splitlines()[0].rstrip(".")


def test_rules_that_cannot_speak_are_left_out(campaign: Campaign) -> None:
    bare = slugs(Campaign())
    assert {"unknown-unit", "unknown-leader", "deadline-before-issue", "wrong-template"} <= slugs(campaign)
    assert not {"unknown-unit", "unknown-leader", "deadline-before-issue", "wrong-template"} & bare
    assert "missing-leader" in bare


def test_the_campaigns_choice_of_rules_is_followed(campaign: Campaign) -> None:
    chosen = RuleChoice(ignore=("vague-progress", "U"), severity={"overdue": Severity.INFO, "D502": Severity.WARNING})
    told = slugs(replace(campaign, rules=chosen))
    assert not {"vague-progress", "missing-unit", "overdue"} & told
    regraded = guide(replace(campaign, rules=chosen))["整改时限"].notes
    assert {note.slug: note.severity for note in regraded}["vague-deadline"] is Severity.WARNING
    assert slugs(replace(campaign, rules=RuleChoice(select=("L301",)))) == {"missing-leader"}


def test_a_rule_that_does_not_exist_is_an_error(campaign: Campaign) -> None:
    with pytest.raises(RectifyError, match="vague-deadline"):
        guide(replace(campaign, rules=RuleChoice(ignore=("vague-deadlin",))))


def test_columns_say_who_fills_them_in_whether_and_how(campaign: Campaign) -> None:
    told = guide(campaign)
    assert len(campaign.schema.fields) == 29
    assert list(told)[:29] == [known.label["zh"] for known in campaign.schema.fields]
    assert list(told)[29:] == ["所有文字", "整张表"]
    assert (told["责任领导"].owner, told["责任领导"].required) == ("由整改办确定", "必填")
    assert told["问题描述"].required == "问题描述、整改措施至少填一项"
    assert (told["整改进展"].owner, told["整改进展"].required) == ("由填报单位填写", "")
    assert (
        folded(told["整改状态"].how) == "从下拉列表中选择。\n可选:未启动、整改中、已完成、已验收、公示中、已销号、长期坚持、反弹"
    )
    assert told["责任领导"].how == campaign.schema["leader"].hint["zh"]
    ledger = guide(replace(campaign, schema=load_schema("acceptance_ledger")), "en")
    assert ledger["Task"].required == "required"
    assert folded(ledger["Status"].how).startswith("Choose from the list.\nOne of: 整改中、")


def test_tips_speak_of_locked_cells_where_there_are_any(campaign: Campaign) -> None:
    empty = tips(make_template(campaign, made_on=MADE_ON))
    filled = tips(make_template(campaign, made_on=MADE_ON, filled=[OFFICE_ROW]))
    assert "fixed" not in {tip.sample for tip in empty}
    assert {tip.sample for tip in filled} == {"", "office", "unit", "required", "red", "fixed"}
    assert any("没有密码" in tip.text for tip in empty)


def test_hints_are_whole_sentences() -> None:
    for name in ("task_list", "acceptance_ledger"):
        for known in load_schema(name).fields:
            assert set(known.hint) == {"zh", "en"}
            assert known.hint["zh"].endswith("。"), known.key
            assert known.hint["en"].endswith("."), known.key
