"""Which rule of family D speaks about a deadline cell: the first match, in the order of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from rectify_xl.rules import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.language.deadline import Deadline

Verdict = Literal["missing", "status", "impossible", "dated", "vague", "undated", "unreadable", ""]


def verdict(collection: Collection, position: int) -> Verdict:
    """What kind of deadline a row has; "" where the list has no such column or its value is an error."""
    value = collection.values("deadline")[position]
    if value is None:
        return "missing" if "deadline" in collection.places[position].table.columns else ""
    return _read(collection.deadlines[position], text=isinstance(value, str))


def _read(deadline: Deadline, *, text: bool) -> Verdict:
    if deadline.problem == "empty":
        return "missing" if text else ""
    if "done" in deadline.kinds and not deadline.due:
        return "status"
    if deadline.problem == "impossible" or "impossible-date" in deadline.reasons:
        return "impossible"
    if deadline.due:
        return "dated"
    if deadline.vague:
        return "vague"
    return "unreadable" if deadline.problem or not deadline.kinds else "undated"


def spoken(collection: Collection, wanted: Verdict) -> Iterator[tuple[int, Deadline]]:
    """Position and reading of the rows whose deadline is of the wanted kind."""
    return (
        (position, collection.deadlines[position]) for position, one in enumerate(collection.once(_verdicts)) if one == wanted
    )


def _verdicts(collection: Collection) -> list[Verdict]:
    return [verdict(collection, position) for position in range(len(collection))]


def example(collection: Collection) -> dict[str, Any]:
    """Facts that show how a deadline is written, in the year of the report."""
    year = collection.as_of.year
    return phrases("example", f"{year}年12月底前", f"{year}-12-31")


def before_issue(collection: Collection, deadline: Deadline) -> bool:
    """Whether every date in the cell lies before the campaign's issue date."""
    issued = collection.campaign.issued
    return issued is not None and bool(deadline.due) and deadline.due[-1] < issued


def doubts(collection: Collection, deadline: Deadline) -> tuple[str, ...]:
    """Codes of the reasons why two careful readers could differ about the date."""
    certain = {"event-relative", "other-text", "two-digit-year", "no-anchor", "impossible-date", "yearless-past"}
    if collection.campaign.issued:
        certain |= {"duration-base", "working-days"}
    return tuple(code for code in deadline.reasons if code not in certain) if deadline.ambiguous else ()
