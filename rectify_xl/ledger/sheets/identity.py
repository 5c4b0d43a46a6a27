"""What tells the rows of a list apart, from round to round."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rectify_xl.ledger.sheets.tables import Column, ListSheet

Identity = tuple[str, ...]


def column_id(column: Column) -> str:
    """What a column is known by: its key, its heading where it has none."""
    return column.key or column.label


def identity_columns(columns: Sequence[Column], identity: Sequence[str]) -> list[int]:
    """Where the columns of an identity stand, from 0; all of ours where a list has none of them."""
    found = [at for at, column in enumerate(columns) if column_id(column) in identity]
    return found or [at for at, column in enumerate(columns) if not column.added]


def identities(content: ListSheet, identity: Sequence[str]) -> list[Identity]:
    """The identity of every row."""
    wanted = identity_columns(content.columns, identity)
    return distinct(tuple(plain(row[at]) for at in wanted) for row in content.rows)


def plain(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """A value as it is compared."""
    return " ".join(shown(value).split())


def distinct(keys: Iterable[Identity]) -> list[Identity]:
    """Identities with a number behind, so that a second row with the same one is another."""
    seen: Counter[Identity] = Counter()
    found = []
    for key in keys:
        seen[key] += 1
        found.append((*key, str(seen[key])))
    return found
