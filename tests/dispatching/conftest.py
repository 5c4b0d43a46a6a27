"""A small campaign of invented units with a master of its first round."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import rectify_xl as rx
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

CAMPAIGN = (
    "name: 澄湖市整改\nissuer: 澄湖市整改办\nissued: 2026-07-23\nunits: units.csv\n"
    "round: {id: 2026-11, due: 2026-11-25}  # 第一轮\n"
    "mail: {from: zgb@example.gov.cn, host: 127.0.0.1, port: 8025, security: none}\n"
)
UNITS = """id,name,aliases,email,reports
U01,市水务局,水务局,sw@example.gov.cn,
U02,市住建局,,zj@example.gov.cn,
U03,市农业局,,ny@example.gov.cn,
U04,东明县,,dm@example.gov.cn,
U05,西宁区,,xn@example.gov.cn,
U06,市教育局,,jy@example.gov.cn,yes
U07,市档案馆,,da@example.gov.cn,no
"""
KEYS = (*CLEAN, "percent", "completed_on", "remark")
WATER = [
    {"percent": 0.5, "remark": "每月十日前报"},
    {"task_id": 2, "problem": "东渠闸门锈死，汛期启闭不了", "measures": "更换闸门两扇", "lead_unit": "各县区",
     "deadline": "2026年10月31日前", "progress": "两扇闸门已订货"},
    {"task_id": 3, "problem": "西库坝脚渗水", "measures": "坝脚灌浆", "status": "已销号", "lead_unit": "市水务局"},
    {"task_id": 4, "problem": "管网老旧漏损大", "measures": "更换主管\n更换支管", "lead_unit": "市水务局", "deadline": "尽快",
     "leader": None},
]  # fmt: skip
FARM = [{"task_id": 5, "problem": "畜禽粪污直排", "measures": "建设储粪池", "lead_unit": "市农业局", "status": "已销号"}]


@pytest.fixture(scope="session")
def campaign_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign folder with the master of its first round, judged on 2026-11-21, made once."""
    path = tmp_path_factory.mktemp("campaign")
    (path / "campaign.yaml").write_text(CAMPAIGN, "utf-8")
    (path / "units.csv").write_text(UNITS, "utf-8")
    write_list(path / "in" / "水务.xlsx", WATER, unit="市水务局", keys=KEYS)
    write_list(path / "in" / "农业.xlsx", FARM, unit="市农业局", keys=KEYS)
    rx.merge(path / "in", campaign=path, as_of="2026-11-21").to_excel(path / "总台账.xlsx")
    return path


@pytest.fixture
def folder(campaign_folder: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    shutil.copytree(campaign_folder, tmp_path, dirs_exist_ok=True)
    return tmp_path
