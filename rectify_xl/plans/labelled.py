"""Tasks with labels: the cycle of labels tells where each begins, a numbered line before its first label is its header."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING

from rectify_xl.plans.draft import Draft, value_of
from rectify_xl.plans.facts import is_signature
from rectify_xl.plans.headers import read_between
from rectify_xl.plans.labels import UNIT_FIELDS, Hit, all_hits, hits_in
from rectify_xl.plans.numbering import RANK, enumerator, number_of
from rectify_xl.plans.people import looks_like_leaders

if TYPE_CHECKING:
    from rectify_xl.plans.document import Line, Value

# Fields whose value is one line, unless the line says that it goes on.
SHORT = frozenset({"number", "category", "acceptance", "deadline", "leaders"}) | UNIT_FIELDS
# A task that names none of these is a heading of the body.
_DUTIES = frozenset({"deadline", "leaders"}) | UNIT_FIELDS
_GOES_ON = ("、", "，", ",", "；", ";", "：", ":")
_LEAST_FIELDS = 2
_RARE = 8
_SENTENCE_END = re.compile(r"[。；;]")
_STATUS = re.compile(r"情况|公示|成效|效果|结果|进展")
_ATTACHED = re.compile(r"^\s*附(?:件|表)?\s*[\d一二三四五六七八九十]{0,2}\s*(?:[:：].*)?$")


@dataclass(slots=True)
class Run:
    """The labels of one task."""

    hits: list[Hit]


def read_labelled(lines: list[Line]) -> list[Draft]:
    """The tasks of a document whose fields have labels; none where it has no such tasks."""
    runs = _runs(lines, all_hits(lines))
    kinds = _header_kinds(lines, runs)
    runs = _split_at_headers(lines, runs, kinds)
    runs = [run for run in runs if _is_task(run)]
    if not runs or (len(runs) == 1 and not kinds and not _has_problem(runs[0])):
        return []  # a notice with one list of aims and measures is no task
    drafts: list[Draft] = []
    first = 0
    column = 0
    for run, after in zip(runs, [*runs[1:], None], strict=True):
        between = read_between(lines, run.hits, first, kinds, previous=drafts[-1] if drafts else None, column=column)
        first = _boundary(lines, run, after, kinds)
        drafts += between.bare
        column = _column(lines, run, after)
        _fill(lines, run, between.draft, first, column)
        drafts.append(between.draft)
    return [*drafts, *_cut_off(lines, first, kinds, drafts[-1])]


def _column(lines: list[Line], run: Run, after: Run | None) -> int:
    """Where the next task begins within the last line of this one; 0 where it has a line of its own."""
    last = run.hits[-1]
    if after is None or after.hits[0].line != last.line:
        return 0
    found = _SENTENCE_END.search(lines[last.line].folded, last.value, after.hits[0].start)
    return found.end() if found else after.hits[0].start


def _boundary(lines: list[Line], run: Run, after: Run | None, kinds: frozenset[str]) -> int:
    """The first line that no longer belongs to a task: behind a value of one line, before the next task's headings."""
    last = run.hits[-1]
    if last.field in SHORT:
        return min(_end_of_short(lines, last) + 1, after.hits[0].line if after else len(lines))
    if after is None:
        return _end_of_last(lines, last, kinds)
    begin = at = after.hits[0].line
    rank, inner = 0, _first_kind(lines, last) if last.field == "measures" else ""
    if inner in kinds and not kinds - {inner}:
        inner = ""  # measures and tasks are numbered alike: the last number above the label is the task's
    if after.hits[0].start:
        return begin
    adjacent = any(hit.field == "problem" for hit in after.hits)
    for above in range(begin - 1, last.line, -1):
        line = lines[above]
        if line.is_blank:
            continue
        number = enumerator(line.folded)
        if number and number.kind == inner:
            break
        if number and (number.kind in kinds if at == begin else number.rank < rank):
            at, rank = above, number.rank
        elif at < begin or adjacent:
            break
    return at


def _lowest(kinds: frozenset[str]) -> int:
    return max((RANK[kind] for kind in kinds), default=0)


def _end_of_last(lines: list[Line], last: Hit, kinds: frozenset[str]) -> int:
    """Where the last value of the last task ends: before whatever is numbered as a task, or higher."""
    inner = _first_kind(lines, last)
    for at in range(last.line + 1, len(lines)):
        number = enumerator(lines[at].folded)
        if number and number.kind != inner and (number.kind in kinds or number.rank < _lowest(kinds)):
            return at
        if (
            is_signature(lines, at)
            or _ATTACHED.match(lines[at].text)
            or (inner and number is None and lines[at - 1].is_blank and not lines[at].is_blank)
        ):
            return at
    return len(lines)


def _first_kind(lines: list[Line], hit: Hit) -> str:
    """How the items of a value are numbered."""
    words = [lines[hit.line].folded[hit.value :], *(line.folded for line in lines[hit.line + 1 : hit.line + 3])]
    number = next((found for found in map(enumerator, filter(str.strip, words)) if found), None)
    return number.kind if number else ""


def _runs(lines: list[Line], hits: list[Hit]) -> list[Run]:
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


def _far(lines: list[Line], last: Hit, hit: Hit) -> bool:
    """Whether so much stands between two labels that they belong to different parts of the document."""
    if last.field not in SHORT or hit.field != "problem":
        return False
    return any(not line.is_blank for line in lines[last.line + 2 : hit.line])


def _is_task(run: Run) -> bool:
    fields = {hit.field for hit in run.hits}
    content = fields & {"problem", "target", "measures"}
    reported = any(hit.field == "other" and _STATUS.search(hit.label) for hit in run.hits)
    if reported and len(content) >= _LEAST_FIELDS:
        return True  # a notice of what was done, which need not say again who had to
    return bool(fields & _DUTIES) and (len(fields - {"other", "number", "category"}) >= _LEAST_FIELDS or bool(content))


def _has_problem(run: Run) -> bool:
    return any(hit.field in ("problem", "number") for hit in run.hits)


def _header_kinds(lines: list[Line], runs: list[Run]) -> frozenset[str]:
    """The kinds of number that stand before the first label of tasks.

    The most frequent one, and those that number tasks where it does not stand: (二) below 六、. A kind that only comes beside it
    numbers parts of a problem, or categories.
    """
    gaps = [_kinds_above(lines, before, run.hits[0]) for before, run in zip([None, *runs], runs, strict=False)]
    counts = Counter(kind for gap in gaps for kind in dict.fromkeys(gap))
    if not counts:
        return frozenset()
    last = Counter(gap[-1] for gap in gaps if gap)
    first = max(counts, key=lambda kind: (counts[kind], last[kind]))
    alone = Counter(gap[-1] for gap in gaps if gap and first not in gap)
    return frozenset({first, *(kind for kind, count in alone.items() if count * _RARE >= counts[first])})


def _kinds_above(lines: list[Line], before: Run | None, first: Hit) -> list[str]:
    """The kinds of number between the task above and a label, from top to bottom."""
    if first.start:
        number = enumerator(lines[first.line].folded)
        return [number.kind] if number else []
    last = before.hits[-1] if before else None
    stop = -1 if last is None else _end_of_short(lines, last) if last.field in SHORT else last.line
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


def _split_at_headers(lines: list[Line], runs: list[Run], kinds: frozenset[str]) -> list[Run]:
    """A numbered line behind a field of one line begins a task, whatever label follows it."""
    found: list[Run] = []
    for run in runs:
        part = Run([run.hits[0]])
        for last, hit in zip(run.hits, run.hits[1:], strict=False):
            begins = last.field in SHORT and any(
                (number := enumerator(line.folded)) and number.kind in kinds and not line.is_blank
                for line in lines[last.line + 1 : hit.line]
            )
            if begins and _is_task(part):
                found.append(part)
                part = Run([])
            part.hits.append(hit)
        found.append(part)
    return found


def _end_of_short(lines: list[Line], hit: Hit) -> int:
    """The last line of a value of one line."""
    at = hit.line
    if not lines[at].text[hit.value :].strip():
        below = next((one for one in range(at + 1, len(lines)) if not lines[one].is_blank), at)
        if below == at or not _may_be_value(lines[below], hit):
            return hit.line
        at = below
    while at + 1 < len(lines):
        below = next((one for one in range(at + 1, len(lines)) if not lines[one].is_blank), at)
        if below == at or not _continues(lines[at], lines[below], hit):
            return at
        at = below
    return at


def _may_be_value(line: Line, hit: Hit) -> bool:
    number = enumerator(line.folded)
    return not (number and hit.form == "colon" and hit.field != "leaders") and not any(True for _ in _labels(line))


def _continues(line: Line, below: Line, hit: Hit) -> bool:
    if any(True for _ in _labels(below)):
        return False
    if line.text.rstrip().endswith(_GOES_ON):
        return True
    if hit.field == "leaders":
        return enumerator(below.folded) is None and looks_like_leaders(below.text)
    return hit.form == "cell" and below.in_cell and below.paragraph == line.paragraph


def _labels(line: Line) -> list[Hit]:
    return list(hits_in(0, line))


def _fill(lines: list[Line], run: Run, draft: Draft, end: int, column: int) -> None:
    """Give every label of a task its value."""
    for hit, after in zip(run.hits, [*run.hits[1:], None], strict=True):
        stop = after.line if after else end
        values = _value(lines, hit, after, stop, column)
        if hit.field == "other":
            draft.others.setdefault(hit.label, []).extend(values)
        elif hit.field == "number":
            _number(draft, values)
        else:
            draft.add(hit.field, *values)
            draft.fields.setdefault(hit.field, [])


def _number(draft: Draft, values: list[Value]) -> None:
    if values and not draft.number:
        draft.number = values[0].text.strip("。.、 ")


def _value(lines: list[Line], hit: Hit, after: Hit | None, stop: int, column: int) -> list[Value]:
    line = lines[hit.line]
    if after and after.line == hit.line:
        return _without_separator(value_of(line, hit.value, after.start))
    if after is None and column:
        return _without_separator(value_of(line, hit.value, column))
    first = value_of(line, hit.value)
    found = [first] if first else []
    short = hit.field in SHORT
    until = _end_of_short(lines, hit) + 1 if short else stop
    for at in range(hit.line + 1, min(until, stop)):
        below = lines[at]
        if below.is_blank:
            continue
        found.append(value_of(below))
    if after and not short and after.line == stop and after.start:  # the next label stands within a line
        found += _without_separator(value_of(lines[stop], 0, after.start))
    return found


def _without_separator(value: Value) -> list[Value]:
    text = value.text.rstrip("；;，, ")
    return [type(value)(text, value.start, value.start + len(text), value.paragraph, value.page)] if text else []


def _cut_off(lines: list[Line], first: int, kinds: frozenset[str], last: Draft) -> list[Draft]:
    """A header without labels at the very end: the copy breaks off there."""
    below = next((at for at in range(first, len(lines)) if not lines[at].is_blank), None)
    if below is None:
        return []
    line = lines[below]
    number = enumerator(line.folded)
    expected = _next_value(last)
    if number is None or number.kind not in kinds or number.value != expected or not line.text.rstrip().endswith(("。", ".")):
        return []
    if any(enumerator(other.folded) for other in lines[below + 1 :]):
        return []
    draft = Draft(number=number.sign, kind=number.kind, category=last.category)
    draft.add("problem", value_of(line, number.width))
    draft.doubts.append(("truncated", line.text[-20:]))
    return [draft]


def _next_value(last: Draft) -> int:
    return (number_of(last.path[0] if last.path else last.number) or 0) + 1
