"""A judged collection -> Master. Tasks and reports are joined here; nothing is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.base import DIGEST
from rectify_xl.common.addresses import from_a1
from rectify_xl.common.findings import Severity
from rectify_xl.common.i18n import localise
from rectify_xl.common.interned import interned
from rectify_xl.common.unreadable import UNREADABLE
from rectify_xl.ledger.decision_records import ConflictRecord, ConflictSide
from rectify_xl.ledger.master import Master
from rectify_xl.ledger.parts_due import Part, parts_shown
from rectify_xl.ledger.records import ReportRecord
from rectify_xl.ledger.sheets.findings import finding_records
from rectify_xl.ledger.task_builder import TaskBuilder
from rectify_xl.ledger.turnout import absence_records, reported_again, turnout_of
from rectify_xl.provenance.carried import make_key
from rectify_xl.schema.conversion import shown_in
from rectify_xl.tasks import written_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.common.findings import Finding
    from rectify_xl.intake.submission import Table, TaskRow
    from rectify_xl.ledger.records import Round, TaskRecord
    from rectify_xl.tasks import Conflict, Reported, Task
    from rectify_xl.validation.report import Report


def consolidated(report: Report, *, strict: bool = False, rounds: tuple[Round, ...] = ()) -> Master:
    """Join the rows of a judged collection into a master.

    Args:
        report: the judged collection.
        strict: keep rows with an error of family S or V out of it; they are listed in ``held_back``.
        rounds: the rounds before this one.
    """
    from rectify_xl.tasks import joined  # noqa: PLC0415 - validate loads it while files are read

    held = held_back(report.findings) if strict else ()
    collection = without_rows(report.collection, held) if held else report.collection
    return make_master(report, joined(collection), held_back=held, rounds=rounds)


def make_master(
    report: Report,
    tasks: tuple[Task, ...],
    *,
    held_back: tuple[Finding, ...] = (),
    rounds: tuple[Round, ...] = (),
) -> Master:
    """A master of joined tasks."""
    campaign, lang = report.collection.campaign, report.lang
    keyed = [(make_key(number), task) for number, task in enumerate(tasks, 1)]
    reports = tuple(report_record(reported, lang, task.superseded, key) for key, task in keyed for reported in task.reports)
    builder = TaskBuilder(campaign, report.as_of, reports)
    records = tuple(task_record(builder, task, key) for key, task in keyed)
    again = reported_again(report.collection)
    return Master(
        campaign,
        report.as_of,
        records,
        reports,
        absence_records(report.collection, again),
        tuple(
            conflict_record(conflict, record, campaign)
            for task, record in zip(tasks, records, strict=True)
            for conflict in task.conflicts
        ),
        finding_records(report.findings),
        rounds=rounds,
        lang=lang,
        files=sum(submission.status == "accepted" for submission in report.submissions),
        held_rows=len({(finding.file, finding.sheet, finding.row) for finding in held_back}),
        report=report,
        held_back=held_back,
        last_key=len(records),
        turnout=turnout_of(report.collection, again),
    )


def task_record(builder: TaskBuilder, task: Task, key: str = "") -> TaskRecord:
    """The row of 总台账 of a task that lists were joined into."""
    disputed = interned(frozenset(conflict.field for conflict in task.conflicts))
    values = dict(task.values)
    written = as_written(values.get("lead_unit"))
    lead, cooperating = _units(task, disputed)
    if "lead_unit" in values:
        values["lead_unit"] = "、".join(lead) or written
    if "coop_units" in values:
        values["coop_units"] = "、".join(cooperating) or values["coop_units"]
    recorded = None
    shown_in = _deadline_source(task)
    if shown_in and len(shown_in.positions) > 1:
        values["deadline"], recorded = parts_shown([_part(shown_in.collection, position) for position in shown_in.positions])
    return builder.build(
        {key: as_written(value) for key, value in values.items()},
        source="\n".join(reported.source for reported in task.reports),
        disputed=disputed,
        written_units=written if written != values.get("lead_unit") else None,
        recorded=recorded,
        key=key,
    )


def _part(collection: Collection, position: int) -> Part:
    due, reason = collection.due[position]
    state = collection.states[position]
    is_open = not collection.closed[position] and not (state and state.standing)
    return Part(collection.values("deadline")[position], due, reason, is_open)


def _deadline_source(task: Task) -> Reported | None:
    """The report whose deadline the task shows; None where it shows none."""
    shown = task.values.get("deadline")
    if shown is None:
        return None
    candidates = (task.main, *task.reports)
    return next((report for report in candidates if report.values.get("deadline") == shown), None)


def _units(task: Task, disputed: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and cooperating units as read in the report that stands for the task.

    Units named beside one that leads, without a word on what they do, stand among the cooperating ones.
    """
    if "lead_unit" in disputed and task.values["lead_unit"] is None:
        return (), ()
    units = [task.main.collection.units[position] for position in task.main.positions]
    lead = dict.fromkeys(name for unit in units for name in (unit.lead or unit.responsible))
    others = dict.fromkeys(name for unit in units for name in (*unit.cooperating, *(unit.responsible if unit.lead else ())))
    return tuple(lead), tuple(others)


def as_written(value: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """The text of what is no value (an error, a formula never calculated, a rounded number), other values unchanged."""
    if value is None or type(value) is str:  # as nearly all are
        return value
    return str(value) if isinstance(value, UNREADABLE) else value


def report_record(reported: Reported, lang: str, superseded: Iterable[Reported] = (), key: str = "") -> ReportRecord:
    """What one unit reported on one task, as 分单位填报 shows it.

    The unit's older files count as merged too, or they would be taken for news next time.
    """
    return ReportRecord(
        unit=reported.unit,
        values={key: as_written(value) for key, value in reported.values.items()},
        **origin_of(reported, lang),
        key=key,
        digests=digests_of((reported, *(old for old in superseded if old.sender == reported.sender))),
        words=reported.words,
        stated=interned(frozenset(name for name, value in reported.values.items() if value is not None)),
        parts=reported.parts,
    )


def origin_of(reported: Reported, lang: str) -> dict[str, Any]:
    """Where and when a unit reported on a task, and what stands there in columns that the schema does not know."""
    place, rows = reported.place, [reported.collection.places[position].task for position in reported.positions]
    colon = localise(lang, "：", ": ")
    return {
        "other": "\n".join(f"{heading}{colon}{text}" for row in rows for heading, text in row.extras.items()),
        "file": place.submission.path,
        "sheet": place.table.sheet,
        "rows": (rows[0].row, rows[-1].row),
        "round_id": reported.collection.campaign.round_id,
        "written": interned(str(written_of(place))),
    }


def digests_of(reports: Iterable[Reported]) -> tuple[str, ...]:
    """The beginnings of the SHA-256 of the files that reports stand in."""
    digests = (reported.place.submission.sha256[:DIGEST] for reported in reports)
    return interned(tuple(dict.fromkeys(digest for digest in digests if digest)))


def conflict_record(conflict: Conflict, task: TaskRecord, campaign: Campaign) -> ConflictRecord:
    """A disagreement of units on a task, as 冲突 lists it."""
    ours = shown_in(campaign.schema[conflict.field], task.values.get(conflict.field))
    sides = tuple(ConflictSide(*side) for side in conflict.values)
    return ConflictRecord(conflict.task, conflict.field, sides, key=task.key, ours=ours, round_id=campaign.round_id)


def held_back(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings for which ``strict`` keeps a row out."""
    return tuple(
        finding
        for finding in findings
        if finding.severity is Severity.ERROR and finding.family in ("S", "V") and finding.row is not None
    )


def without_rows(collection: Collection, held: tuple[Finding, ...]) -> Collection:
    """The collection without the rows that findings are about."""
    from rectify_xl.collection.assembly import make_collection  # noqa: PLC0415 - as above

    cells: dict[tuple[str | None, str | None, int | None], set[str | None]] = {}
    for finding in held:
        cells.setdefault((finding.file, finding.sheet, finding.row), set()).add(finding.cell)

    def is_held(path: str, table: Table, task: TaskRow) -> bool:
        elsewhere = ((sheet, table.cell(task, key)) for key, sheet in task.sheets.items())
        if any(cell in cells.get((path, sheet, from_a1(cell)[0]), ()) for sheet, cell in elsewhere):
            return True
        at = cells.get((path, table.sheet, task.row))
        # Of two lists side by side the row of the other one stays.
        if at is None or None in at:
            return at is not None
        return not at.isdisjoint((*task.anchors.values(), *(table.cell(task, key) for key in table.columns)))

    kept = []
    for submission in collection.submissions:
        tables = tuple(
            replace(table, rows=tuple(task for task in table.rows if not is_held(submission.path, table, task)))
            for table in submission.tables
        )
        # A file of which a row was left out is no file that was merged: without strict it counts again, as a whole.
        whole = tables == submission.tables
        kept.append(replace(submission, tables=tables, sha256=submission.sha256 if whole else ""))
    return make_collection(
        tuple(kept), collection.campaign, collection.as_of, collected=collection.collected, base=collection.base
    )
