"""What the office writes beside rows that come and go: 未报送 and 问题清单, which every merge makes anew, and 冲突."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl import merge, read_master, write_master
from tests.rounds.comparing import CAMPAIGN, FARM, HOUSING, WATER
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

VAGUE = {"deadline": "尽快完成"}
OF_FARM = {"task_id": 3, "problem": "南圩粪污还田不足", "lead_unit": FARM}


def merged(folder: Path) -> list[dict[str, list[str]]]:
    """Merge the lists into the master as it stands, and read its sheets: heading -> cells."""
    path = folder / "总台账.xlsx"
    base = path if path.exists() else None
    write_master(merge(folder / "报送", campaign=CAMPAIGN, as_of="2026-12-20", base=base, workers=1), path)
    book = openpyxl.load_workbook(path)
    columns = ([[cell.value or "" for cell in column] for column in book[name].iter_cols(min_row=3)] for name in LISTS)
    return [{column[0]: column[1:] for column in of_sheet} for of_sheet in columns]


LISTS = ("未报送", "问题清单", "变更记录", "冲突")


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """One of three units has reported; the office notes whom it has called, and what it has settled."""
    write_list(tmp_path / "报送" / "w.xlsx", [VAGUE, OF_FARM], unit=WATER)
    merged(tmp_path)
    book = openpyxl.load_workbook(tmp_path / "总台账.xlsx")
    for name, about, notes in (
        ("未报送", 1, {HOUSING: "已电话催报", FARM: "联络员出差"}),
        ("问题清单", 11, {"D502 vague-deadline": "已与水务局说明"}),
    ):
        sheet = book[name]
        at = sheet.max_column + 1
        sheet.cell(3, at).value = "办内记录"
        for row in range(4, sheet.max_row + 1):
            sheet.cell(row, at).value = notes.get(str(sheet.cell(row, about).value))
    book.save(tmp_path / "总台账.xlsx")
    return tmp_path


def test_a_note_stays_with_its_unit_and_its_finding_when_a_late_file_is_merged(noted: Path) -> None:
    write_list(noted / "报送" / "h.xlsx", [{"task_id": 2, "problem": "西塘清淤未启动", "lead_unit": HOUSING}], unit=HOUSING)
    absent, found, changes, _ = merged(noted)
    assert dict(zip(absent["单位"], absent["办内记录"], strict=True)) == {FARM: "联络员出差"}
    assert dict(zip(found["规则"], found["办内记录"], strict=True))["D502 vague-deadline"] == "已与水务局说明"
    assert (changes["字段"][-1], changes["旧值"][-1]) == ("未报送·办内记录", "已电话催报")
    assert merged(noted)[:3] == [absent, found, changes]


def test_the_column_stays_when_every_unit_has_reported(noted: Path) -> None:
    for at, unit in enumerate((HOUSING, FARM), 2):
        rows = [{"task_id": at, "problem": f"{unit}包保河段未清理", "lead_unit": unit}]
        write_list(noted / "报送" / f"{at}.xlsx", rows, unit=unit)
    for _ in range(2):
        absent, _, changes, _ = merged(noted)
        assert "办内记录" in absent
        assert [old for old, name in zip(changes["旧值"], changes["字段"], strict=True) if name == "未报送·办内记录"] == [
            "已电话催报",
            "联络员出差",
        ]
    assert read_master(noted / "总台账.xlsx").absences == ()


def test_a_note_on_a_question_goes_with_it_into_the_changes_and_its_column_stays(noted: Path) -> None:
    rows = [VAGUE | {"deadline": "2027年3月底前", "leader": "方立群 副市长"}]
    write_list(noted / "报送" / "w2.xlsx", rows, unit=WATER, filled="2026年12月18日")
    merged(noted)
    for decided in ("责任领导", "整改时限"):
        book = openpyxl.load_workbook(noted / "总台账.xlsx")
        sheet = book["冲突"]
        at = {cell.value: cell.column for cell in sheet[3]}
        noting = at.get("请示情况", sheet.max_column + 1)
        sheet.cell(3, noting).value = "请示情况"
        for row in range(4, sheet.max_row + 1):
            field = sheet.cell(row, at["字段"]).value
            sheet.cell(row, noting).value = f"{field}已请示"
            sheet.cell(row, at["处理意见"]).value = "保留台账" if field == decided else None
        book.save(noted / "总台账.xlsx")
        _, _, changes, conflicts = merged(noted)
        assert "请示情况" in conflicts
        assert (changes["字段"][-1], changes["旧值"][-1]) == ("冲突·请示情况", f"{decided}已请示")
        assert conflicts["请示情况"] == (["整改时限已请示"] if decided == "责任领导" else [""] * len(conflicts["请示情况"]))
