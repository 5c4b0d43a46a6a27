"""Tasks with labels: the cycle of labels tells where each begins, a numbered line before its first label is its header."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.plans.draft import Draft, value_of
from rectify_xl.plans.facts import is_signature
from rectify_xl.plans.headers import read_between
from rectify_xl.plans.labels import SHORT, UNIT_FIELDS, Hit, all_hits
from rectify_xl.plans.numbering import RANK, enumerator, number_of
from rectify_xl.plans.people import names_both, units_and_people
from rectify_xl.plans.runs import Run, has_problem, header_kinds, is_task, runs_of, settled, split_at_headers
from rectify_xl.plans.short_values import end_of_short

if TYPE_CHECKING:
    from rectify_xl.plans.document import Line, Value

_SENTENCE_END = LazyPattern(r"[。；;]")
_CAUSE = LazyPattern(r"[\s【（(]*(?P<label>[\u4e00-\u9fff]{0,4}(?:原因|成因|根源|依据)(?:分析|剖析)?)[】）)]?\s*[:：】]\s*")
_CLOSING = LazyPattern(r"^\s*(?:特此|专此|以上)(?:报告|公示|公告|通知|通报|说明|函告|函复|致函)[。！!]?\s*$")
_ATTACHED = LazyPattern(r"^\s*附(?:件|表)?\s*[\d一二三四五六七八九十]{0,2}\s*(?:[:：].*)?$")


def read_labelled(lines: list[Line]) -> list[Draft]:
    """The tasks of a document whose fields have labels; none where it has no such tasks."""
    runs = runs_of(lines, all_hits(lines))
    kinds = header_kinds(lines, runs)
    runs = split_at_headers(lines, runs, kinds)
    runs = [settled(run) for run in runs if is_task(run)]
    if not runs or (len(runs) == 1 and not kinds and not has_problem(runs[0])):
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
        _set_causes_apart(between.draft)
        drafts.append(between.draft)
    _keep_numbers_that_go_through(drafts)
    return [*drafts, *_cut_off(lines, first, kinds, drafts[-1])]


def _keep_numbers_that_go_through(drafts: list[Draft]) -> None:
    """1 2 below 一、 and 3 4 below 二、 are numbers of the whole plan: they need no number of the issue above before them."""
    parts = [draft for draft in drafts if draft.path]
    numbers = [number_of(draft.number) or 0 for draft in parts]
    if len({draft.path for draft in parts}) > 1 and all(one < next_one for one, next_one in pairwise(numbers)):
        for draft in parts:
            draft.path = ()


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
        return min(end_of_short(lines, last) + 1, after.hits[0].line if after else len(lines))
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
            or _CLOSING.match(lines[at].text)
            or (inner and number is None and lines[at - 1].is_blank and not lines[at].is_blank)
        ):
            return at
    return len(lines)


def _first_kind(lines: list[Line], hit: Hit) -> str:
    """How the items of a value are numbered."""
    words = [lines[hit.line].folded[hit.value :], *(line.folded for line in lines[hit.line + 1 : hit.line + 3])]
    number = next((found for found in map(enumerator, filter(str.strip, words)) if found), None)
    return number.kind if number else ""


def _fill(lines: list[Line], run: Run, draft: Draft, end: int, column: int) -> None:
    """Give every label of a task its value."""
    for hit, after in zip(run.hits, [*run.hits[1:], None], strict=True):
        stop = after.line if after else end
        values = _value(lines, hit, after, stop, column)
        if hit.field == "other":
            draft.others.setdefault(hit.label, []).extend(values)
        elif hit.field == "number":
            _number(draft, values)
        elif hit.field in UNIT_FIELDS and names_both(hit.label) and (parted := units_and_people(values)):
            draft.add(hit.field, *parted[0])
            draft.add("leaders", *parted[1])
        else:
            draft.add(hit.field, *values)
            draft.fields.setdefault(hit.field, [])


def _set_causes_apart(draft: Draft) -> None:
    """原因分析：… below a problem tells why it came about, and is no part of it."""
    lines = draft.fields.get("problem", [])
    for at, value in enumerate(lines):
        found = _CAUSE.match(value.text) if at else None
        if found:
            cause = replace(value, text=value.text[found.end() :], start=value.start + found.end())
            draft.others.setdefault(found["label"], []).extend([cause, *lines[at + 1 :]])
            del lines[at:]
            return


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
    until = end_of_short(lines, hit) + 1 if short else stop
    for at in range(hit.line + 1, min(until, stop)):
        below = lines[at]
        if below.is_blank:
            continue
        if not short and not below.in_cell and (_CLOSING.match(below.text) or is_signature(lines, at)):
            break  # the paper ends; who can be called about it stands below
        found.append(value_of(below))
    if after and after.line == stop and after.start and (not short or until > stop):  # the next label stands within a line
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
