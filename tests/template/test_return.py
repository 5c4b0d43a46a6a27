"""A template that was filled in with LibreOffice and came back as .xlsx, .xls or .ods."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlrd

from rectify_xl import validate
from rectify_xl.template import make_template
from rectify_xl.workbook import write_template
from tests.support.desk import type_and_save
from tests.support.office import needs_office
from tests.template.conftest import AS_OF, MADE_ON

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign

pytestmark = pytest.mark.slow

SUFFIXES = (".xlsx", ".xls", ".ods")
EXCEL_DAY = 46314  # 2026-10-19
TYPED: dict[str, str | float] = {
    "C2": "市水务局", "F2": 46345,
    "A5": "1", "C5": "东湾暗涵污水直排", "E5": "封堵排口四处", "F5": "池一鸣 市政府副市长", "G5": "市水务局",
    "J5": "2026年12月底前", "K5": "整改中", "L5": "已封堵三处排口", "M5": 0.75, "AA5": "沈禾", "AB5": "05312345678",
    "A6": "2", "C6": "西塘护岸垮塌", "E6": "重建护岸六十米", "F6": "叶知秋 市政府秘书长", "G6": "市水务局牵头,市财政局配合",
    "J6": "2026年10月底前", "K6": "已完成", "L6": "护岸六十米已建成", "M6": 1, "P6": EXCEL_DAY, "Q6": "竣工验收单 2026-19号",
}  # fmt: skip


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    from tests.template.conftest import CAMPAIGN

    folder = tmp_path_factory.mktemp("returned")
    path = folder / "清单.xlsx"
    write_template(make_template(CAMPAIGN, made_on=MADE_ON), path)
    return {made.suffix: made for made in type_and_save(path, TYPED, folder / "saved")}


@needs_office
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_it_validates_clean_with_its_stamp(saved: dict[str, Path], campaign: Campaign, suffix: str) -> None:
    report = validate([saved[suffix]], campaign=campaign, as_of=AS_OF)
    assert [(finding.slug, finding.cell, finding.message) for finding in report.findings] == []
    (submission,) = report.submissions
    assert dict(submission.stamp) == {
        key: value for key, value in make_template(campaign, made_on=MADE_ON).stamp.items() if value
    }
    assert (submission.unit_text, str(submission.filled_on)) == ("市水务局", "2026-11-19")
    assert report.collection.reporting[submission.path].unit == "市水务局"


@needs_office
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_value_is_the_one_that_was_typed(saved: dict[str, Path], campaign: Campaign, suffix: str) -> None:
    frame = validate([saved[suffix]], campaign=campaign, as_of=AS_OF).collection.frame
    first, second = (row for _, row in frame.iterrows())
    assert (first["task_id"], first["deadline"], first["percent"], first["phone"]) == ("1", "2026年12月底前", 0.75, "05312345678")
    assert str(second["completed_on"].date()) == "2026-10-19"
    assert second["evidence"] == "竣工验收单 2026-19号"
    assert frame["completed_on"].isna().tolist() == [True, False]


@needs_office
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_next_round_it_is_the_wrong_template(saved: dict[str, Path], campaign: Campaign, suffix: str) -> None:
    from dataclasses import replace

    later = replace(campaign, round_id="2026-12")
    found = validate([saved[suffix]], campaign=later, as_of=AS_OF, select=["S"]).findings
    assert [finding.slug for finding in found] == ["wrong-template"]


@needs_office
def test_dropdowns_marks_and_locks_are_still_there(saved: dict[str, Path]) -> None:
    sheet = openpyxl.load_workbook(saved[".xlsx"]).worksheets[0]
    lists = {str(found.sqref): found.formula1 for found in sheet.data_validations.dataValidation if found.type == "list"}
    assert lists["F5:F534"] == "rectify_leader"
    assert lists["G5:G534"] == "rectify_lead_unit"
    assert "整改中" in lists["K5:K534"]
    marked = {str(area.sqref) for area in sheet.conditional_formatting}
    assert {"F5:F534", "J5:J534"} <= marked
    assert sheet.protection.sheet
    assert sheet["A4"].protection.locked
    assert not sheet["A5"].protection.locked
    book = xlrd.open_workbook(saved[".xls"], formatting_info=True)
    assert {"rectify_leader", "rectify_lead_unit"} <= {name.name for name in book.name_obj_list}
    assert [(sheet.name, bool(sheet.visibility)) for sheet in book.sheets()] == [
        ("整改任务清单", False), ("填报说明", False), ("下拉选项", True),
    ]  # fmt: skip


@needs_office
def test_a_prefilled_workbook_comes_back_too(tmp_path: Path, campaign: Campaign, office_row: dict[str, Any]) -> None:
    path = tmp_path / "市水务局.xlsx"
    write_template(make_template(campaign, made_on=MADE_ON, unit="市水务局", filled=[office_row], blank_rows=0), path)
    typed: dict[str, str | float] = {"K5": "整改中", "L5": "排口已封堵三处", "F2": 46345}
    for made in type_and_save(path, typed, tmp_path / "saved"):
        report = validate([made], campaign=campaign, as_of=AS_OF)
        assert [(finding.slug, finding.cell) for finding in report.findings] == [], made.suffix
        (submission,) = report.submissions
        assert submission.stamp["rectify_xl.unit"] == "市水务局"
        (row,) = submission.tables[0].rows
        assert {key: value for key, value in row.values.items() if value is not None} == {
            **office_row, "status": "整改中", "progress": "排口已封堵三处",
        }  # fmt: skip
