"""The last master and this round's lists -> the new master: what was decided value by value, laid into the ledger.

Rows of the base keep their order and their keys, new tasks stand after them; tasks of units that stay silent stay as they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.ledger.base_view import known_rows
from rectify_xl.ledger.decision_records import ConflictRecord, ConflictSide, NearTask, PendingRecord
from rectify_xl.ledger.draft import Draft, TaskDraft
from rectify_xl.ledger.merging import (
    as_written,
    conflict_record,
    digests_of,
    held_back,
    origin_of,
    report_record,
    task_record,
    without_rows,
)
from rectify_xl.ledger.open_questions import asked_anew, drop_answered, renew_sides, sides_with
from rectify_xl.ledger.records import ReportRecord
from rectify_xl.ledger.round_figures import rounds_before
from rectify_xl.ledger.row_decisions import mark_of
from rectify_xl.ledger.same_round import findings_of_round
from rectify_xl.ledger.since_base import SinceBase
from rectify_xl.ledger.source_rows import SourceRow
from rectify_xl.ledger.task_builder import TaskBuilder
from rectify_xl.ledger.turnout import absence_records, reported_again, turnout_of
from rectify_xl.rounds import Outcome, comparison_of, stated_cells
from rectify_xl.schema.conversion import convert, shown, shown_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.ledger.decisions import Decided
    from rectify_xl.ledger.master import Master
    from rectify_xl.rounds import Comparison, FieldOutcome, NewReport, Unmatched
    from rectify_xl.schema.fields import Field
    from rectify_xl.validation.report import Report


def continued(
    decided: Decided, report: Report, *, base: str = "", strict: bool = False, found: Comparison | None = None
) -> Master:
    """Continue a master with the lists of a round.

    Args:
        decided: the base, with the office's decisions applied.
        report: the judged lists; their collection has the same base.
        base: how the base was named.
        strict: keep rows with an error of family S or V out; they are listed in ``held_back``.
        found: what became of every value, worked out from the collection without.
    """
    held = held_back(report.findings) if strict else ()
    collection = without_rows(report.collection, held) if held else report.collection
    comparison = comparison_of(collection) if found is None else found
    before, campaign = decided.master, collection.campaign
    draft = Draft(before, campaign.round_id)
    _change_values(draft, comparison.fields)
    _raise_conflicts(draft, comparison.fields)
    _lay_reports(draft, comparison, report.lang)
    _add_tasks(draft, comparison, report)
    _set_aside(draft, comparison.unmatched)
    renew_sides(draft, comparison.fields)
    drop_answered(draft, comparison.fields)
    now = {report_.file for several in draft.reports.values() for report_ in several if report_.round_id == campaign.round_id}
    accepted = {submission.path for submission in report.submissions if submission.status == "accepted"}
    same_round = campaign.round_id == before.campaign.round_id and (campaign.round_id or before.as_of == report.as_of)
    earlier = before if same_round else None
    again = reported_again(report.collection, comparison)
    return draft.finish(
        campaign,
        report.as_of,
        absences=absence_records(report.collection, again, earlier),
        turnout=turnout_of(report.collection, again, earlier),
        round_extras=before.round_extras if same_round else {},
        findings=findings_of_round(earlier, report, comparison),
        rounds=rounds_before(before, campaign.round_id, report.as_of),
        lang=report.lang,
        files=len(accepted | (now if campaign.round_id else set())),
        held_rows=len({(finding.file, finding.sheet, finding.row) for finding in held}),
        checked_on=None,
        notes=(*before.notes, *decided.notes),
        report=report,
        held_back=held,
        since_base=SinceBase(
            base, comparison, (*decided.changes, *draft.changes), len(before.tasks), decided.count, decided.edits
        ),
    )


def _change_values(draft: Draft, outcomes: Iterable[FieldOutcome]) -> None:
    """What a unit may say of its own, and what the office had left open: one line of 变更记录 per value."""
    together: dict[tuple[str, str], list[FieldOutcome]] = {}
    for one in outcomes:
        if one.outcome in (Outcome.REPORTED, Outcome.FILLED):
            together.setdefault((one.key, one.field), []).append(one)
    for (key, name), several in together.items():
        units, sources = ("、".join(dict.fromkeys(one.unit for one in several)), dict.fromkeys(one.cell for one in several))
        draft.change(key, name, several[-1].value, several[-1].outcome, unit=units, source="\n".join(filter(None, sources)))


def _raise_conflicts(draft: Draft, outcomes: Iterable[FieldOutcome]) -> None:
    """What the ledger does not take over stands in 冲突: each unit with its last word, beside what stood there already."""
    found: dict[tuple[str, str, str], list[ConflictSide]] = {}
    for one in outcomes:
        if one.outcome not in (Outcome.CONFLICT, Outcome.REFUSED):
            continue
        task, known = draft.tasks[one.key], draft.campaign.schema[one.field]
        if task.values.get(one.field) is None and one.value is not None and one.outcome is Outcome.CONFLICT:
            unit, source = _who_says(known, one)
            draft.change(one.key, one.field, one.value, one.outcome, unit=unit, source=source)
        kind = "conflict" if one.outcome is Outcome.CONFLICT else "refused"
        said = one.sides or ((one.unit, one.theirs, one.cell),)
        sides = (ConflictSide(unit, shown_in(known, value), cell) for unit, value, cell in said)
        found.setdefault((one.key, one.field, kind), []).extend(sides)
    places = {(old.key, old.field, old.kind): at for at, old in reversed(list(enumerate(draft.conflicts)))}
    for (key, name, kind), new in found.items():
        at = places.get((key, name, kind))
        old = draft.conflicts[at].sides if at is not None else ()
        sides_now = tuple(_with_source(draft, key, name, side) for side in sides_with(old, new, draft.campaign))
        if at is None:
            draft.conflicts.append(
                ConflictRecord(draft.tasks[key].name, name, sides_now, key=key, kind=kind, round_id=draft.round_id)
            )
        else:  # there is one on the same value
            draft.conflicts[at] = asked_anew(draft.conflicts[at], sides_now)


def _who_says(known: Field, one: FieldOutcome) -> tuple[str, str]:
    """The side whose value the ledger shows, and its cell; sides speak in their own words (已整改到位 for 已完成)."""
    for unit, said, cell in one.sides:
        if said == one.value or convert(known, said) == one.value:
            return unit, cell
    return one.unit, one.cell


def _with_source(draft: Draft, key: str, name: str, side: ConflictSide) -> ConflictSide:
    """What a unit said before, with the row of the list in which it said so."""
    report = None if side.source else draft.report_of(key, side.unit)
    if report is None or shown_in(draft.campaign.schema[name], report.values.get(name)) != side.value:
        return side
    return side._replace(source=report.first_cell)


def _lay_reports(draft: Draft, comparison: Comparison, lang: str) -> None:
    for new in comparison.reports:
        if new.stated or (new.touched and not new.task.closed):
            draft.lay(_report(new, lang), [reported.source for reported in new.reported])


def _report(new: NewReport, lang: str) -> ReportRecord:
    origins = [origin_of(reported, lang) for reported in new.reported]
    others = dict.fromkeys(origin["other"] for origin in origins if origin["other"])
    return ReportRecord(
        unit=new.unit,
        values={**dict.fromkeys(new.reported[-1].values), **{name: as_written(value) for name, value in new.values.items()}},
        **{**origins[-1], "other": "\n".join(others)},
        key=new.task.key,
        words=new.words,
        stated=new.stated,
        digests=digests_of(new.reported),
        parts=new.parts,
    )


def _add_tasks(draft: Draft, comparison: Comparison, report: Report) -> None:
    for added in comparison.added:
        reports = tuple(report_record(reported, report.lang, added.task.superseded) for reported in added.task.reports)
        built = task_record(TaskBuilder(draft.campaign, report.as_of, reports), added.task)
        task = TaskDraft.of(built)
        draft.add(task, unit="、".join(dict.fromkeys(one.unit for one in reports)), source=_cells(reports))
        for one in reports:
            _lay_beside(draft, replace(one, key=task.key))
        draft.conflicts += [
            conflict_record(conflict, replace(built, key=task.key), draft.campaign) for conflict in added.task.conflicts
        ]


def _lay_beside(draft: Draft, report: ReportRecord) -> None:
    """Put a report of a new task in: of several lists of one unit its one report says what any of them says."""
    before = draft.report_of(report.key, report.unit)
    said = {name: value for name, value in report.values.items() if value is not None}
    draft.lay(replace(report, values={**before.values, **said}) if before else report, ())


def _cells(reports: Iterable[ReportRecord]) -> str:
    return "\n".join(filter(None, (report.first_cell for report in reports)))


def _set_aside(draft: Draft, unmatched: Iterable[Unmatched]) -> None:
    """Rows that wait; one that waits already, or on which was decided, is not asked of again."""
    marks = set(known_rows(draft.master))
    numbers = {key: shown(task.values.get("task_id")) for key, task in draft.tasks.items()}
    for one in unmatched:
        row = _pending(draft, one, numbers)
        mark = mark_of(row)
        if mark not in marks:
            marks.add(mark)
            draft.pending.append(row)


def _pending(draft: Draft, one: Unmatched, numbers: Mapping[str, str]) -> PendingRecord:
    record = report_record(one.reported, draft.master.lang)
    first = record.rows[0] if not isinstance(record.rows, str) else 0
    stated, cells = stated_cells(one.reported)
    return PendingRecord(
        record.unit,
        record.values,
        SourceRow(record.file, record.sheet, first),
        one.reason,
        tuple(NearTask(key, numbers.get(key, ""), score) for key, score in one.nearest),
        other=record.other,
        digest=next(iter(record.digests), ""),
        round_id=draft.round_id,
        words=record.words,
        stated=stated,
        cells=cells,
    )
