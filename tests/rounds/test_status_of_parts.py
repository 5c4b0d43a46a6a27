"""A part without a status beside one that has it: what the next merge knows, the first one says nothing of either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl import merge, validate, write_master
from tests.rounds.comparing import CAMPAIGN, WATER
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

PARTS = [
    {"status": None, "任务标识": "T0001.1"},
    {"status": "未启动", "measures": "封堵排口六处", "progress": "尚未进场", "任务标识": "T0001.2"},
]


@pytest.mark.parametrize("keyed", [True, False])
def test_the_same_list_merged_again_brings_the_same_findings(tmp_path: Path, *, keyed: bool) -> None:
    keys = (*CLEAN, "任务标识") if keyed else tuple(CLEAN)
    write_list(tmp_path / "报送" / "w.xlsx", PARTS, unit=WATER, keys=keys)
    found, base = [], None
    for _ in range(2):
        master = merge(tmp_path / "报送", campaign=CAMPAIGN, as_of="2026-12-20", base=base, workers=1)
        base = tmp_path / "m.xlsx"
        write_master(master, base)
        found.append([(finding.slug, finding.cell) for finding in master.findings if finding.slug == "missing-status"])
    assert found[0] == found[1]


def test_a_task_of_which_no_part_has_a_status_is_told(tmp_path: Path) -> None:
    write_list(tmp_path / "w.xlsx", [{**part, "status": None} for part in PARTS], unit=WATER, keys=(*CLEAN, "任务标识"))
    found = validate(tmp_path, campaign=CAMPAIGN, as_of="2026-12-20", select=["missing-status"]).findings
    assert {finding.slug for finding in found} == {"missing-status"}
