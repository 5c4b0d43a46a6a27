"""What a validation found: the judged collection with its findings, in the shape of the JSON output."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.settings import RuleChoice
from rectify_xl.common.findings import Severity

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.collection.collection import Collection
    from rectify_xl.common.findings import Finding
    from rectify_xl.intake.submission import Submission
    from rectify_xl.validation.exemptions import Idle, Silenced


@dataclass(frozen=True, repr=False)
class Report:
    """What a validation found: the result of ``validate``. ``to_dict`` is described in docs/json-output.md.

    Attributes:
        as_of: the day on which overdue was judged.
        collection: all rows of all files; rules see it.
        findings: every finding, by file, sheet, row and column.
        silenced: findings that the office has exempted, with its reasons; they do not count.
        idle: exemptions that met nothing.
        choice: which rules ran, and how loud.
        lang: the language of the messages.
    """

    as_of: date
    collection: Collection
    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...] = ()
    idle: tuple[Idle, ...] = ()
    choice: RuleChoice = field(default_factory=RuleChoice)
    lang: str = "zh"

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {name}" for name, count in self.summary.items())
        return f"<Report as of {self.as_of}: {counts}>"

    @property
    def campaign(self) -> Campaign:
        """The campaign's settings, its schema among them."""
        return self.collection.campaign

    def findings_frame(self) -> pd.DataFrame:
        """The findings as a DataFrame, one row each: texts, ``row`` as Int64, ``severity`` as an ordered category."""
        from rectify_xl.validation.frames import findings_frame  # noqa: PLC0415 - loads pandas

        return findings_frame(self.findings)

    def rows_frame(self) -> pd.DataFrame:
        """Every task row of every list as it was read, indexed by file, sheet and row.

        Columns: ``reporting_unit``, then the schema's with real dtypes (string, Float64, datetime64[s], ordered category),
        then a column ``<key>_as_written`` for each that is not text, with what is no value of it.
        ``campaign.schema.to_pandera()`` is the schema of this frame, the very one that checked it.
        """
        from rectify_xl.validation.frames import rows_frame  # noqa: PLC0415 - as above

        return rows_frame(self.collection)

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """Every input file, skipped ones included."""
        return self.collection.submissions

    @property
    def summary(self) -> dict[str, int]:
        """Counts of files, rows and findings."""
        statuses = [submission.status for submission in self.submissions]
        levels = [finding.severity for finding in self.findings]
        return {
            "files": len(statuses) - statuses.count("skipped"),
            "rejected": statuses.count("rejected"),
            "rows": len(self.collection),
            "unread": sum(len(table.unread) for submission in self.submissions for table in submission.tables),
            **{f"{level}s": levels.count(level) for level in Severity},
        }

    @property
    def exit_code(self) -> int:
        """0 clean, 1 findings of severity error, 2 no accepted file at all."""
        if not any(submission.status == "accepted" for submission in self.submissions):
            return 2
        return 1 if self.summary["errors"] else 0

    def files(self) -> list[dict[str, Any]]:
        """One entry per sheet with a task table, and one per file without."""
        return [entry for submission in self.submissions for entry in self._entries(submission)]

    def _entries(self, submission: Submission) -> list[dict[str, Any]]:
        unit = self.collection.reporting[submission.path].unit if submission.status != "skipped" else None
        common = {"path": submission.path, "sha256": submission.sha256, "unit": unit}
        tables = [
            {
                "unit": self.collection.unit_of_table(submission, table),
                "sheet": table.sheet,
                "header_row": table.header_row,
                "rows": len(table.rows),
                "unread": [{"row": where.row, "cell": where.cell, "text": where.text} for where in table.unread],
                "status": submission.status,
            }
            for table in submission.tables
        ]
        nothing: dict[str, Any] = {"sheet": None, "header_row": None, "rows": 0, "unread": [], "status": submission.status}
        return [{**common, **table} for table in tables or [nothing]]

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON-ready data (docs/json-output.md)."""
        return {
            "version": 1,
            "as_of": self.as_of.isoformat(),
            "files": self.files(),
            "findings": [finding.to_dict() for finding in self.findings],
            "silenced": [silenced.to_dict() for silenced in self.silenced],
            "idle_silences": [idle.to_dict() for idle in self.idle],
            "summary": self.summary,
        }


def judged_again(report: Report, submissions: tuple[Submission, ...]) -> Report:
    """The report as it would be if the same files held something else: what is left to report about corrected copies."""
    from rectify_xl.collection.assembly import make_collection  # noqa: PLC0415 - loaded by then
    from rectify_xl.validation.engine import run_rules  # noqa: PLC0415
    from rectify_xl.validation.exemptions import set_apart  # noqa: PLC0415

    collection = make_collection(submissions, report.collection.campaign, report.as_of, collected=report.collection.collected)
    judged = set_apart(collection, run_rules(collection, report.choice, lang=report.lang), report.choice)
    return replace(report, collection=collection, findings=judged.findings, silenced=judged.silenced, idle=judged.idle)
