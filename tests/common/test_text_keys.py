"""Normal forms for comparison."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rectify_xl.common.text_keys import heading_key, is_blank_text, number_key, text_key

BLANK = [
    "", " ", "\u3000", "/", "／", "//", "\\", "-", "－－", "—", "——", "————", "–",
    "无", "无。", "无.", "一一", "、", "…", "……", "...", "· · ·", "\u200b", "/ /",
]  # fmt: skip


@pytest.mark.parametrize("text", BLANK)
def test_blank(text: str) -> None:
    assert is_blank_text(text)


@pytest.mark.parametrize("text", ["0", "一", "暂无", "无异味", "*", "****", "?", "-1", "1/2", "○", "√"])
def test_not_blank(text: str) -> None:
    assert not is_blank_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "整改时限",
        "整改\n时限",
        " 整 改 时 限 ",
        "整改时限:",
        "*整改时限",
        "整改时限(年月日)",
        "整改时限（精确到日）",
        "【整改时限】",
        "整改/时限",
    ],
)
def test_heading(text: str) -> None:
    assert heading_key(text) == "整改时限"


def test_a_heading_all_in_brackets_keeps_its_words() -> None:
    assert heading_key("(备注)") == "备注"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("1", "1"), ("１", "1"), ("01", "1"), ("1.", "1"), ("1、", "1"), ("第1项", "1"), ("(1)", "1"), ("（1）", "1"),
        ("No.1", "1"),
        ("№1", "1"),
        ("1号", "1"), ("#1", "1"), ("0", "0"), ("00", "0"), ("1-1", "1-1"),
         ("1.1", "1.1"), ("六(一)", "六(一)"),
         ("一", "一"),
        ("", ""), ("( )", "()"), ("ZG-01", "ZG-01"),
    ],
)  # fmt: skip
def test_number(text: str, key: str) -> None:
    assert number_key(text) == key


def test_text() -> None:
    assert text_key(" 东河排口,异味!（A）") == text_key("东河排口异味(a)") == "东河排口异味a"


@given(st.text())
@example("İ")  # folds to an i and a dot of its own, which is no letter
def test_keys_are_settled_after_once(text: str) -> None:
    for key in (heading_key, text_key, number_key):
        assert isinstance(key(text), str)
    assert text_key(text_key(text)) == text_key(text)
