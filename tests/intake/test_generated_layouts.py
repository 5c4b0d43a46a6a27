"""Over generated layouts: every task row is read, none is invented, and every value has its true cell."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rectify_xl.campaign.settings import Campaign, RuleChoice
from rectify_xl.collection.assembly import make_collection
from rectify_xl.intake.files import read_file
from rectify_xl.validation.engine import run_rules
from tests.support.counts import count
from tests.support.layouts import SCHEMA, VAGUE, Expected, task_lists
from tests.support.workbooks import by_openpyxl, by_xlsxwriter

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission
    from tests.support.layouts import Made

pytestmark = pytest.mark.slow

WRITERS = st.sampled_from([by_openpyxl, by_xlsxwriter])
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def submitted(made: Made, write: Any) -> Submission:
    """The list written to a file and read back."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder, "a.xlsx"), made.layout)
        return read_file(path, "a.xlsx", SCHEMA)


@settings(SLOW, max_examples=count(50, 1500))
@given(task_lists(), WRITERS)
def test_every_task_row_is_read_and_every_value_has_its_true_cell(made: Made, write: Any) -> None:
    found = submitted(made, write)
    assert found.status == "accepted", found.faults
    (table,) = found.tables
    assert table.header_row == made.header_row
    assert dict(table.columns) == made.columns
    read = [
        Expected(task.row, dict(task.values), {key: table.cell(task, key) for key in task.values}, task.part_of)
        for task in table.rows
    ]
    assert read == made.expected
    assert {task.row for task in table.rows if task.hidden} == made.hidden & {task.row for task in table.rows}


@settings(SLOW, max_examples=count(25, 600))
@given(task_lists(), WRITERS)
def test_planted_faults_are_found_at_their_true_cells(made: Made, write: Any) -> None:
    collection = make_collection((submitted(made, write),), Campaign(), date(2026, 11, 21))
    findings = run_rules(collection, RuleChoice(select=("vague-deadline", "missing-leader")))
    found = {(finding.slug, finding.cell) for finding in findings}
    vague = {("vague-deadline", task.cells["deadline"]) for task in made.expected if task.values["deadline"] == VAGUE}
    missing = {("missing-leader", task.cells["leader"]) for task in made.expected if task.values["leader"] is None}
    assert found == vague | missing
    assert len(found) == len(findings)
    assert {finding.row for finding in findings} <= {task.row for task in made.expected}
