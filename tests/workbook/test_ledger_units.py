"""总台账: every unit that a cell names is shown, as leading or as cooperating."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.workflow.merge import merge
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("cell", "lead", "cooperating"),
    [
        ("市水务局(牵头)、市住建局", "市水务局", "市住建局"),
        ("市水务局(牵头),市住建局、市审计局(配合)", "市水务局", "市住建局、市审计局"),
        ("市水务局牵头,市住建局具体实施,市审计局配合", "市水务局", "市审计局、市住建局"),
        ("市水务局,市住建局配合", "市水务局", "市住建局"),
        ("市水务局会同市住建局", "市水务局", "市住建局"),
        ("市水务局、市住建局(共同牵头)", "市水务局、市住建局", None),
    ],
)
def test_no_unit_of_a_cell_is_lost(tmp_path: Path, cell: str, lead: str, cooperating: str | None) -> None:
    write_list(tmp_path / "a.xlsx", [{"lead_unit": cell, "coop_units": None}], unit="市水务局")
    ledger = next(found for found in Summary(merge([tmp_path], as_of=date(2026, 11, 21))).sheets() if found.name == "总台账")
    row = dict(zip((column.label for column in ledger.columns), ledger.rows[0], strict=True))
    shown = next(value for label, value in row.items() if label in ("牵头单位", "责任单位"))
    assert (shown, row["配合单位"]) == (lead, cooperating)
