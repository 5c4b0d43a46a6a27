from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest

from rectify_xl import __version__
from rectify_xl.collection.timing import WARNING_LABELS
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.unreadable import CellError, Rounded, Uncached
from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.provenance.stamp import KIND
from rectify_xl.workbook import verify, write_master
from rectify_xl.workbook.cells import CUT_MARK

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SHEETS = [
    "汇总", "总台账", "分单位填报", "缺责任领导", "时限不明", "逾期", "即将到期", "延期", "销号进度", "未报送", "冲突", "待确认",
    "按单位", "按领导", "历次", "问题清单", "变更记录",
]  # fmt: skip
HOSTILE = (
    '=HYPERLINK("http://x","点")', "+1", "-1+2", "@SUM(A1)", "http://example.com/a", "mailto:a@b.c", "internal:'汇总'!A1",
    "{=1}", "<r><t>x</t></r>", "<r>", "a&b<c>\"d'", "甲\x00\x0b乙", "_x0041_", "00012", "1e5", "TRUE", " 前后 ", "甲\r\n乙",
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "总台账.xlsx"


def opened(master: Master, path: Path, **options: Any) -> openpyxl.Workbook:
    write_master(master, path, **options)
    return openpyxl.load_workbook(path)


def texts(path: Path) -> dict[str, str]:
    with ZipFile(path) as package:
        return {name: package.read(name).decode("utf-8") for name in package.namelist()}


def test_the_contracts_sheets_in_order_and_all_visible(master: Master, path: Path) -> None:
    book = opened(master, path)
    assert book.sheetnames == SHEETS
    assert {sheet.sheet_state for sheet in book} == {"visible"}
    assert all(sheet.sheet_properties.tabColor for sheet in book)


def test_every_list_reads_with_its_heading_in_row_three(master: Master, path: Path) -> None:
    write_master(master, path)
    for content in Summary(master).sheets():
        frame = pd.read_excel(path, sheet_name=content.name, header=2, dtype=object, engine="openpyxl")
        assert list(frame.columns) == [column.label for column in content.columns]
        assert len(frame) == len(content.rows)


def test_values_keep_their_types(master: Master, path: Path) -> None:
    sheet = opened(master, path)["总台账"]
    at = {cell.value: cell.column for cell in sheet[3]}
    assert sheet.cell(4, at["到期日"]).is_date
    assert sheet.cell(4, at["完成率"]).value == 0.4
    assert sheet.cell(4, at["完成率"]).number_format == "0%"
    assert sheet.cell(5, at["完成率"]).value == 120
    assert sheet.cell(5, at["完成率"]).number_format == "General"
    assert sheet.cell(4, at["任务编号"]).value == "1"
    deadlines = [sheet.cell(row, at["整改时限"]) for row in range(4, 8)]
    assert [cell.is_date for cell in deadlines] == [False, False, False, True]


def test_hostile_text_stays_text(make_master: Callable[..., Master], path: Path) -> None:
    rows = [{"task_id": str(at), "problem": f"{text}{at}", "lead_unit": text, "remark": text} for at, text in enumerate(HOSTILE)]
    master = make_master({"水务.xlsx": rows}, findings=())
    write_master(master, path)
    parts = texts(path)
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert not any('t="e"' in text for text in sheets)
    # 汇总 counts by formulas of ours; no sheet that shows what units wrote has one.
    assert not any(
        "<f>" in text for name, text in parts.items() if name.startswith("xl/worksheets/sheet") and "/sheet1." not in name
    )
    ours = "".join(re.findall("<f>(.*?)</f>", parts["xl/worksheets/sheet1.xml"]))
    assert "COUNTIF" in ours
    assert not any(text in html.unescape(ours) for text in HOSTILE if len(text) > 4)
    assert not any("externalLink" in name for name in parts)
    assert not re.search(r'TargetMode="External"', "".join(parts.values()))
    sheet = openpyxl.load_workbook(path)["分单位填报"]
    at = next(cell.column for cell in sheet[3] if cell.value == "备注")
    shown = [sheet.cell(row, at).value for row in range(4, 4 + len(HOSTILE))]
    assert shown[:8] == list(HOSTILE[:8])
    assert shown[11] == "甲␀␋乙"
    assert sheet.cell(4, at).quotePrefix
    assert not sheet.cell(8, at).quotePrefix


def test_unreadable_values_are_shown_as_text(make_master: Callable[..., Master], path: Path) -> None:
    odd = {"problem": "坏值", "target": CellError("#REF!"), "measures": Uncached("A1"), "phone": Rounded("411100199001011230")}
    sheet = opened(make_master({"水务.xlsx": [odd]}, findings=()), path)["总台账"]
    shown = {cell.value: sheet.cell(4, cell.column) for cell in sheet[3]}
    assert [shown[label].value for label in ("整改目标", "整改措施", "联系电话")] == ["#REF!", "=A1", "411100199001011230"]
    assert {shown[label].data_type for label in ("整改目标", "整改措施", "联系电话")} == {"s"}
    assert shown["整改措施"].quotePrefix


def test_a_text_too_long_for_excel_is_marked(make_master: Callable[..., Master], path: Path) -> None:
    master = make_master({"水务.xlsx": [{"problem": "长" * 40_000, "lead_unit": "市水务局"}]}, findings=())
    sheet = opened(master, path)["总台账"]
    problem = sheet.cell(4, next(cell.column for cell in sheet[3] if cell.value == "问题描述"))
    assert problem.value.endswith(CUT_MARK)
    assert problem.alignment.vertical == "top"
    assert sheet.row_dimensions[4].height > 408
    assert "点选单元格" in sheet["B2"].value


def test_an_empty_sheet_says_so_in_one_line(master: Master, path: Path) -> None:
    sheet = opened(master, path)["变更记录"]
    assert "没有可对比的上期台账" in sheet["B2"].value
    assert "2026-11-21" in sheet["B2"].value
    assert sheet.max_row == 3


def test_flagged_rows_lead_to_their_task(master: Master, path: Path) -> None:
    book = opened(master, path)
    ledger = book["总台账"]
    for name in ("逾期", "缺责任领导", "时限不明", "即将到期", "冲突"):
        sheet = book[name]
        assert sheet.max_row > 3, name
        for row in range(4, sheet.max_row + 1):
            home = ledger[sheet.cell(row, 1).hyperlink.location.removeprefix("'总台账'!")]
            assert home.value == sheet.cell(row, 1).value


def test_findings_lead_to_the_task_of_their_row(master: Master, path: Path) -> None:
    sheet = opened(master, path)["问题清单"]
    links = {cell.coordinate: cell.hyperlink.location for row in sheet.iter_rows(min_row=4) for cell in row if cell.hyperlink}
    # The second finding has no task number: its message carries the link. The others are about no row.
    assert links == {
        "G4": "'总台账'!A6", "I5": "'总台账'!A7", "D4": "'分单位填报'!A7", "D5": "'分单位填报'!A8",
    }  # fmt: skip


def test_disputed_values_are_coloured(master: Master, path: Path) -> None:
    sheet = opened(master, path)["总台账"]
    rules = [rule for ranges in sheet.conditional_formatting for rule in ranges.rules]
    assert "beginsWith" in {rule.type for rule in rules}
    words = {rule.formula[0].strip('"') for rule in rules if rule.type == "cellIs"} - {"0"}
    assert words == {word for labels in WARNING_LABELS.values() for word in labels.values()}


def test_sheets_are_set_up_for_print(master: Master, path: Path) -> None:
    book = opened(master, path)
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert book["总台账"].page_setup.paperSize == 8
    assert {sheet.page_setup.paperSize for sheet in book} == {8}
    assert all("填表" in sheet.oddFooter.left.text and "&P" in sheet.oddFooter.right.text for sheet in book)
    assert book["汇总"].page_setup.fitToHeight is None  # one page, the default
    assert book["逾期"].page_setup.fitToHeight == 0  # as many as it takes
    assert book["逾期"].print_title_rows == "$3:$3"
    assert book["逾期"].freeze_panes == "A4"
    assert book["总台账"].freeze_panes not in (None, "A4")
    assert book["逾期"].auto_filter.ref.startswith("A3:")


def test_a_name_full_of_header_codes_is_harmless(make_master: Callable[..., Master], path: Path) -> None:
    book = opened(make_master(name="A&B<整改>&P" * 40), path)
    assert "&&B" in book["逾期"].oddHeader.left.text or "A&" in book["逾期"].oddHeader.left.text


def test_the_stamp_and_properties(master: Master, path: Path) -> None:
    book = opened(master, path)
    stamps = {prop.name: prop.value for prop in book.custom_doc_props.props}
    assert stamps == {
        KIND: "master", "rectify_xl.campaign": "青禾市整改", "rectify_xl.round": "2026-11", "rectify_xl.as_of": "2026-11-21",
        "rectify_xl.schema": "task_list",
        "rectify_xl.version": __version__, "rectify_xl.lang": "zh", "rectify_xl.files": "2", "rectify_xl.held_rows": "0",
            "rectify_xl.last_key": "4", "rectify_xl.open_questions": "1 0", "rectify_xl.content": stamps["rectify_xl.content"],
    }  # fmt: skip
    assert book.properties.created.date() == date(2026, 11, 21)
    assert not book.properties.creator
    assert not book.properties.lastModifiedBy


def test_english(master: Master, path: Path) -> None:
    book = opened(master, path, lang="en")
    assert book.sheetnames[0] == "Overview"
    assert book["Overdue"]["B2"].value.startswith("As of 2026-11-21")
    assert "● 144 d late" in cells_of(book["Overview"])


def cells_of(sheet: Any) -> list[Any]:
    return [cell.value for row in sheet.iter_rows() for cell in row]


def test_the_same_master_gives_the_same_bytes(master: Master, tmp_path: Path) -> None:
    write_master(master, tmp_path / "一.xlsx")
    write_master(master, tmp_path / "二.xlsx")
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()


def test_bytes_do_not_depend_on_the_process(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, 'tests/workbook')\n"
        "from conftest import build; from rectify_xl.workbook import write_master\n"
        "write_master(build(), sys.argv[1])"
    )
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", script, str(tmp_path / f"{seed}.xlsx")]
        subprocess.run(command, check=True, cwd=ROOT, env=environment)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_a_failed_verification_keeps_the_old_master(master: Master, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_master(master, path)
    old = path.read_bytes()

    def refuse(*_: object) -> None:
        raise RectifyError("不符", "it differs")

    monkeypatch.setattr(verify, "_compare", refuse)
    with pytest.raises(RectifyError, match="不符"):
        write_master(master, path, lang="en")
    assert path.read_bytes() == old
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_wrong_target_is_told_before_any_work(master: Master, tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match=r"应以 \.xlsx 结尾"):
        write_master(master, tmp_path / "总台账.csv")
