"""Masters, bases and look-backs are the office's own files, but files travel: what somebody made of one is told in a sentence."""

from __future__ import annotations

import re
import time
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.comments import Comment

from rectify_xl.campaign.settings import Campaign
from rectify_xl.cli import main
from rectify_xl.common.errors import RectifyError
from rectify_xl.intake.document_properties import read_marks
from rectify_xl.ledger.lookback import sample_of
from rectify_xl.ledger.lookback_results import with_lookback
from rectify_xl.ledger.reading import read_master
from rectify_xl.workbook import write_lookback, write_master
from rectify_xl.workflow.base import read_base
from rectify_xl.workflow.dispatch import dispatch
from rectify_xl.workflow.merge import merge
from rectify_xl.workflow.summarize import summarize
from rectify_xl.workflow.validate import validate
from tests.hostile.attacks import ATTACKS, Parts, zipped
from tests.support.counts import count
from tests.support.ledgers import a_master, a_task
from tests.support.lists import write_list
from tests.support.workbooks import patch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WATER, FIRST = "市水务局", {"task_id": 1, "problem": "北渠沿岸六处排口没有截污,雨后黑水入河"}
MOST_SECONDS = 20.0  # of processor time, for all that is done with one
# Their size is their whole point, and making them takes longer than reading them.
LARGE = ("zip: three hundred thousand parts", "zip: names without an end", "zip: bomb")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """As we write it."""
    folder = tmp_path_factory.mktemp("written")
    write_list(folder / "in" / "a.xlsx", [FIRST], unit=WATER)
    (folder / "campaign.yaml").write_text("name: 整改\nround: {id: 2026-11, due: 2026-11-25}\n", "utf-8")
    write_master(merge([folder / "in"], workers=1, campaign=folder), folder / "m.xlsx")
    return (folder / "m.xlsx").read_bytes()


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """As the office leaves it: with a comment and a sheet of its own."""
    folder = tmp_path_factory.mktemp("master")
    write_list(folder / "in" / "a.xlsx", [FIRST], unit=WATER)
    write_master(merge([folder / "in"], workers=1), folder / "m.xlsx")
    book = openpyxl.load_workbook(folder / "m.xlsx")
    book["总台账"]["C4"].comment = Comment("核实", "办")
    book.create_sheet("办内")["A1"] = "联系人"
    book.save(folder / "m.xlsx")
    return (folder / "m.xlsx").read_bytes()


def parts_of(content: bytes, folder: Path) -> Parts:
    (folder / "good.xlsx").write_bytes(content)
    with zipfile.ZipFile(folder / "good.xlsx") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def crafted(content: bytes, folder: Path) -> dict[str, bytes]:
    """What the attacks on lists make of a master; those left out need a part that it has not."""
    parts, made = parts_of(content, folder), {}
    for name, attack in ATTACKS.items():
        if name in LARGE and count(0, 1) == 0:
            continue
        own = dict(parts)
        try:
            made[name] = attack(own) or zipped(own)
        except (AssertionError, KeyError, ValueError):
            continue
    return made


def told(work: Callable[[], object]) -> str:
    """The sentence that a thing is refused with; nothing where it is done."""
    try:
        work()
    except RectifyError as error:
        assert "\n" not in error.message.zh  # noqa: PT017 - either is right
        return error.message.zh
    return ""


def check(path: Path, content: bytes) -> None:
    """Read, judged, written over and marked: in time, and what was there is there where it was refused."""
    began = time.process_time()
    path.write_bytes(content)
    read_marks(content)
    told(lambda: read_base(path, Campaign(), None))
    if told(lambda: write_master(summarize(path, as_of=date(2026, 11, 21)), path)):
        assert path.read_bytes() == content
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.parametrize("goal", ["m.xlsx", "next.xlsx"])
def test_a_base_whose_own_sheets_cannot_be_read_back_is_named(tmp_path: Path, master: bytes, goal: str) -> None:
    """The sheets of the office are compared with another library, which must find the workbook by its relations."""
    bad = ATTACKS["relations: the package has none"](parts := parts_of(master, tmp_path)) or zipped(parts)
    (tmp_path / "m.xlsx").write_bytes(bad)
    write_list(tmp_path / "in" / "a.xlsx", [FIRST], unit=WATER)
    done = CliRunner().invoke(main, [
        "merge", str(tmp_path / "in"), "--base", str(tmp_path / "m.xlsx"), "-o", str(tmp_path / goal), "--as-of", "2026-11-21",
    ])  # fmt: skip
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1), done.stderr
    assert f"{tmp_path / 'm.xlsx'}: 文件的结构不完整" in done.stderr
    assert (tmp_path / "m.xlsx").read_bytes() == bad
    assert not (tmp_path / "next.xlsx").exists()


@pytest.mark.slow
def test_crafted_masters(tmp_path: Path, master: bytes) -> None:
    made = crafted(master, tmp_path)
    assert len(made) > count(60, 100)
    wanted = {"cells: corner", "relations: nested deeply", *list(made)[:: count(20, 1)]}
    for name in wanted:
        try:
            check(tmp_path / "m.xlsx", made[name])
        except Exception as error:
            raise AssertionError(name) from error
        for backup in tmp_path.glob("*.bak.xlsx"):
            backup.unlink()


PROPERTIES = "docProps/custom.xml"


def saying(key: str, value: bytes) -> Callable[[bytes], bytes]:
    """The stamp with another value."""
    return lambda old: re.sub(rf'(name="rectify_xl\.{key}"[^>]*><[^>]*>)[^<]*'.encode(), rb"\g<1>" + value, old)


TAMPERED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "an odd style": ("xl/worksheets/sheet1.xml", lambda old: old.replace(b' s="', b' s="\xc2\xb2', 3)),
    "no end": ("xl/workbook.xml", lambda old: old[:-20]),
    "a far row": ("xl/worksheets/sheet2.xml", lambda old: old.replace(b'<row r="', b'<row r="9999999', 1)),
    "an odd number format": ("xl/styles.xml", lambda old: old.replace(b'<xf numFmtId="', b'<xf numFmtId="' + b"9" * 5000)),
    "an odd shared text": ("xl/worksheets/sheet2.xml", lambda old: old.replace(b"<v>", b"<v>\xc2\xb2")),
    "entities": ("xl/workbook.xml", lambda old: old.replace(b"<workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook', 1)),
    "a stamp without its day": (PROPERTIES, lambda old: old.replace(b"rectify_xl.as_of", b"rectify_xl.as_off")),
    "a stamp with no day": (PROPERTIES, saying("as_of", b"2026-13-99")),
    "a stamp in no language": (PROPERTIES, saying("lang", b"../x")),
    "a stamp of endless numbers": (PROPERTIES, saying("last_key", b"9" * 5000)),
    "a stamp of no numbers": (PROPERTIES, saying("files", b"x")),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_a_master_as_no_program_writes_it_is_read_or_refused_in_one_sentence(tmp_path: Path, master: bytes, what: str) -> None:
    part, change = TAMPERED[what]
    path = tmp_path / "m.xlsx"
    path.write_bytes(master)
    patch(path, {part: lambda old: changed if (changed := change(old)) != old else pytest.fail("nothing to change")})
    told(lambda: read_master(path))
    told(lambda: read_base(path, Campaign(), None))


LONG = b"X" * 32_767
STYLES, LEDGER, STRINGS = "xl/styles.xml", "xl/worksheets/sheet2.xml", "xl/sharedStrings.xml"
# What is wrong is told with its place, in words of the office.
TOLD: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "a text that is not there": (
        LEDGER, lambda old: old.replace(b't="s"><v>', b't="s"><v>99999', 1), "工作表“总台账”：A1 所指的文字"
    ),
    "a cut sheet": (LEDGER, lambda old: old[: len(old) // 2], "工作表“总台账”：表格内容已损坏"),
    "a document type": (LEDGER, lambda old: old.replace(b"<worksheet", b"<!DOCTYPE a><worksheet", 1), "工作表“总台账”：内容含有"),
    "no styles": (STYLES, lambda _: b'<styleSheet xmlns="a"/>', "m.xlsx: “历次”中轮次"),
    "deep styles": (STYLES, lambda old: old.replace(b"</styleSheet>", b"<a>" * 999 + b"</a>" * 999 + b"</styleSheet>"), "过深"),
    "a name of a book": (PROPERTIES, saying("campaign", "甲".encode() * 50_000), "……"),
}  # fmt: skip


@pytest.mark.parametrize("what", TOLD)
def test_what_is_wrong_with_a_master_is_told_with_its_place(tmp_path: Path, written: bytes, what: str) -> None:
    part, change, said = TOLD[what]
    (tmp_path / "m.xlsx").write_bytes(written)
    (tmp_path / "campaign.yaml").write_text("name: 整改\n", "utf-8")
    patch(
        tmp_path / "m.xlsx", {part: lambda old: changed if (changed := change(old)) != old else pytest.fail("nothing to change")}
    )
    before = (tmp_path / "m.xlsx").read_bytes()
    done = CliRunner().invoke(main, ["summarize", str(tmp_path / "m.xlsx"), "--campaign", str(tmp_path)])
    assert (done.exit_code, said in done.stderr, done.stderr.count("\n")) == (2, True, 1), done.stderr
    assert len(done.stderr) < 1_500
    assert (tmp_path / "m.xlsx").read_bytes() == before


def test_one_text_in_thousands_of_cells_fills_no_memory(tmp_path: Path, written: bytes) -> None:
    """32,767 characters that stand in 30,000 cells are a gigabyte for whoever writes each of them anew."""
    path = tmp_path / "m.xlsx"
    path.write_bytes(written)
    rows = b"".join(b'<row r="%d"><c r="D%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(900, 7_100))
    patch(path, {
        STRINGS: lambda old: re.sub(rb"<si><t>[^<]*", b"<si><t>" + LONG, old, count=1),
        "xl/worksheets/sheet17.xml": lambda old: old.replace(b"</sheetData>", rows + b"</sheetData>"),
    })  # fmt: skip
    with pytest.raises(RectifyError, match="同样的文字重复太多"):
        read_master(path)


def test_columns_that_are_named_again_and_again_are_walked_once(tmp_path: Path, written: bytes) -> None:
    (tmp_path / "m.xlsx").write_bytes(written)
    many = b'<col min="1" max="16384" width="9" hidden="1"/>' * 20_000
    patch(tmp_path / "m.xlsx", {LEDGER: lambda old: old.replace(b"</cols>", many + b"</cols>")})
    began = time.process_time()
    assert len(read_master(tmp_path / "m.xlsx").tasks) == 1
    assert time.process_time() - began < MOST_SECONDS / 4


def test_a_note_at_the_edge_of_the_overview_is_kept(tmp_path: Path, written: bytes) -> None:
    """Nothing stands to the left of column A; a search for it there found the row's own number."""
    path = tmp_path / "m.xlsx"
    path.write_bytes(written)
    note = b'<row r="90"><c r="A90" t="inlineStr"><is><t>note</t></is></c></row>'
    patch(path, {"xl/worksheets/sheet1.xml": lambda old: old.replace(b"</sheetData>", note + b"</sheetData>")})
    write_master(summarize(path, as_of=date(2026, 11, 28)), path)
    assert openpyxl.load_workbook(path)["汇总"]["A90"].value == "note"


def test_thousands_of_rules_and_sheets_of_the_office_take_their_time_once(tmp_path: Path, written: bytes) -> None:
    """What copying and pasting leaves of conditional formats and dropdowns in a year, and a sheet for every village."""
    path, rules, own = tmp_path / "m.xlsx", count(2_000, 4_000), range(count(80, 200))
    path.write_bytes(written)
    rule = '<conditionalFormatting sqref="A4:C4"><cfRule type="expression" priority="1"><formula>A4=7</formula></cfRule>'
    check = '<dataValidation type="list" sqref="A4"><formula1>"a"</formula1></dataValidation>'
    many = f"{(rule + '</conditionalFormatting>') * rules}<dataValidations>{check * rules}</dataValidations><pageMargins".encode()
    sheets = "".join(f'<sheet name="s{at}" sheetId="{100 + at}" r:id="own{at}"/>' for at in own)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    relations = "".join(f'<Relationship Id="own{at}" Type="{kind}" Target="worksheets/own{at}.xml"/>' for at in own)
    blank = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    patch(path, {
        LEDGER: lambda old: old.replace(b"<pageMargins", many, 1),
        "xl/workbook.xml": lambda old: old.replace(b"</sheets>", sheets.encode() + b"</sheets>"),
        "xl/_rels/workbook.xml.rels": lambda old: old.replace(b"</Relationships>", relations.encode() + b"</Relationships>"),
        **{f"xl/worksheets/own{at}.xml": blank for at in own},
    })  # fmt: skip
    began = time.process_time()
    write_master(summarize(path, as_of=date(2026, 11, 28)), path)
    assert time.process_time() - began < MOST_SECONDS / 2
    kept = parts_of(path.read_bytes(), tmp_path)
    assert kept[LEDGER].count(b"A4=7") == rules
    assert kept[LEDGER].count(b"&quot;a&quot;") + kept[LEDGER].count(b'<formula1>"a"') == rules
    assert f'name="s{own[-1]}"'.encode() in kept["xl/workbook.xml"]


@pytest.mark.slow
def test_hundreds_of_thousands_of_rows_of_nothing_but_looks_take_their_time_once(tmp_path: Path, written: bytes) -> None:
    """What is left of columns that somebody filled with a colour down to the last row of the sheet."""
    path = tmp_path / "m.xlsx"
    path.write_bytes(written)
    looks = b'<row r="%d"><c r="B%d" s="3"/><c r="C%d" s="3"/><c r="D%d" s="3"/></row>'
    rows = [looks % (row, row, row, row) for row in range(900, count(150_000, 500_000))]
    rows[4_100] = b'<row r="5000"><c r="B5000" s="3" t="inlineStr"><is><t>note</t></is></c></row>'
    patch(path, {LEDGER: lambda old: old.replace(b"</sheetData>", b"".join(rows) + b"</sheetData>")})
    began = time.process_time()
    write_master(summarize(path, as_of=date(2026, 11, 28)), path)
    assert time.process_time() - began < MOST_SECONDS
    assert parts_of(path.read_bytes(), tmp_path)[LEDGER].count(b"note") == 1


def test_a_list_handed_in_as_a_master_is_left_out_and_its_unit_is_missing(tmp_path: Path, master: bytes) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "市水务局.xlsx").write_bytes(master)
    report = validate([tmp_path / "in"], workers=1)
    assert [(one.status, one.reason) for one in report.submissions] == [("skipped", "own-output")]


def test_what_was_noted_in_a_look_back_is_text(tmp_path: Path) -> None:
    """A filled-in look-back comes from whoever was on the spot; nothing of it is a formula in the master."""
    tasks = [replace(a_task(str(at), "市水务局", status="已销号"), key=f"T{at:04}") for at in range(1, 4)]
    struck = a_master(tasks)
    path = tmp_path / "回头看.xlsx"
    write_lookback(struck, sample_of(struck, count=3), path)
    book = openpyxl.load_workbook(path)
    sheet = book["回头看"]
    first = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "核查日期")
    noted = ("=1+1", "{{7*7}}", "长" * 32_000)
    for at, note in enumerate(noted, 1):
        for offset, value in enumerate((date(2026, 11, 20), "+甲", "反弹", note)):
            cell = sheet.cell(first.row + at, first.column + offset, value)
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    book.save(path)
    write_master(with_lookback(struck, path), tmp_path / "m.xlsx")
    found = openpyxl.load_workbook(tmp_path / "m.xlsx")["总台账"]
    cells = [cell for row in found.iter_rows() for cell in row if cell.value in noted]
    assert sorted(len(str(cell.value)) for cell in cells) == [4, 7, 32_000]
    assert {cell.data_type for cell in cells} == {"s"}
    assert read_master(tmp_path / "m.xlsx").tasks[0].values["reopened_on"] == date(2026, 11, 20)


def test_a_master_with_a_password_is_said_to_have_one(tmp_path: Path) -> None:
    rows = write_list(tmp_path / "报送" / "a.xlsx", [{}], unit="市水务局")
    write_master(merge([rows.parent], as_of=date(2026, 11, 21)), tmp_path / "开.xlsx")
    locked = tmp_path / "总台账.xlsx"
    with (tmp_path / "开.xlsx").open("rb") as plain, locked.open("wb") as target:
        OOXMLFile(plain).encrypt("secret", target)
    before = locked.read_bytes()
    uses: tuple[Callable[[], object], ...] = (
        lambda: summarize(locked),
        lambda: merge([rows.parent], base=locked, as_of=date(2026, 11, 22)),
        lambda: read_base(locked, Campaign(), date(2026, 11, 22)),
        lambda: dispatch(locked, tmp_path / "下发", as_of=date(2026, 11, 22)),
        lambda: read_master(locked),
    )
    for use in uses:
        with pytest.raises(RectifyError, match=r"总台账\.xlsx: 设有打开密码，读不了；请用 Excel 或 WPS 打开，去掉打开密码"):
            use()
    assert locked.read_bytes() == before
