"""Questions that the office deleted from 冲突 or 待确认, or copied: none is gone without a word, and none is asked twice.

One is put back where the rest of the master tells what was asked: the value bears its mark in 总台账.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from rectify_xl.common.i18n import Text
from rectify_xl.ledger.decision_records import ConflictRecord, ConflictSide, PendingRecord
from rectify_xl.ledger.draft import same_text
from rectify_xl.ledger.sheets import conflicts, pending
from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.rounds.composing import split_lines
from rectify_xl.schema.conversion import shown_in

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

    from rectify_xl.ledger.records import ReportRecord, TaskRecord
    from rectify_xl.schema.schema import Schema


Asked = TypeVar("Asked", ConflictRecord, PendingRecord)


class OpenQuestions(NamedTuple):
    """How many questions stood open when the master was written."""

    conflicts: int
    pending: int

    def __str__(self) -> str:
        return f"{self.conflicts} {self.pending}"

    @classmethod
    def parsed(cls, text: str) -> OpenQuestions:
        """From the text in the stamp; a master from before it was noted, or one that was tampered with, had none."""
        first, _, second = text.partition(" ")
        return cls(whole_number(first) or 0, whole_number(second) or 0)


def without_copies(listed: Sequence[Asked], about: Callable[[Asked], Hashable]) -> tuple[Asked, ...]:
    """The rows without those that were copied within the sheet: what is decided in one of them is decided, and one is asked.

    A copy in which the office has written something else is a row of its own.

    Args:
        listed: the rows in their order.
        about: what a row asks about, the same for a row and its copies.
    """
    alike: dict[Hashable, list[Asked]] = {}
    for one in listed:
        alike.setdefault(about(one), []).append(one)
    if len(alike) == len(listed):  # as in nearly all masters
        return tuple(listed)
    gone = {id(one) for rows in alike.values() for one in _undecided_copies(rows)}
    return tuple(one for one in listed if id(one) not in gone)


def _undecided_copies(rows: Sequence[Asked]) -> Iterator[Asked]:
    asked = [replace(one, decision="", decided_value="") for one in rows]
    decided = [bare for one, bare in zip(rows, asked, strict=True) if bare != one]
    for at, (one, bare) in enumerate(zip(rows, asked, strict=True)):
        if one == bare and (bare in decided or bare in asked[:at]):
            yield one


def restored_conflicts(
    tasks: Iterable[TaskRecord], reports: Iterable[ReportRecord], listed: Iterable[ConflictRecord], schema: Schema
) -> tuple[ConflictRecord, ...]:
    """The conflicts whose values still bear the mark in 总台账 and have no row in 冲突: what units say is in 分单位填报."""
    known = {(one.key, one.field) for one in listed if one.kind == "conflict"}
    open_ = [(task, name) for task in tasks for name in sorted(task.disputed) if (task.key, name) not in known]
    if not open_:
        return ()
    by_task: dict[str, list[ReportRecord]] = {}
    for report in reports:
        by_task.setdefault(report.key, []).append(report)
    found = (_restored(task, name, by_task.get(task.key, ()), schema) for task, name in open_)
    return tuple(conflict for conflict in found if any(side.value != conflict.ours for side in conflict.sides))


def _restored(task: TaskRecord, name: str, reports: Sequence[ReportRecord], schema: Schema) -> ConflictRecord:
    known, ours = schema[name], shown_in(schema[name], task.values.get(name))
    filled = [report for report in reports if report.values.get(name) is not None]
    said = {report.unit: shown_in(known, report.words.get(name, report.values[name])) for report in filled}
    # Of a field in which each unit has a line of its own a unit whose line stands there has nothing to ask.
    lines = (split_lines(ours, said) or {}) if known.grain == "unit" else {}
    asking = [report for report in filled if not same_text(lines.get(report.unit, ""), said[report.unit])]
    sides = tuple(ConflictSide(report.unit, said[report.unit], report.first_cell) for report in asking)
    round_id = asking[-1].round_id if asking else ""
    return ConflictRecord(task.name, name, sides, key=task.key, ours=ours, round_id=round_id)


def notes_of_deleted(
    path: object,
    before: OpenQuestions,
    listed: Sequence[ConflictRecord],
    restored: Sequence[ConflictRecord],
    waiting: Sequence[PendingRecord],
    schema: Schema,
) -> Iterator[Text]:
    """What was put back, and how many rows are gone of which nobody knows any more what they asked."""
    for one in restored:
        label = schema[one.field].label
        yield Text(
            f"{path}: “冲突”中任务{one.task}“{label['zh']}”一行被删去，但还没有作出处理，已按“分单位填报”恢复；"
            "不需要改动台账的，请选“保留台账”",
            f"{path}: the row on {label['en']} of task {one.task} was deleted from Conflicts undecided; it is put back from what"
            " the units reported; choose “Keep the ledger's” if nothing is to change",
        )
    sheets = (
        (conflicts.NAME, before.conflicts, len(listed), len(restored)),
        (pending.NAME, before.pending, len(waiting), 0),
    )
    for name, was, now, again in sheets:
        gone = was - now - again
        if gone > 0:
            yield Text(
                f"{path}: “{name.zh}”生成时有{was}条，现在只有{now}条：少了{gone}条，"
                "没有处理的内容不会写入台账；误删的请从备份中恢复",
                f"{path}: {name.en} held {was} when it was written and holds {now} now: {gone} are gone, and what was"
                " not decided does not come into the ledger; restore them from a backup if that was a mistake",
            )
