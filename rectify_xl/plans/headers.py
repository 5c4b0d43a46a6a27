"""What stands between two tasks: the header of the next one, its category or parent issue, and what belongs to neither."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.plans.draft import Draft, heading_of, value_of
from rectify_xl.plans.facts import is_title
from rectify_xl.plans.labels import hits_in
from rectify_xl.plans.numbering import RANK, enumerator, number_of
from rectify_xl.plans.runs import own_number

if TYPE_CHECKING:
    from rectify_xl.plans.document import Line, Value
    from rectify_xl.plans.labels import Hit
    from rectify_xl.plans.numbering import Enumerator

_LIST_HEADING = LazyPattern(
    r"^(?:.{0,4}|(?:督察|巡察|反馈|存在|主要|具体)?(?:意见|问题)[及和与])(?:清单|任务分解|整改任务|具体任务|任务及措施|整改内容|问题及(?:整改)?措施|重点任务|整改措施|工作任务|整改事项)(?:\(\d+[项个条]\))?$|^(?:[一二三四五六七八九十]+、)?[\u4e00-\u9fff]{2}任务$"
)
_ANNEX = LazyPattern(r"\s*附(?:件|表|录)?\s*[\d一二三四五六七八九十]{0,2}(?:-\d{1,2})?\s*:?\s*$")
_LONGEST_HEADING = 60
_SENTENCE_END = LazyPattern(r"[。！？；]")
_LEAST_TAIL = 8


@dataclass(slots=True)
class Between:
    """What was found: the task that begins, and tasks of which only the header stands there."""

    draft: Draft = field(default_factory=Draft)
    bare: list[Draft] = field(default_factory=list)


def read_between(
    lines: list[Line], hits: list[Hit], first: int, kinds: frozenset[str], *, previous: Draft | None, column: int = 0
) -> Between:  # fmt: skip
    """Read the lines from ``first`` to a task's first label, and the part of that label's line before it, from ``column`` on."""
    hit = hits[0]
    draft = Draft(category=previous.category if previous else None)
    found = Between(draft)
    if hit.start:
        _inline_header(lines[hit.line], hits, draft, column)
        _categories(lines, range(first, hit.line), draft, kinds, previous)
        return found
    has_problem = any(one.field == "problem" for one in hits)
    gap = [at for at in range(first, hit.line) if not lines[at].is_blank]
    own = own_number(hits)
    header = None if own else _header_at(lines, gap, kinds, first_task=previous is None, adjacent=has_problem)
    if header is not None:
        number = enumerator(lines[header].folded)
        assert number  # noqa: S101 - it is how the header was found
        width = number.width
        draft.number, draft.kind = number.sign, number.kind
        rest = lines[header].folded[width:]
        item = enumerator(rest) if number.kind != "item" else None
        if item and item.kind == "item" and (rest.startswith("第") or rest[: item.width].rstrip().endswith((":", "、"))):
            # 一、第6项整改任务, (一)问题6:…
            draft.number, draft.kind, width = item.sign, item.kind, width + item.width
        below = [at for at in gap if at > header]
        words = [value_of(lines[header], width), *(value_of(lines[at]) for at in below if not _set_apart(lines[at], draft))]
        words = [one for one in words if one]
        if words:
            draft.add("title" if has_problem else "problem", *words)
        bare = _bare(lines, [at for at in gap if at < header], number, previous)
        found.bare = [one for one, _ in bare]
        taken = {at for _, at in bare}
        _categories(lines, [at for at in gap if at < header and at not in taken], draft, kinds, previous)
    else:
        if own:
            draft.number, draft.kind = own.sign, own.kind
        used = set() if has_problem else _without_number(lines, gap, draft, previous)
        _categories(lines, [at for at in gap if at not in used], draft, kinds, previous)
    return found


def _set_apart(line: Line, draft: Draft) -> bool:
    """Whether a line below the header has a label of no field (整改类型：立行立改); its value is kept beside the fields."""
    label = next(hits_in(0, line), None)
    if label is None or label.field != "other" or label.start or label.form not in ("colon", "bracket"):
        return False
    draft.others.setdefault(label.label, []).append(value_of(line, label.value))
    return True


def _bare(lines: list[Line], gap: list[int], header: Enumerator, previous: Draft | None) -> list[tuple[Draft, int]]:
    """Headers without any label: numbered as the next one is, and between the last task's number and its."""
    last = number_of(previous.number.strip("第项号（）()、. ")) if previous and previous.kind == header.kind else None
    found: list[tuple[Draft, int]] = []
    for at in gap:
        number = enumerator(lines[at].folded)
        if last is None or number is None or number.kind != header.kind or not last < number.value < header.value:
            continue
        draft = Draft(number=number.sign, kind=number.kind, category=previous.category if previous else None)
        draft.add("problem", value_of(lines[at], number.width))
        draft.doubts.append(("truncated", ""))
        found.append((draft, at))
        last = number.value
    return found


def _inline_header(line: Line, hits: list[Hit], draft: Draft, column: int) -> None:
    """What stands before the first label of a line: the problem of a task with labels of its own for the rest, else a measure."""
    number = enumerator(line.folded[column:])
    width = column + (number.width if number else 0)
    if number:
        draft.number, draft.kind = number.sign, number.kind
    words = value_of(line, width, hits[0].start)
    if words:
        draft.add("problem" if any(hit.field in ("measures", "target") for hit in hits) else "measures", words)


def _header_at(
    lines: list[Line], gap: list[int], kinds: frozenset[str], *, first_task: bool, adjacent: bool
) -> int | None:  # fmt: skip
    """The line that numbers the task: the last numbered one, directly before the label for the first task."""
    for at in reversed(gap):
        number = enumerator(lines[at].folded)
        if number and number.kind in kinds:
            if adjacent and number.kind != "item" and len(lines[at].text) > _LONGEST_HEADING:
                return None
            return at
        if adjacent or (first_task and number is None and not _is_first_problem(lines, gap, at, kinds)):
            return None
    return None


def _is_first_problem(lines: list[Line], gap: list[int], at: int, kinds: frozenset[str]) -> bool:
    """Whether a line goes on with the problem above it, which is a sentence and numbered as the first."""
    for above in reversed([one for one in gap if one < at]):
        number = enumerator(lines[above].folded)
        if number:
            return number.kind in kinds and number.value == 1 and lines[above].text.rstrip().endswith("。")
    return False


def _categories(
    lines: list[Line], gap: list[int] | range, draft: Draft, kinds: frozenset[str], previous: Draft | None
) -> None:  # fmt: skip
    """Numbered headings above the header: a category, or a parent issue where tasks are numbered in the same way."""
    if previous and previous.path and previous.kind == draft.kind and draft.kind != "item":
        draft.path, draft.parent = previous.path, previous.parent
    rank = RANK.get(draft.kind)
    used: set[int] = set()
    category_rank: int | None = None
    for at in gap:
        line = lines[at]
        number = enumerator(line.folded)
        if line.is_blank or number is None or number.kind == "item":
            continue
        if rank is not None and number.rank >= rank and draft.kind != "item":
            continue
        heading = heading_of(line, number)
        if draft.kind != number.kind and (number.kind in kinds or _is_issue(line, number, gap, at, lines)):
            draft.parent, draft.path = heading, (number.sign,)
            used.add(at)
        elif _is_category(line, number, gap, at, lines, first=previous is None):
            draft.category, category_rank = heading, number.rank
            used.add(at)
        elif category_rank is not None and number.rank <= category_rank:  # 三、整改清单 below 二、工作措施
            draft.category, category_rank = None, None
    _unplaced(lines, gap, used, draft, previous)


def _is_issue(line: Line, number: Enumerator, gap: list[int] | range, at: int, lines: list[Line]) -> bool:
    """Whether a numbered sentence directly above a header is the issue of which the task is a part."""
    text = line.text[number.width :].strip()
    return text.endswith("。") and not text.endswith("方面。") and all(lines[below].is_blank for below in gap if below > at)


def _is_category(line: Line, number: Enumerator, gap: list[int] | range, at: int, lines: list[Line], *, first: bool) -> bool:
    text = line.folded[number.width :].strip().removesuffix("。")
    if not text or len(text) > _LONGEST_HEADING or _LIST_HEADING.match(text) or text.endswith((":", "。")):
        return False
    if _SENTENCE_END.search(text):
        return False
    # Of all that stands before the first task only what is directly above it can be its category.
    return not first or all(lines[below].is_blank or enumerator(lines[below].folded) for below in gap if below > at)


def _unplaced(lines: list[Line], gap: list[int] | range, used: set[int], draft: Draft, previous: Draft | None) -> None:
    if previous is None:
        return
    left = [lines[at].text.strip() for at in gap if at not in used and not lines[at].is_blank and not _opens_annex(lines[at])]
    draft.doubts += [("unplaced_text", text[:60]) for text in left]


def _opens_annex(line: Line) -> bool:
    """附件2, or the title of the list in it."""
    return bool(_ANNEX.match(line.folded)) or is_title(line.folded.strip())


def _without_number(lines: list[Line], gap: list[int], draft: Draft, previous: Draft | None) -> set[int]:
    """A task whose number, and perhaps whose line break, was lost: its words stand unnumbered, or behind the last field."""
    plain = [at for at in gap if enumerator(lines[at].folded) is None]
    if previous is None:
        plain = plain[-1:]
    if plain:
        draft.add("problem", *(value_of(lines[at]) for at in plain))
        draft.doubts.append(("missing_number", ""))
        return set(plain)
    tail = _tail(previous) if previous else None
    if previous and tail:
        key, kept, rest = tail
        previous.fields[key][-1] = kept
        previous.doubts.append(("deadline_line_overrun" if key == "deadline" else "line_overrun", rest.text[:40]))
        draft.add("problem", rest)
        draft.doubts += [("missing_number", ""), ("header_merged_into_previous_deadline", rest.text[:40])]
        return set()
    draft.doubts.append(("missing_header", ""))
    return set()


def _tail(previous: Draft) -> tuple[str, Value, Value] | None:
    """The field that ends with another task's words: what it keeps, and these words."""
    key = next(reversed(previous.fields), "")
    lines = previous.fields.get(key)
    if not lines:
        return None
    value = lines[-1]
    found = _SENTENCE_END.search(value.text)
    if not found or len(value.text) - found.end() < _LEAST_TAIL:
        return None
    at = found.start()
    rest = value.text[found.end() :]
    gap = len(rest) - len(rest.lstrip())
    kept = replace(value, text=value.text[:at], end=value.start + at)
    return key, kept, replace(value, text=rest.strip(), start=value.start + found.end() + gap)


def is_list_heading(text: str) -> bool:
    """Whether a heading only says that the tasks follow, as 三、整改清单: it is no category."""
    return bool(_LIST_HEADING.match(text.strip()))
