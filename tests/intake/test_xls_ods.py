"""The .xls and .ods readers, on files that LibreOffice writes and on .ods parts written by hand."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.common.shown_number import ShownNumber
from rectify_xl.common.unreadable import CellError, Rounded, Uncached
from rectify_xl.intake.readers.ods_package import read_ods
from rectify_xl.intake.readers.xls_records import read_xls
from tests.support.office import convert, needs_office
from tests.support.reading import column, numbers, read, slugs
from tests.support.workbooks import HEADINGS, layout, task

if TYPE_CHECKING:
    from pathlib import Path

# Files by LibreOffice -----------------------------------------------------------------------------------------------

ROWS = [
    ["澄湖市整改任务清单"],
    ["填报单位:澄湖市水务局", "", "", "填报日期:2026.11.5"],
    [],
    [*HEADINGS, "完成率", "实际完成日期", "备注", "联系电话"],
    [*task(1, "东河排口异味"), 0.8, date(2026, 6, 30), "=1/0", "110101199003071234"],
    [*task(2, "西山矿坑未复绿"), 1, "", "=A5=1", 110101199003071234],
    ["", "", "边坡加固", "", "市城管局", "", 3.0, "", "=A5+1", ""],
    [*task(3, "北郊堆场扬尘"), "", datetime(2026, 6, 30, 12), "", ""],  # noqa: DTZ001
]
RESULTS = {"=1/0": "#DIV/0!", "=A5=1": True, "=A5+1": 2}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same list as .xls and .ods."""
    import xlsxwriter

    folder = tmp_path_factory.mktemp("office")
    source = layout(ROWS, ["A1:J1", "A6:A7", "B6:B7", "D6:D7"])
    book = xlsxwriter.Workbook(folder / "list.xlsx")
    sheet = book.add_worksheet("任务清单")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for merge in source.merges:
        sheet.merge_range(merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "")
    for at, row in enumerate(ROWS):
        for across, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, across, value, day)  # type: ignore[arg-type]
            elif value in RESULTS:
                sheet.write_formula(at, across, value, None, RESULTS[value])
            elif value not in ("", None):
                sheet.write(at, across, value)
    sheet.set_row(7, None, None, {"hidden": True})
    sheet.write_comment("B5", "请核对东河排口")
    sheet.insert_textbox("C5", "文本框里的话")
    book.add_worksheet("名册").write_column(0, 0, ["市水务局填报口径以及负责核对口径的科室全称", *["甲"] * 40])
    book.worksheets()[-1].write_row(0, 1, ["乙", "丙"])
    book.worksheets()[-1].hide()
    book.define_name("units", "=名册!$A$1:$A$9")
    other = book.add_worksheet("底稿")
    other.write_row(0, 0, ["往期底稿", "甲", "乙"])
    other.hide()
    book.close()
    (xls,) = convert([folder / "list.xlsx"], "xls", folder / "out")
    (ods,) = convert([folder / "list.xlsx"], "ods", folder / "out")
    return {"xls": xls, "ods": ods}


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_list_by_libreoffice(made: dict[str, Path], kind: str) -> None:
    found = read(made[kind])
    (table,) = found.tables
    assert (found.unit_text, found.filled_on, table.title) == ("澄湖市水务局", date(2026, 11, 5), "澄湖市整改任务清单")
    assert table.header_row == 4
    assert numbers(table) == [5, 6, 7, 8]
    assert column(table, "task_id") == [1, 2, 2, 3]
    assert column(table, "problem") == ["东河排口异味", "西山矿坑未复绿", "西山矿坑未复绿", "北郊堆场扬尘"]
    assert column(table, "measures")[2] == "边坡加固"
    assert [table.cell(task, "leader") for task in table.rows] == ["D5", "D6", "D6", "D8"]
    assert column(table, "percent") == [0.8, 1, 3, None]
    assert column(table, "completed_on") == [date(2026, 6, 30), None, None, date(2026, 6, 30)]
    assert column(table, "remark") == [CellError("#DIV/0!"), "是", 2, None]
    phones = column(table, "phone")
    assert (phones[0], phones[3]) == ("110101199003071234", None)
    assert isinstance(phones[1], Rounded)
    assert phones[1].digits.startswith("110101199003071")
    assert [task.part_of for task in table.rows] == [None, 6, 6, None]
    # The sheet that feeds a dropdown is known by its name; .ods says so of validations only.
    reported = {(fault.slug, fault.sheet) for fault in found.faults} - {("hidden-sheet", "名册")}
    assert reported == {("hidden-rows", "任务清单"), ("hidden-sheet", "底稿")}
    assert kind == "ods" or "名册" not in {fault.sheet for fault in found.faults}


@pytest.mark.parametrize(
    ("error", "slug"), [("Workbook is encrypted", "encrypted-file"), ("Expected BOF record", "unreadable-file")]
)
def test_what_xlrd_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: str, slug: str) -> None:
    import xlrd

    from rectify_xl.intake.refusal import Refused

    def fail(*_: object, **__: object) -> None:
        raise xlrd.XLRDError(error)

    monkeypatch.setattr(xlrd, "open_workbook", fail)
    with pytest.raises(Refused, match=slug):
        read_xls(tmp_path / "a.xls")


# .ods by hand ------------------------------------------------------------------------------------------------------

HEAD = "".join(f"<table:table-cell><text:p>{heading}</text:p></table:table-cell>" for heading in HEADINGS)
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "drawing", "number")
)


def ods(
    path: Path, rows: str, *, styles: str = "", after: str = "", table: str = "", parts: dict[str, str] | None = None
) -> Path:
    """An .ods file around table rows."""
    content = (
        f'<office:document-content {NAMES} xmlns:calcext="c" xmlns:draw="d" xmlns:xlink="x"><office:automatic-styles>{styles}'
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f'<table:table table:name="任务清单" {table}>{rows}</table:table>{after}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        for name, part in (parts or {}).items():
            archive.writestr(name, part)
    return path


def row(*cells: str, **attributes: str) -> str:
    """A table row."""
    given = " ".join(f'table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-row {given}>{''.join(cells)}</table:table-row>"


def cell(text: str = "", attributes: str = "", inside: str = "") -> str:
    """A table cell with one paragraph."""
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {attributes}>{inside}{paragraph}</table:table-cell>"


ERROR = 'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (cell("3", 'office:value-type="float" office:value="3"'), 3),
        (cell("80%", 'office:value-type="percentage" office:value="0.8"'), 0.8),
        (cell("¥2.5", 'office:value-type="currency" office:value="2.5"'), ShownNumber(2.5, "¥2.5")),
        (cell("1.1E+17", 'office:value-type="float" office:value="110101199003071000"'), Rounded("110101199003071000")),
        (cell("110101199003071234", 'office:value-type="string"'), "110101199003071234"),
        (cell("26年12月1日", 'office:value-type="date" office:date-value="2026-12-01"'), date(2026, 12, 1)),
        (cell("x", 'office:value-type="date" office:date-value="2026-12-01T00:00:00"'), date(2026, 12, 1)),
        (cell("x", 'office:value-type="boolean" office:boolean-value="true"'), "是"),
        (cell("x", 'office:value-type="boolean" office:boolean-value="false"'), "否"),
        (cell("08:30", 'office:value-type="time" office:time-value="PT8H30M"'), "08:30"),
        (cell("#DIV/0!", ERROR), CellError("#DIV/0!")),
        (cell("", ERROR), CellError("#VALUE!")),
        (cell("", 'table:formula="of:=[.A1]*2"'), Uncached("[.A1]*2")),
        (cell("", 'office:value-type="string" office:string-value="甲"'), "甲"),
        (cell("甲</text:p><text:p>乙"), "甲\n乙"),
        (cell('甲<text:s text:c="2"/>乙<text:tab/>丙<text:line-break/>丁<text:span>戊</text:span>'), "甲  乙\t丙\n丁戊"),
        (cell("甲<text:a>乙</text:a>"), "甲乙"),
        (cell("甲", inside="<office:annotation><text:p>批注</text:p></office:annotation>"), "甲"),
        (cell("甲", inside="<draw:frame><draw:text-box><text:p>文本框</text:p></draw:text-box></draw:frame>"), "甲"),
        (cell("甲", inside="<draw:custom-shape><text:p>形状</text:p></draw:custom-shape>"), "甲"),
        (cell(""), None),
    ],
)
def test_ods_value(tmp_path: Path, written: str, value: Any) -> None:
    book = read_ods(ods(tmp_path / "a.ods", row(written)))
    found = book.sheets[0].cells.get(1, {}).get(1)
    assert (found, type(found)) == (value, type(value))


def test_ods_repeats_spans_and_hidden_rows(tmp_path: Path) -> None:
    rows = [
        row(cell("", 'table:number-columns-repeated="2"'), HEAD),
        row(cell(), table_number=""),
        "<table:table-row-group>",
        row(*[cell("甲", 'table:number-columns-repeated="3"')] * 2, number_rows_repeated="2", visibility="collapse"),
        "</table:table-row-group>",
        row(cell("", 'table:number-columns-repeated="3"'), cell("乙", 'table:number-rows-spanned="2"'), cell("丙"), cell("丁")),
        row(cell("", 'table:number-columns-repeated="3"'), "<table:covered-table-cell/>", cell("戊"), cell("己")),
        row(cell("", 'table:number-columns-repeated="16384"'), number_rows_repeated="1048570"),
    ]
    (sheet,) = read_ods(ods(tmp_path / "a.ods", "".join(rows))).sheets
    assert sheet.hidden_rows == {3, 4}
    assert sheet.cells[4] == dict.fromkeys(range(1, 7), "甲")
    assert (sheet.value(6, 4), sheet.anchor(6, 4), sheet.value(6, 5)) == ("乙", (5, 4), "戊")


def test_ods_what_surrounds_the_sheets(tmp_path: Path) -> None:
    styles = '<style:style style:name="ta9"><style:table-properties table:display="false"/></style:style>'
    external = (
        '<table:table table:name="&apos;file:///D:/a.ods&apos;#$甲"><table:table-source xlink:href="file:///D:/a.ods"/>'
        f"{row(cell('外部'))}</table:table>"
    )
    draft = row(cell("往期底稿的全部内容,由各科室核对并签字确认以后保存,不得删除或者修改"))
    hidden = f'<table:table table:name="底稿" table:style-name="ta9">{draft}</table:table>'
    meta = (
        '<m xmlns:dc="d" xmlns:meta="m"><dc:date>2026-11-05T09:30:00.12</dc:date>'
        '<meta:user-defined meta:name="rectify_xl.other">甲</meta:user-defined></m>'
    )
    shapes = "<table:shapes><draw:frame><draw:text-box><text:p>浮动文字</text:p></draw:text-box></draw:frame></table:shapes>"
    body = shapes + row(HEAD) + row(*map(cell, map(str, task(1, "扬尘"))))
    parts = {"meta.xml": meta, "Basic/Standard/Module1.xml": "<x/>"}
    found = read(ods(tmp_path / "a.ods", body, styles=styles, after=external + hidden, parts=parts))
    assert numbers(found.tables[0]) == [2]
    assert slugs(found) == ["hidden-sheet", "has-macros", "external-links"]
    assert found.modified == datetime(2026, 11, 5, 9, 30, 0, 120000)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("rows", "slug"),
    [
        (row(cell("甲", 'table:number-columns-repeated="99999"')), "resource-limit"),
        (row(cell("甲"), number_rows_repeated="9999999"), "unreadable-file"),
        (row(cell("甲", 'table:number-columns-repeated="1000"'), number_rows_repeated="9999"), "resource-limit"),
        ("<table:table-row>", "unreadable-file"),
        (row(cell("甲", 'table:number-columns-repeated="-1"'), number_rows_repeated="x"), "no-task-table"),
    ],
)
def test_ods_hostile_repeats(tmp_path: Path, rows: str, slug: str) -> None:
    assert slugs(read(ods(tmp_path / "a.ods", rows))) == [slug]


def test_ods_encrypted(tmp_path: Path) -> None:
    manifest = '<m xmlns:manifest="u"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></m>'
    assert slugs(read(ods(tmp_path / "a.ods", "", parts={"META-INF/manifest.xml": manifest}))) == ["encrypted-file"]


def test_readers_refuse_what_is_no_file_of_theirs(tmp_path: Path) -> None:
    from rectify_xl.intake.readers.xlsx_package import read_xlsx
    from rectify_xl.intake.refusal import Refused

    (tmp_path / "a").write_bytes(b"nothing at all")
    for reader in (read_ods, read_xls, read_xlsx):
        with pytest.raises(Refused, match="unreadable-file"):
            reader(tmp_path / "a")
