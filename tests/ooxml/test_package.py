from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from rectify_xl.ooxml import package as module
from rectify_xl.ooxml.new_package import empty_package
from rectify_xl.ooxml.package import Package
from rectify_xl.ooxml.xml_text import Unsupported
from tests.support.workbooks import RELATIONS, package, sheet_xml

if TYPE_CHECKING:
    from pathlib import Path

_SHEET = "xl/worksheets/sheet1.xml"


def made(path: Path, **parts: str | bytes) -> Package:
    package(path, sheet_xml(""), parts=parts)
    return Package(io.BytesIO(path.read_bytes()))


def saved(one: Package, path: Path) -> dict[str, bytes]:
    one.save(path)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_parts_nobody_wrote_are_copied_with_their_dates_and_order(tmp_path: Path) -> None:
    one = made(tmp_path / "a.xlsx", **{"xl/media/image1.png": bytes(range(256))})
    one.write(_SHEET, b"<worksheet/>")
    one.write("xl/new.xml", b"<new/>", "application/new")
    after = saved(one, tmp_path / "b.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        before = {name: archive.read(name) for name in archive.namelist()}
        times = {info.filename: info.date_time for info in archive.infolist()}
    assert list(after) == [*before, "xl/new.xml"]
    assert {name for name in before if before[name] != after[name]} == {_SHEET, "[Content_Types].xml"}
    assert b'<Override PartName="/xl/new.xml" ContentType="application/new"/>' in after["[Content_Types].xml"]
    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        assert archive.getinfo("xl/workbook.xml").date_time == times["xl/workbook.xml"]
        assert archive.getinfo("xl/new.xml").date_time == (1980, 1, 1, 0, 0, 0)
    assert sorted(one.changed) == sorted([_SHEET, "xl/new.xml", "[Content_Types].xml"])


def test_parts_are_named_without_regard_to_case_and_slashes(tmp_path: Path) -> None:
    one = made(tmp_path / "a.xlsx", **{"XL\\Odd\\Part.xml": "<a/>"})
    assert "/xl/odd/part.xml" in one
    assert one.read("xl/ODD/part.xml") == b"<a/>"
    one.write("xl/odd/PART.xml", b"<b/>")
    assert len(saved(one, tmp_path / "b.xlsx")) == 6


def test_relations_are_found_added_and_removed(tmp_path: Path) -> None:
    one = made(tmp_path / "a.xlsx")
    assert one.related("xl/workbook.xml", "worksheet") == _SHEET
    assert one.related("xl/workbook.xml", "styles") == ""  # named by a relation, but not there
    relation = one.relate(_SHEET, "comments", "xl/comments1.xml")
    one.write("xl/comments1.xml", b"<c/>", "application/c")
    assert relation == "rId1"
    (found,) = one.relations(_SHEET)
    assert (found.target, found.external) == ("xl/comments1.xml", False)
    assert found.kind.endswith("/officeDocument/2006/relationships/comments")
    assert b'Target="../comments1.xml"' in one.read("xl/worksheets/_rels/sheet1.xml.rels")
    assert one.relate(_SHEET, "http://example.org/other", "xl/other.xml") == "rId2"
    one.unrelate(_SHEET, "xl/nothing.xml")
    one.unrelate(_SHEET, "xl/other.xml", "xl/comments1.xml")
    one.remove("xl/comments1.xml")
    assert "xl/worksheets/_rels/sheet1.xml.rels" not in one
    assert set(saved(one, tmp_path / "b.xlsx")) == set(saved(made(tmp_path / "c.xlsx"), tmp_path / "d.xlsx"))


def test_links_out_of_the_package_are_told_apart(tmp_path: Path) -> None:
    rels = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="t/hyperlink" Target="http://example.org/x"'
        ' TargetMode="External"/><Relationship Id="b" Type="t/table" Target="/xl/tables/table1.xml"/></Relationships>'
    )
    one = made(tmp_path / "a.xlsx", **{"xl/worksheets/_rels/sheet1.xml.rels": rels})
    assert [(found.id, found.target, found.external) for found in one.relations(_SHEET)] == [
        ("a", "http://example.org/x", True), ("b", "xl/tables/table1.xml", False),
    ]  # fmt: skip


def test_strict_packages_get_strict_relations(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    package(tmp_path / "a.xlsx", sheet_xml(""), relations=strict)
    one = Package(io.BytesIO((tmp_path / "a.xlsx").read_bytes()))
    one.relate(_SHEET, "comments", "xl/comments1.xml")
    assert [found.kind for found in one.relations(_SHEET)] == [f"{strict}/comments"]


def test_a_drawing_is_declared_by_its_extension_once(tmp_path: Path) -> None:
    one = made(tmp_path / "a.xlsx")
    for number in (1, 2):
        one.write(f"xl/drawings/vml{number}.vml", b"<xml/>", "application/vml")
    assert one.read("[Content_Types].xml").count(b"vml") == 2
    assert b'<Default Extension="vml" ContentType="application/vml"/>' in one.read("[Content_Types].xml")


def test_a_free_name_is_free(tmp_path: Path) -> None:
    one = made(tmp_path / "a.xlsx", **{"xl/comments1.xml": "<a/>"})
    assert one.free_name("xl/comments{}.xml") == "xl/comments2.xml"
    assert sorted(one.under("XL/")) == sorted(["xl/workbook.xml", "xl/_rels/workbook.xml.rels", _SHEET, "xl/comments1.xml"])


def test_a_part_that_became_no_xml_never_leaves(tmp_path: Path) -> None:
    one = made(tmp_path / "a.xlsx")
    one.write(_SHEET, b"<worksheet><a></worksheet>")
    with pytest.raises(Unsupported, match="sheet1"):
        one.save(tmp_path / "b.xlsx")


def test_missing_large_and_damaged_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = made(tmp_path / "a.xlsx")
    with pytest.raises(Unsupported, match=r"xl/none\.xml"):
        one.read("xl/none.xml")
    monkeypatch.setattr(module, "_LARGEST_PART", 10)
    with pytest.raises(Unsupported, match="too-large"):
        one.read(_SHEET)
    monkeypatch.setattr(module, "_LARGEST_PACKAGE", 10)
    with pytest.raises(Unsupported, match="too-large"):
        made(tmp_path / "b.xlsx")
    with pytest.raises(Unsupported):
        Package(io.BytesIO(b"PK\x03\x04nothing"))


def test_damage_inside_is_met_when_the_part_is_read_or_copied(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/a.xml", b"<a>whole</a>")
    damaged = (tmp_path / "a.zip").read_bytes().replace(b"whole", b"WHOLE")
    one = Package(io.BytesIO(damaged))
    with pytest.raises(Unsupported):
        one.read("xl/a.xml")
    with pytest.raises(Unsupported):
        one.save(tmp_path / "b.zip")


def test_a_package_from_nothing_can_be_opened_again(tmp_path: Path) -> None:
    one = empty_package()
    one.write("xl/a.xml", b"<a/>", "application/a")
    one.relate("", "officeDocument", "xl/a.xml")
    assert set(saved(one, tmp_path / "a.zip")) == {"xl/a.xml", "[Content_Types].xml", "_rels/.rels"}
