"""What an import returns: the facts of the document, its tasks, and everything in doubt, all with their places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from rectify_xl.common.i18n import Text


@dataclass(frozen=True, slots=True, repr=False)
class Place(ShortRepr):
    """Where a text stands.

    Paragraphs are counted from 1 (in a text file they are its lines), pages where there are any. Characters [start, end)
    are of the document's text, in which paragraphs are joined by line breaks and cells by tabs.
    """

    paragraph: int
    start: int
    end: int
    page: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"page": self.page, "paragraph": self.paragraph, "char_start": self.start, "char_end": self.end}


@dataclass(frozen=True, slots=True, repr=False)
class PlanLeader(ShortRepr):
    """A leader with the posts that the plan names."""

    name: str
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Doubt(ShortRepr):
    """Something that somebody should look at.

    Attributes:
        code: what it is, as ``number_gap``.
        severity: ``error`` where tasks or parts of them are missing.
        message: the sentence, with what to do.
        task: the number of the task; empty for the document.
        place: where it is.
        text: the text that it is about.
    """

    code: str
    severity: Severity
    message: Text
    task: str = ""
    place: Place | None = None
    text: str = ""

    def to_dict(self, lang: str = "zh") -> dict[str, Any]:
        """JSON-ready."""
        return {
            "code": self.code, "severity": str(self.severity), "task": self.task, "note": self.message.in_language(lang),
            "text": self.text, "place": self.place.to_dict() if self.place else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Substitution(ShortRepr):
    """A damaged stretch of a copy: what stood there, and what was read instead (None: it could not be restored)."""

    kind: str
    place: Place
    found: str
    replacement: str | None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {"kind": self.kind, **self.place.to_dict(), "found": self.found, "replacement": self.replacement}


@dataclass(frozen=True, slots=True, repr=False)
class PlanTask(ShortRepr):
    """One task of a plan; texts as the (cleaned) document has them.

    Attributes:
        no: its number as the document writes it, with that of its parent issue: 六(一); inferred where ``no_printed`` is false.
        no_norm: the same in digits: 6.1.
        category, category_no: the heading above it.
        sub_heading, title: of a task without a problem.
        parent_no, parent_problem: the issue that it is a part of.
        measures, measure_labels: one by one, and the numbers before them.
        lead_units, coop_units, resp_units: as written, by role; those listed without one are responsible.
        lead_by_measure: (units, numbers of the measures that they lead).
        unit_expansions: shortened name -> the full names it stands for.
        units_text, leaders_text: the whole texts.
        inline_deadlines: dates in the measures of a task without a deadline of its own.
        other: label -> text of what is no field of a task, as 整改完成情况.
        source: the place of the whole task, as line_start, line_end, char_start, char_end.
        places: field -> the place of its first line.
    """

    no: str = ""
    no_norm: str = ""
    no_printed: bool = True
    category: str = ""
    category_no: str = ""
    sub_heading: str = ""
    title: str = ""
    parent_no: str = ""
    parent_problem: str = ""
    problem: str = ""
    target: str = ""
    measures: tuple[str, ...] = ()
    measure_labels: tuple[str, ...] = ()
    leaders: tuple[PlanLeader, ...] = ()
    lead_units: tuple[str, ...] = ()
    coop_units: tuple[str, ...] = ()
    resp_units: tuple[str, ...] = ()
    lead_by_measure: tuple[tuple[tuple[str, ...], tuple[int, ...]], ...] = ()
    unit_expansions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    acceptance_unit: str = ""
    units_text: str = ""
    leaders_text: str = ""
    deadline_text: str = ""
    inline_deadlines: tuple[str, ...] = ()
    other: Mapping[str, str] = field(default_factory=dict)
    source: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    anomalies: tuple[Doubt, ...] = ()

    def to_dict(self, lang: str = "zh") -> dict[str, Any]:
        """JSON-ready."""
        plain = ("no", "no_norm", "no_printed", "category", "category_no", "sub_heading", "title", "parent_no", "parent_problem",
                 "problem", "target", "acceptance_unit", "units_text", "leaders_text", "deadline_text")  # fmt: skip
        lists = ("measures", "measure_labels", "lead_units", "coop_units", "resp_units", "inline_deadlines")
        return {
            **{key: getattr(self, key) for key in plain},
            **{key: list(getattr(self, key)) for key in lists},
            "leaders": [{"name": one.name, "titles": list(one.titles)} for one in self.leaders],
            "lead_by_measure": [{"units": list(units), "measures": list(numbers)} for units, numbers in self.lead_by_measure],
            "unit_expansions": {name: list(full) for name, full in self.unit_expansions.items()},
            "other": dict(self.other),
            "anomalies": [one.to_dict(lang) for one in self.anomalies],
            "source": dict(self.source),
            "sources": {key: place.to_dict() for key, place in self.places.items()},
        }


@dataclass(frozen=True, slots=True, repr=False)
class DeadlineRule(ShortRepr):
    """A rule of the plan's own for deadlines, proposed with the sentence it came from.

    ``kind`` is immediate, long_term or node; ``alternatives`` are other days that the words can mean (6月前: 31 May or 30 June).
    """

    kind: str
    due: str
    sentence: str
    alternatives: tuple[str, ...] = ()
    place: Place | None = None

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        return {
            "kind": self.kind,
            "due": self.due,
            "alternatives": list(self.alternatives),
            "sentence": self.sentence,
            "place": self.place.to_dict() if self.place else None,
        }


@dataclass(frozen=True, slots=True, repr=False)
class PlanFacts(ShortRepr):
    """What the document says of itself; empty where it does not say it."""

    file: str = ""
    format: str = ""
    title: str = ""
    notice_title: str = ""
    list_title: str = ""
    issuer: tuple[str, ...] = ()
    issue_date: str = ""
    issue_date_text: str = ""
    doc_no: str = ""
    inspector: str = ""
    inspection_period_text: str = ""
    feedback_date_text: str = ""
    declared_tasks: int | None = None
    declared_aspects: int | None = None
    declared_text: str = ""
    declared_categories: tuple[tuple[str, str, int], ...] = ()
    attachments: tuple[tuple[str, bool], ...] = ()
    deadline_rules: tuple[DeadlineRule, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready."""
        plain = ("file", "format", "doc_no", "inspector", "inspection_period_text", "feedback_date_text", "issue_date_text")
        optional = ("title", "notice_title", "list_title", "issue_date")
        return {
            **{key: getattr(self, key) for key in plain},
            **{key: getattr(self, key) or None for key in optional},
            "doc_no": self.doc_no or None,
            "issuer": list(self.issuer),
            "declared_counts": {
                "tasks": self.declared_tasks, "aspects": self.declared_aspects,
                "categories": [{"no": no, "name": name, "count": count} for no, name, count in self.declared_categories],
            },
            "attachments": [{"title": title, "present": present} for title, present in self.attachments],
            "deadline_rules": [rule.to_dict() for rule in self.deadline_rules],
        }  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class Plan(ShortRepr):
    """A plan document, read.

    Attributes:
        facts: what the document says of itself.
        tasks: its tasks, in order.
        doubts: what concerns the document as a whole; what concerns a task stands there.
        layout: how its tasks stand there: table, labelled, inline, or empty where there are none.
        substitutions: what of a damaged copy was read otherwise than it stands there.
        original: the document's text before that.
        left_out: what was left out as no part of the document, as the menus of a saved page.
    """

    facts: PlanFacts
    tasks: tuple[PlanTask, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    layout: str = ""
    substitutions: tuple[Substitution, ...] = ()
    original: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def all_doubts(self) -> tuple[Doubt, ...]:
        """Those of the document, then those of the tasks."""
        return (*self.doubts, *(doubt for task in self.tasks for doubt in task.anomalies))

    def dated_by(self, issued: date | None) -> Plan:
        """The plan where the campaign gives the day of issue: that the document does not is nothing to look at any more."""
        if issued is None:
            return self
        return replace(self, doubts=tuple(doubt for doubt in self.doubts if doubt.code != "issue_date_absent"))

    @property
    def has_errors(self) -> bool:
        """Whether tasks, or parts of them, are missing or unreadable."""
        return any(doubt.severity is Severity.ERROR for doubt in self.all_doubts)

    def to_dict(self, lang: str = "zh") -> dict[str, Any]:
        """The plan as JSON-ready data (docs/json-output.md)."""
        numbers = {"tasks": len(self.tasks), "categories": len({task.category for task in self.tasks if task.category})}
        return {
            "version": 1,
            "doc": {
                **self.facts.to_dict(),
                "found_counts": numbers,
                "layout": self.layout or None,
                "anomalies": [doubt.to_dict(lang) for doubt in self.doubts],
            },
            "tasks": [task.to_dict(lang) for task in self.tasks],
            "substitutions": [one.to_dict() for one in self.substitutions],
            "original": self.original if self.substitutions else None,
        }
