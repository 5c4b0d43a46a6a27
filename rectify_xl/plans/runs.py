"""The labels of a document task by task: a task ends where a label comes again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.plans.labels import SHORT, UNIT_FIELDS, Hit
from rectify_xl.plans.numbering import enumerator
from rectify_xl.plans.short_values import end_of_short

if TYPE_CHECKING:
    from rectify_xl.plans.document import Line
    from rectify_xl.plans.numbering import Enumerator

# A task that names none of these is a heading of the body.
_DUTIES = frozenset({"deadline", "leaders"}) | UNIT_FIELDS
_LEAST_FIELDS = 2
_RARE = 8
# What stands for a field where nothing else does.
_WEAK = {
    "target": LazyPattern(r"要求$"),
    "deadline": LazyPattern(r"销号|验收|公示"),
    "problem": LazyPattern(r"名称$|标题$|简称$"),
}
_STATUS = LazyPattern(r"情况|公示|成效|效果|结果|进展")


@dataclass(slots=True)
class Run:
    """The labels of one task."""

    hits: list[Hit]


def runs_of(lines: list[Line], hits: list[Hit]) -> list[Run]:
    """Labels task by task: a task ends where a label comes again."""
    runs: list[Run] = []
    seen: set[str] = set()
    for hit in hits:
        key = _key(hit)
        if not runs or (key in seen and key) or _far(lines, runs[-1].hits[-1], hit):
            runs.append(Run([]))
            seen = set()
        runs[-1].hits.append(hit)
        if key:
            seen.add(key)
    # 附件: or 公示时间: before the first label of a field belongs to no task.
    begun = [Run(list(dropwhile(lambda hit: not _key(hit), run.hits))) for run in runs]
    return [run for run in begun if run.hits]


def _key(hit: Hit) -> str:
    """What a task has once: a label, so that 牵头领导 and 责任领导 are two; others come as often as they like."""
    return "" if hit.field == "other" else hit.label


def settled(run: Run) -> Run:
    """A task's labels; one that only seems to be of a field that another is of for sure is of none: 销号时限 beside 整改时限."""
    weak = {hit for hit in run.hits if hit.field in _WEAK and _WEAK[hit.field].search(hit.label)}
    sure = {hit.field for hit in run.hits if hit not in weak}
    return Run([replace(hit, field="other") if hit in weak and hit.field in sure else hit for hit in run.hits])


def _far(lines: list[Line], last: Hit, hit: Hit) -> bool:
    """Whether so much stands between two labels that they belong to different parts of the document."""
    if last.field not in SHORT or hit.field != "problem":
        return False
    below = max(last.line + 2, end_of_short(lines, last) + 1)  # two people stand in two lines
    return any(not line.is_blank for line in lines[below : hit.line])


def is_task(run: Run) -> bool:
    """Whether labels say who has to do what, or what was done about it."""
    fields = {hit.field for hit in run.hits}
    content = fields & {"problem", "target", "measures"}
    reported = any(hit.field == "other" and _STATUS.search(hit.label) for hit in run.hits)
    if reported and len(content) >= _LEAST_FIELDS:
        return True  # a notice of what was done, which need not say again who had to
    return bool(fields & _DUTIES) and (len(fields - {"other", "number", "category"}) >= _LEAST_FIELDS or bool(content))


def has_problem(run: Run) -> bool:
    """Whether one of the labels is that of the problem, or of its number."""
    return any(hit.field in ("problem", "number") for hit in run.hits)


def own_number(hits: list[Hit]) -> Enumerator | None:
    """The number of a task before the label of its problem, as in 1、反馈问题; none where all labels of a task are numbered."""
    first = hits[0]
    return first.number if first.field == "problem" and not any(hit.number for hit in hits[1:]) else None


def header_kinds(lines: list[Line], runs: list[Run]) -> frozenset[str]:
    """The kinds of number that stand before the first label of tasks.

    The most frequent one, and those that number tasks where it does not stand: (二) below 六、. A kind that only comes beside it
    numbers parts of a problem, or categories.
    """
    gaps = [
        [*_kinds_above(lines, before, run.hits[0]), *(number.kind for number in [own_number(run.hits)] if number)]
        for before, run in zip([None, *runs], runs, strict=False)
    ]
    counts = Counter(kind for gap in gaps for kind in dict.fromkeys(gap))
    if not counts:
        return frozenset()
    last = Counter(gap[-1] for gap in gaps if gap)
    # Of kinds that stand before every task one that comes there again and again numbers parts of its problem.
    once = Counter(kind for gap in gaps for kind, count in Counter(gap).items() if count == 1)
    first = max(counts, key=lambda kind: (counts[kind], once[kind], last[kind]))
    alone = Counter(gap[-1] for gap in gaps if gap and first not in gap)
    return frozenset({first, *(kind for kind, count in alone.items() if count * _RARE >= counts[first])})


def _kinds_above(lines: list[Line], before: Run | None, first: Hit) -> list[str]:
    """The kinds of number between the task above and a label, from top to bottom."""
    if first.start:
        number = enumerator(lines[first.line].folded)
        return [number.kind] if number else []
    last = before.hits[-1] if before else None
    stop = -1 if last is None else end_of_short(lines, last) if last.field in SHORT else last.line
    kinds: list[str] = []
    for at in range(first.line - 1, stop, -1):
        number = enumerator(lines[at].folded)
        if number:
            kinds.insert(0, number.kind)
            if last is not None and last.field not in SHORT:
                break  # further up stand the numbers of its measures
        elif last is None and not lines[at].is_blank and (kinds or at < first.line - 1):
            break
    return kinds


def split_at_headers(lines: list[Line], runs: list[Run], kinds: frozenset[str]) -> list[Run]:
    """A numbered line behind a field of one line begins a task, whatever label follows it."""
    found: list[Run] = []
    for run in runs:
        part = Run([run.hits[0]])
        for last, hit in zip(run.hits, run.hits[1:], strict=False):
            begins = last.field in SHORT and any(
                (number := enumerator(line.folded)) and number.kind in kinds and not line.is_blank
                for line in lines[last.line + 1 : hit.line]
            )
            if begins and is_task(part):
                found.append(part)
                part = Run([])
            part.hits.append(hit)
        found.append(part)
    return found
