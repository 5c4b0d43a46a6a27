"""Findings the office has exempted with a reason: set apart from those that count, and shown beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.common.text_keys import number_key
from rectify_xl.rules.selection import chosen

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.campaign.rule_settings import RuleChoice, Silence
    from rectify_xl.collection.collection import Collection
    from rectify_xl.common.findings import Finding


@dataclass(frozen=True, slots=True, repr=False)
class Silenced(ShortRepr):
    """A finding that does not count, and the entry of ``rules.silence`` that says so."""

    finding: Finding
    silence: Silence

    def to_dict(self) -> dict[str, Any]:
        """The finding as any other, with the reason beside it."""
        return {**self.finding.to_dict(), "reason": self.silence.reason, "silence": self.silence.to_dict()}


@dataclass(frozen=True, slots=True, repr=False)
class Idle(ShortRepr):
    """An entry of ``rules.silence`` that silences nothing: it has expired, or there is nothing (left) to silence."""

    silence: Silence
    expired: bool

    def to_dict(self) -> dict[str, Any]:
        """The entry, and whether it is past its last day."""
        return {**self.silence.to_dict(), "expired": self.expired}


@dataclass(frozen=True, slots=True)
class Judged:
    """Findings that count, those that were silenced, and the entries that silenced nothing."""

    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...] = ()
    idle: tuple[Idle, ...] = ()


def set_apart(collection: Collection, findings: tuple[Finding, ...], choice: RuleChoice) -> Judged:
    """Set the silenced findings apart; of several entries that fit a finding the first one's reason is shown.

    An entry can be idle only in a whole collection: a unit that checks its own list does not see the others' entries.
    """
    held = [silence for silence in choice.silence if not _expired(silence, collection.as_of)]
    counting: list[Finding] = []
    silenced: list[Silenced] = []
    met: set[int] = set()
    for finding in findings:
        fitting = [silence for silence in held if _fits(silence, finding)]
        met.update(map(id, fitting))
        if fitting:
            silenced.append(Silenced(finding, fitting[0]))
        else:
            counting.append(finding)
    running = {name for rule in chosen(choice.select, choice.ignore) for name in (rule.slug, rule.code)}
    idle = (
        Idle(silence, _expired(silence, collection.as_of))
        for silence in choice.silence
        if collection.collected and id(silence) not in met and silence.rule in running
    )
    return Judged(tuple(counting), tuple(silenced), tuple(idle))


def _expired(silence: Silence, as_of: date) -> bool:
    return silence.until is not None and silence.until < as_of


def _fits(silence: Silence, finding: Finding) -> bool:
    if silence.rule not in (finding.slug, finding.code):
        return False
    if silence.task and number_key(silence.task) != number_key(finding.task_id or ""):
        return False
    return not silence.unit or finding.unit in silence.units
