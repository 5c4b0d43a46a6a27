"""What a text says of the pace: words of now, and nothing where it is a wish, of another month, or both."""

from __future__ import annotations

import pytest

from rectify_xl.language.pace import read_pace


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        ("管网改造完成三公里,达到序时进度。", "on"),
        ("已达到序时进度要求", "on"),
        ("按序时进度推进:衬砌完成40%", "on"),
        ("符合时序进度", "on"),
        ("总体达到序时进度", "on"),
        ("未达到序时进度", "behind"),
        ("因资金不到位，未能达到序时进度", "behind"),
        ("没有完成序时进度", "behind"),
        ("工程量过大,达不到序时进度", "behind"),
        ("滞后于序时进度", "behind"),
        ("完成率低于序时进度10个百分点", "behind"),
        ("序时进度明显滞后", "behind"),
        ("超序时进度", "ahead"),
        ("快于序时进度，提前完成主体", "ahead"),
        ("上月未达到序时进度，本月已达到序时进度", "on"),
        ("已完成六成，达到序时进度，下一步确保达到序时进度", "on"),
        ("力争年底前达到序时进度", None),
        ("确保按序时进度推进", None),
        ("督促施工单位达到序时进度", None),
        ("基本达到序时进度", None),
        ("是否达到序时进度", None),
        ("上月未达到序时进度", None),
        ("一标段达到序时进度,二标段未达到序时进度", None),
        ("计划进度为60%,实际40%", None),
        ("已封堵四处排口", None),
        ("", None),
    ],
)
def test_prose(text: str, pace: str | None) -> None:
    assert read_pace(text) == pace


@pytest.mark.parametrize(
    ("word", "pace"),
    [
        ("提前", "ahead"), ("超序时进度/提前", "ahead"), ("整改中（达到序时进度）", "on"), ("正常推进", "on"), ("滞后", "behind"),
        ("未达序时", "behind"), ("整改中", None), ("基本完成", None), ("提前、滞后", None),
    ],
)  # fmt: skip
def test_a_word_of_the_status(word: str, pace: str | None) -> None:
    assert read_pace(word, is_status=True) == pace
    assert word in ("未达序时", "整改中（达到序时进度）", "超序时进度/提前") or read_pace(word) is None


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    assert read_pace("序时进度" * 8000) is None
