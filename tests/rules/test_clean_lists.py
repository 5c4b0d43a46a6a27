"""No false alarm: all rules together find no error and no warning in lists that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.harness import CASES, Case, judge_all, read_page

if TYPE_CHECKING:
    from pathlib import Path

LISTS = read_page(CASES.with_name("clean") / "lists.md")


@pytest.mark.parametrize("case", LISTS, ids=lambda case: case.title)
def test_nothing_is_wrong(case: Case, tmp_path: Path) -> None:
    report = judge_all(case, tmp_path)
    rows = [row for file in case.files for sheet in file.sheets for row in sheet.rows]
    loud = [(finding.cell, finding.slug, finding.message) for finding in report if finding.severity != "info"]
    assert len(rows) > len(case.files)
    assert loud == []
