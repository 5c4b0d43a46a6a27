"""Every parser takes time in proportion to the length of its text, whatever the text is."""

from __future__ import annotations

import functools
import gc
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest

from rectify_xl.intake.tables.zero import ends_in_zero, is_zero
from rectify_xl.language import LONGEST_CELL
from rectify_xl.language.deadline import parse_deadline, repair_deadline
from rectify_xl.language.leaders import parse_leaders
from rectify_xl.language.text import clean_text, is_plain
from rectify_xl.language.units import Roster, RosterUnit, is_collective, parse_units
from tests.support.counts import count

if TYPE_CHECKING:
    from collections.abc import Callable

    Parser = Callable[[str], object]

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # what is timed is not traced

ROSTER = Roster([RosterUnit(name, name) for name in ("市水利局", "市财政局", "柏渚区", "青棠县")])
#: (parser, length of the shorter text): cells are cut at LONGEST_CELL, texts and names are not
PARSERS: dict[str, tuple[Parser, int]] = {
    "parse_deadline": (lambda text: parse_deadline(text, anchor=date(2026, 3, 10)), LONGEST_CELL // 2),
    "repair_deadline": (repair_deadline, LONGEST_CELL // 2),
    "parse_units": (parse_units, LONGEST_CELL // 2),
    "parse_leaders": (parse_leaders, LONGEST_CELL // 2),
    "is_collective": (is_collective, LONGEST_CELL // 2),
    "Roster.match": (ROSTER.match, LONGEST_CELL // 2),
    "Roster.find_in": (ROSTER.find_in, LONGEST_CELL // 2),
    "clean_text": (clean_text, 8_000),
    "clean_text of a name": (lambda text: clean_text(text, name=True), 8_000),
    "is_plain": (is_plain, 16_000),
    "is_zero": (is_zero, 16_000),
    "ends_in_zero": (ends_in_zero, 16_000),
}
#: what made one of them slow, or is made of what its patterns repeat
PIECES = [
    "*a* ", "/月", "无需", "**a** ", "&", "+", "为", "会同", "一", "__", "第1、", "局—", "雾川、", "单位:", "(", "、(",
    "特", "0报告", "A", "a.", "2024年", "每月5日前", "十、", "持续深入", "市水利局", "市水利局市财政局", "各县区",
    "(nóng)", "縣", "锟斤拷", "鈥", "沈知远副市长", "任组长", "林_", "John Smith ", "责任单位:", "牵头", "等", "和市",
    "由", "20259月", "l月", "较2020年", "待a", "1", "*", "環", "Ã¥", "鍙", "www.", "×", "和", "各县、", "1、", "市 ",
    "市水利局和", "局", "(责任单位:", "一二三", "自本通知", "第三季度末", "1、6、", "林 ", "林知远、", "副市长、",
    "林知远", "(一)", "市委、市政府", "县水利局 林知远;", "移动、", "应建而未",
    "1.2026年5月", "2026年换届", "西坪镇:林岚\n", "(局长)林岚、", "林知远\n局长\n", "按“三管”", "(牵头单位)甲局;",
]  # fmt: skip
#: What doubling the text may cost; 2 is linear.
MOST = 2.5
#: Below, the clock measures the machine and not the parser: with coverage on, five milliseconds vary by a fifth.
SHORTEST = 0.01
RUNS = 5
#: Of the pieces every parser meets one in so many in a short run, its neighbours the others.
STEP = count(4, 1)


def _caches() -> list[functools._lru_cache_wrapper[object]]:
    """The caches of the readers, except of tables that are read once."""
    found = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
    return [one for one in found if one.__module__.startswith("rectify_xl.language") and one.cache_parameters()["maxsize"] != 1]


def _cost(parse: Parser, text: str, caches: list[functools._lru_cache_wrapper[object]], runs: int) -> float:
    """Seconds of processor time: the least of several runs, since a loaded machine only ever adds to it."""
    best = float("inf")
    for _ in range(runs):
        for cache in caches:
            cache.cache_clear()
        gc.disable()
        begin = time.process_time()
        parse(text)
        best = min(best, time.process_time() - begin)
        gc.enable()
    return best


@pytest.mark.parametrize("name", PARSERS)
def test_time_grows_linearly(name: str) -> None:
    parse, length = PARSERS[name]
    parse("市水利局")  # compiles the patterns, loads the tables
    caches = _caches()
    for piece in PIECES[[*PARSERS].index(name) % STEP :: STEP]:
        short, long = ((piece * size)[:size] for size in (length, 2 * length))
        for runs in (1, RUNS, 4 * RUNS):  # measured again before it counts as slow
            twice = _cost(parse, long, caches, runs)
            ratio = twice / max(_cost(parse, short, caches, runs), SHORTEST / 2)
            if twice < SHORTEST or ratio <= MOST:
                break
        else:
            pytest.fail(f"{name} takes {ratio:.1f} times as long for twice {piece!r}, {twice:.3f} s")


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    tail = "立行立改" * 2000
    deadline = parse_deadline("2026年底前" + "x" * LONGEST_CELL + tail, anchor=date(2026, 3, 10))
    assert deadline.due == (date(2026, 12, 31),)
    assert "immediate" not in deadline.kinds
    assert "text-cut" in deadline.reasons
    assert not deadline.ambiguous
    units = parse_units("市水利局、" * 500)
    assert units.names == ("市水利局",)
    assert units.unread.endswith(("市水利局、" * 500)[LONGEST_CELL:])
    assert parse_units("、" * LONGEST_CELL + "市水利局").names == ()
    assert parse_leaders(" " * LONGEST_CELL + "沈知远") == ()
