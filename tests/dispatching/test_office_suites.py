"""A dispatched workbook after a trip through LibreOffice: untouched it says nothing, filled in it says what was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

import rectify_xl as rx
from tests.support.office import convert, needs_office

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_office
FALSE = {
    "hidden-column", "unknown-column", "wrong-template", "hidden-sheet", "extra-sheet", "missing-column", "unread-rows",
}  # fmt: skip


@pytest.mark.parametrize("to", ["xlsx:Calc MS Excel 2007 XML", "xls", "ods"])
def test_it_is_known_again_in_every_format(folder: Path, to: str) -> None:
    rx.dispatch(folder / "总台账.xlsx", folder / "out", campaign=folder, as_of="2026-12-01")
    water, school, county = (folder / "out" / f"{name}.xlsx" for name in ("市水务局", "市教育局", "东明县"))
    book = openpyxl.load_workbook(county)
    sheet = book["整改任务清单"]
    columns = {cell.value: cell.column for cell in sheet[4]}
    sheet.cell(5, columns["整改进展"]).value = "两扇闸门更换完毕，启闭试验合格"
    sheet.cell(5, columns["完成率"]).value = 0.9
    book.save(county)
    for path in convert([water, school, county], to, folder / "back"):
        report = rx.validate(path, campaign=folder, as_of="2026-12-05")
        found = [finding.slug for finding in report.findings]
        (submission,) = report.submissions
        assert not FALSE & set(found), path.name
        if path.stem == county.stem:
            (row,) = submission.tables[0].rows
            assert (row.key, row.values["progress"]) == ("T0002", "两扇闸门更换完毕，启闭试验合格")
            assert submission.dispatched["T0002"]["status"] == "整改中"
        else:
            assert found == ["empty-submission"], path.name
        assert {"rectify_xl.base", "rectify_xl.unit"} <= submission.stamp.keys()
