"""The sample campaign is judged exactly as samples/expected.csv, which was labelled by hand from the catalogue, says."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from rectify_xl.campaign import load_campaign
from rectify_xl.ledger import Master, merge
from rectify_xl.resources import resource

SAMPLES = resource("samples", "city")
DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def master() -> Master:
    return merge([SAMPLES / "submissions"], campaign=load_campaign(SAMPLES), as_of=DAY)


def expected() -> set[tuple[str, str, str]]:
    with (SAMPLES.parent / "expected.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {("" if row["slug"] == "not-submitted" else row["file"], row["cell"], row["slug"]) for row in rows}


def test_every_planted_fault_is_found_and_no_other_error_or_warning(master: Master) -> None:
    found = {(finding.file or "", finding.cell or "", finding.slug): finding for finding in master.report.findings}
    loud = {place for place, finding in found.items() if finding.severity != "info"}
    assert expected() - set(found) == set()
    assert loud - expected() == set()


def test_counts(master: Master) -> None:
    result = master.to_dict()
    assert (result["tasks"], result["reports"]) == (69, 71)
    assert result["missing_units"] == ["市供销合作社", "榆泽供水集团有限公司"]
    assert sorted(result["same_unit_files"]) == ["市住房和城乡建设局", "市水利局"]
    assert [(conflict["task"], conflict["field"]) for conflict in result["conflicts"]] == [("5", "deadline")]
    skipped = {entry["path"] for entry in result["files"] if entry["status"] == "skipped"}
    assert skipped == {".DS_Store", ".~lock.市农业农村局.ods#", "~$市生态环境局.xlsx", "说明.txt"}


def test_every_task_number_is_in_the_master(master: Master) -> None:
    numbers = {task.name for task in master.tasks}
    assert {str(number) for number in range(1, 71) if number != 33} <= numbers
