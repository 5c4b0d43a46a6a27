"""Every case of every rule: the findings stand exactly where the page says, with its fixes and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.rules import catalogue
from tests.rules.harness import Case, addresses, all_cases, findings_of, schema_of, written

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
