"""What cells hide and what they show, in every format: hidden columns, rows without height, text struck out, links to nothing."""

from __future__ import annotations

import struct
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.intake.readers.ods_package import read_ods
from rectify_xl.intake.readers.xls_records import read_xls
from rectify_xl.intake.readers.xlsb_package import read_xlsb
from rectify_xl.intake.readers.xlsx_aside import moved_link
from tests.intake.test_xls_ods import cell as ods_cell
from tests.intake.test_xls_ods import ods
from tests.intake.test_xls_ods import row as ods_row
from tests.support.biff import EXCEL_5, EXCEL_97, by_biff, formula, record
from tests.support.biff12 import (
    address_token,
    by_biff12,
    number_cell,
    raw_sheet,
    sheet_references,
    styles_part,
    wide,
    zero_formula,
)
from tests.support.biff12 import record as record12
from tests.support.office import convert, needs_office
from tests.support.reading import column, read, slugs
from tests.support.workbooks import HEADINGS, header_xml, layout, package, patch, sheet_xml, task, text_cell

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [list(HEADINGS), task(1, "东河排口异味"), task(2, "西山矿坑未复绿"), task(3, "北郊堆场扬尘")]

# The same list in the formats that LibreOffice writes ---------------------------------------------------------------


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One list with everything that hides, as .xlsx, .xls, .ods and .xlsb."""
    import xlsxwriter

    folder = tmp_path_factory.mktemp("hiding")
    book = xlsxwriter.Workbook(folder / "list.xlsx")
    sheet = book.add_worksheet("任务清单")
    struck = book.add_format({"font_strikeout": True})
    sheet.write_row(0, 0, [*HEADINGS, "完成率", "备注"])
    for at, row in enumerate([task(number, f"第{number}处排口异味") for number in range(1, 7)], 1):
        sheet.write_row(at, 0, row)
    sheet.write_rich_string("D2", struck, "方竹 局长", "\n柳青禾 副局长")
    sheet.write_string("F3", "2026年9月底前", struck)
    sheet.write_number("A4", 1.1, book.add_format({"num_format": "0.00"}))
    sheet.write_number("A5", 1, book.add_format({"num_format": '"ST-"000'}))
    sheet.write_number("A6", 7, book.add_format({"num_format": "000"}))
    sheet.write_number("G4", 1.2, book.add_format({"num_format": "0%"}))
    sheet.write_number("F4", 46327, book.add_format({"num_format": 'yyyy"年"m"月"'}))
    sheet.write_boolean("H4", True)
    sheet.write_formula("H5", "=N4", None, 0)
    sheet.write_formula("H6", "='表 2'!B5", None, 0)
    sheet.write_formula("H2", "=A6", None, 7)
    for across, value in enumerate(task(6, "第6处排口异味")):
        sheet.write(6, across, value, struck)
    sheet.set_column("E:E", 9, None, {"hidden": True})
    book.add_worksheet("表 2").write(0, 0, "说明")
    book.close()
    return {"xlsx": folder / "list.xlsx", "xlsb": in_records(folder / "list.xlsb")} | {
        kind: convert([folder / "list.xlsx"], kind, folder / "out")[0] for kind in ("xls", "ods")
    }


def in_records(path: Path) -> Path:
    """The same list as .xlsb, record by record."""
    codes = ("0.00", '"ST-"000', "000", "0%", 'yyyy"年"m"月"')
    styles = styles_part((0, None), *((164 + at, code) for at, code in enumerate(codes)), (0, None), struck=frozenset({6}))
    cells: dict[tuple[int, int], bytes] = {}
    for row, values in enumerate([[*HEADINGS, "完成率", "备注"], *(task(at, f"第{at}处排口异味") for at in range(1, 7))], 1):
        for at, value in enumerate(values, 1):
            head = struct.pack("<II", at - 1, 6 if row == 7 else 0)
            cells[row, at] = record12(5, head + struct.pack("<d", value)) if value == row - 1 else record12(6, head + wide(value))
    name, other = "方竹 局长", "\n柳青禾 副局长"
    runs = struct.pack("<IHHHH", 2, 0, 1, len(name), 0)
    cells[2, 4] = record12(62, struct.pack("<II", 3, 0) + b"\x01" + wide(name + other) + runs)
    cells[3, 6] = record12(6, struct.pack("<II", 5, 6) + wide("2026年9月底前"))
    shown = {(4, 1): (1.1, 1), (5, 1): (1, 2), (6, 1): (7, 3), (4, 7): (1.2, 4), (4, 6): (46327, 5)}
    cells |= {at: number_cell(at[1], value, style) for at, (value, style) in shown.items()}
    cells[4, 8] = record12(4, struct.pack("<II", 7, 0) + b"\x01")
    cells[5, 8] = zero_formula(8, address_token(0x44, 3, 0xC000 | 13))
    cells[6, 8] = zero_formula(8, address_token(0x5A, 4, 0xC000 | 1, 0))
    cells[2, 8] = number_cell(8, 7)
    rows = [(row, b"".join(cells[at] for at in sorted(cells) if at[0] == row)) for row in range(1, 8)]
    hidden = record12(60, struct.pack("<4IH", 4, 4, 2048, 0, 1))
    part = raw_sheet(*rows).replace(record12(145), hidden + record12(145), 1)
    return by_biff12(
        path, layout([]), layout([["说明"]], sheet="表 2"), among=sheet_references((0, 1, 1)),
        parts={"xl/worksheets/sheet1.bin": part, "xl/styles.bin": styles}, related={"rIdS": ("styles", "styles.bin")},
    )  # fmt: skip


@needs_office
@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods", "xlsb"])
def test_a_list_that_hides(made: dict[str, Path], kind: str) -> None:
    found = read(made[kind])
    (table,) = found.tables
    assert column(table, "leader")[0] == "柳青禾 副局长"
    assert column(table, "deadline")[1:3] == [None, "2026年11月"]
    assert list(map(str, column(table, "task_id"))) == ["1", "2", "1.10", "ST-001", "007", "6"]
    assert column(table, "percent")[2] == "120%"
    assert column(table, "remark") == [7, None, "是", None, None, None]
    said = [(fault.slug, fault.cell) for fault in found.faults if fault.slug != "extra-sheet"]
    assert said == [
        ("hidden-column", "E1"), ("struck-out-text", "D2"), ("struck-out-text", "F3"), ("struck-out-text", "A7"),
        ("link-to-blank", "H5"), ("link-to-blank", "H6"),
    ]  # fmt: skip
    formulas = [fault.facts["formula"] for fault in found.faults if fault.slug == "link-to-blank"]
    assert formulas == ["=N4", "='表 2'!B5"]


# .xlsx --------------------------------------------------------------------------------------------------------------


def sheet_of(*rows: str, before: str = "") -> str:
    return sheet_xml("".join(rows)).replace("<sheetData>", f"{before}<sheetData>")


def line(row: int, attributes: str = "") -> str:
    cells = "".join(text_cell(f"{'ABCDEF'[at]}{row}", str(value)) for at, value in enumerate(task(row, f"第{row}处排口异味")))
    return f'<row r="{row}"{attributes}>{cells}</row>'


def test_rows_are_hidden_unless_they_say_otherwise(tmp_path: Path) -> None:
    lines = [line(2, ' ht="15" customHeight="1"'), line(3), line(4, ' hidden="0"'), line(5, ' spans="1:6"'), line(6)]
    for zero, rows in (("1", "3、6"), ("0", "")):
        sheet = sheet_of(header_xml(), *lines, before=f'<sheetFormatPr defaultRowHeight="15" zeroHeight="{zero}"/>')
        found = read(package(tmp_path / "a.xlsx", sheet))
        assert [fault.facts["rows"] for fault in found.faults if fault.slug == "hidden-rows"] == ([rows] if rows else [])


def test_a_formula_that_cells_share(tmp_path: Path) -> None:
    extra = ['<c r="G{0}"><f t="shared" ref="G2:G4" si="0">H2</f><v>0</v></c>', '<c r="G{0}"><f t="shared" si="0"/><v>0</v></c>']
    lines = [line(row).replace("</row>", extra[row > 2].format(row) + "</row>") for row in (2, 3, 4)]
    lines[1] = lines[1].replace("</row>", text_cell("H3", "说明") + "</row>")
    found = read(package(tmp_path / "a.xlsx", sheet_of(header_xml(1, [*HEADINGS, "备注", "佐证材料"]), *lines)))
    assert [(fault.cell, fault.facts["formula"]) for fault in found.faults] == [("G2", "=H2"), ("G4", "=H4")]
    assert column(found.tables[0], "remark") == [None, 0, None]


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("B2", "C5"),
        ("$B2", "$B5".replace("$", "")),
        ("B$2", "C2"),
        ("$B$2", "B2"),
        ("'表 2'!B2", "'表 2'!C5"),
        ("B2+1", ""),
        ("", ""),
    ],
)
def test_links_move_with_their_cell(formula: str, moved: str) -> None:
    assert moved_link(formula, 3, 1) == moved


def test_links_do_not_move_off_the_sheet() -> None:
    assert moved_link("A1", -1, 0) == ""


@pytest.mark.parametrize("index", ["-1", "9"])
def test_a_shared_text_that_is_not_there(tmp_path: Path, index: str) -> None:
    sheet = sheet_of(header_xml(), line(2).replace("</row>", f'<c r="G2" t="s"><v>{index}</v></c></row>'))
    assert slugs(read(package(tmp_path / "a.xlsx", sheet, strings="<si><t>甲</t></si>"))) == ["unreadable-file"]


@pytest.mark.parametrize(("second", "slug"), [(sheet_of(header_xml(), line(9)), "unreadable-file"), (None, None)])
def test_two_parts_of_one_name(tmp_path: Path, second: str | None, slug: str | None) -> None:
    first = sheet_of(header_xml(), line(2))
    path = package(tmp_path / "a.xlsx", first)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/Worksheets/sheet1.xml", second or first)
    found = read(path)
    assert slugs(found) == ([slug] if slug else [])
    if slug:
        assert "xl/worksheets/sheet1.xml" in str(found.faults[0].facts["reason"].zh)


@pytest.mark.parametrize("strict", [False, True])
def test_every_part_elsewhere(tmp_path: Path, strict: bool) -> None:
    base = "http://purl.oclc.org/ooxml/officeDocument/relationships" if strict else None
    path = package(tmp_path / "a.xlsx", sheet_of(header_xml(), line(2)), **({"relations": base} if base else {}))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["内容/a.xml"] = parts.pop("xl/workbook.xml")
    parts["内容/_rels/a.xml.rels"] = parts.pop("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet1.xml", b"/x/y.xml")
    parts["x/y.xml"] = parts.pop("xl/worksheets/sheet1.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"xl/workbook.xml", "内容/a.xml".encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    found = read(path)
    assert (found.status, column(found.tables[0], "problem"), found.format) == ("accepted", ["第2处排口异味"], "xlsx")


def test_a_document_elsewhere_is_no_workbook(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", "<x/>", without=["xl/workbook.xml"])
    patch(path, {"_rels/.rels": lambda old: old.replace(b"xl/workbook.xml", b"x.xml"), "x.xml": b"<document/>"})
    assert slugs(read(path)) == ["disguised-file"]


# .ods by hand -------------------------------------------------------------------------------------------------------

STYLES = (
    '<style:style style:name="low" style:family="table-row"><style:table-row-properties style:row-height="0cm"/></style:style>'
    '<style:style style:name="thin" style:family="table-column">'
    '<style:table-column-properties style:column-width="0in"/></style:style>'
    '<style:style style:name="out" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="child" style:family="table-cell" style:parent-style-name="out"/>'
    '<style:style style:name="not" style:family="table-cell" style:parent-style-name="out">'
    '<style:text-properties style:text-line-through-style="none" style:text-line-through-type="none"/></style:style>'
)


def ods_sheet(tmp_path: Path, *rows: str, **options: Any) -> Any:
    return read_ods(ods(tmp_path / "a.ods", "".join(rows), styles=STYLES, **options)).sheets[0]


def test_ods_rows_and_columns_without_size(tmp_path: Path) -> None:
    columns = '<table:table-column/><table:table-column table:style-name="thin" table:number-columns-repeated="2"/>'
    sheet = ods_sheet(tmp_path, columns, ods_row(ods_cell("甲")), ods_row(ods_cell("乙"), style_name="low"))
    assert (sheet.hidden_columns, sheet.hidden_rows) == ({2, 3}, {2})


@pytest.mark.parametrize(
    ("columns", "row_style", "cell_style", "struck"),
    [
        ("", "", "out", True), ("", "", "child", True), ("", "", "not", False), ("", "out", "", True), ("out", "", "", True),
        ("out", "", "not", False), ("", "", "unknown", False),
    ],
)  # fmt: skip
def test_ods_cells_struck_out(tmp_path: Path, columns: str, row_style: str, cell_style: str, struck: bool) -> None:
    column = f'<table:table-column table:default-cell-style-name="{columns}"/>' if columns else ""
    given = f'table:style-name="{cell_style}"' if cell_style else ""
    options = {"default_cell_style_name": row_style} if row_style else {}
    sheet = ods_sheet(tmp_path, column, ods_row(ods_cell("旧话", given), ods_cell("新的话", 'table:style-name="not"'), **options))
    assert sheet.cells[1] == ({2: "新的话"} if struck else {1: "旧话", 2: "新的话"})
    assert sheet.struck == ({(1, 1): "旧话"} if struck else {})


def test_ods_runs_struck_out(tmp_path: Path) -> None:
    run = '<text:span text:style-name="out">旧领导</text:span>新领导<text:span text:style-name="x">任</text:span>'
    sheet = ods_sheet(
        tmp_path, ods_row(ods_cell(run), ods_cell("别的话"), ods_cell('<text:span text:style-name="out">全划掉</text:span>'))
    )
    assert sheet.cells[1] == {1: "新领导任", 2: "别的话"}
    assert sheet.struck == {(1, 1): "旧领导", (1, 3): "全划掉"}


def test_ods_styles_of_the_whole_file_strike_out_too(tmp_path: Path) -> None:
    named = f"<x:x xmlns:x='x' xmlns:style='style'>{STYLES.replace('out', 'named')}</x:x>"
    rows = ods_row(ods_cell("旧话", 'table:style-name="named"'), ods_cell("新的话"))
    sheet = read_ods(ods(tmp_path / "a.ods", rows, parts={"styles.xml": named})).sheets[0]
    assert sheet.cells[1] == {2: "新的话"}


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("of:=[.C1]", "=C1"), ("of:=[.$C$1]", "=C1"), ("of:=[$'表 2'.C1]", None), ("of:=[任务清单.C1]", "='任务清单'!C1"),
        ("of:=[.A1]", None), ("of:=[.C1]*1", None), ("of:=SUM([.C1:.C2])", None),
    ],
)  # fmt: skip
def test_ods_links_to_nothing(tmp_path: Path, formula: str, shown: str | None) -> None:
    zero = ods_cell("0", f'table:formula="{formula}" office:value-type="float" office:value="0"')
    sheet = ods_sheet(tmp_path, ods_row(ods_cell("甲"), zero))
    assert sheet.blank_links == ({(1, 2): shown} if shown else {})
    assert sheet.cells[1] == ({1: "甲"} if shown else {1: "甲", 2: 0})


def test_ods_truth_values_of_libreoffice(tmp_path: Path) -> None:
    ticks = [
        ods_cell(text, f'office:value-type="float" office:value="{value}"') for text, value in (("TRUE", 1), ("假", 0), ("1", 1))
    ]
    assert ods_sheet(tmp_path, ods_row(*ticks)).cells[1] == {1: "是", 2: "否", 3: 1}


# .xls by hand -------------------------------------------------------------------------------------------------------


def test_xls_rows_hidden_by_default_and_without_height(tmp_path: Path) -> None:
    rows = b"".join(
        record(0x0208, struct.pack("<HHHHHHI", at, 0, 6, height, 0, 0, 0x100)) for at, height in ((0, 300), (1, 0), (2, 300))
    )
    path = by_biff(tmp_path / "a.xls", ROWS, before=record(0x0225, struct.pack("<HH", 2, 300)) + rows)
    found = read(path)
    assert [(fault.slug, fault.facts["rows"]) for fault in found.faults] == [("hidden-rows", "2、4")]


def _reference(code: int, row: int, flags: int, sheet: int | None = None) -> bytes:
    return bytes([code]) + (b"" if sheet is None else struct.pack("<H", sheet)) + struct.pack("<HH", row, flags)


def test_xls_links_to_nothing(tmp_path: Path) -> None:
    shared = record(0x04BC, struct.pack("<HHBBBBH", 2, 3, 6, 6, 0, 2, 5) + _reference(0x4C, 0, 0xC000 | 2))
    see = bytes([1]) + struct.pack("<HH", 2, 6)
    chart = record(0x0809, bytes(16)) + formula(9, 9, _reference(0x44, 0, 0)) + record(0x000A)
    after = (
        formula(1, 6, _reference(0x24, 1, 9)) + formula(2, 6, see) + shared + formula(3, 6, see)
        + formula(1, 7, _reference(0x44, 1, 1)) + formula(2, 7, _reference(0x44, 1, 1) + bytes(1))
        + formula(3, 7, b"\x1e\x00\x00") + chart
    )  # fmt: skip
    rows = [[*HEADINGS, "备注", "佐证材料"], *ROWS[1:]]
    sheet = read_xls(by_biff(tmp_path / "a.xls", rows, after=after)).sheets[0]
    assert sheet.blank_links == {(2, 7): "=J2", (3, 7): "=I3", (4, 7): "=I4"}
    assert [sheet.value(row, 8) for row in (2, 3, 4)] == [0, 0, 0]


def test_xls_and_xlsb_formulas_with_a_sign_are_links_too(tmp_path: Path) -> None:
    rows = [[*HEADINGS, "备注"], *ROWS[1:]]
    after = formula(1, 6, _reference(0x44, 8, 9) + b"\x12") + formula(2, 6, _reference(0x44, 8, 9) + b"\x13")
    assert read_xls(by_biff(tmp_path / "a.xls", rows, after=after)).sheets[0].blank_links == {(2, 7): "=J9"}
    cells = zero_formula(7, address_token(0x44, 8, 9) + b"\x12") + zero_formula(8, address_token(0x44, 8, 9) + b"\x13")
    assert links_of(tmp_path, (2, cells)) == {(2, 7): "=J9"}


# .xlsb by hand ------------------------------------------------------------------------------------------------------


def links_of(folder: Path, *rows: tuple[int, bytes], among: bytes = b"") -> dict[tuple[int, int], str]:
    parts = {"xl/worksheets/sheet1.bin": raw_sheet(*rows)}
    path = by_biff12(folder / "a.xlsb", layout([]), layout([["说明"]], sheet="李's"), parts=parts, among=among)
    return read_xlsb(path).sheets[0].blank_links


def test_xlsb_links_to_nothing(tmp_path: Path) -> None:
    see = zero_formula(9, struct.pack("<BI", 1, 1), struct.pack("<I", 8))
    shared = struct.pack("<4I", 1, 3, 8, 8)
    tokens = address_token(0x4C, 0xFFFFF, 0xC000 | 1)  # the row above, the column to the right
    shared_formula = record12(427, shared + struct.pack("<I", len(tokens)) + tokens)
    rows = [
        (2, zero_formula(7, address_token(0x24, 1, 9)) + number_cell(8, 0) + see + shared_formula),
        (3, zero_formula(7, address_token(0x44, 2, 0xC000 | 16383)) + zero_formula(8, b"\x1e\x00\x00") + see),
        (4, zero_formula(7, address_token(0x44, 1, 7)) + zero_formula(8, address_token(0x44, 1, 7) + b"\x00") + see),
    ]  # fmt: skip
    assert links_of(tmp_path, *rows) == {
        (2, 7): "=J2", (2, 9): "=J1", (3, 7): "=XFD3", (3, 9): "=J2", (4, 9): "=J3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("references", "formula"),
    [
        (sheet_references((0, 1, 1)), "='李''s'!C3"),
        (sheet_references((0, -1, -1)), None),
        (sheet_references((0, 0, 1)), None),
        (sheet_references((0, 9, 9)), None),
        (sheet_references((0, 1, 1), books=(355, 357)), None),
        (sheet_references((1, 1, 1), books=(355, 357)), "='李''s'!C3"),
        (sheet_references((7, 1, 1)), None),
        (b"", None),
    ],
)
def test_xlsb_links_to_other_sheets(tmp_path: Path, references: bytes, formula: str | None) -> None:
    found = links_of(tmp_path, (2, zero_formula(7, address_token(0x7A, 2, 0xC000 | 2, 0))), among=references)
    assert found == ({(2, 7): formula} if formula else {})


@pytest.mark.parametrize("tokens", [b"", b"\x01", b"\x01\x00\x00\x00\x00", b"\x44\x00", b"\x5a\x00"])
def test_xlsb_formulas_that_are_cut_off(tmp_path: Path, tokens: bytes) -> None:
    assert links_of(tmp_path, (2, zero_formula(7, tokens)), (3, record12(9, struct.pack("<IId", 6, 0, 0)))) == {}


# Texts of Excel 5 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "code_page"), [(EXCEL_97, 1200), *((EXCEL_5, page) for page in (936, 1252, 437, 10008, 54936, None))]
)
def test_chinese_texts_whatever_code_page_is_named(tmp_path: Path, version: int, code_page: int | None) -> None:
    found = read(by_biff(tmp_path / "a.xls", ROWS, version=version, code_page=code_page))
    assert column(found.tables[0], "problem") == ["东河排口异味", "西山矿坑未复绿", "北郊堆场扬尘"]
    assert (slugs(found), found.tables[0].sheet) == ([], "任务清单")


def test_western_texts_stay_western(tmp_path: Path) -> None:
    path = by_biff(
        tmp_path / "a.xls", [["Müller", "Übergröße", "naïve"]], version=EXCEL_5, encoding="cp1252", code_page=1252, sheet="Liste"
    )
    assert list(read_xls(path).sheets[0].cells[1].values()) == ["Müller", "Übergröße", "naïve"]


def test_texts_in_no_known_code_page_are_refused_in_one_sentence(tmp_path: Path) -> None:
    path = by_biff(tmp_path / "a.xls", [["序号"], ["甲甲甲"]], version=EXCEL_5, code_page=20000)
    path.write_bytes(path.read_bytes().replace("甲甲甲".encode("gbk"), b"\xff\xff\xff\xff\xff\xff"))
    found = read(path)
    assert slugs(found) == ["unreadable-file"]
    assert "代码页" in found.faults[0].facts["reason"].zh
