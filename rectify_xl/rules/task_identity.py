"""Which rows are the same task: within one table, within one file and across files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.rules.cell_texts import SAME_AS_ABOVE
from rectify_xl.tasks import category_of, number_keys, numbering_scopes, wording_key

if TYPE_CHECKING:
    from rectify_xl.collection.collection import Collection

__all__ = ["CONTENT", "category_of", "cell_of", "content_keys", "home", "number_keys", "numbering_scopes"]

CONTENT = ("problem", "measures")


def content_keys(collection: Collection) -> list[str]:
    """Every row's problem, or its measures where it has none, in the form in which texts are compared."""
    return collection.once(_content_keys)


def _content_keys(collection: Collection) -> list[str]:
    rows = zip(*(collection.values(key) for key in CONTENT), strict=True)
    return [next(filter(None, map(_content, row)), "") for row in rows]


def _content(value: object) -> str:
    key = wording_key(value) if isinstance(value, str) else ""
    return "" if key in SAME_AS_ABOVE else key


def home(collection: Collection, position: int) -> str:
    """The field where a finding about a whole task stands: its number, else what names it."""
    columns = collection.places[position].table.columns
    return next((key for key in ("task_id", *CONTENT) if key in columns), next(iter(columns)))


def cell_of(collection: Collection, position: int, key: str) -> str:
    """The A1 address of a row's field in its own file."""
    place = collection.places[position]
    return place.table.cell(place.task, key)
