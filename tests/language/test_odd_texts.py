"""What a unit types may be nonsense; no reader of cells ever fails over it, since that would end the run for all others."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from rectify_xl.common.figures import whole_number
from rectify_xl.common.text_keys import number_key
from rectify_xl.language.deadline import parse_deadline
from rectify_xl.language.leaders import parse_leaders
from rectify_xl.language.units import parse_units
from rectify_xl.language.units.mask import measure_numbers
from rectify_xl.rules.measure_counts import count_measures
from rectify_xl.schema.conversion import convert
from rectify_xl.schema.loading import load_schema
from rectify_xl.tasks.wording import plain_number, wording_key
from tests.support.counts import count

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.slow

READERS: tuple[Callable[[str], object], ...] = (
    parse_deadline, parse_leaders, parse_units, measure_numbers, number_key, plain_number, wording_key, count_measures,
)  # fmt: skip
# What the readers look for, put together without sense.
_LINES = (
    "十 一 二 百 〇 零 廿 元 1 3 12 99 2026 0 ² ٣ ① 年 月 日 底 前 第 条 项 ( ) （ 【 】 、 , ， - ~ 至 到",
    "每 季度 个 上旬 半 % ％ 分之 牵头 配合 市 局 区 县 水务局 张三 副市长 局长 ： : ； 和 及 等 各 所有 截至",
    "长期 立行立改 即 已完成 号 点 时 T / . 处 多 余 约 亿 万 千 组 负责 领导 责任 双 甲 * 名 同志 任务 措施 落实 整改",
)
WORDS = [word for line in _LINES for word in line.split()]
ODD = ("²", "٣", "①", "9" * 5000, "９" * 5000, "-1", "1e999", "1_0", "NaN", "十" * 3000, "亿" * 3000, "0" * 5000 + "1", "十十")
PLACES = (
    "{}", "2026年{0}月{0}日", "{}个月内", "{}%", "第2-{}条", "市水务局牵头第{}条", "({})封堵", "{}、封堵", "{0}/{0}/{0}", "{}处",
)  # fmt: skip


def check_readers(text: str) -> None:
    for reader in READERS:
        reader(text)
    for known in load_schema().fields:
        convert(known, text)


def test_texts_without_sense() -> None:
    dice = random.Random(14)  # noqa: S311 - not a secret
    for _ in range(count(150, 20_000)):
        check_readers("".join(dice.choices([*WORDS, " ", "\n", "\u3000"], k=dice.randint(1, 14))))


@pytest.mark.parametrize("number", ODD, ids=range(len(ODD)))
def test_odd_numbers(number: str) -> None:
    for place in PLACES:
        check_readers(place.format(number))


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("007", 7), ("²", None), ("٣", None), ("-1", None), ("", None), ("9" * 16, None)]
)
def test_whole_numbers(text: str, value: int | None) -> None:
    assert whole_number(text) == value
