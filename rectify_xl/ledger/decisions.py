"""What the office decided in 冲突 and 待确认, applied to the ledger and logged in 变更记录.

A decision that is incomplete, or that contradicts itself or another one, is not applied: it stays where it is, and is named.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.base import LeftDecision
from rectify_xl.common.i18n import Text
from rectify_xl.common.text_keys import text_key
from rectify_xl.ledger import decision_words as words
from rectify_xl.ledger.accepted_files import take_files
from rectify_xl.ledger.decided_parts import taken_by_parts
from rectify_xl.ledger.draft import Draft, same_text
from rectify_xl.ledger.left_decisions import left_answers, left_decisions
from rectify_xl.ledger.roles import roster_name
from rectify_xl.ledger.row_decisions import decide_row
from rectify_xl.ledger.sheets import conflicts, pending
from rectify_xl.rounds import Outcome
from rectify_xl.rounds.composing import join_lines, split_lines
from rectify_xl.schema.conversion import convert, shown, shown_in
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks import HOW_FAR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.ledger.decision_records import ConflictRecord, ConflictSide, PendingRecord
    from rectify_xl.ledger.draft import TaskDraft
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import ChangeRecord
    from rectify_xl.schema.fields import Field


_Left = tuple[LeftDecision, "ConflictRecord | PendingRecord"]


@dataclass(frozen=True)
class Decided:
    """A master with the office's decisions applied.

    ``changes``: the lines of 变更记录 that they made; ``left``: the decisions that were not applied, and why; ``count``: how
    many were; ``edits``: what the office has changed beside them since the last merge, where that is known.
    """

    master: Master
    changes: tuple[ChangeRecord, ...] = ()
    left: tuple[LeftDecision, ...] = ()
    count: int = 0
    edits: tuple[ChangeRecord, ...] = ()

    @property
    def done(self) -> tuple[Text, ...]:
        """How many were applied, in a sentence; none where there were none."""
        if not self.count:
            return ()
        return (
            Text(
                f"已按处理意见和整改办改定的内容核定 {self.count} 条，记在“变更记录”",
                f"{self.count} decisions applied, see Changes",
            ),
        )

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was left, in a sentence each."""
        return tuple(_note(one.place, one.why) for one in self.left)


@dataclass(frozen=True)
class _Taken:
    """What a decision amounts to: the value that the ledger is to show, and whose it is."""

    value: Any
    side: ConflictSide | None = None


def with_decisions(master: Master, round_id: str | None = None) -> Decided:
    """Apply the decisions that stand in a master.

    Args:
        master: as the office saved it.
        round_id: the round in which they are logged, the master's own without.
    """
    said = [(one.decision, one.decided_value) for one in master.conflicts]
    said += [(one.decision, one.decided_value) for one in master.pending]
    draft = Draft(master, master.campaign.round_id if round_id is None else round_id)
    written_over = [conflict for conflict in draft.conflicts if _is_written_over(draft, conflict)]
    answers = left_answers(master)
    if not written_over and not any(map(any, said)):
        return Decided(master, left=answers)
    left: list[_Left] = []
    done = _decide_conflicts(draft, left) + _settle(draft, written_over)
    rows, taken = _decide_rows(draft, left)
    more = take_files(draft, taken)
    return Decided(
        draft.finish(master.campaign, master.as_of, **more),
        tuple(draft.changes),
        (*left_decisions(draft, left), *answers),
        done + rows,
    )


def _decide_conflicts(draft: Draft, left: list[_Left]) -> int:
    decided: dict[tuple[str, str], list[tuple[ConflictRecord, _Taken]]] = defaultdict(list)
    for conflict in draft.conflicts:
        if conflict.decision or conflict.decided_value:
            result = _taken(draft, conflict)
            if isinstance(result, Text):
                left.append(_left_conflict(draft, conflict, result))
            else:
                decided[conflict.key, conflict.field].append((conflict, result))
    count = 0
    for (key, name), several in decided.items():
        known = draft.campaign.schema[name]
        if len({text_key(shown_in(known, taken.value)) for _, taken in several}) > 1:
            contradiction = Text("几行的处理意见互相矛盾", "its rows are decided differently")
            left.append(_left_conflict(draft, several[0][0], contradiction))
            continue
        for conflict, taken in several:
            withheld = name == STATUS and draft.tasks[key].values.get(STATUS) is None
            units = [taken.side.unit] if taken.side else [side.unit for side in conflict.sides]
            source = taken.side or (conflict.sides[0] if conflict.sides else None)
            draft.conflicts.remove(conflict)
            draft.change(
                key, name, taken.value, Outcome.DECIDED, unit="、".join(dict.fromkeys(units)),
                source=source.source if source else "", settled=tuple((side.unit, side.value) for side in conflict.sides),
            )  # fmt: skip
            if withheld:
                _show_how_far(draft, key)
            count += 1
    return count


def _is_written_over(draft: Draft, conflict: ConflictRecord) -> bool:
    """Whether the office has written a value over a disputed one itself, without the mark, instead of choosing in 冲突."""
    task = draft.tasks.get(conflict.key)
    if task is None or conflict.kind != "conflict" or conflict.decision or conflict.decided_value:
        return False
    return task.values.get(conflict.field) is not None and conflict.field not in task.disputed


def _settle(draft: Draft, written_over: Sequence[ConflictRecord]) -> int:
    """Log what the office has decided by writing it: it is not asked again."""
    for conflict in written_over:
        draft.conflicts.remove(conflict)
        task, known = draft.tasks[conflict.key], draft.campaign.schema[conflict.field]
        units = "、".join(dict.fromkeys(side.unit for side in conflict.sides))
        sides = tuple((side.unit, side.value) for side in conflict.sides)
        new = shown_in(known, task.values[conflict.field])
        draft.log(task, conflict.field, conflict.ours, new, Outcome.DECIDED, unit=units, settled=sides)
    return len(written_over)


def _show_how_far(draft: Draft, key: str) -> None:
    """What the ledger did not show while it was open how far a task is: that of the units whose status was taken."""
    task, open_fields = draft.tasks[key], {one.field for one in draft.conflicts if one.key == key}
    for known in draft.campaign.schema.fields:
        said = [one for one in draft.reports[key] if one.values.get(known.key) is not None]
        if known.key not in HOW_FAR - open_fields or task.values.get(known.key) is not None or not said:
            continue
        taken = [one for one in said if one.values.get(STATUS) == task.values.get(STATUS)]
        texts = {shown_in(known, one.values[known.key]) for one in taken}
        value = taken[0].values[known.key] if len(texts) == 1 else None
        draft.change(
            key, known.key, value, Outcome.DECIDED, unit="、".join(one.unit for one in taken or said),
            settled=tuple((one.unit, shown_in(known, one.values[known.key])) for one in said),
        )  # fmt: skip


def _taken(draft: Draft, conflict: ConflictRecord) -> _Taken | Text:
    """The value that a decision takes; a text that says why it cannot be applied."""
    task = draft.tasks.get(conflict.key)
    if task is None or conflict.field not in draft.campaign.schema:
        return Text("总台账中已没有这项任务或这个字段", "the ledger has no such task or field any more")
    known, value = draft.campaign.schema[conflict.field], shown(conflict.decided_value)
    if not conflict.decision:
        return Text("填了核定值，没有选处理意见", "a decided value without a decision")
    if words.is_said(conflict.decision, words.AS_DECIDED):
        return _decided_value(known, value)
    if words.is_said(conflict.decision, words.KEEP):
        taken = _Taken(task.values.get(known.key))
    else:
        side = next((side for said, side in words.takes(conflict) if words.is_said(conflict.decision, said)), None)
        if side is None:
            return words.not_offered(conflict.decision, lambda lang: words.choices_of_conflict(conflict, lang))
        taken = _Taken(_of_side(draft, task, known, side), side)
    shown_value = shown_in(known, taken.value)
    own = taken.side.value if taken.side else shown_value
    if value and not same_text(value, shown_value) and not same_text(value, own):
        return Text(
            f"处理意见“{conflict.decision}”与核定值“{value}”不一致",
            f"the decision “{conflict.decision}” contradicts the decided value “{value}”",
        )
    return taken


def _decided_value(known: Field, text: str) -> _Taken | Text:
    if not text:
        return Text("没有填核定值", "the decided value is missing")
    value = convert(known, text)
    fits = {"date": isinstance(value, date), "choice": not known.choices or value in known.choices}
    number = not isinstance(value, str) if known.kind in ("percent", "number") else True
    if not fits.get(known.kind, number):
        label = known.label["zh"]
        return Text(f"核定值“{text}”不能填在“{label}”中", f"the decided value “{text}” cannot stand in {known.label['en']}")
    return _Taken(value)


def _of_side(draft: Draft, task: TaskDraft, known: Field, side: ConflictSide) -> Any:  # noqa: ANN401 - a cell holds anything
    """What a unit says of its own parts or of the whole; where each unit has a line of its own the cell with that line in it."""
    value = convert(known, side.value)
    if known.grain != "unit" and (of_parts := taken_by_parts(draft, task, known, side)) is not None:
        return of_parts
    reporting = {roster_name(draft.campaign, report.unit): report for report in draft.reports[task.key]}
    if known.grain != "unit" or len(reporting) <= 1:
        return value
    said = {unit: shown_in(known, report.values.get(known.key)) for unit, report in reporting.items()}
    lines = split_lines(shown(task.values.get(known.key)), said, lambda name: roster_name(draft.campaign, name))
    if lines is None:
        lines = {unit: text for unit, text in said.items() if text}
    return join_lines({**lines, roster_name(draft.campaign, side.unit): side.value})


def _decide_rows(draft: Draft, left: list[_Left]) -> tuple[int, Mapping[str, list[PendingRecord]]]:
    """待确认, row by row; a file of another round is decided on as a whole. How many, and the rows of files that were taken."""
    of_file = _decisions_by_file(draft.pending)
    taken: dict[str, list[PendingRecord]] = defaultdict(list)
    count = 0
    for row in tuple(draft.pending):
        said = {row.decision} - {""}
        if row.reason == words.OTHER_ROUND:
            said = of_file[row.source.file]
        if not said and not row.decided_value:
            continue
        if len(said) > 1:
            if row.decision:
                contradiction = Text("同一文件各行的处理意见互相矛盾", "the rows of its file are decided differently")
                left.append(_left_row(draft, row, contradiction))
            continue
        fault = decide_row(draft, row, next(iter(said), ""))
        if fault is None:
            count += 1
            if row.reason == words.OTHER_ROUND and any(words.is_said(word, words.ACCEPT) for word in said):
                taken[row.source.file].append(row)
        else:
            left.append(_left_row(draft, row, fault))
    return count, taken


def _decisions_by_file(rows: list[PendingRecord]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.reason == words.OTHER_ROUND and row.decision:
            found[row.source.file].add(row.decision)
    return defaultdict(set, found)


def words_of(conflict: ConflictRecord, draft: Draft) -> Text:
    """Which row of 冲突 is meant."""
    schema = draft.campaign.schema
    label = schema[conflict.field].label if conflict.field in schema else {"zh": conflict.field, "en": conflict.field}
    return Text(f"“冲突”中任务{conflict.task}的“{label['zh']}”", f"{label['en']} of task {conflict.task} in Conflicts")


def _where(row: PendingRecord) -> Text:
    source = row.source
    return Text(f"“待确认”中 {source.file} 第{source.row}行", f"row {source.row} of {source.file} in To confirm")


def _left_conflict(draft: Draft, conflict: ConflictRecord, why: Text) -> _Left:
    return LeftDecision(conflicts.NAME.in_language(draft.master.lang), words_of(conflict, draft), why), conflict


def _left_row(draft: Draft, row: PendingRecord, why: Text) -> _Left:
    return LeftDecision(pending.NAME.in_language(draft.master.lang), _where(row), why), row


def _note(where: Text, why: Text) -> Text:
    return Text(
        f"{where.zh}：{why.zh}，没有处理，仍保留在表中，请补齐或改正",
        f"{where.en}: {why.en}; it was left as it is, please complete it",
    )
