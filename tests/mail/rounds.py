"""A small round to be mailed: a campaign folder with a master, and files with stamps as returned copies bear them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.packaging.custom import StringProperty

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.mail.office import Office, office_of
from rectify_xl.provenance import stamp
from rectify_xl.provenance.remarks import RETURNED, SHEET
from rectify_xl.workbook import write_master
from rectify_xl.workflow.merge import merge
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 21)
NAME, ROUND = "青禾市督察整改", "2026-11"
LATE = {"deadline": "2026年6月30日前", "status": "整改中"}
CAMPAIGN = """name: 青禾市督察整改
issuer: 青禾市整改办
issued: 2026-01-05
units: units.csv
round: {id: 2026-11, due: 2026-11-20}
mail:
  from: zgb@example.gov.cn
  host: 127.0.0.1
  port: 8025
  security: none
  per_minute: 6000
  to: [lingdao@example.gov.cn, mishu@example.gov.cn]
"""
UNITS = """id,name,aliases,email,reports
U1,市水务局,市水利局,shuiwu@example.gov.cn,yes
U2,市住建局,,zhujian@example.gov.cn|jianguan@example.gov.cn,yes
U3,青芜县,青芜县人民政府,qingwu@example.gov.cn,yes
U4,市林业局,,,yes
U5,市审计局,,shenji@example.gov.cn,no
"""


def make_round(folder: Path, *, day: date = DAY, lang: str = "zh") -> Path:
    """Two units reported, one of them late and with overdue tasks; the master is 总台账.xlsx."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.yaml").write_text(CAMPAIGN, "utf-8")
    (folder / "units.csv").write_text(UNITS, "utf-8")
    write_list(folder / "in" / "甲.xlsx", [
        {"task_id": 1, "problem": "东渠排口没有截流\n雨天溢流", **LATE},
        {"task_id": 2, "problem": "西塘护岸垮塌", "lead_unit": "市水务局牵头,市审计局配合"},
        {"task_id": 3, "problem": "北坡裸土没有覆盖", "lead_unit": "市水利局、青芜县人民政府", "deadline": "2026年9月30日前"},
    ], unit="市水务局", filled="2026-11-21")  # fmt: skip
    write_list(folder / "in" / "乙.xlsx", [{"task_id": 4, "problem": "工地扬尘", "lead_unit": "市住建局"}], unit="市住建局")
    write_master(merge([folder / "in"], campaign=load_campaign(folder), as_of=day, lang=lang), folder / "总台账.xlsx", lang=lang)
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace words of a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def office(folder: Path, *allow: str, lang: str = "zh") -> Office:
    return office_of(load_campaign(folder), folder, allow=allow, lang=lang)


def stamped(path: Path, *, sheet: str = "", **properties: str) -> Path:
    """A workbook with document properties; the first sheet is called ``sheet``."""
    book = openpyxl.Workbook()
    book.active.title = sheet or SHEET["zh"]
    book.active.append([path.name])
    for name, value in properties.items():
        book.custom_doc_props.append(StringProperty(name=f"rectify_xl.{name}", value=value))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def returned(path: Path, to: str, **changed: str) -> Path:
    """An annotated copy."""
    marks = {"returned_to": to, RETURNED.partition(".")[2]: DAY.isoformat()}
    return stamped(path, **marks | changed)


def prefilled(path: Path, unit: str, **changed: str) -> Path:
    """A workbook made for a unit to fill in."""
    marks = {"kind": stamp.TEMPLATE, "unit": unit, "campaign": NAME, "round": ROUND}
    return stamped(path, sheet="任务清单", **marks | changed)
