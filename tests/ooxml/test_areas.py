from __future__ import annotations

import pytest

from rectify_xl.ooxml.areas import Area, quoted, reference, references, runs


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("A3:J20", Area(3, 1, 20, 10)), ("$B$2", Area(2, 2, 2, 2)), ("$A:$J", None), ("", None), ("#REF!", None),
    ],
)  # fmt: skip
def test_areas_are_read(text: str, area: Area | None) -> None:
    assert Area.read(text) == area
    if area:
        assert Area.read(str(area)) == area


def test_references_come_back_as_they_were_written() -> None:
    area = Area(3, 1, 20, 28)
    assert reference("it's 1", area) == "'it''s 1'!$A$3:$AB$20"
    assert reference("s", Area(2, 2, 2, 2)) == "'s'!$B$2"
    assert references(f"{reference(chr(0x6574), area)},Plain!$B$2,[1]x!A1,'a,b'!C3") == [
        ("\u6574", area), ("Plain", Area(2, 2, 2, 2)), ("[1]x", Area(1, 1, 1, 1)), ("a,b", Area(3, 3, 3, 3)),
    ]  # fmt: skip
    assert references("#REF!") == []
    assert quoted("a'b") == "'a''b'"


def test_cells_below_each_other_are_one_run() -> None:
    assert list(map(str, runs([(3, 1), (2, 1), (5, 1), (2, 2), (3, 1)]))) == ["A2:A3", "A5", "B2"]


def test_areas_know_what_they_cover() -> None:
    area = Area(2, 2, 4, 4)
    assert area.covers(2, 4)
    assert not area.covers(5, 4)
    assert area.meets(Area(4, 4, 9, 9))
    assert not area.meets(Area(5, 1, 9, 9))
    assert area.with_cell(9, 1) == Area(2, 1, 9, 4)
    assert area.up_to(7).right == 7
    assert len(list(area.cells())) == 9
