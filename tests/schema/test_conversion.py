"""Raw cell -> value of its column; what cannot be read is handed back as it is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_xl.common.unreadable import CellError, Rounded, Uncached
from rectify_xl.schema.conversion import blank_to_none, convert, is_bare_date, shown
from rectify_xl.schema.fields import Field
from rectify_xl.schema.loading import load_schema

SCHEMA = load_schema()
NUMBER = Field("number", {"zh": "数"}, "number")
DAY = date(2026, 11, 5)
MOMENT = datetime(2026, 11, 5, 8, 30)  # noqa: DTZ001 - a cell's date has no zone


def same(found: Any, wanted: Any) -> bool:
    return (found, type(found)) == (wanted, type(wanted))


@pytest.mark.parametrize("key", ["problem", "percent", "completed_on", "status", "deadline"])
@pytest.mark.parametrize("raw", [None, "", "  \u3000\n", "/", "——", "无", "…", "-", "\u200b"])
def test_blank(key: str, raw: Any) -> None:
    assert convert(SCHEMA[key], raw) is None


@pytest.mark.parametrize("key", SCHEMA.keys)
@pytest.mark.parametrize("raw", [CellError("#REF!"), Uncached("A1"), Rounded("1" * 18)])
def test_unreadable_cells_stay_what_they_are(key: str, raw: Any) -> None:
    assert convert(SCHEMA[key], raw) is raw


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (" 扬尘\n", "扬尘"),
        (3, "3"),
        (3.0, "3"),
        (3.5, "3.5"),
        (True, "True"),
        (DAY, "2026-11-05"),
        (MOMENT, "2026-11-05 08:30:00"),
    ],
)
def test_text(raw: Any, value: Any) -> None:
    assert same(convert(SCHEMA["problem"], raw), value)


@pytest.mark.parametrize("raw", [46331, 46331.0, 46331.5, "46331", "46331.0"])
def test_the_number_of_a_day_in_the_deadline_column_is_that_day(raw: Any) -> None:
    assert same(convert(SCHEMA["deadline"], raw), DAY)


@pytest.mark.parametrize("raw", [DAY, MOMENT, 20261105, True, float("nan"), "2026年底", "20261105"])
def test_a_deadline_is_never_turned_into_text(raw: Any) -> None:
    assert same(convert(SCHEMA["deadline"], raw), raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (0.8, 0.8),
        (1, 1),
        (0, 0),
        (80, 0.8),
        (100, 1.0),
        ("80%", 0.8),
        ("８０％", 0.8),
        (" 80 % ", 0.8),
        ("1%", 0.01),
        ("0.5", 0.5),
        ("60", 0.6),
        ("1,000", 1000),
        (120, 120),
        (-1, -1),
        ("80%左右", "80%左右"),
        ("已完成", "已完成"),
        ("%", "%"),
        (True, True),
        (float("inf"), float("inf")),
    ],
)
def test_percent(raw: Any, value: Any) -> None:
    assert same(convert(SCHEMA["percent"], raw), value)


NUMBERS = [("12", 12), ("１２", 12), ("1,234.5", 1234.5), ("-3", -3), ("三", "三"), ("1,2", "1,2"), (5, 5)]


@pytest.mark.parametrize(("raw", "value"), NUMBERS)
def test_number(raw: Any, value: Any) -> None:
    assert same(convert(NUMBER, raw), value)


@pytest.mark.parametrize(
    "raw",
    [
        DAY,
        MOMENT,
        "2026-11-05",
        "2026-11-5",
        "2026/11/5",
        "2026.11.5",
        "2026年11月5日",
        "2026 年 11 月 5 日",
        "2026年11月5号",
        "２０２６年１１月５日",
        "2026-11-05 00:00:00",
        "2026-11-05T08:30",
        "20261105",
        20261105,
        46331,
        46331.0,
    ],
)
def test_date(raw: Any) -> None:
    assert same(convert(SCHEMA["completed_on"], raw), DAY)


@pytest.mark.parametrize(
    "raw", ["2026年2月30日", "2026年11月", "11月5日", "已完成", 12, 99999999, 46331.5, True, "2026-13-01", "20261305"]
)
def test_no_date(raw: Any) -> None:
    assert same(convert(SCHEMA["completed_on"], raw), raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("整改中", "整改中"),
        (" 整 改 中 ", "整改中"),
        ("正在整改", "整改中"),
        ("办结。", "已完成"),
        ("申请销号", "申请销号"),
        (1, 1),
    ],
)
def test_choice(raw: Any, value: Any) -> None:
    assert same(convert(SCHEMA["status"], raw), value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (3.0, "3"),
        (0.5, "0.5"),
        (DAY, "2026-11-05"),
        (datetime(2026, 11, 5), "2026-11-05"),  # noqa: DTZ001
        (MOMENT, "2026-11-05 08:30:00"),
        (CellError("#N/A"), "#N/A"),
        (Uncached("A1"), "=A1"),
        (Rounded("9" * 16), "9" * 16),
    ],
)
def test_shown(value: Any, text: str) -> None:
    assert shown(value) == text


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(),
    st.dates(),
    st.datetimes(),
    st.from_regex(r"\d{1,4}[年./-]\d{1,3}[月./-]\d{1,3}日?"),
    st.from_regex(r"-?[\d,.]{1,9}%?"),
)


@given(ANYTHING, st.sampled_from([*SCHEMA.fields, NUMBER]))
def test_conversion_never_fails_and_is_settled_after_once(raw: Any, known: Field) -> None:
    once = convert(known, raw)
    if known.kind not in ("percent", "text", "long_text") and once == once:  # noqa: PLR0124 - not NaN
        assert convert(known, once) == once
    assert isinstance(shown(once), str)


@given(st.text())
def test_blanks_are_trimmed_text(raw: str) -> None:
    value = blank_to_none(raw)
    assert value is None or value == raw.strip(" \t\r\n\u3000\u00a0\u200b\ufeff")


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        ("2026/11/5 星期四", True),
        ("2026-11-05(周四)", True),
        ("二〇二六年十一月五日", True),
        ("二○二六年十一月五号。", True),
        ("2026年11月5日\uff08已验收\uff09", False),
        ("已于2026年11月5日完成整改。", False),
    ],
)
def test_the_one_date_of_a_cell(raw: str, *, bare: bool) -> None:
    assert same(convert(SCHEMA["completed_on"], raw), DAY)
    assert is_bare_date(raw) is bare


@pytest.mark.parametrize(
    "raw",
    [
        "2026年11月5日前",
        "预计2026年11月5日",
        "2026年11月5日、2026年11月6日",
        "未完成(2026年11月5日)",
        "二〇二六年十一月三十一日",
        "二〇二六年十一月",
        "12026-11-05",
        "2026-11-05-1",
    ],
)
def test_a_date_that_is_not_alone_is_left(raw: str) -> None:
    assert same(convert(SCHEMA["completed_on"], raw), raw)
    assert not is_bare_date(raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("100%。", 1.0),
        ("百分之八十", 0.8),
        ("百分之八十五", 0.85),
        ("百分之百", 1.0),
        ("百分之62.5", 0.625),
        ("已完成80%", 0.8),
        ("进度\uff1a80\uff05", 0.8),
        ("约80%", "约80%"),
        ("80%以上", "80%以上"),
        ("60%-80%", "60%-80%"),
        ("百分之十百", "百分之十百"),
    ],
)
def test_the_one_percentage_of_a_cell(raw: str, value: Any) -> None:
    assert same(convert(SCHEMA["percent"], raw), value)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("已完成并长期坚持", "已完成"),
        ("已基本完成", "整改中"),
        ("持续推进中", "整改中"),
        ("未达序时进度", "整改中"),
        ("超序时进度", "整改中"),
        ("完成整改任务", "已完成"),
        ("按序时推进", "整改中"),
        ("正在实施", "整改中"),
        ("已启动", "整改中"),
        ("尚未开工", "未启动"),
        ("未啟動", "未启动"),
        ("已完成(待驗收)", "已完成"),
        ("通过验收", "已验收"),
        ("申请销号", "申请销号"),
        ("申請銷號", "申請銷號"),
        ("快了", "快了"),
    ],
)
def test_the_language_of_statuses(raw: str, value: str) -> None:
    assert same(convert(SCHEMA["status"], raw), value)


@pytest.mark.parametrize(("text", "state"), [
    ("□未启动 ☑整改中 □已完成", "整改中"),
    ("√整改中 □已完成", "整改中"), ("未启动□ 整改中□ 已完成☑", "已完成"), ("已完成(√)整改中( )", "已完成"),
    ("■已完成\n□正在整改\n□未完成", "已完成"), ("☑完成", "已完成"), ("已整改√", "已完成"), ("○整改中 ●已销号", "已销号"),
])  # fmt: skip
def test_the_choice_that_is_ticked(text: str, state: str) -> None:
    assert convert(SCHEMA["status"], text) == state


@pytest.mark.parametrize("text", ["☑整改中 ☑已完成", "□整改中 □已完成", "☑整改中 □其他情况说明", "√", "整改中□已完成"])
def test_boxes_that_tick_nothing_or_too_much_are_left_as_they_are(text: str) -> None:
    assert convert(SCHEMA["status"], text) == text


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("完成（待销号）", "已完成"), ("已完成整改待验收", "已完成"), ("正在推进整改", "整改中"),
        # A figure beside it is not dropped.
        ("整改中（60%）", "整改中（60%）"),
        # Done and kept up is done; a number before the word is that of a list of choices.
        ("已完成整改，长期坚持", "已完成"), ("已销号、长期坚持", "已销号"), ("2.整改中", "整改中"), ("（1）已完成", "已完成"),
        ("整改中，长期坚持", "整改中，长期坚持"), ("已完成，反弹", "已完成，反弹"), ("2.5", "2.5"),
        # Work that goes on is under way; what goes on once it is done is none.
        ("正在施工", "整改中"), ("拆除中", "整改中"), ("正在清淤疏浚中", "整改中"), ("正在招标采购", "整改中"),
        ("正推进", "整改中"), ("招投标进行中", "整改中"),
        ("正在验收", "已完成"), ("已申请销号", "已申请销号"), ("正在公示", "公示中"), ("正在计划", "正在计划"),
        ("已拆除", "已拆除"),
        ("尚在整改", "整改中"), ("仍在施工", "整改中"), ("在办", "整改中"), ("按期推进", "整改中"), ("已清零", "已完成"),
        ("已办理完毕", "已完成"), ("已整改并销号", "已销号"), ("纳入长期整改", "长期坚持"),
        # How it is to be done is no state beside one.
        ("立行立改（已完成）", "已完成"), ("整改中（限期整改）", "整改中"), ("立行立改", "立行立改"),
        # Whoever has yet to accept it, it is done; what is expected of work leaves it where it is.
        ("已完成（待县级验收）", "已完成"), ("已整改，待上级复核", "已完成"), ("未完成，预计11月中旬", "整改中"),
        ("未启动（拟12月进场）", "未启动"), ("已完成，预计12月验收", "已完成，预计12月验收"), ("完成80%", "完成80%"),
        # What contradicts itself, or holds no word of the list, stays as it is.
        ("已完成/整改中", "已完成/整改中"), ("未完成完成", "未完成完成"), ("100%", "100%"),
    ],
)  # fmt: skip
def test_a_state_said_twice(word: str, state: str) -> None:
    assert convert(SCHEMA["status"], word) == state
