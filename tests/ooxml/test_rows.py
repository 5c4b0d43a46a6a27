from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_xl.ooxml.cells import write_number, write_text
from rectify_xl.ooxml.rows import Rows
from rectify_xl.ooxml.xml_text import Unsupported

RAW = (
    b'<row r="2" spans="1:3" ht="20"><c r="A2" s="4"><v>1</v></c><c r="C2" t="s"><v>0</v></c></row>\n'
    b'<!-- <row r="9"> --><row r="5"/><row r="7"><c r="B7" t="inlineStr"><is><t><![CDATA[<row r="8">]]></t></is></c></row>'
)


def test_rows_that_are_only_read_keep_their_bytes() -> None:
    rows = Rows(RAW, "")
    assert list(rows.numbers()) == [2, 5, 7]
    assert rows.get(3) is None
    assert rows.cell(2, 3) is not None
    assert rows.cell(2, 2) is None
    assert rows.join() == RAW


def test_a_new_cell_stands_between_its_neighbours() -> None:
    rows = Rows(RAW, "")
    rows.get_or_add_cell(2, 2).set("s", "9")
    rows.get_or_add_cell(2, 5)
    assert rows.join() == RAW.replace(b' spans="1:3"', b"").replace(
        b'<c r="C2" t="s"><v>0</v></c>', b'<c r="B2" s="9"/><c r="C2" t="s"><v>0</v></c><c r="E2"/>'
    )


def test_a_row_as_wide_as_a_sheet_is_filled_in_time() -> None:
    """Each new cell once looked through all of its row, which took 16 s."""
    rows, began = Rows(b'<row r="1"><c r="C1"/></row>', ""), time.process_time()
    for column in (2, *range(1, 16_385)):
        rows.get_or_add_cell(1, column)
    assert time.process_time() - began < 4
    assert b'<c r="A1"/><c r="B1"/><c r="C1"/><c r="D1"/>' in rows.join()
    assert rows.join().endswith(b'<c r="XFD1"/></row>')


def test_new_rows_stand_in_order() -> None:
    rows = Rows(RAW, "")
    for number in (9, 3, 1, 6):
        rows.get_or_add_cell(number, 1)
    rows.get_or_add_cell(5, 1)
    again = Rows(rows.join(), "")
    assert list(again.numbers()) == [1, 2, 3, 5, 6, 7, 9]
    assert rows.join().replace(b'<row r="6"><c r="A6"/></row>', b"").count(b"<row") == 8  # six rows and two that are text


def test_a_row_that_is_made_twice_is_one() -> None:
    rows = Rows(b"", "x:")
    rows.get_or_add_cell(4, 2)
    rows.get_or_add_cell(4, 1)
    assert rows.join() == b'<x:row r="4"><x:c r="A4"/><x:c r="B4"/></x:row>'
    assert list(rows.numbers()) == [4]


def test_addresses_that_are_left_out_are_counted() -> None:
    rows = Rows(b"<row><c/><c r='D1'/><c s='2'/></row><row><c/></row>", "")
    found = rows.get(1)
    assert found is not None
    assert sorted(found.cells) == [1, 4, 5]
    assert rows.cell(2, 1) is not None


def test_of_rows_in_disorder_the_last_of_a_number_counts() -> None:
    rows = Rows(b'<row r="5"/><row r="2"><c r="A2" s="1"/></row><row r="2"><c r="A2" s="2"/></row>', "")
    cell = rows.cell(2, 1)
    assert cell is not None
    assert cell.get("s") == "2"
    rows.get_or_add_cell(3, 1)
    assert rows.join().index(b'r="3"') < rows.join().index(b'r="5"')


def test_rows_of_empty_cells_alone_are_passed_over() -> None:
    raw = (
        b'<row r="1"><c r="A1" s="4"/></row><row r="2"/><row r="3"><c r="A3" s="4"/><c r="C3"><v>1</v></c><c r="D3"><v/></c>'
        b"</row>"
        b'<row r="4" s="3"><c r="B4" s="4"/></row><row><c r="A5"></c></row><row r="9"><c r="A9" t="inlineStr"><is/></c></row>'
        b'<row r="6"><c r="A6"/></row>'
    )
    assert list(Rows(raw, "").filled()) == [3, 5, 9]
    prefixed = raw.replace(b"<row", b"<x:row").replace(b"</row", b"</x:row").replace(b"<c", b"<x:c").replace(b"</c", b"</x:c")
    assert list(Rows(prefixed, "x:").filled()) == [3, 5, 9]
    assert list(Rows(raw[: raw.index(b'<row r="3"')], "").filled()) == []
    assert list(Rows(RAW, "").filled()) == [2, 5, 7]  # where comments stand, what looks like an end may be none


def test_a_removed_cell_is_gone() -> None:
    rows = Rows(RAW, "")
    rows.remove_cell(2, 1)
    rows.remove_cell(40, 1)
    assert rows.join() == RAW.replace(b'<c r="A2" s="4"><v>1</v></c>', b"")


def test_cells_are_found_by_their_style() -> None:
    raw = b'<row r="1"><c s="3" r="A1"/><c r="B1" s="30"/><c r="C1"/></row><row r="2" s="3"><c r=\'D2\' t="s" s=\'3\'/></row>'
    rows = Rows(raw, "")
    assert list(rows.styled({3})) == [(1, 1), (2, 4)]


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("aside", ["", "<!-- -->"])
@pytest.mark.parametrize(
    "cells",
    [
        '<c r="A2" s="3" t="s"><v>1</v></c><c r="AB2" s="30"/><c r="C2"><f>A2&lt;1</f><v>2</v></c>',
        '<c t="str" s="3" r="A2"><v>:c </v></c><c\nr="AB2" s="30" cm="1"/><c r=\'C2\'/><c><v>4</v></c>',
        "",
    ],
)
def test_a_cell_is_looked_up_as_it_is_parsed(cells: str, aside: str, prefix: str) -> None:
    cells = cells.replace("<c", f"<{prefix}c").replace("</c", f"</{prefix}c")
    raw = f'<{prefix}row r="1" s="7"/>{aside}<{prefix}row r="2">{cells}</{prefix}row>'.encode()
    looked, parsed = Rows(raw, prefix), Rows(raw, prefix)
    for column in (1, 2, 3, 28):
        one, other = looked.look(2, column), parsed.cell(2, column)
        assert (one.join() if one else None) == (other.join() if other else None)
    row = parsed.get(2)
    assert row is not None
    said = {column: int(cell.get("s", "0")) for column, cell in row.cells.items() if cell.get("r")}
    assert looked.styles(2) == said
    assert looked.styles(1) == looked.styles(40) == {}
    assert list(looked.addresses()) == [(2, column) for column in said]
    assert (looked.attributes(1), looked.attributes(40)) == ({"r": "1", "s": "7"}, {})
    looked.get_or_add_cell(2, 5).set("s", "6")
    changed = looked.look(2, 5)
    assert changed is not None
    assert changed.get("s") == "6"


def test_rows_of_the_same_styles_share_them() -> None:
    rows = Rows(b'<row r="1"><c r="A1" s="3"/></row><row r="2"><c r="A2" s="3"/></row><row r="3"><c r="A3" s="4"/></row>', "")
    assert rows.styles(1) is rows.styles(2)
    assert rows.styles(1) != rows.styles(3)


@pytest.mark.parametrize("raw", [b'<row r="1"><c/>', b'<row r="1"><row r="2"/></row>', b'<row r="1"><c/></row'])
@pytest.mark.parametrize("aside", [b"", b"<!-- -->"])
def test_rows_that_do_not_match_are_refused(raw: bytes, aside: bytes) -> None:
    with pytest.raises(Unsupported):
        Rows(raw + aside, "").get(1)


def test_an_end_without_a_row_is_refused() -> None:
    with pytest.raises(Unsupported):
        Rows(b"<!-- --></row>", "")


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_both_ways_of_looking_find_the_same_rows(prefix: str) -> None:
    raw = (
        ('<x:row r="2" ht="3"><x:c r="A2"/></x:row><x:row ht="1" r=\'4\'/><x:row/><x:row r="9" a="&lt;row>"></x:row ><x:rows/>')
        .replace("x:", prefix)
        .encode()
    )
    plain, careful = Rows(raw, prefix), Rows(raw + b"<!-- -->", prefix)
    assert list(plain.numbers()) == list(careful.numbers()) == [2, 4, 5, 9]
    for rows in (plain, careful):
        for number in (2, 4, 5, 9):
            rows.get_or_add_cell(number, 3)
    assert careful.join() == plain.join() + b"<!-- -->"


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(Unsupported):
        Rows(b'<row r="1"><c r="11"/></row>', "").get(1)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 12)), max_size=30))
def test_any_order_of_writing_gives_rows_and_cells_in_order(cells: list[tuple[int, int]]) -> None:
    rows = Rows(RAW, "")
    for at, (row, column) in enumerate(cells):
        if at % 2:
            write_number(rows.get_or_add_cell(row, column), at)
        else:
            write_text(rows.get_or_add_cell(row, column), f"text {at}")
    again = Rows(rows.join(), "")
    numbers = list(again.numbers())
    assert numbers == sorted(set(numbers))
    for number in numbers:
        found = again.get(number)
        assert found is not None
        assert list(found.cells) == sorted(found.cells)
    assert {(row, column) for row, column in cells} <= {(row, at) for row in numbers for at in again.get(row).cells}  # type: ignore[union-attr]


def test_a_cell_is_looked_at_in_any_order_and_told_from_a_text_that_says_its_address() -> None:
    rows = Rows(
        b'<row r="3"><c r="A3" t="str"><v> r="B3"&lt;</v></c><c r="B3"><v>2</v></c><c r="C3" s="1"/></row><row r="4"/>', ""
    )
    for column, said in ((3, b'<c r="C3" s="1"/>'), (2, b'<c r="B3"><v>2</v></c>'), (3, b'<c r="C3" s="1"/>')):
        found = rows.look(3, column)
        assert found is not None
        assert found.join() == said
    assert rows.look(3, 4) is None
    assert rows.look(4, 1) is None
