from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_xl.ooxml.cells import (  # fmt: skip
    SharedStrings,
    change_text,
    escaped,
    has_formula,
    is_blank,
    rich_text,
    shared_strings,
    text_of,
    unescaped,
    write_number,
    write_text,
)
from rectify_xl.ooxml.xml_tree import Node, parse

STRINGS = (
    b'<?xml version="1.0"?><sst xmlns="m" count="3"><si><t xml:space="preserve"> one </t></si><si/>'
    b"<si><r><rPr><b/></rPr><t>bold</t></r><r><t> plain</t></r><rPh sb='0' eb='1'><t>ph</t></rPh></si></sst>"
)


def node(raw: bytes) -> Node:
    (found,) = parse(raw)
    assert isinstance(found, Node)
    return found


def test_shared_strings_are_cut_out_by_their_index() -> None:
    strings = shared_strings(STRINGS)
    texts = [text_of(item) if (item := strings.item(index)) else None for index in range(-1, 4)]
    assert texts == [None, " one ", "", "bold plain", None]


@pytest.mark.parametrize(
    ("items", "found"),
    [
        (b"<si><t>a</t></si><si /><si x='>'><t>b</t></si ><si><t>c</t></si>", ["a", "", "b", "c"]),
        (b"<!-- <si><t>no</t></si> --><si><t>a</t></si>", ["a"]),
        (b"<si><t>a</t></si><x:si xmlns:x='m'><t>b</t></x:si>", ["a", "b"]),
        (b"<x:si xmlns:x='m'><t>a</t></x:si><si><t>b</t></si>", ["a", "b"]),
        (b"<si><t>a<![CDATA[</si><si>]]></t></si><si><t>b</t></si>", ["a", "b"]),
        (b"", []),
    ],
)
def test_shared_strings_are_found_however_they_are_written(items: bytes, found: list[str]) -> None:
    strings = shared_strings(b'<?xml version="1.0"?><sst xmlns="m">' + items + b"</sst>")
    held = [strings.item(index) for index in range(len(found) + 1)]
    assert held.pop() is None
    texts = [text_of(item).partition("<")[0] if item else None for item in held]
    assert texts == found


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (b'<c t="s"><v>2</v></c>', "bold plain"),
        (b'<c t="inlineStr"><is><t>in_x000A_line</t></is></c>', "in\nline"),
        (b"<c><v>5</v></c>", None),
        (b'<c t="str"><f>A1</f><v>x</v></c>', None),
        (b'<c t="s"><v>x</v></c>', None),
        (b"<c/>", None),
    ],
)
def test_only_texts_are_texts(cell: bytes, text: str | None) -> None:
    rich = rich_text(node(cell), shared_strings(STRINGS))
    assert (None if rich is None else text_of(rich)) == text


def test_formulas_and_blanks_are_told() -> None:
    assert has_formula(node(b"<c><f>A1</f></c>"))
    assert not has_formula(node(b"<c><v>1</v></c>"))
    assert is_blank(node(b'<c s="3"/>'))
    assert not is_blank(node(b"<c><f/></c>"))


def test_a_new_wording_keeps_the_looks_of_what_stays() -> None:
    rich = node(b"<si><r><rPr><b/></rPr><t>  City </t></r><r><rPr><i/></rPr><t>bureau  </t></r><phoneticPr/></si>")
    change_text(rich, "City bureau")
    assert rich.join() == (
        b'<si><r><rPr><b/></rPr><t xml:space="preserve">City </t></r>'
        b'<r><rPr><i/></rPr><t xml:space="preserve">bureau</t></r></si>'
    )


@given(st.text("abc x", min_size=1), st.text("abc x", min_size=1), st.text("abc xyz"))
def test_any_new_wording_is_what_is_asked_for(left: str, right: str, new: str) -> None:
    rich = node(f"<si><r><t>{left}</t></r><r><t>{right}</t></r></si>".encode())
    change_text(rich, new)
    assert text_of(rich) == new


def test_a_written_text_keeps_the_runs_it_had() -> None:
    cell = node(b'<c r="A1" s="7" t="s" cm="1"><v>2</v></c>')
    write_text(cell, "bold", rich_text(cell, shared_strings(STRINGS)))
    assert cell.join() == (
        b'<c r="A1" s="7" t="inlineStr"><is><r><rPr><b/></rPr><t>bold</t></r><r><t xml:space="preserve"></t></r></is></c>'
    )


def test_runs_under_another_prefix_are_not_taken_over() -> None:
    cell = node(b'<x:c r="A1"/>')
    write_text(cell, "new", node(b"<si><r><t>old</t></r></si>"))
    assert cell.join() == b'<x:c r="A1" t="inlineStr"><x:is><x:t xml:space="preserve">new</x:t></x:is></x:c>'


def test_a_number_takes_the_place_of_a_text() -> None:
    cell = node(b'<c r="A1" s="7" t="s"><v>2</v></c>')
    write_number(cell, 46000)
    assert cell.join() == b'<c r="A1" s="7"><v>46000</v></c>'


@given(st.text())
def test_every_text_survives_its_escapes(text: str) -> None:
    assert unescaped(escaped(text)) == text


def test_no_strings_are_no_strings() -> None:
    assert SharedStrings().item(0) is None
