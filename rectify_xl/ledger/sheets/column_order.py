"""The order in which the office has put the columns of a list: one that it inserted between ours stays between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.ledger.sheets.identity import column_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.ledger.sheets.tables import ListSheet


def arranged(content: ListSheet, order: Sequence[str]) -> ListSheet:
    """A list with its columns in an order.

    Args:
        content: the list; the office's columns stand last.
        order: ids of columns; a column that is not among them stays behind the one that it follows.
    """
    ids = [column_id(column) for column in content.columns]
    found = [name for name in order if name in ids]
    for at, name in enumerate(ids):
        if name not in found:
            found.insert(found.index(ids[at - 1]) + 1 if at else 0, name)
    if found == ids or len(found) != len(ids):
        return content
    places = [ids.index(name) for name in found]

    def moved(cells: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(cells[at] for at in places)

    group = None if content.group is None else places.index(content.group)
    return replace(content, columns=moved(content.columns), rows=tuple(map(moved, content.rows)), group=group)
