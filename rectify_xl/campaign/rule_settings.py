"""``rules:`` of campaign.yaml - which rules speak, how loud, and where the office keeps one silent and why."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import Severity
from rectify_xl.common.i18n import NO_TEXT, Text
from rectify_xl.common.nearest import nearest, suggestion
from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from rectify_xl.campaign.yaml_nodes import Node
    from rectify_xl.language.units import Roster


@dataclass(frozen=True, slots=True, repr=False)
class Silence(ShortRepr):
    """One entry of ``rules.silence``: the findings of ``rule`` at ``unit``, at ``task`` or at both do not count.

    ``units`` are the roster's names that ``unit`` stands for; ``until`` is the last day on which the entry holds;
    ``where`` is its place in campaign.yaml.
    """

    rule: str
    reason: str
    unit: str = ""
    task: str = ""
    until: date | None = None
    units: tuple[str, ...] = ()
    where: Text = field(default=NO_TEXT, compare=False)

    def to_dict(self) -> dict[str, str | None]:
        """As it is written in campaign.yaml, JSON-ready."""
        until = self.until.isoformat() if self.until else None
        return {"rule": self.rule, "unit": self.unit or None, "task": self.task or None, "reason": self.reason, "until": until}


@dataclass(frozen=True, slots=True, repr=False)
class RuleChoice(ShortRepr):
    """``select``, ``ignore`` and ``severity`` name rules by slug, code or the beginning of a code.

    ``options`` are the options of rules by slug or code, as they are written; ``places`` says where in campaign.yaml a name
    stands, for the message when no rule has it.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    silence: tuple[Silence, ...] = ()
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    places: Mapping[str, Text] = field(default_factory=dict, compare=False)

    @property
    def names_rules(self) -> bool:
        """Whether any rule is named, that might not exist."""
        return any((self.select, self.ignore, self.severity, self.silence, self.options))


def read_rules(node: Node) -> RuleChoice:
    """The section as it is written. Whether the rules exist is seen by those who know the rules."""
    table = node.table({"select", "ignore", "severity", "silence", "options"})
    named = {key: table[key].items() for key in ("select", "ignore") if key in table}
    names = {key: tuple(item.text() for item in items) for key, items in named.items()}
    levels = table["severity"].table(None) if "severity" in table else {}
    severity = {key: Severity(item.one_of(tuple(map(str, Severity)))) for key, item in levels.items()}
    places = {key: item.place for key, item in levels.items()}
    places |= {item.text(): item.place for items in named.values() for item in items}
    silences = tuple(map(_silence, table["silence"].items())) if "silence" in table else ()
    sections = table["options"].table(None) if "options" in table else {}
    options = {name: node.table(None) for name, node in sections.items()}
    places |= {f"options.{name}": node.place for name, node in sections.items()}
    places |= {f"options.{name}.{key}": node.place for name, given in options.items() for key, node in given.items()}
    values = {name: {key: node.value() for key, node in given.items()} for name, given in options.items()}
    return RuleChoice(names.get("select", ()), names.get("ignore", ()), severity, silences, values, places)


_NEEDED = {
    "rule": Text("规则名", "the rule's name"),
    "reason": Text("理由；理由会写进报告", "the reason, which the report will name"),
}


def _silence(node: Node) -> Silence:
    table = node.table({"rule", "unit", "task", "reason", "until"})
    given: dict[str, str] = {key: item.text() for key, item in table.items() if key != "until"}
    for key, what in _NEEDED.items():
        if not given.get(key):
            raise node.error(f"缺少 {key}，请写明{what.zh}", f"{key} is missing; write {what.en}")
    unit, task = given.get("unit", ""), given.get("task", "")
    if not unit and not task:
        raise node.error(
            "请写明 unit（单位）或 task（任务编号）；整个活动都不查的规则写在 rules.ignore",
            "write unit or task; a rule that is not wanted at all belongs into rules.ignore",
        )
    until = table["until"].date() if "until" in table else None
    return Silence(given["rule"], given["reason"], unit, task, until, (unit,) if unit else (), node.place)


def with_roster(choice: RuleChoice, roster: Roster, on: date | None) -> RuleChoice:
    """The choice with the units of its silences as the roster names them; a collective stands for its members.

    Raises:
        RectifyError: the roster has no such unit; the message names the place and the nearest unit.
    """
    return replace(choice, silence=tuple(_known(silence, roster, on) for silence in choice.silence))


def _known(silence: Silence, roster: Roster, on: date | None) -> Silence:
    if not silence.unit:
        return silence
    match = roster.match(silence.unit, on=on)
    found = (match.unit,) if match.unit else match.members
    if not found:
        names = (unit.name for unit in roster.units)
        near = suggestion(match.suggestion.name) if match.suggestion else nearest(silence.unit, names)
        raise RectifyError(
            f"{silence.where.zh}：单位名册中没有“{silence.unit}”{near.zh}；请写名册中的名称",
            f"{silence.where.en}: the roster has no unit “{silence.unit}”{near.en}; write a name of the roster",
        )
    # A file that speaks for 各县区 as a whole goes by that name.
    return replace(silence, units=tuple(dict.fromkeys((silence.unit, *(unit.name for unit in found)))))
