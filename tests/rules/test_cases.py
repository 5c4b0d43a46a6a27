"""Every case of every rule: the findings stand exactly where the page says, with its fixes and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.harness import Case, addresses, all_cases, judge

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("case", list(all_cases()), ids=lambda case: case.name)
def test_case(case: Case, tmp_path: Path) -> None:
    """A pass case has no finding, a fail case the expected ones and no other."""
    findings = judge(case, tmp_path)
    shown = [(finding.cell, finding.message) for finding in findings]
    assert addresses(case, findings) == sorted(case.expect), shown
    assert bool(case.expect) == (case.kind == "fail"), "a fail case expects something, a pass case nothing"
    offered = {finding.cell: finding.fix for finding in findings}
    for cell, value in case.fixes.items():
        fix = offered[cell]
        assert (str(fix.value) if fix else "none") == value
    for words in case.says:
        assert any(words in finding.message for finding in findings), shown
