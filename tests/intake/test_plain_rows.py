"""Rows and texts that are taken out of a part before the parser sees it say what the parser would have made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_xl.common.i18n import Text
from rectify_xl.intake.grid import CellCounter
from rectify_xl.intake.readers import xml_stream
from rectify_xl.intake.readers.number_formats import shows
from rectify_xl.intake.readers.plain_rows import without_plain_rows
from rectify_xl.intake.readers.plain_texts import without_looks, without_plain_texts
from rectify_xl.intake.readers.xlsx_sheet import SheetReader, Styles
from rectify_xl.intake.readers.xlsx_strings import Strings
from rectify_xl.intake.readers.xml_stream import parse, whole_tags
from rectify_xl.intake.refusal import Refused
from tests.support.counts import count

if TYPE_CHECKING:
    from collections.abc import Iterator

START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SHEET = (
    '<worksheet xmlns="m"><sheetFormatPr/><sheetData>{}</sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>'
)
PLAIN = (
    '<row r="{0}" spans="1:3"><c r="A{0}" s="1" t="s"><v>0</v></c><c r="B{0}" s="2"/><c r="C{0}" s="2"><v>46000.5</v></c></row>'
)
CELLS = (
    '<c r="A{0}" t="s"><v>1</v></c>', '<c r="B{0}" s="1"><v>0.35</v></c>', '<c r="C{0}" s="2" t="n"><v>46000</v></c>',
    '<c r="D{0}" s="3" t="s"><v>2</v></c>', '<c r="E{0}"/>', '<c r="IW{0}"><v>7</v></c>', '<c r="A9{0}"><v>7</v></c>',
    '<c t="s"><v>1</v></c>', '<c r="F{0}" t="str"><f>A1</f><v>字</v></c>', '<c r="G{0}" t="inlineStr"><is><t>丙</t></is></c>',
    '<c r="H{0}" t="s"><v>9</v></c>',
    '<c r="I{0}" t="e"><v>#N/A</v></c>', '<c r="J{0}"><v>1e3</v></c>', '<c r="K{0}"><v>-</v></c>',
    '<c r="L{0}"><v>&#49;</v></c>', '<c  r="M{0}"><v>1</v></c>', "<c r='N{0}'><v>1</v></c>", '<c r="O{0}"><v>1</v></c>\n',
    '<c r="P{0}"><v>1</v><f>1</f></c>', "注", '<c r="Q{0}"><v>123456789012345678</v></c>',
)  # fmt: skip
ROWS = (
    '<row r="{0}">{1}</row>', '<row r="{0}" ht="0">{1}</row>', '<row hidden="1" r="{0}">{1}</row>', "<row>{1}</row>",
    '<row r="{0}" r="2">{1}</row>', '<row r="{0}"/>', '<row r="{0}"></row>', '<x:row r="{0}">{1}</x:row>',
    '<!-- <row r="{0}">{1}</row> -->', '<row r="{0}" note="&lt;">{1}</row>', "<row r='{0}'>{1}</row>",
    '<row r="1048577">{1}</row>',
    '<row r="{0}">{1}</row>\n', '<row r="{0}" ht="12" customHeight="1">{1}</row>', '<row r="{0}">{1}',
)  # fmt: skip


def read(xml: bytes, *, size: int = 0) -> Any:
    """What is read of a sheet: by the parser alone, or in chunks of some size without its plain rows."""
    strings = Strings()
    strings.texts = ["甲", "", "乙丁"]
    strings.struck = {2: ("乙", "丁")}
    styles = Styles({1: shows(9, None), 2: shows(14, None)}, frozenset({"3"}))
    reader = SheetReader(strings, styles, CellCounter(), date1904=False)
    chunks: Iterator[bytes] = iter([xml])
    if size:
        parts = (xml[at : at + size] for at in range(0, len(xml), size))
        chunks = without_plain_rows(whole_tags(parts), reader.plain_row)
    try:
        with patch.object(xml_stream, "_CHUNK", size):
            parse(chunks, reader)
    except Refused as refusal:
        return refusal.reason
    return dict(reader.cells), reader.merges, reader.hidden_rows, reader.struck, reader.links


rows = st.tuples(
    st.sampled_from((*ROWS, *ROWS[:2] * 8)), st.integers(1, 12), st.lists(st.sampled_from(CELLS), max_size=2),
).map(lambda one: one[0].format(one[1], "".join(cell.format(one[1]) for cell in one[2])))  # fmt: skip
plain = st.integers(1, 12).map(PLAIN.format)


@settings(max_examples=count(150, 3000), deadline=None)
@given(st.sampled_from((START, "\ufeff" + START, "", START + "<!-- -->", START.replace("UTF-8", "GBK"))),
       st.lists(st.one_of(plain, rows, rows), max_size=8), st.integers(40, 900))  # fmt: skip
def test_the_parser_would_have_made_the_same_of_them(start: str, several: list[str], size: int) -> None:
    xml = (start + SHEET.format("".join(several))).encode()
    assert read(xml, size=size) == read(xml)


def test_of_a_list_hardly_anything_is_left_to_the_parser() -> None:
    taken: list[dict[str, str]] = []
    xml = (START + SHEET.format("".join(PLAIN.format(number) for number in range(1, 1001)))).encode()
    left = b"".join(without_plain_rows(whole_tags([xml]), lambda row, _: taken.append(row)))
    assert len(taken) == 1000
    assert left == (START + SHEET.format("")).encode()


TWO = PLAIN.format(2) + PLAIN.format(3)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.format(1) + "<!--" + TWO + "-->",
        PLAIN.format(1) + "<![CDATA[" + TWO + "]]>",
        PLAIN.format(1) + "<?x " + TWO + "?>",
        PLAIN.format(1) + PLAIN.format(2).replace(' spans="1:3"', ' r="2"'),
        PLAIN.format(1) + PLAIN.format(2).replace('"A2"', '"IW2"'),
        PLAIN.format(1) + PLAIN.format(2).replace('"A2"', '"A7"'),
        PLAIN.format(1) + PLAIN.format(2).replace("</c>", "</c>&nothing;", 1),
        PLAIN.format(1) + '<x y="' + TWO + '"/>',
    ],
)
@pytest.mark.parametrize("size", [50, 120, 5000])
def test_what_only_looks_like_a_row_is_left_to_the_parser(content: str, size: int) -> None:
    xml = (START + SHEET.format(content)).encode()
    assert read(xml, size=size) == read(xml)


RUN = "<r><rPr>{}</rPr><t>甲</t></r>"


@pytest.mark.parametrize(
    "looks",
    [
        '<sz val="10"/><rFont val="仿宋"/>', '<strike/><sz val="10"/>', '<sz val="10"/><strike val="0"/>', "<x:strike/>",
        "<b></b>", "", "<!-- <rPr><b/></rPr> -->",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "<si><t><![CDATA[<rPr><b/></rPr>]]></t></si>{}"])
def test_texts_are_the_same_without_the_looks_of_their_runs(looks: str, around: str) -> None:
    items = around.format("<si>" + RUN.format(looks) + RUN.format("<b/><i/>") + "</si>")
    xml = f'{START}<sst xmlns="m" xmlns:x="m">{items}</sst>'.encode()
    alone, thinned = Strings(), Strings()
    parse(iter([xml]), alone)
    parse(without_looks(whole_tags([xml])), thinned)
    assert (thinned.texts, thinned.struck) == (alone.texts, alone.struck)


PLAIN_TEXTS = (
    "<si><t>甲</t></si>", '<si><t xml:space="preserve"> 乙_x000D_ </t></si>', "<si><t> 丙 </t></si>", "<si><t></t></si>",
    '<si><t>丁</t><phoneticPr fontId="1" type="noConversion"/></si>',
)  # fmt: skip
TEXTS = (
    "<si><r><t>甲</t></r></si>", "<si><t>a&amp;b</t></si>", "<si><t>a\r\nb</t></si>",
    "<si><r><rPr><strike/></rPr><t>乙</t></r></si>",
    "<si><t>a]]>b</t></si>", "<si><t>\x01</t></si>", "<si><t>\ufffe</t></si>", "<!-- <si><t>丁</t></si> -->", "<si/>", " ",
    "<si><t>戊</t><rPh><t>己</t></rPh></si>", "<si><t>庚</t></si", "<x:si><t>辛</t></x:si>", "<si><t a='1'>壬</t></si>",
)  # fmt: skip


def texts_of(xml: bytes, *, size: int = 0) -> Any:
    """The shared texts: by the parser alone, or in chunks of some size without the plain ones."""
    strings = Strings()
    chunks: Iterator[bytes] = iter([xml])
    if size:
        parts = (xml[at : at + size] for at in range(0, len(xml), size))
        chunks = without_looks(without_plain_texts(whole_tags(parts), strings.plain_text))
    try:
        with patch.object(xml_stream, "_CHUNK", size):
            parse(chunks, strings)
    except Refused as refusal:
        return refusal.reason
    return strings.texts, strings.struck


@settings(max_examples=count(150, 3000), deadline=None)
@given(st.sampled_from((START, "\ufeff" + START, "", START + "<!-- -->", START.replace("UTF-8", "GBK"))),
       st.lists(st.sampled_from((*PLAIN_TEXTS * 3, *TEXTS)), max_size=16), st.integers(40, 900))  # fmt: skip
def test_the_parser_would_have_read_the_same_texts(start: str, several: list[str], size: int) -> None:
    xml = f'{start}<sst xmlns="m" xmlns:x="m">{"".join(several)}</sst>'.encode()
    assert texts_of(xml, size=size) == texts_of(xml)


def test_texts_that_are_no_utf_8_are_left_to_the_parser() -> None:
    xml = (START + '<sst xmlns="m">' + PLAIN_TEXTS[0] * 5 + "</sst>").encode()
    assert texts_of(xml, size=5000)[0] == ["甲"] * 5
    broken = xml.replace("甲".encode(), b"\xb7\xc6", 1)
    assert texts_of(broken, size=5000) == texts_of(broken)
    assert isinstance(texts_of(broken), Text)


def test_of_shared_texts_hardly_anything_is_left_to_the_parser() -> None:
    taken: list[str] = []
    xml = f'{START}<sst xmlns="m">{"".join(PLAIN_TEXTS) * 200}</sst>'.encode()
    left = b"".join(without_plain_texts(whole_tags([xml]), lambda text, _: taken.append(text)))
    assert len(taken) == 1000
    assert left == f'{START}<sst xmlns="m"></sst>'.encode()
