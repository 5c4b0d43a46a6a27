"""No result of a parser holds a character that its text did not: no private mark, no half of a word that was put in."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_xl.language.deadline import parse_deadline
from rectify_xl.language.leaders import parse_leaders
from rectify_xl.language.text import clean_text
from rectify_xl.language.units import parse_units
from tests.support.counts import count

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = pytest.mark.slow

#: the characters that a parser could use for itself, as a hostile cell may hold them
_CODES = (*range(0xFFEF, 0x10000), 0xE000, 0xF8FF, 0xF0000, 0xF0001, 0xF00FF, 0xFFFFD, 0x100000, 0x10FFFD)
PRIVATE = [chr(code) for code in _CODES]
PARTS = [
    "市水利局", "林业局", "雾川", "澜屏县政府", "各县区(功能区)人民政府(管委会)", "牵头", "配合", "负责", "会同", "由",
    "和", "等", "等3个县区", "责任单位:", "牵头单位——", "(主)", "(第1、8条)", "【牵头】", "第一责任单位为牵头单位",
    "措施1、2", "市委组织部", "沈知远", "阿依古丽·买买提", "副市长", "同志", "任组长", "(女,副局长)", "责任人:", "A角",
    "2026年", "9月底前", "20269月底前", "l2月", "三个工作日内", "长期坚持", "每月5日前", "汛期前", "分别", "第二天",
    "、", ",", "\uff0c", ";", "。", "/", "(", ")", "\uff08", "·", "—", ":", "1.", "①", "★", "\u200b", "縣", "(nóng)",
    "\n", " ", "\u3000", "苏 晴", "John Smith", "组 长:",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(exclude_categories=()), max_size=20),
    st.lists(st.one_of(st.sampled_from(PARTS), st.sampled_from(PRIVATE), st.characters()), max_size=14).map("".join),
)


def _foreign(results: Iterable[str], text: str) -> set[str]:
    """The characters of results that a text holds neither as written nor cleaned and normalised."""
    cleaned = clean_text(text).cleaned
    held = {*text, *cleaned, *unicodedata.normalize("NFKC", text), *unicodedata.normalize("NFKC", cleaned)}
    return set().union(*results) - held


@settings(max_examples=count(60, 1000), deadline=None)
@given(TEXTS)
def test_deadlines(text: str) -> None:
    read = parse_deadline(text, anchor=date(2026, 3, 10))
    assert read.text == text
    assert read.rest in text


@settings(max_examples=count(80, 1000), deadline=None)
@given(TEXTS)
def test_units(text: str) -> None:
    units = parse_units(text)
    assert not _foreign([*units.names, *units.expanded], text + "委")  # 组织部 beside 市教育局 is 市委组织部
    assert not _foreign([units.unread], text + " ")


@settings(max_examples=count(80, 1000), deadline=None)
@given(TEXTS)
def test_leaders(text: str) -> None:
    leaders = parse_leaders(text)
    assert not _foreign([part for leader in leaders for part in (leader.name, *leader.titles)], text + " ")  # of John and Smith
