"""The rule on a real workbook: run ``pytest`` in this folder once the package is installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl import validate

if TYPE_CHECKING:
    from pathlib import Path

HEADINGS = ["序号", "存在问题", "责任领导", "责任单位", "整改时限", "佐证材料"]
ROW = [1, "南河淤积", "钟离岳 副市长", "市水务局", "2026年12月底前"]


@pytest.mark.parametrize(
    ("evidence", "cells"), [("清淤验收单", ["F2"]), ("清淤验收单（云水函〔2026〕18号）", []), ("现场照片", []), (None, [])]
)
def test_evidence_without_number(tmp_path: Path, evidence: str | None, cells: list[str]) -> None:
    book = openpyxl.Workbook()
    for row in (HEADINGS, [*ROW, evidence]):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    report = validate([tmp_path / "a.xlsx"], select=["evidence-without-number"])
    assert [finding.cell for finding in report.findings] == cells
