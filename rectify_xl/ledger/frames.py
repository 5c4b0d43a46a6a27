"""The records of a master -> DataFrames with real dtypes."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pandas as pd

from rectify_xl.campaign.light_settings import Colour
from rectify_xl.collection.timing import Flag
from rectify_xl.common.findings import Severity
from rectify_xl.common.frames import COUNT, DAY, STRING, TRUTH, category, make_frame
from rectify_xl.schema.columns import typed_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rectify_xl.ledger.lights import Lights
    from rectify_xl.ledger.records import ChangeRecord, FindingRecord, ReportRecord, TaskRecord
    from rectify_xl.schema.schema import Schema

FLAG = category(get_args(Flag))
LIGHT = category(get_args(Colour))


def tasks_frame(schema: Schema, tasks: Sequence[TaskRecord], lights: Lights) -> pd.DataFrame:
    """One row per task: the schema's columns, then what was made of them."""
    lit = [lights.of(task) for task in tasks]
    made = make_frame({
        "due": (DAY, [task.due for task in tasks]),
        "judged_by": (DAY, [task.judged_by for task in tasks]),
        "flag": (FLAG, [task.timing.flag for task in tasks]),
        "in_doubt": (TRUTH, [bool(task.doubts) for task in tasks]),
        "light": (LIGHT, [one and one.light for one in lit]),
        "days": (COUNT, [task.timing.days for task in tasks]),
        "kinds": (STRING, [_joined(task.kinds) for task in tasks]),
        "is_closed": (TRUTH, [task.is_closed for task in tasks]),
        "is_clear": (TRUTH, [task.is_clear for task in tasks]),
        "has_leader": (TRUTH, [task.has_leader for task in tasks]),
        "leads": (STRING, [_joined(task.lead) for task in tasks]),
        "leaders": (STRING, [_joined(task.leaders) for task in tasks]),
        "disputed": (STRING, [_joined(sorted(task.disputed)) for task in tasks]),
        "source": (STRING, [task.source for task in tasks]),
        "key": (STRING, [task.key for task in tasks]),
    })  # fmt: skip
    return _of_schema(schema, tasks).join(made)


def reports_frame(schema: Schema, reports: Sequence[ReportRecord]) -> pd.DataFrame:
    """One row per task and reporting unit: the schema's columns, then where they were written."""
    rows = [None if isinstance(report.rows, str) else report.rows for report in reports]
    made = make_frame({
        "other": (STRING, [report.other for report in reports]),
        "file": (STRING, [report.file for report in reports]),
        "sheet": (STRING, [report.sheet for report in reports]),
        "first_row": (COUNT, [span and span[0] for span in rows]),
        "last_row": (COUNT, [span and span[1] for span in rows]),
        "key": (STRING, [report.key for report in reports]),
        "round_id": (STRING, [report.round_id for report in reports]),
    })  # fmt: skip
    unit = make_frame({"reporting_unit": (STRING, [report.unit for report in reports])})
    return unit.join(_of_schema(schema, reports)).join(made)


def changes_frame(changes: Sequence[ChangeRecord]) -> pd.DataFrame:
    """One row per change of a field."""
    names = ("round_id", "key", "task", "unit", "field", "old", "new", "outcome", "source")
    return make_frame({name: (STRING, [getattr(change, name) for change in changes]) for name in names})


def finding_records_frame(findings: Sequence[FindingRecord]) -> pd.DataFrame:
    """One row per finding, with the columns that the frame of a report has, its corrections aside."""
    rows = [finding.source_row for finding in findings]
    rules = [finding.rule.partition(" ") for finding in findings]
    texts = ("unit", "file", "sheet", "cell")
    later = ("field", "task_id", "value", "message")
    return make_frame({
        # What the office wrote over a severity is none.
        "severity": (category(Severity), [_known(finding.severity) for finding in findings]),
        "code": (STRING, [code for code, _, _ in rules]),
        "slug": (STRING, [slug for _, _, slug in rules]),
        **{name: (STRING, [getattr(finding, name) for finding in findings]) for name in texts},
        "row": (COUNT, [row and row.row for row in rows]),
        **{name: (STRING, [getattr(finding, name) for finding in findings]) for name in later},
    })  # fmt: skip


def _of_schema(schema: Schema, records: Sequence[TaskRecord] | Sequence[ReportRecord]) -> pd.DataFrame:
    values = [record.values for record in records]  # noqa: PD011 - of a record and not of a frame
    columns = {key: [row.get(key) for row in values] for key in schema.keys}
    return typed_frame(schema.fields, columns, pd.RangeIndex(len(records)))


def _joined(words: Iterable[str]) -> str:
    return "、".join(words)


def _known(severity: str) -> str | None:
    return str(severity) if severity in tuple(Severity) else None
