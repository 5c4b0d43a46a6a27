"""冲突: values that disagree, side by side, with their sources; one row per field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.ledger.records import ConflictRecord, ConflictSide
from rectify_xl.ledger.sheets.context import added_cells, added_columns
from rectify_xl.ledger.sheets.entry import MasterSheet, ReadBack
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rectify_xl.ledger.sheets.context import SheetContext

MOST_SIDES = 4  # beside each other; more go on in further rows
FURTHER_SIDES = frozenset(f"{part}_{number}" for number in range(3, MOST_SIDES + 1) for part in ConflictSide._fields)

NAME = Text("冲突", "Conflicts")


def columns(context: SheetContext, sides: int = MOST_SIDES) -> tuple[Column, ...]:
    """Task and field, then unit, value and source of each side."""
    say = context.say
    found = [
        Column(context.label("task_id"), width=10, key="task", leads_to="task"),
        Column(say("字段", "Field"), width=12, key="field"),
    ]
    for number in range(1, sides + 1):
        found += [
            Column(say(f"单位{number}", f"Unit {number}"), width=18, key=f"unit_{number}"),
            Column(say(f"内容{number}", f"Value {number}"), "long_text", 32, f"value_{number}"),
            Column(say(f"来源{number}", f"Source {number}"), width=26, key=f"source_{number}"),
        ]
    return tuple(found)


def render(context: SheetContext) -> ListSheet:
    """All conflicts."""
    conflicts = context.master.conflicts
    sides = min(MOST_SIDES, max((len(conflict.sides) for conflict in conflicts), default=2))
    added = added_columns(conflict.extras for conflict in conflicts)
    rows = [
        (conflict, (*cells, *added_cells(added, conflict.extras)))
        for conflict in conflicts
        for cells in _rows(context, conflict, sides)
    ]
    title = context.title("各单位填报不一致的内容", "Values that disagree")
    empty = context.say("各单位填报没有不一致。", "No disagreement.")
    return ListSheet(
        NAME.in_language(context.lang), title, (*columns(context, sides), *added), tuple(cells for _, cells in rows), empty,
        records=tuple(conflict for conflict, _ in rows),
    )  # fmt: skip


def _rows(context: SheetContext, conflict: ConflictRecord, sides: int) -> Iterator[tuple[Any, ...]]:
    for start in range(0, max(1, len(conflict.sides)), sides):
        cells = [cell for side in conflict.sides[start : start + sides] for cell in side]
        padding = [None] * (len(ConflictSide._fields) * sides - len(cells))
        yield conflict.task, context.label(conflict.field), *cells, *padding


def parse(context: SheetContext, cells: Mapping[str, Any], extras: Mapping[str, Any]) -> ConflictRecord:
    """A row read back; :func:`joined` puts the rows of one conflict together."""
    sides = [
        ConflictSide(*(shown(cells.get(f"{part}_{number}")) for part in ("unit", "value", "source")))
        for number in range(1, MOST_SIDES + 1)
    ]
    while sides and not any(sides[-1]):
        sides.pop()
    return ConflictRecord(shown(cells["task"]), context.key(shown(cells["field"])), tuple(sides), extras)


def joined(rows: Iterable[ConflictRecord]) -> tuple[ConflictRecord, ...]:
    """The conflicts: a row that follows a full one on the same task and field continues it."""
    found: list[ConflictRecord] = []
    for row in rows:
        last = found[-1] if found else None
        full = last is not None and len(last.sides) % MOST_SIDES == 0 and len(last.sides) > 0
        if last is not None and full and (last.task, last.field) == (row.task, row.field):
            found[-1] = replace(last, sides=(*last.sides, *row.sides), extras={**row.extras, **last.extras})
        else:
            found.append(row)
    return tuple(found)


SHEETS = (
    MasterSheet(
        "conflicts", NAME, Text("各单位所报不一致", "values that disagree"), 80, render,
        read_back=ReadBack("conflicts", columns, parse, optional=lambda _: FURTHER_SIDES, combine=joined),
        identity=("task", "key", "field"),
    ),
)  # fmt: skip
