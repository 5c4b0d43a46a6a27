"""All that a master workbook shows, in one language and without looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.findings import Severity
from rectify_xl.ledger.entries import Entry, entries_of
from rectify_xl.ledger.rows import absence_rows, conflict_rows, finding_rows, report_rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.master import Master, Round
    from rectify_xl.ledger.rows import Rows


@dataclass(frozen=True)
class Contents:
    """What a master workbook shows.

    ``entries`` are judged on ``as_of``; ``records`` holds the rows of the sheets that only record what came in (by_report,
    not_reported, conflicts, findings, changes); ``missing`` the units that did not report; ``files`` how many files were
    used; ``levels`` the counts of findings; ``held_rows`` the rows that ``--strict`` kept out; ``history`` the rounds
    before this one, the oldest first; ``checked_on`` the day of which the findings are, where it is not ``as_of``.
    """

    lang: str
    campaign: Campaign
    as_of: date
    entries: tuple[Entry, ...]
    records: Mapping[str, Rows]
    missing: tuple[str, ...] = ()
    files: int = 0
    levels: tuple[int, int, int] = (0, 0, 0)
    held_rows: int = 0
    history: tuple[Round, ...] = ()
    checked_on: date | None = None


def contents_of(master: Master, lang: str = "zh") -> Contents:
    """What the workbook of a merge shows."""
    found = master.report.findings
    return Contents(
        lang,
        master.campaign,
        master.as_of,
        entries_of(master, lang),
        {
            "by_report": report_rows(master, lang),
            "not_reported": absence_rows(master, lang),
            "conflicts": conflict_rows(master, lang),
            "findings": finding_rows(master, lang),
            "changes": (),
        },
        missing=tuple(absence.unit for absence in master.absent if absence.kind == "missing"),
        files=sum(submission.status == "accepted" for submission in master.report.submissions),
        levels=tuple(sum(finding.severity is kind for finding in found) for kind in Severity),  # type: ignore[arg-type]
        held_rows=len({(finding.file, finding.sheet, finding.row) for finding in master.held_back}),
        history=master.history,
    )
