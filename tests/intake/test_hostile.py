"""Hostile, damaged and disguised files: each becomes a Submission with a known fault, never an exception."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rectify_xl.intake.reading import read_paths
from tests.intake.test_xls_ods import cell, ods, row
from tests.support.biff12 import by_biff12
from tests.support.mutants import damaged, damaged_parts
from tests.support.office import convert, needs_office
from tests.support.reading import SCHEMA, read, slugs
from tests.support.workbooks import HEADINGS, by_openpyxl, by_xlsxwriter, header_xml, layout, package, sheet_xml, task

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

REFUSALS = {
    "unreadable-file", "encrypted-file", "disguised-file", "resource-limit", "no-task-table", "not-a-workbook",
}  # fmt: skip
GOOD = layout([["整改任务清单"], [*HEADINGS], task(1, "东河排口异味"), task(2, "西山矿坑未复绿")], ["A1:F1"])
PROBES = Path(__file__).resolve().parents[3] / "shared" / "probes" / "make_probes.py"


def sealed(*streams: tuple[str, bytes]) -> bytes:
    """An OLE container with the given streams: header, one FAT sector, one directory sector, then the contents."""
    entries, data, sector = [_entry("Root Entry", 5, 1 if streams else 0xFFFFFFFF, 0xFFFFFFFE, 0)], b"", 2
    fat = [0xFFFFFFFD, 0xFFFFFFFE]
    for number, (name, content) in enumerate(streams, 1):
        body = content.ljust(4096, b"\0")
        body += b"\0" * (-len(body) % 512)
        sectors = len(body) // 512
        entries.append(_entry(name, 2, number + 1 if number < len(streams) else 0xFFFFFFFF, sector, len(body)))
        fat += [*range(sector + 1, sector + sectors), 0xFFFFFFFE]
        data, sector = data + body, sector + sectors
    fat += [0xFFFFFFFF] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    header += struct.pack("<I", 0xFFFFFFFF) * 108
    return header + struct.pack("<128I", *fat) + b"".join(entries).ljust(512, b"\0") + data


def _entry(name: str, kind: int, sibling_or_child: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    child = sibling_or_child if kind == 5 else 0xFFFFFFFF
    right = 0xFFFFFFFF if kind == 5 else sibling_or_child
    entry = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, 0xFFFFFFFF, right, child)
    return entry + b"\0" * 36 + struct.pack("<IQ", start, size)


def zipped(**parts: bytes | str) -> bytes:
    """A zip file; underscores in names stand for dots, double ones for slashes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "slug", "said"),
    [
        ("空.xlsx", b"", "unreadable-file", "0 字节"),
        ("a.xlsx", b"%PDF-1.7 ...", "disguised-file", "PDF"),
        ("a.xls", b"\x89PNG\r\n\x1a\n", "disguised-file", "图片"),
        ("a.xlsx", b"\xff\xd8\xff\xe0", "disguised-file", "图片"),
        ("a.xls", b"Rar!\x1a\x07", "disguised-file", "压缩包"),
        ("a.xls", b"{\\rtf1", "disguised-file", "RTF"),
        ("a.xls", "<html><meta charset=gb2312><table>单位".encode("gbk"), "disguised-file", "HTML"),
        ("a.xls", b"\xef\xbb\xbf\r\n<TABLE border=1>", "disguised-file", "HTML"),
        ("a.xls", b'<?xml version="1.0"?><Workbook>', "disguised-file", "XML"),
        ("a.xls", b"MIME-Version: 1.0", "disguised-file", "XML"),
        ("a.xlsx", "序号,问题\r\n1,扬尘".encode("gb18030"), "disguised-file", "CSV"),
        ("a.xlsx", "序号\t问题".encode(), "disguised-file", "CSV"),
        ("a.xlsx", b"\x00\x01\x02\x03" * 50, "unreadable-file", "不是电子表格"),
        ("a.xlsx", zipped(word__document_xml="<w/>"), "disguised-file", "Word"),
        ("a.xlsx", zipped(mimetype="application/vnd.oasis.opendocument.text"), "disguised-file", "Word"),
        ("a.xlsx", zipped(ppt__presentation_xml="<p/>"), "disguised-file", "演示文稿"),
        ("a.xlsx", zipped(a_txt="x"), "disguised-file", "压缩包"),
        ("a.xlsx", b"PK\x03\x04" + b"\0" * 60, "unreadable-file", "没有传完"),
        ("a.xlsx", zipped(xl__workbook_xml="<workbook/>"), "no-task-table", ""),
        ("a.xlsx", zipped(xl__workbook_xml="not xml"), "unreadable-file", "xl/workbook.xml"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "unreadable-file", ""),
        ("a.xlsx", sealed(("EncryptedPackage", b"x")), "encrypted-file", ""),
        ("a.xls", sealed(("WordDocument", b"x")), "disguised-file", "Word"),
        ("a.xls", sealed(("Other", b"x")), "unreadable-file", "没有工作簿"),
        ("a.xls", sealed(("Workbook", b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\0" * 12)), "unreadable-file", ""),
        ("a.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00", "unreadable-file", ""),
        ("a.docx", b"PK", "not-a-workbook", "Word"),
        ("a.PDF", b"%PDF", "not-a-workbook", "PDF"),
        ("a.csv", b"1,2", "not-a-workbook", "CSV"),
    ],
)
def test_what_is_no_readable_workbook(tmp_path: Path, name: str, content: bytes, slug: str, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    found = read(tmp_path / name)
    assert (found.status, slugs(found)) == ("rejected", [slug])
    assert said in "".join(map(str, found.faults[0].facts.values()))
    assert len(found.sha256) == 64


def test_a_file_that_went_away(tmp_path: Path) -> None:
    found = read(tmp_path / "a.xlsx")
    assert (slugs(found), found.sha256) == (["unreadable-file"], "")


def test_a_file_beyond_the_limit(tmp_path: Path) -> None:
    with (tmp_path / "a.xlsx").open("wb") as stream:
        stream.truncate((256 << 20) + 1)
    assert slugs(read(tmp_path / "a.xlsx")) == ["resource-limit"]


ENTITIES = '<!DOCTYPE x [<!ENTITY a "甲"><!ENTITY b "&a;&a;&a;&a;">]>'


def test_entity_bombs(tmp_path: Path) -> None:
    body = '<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>'
    in_sheet = package(tmp_path / "a.xlsx", sheet_xml(body, before=ENTITIES))
    in_strings = package(
        tmp_path / "b.xlsx", sheet_xml(header_xml()), parts={"xl/sharedStrings.xml": f"{ENTITIES}<sst><si><t>&b;</t></si></sst>"}
    )
    in_book = package(
        tmp_path / "c.xlsx", sheet_xml(header_xml()), parts={"xl/workbook.xml": f"{ENTITIES}<workbook>&b;</workbook>"}
    )
    for path in (in_sheet, in_strings, in_book):
        assert slugs(read(path)) == ["unreadable-file"]


def test_a_part_that_unfolds_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rectify_xl.intake.readers.xml_stream._LARGEST_PART", 1 << 20)
    path = package(tmp_path / "a.xlsx", sheet_xml(header_xml() + " " * (2 << 20)))
    assert slugs(read(path)) == ["resource-limit"]
    monkeypatch.setattr("rectify_xl.intake.readers.xml_stream._LARGEST_SMALL_PART", 10)
    assert slugs(read(package(tmp_path / "b.xlsx", sheet_xml(header_xml())))) == ["resource-limit"]


def test_more_rows_or_text_than_the_program_can_judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rectify_xl.intake.files.MOST_ROWS", 1)
    found = read(by_openpyxl(tmp_path / "a.xlsx", GOOD))
    assert slugs(found) == ["resource-limit"]
    assert "最多 1 行" in found.faults[0].facts["reason"].zh
    monkeypatch.setattr("rectify_xl.intake.files.MOST_ROWS", 2)
    assert read(by_openpyxl(tmp_path / "a.xlsx", GOOD)).status == "accepted"
    monkeypatch.setattr("rectify_xl.intake.files.MOST_CHARACTERS", 10)
    assert slugs(read(by_openpyxl(tmp_path / "a.xlsx", GOOD))) == ["resource-limit"]


def test_a_part_that_lies_about_its_size(tmp_path: Path) -> None:
    path = package(tmp_path / "a.xlsx", sheet_xml(header_xml() + " " * 100_000))
    raw = path.read_bytes()
    size = struct.pack("<I", len(sheet_xml(header_xml() + " " * 100_000).encode()))
    path.write_bytes(raw.replace(size, struct.pack("<I", 100)))
    assert slugs(read(path))[0] in REFUSALS


def test_an_encrypted_part(tmp_path: Path) -> None:
    raw = bytearray(package(tmp_path / "a.xlsx", sheet_xml(header_xml())).read_bytes())
    start = 0
    while (start := raw.find(b"PK\x01\x02", start + 1)) > 0:
        raw[start + 8] |= 1
    (tmp_path / "a.xlsx").write_bytes(raw)
    assert slugs(read(tmp_path / "a.xlsx")) == ["encrypted-file"]


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml", "_rels/.rels"])
def test_a_part_whose_compressed_bytes_are_none(tmp_path: Path, part: str, kind: int) -> None:
    """Each method of compression fails with an error of its own; the sender is told that the file is damaged, whichever it is."""
    path = package(tmp_path / "a.xlsx", sheet_xml(header_xml()))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, kind)
    raw = bytearray(path.read_bytes())
    begin = raw.index(part.encode()) + len(part) + 20
    raw[begin : begin + 40] = bytes(byte ^ 0xFF for byte in raw[begin : begin + 40])
    path.write_bytes(raw)
    found = read(path)
    assert slugs(found) == ["unreadable-file"]
    assert "已损坏" in found.faults[0].facts["reason"].zh


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsb", ".ods"])
def test_merges_below_the_last_row_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    """They mean nothing, but each costs its reading, here and in every copy."""
    monkeypatch.setattr("rectify_xl.intake.grid.MOST_MERGED_ROWS", 3)
    for count, status in ((3, "accepted"), (4, "rejected")):
        path = _with_merges(tmp_path / f"{count}{suffix}", count)
        found = read(path)
        assert found.status == status
    assert slugs(found) == ["resource-limit"]


def _with_merges(path: Path, count: int) -> Path:
    made = layout([[*HEADINGS], task(1, "东河排口异味")], [f"A{at}:B{at}" for at in range(9, 9 + count)])
    if path.suffix == ".xlsx":
        return by_openpyxl(path, made)
    if path.suffix == ".xlsb":
        return by_biff12(path, made)
    rows = [row(*(cell(str(value)) for value in values)) for values in ([*HEADINGS], task(1, "东河排口异味"))]
    spans = [row(cell("", 'table:number-columns-spanned="2"'))] * count
    return ods(path, "".join(rows + spans))


def test_deep_nesting(tmp_path: Path) -> None:
    deep = "<r>" * 50_000 + "</r>" * 50_000
    path = package(tmp_path / "a.xlsx", sheet_xml(f'<row r="1"><c r="A1" t="inlineStr"><is>{deep}</is></c></row>'))
    assert slugs(read(path)) == ["no-task-table"]


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_limits_of_the_interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr("rectify_xl.intake.files.read_tables", fail)
    path = by_openpyxl(tmp_path / "a.xlsx", GOOD)
    assert slugs(read(path)) == ["resource-limit"]


# Damaged copies ----------------------------------------------------------------------------------------------------


def check_copies(path: Path, ways: list[Callable[[bytes, int], bytes]], count: int) -> None:
    good = path.read_bytes()
    assert read(path).status == "accepted"
    for seed in range(count):
        path.write_bytes(ways[seed % len(ways)](good, seed))
        found = read(path)
        assert found.status == "accepted" or set(slugs(found)) <= REFUSALS, (seed, found.faults)


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
def test_damaged_xlsx(tmp_path: Path, write: Callable[..., Path]) -> None:
    check_copies(write(tmp_path / "a.xlsx", GOOD), [damaged, damaged_parts], 120)


def test_damaged_xlsb(tmp_path: Path) -> None:
    check_copies(by_biff12(tmp_path / "a.xlsb", GOOD), [damaged, damaged_parts], 100)


@needs_office
def test_damaged_xls_and_ods(tmp_path: Path) -> None:
    source = by_xlsxwriter(tmp_path / "a.xlsx", GOOD)
    (ods,) = convert([source], "ods", tmp_path / "out")
    check_copies(ods, [damaged, damaged_parts], 120)
    (xls,) = convert([source], "xls", tmp_path / "out")
    check_copies(xls, [damaged], 120)


# The shared probes -------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not PROBES.exists(), reason="the shared probes lie beside the repository only where they were made")
def test_probes(tmp_path: Path) -> None:
    # A tenth of the million rows and a quarter of the bomb show the same in a tenth of the time.
    source = (
        PROBES.read_text("utf-8")
        .replace("1048577)", "104858)")
        .replace("range(3000)", "range(620)")
        .replace("compresslevel=9", "compresslevel=1")
    )
    subprocess.run([sys.executable, "-c", source, str(tmp_path)], check=True, capture_output=True)
    found = {submission.path: submission for submission in read_paths([tmp_path], SCHEMA, workers=2)}
    assert len(found) >= 18
    for submission in found.values():
        assert submission.status == "rejected"
        assert set(slugs(submission)) <= REFUSALS, submission
    assert slugs(found["zipbomb3GB.xlsx"]) == ["resource-limit"]
    assert slugs(found["outofgrid.xlsx"]) == ["unreadable-file"]
    assert slugs(found["html.xls"]) == ["disguised-file"]
