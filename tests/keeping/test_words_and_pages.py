"""Words that the office marked within cells, what it wrote above and below the pages, and what it calls the document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from rectify_xl.ooxml.cells import is_marked
from rectify_xl.workbook import write_master
from tests.keeping.office_edits import RED, again, edit
from tests.support.workbooks import patch
from tests.workbook.conftest import AS_OF

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # it reaches nothing that the others do not
WORDS = CellRichText("请", TextBlock(InlineFont(b=True, color=RED), "务必"), "督办")


def rewritten(path: Path) -> Any:
    write_master(again(path, AS_OF), path)
    return openpyxl.load_workbook(path, rich_text=True)


def remark_of(book: Any) -> Any:
    ledger = book["总台账"]
    return ledger.cell(4, next(cell.column for cell in ledger[3] if cell.value == "备注"))


def marked(value: Any) -> list[str]:
    return [part.text for part in value if isinstance(part, TextBlock) and part.font.b]


def test_marked_words_stay_marked_time_and_again(path: Path) -> None:
    edit(path, lambda book: setattr(remark_of(book), "value", WORDS))
    for _ in range(2):
        value = remark_of(rewritten(path)).value
        assert str(value) == "请务必督办"
        assert marked(value) == ["务必"]


def test_marked_words_of_a_shared_text_stay(path: Path) -> None:
    edit(path, lambda book: setattr(remark_of(book), "value", "请务必督办"))
    rewritten(path)
    plain, runs = "<t>请务必督办</t>", "<r><t>请</t></r><r><rPr><b/><sz val='10'/></rPr><t>务必</t></r><r><t>督办</t></r>"
    patch(path, {"xl/sharedStrings.xml": lambda part: part.replace(plain.encode(), runs.encode())})
    assert marked(remark_of(openpyxl.load_workbook(path, rich_text=True)).value) == ["务必"]
    assert marked(remark_of(rewritten(path)).value) == ["务必"]


def test_marks_on_words_that_were_replaced_since_are_not_laid_on_others(path: Path) -> None:
    edit(path, lambda book: setattr(remark_of(book), "value", WORDS))
    master = again(path, AS_OF)
    first = replace(master.tasks[0], values={**master.tasks[0].values, "remark": "已督办两次"})
    write_master(replace(master, tasks=(first, *master.tasks[1:])), path)
    assert remark_of(openpyxl.load_workbook(path, rich_text=True)).value == "已督办两次"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ("<r><t>甲</t></r><r><rPr><color rgb='FFFF0000'/></rPr><t>乙</t></r>", True),
        ('<r><rPr><b/></rPr><t>甲</t></r><r><rPr><b val="0"/></rPr><t>乙</t></r>', True),
        ("<r><rPr><b val=\"0\"/><sz val='9'/></rPr><t>甲</t></r><r><t>乙</t></r>", False),
        ("<r><rPr><sz val='9'/><rFont val='仿宋'/></rPr><t>甲</t></r><r><rPr><rFont val='Arial'/></rPr><t>2026</t></r>", False),
        ("<r><t>甲</t></r><r><rPr><u/></rPr><t xml:space='preserve'> </t></r>", False),
        ("<x:r><x:rPr><x:i/></x:rPr><x:t>甲</x:t></x:r><x:r><x:t>乙</x:t></x:r>", True),
        ("<t>甲</t>", False),
    ],
)
def test_marked_is_what_looks_unlike_the_rest(runs: str, *, expected: bool) -> None:
    assert is_marked(f"<si>{runs}</si>".encode()) is expected


def test_headers_and_footers_are_the_offices_where_it_changed_them(path: Path) -> None:
    def change(book: Any) -> None:
        ledger = book["总台账"]
        ledger.oddFooter.center.text = "内部资料 &P"
        ledger.firstHeader.left.text, ledger.HeaderFooter.differentFirst = "密级：内部", True

    before = openpyxl.load_workbook(path)["总台账"].oddFooter.right.text
    edit(path, change)
    for _ in range(2):
        ledger = rewritten(path)["总台账"]
        assert (ledger.oddFooter.center.text, ledger.oddFooter.right.text) == ("内部资料 &P", before)
        assert (ledger.firstHeader.left.text, ledger.HeaderFooter.differentFirst) == ("密级：内部", True)


def test_a_header_that_nobody_changed_shows_the_day_of_today(path: Path) -> None:
    edit(path, lambda book: setattr(book["总台账"].oddFooter.center, "text", "内部资料"))
    ledger = rewritten(path)["总台账"]
    assert AS_OF.isoformat() in ledger.oddHeader.right.text
    write_master(again(path, AS_OF.replace(year=AS_OF.year + 1)), path)
    assert AS_OF.replace(year=AS_OF.year + 1).isoformat() in openpyxl.load_workbook(path)["总台账"].oddHeader.right.text


def test_what_somebody_wrote_into_the_properties_stays(path: Path) -> None:
    def change(book: Any) -> None:
        book.properties.creator, book.properties.keywords, book.properties.title = "整改办", "机密", "第三稿"

    ours = openpyxl.load_workbook(path).properties.title
    edit(path)
    assert (rewritten(path).properties.title, rewritten(path).properties.creator) == (ours, None)
    edit(path, change)
    for _ in range(2):
        properties = rewritten(path).properties
        assert (properties.creator, properties.keywords, properties.title) == ("整改办", "机密", "第三稿")
