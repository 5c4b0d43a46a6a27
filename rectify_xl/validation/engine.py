"""Runs rules over a Collection: hits -> findings with words, severities and true cells."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.absence import earlier_rounds
from rectify_xl.collection.untouched import is_as_dispatched, untouched_files, untouched_rows
from rectify_xl.common.addresses import from_a1
from rectify_xl.common.findings import Finding
from rectify_xl.common.i18n import Text
from rectify_xl.rules import Phrase, Rule, catalogue
from rectify_xl.rules.plugins import broken
from rectify_xl.rules.selection import check_name, chosen, options_by_rule, options_of
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks import is_the_leads
from rectify_xl.workers.beside import beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from rectify_xl.campaign.rule_settings import RuleChoice
    from rectify_xl.collection.collection import Collection
    from rectify_xl.common.findings import Severity
    from rectify_xl.rules import Hit

_LONGEST_SHOWN = 60
_MANY = 2_000  # rows from which a second process is worth its start
_OF_CELLS = frozenset("SVLUD")  # families whose rules need no tasks joined


def run_rules(collection: Collection, choice: RuleChoice, *, lang: str = "zh") -> tuple[Finding, ...]:
    """All findings of the chosen rules, ordered by file, sheet, row and column.

    A cell that a rule marked ``UNREADABLE`` has reported is left alone by the families after it, and a merged
    cell is reported once per rule.

    Raises:
        RectifyError: the choice names a rule or an option that does not exist, or a rule of another package fails.
    """
    for name in choice.severity:
        check_name(name)
    unreadable: dict[tuple[str | None, str | None, str | None], str] = {}
    findings: dict[tuple[Any, ...], Finding] = {}
    for rule, finding in _findings(collection, choice, lang):
        place = (finding.file, finding.sheet, finding.cell)
        if finding.cell and unreadable.get(place, rule.family) != rule.family:
            continue
        # A rule on trial must not keep the others silent.
        if finding.cell and rule.unreadable and not rule.preview:
            unreadable.setdefault(place, rule.family)
        identity = (rule.slug, *place) if finding.cell else (rule.slug, *place, finding.unit, finding.message)
        findings.setdefault(identity, finding)
    return tuple(sorted(findings.values(), key=lambda finding: finding.order))


def _findings(collection: Collection, choice: RuleChoice, lang: str) -> Iterator[tuple[Rule, Finding]]:
    """Every hit of the rules that run, with words, in the order of the catalogue.

    With many rows, half of the rules judge in a copy of this process: those that look at cells, while this one compares tasks, as
    what is made of the tasks needs them too: 0.2 to 0.4 of 6 s of a merge of 200 lists in order, 1.2 of 10 s of messy ones.
    """
    running = tuple(_running(collection, choice))
    is_long = len(collection.places) >= _MANY
    aside = {rule.slug for rule, _ in running if is_long and not rule.package and _is_aside(rule, collection)}
    judge = _Judge(collection, choice, lang)
    with beside(lambda: judge.all_of(running, aside)) if aside else nullcontext(dict) as found_aside:
        found = judge.all_of(running, {rule.slug for rule, _ in running} - aside)
        found |= found_aside()
    for rule, _ in running:
        for finding in found[rule.slug]:
            yield rule, finding


def _is_aside(rule: Rule, collection: Collection) -> bool:
    """Whether a copy of this process judges by a rule, which has enough to do with the comparison where there is a base."""
    if rule.family in _OF_CELLS:
        return True
    return collection.base is not None and not rule.compares


class _Judge:
    """Rules at work on one collection."""

    def __init__(self, collection: Collection, choice: RuleChoice, lang: str) -> None:
        self._collection, self._choice, self._lang = collection, choice, lang
        self._options = options_by_rule(choice)
        self._untouched, self._unopened = untouched_rows(collection), untouched_files(collection)
        self._earlier = earlier_rounds(collection)

    def all_of(self, running: Iterable[tuple[Rule, Callable[[Hit], bool]]], slugs: AbstractSet[str]) -> dict[str, list[Finding]]:
        """Rule -> its findings, in its own order, of those among ``running`` that are named."""
        return {rule.slug: list(self._findings(rule, accepts)) for rule, accepts in running if rule.slug in slugs}

    def _findings(self, rule: Rule, accepts: Callable[[Hit], bool]) -> Iterator[Finding]:
        """Every hit of a rule, with words. A failure of another package's rule is reported with its name."""
        collection = self._collection
        level = rule.level_under(self._choice.severity)
        try:
            for hit in rule.hits(collection, options_of(rule, self._options.get(rule.slug))):
                if hit.position in self._untouched and _is_premature(collection, rule, hit.position, self._unopened):
                    continue
                if hit.position is not None and collection.places[hit.position].submission.path in self._earlier:
                    continue  # it was reported in that round
                if hit.position is not None and hit.field and is_the_leads(collection, hit.position, hit.field):
                    continue  # it is reported to the lead
                if rule.family in _OF_CELLS and _is_the_offices(collection, hit):
                    continue  # the unit cannot mend it; 缺责任领导, 时限不明 and the like tell the office of its ledger
                if accepts(hit):
                    yield _finding(collection, rule, hit, level, self._lang)
        except Exception as error:
            if not rule.package:
                raise
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            raise broken(
                rule.package, f"规则 {rule.slug} 运行出错（{reason}）", f"its rule {rule.slug} fails ({reason})"
            ) from error


def _is_the_offices(collection: Collection, hit: Hit) -> bool:
    """Whether a finding is about what the office itself has sent out, in a cell that units do not fill in."""
    schema, position, key = collection.campaign.schema, hit.position, hit.field
    if position is None or key is None or key not in schema or schema[key].owner != "office":
        return False
    return collection.values(key)[position] is not None and is_as_dispatched(collection, position, key)


def _is_premature(collection: Collection, rule: Rule, position: int | None, unopened: Mapping[str, str]) -> bool:
    """Whether a finding is about a dispatched row that nobody has filled in: what stands there is what the unit was sent.

    That it is not filled in is said: of a row by empty-progress, of a whole file by empty-submission.
    """
    return rule.slug != "empty-progress" or (position is not None and collection.places[position].submission.path in unopened)


def _running(collection: Collection, choice: RuleChoice) -> Iterator[tuple[Rule, Callable[[Hit], bool]]]:
    """The chosen rules, and which of their hits count.

    Why a file was rejected is reported whatever is chosen: it would be lost in silence.
    """
    rejected = [submission for submission in collection.submissions if submission.status == "rejected"]
    paths = {submission.path for submission in rejected}
    reasons = {fault.slug for submission in rejected for fault in submission.faults}
    rules = chosen(choice.select, choice.ignore)
    for rule in catalogue():
        if rule in rules:
            yield rule, lambda _: True
        elif rule.slug in reasons:
            yield rule, lambda hit: hit.file in paths


def _finding(collection: Collection, rule: Rule, hit: Hit, level: Severity, lang: str) -> Finding:
    severity = hit.severity or level
    facts: dict[str, Any] = dict(hit.facts)
    sender = collection.unit_of_sheet(hit.file, hit.sheet) if hit.file is not None else None
    where: dict[str, Any] = {"file": hit.file, "sheet": hit.sheet, "cell": hit.cell, "unit": hit.unit or sender}
    if hit.task_id is not None:
        where |= {"field": hit.field, "task_id": hit.task_id}
        if hit.field is not None and hit.field in collection.campaign.schema:
            facts.setdefault("label", collection.campaign.schema[hit.field].label[lang])
    if hit.position is not None and hit.field is not None:
        where |= _place(collection, hit.position, hit.field)
        facts.setdefault("value", where["value"])
        # The column as the clerk's own list heads it, so that it is found without a dictionary.
        heading = collection.places[hit.position].table.headings.get(hit.field)
        facts.setdefault("label", heading or collection.campaign.schema[hit.field].label[lang])
    words = {name: _short(fact, lang) for name, fact in facts.items()}
    message = rule.message[lang].format_map(words)
    return Finding(rule.code, rule.slug, severity, message, fix=hit.fix, facts=facts, **where)


def _place(collection: Collection, position: int, field: str) -> dict[str, Any]:
    place = collection.places[position]
    table, task = place.table, place.task
    raw = task.values.get(field)
    sheet = table.sheet_of(task, field)
    cell = table.cell(task, field) if field in task.anchors or field in table.columns else None
    return {
        "file": place.submission.path,
        "sheet": sheet,
        "cell": cell,
        "row": from_a1(cell)[0] if cell and sheet != table.sheet else task.row,
        "field": field,
        "task_id": collection.task_id(position),
        "value": None if raw is None else shown(raw),
        "unit": collection.unit_of(position) or None,
    }


def _short(fact: Any, lang: str) -> Any:  # noqa: ANN401 - facts are of any kind
    """Long texts are cut in sentences (never in ``value``), lists are joined."""
    if isinstance(fact, Text):
        return fact.in_language(lang)
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
