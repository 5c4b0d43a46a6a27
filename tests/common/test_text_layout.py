from __future__ import annotations

import pytest

from rectify_xl.common import text_layout as layout
from rectify_xl.common.text_layout import column_width, fitted, head_width, line_count, natural_width, row_height, units


@pytest.mark.parametrize(("text", "wide"), [("", 0), ("abc", 3), ("整改", 4), ("整改 a", 6)])
def test_a_chinese_character_is_two_latin_ones(text: str, wide: float) -> None:
    assert units(text) == wide


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("甲乙丙", 8.4, "甲乙丙"),
        ("甲乙丙丁", 8.4, "甲乙…"),
        ("甲\n乙", 10, "甲 乙"),
        ("a b  c", 20, "a b c"),
        ("甲" * 9999, 10, "甲甲…"),
        ("", 10, ""),
    ],
)
def test_what_does_not_fit_a_line_gives_way_to_dots(text: str, width: float, cut: str) -> None:
    assert fitted(text, width) == cut


def test_the_longest_line_decides_the_width() -> None:
    assert natural_width("甲\n甲乙丙\n甲") == 6
    assert natural_width("甲乙") == 4


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("甲" * 3, 10, 1),
        ("甲" * 10, 12.4, 2),
        ("甲\n乙\n\n丙", 20, 4),
        ("甲" * 50 + "\n乙", 22.4, 6),
        ("a" * 7, 11, 1),
        ("C999 unverifiable-target", 24.7, 2),
        ("the long way round a wall", 14.4, 4),
        ("x" * 40, 12.4, 7),
        ("甲乙丙丁戊2026", 12.4, 2),
    ],
)
def test_lines_of_a_wrapped_text(text: str, width: float, lines: int) -> None:
    assert line_count(text, width) == lines


def test_rows_are_neither_flat_nor_endless() -> None:
    assert row_height(1) == layout.MIN_HEIGHT
    assert layout.MIN_HEIGHT < row_height(5) < row_height(8) < layout.MAX_HEIGHT
    assert row_height(1000) == layout.MAX_HEIGHT


def test_a_column_is_as_wide_as_declared_or_as_needed() -> None:
    assert column_width("问题描述", 40, 500) == 40
    assert column_width("问题描述", 40, 10) == 13
    assert column_width("问题描述", 40, 0) == head_width("问题描述") == 7
    assert head_width("Responsible leader") > len("Responsible")
    assert column_width("x" * 999, 999, 9999) == 255
