"""The registry of rules: every module of a family's folder, loaded once, in the order in which the rules run."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import NO_TEXT, Text
from rectify_xl.common.nearest import nearest
from rectify_xl.rules.plugins import broken, plugin_rules, rule_modules
from rectify_xl.rules.rule_modules import RuleModuleError, load_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.rules.rule import Rule


@cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule, in the order in which they run.

    Raises:
        RectifyError: an installed package of rules cannot be used.
    """
    rules = sorted(_own_rules(), key=lambda rule: rule.order)
    for rule in plugin_rules():
        for other in rules:
            if rule.slug == other.slug or rule.code == other.code:
                raise _collision(rule, other)
        rules.append(rule)
    return tuple(sorted(rules, key=lambda rule: rule.order))


def _own_rules() -> Iterator[Rule]:
    """The rules of this package; a module beside the families' folders is none."""
    package = import_module("rectify_xl.rules")
    for family in pkgutil.iter_modules(package.__path__, "rectify_xl.rules."):
        if family.ispkg:
            for module in rule_modules(import_module(family.name)):
                try:
                    yield load_rule(module)
                except RuleModuleError as error:
                    raise RectifyError(
                        f"{module.__name__}：{error.reason.zh}", f"{module.__name__}: {error.reason.en}"
                    ) from error


def _collision(rule: Rule, other: Rule) -> RectifyError:
    what, owner = (rule.slug, "slug") if rule.slug == other.slug else (rule.code, "code")
    theirs = other.package or "rectify_xl"
    return broken(
        rule.package,
        f"规则{'名' if owner == 'slug' else '编号'} {what} 与 {theirs} 的规则 {other.code} {other.slug} 重复",
        f"its {owner} {what} is taken by the rule {other.code} {other.slug} of {theirs}",
    )


def find_rule(name: str, place: Text = NO_TEXT) -> Rule:
    """The rule with this code or slug; ``place`` is where in campaign.yaml the name stands.

    Raises:
        RectifyError: there is none; the message names the nearest slug.
    """
    for rule in catalogue():
        if name in (rule.slug, rule.code) or name.upper() == rule.code:
            return rule
    raise unknown_rule(name, place)


def unknown_rule(name: str, place: Text = NO_TEXT) -> RectifyError:
    """The error that no rule has this name; ``place`` is where in campaign.yaml it stands."""
    near = nearest(name, (rule.slug for rule in catalogue()))
    zh, en = (f"{place.zh}：", f"{place.en}: ") if place else ("", "")
    return RectifyError(
        f"{zh}没有名为 {name} 的规则{near.zh}；运行 rectify-xl explain 查看全部规则",
        f"{en}there is no rule {name}{near.en}; rectify-xl explain lists all rules",
    )
