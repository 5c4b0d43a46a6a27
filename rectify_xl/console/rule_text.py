"""The rule catalogue as text: one rule with its reasons and examples, or all of them in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import SEVERITY_LABELS
from rectify_xl.rules import catalogue, find_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIXES = {
    "safe": {"zh": "可用 --fix 自动改正", "en": "corrected by --fix"},
    "unsafe": {"zh": "可用 --fix --unsafe 自动改正", "en": "corrected by --fix --unsafe"},
}

_ON_TRIAL = {"zh": " · 试行", "en": " · preview"}


def rule_lines(name: str, lang: str = "zh") -> Iterator[str]:
    """One rule: code, slug, severity, and its documentation.

    Raises:
        RectifyError: no rule has this name.
    """
    rule = find_rule(name)
    level = SEVERITY_LABELS[rule.level][lang] + (_ON_TRIAL[lang] if rule.preview else "")
    fix = f" · {_FIXES[rule.fix][lang]}" if rule.fix else ""
    yield f"{rule.code} {rule.slug} · {level}{fix}"
    yield ""
    yield rule.doc[lang]


def catalogue_lines(lang: str = "zh") -> Iterator[str]:
    """All rules, one line each."""
    for rule in catalogue():
        level = SEVERITY_LABELS[rule.level][lang]
        yield f"{rule.code}  {rule.slug:<30} {level}  {rule.title(lang)}"
