"""Rows of dispatched workbooks that came back exactly as they went out: nobody has reported on them yet."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rectify_xl.common.text_keys import text_key
from rectify_xl.schema.conversion import shown_in
from rectify_xl.schema.fields import DISPATCHED_EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.collection.collection import Collection


def untouched_rows(collection: Collection) -> frozenset[int]:
    """Positions of the rows of which every cell is as it was dispatched."""
    return collection.once(_untouched_rows)


def untouched_files(collection: Collection) -> Mapping[str, str]:
    """Files none of whose rows was filled in -> the sheet of their first row."""
    return collection.once(_untouched_files)


def filled_in_elsewhere(collection: Collection) -> frozenset[int]:
    """Untouched rows of tasks on which the same unit reports in another of its files: its departments share the list out."""
    untouched = untouched_rows(collection)
    if not untouched:
        return frozenset()

    def task_of(position: int) -> tuple[str, str]:
        return collection.reporting_of(position).unit, collection.places[position].task.key

    filled = {task_of(position) for position in range(len(collection)) if position not in untouched}
    return frozenset(position for position in untouched if all(task_of(position)) and task_of(position) in filled)


def _untouched_rows(collection: Collection) -> frozenset[int]:
    sent_out = [submission.path for submission in collection.submissions if submission.dispatched]
    if not sent_out:
        return frozenset()
    return frozenset(position for position in range(len(collection)) if _is_untouched(collection, position))


def is_as_dispatched(collection: Collection, position: int, key: str) -> bool:
    """Whether a cell is as it was dispatched; False in a row that was not."""
    place = collection.places[position]
    sent = place.submission.dispatched.get(place.task.key)
    known = collection.campaign.schema[key]
    return sent is not None and text_key(shown_in(known, collection.values(key)[position])) == text_key(sent.get(key, ""))


def _is_untouched(collection: Collection, position: int) -> bool:
    sent_empty = DISPATCHED_EMPTY & collection.campaign.schema.by_key.keys()
    if any(collection.values(key)[position] is not None for key in sent_empty):
        return False
    columns = collection.places[position].table.columns
    return all(
        is_as_dispatched(collection, position, known.key) for known in collection.campaign.schema.fields if known.key in columns
    )


def _untouched_files(collection: Collection) -> Mapping[str, str]:
    rows: dict[str, list[int]] = defaultdict(list)
    for position, place in enumerate(collection.places):
        if place.submission.dispatched:
            rows[place.submission.path].append(position)
    untouched = untouched_rows(collection)
    return {
        path: collection.places[positions[0]].table.sheet for path, positions in rows.items() if untouched.issuperset(positions)
    }
