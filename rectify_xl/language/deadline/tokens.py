"""One pass over the text: every piece that says something about time, and the pieces that only look so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline import patterns, words
from rectify_xl.language.deadline.blocks import BLOCKS
from rectify_xl.language.deadline.first import FIRST
from rectify_xl.language.lazy import Lazy

if TYPE_CHECKING:
    import re

#: Order matters: at one place the first alternative that matches wins, blockers and statuses first.
GROUPS: Final = {f"block_{name}": pattern for name, pattern in BLOCKS.items()} | {
    "done": patterns.DONE,
    "undone": patterns.UNDONE,
    "cycle": patterns.CYCLE,
    "regular": patterns.REGULAR,
    "event": patterns.EVENTS_BEFORE,
    "after": patterns.EVENT_AFTER,
    "placeholder": patterns.PLACEHOLDER,
    "truncated": patterns.TRUNCATED,
    "date": patterns.DATE,
    "duration": patterns.DURATION,
    "immediate": words.IMMEDIATE,
    "long": words.LONG_TERM,
    "result": words.OPEN_RESULT,
    "process": words.OPEN_PROCESS,
    "stage": words.STAGES,
    "strong": words.STRONG_VAGUE,
    "weak": words.WEAK_VAGUE,
    "unread": patterns.UNREAD_YEAR,
}
#: The name of a group in the scanner, and the kind of its tokens.
_KINDS: Final = {f"t_{name}": name.partition("_")[0] for name in GROUPS}


def _guard(marks: str) -> str:
    """Return a look-ahead for one of ``marks``; it fails faster than any alternative behind it."""
    inside = "".join(sorted(set(marks))).replace("[", "\\[").replace("-", "\\-")
    return f"(?=[{inside}])"


_SCANNER: Final = Lazy(
    _guard("".join(FIRST.values()))
    + "(?:"
    + "|".join(f"{_guard(FIRST[name])}(?P<t_{name}>{pattern})" for name, pattern in GROUPS.items())
    + ")"
)


@dataclass(slots=True)
class Token:
    """A piece of the normal text: its kind, its place, and the match with its inner groups."""

    kind: str
    start: int
    end: int
    match: re.Match[str]

    @property
    def text(self) -> str:
        """The piece as it stands in the normal text."""
        return self.match[0]


def by_kind(tokens: list[Token]) -> dict[str, list[Token]]:
    """Sort tokens by their kind; a kind without tokens has no entry."""
    groups: dict[str, list[Token]] = {}
    for token in tokens:
        groups.setdefault(token.kind, []).append(token)
    return groups


def tokenize(text: str) -> list[Token]:
    """Cut ``text`` into the pieces that matter, left to right, without overlap."""
    return [Token(_KINDS[match.lastgroup or ""], match.start(), match.end(), match) for match in _SCANNER.finditer(text)]
