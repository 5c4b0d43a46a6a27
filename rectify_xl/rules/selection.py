"""``rules:`` of a campaign against the catalogue: which rules run, with which options; unknown names are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import NO_TEXT, Text
from rectify_xl.common.nearest import nearest
from rectify_xl.rules.registry import catalogue, find_rule, unknown_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.campaign.rule_settings import RuleChoice
    from rectify_xl.rules.options import Option, OptionValue
    from rectify_xl.rules.rule import Rule


def check_name(name: str, place: Text = NO_TEXT) -> None:
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


def check_choice(choice: RuleChoice) -> None:
    """Load the catalogue and see that it has every rule and option that is named.

    Raises:
        RectifyError: it has not, or an option has a value of the wrong kind; the message names the place and the nearest name.
    """
    for name in (*choice.select, *choice.ignore, *choice.severity):
        check_name(name, choice.places.get(name, NO_TEXT))
    for silence in choice.silence:
        if not any(silence.rule in (rule.slug, rule.code) for rule in catalogue()):
            raise unknown_rule(silence.rule, silence.where)
    options_by_rule(choice)


def options_by_rule(choice: RuleChoice) -> dict[str, dict[str, OptionValue]]:
    """Slug -> the options that the campaign sets for that rule, by name.

    Raises:
        RectifyError: see :func:`check_choice`.
    """
    found: dict[str, dict[str, OptionValue]] = {}
    for name, given in choice.options.items():
        place = choice.places.get(f"options.{name}", NO_TEXT)
        rule = find_rule(name, place)
        if rule.slug in found:
            raise _error(place, f"规则 {rule.slug} 的选项写了两次", f"the options of {rule.slug} stand twice")
        found[rule.slug] = {
            key: _value(rule, key, value, choice.places.get(f"options.{name}.{key}", place)) for key, value in given.items()
        }
    return found


def options_of(rule: Rule, given: Mapping[str, OptionValue] | None = None) -> dict[str, OptionValue]:
    """All options of a rule: the given ones, the others by their defaults."""
    return {name: option.default for name, option in rule.options.items()} | dict(given or {})


def _value(rule: Rule, name: str, given: Any, place: Text) -> OptionValue:  # noqa: ANN401 - whatever stands there
    option = rule.options.get(name)
    if option is None:
        raise _unknown_option(rule, name, place)
    try:
        return option.read(given)
    except (TypeError, ValueError) as error:
        raise _wrong_value(name, option, given, place) from error


def _unknown_option(rule: Rule, name: str, place: Text) -> RectifyError:
    if not rule.options:
        return _error(place, f"规则 {rule.slug} 没有选项", f"the rule {rule.slug} has no options")
    known, near = list(rule.options), nearest(name, rule.options)
    return _error(
        place,
        f"规则 {rule.slug} 没有选项 {name}{near.zh}；可用：{'、'.join(known)}",
        f"the rule {rule.slug} has no option {name}{near.en}; it has {', '.join(known)}",
    )


def _wrong_value(name: str, option: Option, given: object, place: Text) -> RectifyError:
    zh, en = option.kind
    return _error(place, f"{name} 应为{zh}，写的是“{given}”", f"{name} must be {en}, not {given!r}")


def _error(place: Text, zh: str, en: str) -> RectifyError:
    return RectifyError(f"{place.zh}：{zh}", f"{place.en}: {en}") if place else RectifyError(zh, en)
