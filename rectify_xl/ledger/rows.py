"""The rows of the sheets that record what came in: reports, absences, conflicts, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import SEVERITY_LABELS
from rectify_xl.common.unreadable import UNREADABLE

if TYPE_CHECKING:
    from rectify_xl.common.findings import Finding
    from rectify_xl.ledger.master import Master
    from rectify_xl.schema.fields import Schema

Rows = tuple[tuple[Any, ...], ...]
MOST_SIDES = 4
ABSENCES = {
    "missing": {"zh": "未报送", "en": "not submitted"},
    "late": {"zh": "逾期报送", "en": "late"},
    "wrong-round": {"zh": "不是本轮模板", "en": "wrong round"},
    "cooperating": {"zh": "仅配合，未报送", "en": "cooperating only, not submitted"},
}


def label(schema: Schema, key: str, lang: str) -> str:
    """The heading of a field; the key itself where the schema has no such field."""
    return schema[key].label[lang] if key in schema else key


def as_written(value: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """The text of what is no value (an error, a formula never calculated, a rounded number), other values unchanged."""
    if value is None or type(value) is str:  # as nearly all are
        return value
    return str(value) if isinstance(value, UNREADABLE) else value


def report_rows(master: Master, lang: str) -> Rows:
    """Unit, every field, other columns, file, sheet, row."""
    rows, colon = [], "：" if lang == "zh" else ": "
    for report in master.reports:
        tasks = [master.collection.places[position].task for position in report.positions]
        extras = "\n".join(f"{heading}{colon}{text}" for task in tasks for heading, text in task.extras.items())
        numbers = [task.row for task in tasks]
        where = numbers[0] if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
        place = report.place
        values = (as_written(report.values[key]) for key in master.campaign.schema.keys)
        rows.append((report.unit, *values, extras or None, place.submission.path, place.table.sheet, where))
    return tuple(rows)


def absence_rows(master: Master, lang: str) -> Rows:
    """Unit, how it is absent, its tasks, liaison, phone, file, date."""
    units = master.campaign.unit_by_name
    rows = []
    for absence in master.absent:
        unit = units.get(absence.unit)
        known = (unit.liaison, unit.phone) if unit else ("", "")
        tasks = "、".join(sorted(absence.tasks, key=_by_number))
        rows.append((absence.unit, ABSENCES[absence.kind][lang], tasks, *known, absence.file, absence.filled_on))
    return tuple(rows)


def _by_number(number: str) -> tuple[int, str]:
    return (int(number), "") if number.isdigit() else (10**9, number)


def conflict_rows(master: Master, lang: str) -> Rows:
    """Task, field, and three cells for each side; more sides than fit beside each other go on in further rows."""
    conflicts = master.conflicts
    sides = min(MOST_SIDES, max((len(conflict.values) for conflict in conflicts), default=2))
    rows = []
    for conflict in conflicts:
        for start in range(0, len(conflict.values), sides):
            cells = [cell for side in conflict.values[start : start + sides] for cell in side]
            field = label(master.campaign.schema, conflict.field, lang)
            rows.append((conflict.task, field, *cells, *[None] * (3 * sides - len(cells))))
    return tuple(rows)


def finding_rows(master: Master, lang: str) -> Rows:
    """Number, severity, unit, file, sheet, cell, task, field, message, value, rule."""
    schema = master.campaign.schema
    return tuple(_finding(schema, number, finding, lang) for number, finding in enumerate(master.report.findings, 1))


def _finding(schema: Schema, number: int, finding: Finding, lang: str) -> tuple[Any, ...]:
    field = label(schema, finding.field, lang) if finding.field else None
    return (
        number, SEVERITY_LABELS[finding.severity][lang], finding.unit, finding.file, finding.sheet, finding.cell,
        finding.task_id, field, finding.message, finding.value, f"{finding.code} {finding.slug}",
    )  # fmt: skip
