"""The rule catalogue as text: one rule with its reasons, examples and options, or all of them in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import SEVERITY_LABELS
from rectify_xl.common.i18n import localise
from rectify_xl.rules import catalogue, find_rule
from rectify_xl.rules.options import written
from rectify_xl.rules.selection import check_choice, options_by_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.rule_settings import RuleChoice
    from rectify_xl.rules import Rule

_FIXES = {
    "safe": {"zh": "可用 --fix 自动改正", "en": "corrected by --fix"},
    "unsafe": {"zh": "可用 --fix --unsafe 自动改正", "en": "corrected by --fix --unsafe"},
}

_ON_TRIAL = {"zh": " · 试行", "en": " · preview"}


def rule_lines(name: str, lang: str = "zh", choice: RuleChoice | None = None) -> Iterator[str]:
    """One rule: code, slug, severity, its documentation and its options, with what ``choice`` sets for them.

    Raises:
        RectifyError: no rule has this name, or ``choice`` names an unknown rule or option.
    """
    rule = find_rule(name)
    severity = rule.level if choice is None else rule.level_under(choice.severity)
    level = SEVERITY_LABELS[severity][lang] + (_ON_TRIAL[lang] if rule.preview else "")
    fix = f" · {_FIXES[rule.fix][lang]}" if rule.fix else ""
    package = localise(lang, f" · 来自规则包 {rule.package}", f" · from {rule.package}") if rule.package else ""
    yield f"{rule.code} {rule.slug} · {level}{fix}{package}"
    yield ""
    yield rule.doc[lang]
    if rule.options:
        yield ""
        yield from _option_lines(rule, lang, choice)


def _option_lines(rule: Rule, lang: str, choice: RuleChoice | None) -> Iterator[str]:
    """The options as campaign.yaml has them, with their meaning and kind."""
    given = {}
    if choice is not None:
        check_choice(choice)
        given = options_by_rule(choice).get(rule.slug, {})
    yield localise(lang, "选项（写在 campaign.yaml 的 rules.options）：", "Options (rules.options in campaign.yaml):")
    for name, option in rule.options.items():
        yield f"    {name}: {written(option.default)}"
        zh, en = f"{option.zh}（{option.kind.zh}）", f"{option.en} ({option.kind.en})"
        yield f"        {localise(lang, zh, en)}"
        if name in given:
            value = written(given[name])
            yield localise(lang, f"        本活动：{value}", f"        this campaign: {value}")


def catalogue_lines(lang: str = "zh") -> Iterator[str]:
    """All rules, one line each."""
    for rule in catalogue():
        level = SEVERITY_LABELS[rule.level][lang]
        yield f"{rule.code}  {rule.slug:<30} {level}  {rule.title(lang)}"
