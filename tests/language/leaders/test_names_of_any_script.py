"""Names in letters of any script are names; what holds anything else is left to the grammar of posts."""

from __future__ import annotations

import pytest

from rectify_xl import parse_leaders


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Иван Петров", ["Иван Петров"]),
        ("Σοφία Νικολάου", ["Σοφία Νικολάου"]),
        ("さとう けん", ["さとう けん"]),
        ("김민준", ["김민준"]),
        ("Nguyễn Văn An", ["Nguyễn Văn An"]),
        ("محمد علي", ["محمد علي"]),
        ("สมชาย ใจดี", ["สมชาย ใจดี"]),
        ("अमित शर्मा", ["अमित शर्मा"]),
        ("Jean-François D’Été", ["Jean-François D’Été"]),
        ("김민준、이서연", ["김민준", "이서연"]),
        ("Иван Петров / Jürgen Müller", ["Иван Петров", "Jürgen Müller"]),
        ("Иван Петров\nОльга Ким", ["Иван Петров", "Ольга Ким"]),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert [leader.name for leader in parse_leaders(text)] == names


@pytest.mark.parametrize("text", ["Иван 123", "—", "…", "Ж", "ß 50 %", "Иван Иванович Петров Сидоров Орлов Смирнов"])
def test_what_is_no_name_in_letters_is_none(text: str) -> None:
    assert all(not leader.name for leader in parse_leaders(text))


def test_a_cell_with_chinese_in_it_is_read_as_before() -> None:
    assert parse_leaders("钟离岳 副市长、Иван")[0].name == "钟离岳"
