"""Hostile documents end in one clear message, within the limits of intake."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pypdf
import pytest
from PIL import Image

from rectify_xl import read_plan
from rectify_xl.campaign.settings import load_campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.workflow.plan_campaign import make_plan_campaign
from tests.plans.test_readers import word
from tests.support.lists import write_list
from tests.support.workbooks import patch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


MOST_SECONDS = 5.0


def bomb() -> bytes:
    """A Word document whose text unfolds to 1.9 GB, as its package says."""
    content = word("<w:p/>" * 1000)
    at = content.rindex(b"PK\x01\x02")  # the last entry of the directory is the text
    size = at + 24
    return content[:size] + (1_900_000_000).to_bytes(4, "little") + content[size + 4 :]


def pages(count: int, password: str = "") -> bytes:
    writer = pypdf.PdfWriter()
    for _ in range(count):
        writer.add_blank_page(300, 300)
    if password:
        writer.encrypt(password)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def scan() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (800, 1000), "white").save(stream, "PDF")
    return stream.getvalue()


DOCUMENTS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb": ("a.docx", bomb, "解压后超过"),
    "an entity bomb": ("a.docx", lambda: word("", head='<!DOCTYPE x [<!ENTITY y "z">]>'), "DTD"),
    "a password": ("a.pdf", lambda: pages(1, "secret"), "密码"),
    "500 pages": ("a.pdf", lambda: pages(500), "500 页"),
    "a scan": ("a.pdf", scan, "扫描件"),
    "a program": ("a.txt", lambda: b"MZ\x90\0" + os.urandom(100_000), "二进制"),
    "a page of 50 MB": ("a.html", lambda: b"<html><body>" + b"<p>x</p>" * 6_600_000, "超过 16MB"),
    "many paragraphs": ("a.txt", lambda: "整改目标：甲\n".encode() * 70_000, "段落"),
    "a file of nothing": ("a.txt", lambda: b"", "0 字节"),
}  # fmt: skip


@pytest.mark.parametrize("name", DOCUMENTS)
def test_hostile_documents_end_in_one_message(name: str, tmp_path: Path) -> None:
    file, make, said = DOCUMENTS[name]
    path = tmp_path / file
    path.write_bytes(make())
    with pytest.raises(RectifyError) as error:
        read_plan(path)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert error.value.message.en.startswith(f"{path}: cannot be imported: ")


@pytest.mark.parametrize("unit", ["整改目标:一、二；(责任单位:", "1.(1)①一、", "(牵头(负责", "【整改】第1项、", "2020年\t"])
def test_a_line_without_end_takes_no_time_without_end(unit: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(unit * 8_000, "utf-8")
    assert not [task for task in read_plan(path).tasks if not task.anomalies]


def test_tables_in_tables_in_tables(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 5_000 + "<w:p><w:r><w:t>x</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 5_000
    (tmp_path / "a.docx").write_bytes(word(deep))
    assert read_plan(tmp_path / "a.docx").tasks == ()
    (tmp_path / "a.html").write_text("<div>" * 100_000 + "x", "utf-8")
    assert read_plan(tmp_path / "a.html").tasks == ()


SPAN = '<w:tcPr><w:gridSpan w:val="{}"/></w:tcPr>'
HEADS, VALUES = ("序号", "存在问题", "责任单位", "整改时限"), ("1", "污水直排", "市水务局", "2026年6月底前")


@pytest.mark.parametrize("number", ["²", "2000000000", "9" * 5000, "-1"])
def test_numbers_in_a_table_that_count_nothing(tmp_path: Path, number: str) -> None:
    """Spans, columns left out before a row, levels and first numbers of lists: no error, and no walk without an end."""

    def row(texts: tuple[str, ...], inside: str, before: str) -> str:
        cells = "".join(f"<w:tc>{inside}<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
        return f"<w:tr>{before}{cells}</w:tr>"

    listed = f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>'
    before = f'<w:trPr><w:gridBefore w:val="{number}"/></w:trPr>'
    table = row(HEADS, "", "") + row(VALUES, SPAN.format(number), before) + row(("2", *VALUES[1:]), "", "")
    (tmp_path / "a.docx").write_bytes(word(f"{listed}<w:tbl>{table}</w:tbl>"))
    page = "".join(f"<tr>{''.join(f'<td colspan={number}>{text}' for text in texts)}" for texts in (HEADS, VALUES))
    (tmp_path / "a.html").write_text(f"<table>{page}</table>", "utf-8")
    began = time.process_time()
    for name in ("a.docx", "a.html"):
        with contextlib.suppress(RectifyError):  # what a table is too large for is told
            read_plan(tmp_path / name)
    assert time.process_time() - began < MOST_SECONDS


def test_a_campaign_made_of_a_hostile_plan_holds_names_alone(tmp_path: Path) -> None:
    """No formula in the rosters, which a spreadsheet program opens, and no line of settings out of a cell."""
    names = ("=HYPERLINK(1)局", "+cmd局", "-2局", "@SUM(1)局", 'a"b局', "市水务局")
    heads = ("序号", "存在问题", "整改措施", "责任领导", "责任单位", "整改时限")
    rows = [heads] + [(str(at), "污水直排", "封堵", "赵丹 =1+1副市长", name, "2026年6月底前") for at, name in enumerate(names, 1)]
    rows.append(("7", "垃圾乱堆", "清运", "", "各县区&#10;mail: {to: [a@b.cn]}", "2026年6月底前"))
    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in row) + "</w:tr>" for row in rows
    ).replace('"', "&quot;")
    (tmp_path / "a.docx").write_bytes(word(f"<w:tbl>{cells}</w:tbl>"))
    make_plan_campaign(read_plan(tmp_path / "a.docx"), tmp_path / "office")
    campaign = load_campaign(tmp_path / "office")
    assert "市水务局" in campaign.unit_by_name
    assert not [name for name in campaign.unit_by_name if name.startswith(("=", "+", "-", "@"))]
    for name in ("units.csv", "leaders.csv"):
        cells_of = (tmp_path / "office" / name).read_text("utf-8-sig").replace("\n", ",").split(",")
        assert not [cell for cell in cells_of if cell.strip(' "').startswith(("=", "+", "-", "@"))]
    settings = (tmp_path / "office" / "campaign.yaml").read_text("utf-8")
    assert not [line for line in settings.splitlines() if "a@b.cn" in line and not line.startswith("#")]
    assert "#   =HYPERLINK\n" in settings


def test_nothing_that_a_file_points_to_is_fetched(tmp_path: Path) -> None:
    """Relations that lead outside, entities of files: whatever opened a connection would end the reading."""
    outside = "".join(
        f'<Relationship Id="rId{at}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"'
        ' Target="http://127.0.0.1:9/x" TargetMode="External"/>'
        for at, kind in enumerate(("image", "attachedTemplate", "externalLinkPath", "hyperlink"), 50)
    ).encode()
    (tmp_path / "a.docx").write_bytes(word("<w:p><w:r><w:t>整改方案</w:t></w:r></w:p>"))
    write_list(tmp_path / "b.xlsx", [{"progress": "见 http://127.0.0.1:9/x"}])
    relations = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
    patch(tmp_path / "a.docx", {"word/_rels/document.xml.rels": relations % outside})
    patch(tmp_path / "b.xlsx", {"xl/worksheets/_rels/sheet1.xml.rels": relations % outside})
    (tmp_path / "c.html").write_text('<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x"><img src="http://127.0.0.1:9/x"><p>整改', "utf-8")
    script = (
        "import os, sys\nfrom pathlib import Path\n"
        "from rectify_xl.intake.files import read_file\nfrom rectify_xl.plans.worker import read_file as read_document\n"
        "from rectify_xl.schema.loading import load_schema\n"
        "sys.addaudithook(lambda event, _: os._exit(9) if event.startswith('socket.') else None)\n"
        "folder = Path(sys.argv[1])\n"
        "print([type(read_document(folder / name)).__name__ for name in ('a.docx', 'c.html')])\n"
        "print(read_file(folder / 'b.xlsx', 'b.xlsx', load_schema()).status)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split("\n")) == (0, ["['Plan', 'Plan']", "accepted", ""])
