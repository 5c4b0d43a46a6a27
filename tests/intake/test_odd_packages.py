"""Packages that are odd and allowed: Excel opens them, and every value stands where it stands there."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.common.unreadable import Uncached
from rectify_xl.intake.grid import LAST_COLUMN, LAST_ROW, Merge
from rectify_xl.intake.readers.numbers import date_of
from rectify_xl.intake.readers.xlsx_package import read_xlsx
from tests.support.reading import column, read, slugs
from tests.support.workbooks import HEADINGS, by_openpyxl, header_xml, layout, package, patch, sheet_xml, task, text_cell

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rectify_xl.intake.grid import Sheet

ILL_FORMED = b"<?xml version='1.0'?><a><b></a>"


def sheet_of(folder: Path, body: str, **options: Any) -> Sheet:
    (sheet,) = read_xlsx(package(folder / "a.xlsx", sheet_xml(body, after=options.pop("after", "")), **options)).sheets
    return sheet


def cells(sheet: Sheet) -> Mapping[tuple[int, int], Any]:
    return {(row, at): value for row, line in sheet.cells.items() for at, value in line.items()}


# What has no address is counted from what stands before it ------------------------------------------------------------

INLINE = '<c t="inlineStr"><is><t>乙</t></is></c>'
ADDRESSED = INLINE.replace("<c ", "<c r='b2' ")


@pytest.mark.parametrize(
    ("body", "at"),
    [
        (f'<row r="2"><c r="A2" s="0"/>{INLINE}</row>', (2, 2)),
        (f'<row r="2"><c r="A2" s="0"></c>{INLINE}</row>', (2, 2)),
        (f'<row r="2"><c s="0" r="A2" />{INLINE}</row>', (2, 2)),
        (f'<row r="2"><c r="A2"/><c r="B2"/><c r="C2"/>\n{INLINE}</row>', (2, 4)),
        (f'<row r="2"><c r="A2"/><c/>{INLINE}</row>', (2, 3)),
        (f'<row r="2"><c/><c r="D2"/><c s="1"/>{INLINE}</row>', (2, 6)),
        (f'<row r="4"/><row>{INLINE}</row>', (5, 1)),
        (f'<row r="4" spans="1:3"></row><row>{INLINE}</row>', (5, 1)),
        (f'<row r="4"><c r="A4" s="1"/></row><row><c r="A5"/>{INLINE}</row>', (5, 2)),
        (f'<row r="4"/><row/><row>{INLINE}</row>', (6, 1)),
        (f'<row><c r="A1"/></row><row>{INLINE}</row>', (2, 1)),
        (f"<row/><row><c/><c/>{INLINE}</row>", (2, 3)),
        (f'<row r="3"><c r="A3"/><c r="B3"/></row><row r="7">{INLINE}</row>', (7, 1)),
        (f'<row r="2"><c r="a2" s="0"/>{ADDRESSED}</row>', (2, 2)),
    ],
)
def test_cells_stay_in_their_place(tmp_path: Path, body: str, at: tuple[int, int]) -> None:
    assert cells(sheet_of(tmp_path, body)) == {at: "乙"}


def test_a_prefixed_sheet_too(tmp_path: Path) -> None:
    body = '<x:row r="2"><x:c r="A2" s="0"/><x:c t="inlineStr"><x:is><x:t>乙</x:t></x:is></x:c></x:row><x:row r="3"/><x:row>'
    body += "<x:c><x:v>1</x:v></x:c></x:row>"
    part = sheet_xml(body).replace("worksheet", "x:worksheet").replace("sheetData", "x:sheetData").replace("xmlns=", "xmlns:x=")
    (sheet,) = read_xlsx(package(tmp_path / "a.xlsx", part)).sheets
    assert cells(sheet) == {(2, 2): "乙", (4, 1): 1}


def test_a_row_that_ends_a_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from rectify_xl.intake.readers import xml_stream

    body = "".join(f'<row r="{row}"><c r="A{row}"/><c r="B{row}"/>{INLINE}</row><row/>' for row in range(1, 12, 2))
    whole = cells(sheet_of(tmp_path, body))
    assert whole == {(row, 3): "乙" for row in range(1, 12, 2)}
    for size in range(20, 120, 7):
        monkeypatch.setattr(xml_stream, "_CHUNK", size)
        assert cells(sheet_of(tmp_path, body)) == whole


@pytest.mark.parametrize("row", ['<row r="2" hidden="1"/>', '<row r="2" ht="0" customHeight="1"/>', "<row r='2' ht='0.0'></row>"])
def test_an_empty_row_that_is_hidden_is_kept(tmp_path: Path, row: str) -> None:
    assert sheet_of(tmp_path, f'<row r="1">{INLINE}</row>{row}<row r="3">{INLINE}</row>').hidden_rows == {2}


def test_a_million_styled_rows_cost_little(tmp_path: Path) -> None:
    body = "".join(f'<row r="{row}" s="1"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>' for row in range(2, 100_000))
    found = sheet_of(tmp_path, f'<row r="1">{INLINE}</row>{body}')
    assert cells(found) == {(1, 1): "乙"}


# One value is said twice, or not at all -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1" t="inlineStr"><v>甲</v><is><t>乙</t></is></c>', "乙"),
        ('<c r="A1" t="inlineStr"><is><t>乙</t></is><v>甲</v></c>', "乙"),
        ('<c r="A1" t="str"><v>甲</v><is><t>乙</t></is></c>', "甲"),
        ('<c r="A1"><v>3</v><is><t>乙</t></is></c>', 3),
        ('<c r="A1" t="inlineStr"><v>甲</v></c>', "甲"),
        ('<c r="A1" t="inlineStr"><is><t/></is><v>甲</v></c>', None),
        ('<c r="A1" t="str"><f>B1&amp;"x"</f></c>', Uncached('B1&"x"')),
        ('<c r="A1" t="str"><f>B1</f><v></v></c>', None),
        ('<c r="A1" t="str"><f>B1</f><v/></c>', None),
        ('<c r="A1"><f>B1+1</f></c>', Uncached("B1+1")),
        ('<c r="A1"><f>B1+1</f><v/></c>', Uncached("B1+1")),
    ],
)
def test_one_value(tmp_path: Path, cell: str, value: Any) -> None:
    assert cells(sheet_of(tmp_path, f'<row r="1">{cell}</row>')).get((1, 1)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<t>\n  甲 乙 </t>", "甲 乙"),
        ('<t xml:space="preserve"> 甲 </t>', " 甲 "),
        ("<r><t>甲 </t></r><r><t xml:space='preserve'> 乙</t></r>", "甲 乙"),
        ("<t>\u3000甲</t>", "\u3000甲"),
        ("<t> \n</t>", None),
    ],
)
@pytest.mark.parametrize("shared", [True, False])
def test_outer_blanks(tmp_path: Path, text: str, value: str | None, shared: bool) -> None:
    strings = f"<si>{text}</si>" if shared else None
    cell = '<c r="A1" t="s"><v>0</v></c>' if shared else f'<c r="A1" t="inlineStr"><is>{text}</is></c>'
    assert cells(sheet_of(tmp_path, f'<row r="1">{cell}</row>', strings=strings)).get((1, 1)) == value


def test_outer_blanks_of_a_formula_and_of_a_long_text(tmp_path: Path) -> None:
    long = "整改 " * 6000
    body = '<row r="1"><c r="A1" t="str"><f>B1</f><v> 甲 </v></c><c r="B1" t="str"><v xml:space="preserve"> 甲 </v></c>'
    body += f'<c r="C1" t="inlineStr"><is><t> {long}</t></is></c></row>'
    assert cells(sheet_of(tmp_path, body)) == {(1, 1): "甲", (1, 2): " 甲 ", (1, 3): long.strip()}


# Addresses and side parts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reference", "merge"),
    [
        ("A:B", Merge(1, 1, LAST_ROW, 2)),
        ("2:3", Merge(2, 1, 3, LAST_COLUMN)),
        ("$A$1:$b$2", Merge(1, 1, 2, 2)),
        ("c3:a1", Merge(1, 1, 3, 3)),
        ("B2", Merge(2, 2, 2, 2)),
    ],
)
def test_merges(tmp_path: Path, reference: str, merge: Merge) -> None:
    after = f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'
    assert sheet_of(tmp_path, f'<row r="1">{INLINE}</row>', after=after).merges == [merge]


def test_a_merged_column_is_one_value_down_the_list(tmp_path: Path) -> None:
    rows = [[*task(1, "东河排口异味")], ["", "西山矿坑未复绿", "边坡加固", "", "市城管局", ""]]
    body = header_xml(1) + "".join(
        f'<row r="{at}">{"".join(text_cell(f"{chr(97 + i)}{at}", str(text)) for i, text in enumerate(row) if text)}</row>'
        for at, row in enumerate(rows, 2)
    )
    after = '<mergeCells><mergeCell ref="H:H"/></mergeCells>'
    found = read(package(tmp_path / "a.xlsx", sheet_xml(body, after=after)))
    assert (column(found.tables[0], "problem"), slugs(found)) == (["东河排口异味", "西山矿坑未复绿"], [])


@pytest.mark.parametrize(
    "part",
    [
        "docProps/core.xml",
        "docProps/custom.xml",
        "xl/externalLinks/_rels/externalLink1.xml.rels",
        "xl/worksheets/_rels/sheet1.xml.rels",
    ],
)
def test_a_side_part_that_is_no_xml(tmp_path: Path, part: str) -> None:
    path = patch(by_openpyxl(tmp_path / "a.xlsx", layout([HEADINGS, task(1, "东河排口异味")])), {part: ILL_FORMED})
    found = read(path)
    assert (found.status, slugs(found), len(found.tables[0].rows)) == ("accepted", [], 1)


@pytest.mark.parametrize("part", ["meta.xml", "META-INF/manifest.xml"])
def test_a_side_part_of_ods_that_is_no_xml(tmp_path: Path, part: str) -> None:
    from tests.intake.test_xls_ods import HEAD, cell, ods, row

    rows = row(HEAD) + row(*(cell(str(value)) for value in task(1, "东河排口异味")))
    path = ods(tmp_path / "a.ods", rows, parts={part: ILL_FORMED.decode()})
    assert len(read(path).tables[0].rows) == 1


# Days and times -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("serial", "shown"),
    [
        (0.99999, "23:59:59"), (0.999999, "23:59:59"), (0.5, "12:00"), (0.50001, "12:00:01"), (1 / 1440, "00:01"),
        (0, "1900-01-00"), (46327.999999, datetime(2026, 11, 1, 23, 59, 59)), (46327.9999999999, date(2026, 11, 2)),  # noqa: DTZ001
        (46327 + 30615 / 86400, datetime(2026, 11, 1, 8, 30, 15)), (46327, date(2026, 11, 1)), (1, date(1900, 1, 1)),  # noqa: DTZ001
        (59, date(1900, 2, 28)), (61, date(1900, 3, 1)),
    ],
)  # fmt: skip
def test_days_and_times(serial: float, shown: Any) -> None:
    assert date_of(serial, date1904=False) == shown


def test_the_last_day_and_what_lies_beyond() -> None:
    assert date_of(2_958_465, date1904=False) == date(9999, 12, 31)
    assert date_of(2_957_003, date1904=True) == date(9999, 12, 31)
    for serial, date1904 in (
        (2_958_466, False),
        (2_958_465.99999999999, False),
        (2_958_465, True),
        (2_957_004, True),
        (-1, False),
    ):
        assert date_of(serial, date1904=date1904) == serial
