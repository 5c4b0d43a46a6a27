"""Measures with the units in brackets behind them: (责任单位:…;配合单位:…)."""

from __future__ import annotations

import re
from dataclasses import replace

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.units import parse_units
from rectify_xl.plans.document import Line, Value
from rectify_xl.plans.draft import Draft, Heading, heading_of, value_of
from rectify_xl.plans.headers import is_list_heading
from rectify_xl.plans.labels import field_of
from rectify_xl.plans.numbering import enumerator

_LABEL = (
    r"(?:[一-龥]{0,4}(?:责任|牵头|配合|协办|主办|承办|实施|落实)[一-龥]{0,4}(?:单位|部门|主体|领导|人)|"
    r"完成时限|整改时限|完成时间)"
)
_OPENING = LazyPattern(rf"[(【\[](?={_LABEL}\s*:)")
_PARTS = LazyPattern(rf"(?:^|[;。,])\s*(?P<label>{_LABEL})\s*:\s*")
_ROLE_WORDS = LazyPattern(r"牵头|负责|配合|按职责分工")
_FIRST_LABEL = LazyPattern(r"\s*[一-龥]{2,10}\s*:")
_DAY = LazyPattern(r"\d{1,4}年|\d{1,2}月|长期坚持|立行立改|年底前")
_LONGEST_ROLES = 300
_CLOSING = {"(": ")", "【": "】", "[": "]"}
_LONGEST_HEADING = 40
_LONGEST_TITLE = 30
_LONGEST_ITEM = 5000
_LONGEST_BRACKET = 2000  # characters; keeps hostile input cheap


def has_brackets(lines: list[Line]) -> int:
    """How many paragraphs end in such a bracket."""
    return sum(_bracket(line) is not None for line in _with_whole_brackets(lines))


def take_brackets(draft: Draft) -> int:
    """Give a labelled task the units that stand in brackets behind its measures; how many of these there are."""
    found = 0
    has_day = any(draft.fields.get("deadline", ()))
    for at, value in enumerate(draft.fields.get("measures", [])):
        line = Line(value.text, value.start, value.paragraph, value.page)
        bracket = _bracket(line)
        if bracket is None:
            continue
        found += 1
        if has_day and _says_when(line.folded[bracket[0] + 1 : bracket[1]]):
            _units(line, bracket[0] + 1, bracket[1], draft, with_day=False)  # the day of a measure stays with it
            continue
        kept = value.text[: bracket[0]].rstrip()
        draft.fields["measures"][at] = Value(kept, value.start, value.start + len(kept), value.paragraph, value.page)
        _units(line, bracket[0] + 1, bracket[1], draft)
    return found


def _says_when(inside: str) -> bool:
    return any(field_of(mark["label"], sure=False) == "deadline" for mark in _PARTS.finditer(inside)) or bool(_DAY.search(inside))


def read_inline(lines: list[Line]) -> list[Draft]:
    """A task for every paragraph that ends in a bracket of units; its number is that of the headings above and its own."""
    lines = _with_whole_brackets(lines)
    drafts: list[Draft] = []
    above: dict[int, tuple[Heading, str]] = {}  # rank -> heading, kind
    open_at: int | None = None  # the first line of an item that goes on
    for at, line in enumerate(lines):
        if line.is_blank:
            continue
        number = enumerator(line.folded)
        if number and number.kind != "item":
            for rank in [rank for rank in above if rank >= number.rank]:
                del above[rank]
            open_at = at
        bracket = _bracket(line)
        if bracket is None:
            if number and number.kind != "item":
                above[number.rank] = heading_of(line, number), number.kind
                if len(line.text) <= _LONGEST_HEADING and not line.text.rstrip().endswith(("。", "；", ";")):
                    open_at = None
            continue
        begin = at if number else open_at
        drafts.append(_draft(lines, begin if begin is not None else at, at, bracket, above))
        open_at = None
    return drafts


def _with_whole_brackets(lines: list[Line]) -> list[Line]:
    """A bracket of units that goes on in the next paragraphs stands in one line with them."""
    found: list[Line] = []
    for line in lines:
        last = found[-1] if found else None
        if last is not None and not line.is_blank and _is_open(last) and len(last.text) < _LONGEST_ITEM:
            gap = max(1, line.start - last.start - len(last.text))
            found[-1] = replace(last, text=last.text + "\n" * gap + line.text)
        elif last is None or not (line.is_blank and _is_open(last)):
            found.append(line)
    return found


def _is_open(line: Line) -> bool:
    openings = list(_OPENING.finditer(line.folded, max(0, len(line.text) - _LONGEST_BRACKET)))
    return bool(openings) and _closing(line.folded, openings[-1].start()) is None


def _bracket(line: Line) -> tuple[int, int] | None:
    """The bracket that a paragraph ends in: its begin and end."""
    folded = line.folded.rstrip(" 。;.")
    found = None
    for opening in _OPENING.finditer(folded, max(0, len(folded) - _LONGEST_BRACKET)):
        end = _closing(folded, opening.start())
        if end is not None and end == len(folded) - 1:
            found = opening.start(), end
    return found or _of_roles(folded)


def _of_roles(folded: str) -> tuple[int, int] | None:
    """A bracket without labels: (甲局牵头,乙局配合,2026年12月底前完成)."""
    start = folded.rfind("(", max(0, len(folded) - _LONGEST_ROLES))
    while start > 0 and _closing(folded, start) != len(folded) - 1:
        start = folded.rfind("(", max(0, len(folded) - _LONGEST_ROLES), start)
    inside = folded[start + 1 : -1] if start > 0 else ""
    if not _ROLE_WORDS.search(inside) or "。" in inside or _FIRST_LABEL.match(folded):
        return None
    return (start, len(folded) - 1) if parse_units(_without_day(inside)).names else None


def _without_day(inside: str) -> str:
    return ",".join(part for part in re.split(r"[,;]", inside) if not _DAY.search(part))


def _closing(text: str, start: int) -> int | None:
    opening, depth = text[start], 0
    for at in range(start, len(text)):
        depth += (text[at] == opening) - (text[at] == _CLOSING[opening])
        if not depth:
            return at
    return None


def _draft(lines: list[Line], begin: int, end: int, bracket: tuple[int, int], above: dict[int, tuple[Heading, str]]) -> Draft:
    first, last = lines[begin], lines[end]
    number = enumerator(first.folded)
    own = number if number and number.kind != "item" else None
    parents = [above[rank] for rank in sorted(above) if own is None or rank < own.rank]
    draft = Draft()
    headings = [heading for heading, _ in parents if not is_list_heading(heading.text.text)]
    if headings:
        draft.category = headings[0]
        draft.sub_heading = headings[1] if len(headings) > 1 else None
    draft.path = tuple(_sign(heading.number, kind) for heading, kind in parents)
    if own:
        draft.number, draft.kind, draft.measure_sign = own.sign, own.kind, first.folded[: own.width].strip()
    elif draft.path:
        draft.number, draft.path = draft.path[-1], draft.path[:-1]
        draft.kind = "own"
    start, stop = bracket
    words = [value_of(lines[at], own.width if own and at == begin else 0) for at in range(begin, end)]
    words += [value_of(last, own.width if own and begin == end else 0, start)]
    words = [word for word in words if word]
    if words:
        draft.add("measures", _whole(words))
        title = re.split(r"[。:：]", words[0].text, maxsplit=1)
        if len(title) > 1 and title[1].strip() and len(title[0]) <= _LONGEST_TITLE:
            draft.add("title", Value(title[0], words[0].start, words[0].start + len(title[0]), first.paragraph, first.page))
    _units(last, start + 1, stop, draft)
    return draft


def _sign(number: str, kind: str) -> str:
    return f"({number})" if kind.endswith("bracket") else number


def _whole(words: list[Value]) -> Value:
    """Paragraphs of one measure as one text."""
    first, last = words[0], words[-1]
    return Value("\n".join(word.text for word in words), first.start, last.end, first.paragraph, first.page)


def _roles(line: Line, start: int, inside: str, draft: Draft, *, with_day: bool) -> None:
    """Units and day of a bracket without labels."""
    for part in re.finditer(r"[^,;]+", inside):
        if with_day and _DAY.search(part[0]):
            value = value_of(line, start + part.start(), start + part.end())
            text = value.text.removesuffix("完成")
            draft.add("deadline", Value(text, value.start, value.start + len(text), value.paragraph, value.page))
    text = _without_day(inside)
    begin = inside.find(text)
    if begin >= 0:
        draft.add("responsible", value_of(line, start + begin, start + begin + len(text)))


def _units(line: Line, start: int, end: int, draft: Draft, *, with_day: bool = True) -> None:
    inside = line.folded[start:end]
    marks = list(_PARTS.finditer(inside))
    if not marks:
        _roles(line, start, inside, draft, with_day=with_day)
        return
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        stop = after.start() if after else len(inside)
        value = value_of(line, start + mark.end(), start + stop)
        key = field_of(mark["label"], sure=False) or "responsible"
        if with_day or key != "deadline":
            draft.add("responsible" if key == "other" else key, value)
