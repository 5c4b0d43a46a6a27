"""What a deadline cell amounts to: one verdict per cell, read by the rules of family D and by the sheet 时限不明 alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.common.unreadable import CellError, Rounded, Uncached
from rectify_xl.language.deadline import effective_due
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.language.deadline import Deadline

VerdictKind = Literal["missing", "is-status", "impossible", "dated", "ambiguous", "vague", "undated", "unreadable"]

# Reasons that come from the cell itself; all others are reason codes of the reader of deadlines.
BLANK, NO_COLUMN = "blank", "no-column"
ERROR_VALUE, NO_RESULT, ROUNDED = "error-value", "formula-without-result", "rounded-number"
_STATES = {CellError: ERROR_VALUE, Uncached: NO_RESULT, Rounded: ROUNDED}
_NOT_IN_CELL = {(NO_COLUMN,), *((state,) for state in _STATES.values())}

# Reasons that leave no doubt about the day.
_CERTAIN = frozenset({"event-relative", "other-text", "two-digit-year", "no-anchor", "impossible-date", "yearless-past"})
# Days that the measures themselves set: 2027年底前, 2026年6月30日之前.
_DAY_IN_MEASURES = LazyPattern(
    r"(?:20\d{2}|[二〇○零一三四五六七八九]{4})年"
    r"(?:\d{1,2}月(?:\d{1,2}[日号]|[底末]|[上中下]旬)?|年?[底末])?(?:之|以)?前"
)


@dataclass(frozen=True, slots=True, repr=False)
class Verdict(ShortRepr):
    """What a deadline is good for, and why.

    ``text``: the cell as shown; ``due``: the effective due date; ``reasons``: codes, of which the first says why there is
    no day or more than one; ``mentioned``: days that the measures name where the cell is empty; ``before_issue``: every day
    written lies before the issue date.
    """

    kind: VerdictKind
    text: str = ""
    due: date | None = None
    reasons: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    before_issue: bool = False

    @property
    def clear(self) -> bool:
        """Whether everybody would name the same day: it is written, or the campaign gives it."""
        return self.kind == "dated" or (self.kind == "undated" and self.due is not None)

    @property
    def doubtful(self) -> bool:
        """Whether there is a day that nobody can be held to before it is confirmed: another reading, or a slip of the year."""
        return self.kind == "ambiguous" or self.before_issue

    @property
    def in_cell(self) -> bool:
        """Whether it is about words that somebody wrote, or left out, in a cell of deadlines.

        It is not where the list has no such column, or where the cell's value is lost (an error value, a formula without a
        result, a rounded number).
        """
        return self.reasons[:1] not in _NOT_IN_CELL


def judge_deadline(
    value: Any,  # noqa: ANN401 - a cell holds anything
    deadline: Deadline,
    campaign: Campaign,
    *,
    measures: Any = None,  # noqa: ANN401
    has_column: bool = True,
) -> Verdict:
    """Judge one deadline cell; the first kind that applies.

    Args:
        value: the cell's value, an unreadable one by its marker.
        deadline: how it reads.
        campaign: gives the days of deadlines without one, and the issue date.
        measures: the measures of the same task.
        has_column: whether the list has a column of deadlines at all.
    """
    if state := _STATES.get(type(value)):
        return Verdict("unreadable", shown(value), reasons=(state,))
    if deadline.problem == "empty":
        reason = BLANK if has_column else NO_COLUMN
        return Verdict("missing", reasons=(reason,), mentioned=_days_in(measures))
    rules = campaign.deadlines
    due, _ = effective_due(deadline, rules.immediate, rules.long_term)
    kind, reasons = _kind(deadline, campaign)
    return Verdict(kind, shown(value), due, reasons, before_issue=before_issue(deadline, campaign))


def _kind(deadline: Deadline, campaign: Campaign) -> tuple[VerdictKind, tuple[str, ...]]:
    if "done" in deadline.kinds and not deadline.due:
        return "is-status", ()
    if deadline.problem == "impossible" or "impossible-date" in deadline.reasons:
        return "impossible", ("impossible-date",)
    if deadline.due:
        doubts = () if before_issue(deadline, campaign) else _doubts(deadline, campaign)
        return ("ambiguous", doubts) if doubts else ("dated", ())
    if deadline.vague:
        return "vague", deadline.reasons
    if deadline.problem or not deadline.kinds:
        return "unreadable", deadline.reasons
    return "undated", ()


def _doubts(deadline: Deadline, campaign: Campaign) -> tuple[str, ...]:
    """Codes of the reasons why two careful readers could differ about the date."""
    certain = _CERTAIN | {"duration-base", "working-days"} if campaign.issued else _CERTAIN
    return tuple(code for code in deadline.reasons if code not in certain) if deadline.ambiguous else ()


def before_issue(deadline: Deadline, campaign: Campaign) -> bool:
    """Whether every date in the cell lies before the campaign's issue date."""
    return campaign.issued is not None and bool(deadline.due) and deadline.due[-1] < campaign.issued


def _days_in(measures: Any) -> tuple[str, ...]:  # noqa: ANN401
    return tuple(dict.fromkeys(_DAY_IN_MEASURES.findall(measures))) if isinstance(measures, str) else ()
