from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter

from rectify_xl.common.unreadable import CellError, Rounded, Uncached
from rectify_xl.intake.readers.xlsx_package import read_xlsx
from rectify_xl.ooxml.areas import Area
from rectify_xl.ooxml.new_package import new_package
from rectify_xl.ooxml.new_sheet import NewSheet, serial, sheet_xml
from rectify_xl.ooxml.package import Package
from rectify_xl.ooxml.properties import custom_properties, set_custom_properties
from rectify_xl.ooxml.styles import Look, Styles
from rectify_xl.ooxml.workbook_part import FILTER, PRINT_AREA, WorkbookPart
from rectify_xl.ooxml.xml_tree import Document
from tests.support.workbooks import package, patch
from tests.support.workbooks import sheet_xml as part_xml

if TYPE_CHECKING:
    from pathlib import Path

SAVED, DAY = datetime(2026, 1, 2, 3, 4, 5), datetime(2026, 8, 31)  # noqa: DTZ001 - a cell's date has no zone
NOON = DAY.replace(hour=12)


def three_sheets(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    for name in ("one", "two", "it's three"):
        sheet = book.add_worksheet(name)
        sheet.write("A1", name)
        sheet.print_area("A1:C9")
    book.get_worksheet_by_name("two").activate()
    book.define_name("overall", "=one!$A$1")
    book.close()
    return path


def opened(path: Path) -> WorkbookPart:
    return WorkbookPart(Package(io.BytesIO(path.read_bytes())))


def saved(book: WorkbookPart, path: Path) -> Any:
    book.save()
    book.package.save(path)
    return openpyxl.load_workbook(path)


def local_names(book: WorkbookPart) -> list[tuple[str, str]]:
    return sorted((node.get("localSheetId"), node.text) for node in book.names(PRINT_AREA))


def test_everything_that_counts_sheets_moves_with_a_new_first_one(tmp_path: Path) -> None:
    book = opened(three_sheets(tmp_path / "a.xlsx"))
    before = local_names(book)
    part = book.insert_sheet("new", part_xml("").encode())
    assert [(entry.index, entry.name) for entry in book.sheets()] == [(0, "new"), (1, "one"), (2, "two"), (3, "it's three")]
    assert [(str(int(at) - 1), text) for at, text in local_names(book)] == before
    after = saved(book, tmp_path / "b.xlsx")
    assert after.sheetnames == ["new", "one", "two", "it's three"]
    assert after.active.title == "two"
    assert [sheet.print_area for sheet in after.worksheets[1:]] == [
        "'one'!$A$1:$C$9", "'two'!$A$1:$C$9", "'it''s three'!$A$1:$C$9",
    ]  # fmt: skip
    titles = Document(book.package.read("docProps/app.xml")).root
    assert [node.text for node in titles.every("lpstr")][:4] == ["Worksheets", "Named Ranges", "new", "one"]
    assert [node.text for node in titles.every("i4")] == ["4", "4"]

    (new, *_) = book.sheets()
    assert new.part == part
    book.remove_sheet(new)
    book.save()
    original = Package(io.BytesIO((tmp_path / "a.xlsx").read_bytes()))
    changed = {name for name in original.under("") if original.read(name) != book.package.read(name)}
    assert changed == set()
    assert set(book.package.under("")) == set(original.under(""))


def test_a_sheet_s_own_names_go_with_it(tmp_path: Path) -> None:
    book = opened(three_sheets(tmp_path / "a.xlsx"))
    book.remove_sheet(next(entry for entry in book.sheets() if entry.name == "two"))
    assert local_names(book) == [("0", "one!$A$1:$C$9"), ("1", "'it''s three'!$A$1:$C$9")]
    assert saved(book, tmp_path / "b.xlsx").sheetnames == ["one", "it's three"]


def test_the_workbook_opens_at_its_first_sheet_when_told(tmp_path: Path) -> None:
    book = opened(three_sheets(tmp_path / "a.xlsx"))
    book.show_first()
    assert saved(book, tmp_path / "b.xlsx").active.title == "one"
    bare = opened(package(tmp_path / "c.xlsx", part_xml("")))
    bare.show_first()
    assert b'<bookViews><workbookView activeTab="0"/></bookViews><sheets>' in bare._document.join()


def test_names_are_defined_found_and_removed(tmp_path: Path) -> None:
    book = opened(package(tmp_path / "a.xlsx", part_xml("")))
    blank = book._document.join()
    book.define("_own.1", "'a'!$A$1", hidden=True)
    book.define(FILTER, "'a'!$A$1:$B$2", index=0, hidden=True)
    found = book.name_of(FILTER, 0)
    assert found is not None
    assert book.name_of(FILTER, 1) is None
    assert [node.get("hidden") for node in book.names(prefix="_own")] == ["1"]
    book.undefine([found])
    book.undefine(book.names("_own.1"))
    assert book._document.join() == blank


def test_sheet_names_are_made_free(tmp_path: Path) -> None:
    book = opened(three_sheets(tmp_path / "a.xlsx"))
    assert book.free_sheet_name("four") == "four"
    assert book.free_sheet_name("ONE") == "ONE(2)"


def test_a_package_without_styles_gets_them_once(tmp_path: Path) -> None:
    book = opened(package(tmp_path / "a.xlsx", part_xml('<row r="1"><c r="A1"><v>1</v></c></row>')))
    part = book.styles_part()
    styles = Styles(book.package.read(part), font="宋体")
    styles.filled(0, "FBD4D1")
    book.package.write(part, styles.join())
    assert book.styles_part() == part == "xl/styles.xml"
    book.save()
    book.package.save(tmp_path / "b.xlsx")
    assert read_xlsx(tmp_path / "b.xlsx").sheets[0].cells == {1: {1: 1}}


@pytest.mark.parametrize("titles", [b"", b"<x/>", b"<x><HeadingPairs><vector><i4>n</i4></vector></HeadingPairs></x>"])
def test_a_list_of_titles_of_another_form_is_left_alone(tmp_path: Path, titles: bytes) -> None:
    path = three_sheets(tmp_path / "a.xlsx")
    patch(path, {"docProps/app.xml": titles or None})
    book = opened(path)
    book.insert_sheet("new", part_xml("").encode())
    assert ("docProps/app.xml" in book.package) == bool(titles)
    if titles:
        assert book.package.read("docProps/app.xml") == titles


def test_stamps_stand_beside_other_properties(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet()
    book.set_custom_property("kept", "yes")
    book.close()
    one = Package(io.BytesIO(path.read_bytes()))
    before = one.read("docProps/custom.xml")
    set_custom_properties(one, {"own.a": "<1>", "own.b": "2"})
    set_custom_properties(one, {"own.a": "3"})
    assert custom_properties(one) == {"kept": "yes", "own.b": "2", "own.a": "3"}
    one.save(tmp_path / "b.xlsx")
    properties = openpyxl.load_workbook(tmp_path / "b.xlsx").custom_doc_props
    assert {entry.name: entry.value for entry in properties.props} == {"kept": "yes", "own.b": "2", "own.a": "3"}
    set_custom_properties(one, {"own.a": None, "own.b": None})
    assert one.read("docProps/custom.xml") == before


def test_the_last_property_takes_its_part_along(tmp_path: Path) -> None:
    one = Package(io.BytesIO(package(tmp_path / "a.xlsx", part_xml("")).read_bytes()))
    names = set(one.under(""))
    set_custom_properties(one, {"own": None})
    assert set(one.under("")) == names
    set_custom_properties(one, {"own": "1"})
    assert set(one.under("")) == {*names, "docProps/custom.xml"}
    set_custom_properties(one, {"own": None})
    assert set(one.under("")) == names
    assert custom_properties(one) == {}


def test_properties_of_another_writer_s_prefix_are_kept(tmp_path: Path) -> None:
    custom = (
        '<p:Properties xmlns:p="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties">'
        '<p:property fmtid="{x}" pid="5" name="kept"><v:i4 xmlns:v="w">7</v:i4></p:property></p:Properties>'
    )
    one = Package(io.BytesIO(package(tmp_path / "a.xlsx", part_xml(""), parts={"docProps/custom.xml": custom}).read_bytes()))
    set_custom_properties(one, {"own": "1"})
    assert custom_properties(one) == {"kept": "7", "own": "1"}
    assert b'<p:property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="6" name="own">' in one.read("docProps/custom.xml")


def test_a_new_workbook_holds_every_kind_of_value(tmp_path: Path) -> None:
    values = [
        "text", "=no formula", 3, 0.5, True, date(2026, 8, 31), NOON, date(1900, 1, 1), None, "",
        CellError("#REF!"), CellError("Err:508"), Uncached("A1+1"), Rounded("123456789012345680"), "a\x0bb", "<&>",
    ]  # fmt: skip
    sheet = NewSheet("all", widths={1: 300}, heights={1: 30}, hidden_rows={3, 40}, filter=Area(1, 1, 2, 2), tab="FF0000")
    for row, value in enumerate(values, 1):
        sheet.put(row, 1, value, Look())
    sheet.links[1, 1] = ("it's", "B2")
    sheet.merges.append(Area(1, 2, 1, 3))
    package = new_package(SAVED)
    book = WorkbookPart(package)
    styles = Styles(package.read(book.styles_part()), font="宋体")
    book.insert_sheet("all", sheet_xml(sheet, styles), first=False, state="hidden")
    book.insert_sheet("front", sheet_xml(NewSheet("front"), styles))
    package.write(book.styles_part(), styles.join())
    after = saved(book, tmp_path / "a.xlsx")
    found = after["all"]
    assert [found.cell(row, 1).value for row in range(1, len(values) + 1)] == [
        "text", "=no formula", 3, 0.5, True, DAY, NOON, "1900-01-01", None, None,
        "#REF!", "#VALUE!", "=A1+1", 123456789012345680, "a_x000B_b", "<&>",
    ]  # fmt: skip
    assert read_xlsx(tmp_path / "a.xlsx").sheets[1].cells[15] == {1: "a\x0bb"}
    assert found["A2"].data_type == "s"
    assert found.sheet_state == "hidden"
    assert found.row_dimensions[3].hidden
    assert found["A1"].hyperlink.location == "'it''s'!B2"
    assert [str(area) for area in found.merged_cells.ranges] == ["B1:C1"]
    assert found.page_setup.paperSize == 8
    assert after.properties.modified == SAVED
    assert after.sheetnames == ["front", "all"]


def test_days_are_counted_in_both_systems() -> None:
    assert serial(date(2026, 8, 31)) == 46265
    assert serial(date(2026, 8, 31), date1904=True) == 46265 - 1462
    assert serial(NOON) == 46265.5
    assert serial(date(1900, 2, 28)) is None


@pytest.mark.parametrize(("flag", "expected"), [('date1904="1"', True), ('date1904="0"', False), ("", False)])
def test_the_date_system_is_told(tmp_path: Path, flag: str, expected: bool) -> None:
    assert opened(package(tmp_path / "a.xlsx", part_xml(""), book=f"<workbookPr {flag}/>")).date1904 is expected
