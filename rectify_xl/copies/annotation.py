"""What the report says of one file, as plain values for its copy; the copy's address comes from the check alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.copies.requests import Annotation, Original, Remark, TablePlace
from rectify_xl.intake.document_properties import RETURNED_TO
from rectify_xl.provenance.remarks import ASKED, RETURNED
from rectify_xl.provenance.stamp import KIND, NOTICE, UNIT, name_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.common.findings import Finding
    from rectify_xl.copies.sources import Source
    from rectify_xl.intake.submission import Submission
    from rectify_xl.validation.report import Report


def annotation_of(report: Report, submission: Submission) -> Annotation:
    """The findings that concern a file, its own and those about its unit as a whole, and what stands above them."""
    campaign = report.collection.campaign
    remarks = tuple(_remark(report, finding) for finding in findings_of(report, submission))
    return Annotation(remarks, report.as_of, unit_of(report, submission), campaign.name, campaign.round_resend_by)


def findings_of(report: Report, submission: Submission) -> list[Finding]:
    """The findings that concern a file: its own, and those about its unit as a whole."""
    unit = report.collection.reporting[submission.path].unit
    found = (
        finding
        for finding in report.findings
        if finding.file == submission.path or (finding.file is None and finding.unit and finding.unit == unit)
    )
    return sorted(found, key=lambda one: one.order)


def _remark(report: Report, finding: Finding) -> Remark:
    schema = report.collection.campaign.schema
    heading = finding.facts.get("label") or finding.facts.get("heading")
    if heading is None and finding.field in schema:
        heading = schema[str(finding.field)].label[report.lang]
    return Remark(
        finding.severity, finding.message, finding.sheet, finding.cell, finding.row, finding.task_id or "", str(heading or ""),
        finding.value or "",
    )  # fmt: skip


def original_of(source: Source) -> Original:
    """A file as its copy needs it."""
    submission = source.submission
    tables = tuple(
        TablePlace(table.sheet, table.header_row, tuple(table.columns.values()), tuple(task.row for task in table.rows))
        for table in submission.tables
        if not table.upright  # what is said of its task stands in the comments: a row beside it belongs to all tasks
    )
    return Original(str(source.path), submission.sha256, submission.path, submission.status == "accepted", tables)


def unit_of(report: Report, submission: Submission) -> str:
    """The unit that a file speaks for; nothing where it was not recognised, and only the file's name would be left."""
    reporting = report.collection.reporting[submission.path]
    return reporting.unit if reporting.written or reporting.covers else ""


def template_stamps(report: Report, submission: Submission) -> dict[str, str]:
    """The stamp of the template that a file was made from, without a unit that the file itself contradicts.

    One of another round stays: it is what the rule wrong-template judges when the copy comes back.
    """
    unit = name_key(unit_of(report, submission))
    return {key: value for key, value in submission.stamp.items() if key != UNIT or name_key(value) == unit}


def returned_stamps(report: Report, submission: Submission, *, notice: bool) -> Mapping[str, str]:
    """The document properties of a copy that goes back: its day, what it asks for, to whom it goes if known."""
    unit = unit_of(report, submission)
    asked = sum(finding.severity is not Severity.INFO for finding in findings_of(report, submission))
    said = {ASKED: str(asked), **({RETURNED_TO: unit} if unit else {})}
    if notice:
        return {KIND: NOTICE, **said}
    return {**template_stamps(report, submission), RETURNED: report.as_of.isoformat(), **said}
