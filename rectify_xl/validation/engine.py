"""Runs rules over a Collection: hits -> findings with words, severities and true cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Finding
from rectify_xl.rules import Phrase, Rule, catalogue, check_name, chosen, unknown_rule
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.rule_settings import RuleChoice
    from rectify_xl.collection.collection import Collection
    from rectify_xl.common.findings import Severity
    from rectify_xl.rules import Hit

_LONGEST_SHOWN = 60


def run_rules(collection: Collection, choice: RuleChoice, *, lang: str = "zh") -> tuple[Finding, ...]:
    """All findings of the chosen rules, ordered by file, sheet, row and column.

    A cell that a rule marked ``UNREADABLE`` has reported is left alone by the families after it, and a merged
    cell is reported once per rule.

    Raises:
        RectifyError: the choice names a rule that does not exist.
    """
    levels = _levels(choice)
    closed: dict[tuple[str | None, str | None, str | None], str] = {}
    findings: dict[tuple[Any, ...], Finding] = {}
    for rule, hits in _spoken(collection, choice):
        for hit in hits:
            finding = _finding(collection, rule, hit, levels, lang)
            place = (finding.file, finding.sheet, finding.cell)
            if finding.cell and closed.get(place, rule.code[0]) != rule.code[0]:
                continue
            # A rule on trial must not take the word from the others.
            if finding.cell and rule.unreadable and not rule.preview:
                closed.setdefault(place, rule.code[0])
            once = (rule.slug, *place) if finding.cell else (rule.slug, *place, finding.unit, finding.message)
            findings.setdefault(once, finding)
    return tuple(sorted(findings.values(), key=lambda finding: finding.order))


def _spoken(collection: Collection, choice: RuleChoice) -> Iterator[tuple[Rule, Iterator[Hit]]]:
    """The chosen rules with their hits. Why a file could not be used is told whatever is chosen: it would be lost silently."""
    rejected = [submission for submission in collection.submissions if submission.status == "rejected"]
    paths = {submission.path for submission in rejected}
    reasons = {fault.slug for submission in rejected for fault in submission.faults}
    rules = chosen(choice.select, choice.ignore)
    for rule in catalogue():
        if rule in rules:
            yield rule, rule.check(collection)
        elif rule.slug in reasons:
            yield rule, (hit for hit in rule.check(collection) if hit.file in paths)


def check_choice(choice: RuleChoice) -> None:
    """Load the catalogue and see that it has every rule that is named.

    Raises:
        RectifyError: the choice names a rule that does not exist; the message names its place and the nearest slug.
    """
    for name in (*choice.select, *choice.ignore, *choice.severity):
        check_name(name, choice.places.get(name, ""))
    for silence in choice.silence:
        if not any(silence.rule in (rule.slug, rule.code) for rule in catalogue()):
            raise unknown_rule(silence.rule, silence.where)


def _levels(choice: RuleChoice) -> dict[str, Severity]:
    """Slug -> severity of every rule, as the choice re-grades it."""
    levels = {rule.slug: rule.level for rule in catalogue()}
    for name, severity in choice.severity.items():
        check_name(name)
        for rule in catalogue():
            # A rule in preview is raised by its own name only: D: error must not let a noisy one loose.
            if rule.named(name) and (not rule.preview or name in (rule.slug, rule.code)):
                levels[rule.slug] = severity
    return levels


def _finding(collection: Collection, rule: Rule, hit: Hit, levels: dict[str, Severity], lang: str) -> Finding:
    severity = hit.severity or levels[rule.slug]
    facts: dict[str, Any] = dict(hit.facts)
    sender = collection.unit_of_sheet(hit.file, hit.sheet) if hit.file is not None else None
    where: dict[str, Any] = {"file": hit.file, "sheet": hit.sheet, "cell": hit.cell, "unit": hit.unit or sender}
    if hit.position is not None and hit.field is not None:
        where |= _place(collection, hit.position, hit.field)
        facts.setdefault("value", where["value"])
        # The column as the clerk's own list heads it, so that it is found without a dictionary.
        heading = collection.places[hit.position].table.headings.get(hit.field)
        facts.setdefault("label", heading or collection.campaign.schema[hit.field].label[lang])
    words = {name: _short(fact) for name, fact in facts.items()}
    message = rule.message[lang].format_map(words)
    return Finding(rule.code, rule.slug, severity, message, fix=hit.fix, facts=facts, **where)


def _place(collection: Collection, position: int, field: str) -> dict[str, Any]:
    place = collection.places[position]
    column = place.table.columns.get(field)
    raw = place.task.values.get(field)
    return {
        "file": place.submission.path,
        "sheet": place.table.sheet,
        "cell": place.task.anchors.get(field) or (place.table.cell(place.task, field) if column else None),
        "row": place.task.row,
        "field": field,
        "task_id": collection.task_id(position),
        "value": None if raw is None else shown(raw),
        "unit": collection.unit_of(position) or None,
    }


def _short(fact: Any) -> Any:  # noqa: ANN401 - facts are of any kind
    """Long texts are cut in sentences (never in ``value``), lists are joined."""
    if isinstance(fact, tuple | list | frozenset | set):
        fact = "、".join(map(str, fact))
    if fact is None:
        return ""
    if isinstance(fact, Phrase):
        return fact
    if isinstance(fact, str):
        fact = " ".join(fact.split())
        return fact if len(fact) <= _LONGEST_SHOWN else f"{fact[: _LONGEST_SHOWN - 1]}…"
    return fact
