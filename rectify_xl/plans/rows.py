"""Drafts -> tasks: numbers, measures, units, leaders, deadlines, and what is in doubt about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.deadline import parse_deadline
from rectify_xl.language.leaders import parse_leaders
from rectify_xl.language.text import clean_text
from rectify_xl.plans.doubt_words import make_doubt
from rectify_xl.plans.labels import UNIT_FIELDS
from rectify_xl.plans.measures import split_measures
from rectify_xl.plans.model import Doubt, Place, PlanLeader, PlanTask
from rectify_xl.plans.numbering import number_of
from rectify_xl.plans.units import UnitRoles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rectify_xl.plans.document import Document, Value
    from rectify_xl.plans.draft import Draft

_WITHOUT = frozenset({"", "/", "—", "-", "——", "无"})
# Fields as a task has them.
_NAMES = {
    "lead": "lead_units", "responsible": "resp_units", "cooperating": "coop_units", "acceptance": "acceptance_unit",
    "deadline": "deadline_text",
}  # fmt: skip
_LONGEST_NUMBER = 24
_SENTENCE_END = LazyPattern(r"[。；;]")
_LOST_YEAR = LazyPattern(r"(?:^|[。；;,，])(?P<a>底前|底[^部下层板盘座料数气面]|[^\d年]?年至[，,])|(?P<b>\d{4}年至[，,])")
_DATE_INSIDE = LazyPattern(r"到?\d{4}年(?:\d{1,2}月)?(?:底|末)?(?:前|起)?|到?20\d\d年")


def make_tasks(drafts: Sequence[Draft], document: Document) -> tuple[PlanTask, ...]:
    """The tasks of drafts, in order."""
    inferred = _inferred(drafts)
    usual = _usual(drafts)
    return tuple(_task(draft, inferred.get(at, ""), usual, document) for at, draft in enumerate(drafts))


def _inferred(drafts: Sequence[Draft]) -> dict[int, str]:
    """Position -> the number that the neighbours leave for a task that prints none."""
    values = [None if draft.path else number_of(_bare(draft.number)) for draft in drafts]
    if not any(draft.number for draft in drafts):
        return {at: str(at + 1) for at in range(len(drafts))}
    found: dict[int, str] = {}
    for at, draft in enumerate(drafts):
        if draft.number:
            continue
        above = values[at - 1] if at else 0
        below = next((value for value in values[at + 1 :] if value is not None), None)
        if above is not None and (below is None or below > above + 1):
            values[at] = above + 1
            found[at] = str(above + 1)
    return found


def _bare(number: str) -> str:
    return number.strip("第项号（）()、. ")


def _usual(drafts: Sequence[Draft]) -> frozenset[str]:
    """Fields that most tasks have: their absence is worth a word."""
    count = len(drafts)
    names = {key for draft in drafts for key, lines in draft.fields.items() if any(lines)}
    found = {key for key in names if sum(any(draft.fields.get(key, ())) for draft in drafts) * 2 > count}
    return frozenset(found | ({"units"} if found & UNIT_FIELDS else set()))


def _task(draft: Draft, inferred: str, usual: frozenset[str], document: Document) -> PlanTask:
    fields = draft.fields
    measures = split_measures(fields.get("measures", []))
    labels = [sign for sign, _ in measures]
    if draft.measure_sign and len(labels) == 1 and not labels[0]:
        labels = [draft.measure_sign]
    units = UnitRoles()
    for key in ("lead", "responsible", "cooperating"):
        if text := _joined(fields.get(key, [])):
            units.add(text, key)
    leaders_text = _joined(fields.get("leaders", []))
    leaders = tuple(PlanLeader(one.name, one.titles) for one in parse_leaders(leaders_text))
    deadline = _text(fields.get("deadline", []))
    number = _composed(draft) or inferred
    no_norm = _in_digits(draft, inferred)
    problem = _text(fields.get("problem", []))
    doubts = list(_doubts(draft, usual, document, number, problem, deadline, units, bool(measures)))
    return PlanTask(
        no=number, no_norm=no_norm, no_printed=bool(draft.number),
        category=draft.category.text.text if draft.category else _text(fields.get("category", [])),
        category_no=draft.category.number if draft.category else "",
        sub_heading=draft.sub_heading.text.text if draft.sub_heading else "", title=_text(fields.get("title", [])),
        parent_no=draft.parent.number if draft.parent else "", parent_problem=draft.parent.text.text if draft.parent else "",
        problem=problem, target=_text(fields.get("target", [])),
        measures=tuple(value.text for _, value in measures), measure_labels=tuple(labels),
        leaders=leaders, lead_units=tuple(units.lead), coop_units=tuple(units.cooperating), resp_units=tuple(units.responsible),
        lead_by_measure=tuple(units.measures), unit_expansions=units.expanded,
        acceptance_unit=_text(fields.get("acceptance", [])),
        units_text="\n".join(filter(None, (_joined(fields.get(key, [])) for key in ("lead", "responsible", "cooperating")))),
        leaders_text=leaders_text, deadline_text=deadline,
        inline_deadlines=() if deadline or problem else tuple(
            found[0] for _, value in measures for found in _DATE_INSIDE.finditer(value.text)
        ),
        other={label: _text(lines) for label, lines in draft.others.items()},
        source=_source(draft, document), places=_places(draft, document), anomalies=tuple(doubts),
    )  # fmt: skip


def _composed(draft: Draft) -> str:
    if not draft.path:
        # 第8项 and 序号8 are 8; (一) alone keeps its brackets, because it is no 一、
        return f"({draft.number})" if draft.kind in ("han-bracket", "digit-bracket") else _bare(draft.number)
    tail = f"({draft.number})" if draft.kind.endswith("bracket") else draft.number
    return "".join((*draft.path, tail))


def _in_digits(draft: Draft, inferred: str) -> str:
    """六(一) as 6.1; deeper numbers, as 二(三)1, have no such form."""
    if len(draft.path) > 1:
        return ""
    values = [number_of(_bare(sign)) for sign in (*draft.path, draft.number or inferred)]
    return ".".join(str(value) for value in values if value is not None)


def _text(lines: Iterable[Value]) -> str:
    return "\n".join(line.text for line in lines if line)


_joined = _text


def _doubts(
    draft: Draft, usual: frozenset[str], document: Document, number: str, problem: str, deadline: str, units: UnitRoles,
    has_measures: bool,  # noqa: FBT001 - one fact among others
) -> Iterable[Doubt]:  # fmt: skip
    place = _first_place(draft, document)

    def doubt(code: str, *details: object, text: str = "") -> Doubt:
        return make_doubt(code, *details, task=number, place=place, text=text)

    for code, detail in draft.doubts:
        yield doubt(code, detail, text=detail)
    if not problem and not has_measures and "missing_header" not in dict(draft.doubts):
        yield doubt("missing_problem")
    is_whole = "truncated" not in dict(draft.doubts)
    if "measures" in draft.fields and not has_measures:
        yield doubt("missing_measures")
    if is_whole and deadline.strip() in _WITHOUT and ("deadline" in usual or "deadline" in draft.fields):
        yield doubt("missing_deadline")
    if deadline and "done" in parse_deadline(deadline).kinds:
        yield doubt("already_done", deadline, text=deadline)
    yield from _unit_doubts(units, doubt, expected=is_whole and "units" in usual)
    if draft.parent:
        yield doubt("sub_issue", draft.parent.text.text)
    yield from _damage(draft, doubt)


def _unit_doubts(units: UnitRoles, doubt: Callable[..., Doubt], *, expected: bool) -> Iterable[Doubt]:
    names = (*units.lead, *units.cooperating, *units.responsible)
    if expected and not names:
        yield doubt("missing_units")
    for name in units.polluted:
        yield doubt("polluted_text", name, text=name)
    if names and not units.lead and not units.cooperating:
        yield doubt("no_lead_marker")
    full = [
        name for short, name in ((key, value[0]) for key, value in units.expanded.items() if len(value) == 1) if name != short
    ]
    if full:
        yield doubt("prefix_elided", "、".join(full))


def _damage(draft: Draft, doubt: Callable[..., Doubt]) -> Iterable[Doubt]:
    texts = [value.text for value in draft.values]
    censored = sum(one.kind == "censored" for text in texts for one in clean_text(text).damage)
    if censored:
        yield doubt("censored_text", censored)
    for text in texts:
        for found in _LOST_YEAR.finditer(text):
            begin = max(0, found.start("a") if found["a"] else found.start("b"))
            yield doubt("lost_year", text[begin : begin + 12], text=text[max(0, begin - 10) : begin + 20])


def place_of(value: Value, document: Document) -> Place:
    """Where a value stands in the original."""
    places = document.places
    return Place(value.paragraph, places.original(value.start), places.original(value.end), value.page)


def _first_place(draft: Draft, document: Document) -> Place | None:
    values = sorted(draft.values, key=lambda value: value.start)
    return place_of(values[0], document) if values else None


def _places(draft: Draft, document: Document) -> dict[str, Place]:
    found: dict[str, Place] = {}
    for key, lines in draft.fields.items():
        values = [line for line in lines if line]
        if values:
            first = place_of(min(values, key=lambda value: value.start), document)
            end = document.places.original(max(value.end for value in values))
            found[_NAMES.get(key, key)] = Place(first.paragraph, first.start, end, first.page)
    return found


def _source(draft: Draft, document: Document) -> dict[str, int]:
    values = draft.values
    if not values:
        return {}
    start = document.places.original(min(value.start for value in values))
    end = document.places.original(max(value.end for value in values))
    begin = document.original.rfind("\n", 0, start) + 1
    if start - begin <= _LONGEST_NUMBER and not _SENTENCE_END.search(document.original, begin, start):
        start = begin  # with the number or label before it
    end = len(document.original) - len(document.original[end:].lstrip("。;；)）】")) if end < len(document.original) else end
    return {
        "line_start": min(value.paragraph for value in values), "line_end": max(value.paragraph for value in values),
        "char_start": start, "char_end": end,
    }  # fmt: skip
