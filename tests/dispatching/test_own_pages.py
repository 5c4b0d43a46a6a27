"""The pages that a dispatched workbook brings beside its list hold no tasks, in whichever language they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

import rectify_xl as rx
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_asked_of_a_unit_is_no_list_of_tasks(tmp_path: Path, lang: str) -> None:
    rows = [{}, {"task_id": 2, "problem": "东沟清淤未完成"}]
    write_list(tmp_path / "a.xlsx", rows, unit="市水务局")
    campaign = rx.Campaign(name="青禾市整改", round_id="2026-12")
    rx.merge(tmp_path / "a.xlsx", campaign=campaign, as_of="2026-12-25").to_excel(tmp_path / "m.xlsx")
    rx.dispatch(tmp_path / "m.xlsx", tmp_path / "out", campaign=campaign, as_of="2026-12-25", lang=lang)
    for submission in rx.validate(tmp_path / "out", campaign=campaign, as_of="2026-12-25").submissions:
        assert [len(table.rows) for table in submission.tables] == [2]


@pytest.mark.parametrize(
    ("lang", "own_share", "of_the_lead"), [("zh", "承担部分的进展", "状态和完成率由牵头单位填"), ("en", "own share", "lead's")]
)
def test_a_unit_that_cooperates_is_asked_for_its_own_share_and_not_for_what_the_lead_says(
    tmp_path: Path, lang: str, own_share: str, of_the_lead: str
) -> None:
    write_list(tmp_path / "a.xlsx", [{"coop_units": "市住建局", "deadline": "2026年11月底前"}], unit="市水务局")
    campaign = rx.Campaign(name="青禾市整改", round_id="2026-12")
    rx.merge(tmp_path / "a.xlsx", campaign=campaign, as_of="2026-12-25").to_excel(tmp_path / "m.xlsx")
    rx.dispatch(tmp_path / "m.xlsx", tmp_path / "out", campaign=campaign, as_of="2026-12-25", lang=lang)
    asked = {}
    for unit in ("市水务局", "市住建局"):
        sheet = openpyxl.load_workbook(tmp_path / "out" / f"{unit}.xlsx").worksheets[1]
        asked[unit] = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(own_share in line and of_the_lead in line for line in asked["市住建局"])
    assert not any(own_share in line for line in asked["市水务局"])
    (late,) = [line for line in asked["市住建局"] if "请配合牵头单位" in line or "help the lead" in line]
    assert own_share in late


def test_a_unit_that_contradicts_itself_is_told_so(tmp_path: Path) -> None:
    rows = [{"status": "未启动"}, {"task_id": 2, "problem": "东沟清淤未完成"}, {"status": "整改中"}]
    write_list(tmp_path / "a.xlsx", rows, unit="市水务局")
    campaign = rx.Campaign(name="青禾市整改", round_id="2026-12")
    rx.merge(tmp_path / "a.xlsx", campaign=campaign, as_of="2026-12-25").to_excel(tmp_path / "m.xlsx")
    rx.dispatch(tmp_path / "m.xlsx", tmp_path / "out", campaign=campaign, as_of="2026-12-25")
    sheet = openpyxl.load_workbook(tmp_path / "out" / "市水务局.xlsx")["本期要求"]
    asked = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(line.startswith("整改状态：市水务局前后填了不同的内容：“未启动”、“整改中”") for line in asked)
