"""The workbook: what Excel, WPS and LibreOffice find in it, and what the reader makes of it empty."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl import validate
from rectify_xl.campaign.settings import Campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.text_layout import head_width
from rectify_xl.schema.loading import load_schema
from rectify_xl.template import make_template
from rectify_xl.workbook import write_template
from rectify_xl.workbook.form.shape import spans, widths
from rectify_xl.workbook.page import pages_across
from tests.support.workbooks import patch
from tests.template.conftest import AS_OF, FIRST_ROW, MADE_ON, folded

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

pytestmark = pytest.mark.slow


def written(path: Path, campaign: Campaign, **options: Any) -> Path:
    write_template(make_template(campaign, made_on=MADE_ON, **options), path)
    return path


@pytest.fixture
def empty(tmp_path: Path, campaign: Campaign) -> Workbook:
    return openpyxl.load_workbook(written(tmp_path / "空表.xlsx", campaign))


@pytest.fixture
def filled(tmp_path: Path, campaign: Campaign, office_row: dict[str, Any]) -> Worksheet:
    rows = [
        office_row,
        {**office_row, "task_id": 4, "deadline": date(2026, 12, 31), "leader": "/", "status": "整改中", "problem": "=西塘"},
    ]
    path = written(tmp_path / "市水务局.xlsx", campaign, unit="市水务局", filled=rows, blank_rows=2)
    return openpyxl.load_workbook(path).worksheets[0]


def at(sheet: Worksheet, row: int, key: str) -> Any:
    return sheet.cell(row, load_schema().keys.index(key) + 1)


def checks(sheet: Worksheet) -> dict[str, DataValidation]:
    return {str(found.sqref): found for found in sheet.data_validations.dataValidation}


def test_sheets_and_head(empty: Workbook, campaign: Campaign) -> None:
    assert [(sheet.title, sheet.sheet_state) for sheet in empty] == [
        ("整改任务清单", "visible"), ("填报说明", "visible"), ("下拉选项", "veryHidden"),
    ]  # fmt: skip
    sheet = empty.worksheets[0]
    assert sheet["A1"].value == "汐东市督察反馈问题整改任务清单"
    labels = [folded(cell.value) for cell in sheet[2] if cell.value]
    assert labels == ["填报单位:", "填报日期:", folded(make_template(campaign, made_on=MADE_ON).note)]
    assert [cell.value for cell in sheet[3] if cell.value] == ["由整改办确定", "由填报单位填写"] * 2
    assert [cell.value for cell in sheet[4]] == [known.label["zh"] for known in campaign.schema.fields]
    assert {str(area) for area in sheet.merged_cells.ranges} >= {"A1:AC1", "A3:J3", "K3:R3", "S3:Z3", "AA3:AC3"}


def test_required_headings_are_red_and_owners_have_their_colours(empty: Workbook) -> None:
    sheet = empty.worksheets[0]
    assert at(sheet, 4, "leader").font.color.rgb != at(sheet, 4, "target").font.color.rgb
    assert at(sheet, 4, "leader").font.color.rgb == at(sheet, 4, "problem").font.color.rgb
    assert at(sheet, 4, "leader").fill.start_color.rgb != at(sheet, 4, "progress").fill.start_color.rgb


def test_panes_print_and_zoom(empty: Workbook) -> None:
    sheet = empty.worksheets[0]
    assert sheet.freeze_panes == "E5"  # number, category, problem and target: what a screen can spare
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    guide = empty["填报说明"]
    assert (guide.page_setup.paperSize, guide.page_setup.orientation) == (9, "landscape")
    assert guide.print_title_rows == "$10:$10"


def test_an_empty_template_locks_its_head_and_nothing_else(empty: Workbook) -> None:
    sheet = empty.worksheets[0]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.protection.insertRows  # allowed
    assert all(cell.protection.locked for row in (1, 3, 4) for cell in sheet[row])
    assert not any(cell.protection.locked for row in range(5, 35) for cell in sheet[row])
    assert not sheet["C2"].protection.locked
    assert not sheet["F2"].protection.locked
    # Below the rows made ready the columns' own format is open too.
    assert not any(size.protection.locked for size in sheet.column_dimensions.values())


def test_what_the_office_filled_in_is_locked_and_grey(filled: Worksheet) -> None:
    for key in ("task_id", "problem", "leader", "deadline"):
        assert at(filled, FIRST_ROW, key).protection.locked
    grey = at(filled, FIRST_ROW, "leader").fill.start_color.rgb
    assert at(filled, FIRST_ROW, "acceptance_unit").fill.start_color.rgb != grey
    # An empty cell of the office may be filled in, and what the unit reports is never locked.
    for row, key in ((5, "acceptance_unit"), (6, "leader"), (6, "status"), (7, "problem"), (8, "task_id")):
        assert not at(filled, row, key).protection.locked
    assert filled["C2"].value == "市水务局"
    assert filled["C2"].protection.locked
    assert (at(filled, 6, "task_id").value, at(filled, 6, "deadline").value) == ("4", "2026-12-31")
    assert at(filled, 6, "problem").value == "=西塘"
    assert at(filled, 6, "problem").data_type == "s"


def test_rows_grow_with_what_is_typed(tmp_path: Path, campaign: Campaign, office_row: dict[str, Any]) -> None:
    path = written(tmp_path / "a.xlsx", campaign, filled=[office_row], blank_rows=1)
    with zipfile.ZipFile(path) as package:
        rows = package.read("xl/worksheets/sheet1.xml").decode().split("<row ")[1:]
    held = ["customHeight" in row.partition(">")[0] for row in rows]
    assert held == [True] * 4 + [False] * 2
    assert all(' ht="' in f" {row.partition('>')[0]}" for row in rows)


def test_short_texts_are_kept_as_typed_and_dates_are_dates(empty: Workbook) -> None:
    sheet = empty.worksheets[0]
    formats = {
        key: at(sheet, FIRST_ROW, key).number_format for key in ("task_id", "deadline", "phone", "percent", "completed_on")
    }
    assert formats == {"task_id": "@", "deadline": "@", "phone": "@", "percent": "0%", "completed_on": "yyyy-mm-dd"}
    assert at(sheet, FIRST_ROW, "progress").number_format == "General"  # Excel shows no long text in a cell set to text


def test_every_column_has_its_hint_and_check(empty: Workbook, campaign: Campaign) -> None:
    found = checks(empty.worksheets[0])
    assert len(found) == len(campaign.schema.fields) + 2
    for number, known in enumerate(campaign.schema.fields):
        letter = openpyxl.utils.get_column_letter(number + 1)
        check = found[f"{letter}5:{letter}534"]
        assert check.prompt == known.hint["zh"]
        assert check.showInputMessage
        assert check.type == {"choice": "list", "date": "date", "percent": "decimal"}.get(
            known.kind, "list" if known.role in ("leader", "units") else None
        )
    status, leader, unit = found["K5:K534"], found["F5:F534"], found["G5:G534"]
    assert status.formula1 == '"未启动,整改中,已完成,已验收,公示中,已销号,长期坚持,反弹"'
    assert (status.showErrorMessage, status.errorStyle) == (True, None)
    assert (leader.formula1, leader.errorStyle) == ("rectify_leader", "warning")
    assert (unit.formula1, unit.showErrorMessage) == ("rectify_lead_unit", False)
    assert found["C2"].formula1 == "rectify_lead_unit"
    assert (found["M5:M534"].formula1, found["M5:M534"].formula2) == ("0", "1")


def test_long_lists_stand_on_the_hidden_sheet(empty: Workbook, campaign: Campaign) -> None:
    names = {name: found.attr_text for name, found in empty.defined_names.items()}
    assert names == {"rectify_lead_unit": "'下拉选项'!$E$3:$E$35", "rectify_leader": "'下拉选项'!$D$3:$D$4"}
    choices = empty["下拉选项"]
    assert [choices.cell(row, 5).value for row in range(2, 36)] == ["牵头单位", *(unit.name for unit in campaign.units)]
    assert choices["B3"].value == "template"


def test_a_category_list_and_choices_with_commas_go_to_the_sheet_too(tmp_path: Path, office_row: dict[str, Any]) -> None:
    (tmp_path / "own.yaml").write_text(
        "name: own\nlabel: {zh: 清单, en: List}\nfields:\n"
        "  problem: {label: 问题, kind: long_text, required: true, hint: " + "很" * 300 + "}\n"
        "  weight: {label: 分值, kind: number}\n"
        "  category: {label: 类别, kind: text, owner: office}\n"
        '  grade: {label: 等级, kind: choice, choices: ["重大,特别", 一般]}\n',
        "utf-8",
    )
    own = Campaign(schema=load_schema(str(tmp_path / "own.yaml")))
    path = written(tmp_path / "own.xlsx", own, filled=[{"problem": "甲", "category": office_row["category"]}])
    found = checks(openpyxl.load_workbook(path).worksheets[0])
    assert len(found["A5:A535"].prompt) == 255
    assert found["B5:B535"].type == "decimal"
    assert found["C5:C535"].formula1 == "rectify_category"
    assert found["D5:D535"].formula1 == "rectify_grade"


def test_properties_carry_the_stamp(empty: Workbook) -> None:
    said = {found.name: found.value for found in empty.custom_doc_props.props}
    assert said["rectify_xl.kind"] == "template"
    assert said["rectify_xl.campaign"] == "汐东市督察反馈问题整改"
    assert (said["rectify_xl.round"], said["rectify_xl.schema"], said["rectify_xl.schema_version"]) == (
        "2026-11",
        "task_list",
        "1",
    )
    assert empty.properties.created.date() == MADE_ON


@pytest.mark.slow
def test_the_same_template_is_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    script = tmp_path / "make.py"
    script.write_text(
        "import sys\nfrom datetime import date\nfrom rectify_xl.campaign.settings import Campaign, CampaignLeader, Unit\n"
        "from rectify_xl.template import make_template\nfrom rectify_xl.workbook import write_template\n"
        "units = tuple(Unit(str(n), f'{n}号局') for n in range(40))\n"
        "given = Campaign(name='甲市整改', units=units, leaders=(CampaignLeader('池一鸣', '市长'),))\n"
        "write_template(make_template(given, made_on=date(2026, 1, 1)), sys.argv[1])\n",
        "utf-8",
    )
    digests = set()
    for seed in ("1", "2"):
        path = tmp_path / f"{seed}.xlsx"
        subprocess.run([sys.executable, str(script), str(path)], check=True, env={"PYTHONHASHSEED": seed, "PATH": ""})
        digests.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(digests) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("schema", ["task_list", "acceptance_ledger", "hazard_list"])
def test_an_empty_template_is_an_empty_submission_and_nothing_else(
    tmp_path: Path, campaign: Campaign, schema: str, lang: str
) -> None:
    for given in (Campaign(schema=load_schema(schema)), replace(campaign, schema=load_schema(schema))):
        path = written(tmp_path / "市水务局.xlsx", given, lang=lang)
        report = validate([path], campaign=given, as_of=AS_OF)
        assert [finding.slug for finding in report.findings] == ["empty-submission"]
        (submission,) = report.submissions
        assert set(submission.tables[0].columns) == set(given.schema.keys)
        assert (submission.unit_text, submission.filled_on) == ("", None)
        assert submission.stamp["rectify_xl.schema"] == schema


def test_a_prefilled_workbook_is_read_as_it_was_filled_in(tmp_path: Path, campaign: Campaign, office_row: dict[str, Any]) -> None:
    path = written(tmp_path / "a.xlsx", campaign, unit="市水务局", filled=[office_row], blank_rows=0)
    report = validate([path], campaign=campaign, as_of=AS_OF)
    (submission,) = report.submissions
    (row,) = submission.tables[0].rows
    assert {key: value for key, value in row.values.items() if value is not None} == office_row
    assert submission.unit_text == "市水务局"
    assert submission.stamp["rectify_xl.unit"] == "市水务局"
    assert [finding.slug for finding in report.findings] == ["empty-progress"]


def test_the_stamp_is_read_from_the_hidden_sheet_where_properties_are_lost(tmp_path: Path, campaign: Campaign) -> None:
    path = written(tmp_path / "a.xlsx", campaign, unit="市林业局")
    with_properties = validate([path]).submissions[0].stamp
    patch(path, {"docProps/custom.xml": None})
    assert validate([path]).submissions[0].stamp == with_properties
    assert with_properties["rectify_xl.unit"] == "市林业局"


def test_last_rounds_template_is_reported(tmp_path: Path, campaign: Campaign, office_row: dict[str, Any]) -> None:
    path = written(tmp_path / "a.xlsx", replace(campaign, round_id="2026-10"), unit="市水务局", filled=[office_row])
    (finding,) = validate([path], campaign=campaign, as_of=AS_OF, select=["S"]).findings
    assert (finding.slug, finding.unit, finding.facts["found"]) == ("wrong-template", "市水务局", "2026-10")


def test_a_workbook_that_cannot_be_written_says_why(tmp_path: Path, campaign: Campaign) -> None:
    with pytest.raises(RectifyError, match=r"\.xlsx"):
        written(tmp_path / "a.xls", campaign)


@pytest.mark.parametrize(("lang", "most"), [("zh", 330), ("en", 355)])  # English headings take more
def test_columns_are_narrowed_evenly_and_keep_room_for_their_headings(lang: str, most: float) -> None:
    schema = load_schema()
    sizes = dict(zip(schema.keys, widths(make_template(Campaign(), made_on=MADE_ON, lang=lang)), strict=True))
    assert sum(sizes.values()) < most
    assert pages_across(sum(sizes.values())) == 1  # its print can be read on one A3 page
    assert sizes["completed_on"] >= 11
    assert sizes["deadline"] == 16
    assert sizes["phone"] >= 13
    assert min(sizes[known.key] for known in schema.fields if known.kind == "long_text") == 14
    assert all(sizes[known.key] >= head_width(known.label[lang]) for known in schema.fields)


def test_what_needs_no_more_than_its_share_keeps_the_same_share() -> None:
    sizes = dict(zip(load_schema().keys, widths(make_template(Campaign(), made_on=MADE_ON)), strict=True))
    shares = [sizes[key] / load_schema()[key].width for key in ("problem", "measures", "progress", "lead_unit", "evidence")]
    assert shares == pytest.approx([shares[0]] * len(shares), abs=0.005)


def test_few_columns_are_as_wide_as_declared() -> None:
    whole = load_schema("acceptance_ledger")
    few = replace(whole, fields=tuple(field for field in whole.fields if field.required))
    assert widths(make_template(Campaign(schema=few), made_on=MADE_ON))[0] == few["problem"].width


def test_things_side_by_side_take_as_many_columns_as_they_need() -> None:
    assert spans([8, 10, 30, 30], [11, 24, 11]) == [2, 1, 1]
    assert spans([8], [11, 24]) == [1, 0]
