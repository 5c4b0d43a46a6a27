"""The .xlsx reader on every way a cell, a row or a package may be written."""

from __future__ import annotations

import re
import time
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl.common.shown_month import ShownMonth
from rectify_xl.common.shown_number import ShownNumber
from rectify_xl.common.unreadable import CellError, Rounded, Uncached
from rectify_xl.intake.files import read_file
from rectify_xl.intake.readers.xlsx_package import read_xlsx
from rectify_xl.schema.loading import load_schema
from tests.support.reading import column, numbers, read, slugs
from tests.support.workbooks import (
    HEADINGS,
    MAIN,
    RELATIONS,
    by_openpyxl,
    by_xlsxwriter,
    header_xml,
    layout,
    package,
    patch,
    sheet_xml,
    task,
    text_cell,
)

if TYPE_CHECKING:
    from pathlib import Path

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>'
    '<numFmt numFmtId="165" formatCode="[$-804]aaaa"/><numFmt numFmtId="166" formatCode="0.0&quot;m&quot;"/>'
    '<numFmt numFmtId="167" formatCode="G/通用格式&quot;日&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>'
    '<xf numFmtId="9"/><xf numFmtId="57"/><xf numFmtId="22"/><xf numFmtId="167"/><xf numFmtId="20"/></cellXfs>'
)


def value_of(path: Path, cell: str, **options: Any) -> Any:
    """The value of one cell written as sheet XML."""
    book = read_xlsx(package(path / "a.xlsx", sheet_xml(f'<row r="1">{cell}</row>'), styles=STYLES, **options))
    return next((value for row in book.sheets[0].cells.values() for value in row.values()), None)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><v>3</v></c>", 3),
        ("<c><v>3.0</v></c>", 3),
        ("<c><v>3.25</v></c>", 3.25),
        ('<c s="5"><v>0.8</v></c>', 0.8),
        ('<c t="n"><v>1E2</v></c>', 100),
        ("<c><v>110101199003071234</v></c>", Rounded("110101199003071234")),
        ("<c><v>1.10101199003071E+17</v></c>", Rounded("110101199003071000")),
        ("<c><v>-1234567890123456</v></c>", Rounded("-1234567890123456")),
        ("<c><v>999999999999999</v></c>", 999999999999999),
        ('<c t="str"><v>110101199003071234</v></c>', "110101199003071234"),
        ("<c><v>NaN</v></c>", CellError("#NUM!")),
        ("<c><v>1e999</v></c>", CellError("#NUM!")),
        ("<c><v>abc</v></c>", "abc"),
        ('<c t="b"><v>1</v></c>', "是"),
        ('<c t="b"><v>0</v></c>', "否"),
        ('<c t="e"><v>#REF!</v></c>', CellError("#REF!")),
        ('<c t="e"><f>A9</f><v>#N/A</v></c>', CellError("#N/A")),
        ("<c><f>B1*2</f></c>", Uncached("B1*2")),
        ("<c><f>B1*2</f><v/></c>", Uncached("B1*2")),
        ("<c><f>B1*2</f><v>10</v></c>", 10),
        ('<c t="str"><f>"甲"</f><v>甲</v></c>', "甲"),
        ('<c t="str"><f>""</f><v></v></c>', None),
        ('<c t="e"><f>_xlfn.DISPIMG("ID_1",1)</f><v>#NAME?</v></c>', "[图片]"),
        ('<c t="str"><f>DISPIMG("ID_1",1)</f><v>=DISPIMG(1)</v></c>', "[图片]"),
        ("<c/>", None),
        ("<c><v></v></c>", None),
        ('<c s="1"><v>46357</v></c>', date(2026, 12, 1)),
        ('<c s="2"><v>46357</v></c>', date(2026, 12, 1)),
        ('<c s="3"><v>46357</v></c>', date(2026, 12, 1)),
        ('<c s="6"><v>46357</v></c>', ShownMonth("2026年12月", date(2026, 12, 1))),
        ('<c s="7"><v>46357.5</v></c>', datetime(2026, 12, 1, 12)),  # noqa: DTZ001
        ('<c s="9"><v>0.5</v></c>', "12:00"),
        ('<c s="1"><v>59</v></c>', date(1900, 2, 28)),
        ('<c s="1"><v>99999999</v></c>', 99999999),
        ('<c s="4"><v>46357</v></c>', ShownNumber(46357, "46357.0m")),
        ('<c s="8"><v>46357</v></c>', ShownNumber(46357, "46357日")),
        ('<c s="99"><v>46357</v></c>', 46357),
        ('<c t="d"><v>2026-12-01</v></c>', date(2026, 12, 1)),
        ('<c t="d"><v>2026-12-01T08:30:00</v></c>', datetime(2026, 12, 1, 8, 30)),  # noqa: DTZ001
        ('<c t="d"><v>月底</v></c>', "月底"),
        ('<c t="inlineStr"><is><t>甲</t></is></c>', "甲"),
        ('<c t="inlineStr"><is><r><t>甲</t></r><r><rPr><b/></rPr><t>乙</t></r></is></c>', "甲乙"),
        ('<c t="inlineStr"><is><t>整改</t><rPh sb="0" eb="1"><t>zhenggai</t></rPh></is></c>', "整改"),
        ('<c t="inlineStr"><is><t>甲_x000D_乙_x005F_x0041_</t></is></c>', "甲\r乙_x0041_"),
        ('<c t="inlineStr"><is><t>甲&#10;乙 &amp; 丙</t></is></c>', "甲\n乙 & 丙"),
    ],
)
def test_value(tmp_path: Path, cell: str, value: Any) -> None:
    found = value_of(tmp_path, cell)
    assert (found, type(found)) == (value, type(value))


def test_dates_of_the_1904_system(tmp_path: Path) -> None:
    assert value_of(tmp_path, '<c s="1"><v>44895</v></c>', book='<workbookPr date1904="1"/>') == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<si><t>甲</t></si>", "甲"),
        ("<si><r><t>甲</t></r><r><t xml:space='preserve'> 乙</t></r></si>", "甲 乙"),
        ("<si><t>整改</t><rPh sb='0' eb='2'><t>ZHENGGAI</t></rPh><phoneticPr fontId='1'/></si>", "整改"),
        ("<si><t>甲_x000D_\n乙</t></si>", "甲\r\n乙"),
        ("<si/>", None),
        ("<si><t/></si>", None),
    ],
)
def test_shared_string(tmp_path: Path, item: str, text: str | None) -> None:
    assert value_of(tmp_path, '<c t="s"><v>0</v></c>', strings=item) == text


@pytest.mark.parametrize("index", ["7", "-9", "x"])
def test_a_shared_string_that_does_not_exist(tmp_path: Path, index: str) -> None:
    sheet = sheet_xml(f'<row r="1"><c r="A1" t="s"><v>{index}</v></c></row>')
    assert slugs(read(package(tmp_path / "a.xlsx", sheet, strings="<si><t>甲</t></si>"))) == ["unreadable-file"]


# Ways to write a sheet ---------------------------------------------------------------------------------------------

TASK = task(1, "东河排口异味")


def list_xml(first: int = 1) -> str:
    """A header and one task as sheet XML."""
    cells = "".join(text_cell(f"{letter}{first + 1}", str(value)) for letter, value in zip("ABCDEF", TASK, strict=True))
    return f'{header_xml(first)}<row r="{first + 1}">{cells}</row>'


def check_one_task(path: Path, row: int = 2) -> None:
    """The file holds the one task."""
    found = read(path)
    assert found.status == "accepted", found.faults
    (table,) = found.tables
    assert numbers(table) == [row]
    assert column(table, "problem") == ["东河排口异味"]


def test_rows_and_cells_without_addresses(tmp_path: Path) -> None:
    bare = re.sub(r' r="[A-Z]*\d+"', "", list_xml())
    check_one_task(package(tmp_path / "a.xlsx", sheet_xml("<row/>" + bare)), row=3)


def test_prefixed_element_names(tmp_path: Path) -> None:
    prefixed = re.sub(r"<(/?)(\w)", r"<\1x:\2", sheet_xml(list_xml()).partition("?>")[2])
    check_one_task(package(tmp_path / "a.xlsx", prefixed.replace("xmlns=", "xmlns:x=")))


def test_strict_namespaces(tmp_path: Path) -> None:
    strict, relations = "http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships"
    check_one_task(package(tmp_path / "a.xlsx", sheet_xml(list_xml(), namespace=strict), namespace=strict, relations=relations))


def test_absolute_targets_and_odd_part_names(tmp_path: Path) -> None:
    relations = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="x/worksheet" Target="/xl/Worksheets/Sheet1.XML"/>'
        '<Relationship Id="rId2" Type="x/sharedStrings" Target="\\xl\\SharedStrings.xml"/></Relationships>'
    )
    parts = {"xl/_rels/workbook.xml.rels": relations, "xl\\worksheets\\sheet1.xml": sheet_xml(list_xml())}
    check_one_task(package(tmp_path / "a.xlsx", "", parts=parts, without=["xl/worksheets/sheet1.xml"]))


def test_workbook_elsewhere_and_utf16(tmp_path: Path) -> None:
    start = '<Relationship Id="r" Type="x/officeDocument" Target="book/Workbook.xml"/>'
    root = f'<Relationships xmlns="{RELATIONS}">{start}</Relationships>'
    rels = f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="x" Target="worksheets/s.xml"/></Relationships>'
    book = '<workbook xmlns:r="r"><sheets><sheet name="甲" r:id="rId1"/></sheets></workbook>'
    sheet = sheet_xml(list_xml()).replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")
    parts = {"_rels/.rels": root, "book/Workbook.xml": book, "book/_rels/Workbook.xml.rels": rels, "book/worksheets/s.xml": sheet}
    check_one_task(package(tmp_path / "a.xlsx", "", parts=parts, without=["xl/workbook.xml", "xl/worksheets/sheet1.xml"]))


def test_the_least_a_package_needs(tmp_path: Path) -> None:
    check_one_task(package(tmp_path / "a.xlsx", sheet_xml(list_xml()), without=["_rels/.rels", "[Content_Types].xml"]))


def test_later_cell_wins_where_one_is_written_twice(tmp_path: Path) -> None:
    body = list_xml() + f'<row r="2">{text_cell("C2", "后写的措施")}</row>'
    (table,) = read(package(tmp_path / "a.xlsx", sheet_xml(body))).tables
    assert column(table, "measures") == ["后写的措施"]


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A0x"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1048577"/>',
        '<row r="1"><c r="A9999999"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
    ],
)
def test_addresses_outside_the_grid_and_broken_xml(tmp_path: Path, body: str) -> None:
    assert slugs(read(package(tmp_path / "a.xlsx", sheet_xml(body)))) == ["unreadable-file"]


def test_a_wrong_merge_reference(tmp_path: Path) -> None:
    after = '<mergeCells><mergeCell ref="A1:"/><mergeCell ref="Q"/></mergeCells>'
    assert slugs(read(package(tmp_path / "a.xlsx", sheet_xml(list_xml(), after=after)))) == ["unreadable-file"]


def test_merges_without_end(tmp_path: Path) -> None:
    merges = "".join('<mergeCell ref="A2:F1048576"/>' for _ in range(3))
    body = list_xml() + '<row r="1048576"><c r="H1048576"><v>1</v></c></row>'
    found = read(package(tmp_path / "a.xlsx", sheet_xml(body, after=f"<mergeCells>{merges}</mergeCells>")))
    assert slugs(found) == ["resource-limit"]


# Size --------------------------------------------------------------------------------------------------------------


def test_styled_empty_rows_below_a_table(tmp_path: Path) -> None:
    cells = "".join(f'<c r="{letter}{{0}}" s="1"/>' for letter in "ABCDEFGHIJ")
    empty = "".join(f'<row r="{row}" spans="1:10" ht="15">{cells.format(row)}</row>' for row in range(3, 60_000))
    path = package(tmp_path / "a.xlsx", sheet_xml(list_xml() + empty), styles=STYLES)
    before = time.process_time()
    check_one_task(path)
    assert time.process_time() - before < 3


def test_a_hidden_row_among_empty_ones_is_still_seen(tmp_path: Path) -> None:
    body = list_xml().replace('<row r="2">', '<row r="2" hidden="true"><c r="H2" s="1"/>') + '<row r="3" hidden="1"/>'
    found = read(package(tmp_path / "a.xlsx", sheet_xml(body)))
    assert [(fault.slug, fault.facts) for fault in found.faults] == [("hidden-rows", {"rows": "2"})]


def test_a_corner_cell_beside_a_real_table(tmp_path: Path) -> None:
    body = list_xml() + '<row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    check_one_task(package(tmp_path / "a.xlsx", sheet_xml(body)))


def test_too_many_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rectify_xl.intake.grid.MOST_CELLS", 5)
    assert slugs(read(package(tmp_path / "a.xlsx", sheet_xml(list_xml())))) == ["resource-limit"]


# The package -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
def test_sheets_by_state_and_by_content(tmp_path: Path, write: Any) -> None:
    real = layout([["序号", "反馈问题", "责任单位"], [1, "扬尘", "甲局"]], sheet="二 清单")
    cover = layout([["填报须知"]], sheet="封面")
    empty = layout([], sheet="空")
    drafts = layout(
        [["底稿"], ["勿删"], ["二〇二六年十一月二十日前由各科室核对并签字确认后再行上报的历史版本"]], sheet="底稿", state="hidden"
    )
    choices = layout([["整改中"], ["已完成"]], sheet="选项", state="veryHidden")
    found = read(write(tmp_path / "a.xlsx", cover, real, empty, drafts, choices))
    assert [table.sheet for table in found.tables] == ["二 清单"]
    structure = [(fault.slug, fault.sheet) for fault in found.faults if fault.slug.endswith("sheet")]
    assert structure == [("hidden-sheet", "底稿"), ("extra-sheet", "封面")]


def test_sheets_that_feed_dropdowns_are_not_reported(tmp_path: Path) -> None:
    wide = [["单位", "简称", "联系人"], *([f"某局{at}", f"局{at}", "柳"] for at in range(9))]
    lists = [layout(wide, sheet=name, state="hidden") for name in ("名册", "单位's", "底稿")]
    path = by_openpyxl(tmp_path / "a.xlsx", layout([["序号", "反馈问题", "责任单位"], [1, "扬尘", "甲局"]]), *lists)

    def add_validation(part: bytes) -> bytes:
        rule = "<dataValidations><dataValidation><formula1>'单位''s'!$A$2:$A$9</formula1></dataValidation></dataValidations>"
        return part.replace(b"<pageMargins", rule.encode() + b"<pageMargins")

    def add_name(part: bytes) -> bytes:
        names = (
            '<definedNames><definedName name="units">名册!$A$2:$A$9</definedName>'
            '<definedName name="_xlnm.Print_Area">底稿!$A$2:$A$9</definedName></definedNames>'
        )
        return re.sub(rb"<definedNames ?/>", b"", part).replace(b"<calcPr", names.encode() + b"<calcPr")

    patch(path, {"xl/worksheets/sheet1.xml": add_validation, "xl/workbook.xml": add_name})
    assert [fault.sheet for fault in read(path).faults if fault.slug == "hidden-sheet"] == ["底稿"]


def test_macros_links_and_the_date_of_saving(tmp_path: Path) -> None:
    links = f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" TargetMode="External" Target="file:///D:/a.xlsx"/></Relationships>'
    core = '<c xmlns:d="u"><d:modified>2026-11-05T08:00:00Z</d:modified></c>'
    parts = {
        "xl/vbaProject.bin": b"\0",
        "xl/externalLinks/_rels/externalLink1.xml.rels": links,
        "docProps/core.xml": core,
    }
    found = read(package(tmp_path / "a.xlsm", sheet_xml(list_xml()), parts=parts))
    assert slugs(found)[-2:] == ["has-macros", "external-links"]
    assert found.faults[-1].facts == {"targets": ("file:///D:/a.xlsx",)}
    assert found.modified == datetime(2026, 11, 5, 8)  # noqa: DTZ001


@pytest.mark.parametrize(("kind", "sheet"), [("master", "总台账"), ("report", "问题清单")])
def test_our_own_workbooks_are_skipped(tmp_path: Path, kind: str, sheet: str) -> None:
    rows = [[*HEADINGS], task(1, "东河排口异味")]
    path = by_xlsxwriter(tmp_path / "a.xlsx", layout([["汇总"]], sheet="汇总"), layout(rows, sheet=sheet))
    stamp = f'<property name="rectify_xl.kind"><vt:lpwstr>{kind}</vt:lpwstr></property>'
    patch(path, {"docProps/custom.xml": f'<Properties xmlns="u" xmlns:vt="v">{stamp}</Properties>'.encode()})
    found = read(path)
    assert (found.status, found.reason, found.tables) == ("skipped", "own-output", ())


def test_chart_sheets_are_passed_over(tmp_path: Path) -> None:
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="r"><sheets><sheet name="图" r:id="rId9"/><sheet name="无"/>'
        '<sheet name="任务清单" r:id="rId1"/></sheets></workbook>'
    )
    relations = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="x" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId9" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>'
    )
    parts = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations, "xl/chartsheets/sheet1.xml": "<chartsheet/>"}
    check_one_task(package(tmp_path / "a.xlsx", sheet_xml(list_xml()), parts=parts))


def test_a_list_without_tasks(tmp_path: Path) -> None:
    assert "empty-submission" in slugs(read(package(tmp_path / "a.xlsx", sheet_xml(header_xml()))))


def test_what_was_seen_instead_of_a_table(tmp_path: Path) -> None:
    found = read(
        package(tmp_path / "a.xlsx", sheet_xml(f'<row r="1">{text_cell("A1", "值班表")}{text_cell("B1", "姓名")}</row>'))
    )
    assert [(fault.slug, fault.facts["seen"]) for fault in found.faults] == [("no-task-table", "值班表、姓名")]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_hidden_sheet_that_feeds_a_dropdown_of_excel_2010_is_not_reported(tmp_path: Path, prefix: str) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["序号", "存在问题", "责任领导", "责任单位", "整改时限"])
    book.active.append([1, "甲渠淤积", "冷泉 副市长", "市水务局", "2026年12月底前"])
    lists = book.create_sheet("选项")
    for row in range(40):
        lists.append([f"选项{row}", f"说明{row}", f"第三列{row}"])
    lists.sheet_state = "hidden"
    book.save(path)
    assert [fault.slug for fault in read_file(path, "a.xlsx", load_schema()).faults] == ["hidden-sheet"]
    extension = (
        '<extLst><ext xmlns:x14="urn:x14" xmlns:xm="urn:xm" uri="{1}"><x14:dataValidations><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>选项!$A$1:$A$40</xm:f></x14:formula1><xm:sqref>E2</xm:sqref></x14:dataValidation>"
        "</x14:dataValidations></ext></extLst></worksheet>"
    )

    def with_extension(xml: str) -> str:
        xml = xml.replace("</worksheet>", extension)
        if prefix:
            xml = re.sub(r"<(/?)(?!\?|x14:|xm:)(\w)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=")
        return xml

    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = with_extension(parts[sheet].decode()).encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    read = read_file(path, "a.xlsx", load_schema())
    assert (read.faults, len(read.tables[0].rows)) == ((), 1)
