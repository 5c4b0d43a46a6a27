"""A rule's own documentation as the instructions of a template quote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.rules import Rule

_WRONG = {"zh": "错例", "en": "Wrong"}
_RIGHT = {"zh": "正例", "en": "Right"}
_COLONS = ":\uff1a"
# Rules that say nothing unless the campaign gives what they compare with.
_NEEDS: dict[str, Callable[[Campaign], object]] = {
    "unknown-unit": lambda campaign: campaign.units,
    "former-unit-name": lambda campaign: campaign.units,
    "alias-unit-name": lambda campaign: campaign.units,
    "unknown-leader": lambda campaign: campaign.leaders,
    "deadline-off-node": lambda campaign: campaign.deadlines.nodes,
    "deadline-before-issue": lambda campaign: campaign.issued,
    "completed-before-issue": lambda campaign: campaign.issued,
    "wrong-template": lambda campaign: campaign.name or campaign.round_id,
}


@dataclass(frozen=True, slots=True)
class Note:
    """What one rule will report: its title, how much it weighs, a wrong and a right example."""

    slug: str
    title: str
    severity: Severity
    wrong: str
    right: str


def can_speak(rule: Rule, campaign: Campaign) -> bool:
    """Whether the campaign gives the rule what it needs."""
    return rule.slug not in _NEEDS or bool(_NEEDS[rule.slug](campaign))


def note_of(rule: Rule, campaign: Campaign, lang: str) -> Note:
    """The note of one rule, with the severity that the campaign gives it."""
    title, *lines = rule.doc[lang].splitlines()
    parts: dict[str, list[str]] = {}
    for line in lines:
        if line and not line.startswith(" "):
            parts[line.strip().rstrip(_COLONS)] = []
        elif line.strip():
            parts[next(reversed(parts))].append(line.strip())
    wrong, right = ("\n".join(parts[heading[lang]]) for heading in (_WRONG, _RIGHT))
    return Note(rule.slug, title.rstrip("。."), _severity(rule, campaign), wrong, right)


def _severity(rule: Rule, campaign: Campaign) -> Severity:
    level = rule.level
    for name, given in campaign.rules.severity.items():
        if rule.named(name) and (not rule.preview or name in (rule.slug, rule.code)):
            level = given
    return level


def notes(rules: Iterator[Rule], campaign: Campaign, lang: str) -> tuple[Note, ...]:
    """The notes of the rules that will speak to a unit as errors or warnings; remarks for the office are left out."""
    found = (note_of(rule, campaign, lang) for rule in rules if can_speak(rule, campaign))
    return tuple(note for note in found if note.severity is not Severity.INFO)
