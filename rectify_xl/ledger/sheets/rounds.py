"""历次: one row per round with its figures, carried on from master to master; the last one is the master's own."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.ledger.counts import figure_labels
from rectify_xl.ledger.records import Round
from rectify_xl.ledger.round_figures import FIGURES, this_round
from rectify_xl.ledger.sheets.absences import TURNOUT_LABELS
from rectify_xl.ledger.sheets.context import added_cells, added_columns
from rectify_xl.ledger.sheets.entry import MasterSheet, ReadBack
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rectify_xl.ledger.sheets.context import SheetContext

NAME = Text("历次", "Rounds")
_COUNTS: Mapping[str, Text] = {
    "not_reported": Text("本期未报任务", "Tasks not reported"),
    "changed": Text("台账变更", "Changes"),
    "conflicts": Text("冲突待核定", "Conflicts"),
    "pending": Text("待确认", "To confirm"),
}
_WHOLE = Text("单位数", "Units")
_AGAIN = Text("其中重报", "Again")
_NAMED = ("missing", "late", "wrong-round", "unusable", "zero", "again")


def columns(context: SheetContext) -> tuple[Column, ...]:
    """Round and day, the figures of the ledger, what waits, how units have reported, and which did not simply report in time."""
    say, lang = context.say, context.lang
    figures = zip(FIGURES, figure_labels(context), strict=True)
    return (
        Column(say("轮次", "Round"), width=11, key="id"), Column(say("统计截至", "As of"), "date", 12, "as_of"),
        *(Column(label, "number", 9, key) for key, label in figures),
        Column(say("办结率", "Closed %"), "percent", 9, "share"),
        *(Column(label.in_language(lang), "number", 10, key) for key, label in _COUNTS.items()),
        Column(_WHOLE.in_language(lang), "number", 9, "units"),
        *(Column(label.in_language(lang), "number", 9, kind) for kind, label in TURNOUT_LABELS.items()),
        Column(_AGAIN.in_language(lang), "number", 9, "again"),
        Column(say("报送情况", "Who"), "long_text", 60, "who"),
        Column(say("单位明细", "Units by kind"), width=12, key="turnout", hidden=True),
    )  # fmt: skip


def render(context: SheetContext) -> ListSheet:
    """The rounds before this one, then this one."""
    master = context.master
    rounds = (*master.rounds, this_round(master))
    added = added_columns(one.extras for one in rounds)
    own = columns(context)
    cells = ((dict(_cells(context, one)), one) for one in rounds)
    return ListSheet(
        NAME.in_language(context.lang), context.title("历次汇总情况", "Round after round"), (*own, *added),
        tuple((*(row.get(column.key) for column in own), *added_cells(added, one.extras)) for row, one in cells),
        context.say("还没有汇总。", "Nothing was merged yet."),
        context.say(
            "每轮一行，下次汇总接续；按时至未报送各项相加为单位数，重报另计",
            "one row per round; the kinds from on time to not submitted add up to the units, reports again are among them",
        ),
        records=rounds,
    )  # fmt: skip


def _cells(context: SheetContext, one: Round) -> Iterator[tuple[str, Any]]:
    yield from (("id", one.id or None), ("as_of", one.as_of), ("share", one.closed / one.tasks if one.tasks else None))
    yield from ((key, getattr(one, key)) for key in (*FIGURES, *_COUNTS))
    if one.turnout:
        yield "units", sum(len(one.turnout.get(kind, ())) for kind in TURNOUT_LABELS)
        yield from ((kind, len(one.turnout.get(kind, ()))) for kind in (*TURNOUT_LABELS, "again"))
        yield "who", _who(context, one.turnout) or None
        yield "turnout", json.dumps(one.turnout, ensure_ascii=False)


def _who(context: SheetContext, turnout: Mapping[str, tuple[str, ...]]) -> str:
    """The units by name, but for those that simply reported in time."""
    labels = {**TURNOUT_LABELS, "again": Text("重报", "Again")}
    return "\n".join(
        labels[kind].in_language(context.lang) + context.say("：", ": ") + context.say("、", ", ").join(turnout[kind])
        for kind in _NAMED
        if turnout.get(kind)
    )


def parse(context: SheetContext, cells: Mapping[str, Any], extras: Mapping[str, Any]) -> Round:
    """A row read back.

    Raises:
        RectifyError: somebody wrote something else where a figure or the day of a round stood.
    """
    labels = {column.key: column.label for column in columns(context)}
    name, day = shown(cells["id"]), cells["as_of"]
    day = day.date() if isinstance(day, datetime) else day
    if not isinstance(day, date):
        raise _spoiled(context, name, labels["as_of"], day, Text("日期", "date"))
    numbers: dict[str, Any] = {}
    for key in (*FIGURES, *_COUNTS):
        value = cells[key]
        if not isinstance(value, int | float) and (value is not None or key in FIGURES):
            raise _spoiled(context, name or day.isoformat(), labels[key], value, Text("数字", "number"))
        numbers[key] = None if value is None else int(value)
    return Round(id=name, as_of=day, turnout=_turnout(shown(cells["turnout"])), extras=extras, **numbers)


def _spoiled(context: SheetContext, name: str, label: str, value: Any, wanted: Text) -> RectifyError:  # noqa: ANN401
    sheet = NAME.in_language(context.lang)
    return RectifyError(
        f"“{sheet}”中轮次{name}的“{label}”不是{wanted.zh}（{shown(value)}）；请改回该轮次的{wanted.zh}",
        f"the {label} of round {name} in “{sheet}” is no {wanted.en} ({shown(value)}); write the round's {wanted.en} again",
    )


def _turnout(text: str) -> Mapping[str, tuple[str, ...]]:
    """Kind -> units; a hidden cell that was spoiled tells nothing any more."""
    try:
        return {str(kind): tuple(map(str, units)) for kind, units in json.loads(text or "{}").items()}
    except (AttributeError, TypeError, ValueError):
        return {}


def in_order(rows: Iterable[Round]) -> tuple[Round, ...]:
    """By day, however the office sorted them."""
    return tuple(sorted(rows, key=lambda one: one.as_of))


SHEETS = (
    MasterSheet(
        "rounds", NAME, Text("每轮的数字和报送情况", "the figures of each round"), 105, render, "figures",
        read_back=ReadBack("rounds", columns, parse, combine=in_order), identity=("id", "as_of"),
    ),
)  # fmt: skip
