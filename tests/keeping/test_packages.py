"""Packages as Excel writes them: threads, strict names, macros, slicers, links to other workbooks."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl.keeping.colours import Colours
from rectify_xl.keeping.formulas import shifted
from rectify_xl.keeping.workbook_facts import order_of
from rectify_xl.ooxml.grafting import TransitionalPackage
from rectify_xl.ooxml.package import Package
from rectify_xl.ooxml.workbook_part import WorkbookPart
from rectify_xl.ooxml.xml_tree import element
from rectify_xl.workbook import NotKeptError, write_master
from tests.keeping.office_edits import add_own_sheet, again, comments, edit, work_in_ours

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.slow

_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_OFFICE = "http://schemas.microsoft.com/office/2017/10/relationships"


@pytest.fixture
def path(path: Path) -> Path:
    return edit(path, add_own_sheet, work_in_ours)


def repacked(path: Path, package: Package) -> None:
    target = io.BytesIO()
    package.save(target)
    path.write_bytes(target.getvalue())


def opened(path: Path) -> Package:
    return Package(io.BytesIO(path.read_bytes()))


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_thread_goes_with_its_note_and_its_persons(path: Path) -> None:
    package = opened(path)
    book = WorkbookPart(package)
    ledger = next(sheet for sheet in book.sheets() if sheet.name == "总台账").part
    thread = f'<ThreadedComments xmlns="{_THREADS}"><threadedComment ref="C4" dT="2026-11-20T09:00:00.00"'
    thread += ' personId="{P1}" id="{T1}">'
    thread += "<text>请水务局说明</text></threadedComment></ThreadedComments>"
    package.write("xl/threadedComments/threadedComment1.xml", thread.encode(), "application/vnd.ms-excel.threadedcomments+xml")
    package.relate(ledger, f"{_OFFICE}/threadedComment", "xl/threadedComments/threadedComment1.xml")
    persons = f'<personList xmlns="{_THREADS}"><person displayName="甲" id="{{P1}}" userId="甲" providerId="None"/></personList>'
    package.write("xl/persons/person.xml", persons.encode(), "application/vnd.ms-excel.person+xml")
    package.relate(book.part, f"{_OFFICE}/person", "xl/persons/person.xml")
    repacked(path, package)
    write_master(again(path), path)
    found = parts(path)
    (kept,) = [data for name, data in found.items() if "threadedComment" in name and name.endswith(".xml")]
    assert "请水务局说明" in kept.decode()
    assert b'ref="C4"' in kept
    assert any("persons/" in name and "甲" in data.decode() for name, data in found.items())


def test_strict_names_are_read_as_transitional_ones(path: Path) -> None:
    ours, theirs = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    areas = (b"spreadsheetml", b"officeDocument", b"drawingml")
    with zipfile.ZipFile(path, "r") as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in contents.items():
            strict = data
            for area in areas:
                strict = strict.replace(ours + area + b"/2006/", theirs + area + b"/")
            archive.writestr(name, strict if name.endswith((".xml", ".rels")) else data)
    assert b"purl" not in TransitionalPackage(io.BytesIO(path.read_bytes())).read("xl/workbook.xml")
    write_master(again(path), path)
    assert not any(b"purl.oclc.org" in data for data in parts(path).values())
    assert comments(openpyxl.load_workbook(path)["领导批示"]) == {"A3": "只数一级任务"}


@pytest.mark.parametrize(
    ("kind", "name"),
    [("vbaProject", "宏（VBA）"), ("slicerCache", "切片器"), ("connections", "外部数据连接"), ("odd", "附加内容（odd）")],
)
def test_what_hangs_on_the_workbook_and_cannot_go_along_is_named(path: Path, kind: str, name: str) -> None:
    package = opened(path)
    package.write("xl/odd1.xml", b"<odd/>", "application/xml")
    package.relate("xl/workbook.xml", kind, "xl/odd1.xml")
    repacked(path, package)
    with pytest.raises(NotKeptError) as caught:
        write_master(again(path), path)
    assert any(name in one.zh for one in caught.value.lost)


def test_links_to_other_workbooks_and_names_go_along(path: Path) -> None:
    package = opened(path)
    book = WorkbookPart(package)
    package.write("xl/externalLinks/externalLink1.xml", b"<externalLink/>", "application/vnd.openxmlformats-officedocument.x+xml")
    relation = package.relate(book.part, "externalLink", "xl/externalLinks/externalLink1.xml")
    entry = element("externalReference", package.relation_attributes(book.root, relation))
    sheets = next(at for at, node in enumerate(book.root.children) if getattr(node, "local", "") == "sheets")
    book.root.insert(sheets + 1, element("externalReferences", {}, entry))
    book.define("督办数", "领导批示!$B$5")
    book.define("局部", "领导批示!$B$6", index=2)
    book.save()
    repacked(path, package)
    write_master(again(path), path)
    found = WorkbookPart(opened(path))
    assert found.names("督办数")[0].text == "领导批示!$B$5"
    assert found.names("局部")[0].get("localSheetId") == "2"
    assert found.root.find("externalReferences", "externalReference") is not None


def test_new_sheets_of_ours_stand_behind_the_one_they_follow() -> None:
    names = {"汇总": "汇总", "总台账": "总台账", "逾期": "逾期"}
    found = order_of(["便签", "汇总", "逾期", "总台账", "附"], ["汇总", "总台账", "待确认", "逾期"], names)
    assert [name for name, _ in found] == ["便签", "汇总", "逾期", "总台账", "待确认", "附"]
    assert [own for _, own in found] == [True, False, False, False, False, True]


def test_formulas_are_copied_as_a_program_copies_them() -> None:
    assert shifted('=A1+$B$2&"A1"&表!C3&LOG10(D4)', 2, 1) == '=B3+$B$2&"A1"&表!C3&LOG10(E6)'


@pytest.mark.parametrize(
    ("attributes", "value"),
    [
        ({"rgb": "FF12ab34"}, "12AB34"), ({"theme": 4}, "4F81BD"), ({"theme": 0, "tint": "-0.5"}, "808080"), ({"theme": 99}, ""),
        ({"indexed": 13}, "FFFF00"), ({"indexed": 64}, ""), ({"auto": 1}, ""), ({"theme": 1}, ""),
    ],
)  # fmt: skip
def test_colours_are_values_however_they_are_written(attributes: dict[str, object], value: str) -> None:
    assert Colours().value(element("color", attributes)) == value
    assert Colours().value(None) == ""
