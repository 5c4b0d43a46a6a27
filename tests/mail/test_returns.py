"""From the check to the mail: annotated copies go to the unit that the check named, whatever else their files say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
from openpyxl.packaging.custom import StringProperty

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.copies import annotate
from rectify_xl.mail.planning import plan_returns
from rectify_xl.workflow.validate import validate
from tests.mail.rounds import DAY, office
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path


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
    for letter in plan.letters:
        for file in letter.attachments:
            assert file.content == (folder / "退回" / file.name).read_bytes()
