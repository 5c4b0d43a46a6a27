"""By what a row is known again that waits for the office, or on which it has decided: the same unit with the same words."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import text_key
from rectify_xl.schema.conversion import shown, shown_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.schema.fields import Field
    from rectify_xl.schema.schema import Schema
    from rectify_xl.tasks import Reported

VALUE_MARK = 8  # characters


def row_mark(unit: str, values: Mapping[str, Any], other: str, *, whole_file: bool = False) -> str:
    """The mark of a row of one unit.

    Args:
        unit: the reporting unit.
        values: field key -> value.
        other: the columns that the schema does not know, as ``heading：text`` lines.
        whole_file: whether it waits with a file of another round; handed in for the right one it is no such row.
    """
    texts = [f"{key}={text_key(shown(value))}" for key, value in sorted(values.items()) if value is not None]
    kind = ["other_round"] if whole_file else []
    return sha256("\n".join((unit, *texts, text_key(other), *kind)).encode()).hexdigest()[:16]


def mark_of_reported(reported: Reported) -> str:
    """The mark of a row of a list."""
    rows = [reported.collection.places[position].task for position in reported.positions]
    other = "\n".join(f"{heading}：{text}" for row in rows for heading, text in row.extras.items())
    return row_mark(reported.unit, reported.values, other)


def value_mark(key: str, known: Field, value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """The mark of one value of one task, by which a plan's own value is told from what the office wrote over it."""
    text = f"{key}\n{known.key}\n{text_key(shown_in(known, value))}"
    return sha256(text.encode()).hexdigest()[:VALUE_MARK]


def planned_marks(schema: Schema, tasks: Iterable[tuple[str, Mapping[str, Any]]]) -> frozenset[str]:
    """The marks of all values of the units' own fields that a plan's list gives.

    Args:
        schema: whose fields they are.
        tasks: each task's key with its values.
    """
    owned = [known for known in schema.fields if known.owner == "unit"]
    return frozenset(
        value_mark(key, known, values[known.key]) for key, values in tasks for known in owned if values.get(known.key) is not None
    )
