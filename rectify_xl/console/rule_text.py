"""The rule catalogue as text: one rule with its reasons, examples and options, or all of them in a table."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import SEVERITY_LABELS
from rectify_xl.common.i18n import Text, localise
from rectify_xl.common.nearest import suggestion
from rectify_xl.rules import catalogue, find_rule
from rectify_xl.rules.options import written
from rectify_xl.rules.registry import unknown_rule
from rectify_xl.rules.selection import check_choice, options_by_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rectify_xl.campaign.rule_settings import RuleChoice
    from rectify_xl.rules import Rule

_FIXES = {
    "safe": Text("可用 --fix 自动改正", "corrected by --fix"),
    "unsafe": Text("可用 --fix --unsafe 自动改正", "corrected by --fix --unsafe"),
}
_PREVIEW = Text(" · 试行", " · preview")


def search_lines(words: str, lang: str, choice: RuleChoice | None = None) -> Iterator[str]:
    """The rule that ``words`` name, or the rules in whose title or text they stand.

    Raises:
        RectifyError: there is none; the message names the nearest.
    """
    found = find_rules(words)
    if len(found) == 1:
        yield from rule_lines(found[0].slug, lang, choice)
        return
    yield localise(
        lang, f"与“{words}”有关的规则有 {len(found)} 条；写规则名查看其中一条，例如 rectify-xl explain {found[0].slug}",
        f"{len(found)} rules have to do with “{words}”; name one to read it, as in rectify-xl explain {found[0].slug}",
    )  # fmt: skip
    yield ""
    yield from _list_lines(found, lang)


def find_rules(words: str) -> list[Rule]:
    """The rules that a slug, a code or its beginning names, else those that hold all the words, titles before texts.

    Raises:
        RectifyError: there is none; the message names the nearest.
    """
    wanted = words.strip()
    named = [rule for rule in catalogue() if rule.named(wanted)]
    if named:
        return named
    keys = list(map(_key, wanted.split()))
    headed = [rule for rule in catalogue() if keys and all(key in _key(_heading(rule)) for key in keys)]
    texts = [rule for rule in catalogue() if keys and rule not in headed and all(key in _key(_text(rule)) for key in keys)]
    if not headed + texts:
        raise _no_rule(wanted)
    return headed + texts


def _heading(rule: Rule) -> str:
    return f"{rule.slug} {rule.title('zh')} {rule.title('en')}"


def _text(rule: Rule) -> str:
    return f"{_heading(rule)} {rule.doc['zh']} {rule.doc['en']}"


def _key(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _no_rule(wanted: str) -> RectifyError:
    """The error that nothing was found; a title that shares most of a word is the nearest."""
    shared = [SequenceMatcher(None, wanted, rule.title("zh")).find_longest_match().size for rule in catalogue()]
    most = max(shared)
    best = catalogue()[shared.index(most)]
    if wanted.isascii() or most * 2 < len(wanted):
        return unknown_rule(wanted)
    near = suggestion(f"{best.slug}：{best.title('zh')}")
    return RectifyError(
        f"没有与“{wanted}”有关的规则{near.zh}；运行 rectify-xl explain 查看全部规则",
        f"no rule has to do with “{wanted}”{near.en}; rectify-xl explain lists all rules",
    )


def rule_lines(name: str, lang: str = "zh", choice: RuleChoice | None = None) -> Iterator[str]:
    """One rule: code, slug, severity, its documentation and its options, with what ``choice`` sets for them.

    Raises:
        RectifyError: no rule has this name, or ``choice`` names an unknown rule or option.
    """
    rule = find_rule(name)
    severity = rule.level if choice is None else rule.level_under(choice.severity)
    level = SEVERITY_LABELS[severity][lang] + (_PREVIEW.in_language(lang) if rule.preview else "")
    fix = f" · {_FIXES[rule.fix].in_language(lang)}" if rule.fix else ""
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
    return _list_lines(catalogue(), lang)


def _list_lines(rules: Iterable[Rule], lang: str) -> Iterator[str]:
    for rule in rules:
        level = SEVERITY_LABELS[rule.level][lang]
        yield f"{rule.code}  {rule.slug:<30} {level}  {rule.title(lang)}"
