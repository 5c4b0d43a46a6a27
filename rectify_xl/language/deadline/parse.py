"""The public reading: one cell value or clause in, one Deadline out."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rectify_xl.language.deadline import kinds as kinds_of
from rectify_xl.language.deadline.fold import fold
from rectify_xl.language.deadline.fused import split_rest
from rectify_xl.language.deadline.model import Deadline, DeadlineOptions, Problem
from rectify_xl.language.deadline.normalize import Normal, normalize
from rectify_xl.language.deadline.recurring import next_due
from rectify_xl.language.deadline.refine import refine
from rectify_xl.language.deadline.tokens import Token, tokenize
from rectify_xl.language.deadline.values import YEARS, number_date, number_text, plain_number, typed_date
from rectify_xl.language.deadline.whole import note, rewrite

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.language.deadline.state import Found

_DEFAULTS: Final = DeadlineOptions()
_EMPTY: Final = re.compile(r"[-/\\.。,、;:*…·()]*|暂?无|没有|空|不涉及|(?i:n/?a|none|null|nan|nil)")
_ROW_ABOVE: Final = re.compile("[”〃]+|同[上前左](?:行|一行)?|[见同]上(?:行)?|如上|——?”|[〃々]")
_BROKEN: Final = re.compile(r"#+|#[A-Z/0!?]+|[?�]+|[0-9.eE+%-]+")
#: 202408
_YEAR_MONTH: Final = 6
_LONGEST_SURFACE: Final = 16
_CERTAIN: Final = {"event-relative", "other-text", "no-anchor", "impossible-date"}


def parse_deadline(value: object, *, anchor: date | None = None, options: DeadlineOptions = _DEFAULTS) -> Deadline:
    """Read a deadline.

    :param value: ``None``, text, a number (Excel serial, or ``yyyymmdd``), a date or a datetime.
    :param anchor: the issue date of the list; year-less and relative dates hang on it. No clock is read.
    :param options: the conventions of the campaign.
    :returns: always a :class:`Deadline`; nothing is raised for any value.
    """
    day = typed_date(value)
    if day is not None:
        return Deadline(str(value), ("dated",), (day,), used=((0, len(str(value))),))
    if isinstance(value, (int, float)):
        return _number(value, anchor, options)
    text = "" if value is None else str(value)
    normal = normalize(text)
    whole = plain_number(normal.text)
    if whole is not None:
        day = number_date(whole)
        if day is not None:
            return Deadline(text, ("dated",), (day,), used=((0, len(text)),))
    problem = _surface(normal.text)
    if problem is not None:
        return _invalid(text, problem)
    return _phrase(text, normal, anchor, options)


def _number(value: float, anchor: date | None, options: DeadlineOptions) -> Deadline:
    text = str(value)
    if isinstance(value, bool) or not math.isfinite(value):
        return _invalid(text, "unreadable")
    shown = number_text(value)
    day = number_date(int(value))
    if day is not None:
        return Deadline(text, ("dated",), (day,), used=((0, len(text)),))
    read = _phrase(text, normalize(shown), anchor, options)
    if not read.due or not (int(value) in YEARS or len(shown) == _YEAR_MONTH):
        return _invalid(text, "unreadable")
    if shown.endswith(".1"):
        october = read.due[-1].replace(month=10)
        return replace(read, ambiguous=True, alternatives=(october,), reasons=("decimal-month",))
    return read


def _surface(text: str) -> Problem | None:
    """Recognise what is no phrase at all; ``None`` lets the grammar look."""
    if _EMPTY.fullmatch(text):
        return "empty"
    if len(text) > _LONGEST_SURFACE:
        return None
    if _ROW_ABOVE.fullmatch(text):
        return "placeholder"
    if _BROKEN.fullmatch(text) and rewrite(text) == text and not tokenize(text):
        return "unreadable"
    return None


def _invalid(text: str, problem: Problem) -> Deadline:
    code = "impossible-date" if problem == "impossible" else problem
    return Deadline(text, ("invalid",), reasons=(code,), problem=problem)


def _phrase(text: str, normal: Normal, anchor: date | None, options: DeadlineOptions) -> Deadline:
    plain = rewrite(normal.text)
    same = plain == normal.text
    tokens = tokenize(plain)
    tokens, cut = split_rest(plain, tokens) if same else (tokens, len(plain))
    plain = plain[:cut]
    found = fold(plain, tokens, anchor, options)
    tokens = kinds_of.drop_partial(plain, tokens)
    refine(plain, tokens, found)
    found.reasons.extend(code for code in (note(normal.text),) if code)
    kinds = kinds_of.decide(plain, tokens, found, options)
    spans = tuple(normal.span(token.start, token.end) for token in tokens if token.kind != "block") if same else ((0, len(text)),)
    rest = text[normal.span(cut, cut)[0] :].strip() if same and cut < len(normal.text) else ""
    if kinds == ("invalid",):
        return _invalid(text, _problem(tokens, found))
    return _result(text, kinds, found, tokens, plain, anchor, spans, rest)


def _problem(tokens: list[Token], found: Found) -> Problem:
    if found.impossible:
        return "impossible"
    names = {token.kind for token in tokens}
    if "placeholder" in names:
        return "placeholder"
    return "truncated" if "truncated" in names else "not-a-deadline"


def _result(
    text: str,
    kinds: tuple[str, ...],
    found: Found,
    tokens: list[Token],
    plain: str,
    anchor: date | None,
    spans: tuple[tuple[int, int], ...],
    rest: str,
) -> Deadline:
    due = tuple(sorted({node.due for node in found.nodes}))
    codes = [code for node in found.nodes for code in node.reasons] + found.reasons
    if found.impossible:
        codes.append("impossible-date")
    if found.no_anchor:
        codes.append("no-anchor")
    if rest:
        codes.append("other-text")
    codes = list(dict.fromkeys(codes))
    others = sorted({day for node in found.nodes for day in node.others} - set(due[-1:]))
    cycles = [token for token in tokens if token.kind == "cycle"]
    return Deadline(
        text=text,
        kinds=kinds,
        due=due,
        vague="vague" in kinds,
        ambiguous=any(code not in _CERTAIN for code in codes),
        alternatives=tuple(others),
        reasons=tuple(codes),
        next_due=next_due(plain, cycles, found, anchor),
        yearless=any(node.yearless for node in found.nodes),
        used=spans,
        rest=rest,
    )
