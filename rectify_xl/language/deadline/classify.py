"""Classify a phrase: its kinds, from its tokens and the dates found."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline import patterns
from rectify_xl.language.deadline.model import KINDS, DeadlineOptions
from rectify_xl.language.han_pattern import HanPattern

if TYPE_CHECKING:
    from rectify_xl.language.deadline.state import Found
    from rectify_xl.language.deadline.tokens import Token

_BREAK: Final = HanPattern("[,。;!?]")
_END: Final = HanPattern(r"$|[,。;!?)”]")
_DONE_TAIL: Final = HanPattern(r"(?:整改|任务|工作|验收|销号|并|且|的?(?=\()|\([^)]*\))*(?=$|[,。;!?)])")
_PARTLY: Final = HanPattern(r"[^,。;]{0,40}(?:[0-9%]|部分|阶段|一半|大部)|[^,。;]{0,12}(?:的(?=[^,。;])|后)|、")
_DONE_BARE: Final = HanPattern(
    rf"(?:(?:整改|完成)?(?:时限|期限|时间):)?[(【]?(?:目前|现)?,?{patterns.DONE_BARE}(?:\([^)]*\))?[)】]?[。;,!]*"
)
#: beside these, a start without an end is no standing task
_ENDS_A_START: Final = frozenset({"dated", "recurring", "long_term", "done", "immediate"})
_EXCLUDES_VAGUE: Final = frozenset({"dated", "long_term", "done"})
_BROKEN: Final = frozenset({"truncated", "placeholder", "damaged"})
#: words that make a duty vague where nothing else is said
_VAGUE: Final = frozenset({"weak", "regular", "stage"})
_SOME_EVENT: Final = HanPattern(patterns.SOME_EVENT)
#: 2026年底前建立常态化监管机制: the word qualifies what is to be set up by then
_MECHANISM: Final = HanPattern(r"常态化?(?:长效化?)?[^,。;、常]{0,8}(?:机制|体系|制度|格局)")
_LONGEST_STATUS: Final = 40
_SUBJECT: Final = HanPattern("(?:目前|超期|逾期|到期|截至目前|该|此|本|项|整改|任务|工作|问题|暂|全部|仍)*")


def _clauses(text: str, tokens: list[Token]) -> list[int]:
    """Return the number of the clause in which each token lies."""
    ends = [mark.end() for mark in _BREAK.finditer(text)]
    return [bisect_right(ends, token.start) for token in tokens]


def drop_partial(text: str, tokens: list[Token]) -> list[Token]:
    """Leave out reports about a part of the task (已完成80%) or a property of a noun (已完成的项目)."""
    return [
        token
        for token in tokens
        if token.kind != "done" or _DONE_TAIL.match(text, token.end) or not _PARTLY.match(text, token.end)
    ]


def _stands(text: str, token: Token) -> bool:
    """Tell whether a status word ends its clause (尚未完成), so that it speaks of the task itself."""
    clause = _BREAK.split(text[max(0, token.start - 40) : token.start])[-1]
    return _END.match(text, token.end) is not None and _SUBJECT.fullmatch(clause) is not None


def _keeps_process(text: str, token: Token, found: Found) -> bool:
    """Next to a date, 持续推进 is a standing task only after a finished clause or with nothing after it."""
    if any(node.token.end == token.start for node in found.nodes):
        return False  # 年内持续推进 is bounded by its date
    if not found.nodes or _END.match(text, token.end):
        return True
    last = found.nodes[-1].token
    return last.end < token.start and _BREAK.search(text[last.end : token.start].strip(",")) is not None


def _long_term(text: str, by_kind: dict[str, list[Token]], found: Found, options: DeadlineOptions) -> bool:
    if any(not (found.nodes and _MECHANISM.match(text, token.start)) for token in by_kind.get("long", ())):
        return True
    if "process" not in by_kind or options.open_ended == "vague":
        return False
    return any(_keeps_process(text, token, found) for token in by_kind["process"])


def _vague(text: str, by_kind: dict[str, list[Token]], found: Found, options: DeadlineOptions) -> bool:
    cycles = by_kind.get("cycle", [])
    words = by_kind.get("strong", []) + by_kind.get("result", [])
    if options.open_ended == "vague":
        words = words + by_kind.get("process", [])
    if cycles:
        return not set(_clauses(text, words)) <= set(_clauses(text, cycles))
    if (
        words
        or found.events
        or found.no_anchor
        or (found.undated and "immediate" not in by_kind)
        or not by_kind.keys().isdisjoint(_VAGUE)
    ):
        return True
    return any(_stands(text, token) for token in by_kind.get("undone", ()))


def _is_done(text: str, by_kind: dict[str, list[Token]], found: Found) -> bool:
    """Beside a date, only a report without an object counts: 2020年6月底前(已完成)."""
    if "done" in by_kind:
        return not found.nodes or any(_DONE_TAIL.match(text, token.end) for token in by_kind["done"])
    return len(text) <= _LONGEST_STATUS and _DONE_BARE.fullmatch(text) is not None


def _plain(text: str, by_kind: dict[str, list[Token]], found: Found, options: DeadlineOptions) -> set[str]:
    """Return the kinds that do not depend on one another."""
    kinds: set[str] = set()
    if "immediate" in by_kind:
        kinds.add("immediate")
    if found.nodes:
        kinds.add("dated")
    if len(found.nodes) > 1 or "stage" in by_kind:
        kinds.add("phased")
    if "cycle" in by_kind or ("regular" in by_kind and not found.nodes):
        kinds.add("recurring")
    if _long_term(text, by_kind, found, options):
        kinds.add("long_term")
    if _is_done(text, by_kind, found):
        kinds.add("done")
    return kinds


def classify(text: str, by_kind: dict[str, list[Token]], found: Found, options: DeadlineOptions) -> tuple[str, ...]:
    """Return the kinds in canonical order; ``("invalid",)`` when the text holds no deadline."""
    kinds = _plain(text, by_kind, found, options)
    if found.started and kinds.isdisjoint(_ENDS_A_START):
        kinds.add("long_term")
    if kinds.isdisjoint(_EXCLUDES_VAGUE) and _vague(text, by_kind, found, options):
        kinds.add("vague")
    if not kinds:
        if found.impossible or not by_kind.keys().isdisjoint(_BROKEN) or not _SOME_EVENT.search(text):
            return ("invalid",)
        found.reasons.append("event-relative")
        kinds.add("vague")
    return tuple([kind for kind in KINDS if kind in kinds]) if len(kinds) > 1 else tuple(kinds)
