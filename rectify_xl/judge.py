"""validate(): paths -> Report. Reading, column checks and rules in one pass over all rows of all files."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.settings import Campaign, RuleChoice
from rectify_xl.common.findings import Severity
from rectify_xl.intake.paths import read_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rectify_xl.collection.collection import Book
    from rectify_xl.common.findings import Finding
    from rectify_xl.intake.submission import Submission
    from rectify_xl.silence import Idle, Silenced


@dataclass(frozen=True)
class Report:
    """What a validation found. ``to_dict`` is contract section 3.

    ``silenced`` are findings that the office has exempted, ``idle`` its exemptions that met nothing; neither counts.
    """

    as_of: date
    book: Book
    findings: tuple[Finding, ...]
    silenced: tuple[Silenced, ...] = ()
    idle: tuple[Idle, ...] = ()
    choice: RuleChoice = field(default_factory=RuleChoice)
    lang: str = "zh"

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """Every input file, skipped ones included."""
        return self.book.submissions

    @property
    def summary(self) -> dict[str, int]:
        """Counts of files, rows and findings."""
        statuses = [submission.status for submission in self.submissions]
        levels = [finding.severity for finding in self.findings]
        return {
            "files": len(statuses) - statuses.count("skipped"),
            "rejected": statuses.count("rejected"),
            "rows": len(self.book),
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
        unit = self.book.reporting[submission.path].unit if submission.status != "skipped" else None
        common = {"path": submission.path, "sha256": submission.sha256, "unit": unit}
        tables = [
            {
                "unit": self.book.unit_of_table(submission, table),
                "sheet": table.sheet,
                "header_row": table.header_row,
                "rows": len(table.rows),
                "status": submission.status,
            }
            for table in submission.tables
        ]
        nothing: dict[str, Any] = {"sheet": None, "header_row": None, "rows": 0, "status": submission.status}
        return [{**common, **table} for table in tables or [nothing]]

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON-ready data (contract section 3)."""
        return {
            "version": 1,
            "as_of": self.as_of.isoformat(),
            "files": self.files(),
            "findings": [finding.to_dict() for finding in self.findings],
            "silenced": [silenced.to_dict() for silenced in self.silenced],
            "idle_silences": [idle.to_dict() for idle in self.idle],
            "summary": self.summary,
        }


def validate(
    paths: str | Path | Iterable[str | Path],
    *,
    campaign: Campaign | None = None,
    as_of: date | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severity: Mapping[str, Severity] | None = None,
    workers: int | None = None,
    lang: str = "zh",
    collected: bool | None = None,
    progress: Callable[[Submission], None] | None = None,
) -> Report:
    """Read and judge submissions.

    Args:
        paths: files and folders.
        campaign: settings, roster and leaders; defaults without.
        as_of: the day on which overdue is judged, today when absent.
        select: slugs, codes or families of the rules to run, instead of the campaign's choice.
        ignore: rules to leave out besides those the campaign leaves out.
        severity: rule -> severity, on top of the campaign's.
        workers: reading processes, as many as processors when absent.
        lang: language of the messages, ``zh`` or ``en``.
        collected: whether the files are a whole collection, of which missing units and numbers are judged; by
            default they are when a folder is given.
        progress: called once per file read.

    Raises:
        RectifyError: a path does not exist, or a rule is unknown.
    """
    campaign = campaign or Campaign()
    day = as_of or date.today()  # noqa: DTZ011 - the office's own calendar day
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    with ThreadPoolExecutor(1) as executor:
        own = campaign.own_files
        reading = executor.submit(read_paths, given, campaign.schema, own_files=own, workers=workers, progress=progress)
        # pandas and pandera take a second to load: time in which the worker processes already read.
        from rectify_xl.collection.frame import make_book  # noqa: PLC0415
        from rectify_xl.collection.readings import load_readers  # noqa: PLC0415
        from rectify_xl.engine import check_choice, judge_book  # noqa: PLC0415
        from rectify_xl.schema.columns import load_checks  # noqa: PLC0415
        from rectify_xl.silence import set_apart  # noqa: PLC0415

        choice = _with_options(campaign.rules, select, ignore, severity or {})
        check_choice(choice)
        load_readers()
        load_checks(campaign.schema)
        submissions = reading.result()
    if collected is None:
        collected = any(Path(path).is_dir() for path in given)
    book = make_book(submissions, campaign, day, collected=collected)
    judged = set_apart(book, judge_book(book, choice, lang=lang), choice)
    return Report(day, book, judged.findings, judged.silenced, judged.idle, choice, lang)


def judged_again(report: Report, submissions: tuple[Submission, ...]) -> Report:
    """The report as it would be if the same files held something else: what corrected copies will be told."""
    from rectify_xl.collection.frame import make_book  # noqa: PLC0415 - loaded by then
    from rectify_xl.engine import judge_book  # noqa: PLC0415
    from rectify_xl.silence import set_apart  # noqa: PLC0415

    book = make_book(submissions, report.book.campaign, report.as_of, collected=report.book.collected)
    judged = set_apart(book, judge_book(book, report.choice, lang=report.lang), report.choice)
    return replace(report, book=book, findings=judged.findings, silenced=judged.silenced, idle=judged.idle)


def _with_options(
    rules: RuleChoice, select: Iterable[str], ignore: Iterable[str], severity: Mapping[str, Severity]
) -> RuleChoice:
    """The campaign's choice of rules with the caller's: a selection replaces, ignores and severities are added."""
    return replace(
        rules,
        select=tuple(select) or rules.select,
        ignore=(*rules.ignore, *ignore),
        severity={**rules.severity, **severity},
    )
