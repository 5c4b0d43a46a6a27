"""The measures of a task one by one, with the numbers before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.plans.document import Value, fold
from rectify_xl.plans.numbering import YEAR, Enumerator, enumerator, number_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

# Several in one paragraph: 1.…。2.…。 or ①…②… or 一是…二是…
_INSIDE = {
    "digit": LazyPattern(
        rf"(?:(?<=^)|(?<=[。;.:!?\s)”]))(?P<n>\d{{1,2}}(?=\s*[.、](?:(?!\d)|(?={YEAR})))|[\u2488-\u249b])(?:\s*[.、])?\s*"
    ),
    "digit-bracket": LazyPattern(
        r"(?:(?<=^)|(?<=[。;.:!?\s”]))(?:\((?=\d{1,2}\))|(?=[\u2474-\u2487]))(?P<n>\d{1,2}|[\u2474-\u2487])\)?\s*"
    ),
    "han-bracket": LazyPattern(
        r"(?:(?<=^)|(?<=[。;.:!?\s”]))(?:\((?=[一二三四五六七八九十]{1,3}\))|(?=[\u3220-\u3229]))"
        r"(?P<n>[一二三四五六七八九十]{1,3}|[\u3220-\u3229])\)?\s*"
    ),
    "circle": LazyPattern(r"(?P<n>[\u2460-\u2473\u2776-\u2793])\s*"),
    "ordinal": LazyPattern(r"(?:(?<=^)|(?<=[。;:,]))(?P<n>[一二三四五六七八九十]{1,3})是\s*"),
}
# A list of Word's without numbers, as a PDF shows it: the first ones are of its fonts of symbols.
_BULLET = LazyPattern(r"(?:[\uf0b7\uf0a7\uf0d8\uf0fc\uf06c\uf06e\uf075\uf076•●■◆▪➢]\s*)?")
_ORDINAL = LazyPattern(r"\s*(?P<n>[一二三四五六七八九十]{1,3})是[,，]?\s*(?=\S)")
_LEAD_IN = LazyPattern(r"[:：]$")
_LONGEST_STAGE = 40


def split_measures(lines: list[Value]) -> list[tuple[str, Value]]:
    """(number as written, measure); lines that no number begins go on with the measure above."""
    lines = [_from(line, _BULLET.match(line.text).end()) for line in lines if line]  # type: ignore[union-attr] # matches nothing, too
    if not lines:
        return []
    whole = _inside(lines[0]) if len(lines) == 1 else []
    if whole:
        return whole
    numbers = [_number(line) for line in lines]
    outer = next((number.kind for number in numbers if number), None)
    following = _following(numbers, outer)
    found: list[tuple[str, Value]] = []
    stage = ""  # 长期措施: above the measures that it names
    for at, (line, number) in enumerate(zip(lines, numbers, strict=True)):
        if number and number.kind == outer:
            sign = line.text[: number.width].strip()
            parts = _within(line, number, following[at])
            found += _named(stage, parts or [(sign, _from(line, number.width))])
            stage = ""
        elif outer and _is_stage(line, numbers[at + 1 :], outer):
            stage += f"{line.text}\n"
        elif found and (outer is None or found[-1][0]):
            if outer is None:
                found.append(("", line))
            else:
                found[-1] = found[-1][0], _joined(found[-1][1], line)
        else:
            found.append(("", line))
    return [part for sign, value in found for part in _after_wraps(sign, value, outer)]


def _named(stage: str, parts: list[tuple[str, Value]]) -> list[tuple[str, Value]]:
    """The first measure of a stage has the stage's name before its number."""
    return [(stage + parts[0][0], parts[0][1]), *parts[1:]] if stage else parts


def _is_stage(line: Value, below: list[Enumerator | None], outer: str) -> bool:
    """Whether a line only says what the measures directly below it are."""
    number = below[0] if below else None
    return bool(_LEAD_IN.search(line.text)) and number is not None and number.kind == outer and len(line.text) <= _LONGEST_STAGE


def _following(numbers: list[Enumerator | None], kind: str | None) -> list[int | None]:
    """For every line the next number of a kind below it."""
    found: list[int | None] = []
    last: int | None = None
    for number in reversed(numbers):
        found.append(last)
        last = number.value if number and number.kind == kind else last
    return found[::-1]


def _within(line: Value, number: Enumerator, following: int | None) -> list[tuple[str, Value]]:
    """（1）甲。（2）乙。 in one line, or （2）甲。（3）乙。 below the first; the next line's number is none within this one."""
    pattern = _INSIDE.get(number.kind)
    if pattern is None or number.kind == "han-bracket" or following == number.value + 1:
        return []
    if number.value == 1:
        return _inside(line)
    folded, last, marks = fold(line.text), number.value, []
    for mark in pattern.finditer(folded, number.width):
        if number_of(mark["n"]) == last + 1 and last + 1 != following:
            last += 1
            marks.append(mark)
    begins = [number.width, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(folded)]
    signs = [line.text[: number.width].strip(), *(mark[0].strip() for mark in marks)]
    return [(sign, _from(line, start, end)) for sign, start, end in zip(signs, begins, ends, strict=True)]


def _after_wraps(sign: str, value: Value, kind: str | None) -> list[tuple[str, Value]]:
    """1.更换门⏎锁。2.联网。 in a narrow cell: the line that goes on holds the next measures, whose numbers follow."""
    last = number_of(sign.rpartition("\n")[2].strip("()（）.、． ")) if "\n" in value.text and kind in _INSIDE else None
    if last is None:
        return [(sign, value)]
    folded, begins, signs = fold(value.text), [0], [sign]
    marks = [mark for mark in _INSIDE[kind or ""].finditer(folded) if mark.start() > folded.index("\n")]
    for mark in marks:
        if number_of(mark["n"]) == last + 1:
            last += 1
            signs.append(mark[0].strip())
            begins += [mark.start(), mark.end()]
    ends = [*begins[1::2], len(folded)]
    return [(one, _from(value, start, end)) for one, start, end in zip(signs, [0, *begins[2::2]], ends, strict=True)]


def _number(line: Value) -> Enumerator | None:
    number = enumerator(fold(line.text))
    if number is None and (said := _ORDINAL.match(line.text)):  # 一是 on a line of its own
        return Enumerator("ordinal", said["n"], number_of(said["n"]) or 0, said.end())
    return number if number and number.kind != "item" else None


def _inside(line: Value) -> list[tuple[str, Value]]:
    """The measures within one paragraph, where their numbers go up from one."""
    folded = fold(line.text)
    for pattern in _INSIDE.values():
        marks = list(_sequence(pattern, folded))
        if pattern is _INSIDE["ordinal"]:
            marks = _outer_ordinals(folded, marks)
        if len(marks) > 1 and not folded[: marks[0].start()].strip():
            ends = [*(mark.start() for mark in marks[1:]), len(folded)]
            return [(mark[0].strip(), _from(line, mark.end(), end)) for mark, end in zip(marks, ends, strict=True)]
    return []


def _outer_ordinals(folded: str, marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """一是甲：一是乙；二是丙。二是丁。: where ordinals come again, those part whose marks before them leave none over."""
    every = list(_INSIDE["ordinal"].finditer(folded))
    best: list[re.Match[str]] = []
    for signs in ("。", "。;", "。;:", "。;:,"):
        level = [mark for mark in every if not mark.start() or folded[mark.start() - 1] in signs]
        in_order = [number_of(mark["n"]) for mark in level] == list(range(1, len(level) + 1))
        if in_order and len(level) > len(best):
            best = level
    return best if len(best) > 1 else marks


def _sequence(pattern: LazyPattern, folded: str) -> Iterator[re.Match[str]]:
    expected = 1
    for mark in pattern.finditer(folded):
        if number_of(mark["n"]) == expected:
            expected += 1
            yield mark


def _from(line: Value, start: int, end: int | None = None) -> Value:
    text = line.text[start:end]
    left = len(text) - len(text.lstrip())
    plain = text.strip()
    begin = line.start + start + left
    return Value(plain, begin, begin + len(plain), line.paragraph, line.page)


def _joined(above: Value, below: Value) -> Value:
    return Value(f"{above.text}\n{below.text}", above.start, below.end, above.paragraph, above.page)
