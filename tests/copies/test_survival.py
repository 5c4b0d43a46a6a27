"""What the clerk made is all there in the copy: parts nobody touched byte by byte, the rest fact by fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl.ooxml.xml_tree import Document
from rectify_xl.provenance.remarks import AUTHOR, COLUMN, COMMENT_LINE, FILLS, SHEET
from tests.copies.books import ROWS, check, facts, parts, returned, rich, said, with_thread
from tests.support.workbooks import patch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

_TOUCHED = {
    "[Content_Types].xml", "docProps/app.xml", "docProps/custom.xml", "xl/styles.xml", "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet3.xml",  # it was the one that the workbook opened at
}  # fmt: skip


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    original = rich(tmp_path / "市水务局.xlsx")
    return original, returned(original, tmp_path / "out")


def test_only_the_parts_that_carry_marks_are_touched(both: tuple[Path, Path]) -> None:
    before, after = map(parts, both)
    assert {name for name in before if before[name] != after[name]} == _TOUCHED
    assert set(after) - set(before) == {"xl/worksheets/sheet4.xml"}
    assert after["xl/worksheets/sheet3.xml"] == before["xl/worksheets/sheet3.xml"].replace(b' tabSelected="1"', b"")
    kept = {"xl/media/image1.png", "xl/sharedStrings.xml", "xl/theme/theme1.xml", "xl/drawings/drawing1.xml"}
    assert kept <= set(before) - _TOUCHED


def test_sections_of_the_marked_sheet_are_the_same_bytes(both: tuple[Path, Path]) -> None:
    before, after = (Document(parts(path)["xl/worksheets/sheet1.xml"]).root for path in both)
    for local in (
        "sheetViews", "sheetFormatPr", "sheetProtection", "mergeCells", "dataValidations", "conditionalFormatting",
        "hyperlinks", "pageMargins", "pageSetup", "headerFooter", "drawing", "legacyDrawing",
    ):  # fmt: skip
        old, new = before.find(local), after.find(local)
        assert old is not None, local
        assert new is not None
        assert new.join() == old.join(), local


def test_comments_validations_merges_looks_and_values_are_all_there(both: tuple[Path, Path]) -> None:
    before, after = map(facts, both)
    assert after.validations == before.validations
    assert after.merges == before.merges
    assert after.rules == before.rules
    assert after.looks == before.looks
    assert after.widths == before.widths
    assert after.values == before.values
    assert set(before.comments) == {"F4", "B5"}
    for cell, (author, text) in before.comments.items():
        assert after.comments[cell][0] == author
        assert after.comments[cell][1].startswith(text)
    assert after.comments["B5"] == before.comments["B5"]


def test_flagged_cells_are_filled_by_severity_and_the_others_keep_their_fill(both: tuple[Path, Path]) -> None:
    before, after = map(facts, both)
    report = check(both[0])
    flagged: dict[str, str] = {}
    for level in ("info", "warning", "error"):
        flagged |= {one.cell: FILLS[level] for one in report.findings if one.severity == level and one.cell}
    assert {"F4", "D5", "J6", "D7"} <= set(flagged)
    assert after.fills == before.fills | flagged


def test_each_flagged_cell_has_one_comment_that_says_what_is_wrong(both: tuple[Path, Path]) -> None:
    after = facts(both[1])
    for one in check(both[0]).findings:
        if one.cell:
            assert one.message in after.comments[one.cell][1]
    author, text = after.comments["F4"]
    own, ours = text.split(COMMENT_LINE["zh"])
    assert (author, own) == ("王五", "等上级批复\n联系人李四\n")
    assert ours.startswith("\n【错误】整改时限“尽快完成”")
    assert after.comments["D5"][0] == AUTHOR["zh"]


def test_the_column_of_remarks_can_be_filtered_and_is_printed(both: tuple[Path, Path]) -> None:
    book: Any = openpyxl.load_workbook(both[1])
    sheet = book["任务清单"]
    assert sheet["K3"].value == COLUMN["zh"]
    assert sheet["K3"].fill.fgColor.rgb == sheet["J3"].fill.fgColor.rgb
    assert sheet["K3"].font.b
    assert sheet["K4"].value.startswith("【错误】整改时限“尽快完成”")
    assert sheet["K4"].border.left.style == "thin"
    assert sheet["K4"].alignment.wrap_text
    assert sheet.auto_filter.ref == "A3:K7"
    assert sheet.print_area == "'任务清单'!$A$1:$K$7"
    assert not sheet.column_dimensions["K"].hidden
    assert sheet.column_dimensions["K"].width > 30
    assert sheet.column_dimensions["L"].hidden
    assert "'任务清单'!$A$3:$K$7</definedName>" in parts(both[1])["xl/workbook.xml"].decode()


def test_the_first_sheet_lists_every_finding_with_a_link_to_its_cell(both: tuple[Path, Path]) -> None:
    book: Any = openpyxl.load_workbook(both[1])
    assert book.sheetnames == [SHEET["zh"], "任务清单", "选项", "填表说明"]
    assert book.active.title == SHEET["zh"]
    assert not any(sheet.sheet_view.tabSelected for sheet in book.worksheets[1:])
    sheet = book.worksheets[0]
    listed = {
        (row[3].value, row[7].value): row[3].hyperlink.location for row in sheet.iter_rows() if row[3].hyperlink is not None
    }
    assert listed == {(one.cell, one.message): f"'任务清单'!{one.cell}" for one in check(both[0]).findings if one.cell}
    words = {cell.value for row in sheet.iter_rows() for cell in row}
    assert {"市水务局.xlsx", "澄湖市水务局", "2026-11-21"} <= words
    levels = [row[1].value for row in sheet.iter_rows() if row[1].value in ("错误", "提醒", "提示")]
    assert levels.index("提示") > max(at for at, level in enumerate(levels) if level != "提示")


def test_the_copy_says_what_the_original_says(both: tuple[Path, Path]) -> None:
    original, copy = map(check, both)
    assert said(copy) == said(original)
    assert copy.files()[0] | {"sha256": ""} == original.files()[0] | {"sha256": ""}


def test_a_thread_keeps_its_words_and_gets_a_reply(tmp_path: Path) -> None:
    original = with_thread(rich(tmp_path / "市水务局.xlsx"), "F4")
    after = parts(returned(original, tmp_path / "out"))
    thread = after["xl/threadedComments/threadedComment1.xml"].decode()
    assert thread.index("请核实") < thread.index("尽快完成")
    assert "整改办" in after["xl/persons/person1.xml"].decode()
    assert b"persons/person1.xml" in after["[Content_Types].xml"]


def test_macros_keep_their_project_and_their_type(tmp_path: Path) -> None:
    original = rich(tmp_path / "市水务局.xlsm")
    patch(original, {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros",
        "[Content_Types].xml": lambda part: part.replace(
            b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
        ),
    })  # fmt: skip
    copy = returned(original, tmp_path / "out")
    after = parts(copy)
    assert copy.name == "市水务局.xlsm"
    assert after["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0 macros"
    assert b"macroEnabled.main" in after["[Content_Types].xml"]


def test_a_signature_is_left_out_and_that_is_said(tmp_path: Path) -> None:
    original = rich(tmp_path / "市水务局.xlsx")
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    relation = f'<Relationship Id="rS" Type="{kind}" Target="_xmlsignatures/origin.sigs"/></Relationships>'.encode()
    patch(original, {
        "_xmlsignatures/origin.sigs": b"",
        "_xmlsignatures/sig1.xml": b"<s/>",
        "_xmlsignatures/_rels/origin.sigs.rels": b"<Relationships/>",
        "_rels/.rels": lambda part: part.replace(b"</Relationships>", relation),
    })  # fmt: skip
    after = parts(returned(original, tmp_path / "out"))
    assert not any("signature" in name for name in after)
    assert b"signature" not in after["_rels/.rels"]
    assert "数字签名" in after["xl/worksheets/sheet4.xml"].decode()


def test_a_shared_row_of_findings_stands_in_its_own_row(both: tuple[Path, Path]) -> None:
    sheet: Any = openpyxl.load_workbook(both[1])["任务清单"]
    for at, _ in enumerate(ROWS, 4):
        expected = [one.message for one in check(both[0]).findings if one.row == at]
        remarks = sheet.cell(at, 11).value
        assert len((remarks or "").split("\n")) == max(1, len(expected))
        assert all(message in remarks for message in expected)
