"""Every case of every rule: the findings stand exactly where the page says, with its fixes and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.common.findings import Severity
from rectify_xl.rules import catalogue
from tests.rules.harness import Case, addresses, all_cases, findings_of, read_cases, schema_of, written

if TYPE_CHECKING:
    from pathlib import Path

RULES = {rule.slug: rule for rule in catalogue()}


@pytest.mark.parametrize("case", list(all_cases()), ids=lambda case: case.name)
def test_case(case: Case, tmp_path: Path) -> None:
    """A pass case has no finding, a fail case the expected ones and no other, in English too.

    A finding in a column that the rule does not declare would be missing from the template's instructions.
    """
    collection = written(case, tmp_path)
    findings = findings_of(case, collection)
    shown = [(finding.cell, finding.message) for finding in findings]
    assert addresses(case, findings) == sorted(case.expect), shown
    assert bool(case.expect) == (case.kind == "fail"), "a fail case expects something, a pass case nothing"
    offered = {finding.cell: finding.fix for finding in findings}
    for cell, value in case.fixes.items():
        fix = offered[cell]
        assert (str(fix.value) if fix else "none") == value
    for words in case.says:
        assert any(words in finding.message for finding in findings), shown
    assert {finding.field for finding in findings} - {None} <= set(RULES[case.slug].fields.of(schema_of(case)))
    for finding in findings_of(case, collection, "en"):
        assert "{" not in finding.message
        assert finding.to_dict()["message"] == finding.message


@pytest.mark.parametrize("slug", ["publicity-too-short", "closing-too-early"])
def test_what_depends_on_a_year_that_no_calendar_knows_is_a_warning(slug: str, tmp_path: Path) -> None:
    levels = {}
    for case in read_cases(slug):
        found = findings_of(case, written(case, tmp_path / str(case.line)))
        levels |= {finding.message: finding.severity for finding in found}
    unclear = {message for message in levels if "无法判断" in message}
    assert unclear
    assert {message for message, level in levels.items() if level is Severity.WARNING} == unclear
