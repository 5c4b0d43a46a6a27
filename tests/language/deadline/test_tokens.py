"""The table of first characters keeps pace with the patterns."""

from __future__ import annotations

import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from typing import Any

import pytest

from rectify_xl.language.deadline.numerals import digits, number
from rectify_xl.language.deadline.tokens import FIRST, GROUPS

_ZERO_WIDTH = {sre.ASSERT, sre.ASSERT_NOT, sre.AT}
_REPEATS = {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}


def _sequence(items: Any) -> tuple[set[str], bool]:
    """Return the characters a pattern can begin with, and whether it can be empty."""
    marks: set[str] = set()
    for code, argument in items:
        found, empty = _item(code, argument)
        marks |= found
        if not empty:
            return marks, False
    return marks, True


def _branches(branches: Any) -> tuple[set[str], bool]:
    found = [_sequence(branch) for branch in branches if branch is not None]
    return set().union(*(marks for marks, _ in found)), any(empty for _, empty in found)


def _item(code: Any, argument: Any) -> tuple[set[str], bool]:  # noqa: PLR0911 - one branch per opcode
    if code in _ZERO_WIDTH:
        return set(), True
    if code is sre.LITERAL:
        return {chr(argument)}, False
    if code is sre.IN:
        marks: set[str] = set()
        for kind, value in argument:
            assert kind in {sre.LITERAL, sre.RANGE}, "a piece must not begin with a negated class"
            marks |= {chr(value)} if kind is sre.LITERAL else {chr(mark) for mark in range(value[0], value[1] + 1)}
        return marks, False
    if code is sre.SUBPATTERN:
        return _sequence(argument[3])
    if code is sre.ATOMIC_GROUP:
        return _sequence(argument)
    if code is sre.BRANCH:
        return _branches(argument[1])
    if code in _REPEATS:
        marks, empty = _sequence(argument[2])
        return marks, empty or argument[0] == 0
    assert code is sre.GROUPREF_EXISTS
    return _branches(argument[2:])[0], False  # where the group took part, the piece began with it


@pytest.mark.parametrize(("name", "pattern"), GROUPS.items(), ids=GROUPS)
def test_first_characters(name: str, pattern: str) -> None:
    marks, empty = _sequence(parser.parse(pattern))
    assert not empty
    assert "".join(sorted(marks)) == FIRST[name], "paste this into first.py"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三十一", 31),
        ("元", 1),
        ("两", 2),
        ("一百", 100),
        ("一百八十", 180),
        ("百", 100),
        ("一百零五", 105),
        ("二〇", 20),
    ],
)
def test_numbers(text: str, value: int) -> None:
    assert number(text) == value


def test_digits() -> None:
    assert digits("二〇二0") == 2020
    assert digits("一九八四") == 1984
