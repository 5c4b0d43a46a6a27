"""The hidden column that keeps what each part of a task says: a line of JSON for each part, by the keys of the fields."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rectify_xl.ledger.sheets.tables import Column
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.sheets.context import SheetContext
    from rectify_xl.tasks import PartValues

_LONGEST = 32_000  # characters; a cell holds 32,767


def parts_column(context: SheetContext) -> Column:
    """The column, in 总台账 and in 分单位填报."""
    return Column(context.say("分项内容", "Parts"), width=14, key="parts", hidden=True)


def parts_cell(parts: PartValues) -> str | None:
    """Its cell; without the longest fields where they do not all fit: their lines in the field's own column are still there."""
    left = list(parts)
    while len(text := "\n".join(json.dumps(part, ensure_ascii=False) for part in left)) > _LONGEST and any(left):
        longest = max({key for part in left for key in part}, key=lambda key: sum(len(part.get(key, "")) for part in left))
        left = [{key: value for key, value in part.items() if key != longest} for part in left]
    return text or None


def read_parts(cell: Any) -> PartValues:  # noqa: ANN401 - a cell holds anything
    """What a cell keeps; nothing of one in which somebody has written something else."""
    if cell is None:  # as of nearly all tasks
        return ()
    found: list[Mapping[str, str]] = []
    for line in shown(cell).split("\n"):
        try:
            part = json.loads(line)
        except (ValueError, RecursionError):
            return ()
        if not isinstance(part, dict) or not all(isinstance(value, str) for value in part.values()):
            return ()
        found.append(part)
    return tuple(found) if len(found) > 1 else ()
