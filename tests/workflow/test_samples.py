"""The sample campaign is judged exactly as samples/expected.csv, which was labelled by hand from the catalogue, says."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.common.resources import resource
from rectify_xl.rules import catalogue
from rectify_xl.workflow.merge import merge
from rectify_xl.workflow.validate import validate

if TYPE_CHECKING:
    from rectify_xl.ledger.master import Master
    from rectify_xl.validation.report import Report

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

SAMPLES = resource("samples", "city")
DAY = date(2026, 11, 21)
# They compare with the last master, or judge what the office writes into its own.
NEED_A_BASE = {
    "blanked-value", "key-changed", "column-deleted", "missing-task", "unknown-task", "foreign-task", "protected-field-changed",
    "contradicts-ledger", "handed-in-again", "incomplete-decision", "closing-too-early", "closing-step-skipped",
    "extension-too-late", "extension-incomplete", "extension-not-granted", "extension-again",
}  # fmt: skip
# Rules whose cases are in tests/rules/cases and tests/intake alone; the sample files do not show them yet.
NOT_IN_SAMPLES = {
    "nearly-done", "missing-status", "status-date-mismatch", "done-by-date", "implausible-date", "hidden-column",
    "damaged-package", "read-in-part", "struck-out-text", "link-to-blank", "number-turned-date", "lookalike-characters",
    "other-schema", "schema-chosen",
}  # fmt: skip


@pytest.fixture(scope="module")
def master() -> Master:
    return merge([SAMPLES / "submissions"], campaign=load_campaign(SAMPLES), as_of=DAY)


def expected() -> set[tuple[str, str, str, str]]:
    with (SAMPLES.parent / "expected.csv").open(encoding="utf-8-sig", newline="") as lines:
        return {
            (row["file"] or (row["note"] if row["slug"] == "not-submitted" else ""), row["sheet"], row["cell"], row["slug"])
            for row in csv.DictReader(lines)
        }


def places(report: Report, *levels: str) -> set[tuple[str, str, str, str]]:
    """File (or unit), sheet, cell and rule of the findings of these severities."""
    return {
        (finding.file or finding.unit or "", finding.sheet or "", finding.cell or "", finding.slug)
        for finding in report.findings
        if finding.severity in levels
    }


def test_every_planted_fault_is_found_and_no_other_error_or_warning(master: Master) -> None:
    report = master.report
    assert expected() - places(report, "error", "warning", "info") == set()
    assert places(report, "error", "warning") - expected() == set()


def test_validate_finds_the_same_as_merge(master: Master) -> None:
    report = validate([SAMPLES / "submissions"], campaign=load_campaign(SAMPLES), as_of=DAY)
    assert [finding.to_dict() for finding in report.findings] == [finding.to_dict() for finding in master.report.findings]
    assert report.exit_code == 1


def test_every_rule_that_needs_no_earlier_master_is_planted() -> None:
    planted = {slug for *_, slug in expected()}
    assert {rule.slug for rule in catalogue() if rule.code[0] != "H"} - NEED_A_BASE - NOT_IN_SAMPLES == planted


def test_counts(master: Master) -> None:
    result = master.to_dict()
    assert (result["tasks"], result["reports"]) == (70, 72)
    assert result["missing_units"] == ["市供销合作社", "榆泽供水集团有限公司"]
    assert sorted(result["same_unit_files"]) == ["市住房和城乡建设局", "市水利局"]
    assert [(conflict["task"], conflict["field"]) for conflict in result["conflicts"]] == [("5", "deadline")]
    skipped = {entry["path"] for entry in result["files"] if entry["status"] == "skipped"}
    assert skipped == {".DS_Store", ".~lock.市农业农村局.ods#", "~$市生态环境局.xlsx", "说明.txt"}


def test_every_task_number_is_in_the_master(master: Master) -> None:
    numbers = {task.name for task in master.tasks}
    assert {str(number) for number in range(1, 71) if number != 33} <= numbers
