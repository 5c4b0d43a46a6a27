"""The registry of rules: every module of a family's folder, loaded once, in the order in which the rules run."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.nearest import nearest
from rectify_xl.rules.rule import Rule, load_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType


@cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule, in the order in which they run."""
    package = import_module("rectify_xl.rules")
    families = (found.name for found in pkgutil.iter_modules(package.__path__, "rectify_xl.rules.") if found.ispkg)
    rules = [load_rule(module) for family in families for module in _modules(import_module(family))]
    return tuple(sorted(rules, key=lambda rule: rule.order))


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    """The modules of a package, loaded."""
    return (import_module(found.name) for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."))


def find_rule(name: str) -> Rule:
    """The rule with this code or slug.

    Raises:
        RectifyError: there is none; the message names the nearest slug.
    """
    for rule in catalogue():
        if name in (rule.slug, rule.code) or name.upper() == rule.code:
            return rule
    raise unknown_rule(name)


def unknown_rule(name: str, place: str = "") -> RectifyError:
    """The error that no rule has this name; ``place`` is where in campaign.yaml it stands."""
    where = f"{place}：" if place else ""
    near = nearest(name, (rule.slug for rule in catalogue()))
    return RectifyError(f"{where}没有名为 {name} 的规则{near}；运行 rectify-xl explain 查看全部规则")


def check_name(name: str, place: str = "") -> None:
    """See that ``name`` is a rule's slug, its code or the beginning of a code.

    Raises:
        RectifyError: it is none of these; the message names the nearest slug.
    """
    if not any(rule.named(name) for rule in catalogue()):
        raise unknown_rule(name, place)


def chosen(select: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules left after ``select`` (all when empty) and ``ignore``.

    Raises:
        RectifyError: a name matches no rule; the message names the nearest slug.
    """
    select, ignore = tuple(select), tuple(ignore)
    for name in (*select, *ignore):
        check_name(name)
    return tuple(
        rule
        for rule in catalogue()
        if (not select or any(rule.named(name) for name in select)) and not any(rule.named(name) for name in ignore)
    )
