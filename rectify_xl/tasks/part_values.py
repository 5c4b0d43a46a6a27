"""What each part of a task says itself, kept beside the one value that the task shows: no list of lines tells that again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import text_key
from rectify_xl.common.unreadable import UNREADABLE
from rectify_xl.schema.conversion import convert, shown, shown_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rectify_xl.schema.fields import Field

# One per part: field key -> text, of the fields on which the parts differ; a part without one of them says nothing on it.
PartValues = tuple[Mapping[str, str], ...]


def part_values(fields: Iterable[Field], rows: Sequence[Mapping[str, Any]]) -> PartValues:
    """What the parts of a task say where they differ.

    Args:
        fields: of the schema.
        rows: field key -> value of each part; a field that is lacking says nothing.

    Returns:
        One mapping for each part; nothing of a task of one row.
    """
    if len(rows) < 2:  # noqa: PLR2004 - one row is no part
        return ()
    found: list[dict[str, str]] = [{} for _ in rows]
    for known in fields:
        texts = [_text(known, row.get(known.key)) for row in rows]
        if len(set(texts)) > 1:
            for part, text in zip(found, texts, strict=True):
                if text:
                    part[known.key] = text
    return tuple(found)


def said_by_each(known: Field, parts: PartValues, whole: Any) -> list[Any]:  # noqa: ANN401 - a cell holds anything
    """The value of each part on one field; ``whole``: what the task says, and so each part where they do not differ."""
    if not is_split(known, parts):
        return [whole] * len(parts)
    return [convert(known, part.get(known.key)) for part in parts]


def measure_keys(parts: PartValues) -> tuple[str, ...]:
    """The measure of each part, by which it is known in a list; empty where it has none of its own."""
    return tuple(text_key(part.get("measures", "")) for part in parts)


def by_part(
    fields: Iterable[Field], measures: Sequence[str], values: Mapping[str, Any], parts: PartValues
) -> dict[int, dict[str, Any]] | None:
    """What a report says of those parts of the plan's list that it has.

    Args:
        fields: of the schema.
        measures: what is to be done in each part of the plan, as text keys.
        values: what the report says of the task.
        parts: what each of its rows says.

    Returns:
        The index of a part in the plan -> field key -> value; None where it is not known which part a row is.
    """
    rows: list[dict[str, Any]] = [{} for _ in parts or [values]]
    for known in fields:
        whole = values.get(known.key)
        for row, value in zip(rows, said_by_each(known, parts, whole) if parts else [whole], strict=True):
            row[known.key] = value
    words = [text_key(shown(row.get("measures"))) for row in rows]
    if len(set(words)) < len(words) or not {*words} <= {*measures}:
        return None
    return {measures.index(word): row for word, row in zip(words, rows, strict=True)}


def is_split(known: Field, parts: PartValues) -> bool:
    """Whether parts differ on a field."""
    return any(known.key in part for part in parts)


def _text(known: Field, value: Any) -> str:  # noqa: ANN401
    return shown(str(value)) if isinstance(value, UNREADABLE) else shown_in(known, value)
