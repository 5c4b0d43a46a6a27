"""What a second merge of the same round keeps of the first: the findings on files that it did not judge anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import cell_order
from rectify_xl.ledger.sheets.findings import finding_records
from rectify_xl.rules import catalogue

if TYPE_CHECKING:
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import FindingRecord
    from rectify_xl.rounds import Comparison
    from rectify_xl.validation.report import Report


def findings_of_round(before: Master | None, report: Report, comparison: Comparison) -> tuple[FindingRecord, ...]:
    """问题清单 of a round.

    Args:
        before: the master of the same round that is merged on; None where the round begins.
        report: what was found now.
        comparison: which files were merged before.
    """
    now = finding_records(report.findings)
    if before is None:
        return now
    judged = {submission.path for submission in report.submissions}
    again = set(comparison.again)
    of_news = {rule.slug for rule in catalogue() if rule.judges_news}
    places = {_place(finding) for finding in now}
    kept = [
        finding
        for finding in before.findings
        if finding.file
        and _place(finding) not in places
        and (finding.file not in judged or (finding.file in again and finding.slug in of_news))
    ]
    if not kept:
        return now
    numbered = sorted((*now, *kept), key=_order)
    return tuple(replace(finding, number=number) for number, finding in enumerate(numbered, 1))


def _order(finding: FindingRecord) -> tuple[str, str, tuple[int, int], str]:
    """As :attr:`rectify_xl.common.findings.Finding.order`, whichever merge found it."""
    return finding.file or "\uffff", finding.sheet, cell_order(finding.cell or None), finding.rule.partition(" ")[0]


def _place(finding: FindingRecord) -> tuple[str, ...]:
    return finding.slug, finding.file, finding.sheet, finding.cell, finding.field
