"""冲突: values that disagree, side by side, with their sources; one row per field, on which the office decides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.ledger import decision_words as words
from rectify_xl.ledger.decision_records import ConflictRecord, ConflictSide
from rectify_xl.ledger.sheets.context import added_cells, added_columns, key_column
from rectify_xl.ledger.sheets.entry import MasterSheet, ReadBack
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rectify_xl.ledger.sheets.context import SheetContext

MOST_SIDES = 4  # beside each other; more go on in further rows
FURTHER_SIDES = frozenset(f"{part}_{number}" for number in range(2, MOST_SIDES + 1) for part in ConflictSide._fields)
_SINCE_ROUNDS = frozenset({"kind", "ours", "decision", "decided_value", "round_id", "key"})
KINDS: Mapping[str, Text] = {
    "conflict": Text("填报不一致", "Values differ"),
    "refused": Text("单位建议修改", "Proposed by a unit"),
}

NAME = Text("冲突", "Conflicts")


def columns(context: SheetContext, sides: int = MOST_SIDES) -> tuple[Column, ...]:
    """Task and field, then unit, value and source of each side."""
    say = context.say
    found = [
        Column(context.label("task_id"), width=10, key="task", leads_to="task"),
        Column(say("字段", "Field"), width=12, key="field"),
        Column(say("类型", "Kind"), width=12, key="kind"),
        Column(say("台账现值", "Ledger"), "long_text", 28, "ours"),
        Column(words.DECISION.in_language(context.lang), width=20, key="decision"),
        Column(words.DECIDED_VALUE.in_language(context.lang), width=20, key="decided_value"),
    ]
    for number in range(1, sides + 1):
        found += [
            Column(say(f"单位{number}", f"Unit {number}"), width=18, key=f"unit_{number}"),
            Column(say(f"内容{number}", f"Value {number}"), "long_text", 32, f"value_{number}"),
            Column(say(f"来源{number}", f"Source {number}"), width=26, key=f"source_{number}"),
        ]
    return (*found, Column(say("轮次", "Round"), width=10, key="round_id"), key_column(context))


def render(context: SheetContext) -> ListSheet:
    """All conflicts."""
    conflicts = context.master.conflicts
    sides = min(MOST_SIDES, max((2, *(len(conflict.sides) for conflict in conflicts))))
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
        note=context.say(
            "在“处理意见”栏选定（选“以核定值为准”时把值填在“核定值”栏），下次 merge 或 summarize 时生效并记入“变更记录”",
            "choose a decision (and fill in the decided value where it counts); the next merge or summarize applies and logs it",
        ),
        records=tuple(conflict for conflict, _ in rows),
        choices={"decision": tuple(words.choices_of_conflict(conflict, context.lang) for conflict, _ in rows)},
    )  # fmt: skip


def _rows(context: SheetContext, conflict: ConflictRecord, sides: int) -> Iterator[tuple[Any, ...]]:
    for start in range(0, max(1, len(conflict.sides)), sides):
        cells = [cell for side in conflict.sides[start : start + sides] for cell in side]
        padding = [None] * (len(ConflictSide._fields) * sides - len(cells))
        yield (
            conflict.task, context.label(conflict.field), _kind(conflict, context.lang), conflict.ours or None,
            *((conflict.decision or None, conflict.decided_value or None) if start == 0 else (None, None)),
            *cells, *padding, conflict.round_id or None, conflict.key or None,
        )  # fmt: skip


def _kind(conflict: ConflictRecord, lang: str) -> str:
    return KINDS[conflict.kind].in_language(lang) if conflict.kind in KINDS else conflict.kind


def parse(context: SheetContext, cells: Mapping[str, Any], extras: Mapping[str, Any]) -> ConflictRecord:
    """A row read back; :func:`joined` puts the rows of one conflict together."""
    sides = [
        ConflictSide(*(shown(cells.get(f"{part}_{number}")) for part in ("unit", "value", "source")))
        for number in range(1, MOST_SIDES + 1)
    ]
    while sides and not any(sides[-1]):
        sides.pop()
    kinds = {text.in_language(context.lang): kind for kind, text in KINDS.items()}
    kind = shown(cells["kind"])
    return ConflictRecord(
        shown(cells["task"]), context.key(shown(cells["field"])), tuple(sides), extras,
        key=shown(cells["key"]), kind=kinds.get(kind, kind or "conflict"), ours=shown(cells["ours"]),
        decision=shown(cells["decision"]).strip(), decided_value=shown(cells["decided_value"]).strip(),
        round_id=shown(cells["round_id"]),
    )  # fmt: skip


def joined(rows: Iterable[ConflictRecord]) -> tuple[ConflictRecord, ...]:
    """The conflicts: a row that follows a full one on the same task and field continues it."""
    found: list[ConflictRecord] = []
    for row in rows:
        last = found[-1] if found else None
        full = last is not None and len(last.sides) % MOST_SIDES == 0 and len(last.sides) > 0
        if last is not None and full and (last.key, last.task, last.field) == (row.key, row.task, row.field):
            found[-1] = replace(
                last, sides=(*last.sides, *row.sides), extras={**row.extras, **last.extras},
                decision=last.decision or row.decision, decided_value=last.decided_value or row.decided_value,
            )  # fmt: skip
        else:
            found.append(row)
    return tuple(found)


SHEETS = (
    MasterSheet(
        "conflicts", NAME, Text("各单位所报不一致", "values that disagree"), 80, render,
        read_back=ReadBack("conflicts", columns, parse, optional=lambda _: FURTHER_SIDES | _SINCE_ROUNDS, combine=joined,
            is_decided=True, rows_leave=True,
        ),
        identity=("key", "field"),
    ),
)  # fmt: skip
