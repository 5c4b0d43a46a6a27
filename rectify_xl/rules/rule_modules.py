"""Rule modules -> rules: what a module has to declare, and in which words it is refused."""

from __future__ import annotations

import inspect
import re
import string
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from rectify_xl.common.findings import Severity
from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.rules.field_selectors import FieldSelector
from rectify_xl.rules.options import Option
from rectify_xl.rules.rule import SECTIONS, Rule, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from rectify_xl.campaign.settings import Campaign

_LANGUAGES = frozenset({"zh", "en"})
_SLUG = LazyPattern(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class RuleModuleError(Exception):
    """A module is no rule; ``reason`` says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.reason = Text(zh, en)


def load_rule(module: ModuleType, package: str = "") -> Rule:
    """The rule that a module is; ``package`` is the installed package it comes with, empty for our own.

    Raises:
        RuleModuleError: something that a rule declares is missing or of another kind.
    """
    declared = vars(module)
    for name, good in _DECLARATIONS.items():
        if name in declared and not good(declared[name]):
            raise RuleModuleError(f"{name} 的写法不对", f"{name} is not what a rule declares there")
    missing = [name for name in _REQUIRED if name not in declared]
    if missing:
        raise RuleModuleError(f"缺少 {'、'.join(missing)}", f"{', '.join(missing)} is missing")
    rule = Rule(
        slug=module.__name__.rpartition(".")[2].replace("_", "-"),
        code=declared["CODE"],
        severity=declared["SEVERITY"],
        message=declared["MESSAGE"],
        doc={"zh": declared["ZH"].strip(), "en": (module.__doc__ or "").strip()},
        check=declared["check"],
        applies=declared.get("applies", _always),
        fields=declared["FIELDS"],
        options=declared.get("OPTIONS", {}),
        scope=declared.get("SCOPE", "list"),
        fix=declared.get("FIX", ""),
        unreadable=declared.get("UNREADABLE", False),
        preview=declared.get("PREVIEW", False),
        package=package,
    )
    for problem in _problems(rule):
        raise RuleModuleError(*problem)
    return rule


def _always(_campaign: Campaign) -> bool:
    return True


def _is_message(value: object) -> bool:
    return isinstance(value, Mapping) and set(value) == _LANGUAGES and all(isinstance(text, str) for text in value.values())


def _are_options(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(option, Option) for option in value.values())


_REQUIRED = ("CODE", "SEVERITY", "MESSAGE", "ZH", "FIELDS", "check")
_DECLARATIONS: Mapping[str, Any] = {
    "CODE": lambda value: isinstance(value, str),
    "SEVERITY": lambda value: isinstance(value, Severity),
    "MESSAGE": _is_message,
    "ZH": lambda value: isinstance(value, str),
    "FIELDS": lambda value: isinstance(value, FieldSelector),
    "OPTIONS": _are_options,
    "SCOPE": lambda value: value in get_args(Scope),
    "FIX": lambda value: value in ("safe", "unsafe"),
    "UNREADABLE": lambda value: isinstance(value, bool),
    "PREVIEW": lambda value: isinstance(value, bool),
    "check": callable,
    "applies": callable,
}


def _problems(rule: Rule) -> Iterator[tuple[str, str]]:
    """What a rule contradicts itself in, in both languages."""
    letters = "[A-Z]{2,4}" if rule.package else "[A-Z]"
    if not re.fullmatch(rf"{letters}[0-9]{{3}}", rule.code):
        zh, en = ("两到四个大写字母", "two to four capital letters") if rule.package else ("一个大写字母", "a capital letter")
        yield f"CODE“{rule.code}”应为{zh}加三位数字", f"CODE {rule.code!r} is not {en} and three digits"
    if not _SLUG.fullmatch(rule.slug):
        yield f"文件名“{rule.slug}”应为小写英文单词，用下划线连接", f"the module's name {rule.slug!r} is not lower-case words"
    for lang, headings in SECTIONS.items():
        try:
            rule.documentation(lang)
        except ValueError:
            where = ("ZH", "ZH") if lang == "zh" else ("模块说明（docstring）", "the docstring")
            parts = "、".join(heading.rstrip("：:") for heading in headings)
            yield f"{where[0]} 应有标题和四个部分：{parts}", f"{where[1]} needs a title and the parts {parts}"
    for text in rule.message.values():
        try:
            list(string.Formatter().parse(text))
        except ValueError:
            yield "MESSAGE 的花括号不成对", "MESSAGE has unbalanced braces"
    _, *keywords = inspect.signature(rule.check).parameters.values() or (None,)
    if sorted(parameter.name for parameter in keywords) != sorted(rule.options):
        yield (
            f"check 的关键字参数应与 OPTIONS 一致（{'、'.join(rule.options) or '没有选项'}）",
            f"the keyword parameters of check differ from OPTIONS ({', '.join(rule.options) or 'none'})",
        )
