"""Split leaders that run together without a separator: 沈知远陆清和, 沈知远市委书记陆清和市长, 副市长沈知远副市长陆清和."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rectify_xl.language.han_pattern import HanPattern
from rectify_xl.language.leaders import vocabulary as t
from rectify_xl.language.leaders.names import is_name

if TYPE_CHECKING:
    from collections.abc import Iterator

Part = tuple[Literal["name", "post"], str]

_POST_END = HanPattern(t.POST_END)
#: What a post can begin with, so that the last character of a given name is not taken into it.
_POST_START = HanPattern(
    r"[省市县区州盟旗镇乡村局厅委党政副常分总院校站所科处办主书公团经理董秘调巡部队工教检财务项安班车厂第一二三四原中国]"
)
#: No given name ends so; 何岚副|县长 is 何岚|副县长.
_NO_NAME_END = ("副", "常", "总", "原")
_LENGTHS = (3, 2, 4)
_SHORTEST = 8
_LONGEST = 80
_LONGEST_POST = 18
_PEOPLE = 2
#: 沈岚陆澈 could be one foreign name as well
_FEWEST, _LONGEST_NAMES = 5, 18
_BODY = HanPattern(r"[省市县区州局委办厅院部府会室处队组镇乡村站所科股司团厂级门等责长员任记导]$")


def split_people(word: str) -> list[Part] | None:
    """Return names and posts in the order of the text, or ``None`` where the word is not several people with posts."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return None
    ends = [match.end() for match in _POST_END.finditer(word)]
    if len(ends) < _PEOPLE:
        return None
    dead: set[tuple[bool, int]] = set()
    for name_first in (True, False):
        parts = _people(word, ends, 0, dead, name_first=name_first)
        if parts and sum(kind == "name" for kind, _ in parts) >= _PEOPLE:
            return parts
    return None


def split_names(word: str) -> list[str] | None:
    """Return the names of a word that is nothing but names, or ``None`` where there is more than one way to cut it.

    Of all ways the ones with the fewest names count: most names have three characters.
    """
    if not _FEWEST <= len(word) <= _LONGEST_NAMES:
        return None
    ways: list[list[list[str]]] = [[[]]]  # the best ways to cut the first n characters
    for end in range(1, len(word) + 1):
        found = [
            [*before, word[end - length : end]]
            for length in _LENGTHS
            if length <= end and _stands_alone(word[end - length : end])
            for before in ways[end - length]
        ]
        best = min(map(len, found), default=0)
        ways.append([way for way in found if len(way) == best][:_PEOPLE])
    return ways[-1][0] if len(ways[-1]) == 1 else None


def _stands_alone(name: str) -> bool:
    return is_name(name) and not name.endswith(_NO_NAME_END) and not _BODY.search(name)


def _people(word: str, ends: list[int], at: int, dead: set[tuple[bool, int]], *, name_first: bool) -> list[Part] | None:
    """The people from ``at`` on; ``dead`` remembers where no reading begins, which keeps the search linear."""
    if at == len(word):
        return []
    if (name_first, at) in dead:
        return None
    for person, end in _named(word, ends, at) if name_first else _posted(word, ends, at):
        rest = _people(word, ends, end, dead, name_first=name_first)
        if rest is not None:
            return [*person, *rest]
    dead.add((name_first, at))
    return None


def _names_at(word: str, at: int) -> Iterator[str]:
    for length in _LENGTHS:
        name = word[at : at + length]
        if len(name) == length and is_name(name) and not name.endswith(_NO_NAME_END):
            yield name


def _posts_at(word: str, ends: list[int], at: int) -> Iterator[str]:
    if _POST_START.match(word, at):
        yield from (word[at:end] for end in ends if at < end <= at + _LONGEST_POST)


def _named(word: str, ends: list[int], at: int) -> Iterator[tuple[list[Part], int]]:
    for name in _names_at(word, at):
        begin = at + len(name)
        for post in _posts_at(word, ends, begin):
            yield [("name", name), ("post", post)], begin + len(post)


def _posted(word: str, ends: list[int], at: int) -> Iterator[tuple[list[Part], int]]:
    for post in _posts_at(word, ends, at):
        begin = at + len(post)
        for name in _names_at(word, begin):
            yield [("post", post), ("name", name)], begin + len(name)
