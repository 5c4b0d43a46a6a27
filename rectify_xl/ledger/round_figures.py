"""The figures of this round and of those before it, carried on from master to master; read from 汇总 of a master without 历次."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1
from rectify_xl.common.errors import RectifyError
from rectify_xl.ledger.counts import figure_labels, figures
from rectify_xl.ledger.records import Round
from rectify_xl.ledger.sheets.context import SheetContext
from rectify_xl.ledger.unreported import goes_on, unreported
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.ledger.master import Master

FIGURES = ("tasks", "closed", "overdue", "due_soon", "undated")  # attributes of a Round, in the order of 汇总
_FIRST = 2  # where the figures begin, behind round and day


def this_round(master: Master) -> Round:
    """The round that a master itself is about."""
    round_id, known = master.campaign.round_id, goes_on(master)
    missed = [key for key, silent in unreported(master).items() if silent.all_of_them]
    return Round(
        round_id, master.as_of, *figures(SheetContext(master, master.lang)),
        not_reported=len(missed) if known else None,
        changed=sum(change.round_id == round_id and bool(change.field) for change in master.changes) if known else None,
        conflicts=len(master.conflicts), pending=len(master.pending), turnout=master.turnout, extras=master.round_extras,
    )  # fmt: skip


def rounds_before(base: Master, round_id: str, as_of: date) -> tuple[Round, ...]:
    """The rounds up to and with an older master's; this round's own entry, of an earlier merge, is not history.

    A plan's list is no round: nobody has been asked to report yet.
    """
    mine = round_id or as_of.isoformat()
    is_list = base.from_list and not (base.reports or base.turnout or base.campaign.round_id)
    return tuple(one for one in (*base.rounds, *(() if is_list else (_ended(base),))) if one.key != mine)


def _ended(base: Master) -> Round:
    """The round of an older master as it ended.

    Its figures are counted again, as 汇总 counts them while the office works in it. How many were silent is what it said itself:
    a task that was added or given to another lead since was not asked for then.
    """
    last = this_round(base)
    return last if base.was_not_reported is None else replace(last, not_reported=base.was_not_reported)


def round_labels(context: SheetContext) -> tuple[str, ...]:
    """The headings of the table 历次, by which a master read back finds it."""
    return (context.say("轮次", "Round"), context.say("统计截至", "As of"), *figure_labels(context))


def read_rounds(path: str | Path, sheet: Sheet | None, context: SheetContext) -> tuple[Round, ...]:
    """The rounds of 汇总 but the last one, which is the master's own and counted again.

    Raises:
        RectifyError: somebody wrote something else than a number where a past round's figure stood.
    """
    if sheet is None:
        return ()
    labels = round_labels(context)
    for row, column in _starts(sheet, labels[0]):
        if tuple(sheet.cells[row].get(column + at) for at in range(len(labels))) == labels:
            lines = list(_lines(sheet, row + 1, column, len(labels)))[:-1]
            return tuple(_round(path, sheet.name, cells, number, column) for number, cells in lines)
    return ()


def _starts(sheet: Sheet, label: str) -> Iterator[tuple[int, int]]:
    """The cells that hold the first heading."""
    return ((row, column) for row, cells in sorted(sheet.cells.items()) for column, value in cells.items() if value == label)


def _lines(sheet: Sheet, first: int, column: int, wide: int) -> Iterator[tuple[int, list[Any]]]:
    """The rows of the table, down to the first that has nothing in it."""
    for row in count(first):
        cells = [sheet.cells.get(row, {}).get(column + at) for at in range(wide)]
        if not any(value is not None for value in cells):
            return
        yield row, cells


def _round(path: str | Path, sheet: str, cells: list[Any], row: int, column: int) -> Round:
    name, day, *figures = cells
    day = day.date() if isinstance(day, datetime) else day
    if not isinstance(day, date):
        cell = a1(row, column + 1)
        raise RectifyError(
            f"{path}“{sheet}”{cell}: 历次表中不是日期（{shown(day)}）；请改回该轮次的统计日期",
            f"{path} “{sheet}”{cell}: no date in the table of rounds ({shown(day)}); write the round's as-of date again",
        )
    counts = [int(value) if isinstance(value, int | float) else value for value in figures]
    for at, value in enumerate(counts):
        if not isinstance(value, int):
            cell = a1(row, column + _FIRST + at)
            raise RectifyError(
                f"{path}“{sheet}”{cell}: 历次表中不是数字（{shown(value)}）；请改回该轮次的数字",
                f"{path} “{sheet}”{cell}: no number in the table of rounds ({shown(value)}); write the round's figure again",
            )
    given: dict[str, Any] = dict(zip(FIGURES, counts, strict=True))
    return Round(shown(name), day, **given)
