"""Where in the original text a deadline stands, and what other text follows it."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

import pytest

from rectify_xl.language.deadline import parse_deadline

ANCHOR = date(2024, 3, 15)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("2024年8月底前。部分镇街垃圾中转站渗滤液直排入河", "部分镇街垃圾中转站渗滤液直排入河"),
        ("立行立改,长期坚持。澜屏河沿线排口底数不清、标识缺失。", "澜屏河沿线排口底数不清、标识缺失。"),
        ("2024年8月底前完成3.霁溪断面水质反弹,沿线截污不彻底", "3.霁溪断面水质反弹,沿线截污不彻底"),
        ("立行立改。(二)建筑工地扬尘管控措施落实不到位", "(二)建筑工地扬尘管控措施落实不到位"),
        ("2024年8月底前。每季度组织一次执法检查行动", ""),
        ("2024年8月底前完成治理。", ""),
        ("完成管网改造的2024年8月底前。并做好路面恢复工作", ""),
        ("没有时间要求的一段普通文字。后面还有一段普通文字", ""),
    ],
)
def test_rest(text: str, rest: str) -> None:
    read = parse_deadline(text, anchor=ANCHOR)
    assert read.rest == rest
    assert ("other-text" in read.reasons) is bool(rest)
    assert not read.ambiguous


def test_words_of_the_rest_are_not_read() -> None:
    read = parse_deadline("立行立改。对群众投诉处置不够及时,巡查力度需要尽快加强", anchor=ANCHOR)
    assert read.kinds == ("immediate",)


def test_used_spans_are_those_of_the_original() -> None:
    text = "請于 ２０２４ 年 8 月底前 完成,長期堅持"
    read = parse_deadline(text, anchor=ANCHOR)
    assert [text[start:end] for start, end in read.used] == ["２０２４ 年 8 月底前", "長期堅持"]


def test_pinyin_glosses_are_dropped() -> None:
    assert parse_deadline("2024年8月底前完成任務(wù)", anchor=ANCHOR).due == (date(2024, 8, 31),)
    assert parse_deadline("長(cháng)期堅(jiān)持", anchor=ANCHOR).kinds == ("long_term",)


def test_to_dict_is_plain_json() -> None:
    read = parse_deadline("每年6月底前,2024年9月前完成", anchor=ANCHOR)
    data = json.loads(json.dumps(read.to_dict(), ensure_ascii=False))
    assert data["due"] == ["2024-08-31"]
    assert data["alternatives"] == ["2024-09-30"]
    assert data["next_due"] == "2024-06-30"
    assert list(data) == [field.name for field in fields(read)]


@pytest.mark.parametrize(("text", "expected"), [("6月底前", True), ("今年底", True), ("2024年6月底前", False), ("汛期前", False)])
def test_yearless(text: str, expected: bool) -> None:
    assert parse_deadline(text, anchor=ANCHOR).yearless is expected
