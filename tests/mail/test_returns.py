"""From the check to the mail: annotated copies go to the unit that the check named, whatever else their files say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.common.findings import Severity
from rectify_xl.copies import annotate
from rectify_xl.mail.planning import plan_returns
from rectify_xl.mail.templates import Templates
from rectify_xl.provenance.remarks import CLEAN_LINE, UNUSED_LINE
from rectify_xl.workflow.validate import validate
from tests.mail.rounds import DAY, edit, office
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not


def made_from_template_of(unit: str, path: Path) -> None:
    """As if the list had been filled into the workbook made for a unit."""
    book = openpyxl.load_workbook(path)
    for name, value in {"kind": "template", "unit": unit, "campaign": "青禾市督察整改", "round": "2026-11"}.items():
        book.custom_doc_props.append(StringProperty(name=f"rectify_xl.{name}", value=value))
    book.save(path)


def test_annotated_copies_go_to_the_unit_that_the_check_named(folder: Path) -> None:
    made_from_template_of("青芜县", write_list(folder / "in" / "青芜县.xlsx", [{"task_id": 9}], unit="市住建局"))
    (folder / "in" / "市审计局.xlsx").write_bytes(b"PK\x03\x04 broken")
    report = validate([folder / "in"], campaign=load_campaign(folder), as_of=DAY, collected=True)
    annotate(report, [folder / "in"], folder / "退回")
    plan = plan_returns(office(folder), folder / "退回")
    assert plan.problems == ()
    assert {(letter.unit, file.name) for letter in plan.letters for file in letter.attachments} == {
        ("市水务局", "甲.xlsx"), ("市住建局", "乙.xlsx"), ("市住建局", "青芜县.xlsx"), ("市审计局", "市审计局.xlsx"),
    }  # fmt: skip
    asked = {letter.unit: letter.facts["asked"] for letter in plan.letters}
    assert asked["市住建局"] == 0
    assert asked["市水务局"] > 0
    assert asked["市审计局"] == 1
    for letter in plan.letters:
        for file in letter.attachments:
            assert file.content == (folder / "退回" / file.name).read_bytes()


def test_a_clean_unit_is_not_asked_to_correct(folder: Path) -> None:
    edit(folder / "campaign.yaml", "due: 2026-11-20", "due: 2026-11-20, resend_by: 2026-11-27")
    write_list(folder / "净" / "甲.xlsx", [{"task_id": 1, "lead_unit": "市水务局"}], unit="市水务局", filled="2026-11-19")
    report = validate([folder / "净"], campaign=load_campaign(folder), as_of=DAY)
    assert not [one for one in report.findings if one.file and one.severity is not Severity.INFO]
    (copy,) = annotate(report, [folder / "净"], folder / "退回")
    cells = [cell for row in openpyxl.load_workbook(copy.path).worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert CLEAN_LINE["zh"] in cells
    assert not any(word in str(cell) for cell in cells for word in ("重新报送期限", "改好后", "2026-11-27"))
    (letter,) = plan_returns(office(folder), folder / "退回").letters
    assert letter.facts["asked"] == 0
    for lang, words in (("zh", "不用重新报送"), ("en", "need not be sent again")):
        text = Templates(folder).words("return", lang, letter.facts).text
        assert words in text
        assert not any(word in text for word in ("改好", "修改", "mended", "2026-11-27"))
    again = validate([copy.path], campaign=load_campaign(folder), as_of=DAY)  # the page is known again as ours
    assert [file["status"] for file in again.files()] == ["accepted"]


def test_a_unit_whose_file_was_not_used_is_not_sent_to_look_for_marked_cells(folder: Path) -> None:
    edit(folder / "campaign.yaml", "due: 2026-11-20", "due: 2026-11-20, resend_by: 2026-11-27")
    (folder / "空").mkdir()
    openpyxl.Workbook().save(folder / "空" / "市审计局.xlsx")
    report = validate([folder / "空"], campaign=load_campaign(folder), as_of=DAY)
    (copy,) = annotate(report, [folder / "空"], folder / "退回")
    cells = [cell for row in openpyxl.load_workbook(copy.path).worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert UNUSED_LINE["zh"] in cells
    assert not any("原样报送" in str(cell) for cell in cells)
    (letter,) = plan_returns(office(folder), folder / "退回").letters
    for lang, said, unsaid in (("zh", "没有采用", "有标记的单元格"), ("en", "could not be used", "marked")):
        text = Templates(folder).words("return", lang, letter.facts).text
        assert said in text
        assert "2026-11-27" in text
        assert unsaid not in text


def test_the_day_for_sending_again_is_told_while_it_is_to_come(folder: Path) -> None:
    def text(lang: str = "zh", **others: object) -> str:
        facts = {"asked": 3, "unused": False, "checked": "2026-11-21", "resend_by": "", "due": "2026-11-20", "files": ["甲.xlsx"]}
        given = {"campaign": "", "round": "", "unit": "市水务局", "issuer": "", **facts, **others}
        return Templates(folder).words("return", lang, given).text

    assert "有 3 处需要改正" in text()
    assert "2026-11-20" not in text()  # the round's own day is none for sending again
    assert "请在 2026-11-27 前直接回复" in text(resend_by="2026-11-27")
    assert "by 2026-11-27." in text("en", resend_by="2026-11-27")
    assert "结果标在附件里" in text(asked=None)  # a copy of an older version does not say
    write_list(folder / "错" / "甲.xlsx", [{"deadline": "尽快"}], unit="市水务局")
    for day, told in (("2026-11-27", "2026-11-27"), ("2026-11-20", "")):
        setting = load_campaign(folder)
        campaign = replace(setting, round_resend_by=date.fromisoformat(day))
        report = validate([folder / "错"], campaign=campaign, as_of=DAY)
        annotate(report, [folder / "错"], folder / f"退回{day}")
        (letter,) = plan_returns(replace(office(folder), campaign=campaign), folder / f"退回{day}").letters
        assert letter.facts["resend_by"] == told
