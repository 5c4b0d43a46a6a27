"""Texts made to be tried in every division: no reader of cells takes more than a second for one, however long it is."""

from __future__ import annotations

import time
import unicodedata
from typing import TYPE_CHECKING

import pytest

from rectify_xl.common.text_keys import has_words, heading_key, number_key
from rectify_xl.intake.tables.heading_names import known_fields
from rectify_xl.intake.tables.lines import Line, is_task_number
from rectify_xl.intake.tables.signatures import is_footer, is_note
from rectify_xl.language.deadline import parse_deadline
from rectify_xl.language.leaders import parse_leaders
from rectify_xl.language.pace import read_pace
from rectify_xl.language.units import parse_units
from rectify_xl.rules.cell_texts import says_same
from rectify_xl.rules.measure_counts import count_measures
from rectify_xl.rules.stock_phrases import says_nothing
from rectify_xl.schema.loading import load_schema
from rectify_xl.tasks.wording import number_levels, plain_number, wording_key

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = 30_000


def alone(text: str) -> Line:
    """A row with this text alone."""
    return Line(1, {}, {(1, 1): text})


MOST_SECONDS = 1.0
SCHEMA = load_schema()
# Each with what it was built against; ﷺ is one character that is folded into eighteen.
ATTACKS: list[tuple[Callable[[str], object], str]] = [
    (number_levels, "1" * 40 + "x"),
    (number_levels, "1" * LONG + "x"),
    (number_levels, "一1" * LONG + "x"),
    (number_key, "1" + "(" * LONG + "x"),
    (number_key, "x" + ".、" * LONG + "x"),
    (plain_number, "联系人" + "：" * LONG + "x"),
    (heading_key, "（" * LONG),
    (heading_key, ")" + "(x" * LONG),
    (heading_key, "(\n" * LONG),
    (wording_key, "\n" * LONG + "x"),
    (wording_key, "十" * LONG),
    (wording_key, "（一）" * LONG),
    (wording_key, "\n 。" * LONG),
    (count_measures, "时间：" + "\n" * LONG + "月"),
    (count_measures, "1" + " " * LONG + "x"),
    (parse_leaders, "ﷺ" * LONG),
    (parse_leaders, "张、" * LONG),
    (parse_units, "ﷺ" * LONG),
    (parse_units, "第1条、" * LONG),
    (parse_deadline, "2026年" * LONG),
    (parse_deadline, "每" * LONG + "月"),
    (read_pace, "未达到" * LONG + "序时"),
    (says_nothing, "整改工作" * LONG),
    (says_nothing, "有序推进，" * LONG),
    (lambda text: is_footer(alone(text)), "填报人" + " " * LONG + "x"),
    (lambda text: is_note(alone(text)), "*" + " " * LONG + "x"),
    (is_task_number, "1" * 23 + "!"),
    (lambda text: known_fields(text, SCHEMA), "牵头(" + "( " * LONG),
]


@pytest.mark.parametrize(("reader", "text"), ATTACKS, ids=range(len(ATTACKS)))
def test_a_second_is_enough(reader: Callable[[str], object], text: str) -> None:
    reader(text[:9])  # patterns are compiled on their first use
    began = time.process_time()
    reader(text)
    assert time.process_time() - began < MOST_SECONDS


@pytest.mark.parametrize(
    ("number", "key", "levels"),
    [
        ("第12项", "12", (12,)), ("№ 07.", "7", (7,)), ("六(一)2", "六(一)2", (6, 1, 2)), ("1-2-3", "1-2-3", (1, 2, 3)),
        ("3号", "3", (3,)), ("（四）", "四", (4,)), ("第", "第", ()), ("1.1x", "1.1x", ()), ("号", "号", ()),
        ("1(2)", "1(2)", (1, 2)),
    ],
)  # fmt: skip
def test_numbers_keep_their_keys_and_levels(number: str, key: str, levels: tuple[int, ...]) -> None:
    assert (number_key(number), number_levels(number)) == (key, levels)


def test_lines_and_brackets_keep_their_keys() -> None:
    assert heading_key("整改 时限(按方案)\n(填写到日)") == "整改时限"
    assert heading_key("（责任单位）") == "责任单位"
    assert heading_key("(责任单位") == "(责任单位"
    assert wording_key("18. 北渠淤积\n\n（二）十二处排口\r\n 3、直排") == wording_key("北渠淤积12处排口直排")
    assert count_measures("1、清淤。\n \n 2、护岸；  3.绿化") == 3


def test_a_long_text_is_told_by_its_first_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody folds a page to see that it says something."""
    text = "已封堵两处，" + "继续推进东岸管网改造，" * 5_000
    folded: list[int] = []
    normalize = unicodedata.normalize
    monkeypatch.setattr(unicodedata, "normalize", lambda form, part: folded.append(len(part)) or normalize(form, part))
    assert not says_nothing(text)
    assert not says_same(text)
    assert read_pace(text) is None
    assert has_words(text)
    assert sum(folded) < 20


def test_short_texts_are_told() -> None:
    assert says_nothing("高度重视，有序推进。")
    assert not says_nothing("")
    assert says_same(" 同上。")
    assert not says_same("同上年相比增加")
    assert [has_words(text) for text in ("℃", "①", "。", "＿", "")] == [True, True, False, False, False]
