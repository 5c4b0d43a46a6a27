"""The rows about whose deadline a rule of family D speaks, by the verdict on the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.rules import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.collection.verdict import Verdict, VerdictKind
    from rectify_xl.language.deadline import Deadline


def with_verdict(collection: Collection, *kinds: VerdictKind) -> Iterator[tuple[int, Deadline, Verdict]]:
    """Position, reading and verdict of the rows whose deadline is of one of the kinds.

    A cell whose value is lost belongs to family S, and a missing column to missing-column: they are left out.
    """
    for position, verdict in enumerate(collection.verdicts):
        if verdict.kind in kinds and verdict.in_cell:
            yield position, collection.deadlines[position], verdict


def with_day(collection: Collection) -> Iterator[tuple[int, Deadline, Verdict]]:
    """Position, reading and verdict of the rows whose deadline names a day."""
    return with_verdict(collection, "dated", "ambiguous")


def example(collection: Collection) -> dict[str, Any]:
    """Facts that show how a deadline is written, in the year of the report."""
    year = collection.as_of.year
    return phrases("example", f"{year}年12月底前", f"{year}-12-31")
