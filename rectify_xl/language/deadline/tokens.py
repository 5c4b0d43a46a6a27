"""One pass over the text: every piece that says something about time, and the pieces that only look so."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from rectify_xl.language.deadline import patterns, words
from rectify_xl.language.deadline.first import FIRST

#: Order matters: at one place the first alternative that matches wins, blockers and statuses first.
GROUPS: Final = (
    ("block", patterns.BLOCKS),
    ("done", patterns.DONE),
    ("undone", patterns.UNDONE),
    ("cycle", patterns.CYCLE),
    ("regular", patterns.REGULAR),
    ("event", patterns.EVENTS_BEFORE),
    ("after", patterns.EVENT_AFTER),
    ("placeholder", patterns.PLACEHOLDER),
    ("truncated", patterns.TRUNCATED),
    ("date", patterns.DATE),
    ("duration", patterns.DURATION),
    ("immediate", words.IMMEDIATE),
    ("long", words.LONG_TERM),
    ("result", words.OPEN_RESULT),
    ("process", words.OPEN_PROCESS),
    ("stage", words.STAGES),
    ("strong", words.STRONG_VAGUE),
    ("weak", words.WEAK_VAGUE),
)


def _guard(marks: str) -> str:
    """Return a look-ahead for one of ``marks``; it fails faster than any alternative behind it."""
    return f"(?=[{re.escape(''.join(sorted(set(marks))))}])"


@cache
def _scanner() -> re.Pattern[str]:
    """Compile the alternation on first use, so that importing the package costs nothing."""
    return re.compile(
        _guard("".join(FIRST.values()))
        + "(?:"
        + "|".join(f"{_guard(FIRST[name])}(?P<t_{name}>{pattern})" for name, pattern in GROUPS)
        + ")"
    )


class Token(NamedTuple):
    """A piece of the normal text: its kind, its place, and the match for the pieces with inner groups."""

    kind: str
    start: int
    end: int
    text: str
    match: re.Match[str]


def tokenize(text: str) -> list[Token]:
    """Cut ``text`` into the pieces that matter, left to right, without overlap."""
    return [
        Token((match.lastgroup or "")[2:], match.start(), match.end(), match[0], match)
        for match in _scanner().finditer(text)
        if match.end() > match.start()
    ]
