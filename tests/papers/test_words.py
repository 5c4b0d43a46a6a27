from __future__ import annotations

from datetime import date

import pytest

from rectify_xl.papers.words import counted, cycle, day, numbers, numeral, percent, plain, short, title_lines


def test_days_and_rounds_are_written_as_officials_write_them() -> None:
    assert (day(date(2026, 3, 5)), day(None)) == ("2026年3月5日", "")
    assert (cycle("2026-03"), cycle("第3轮"), cycle("")) == ("2026年3月", "第3轮", "")


def test_numerals() -> None:
    assert [numeral(n) for n in (1, 9, 10, 11, 20, 35)] == ["一", "九", "十", "十一", "二十", "三十五"]


def test_shares() -> None:
    assert (percent(1, 3), percent(0, 0), percent(2, 2)) == ("33.3%", "0%", "100.0%")


def test_task_numbers_are_listed_until_they_are_too_many() -> None:
    assert (numbers(["3", 8]), counted(["3", 8])) == ("任务3、8", "2项\uff08任务3、8\uff09")
    assert numbers(map(str, range(1, 13))) == "任务1、2、3、4、5、6、7、8等12项"
    assert counted(map(str, range(1, 13))) == "12项\uff08任务1、2、3、4、5、6、7、8等\uff09"
    assert (numbers(["3", None]), counted([None])) == ("2项任务", "1项")


def test_nothing_in_a_paper_hides_or_turns_the_direction_of_reading() -> None:
    assert plain("已\u202e成完\u202c，市\u200b水务局\ufdd0") == "已成完，市水务局"


def test_texts_become_one_line_that_xml_can_hold() -> None:
    assert plain("一\n二\t三\x07") == "一 二 三␇"
    assert (short("一二三四五", 5), short("一二三四五六", 5), short(None, 5)) == ("一二三四五", "一二三四…", "")


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于整改任务进展情况的通报", ["关于整改任务进展情况的通报"]),
        ("关于澄湖市省级环保督察反馈问题整改进展情况的通报", ["关于澄湖市省级环保督察", "反馈问题整改进展情况的通报"]),
        (
            "关于加快办理澄湖市贯彻落实省委“三清”专项督察反馈意见整改有关事项的督办函",
            ["关于加快办理澄湖市贯彻落实省委“三清”", "专项督察反馈意见整改有关事项的督办函"],
        ),
    ],
)
def test_titles_break_at_words_into_even_lines(title: str, lines: list[str]) -> None:
    assert title_lines(title).split("\n") == lines


@pytest.mark.parametrize("length", [21, 40, 41, 77])
def test_a_title_without_known_words_still_breaks_and_loses_nothing(length: int) -> None:
    title = "".join(chr(0x4E00 + at) for at in range(length))
    lines = title_lines(title).split("\n")
    assert "".join(lines) == title
    assert max(map(len, lines)) <= 20
    assert max(map(len, lines)) - min(map(len, lines)) <= 1


def test_a_line_of_a_title_begins_with_no_mark_and_ends_with_no_opening_one() -> None:
    title = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉“戌亥”的天地玄黄宇宙洪荒日月盈昃"
    first, second = title_lines(title).split("\n")
    assert second[0] not in "”的"
    assert first[-1] != "“"


@pytest.mark.parametrize("cell", ["=DATE(2026,12,31)", "#REF!", "#N/A", "=B3+1", "='上月'!C4", "=$B$3", "=-SUM(A1:A3)"])
def test_formulas_and_error_values_stand_in_no_paper(cell: str) -> None:
    assert plain(cell) == ""


@pytest.mark.parametrize("text", ["=已完成招标", "== 详见附件", "12#REF 号楼"])
def test_a_text_that_only_begins_like_a_formula_stays(text: str) -> None:
    assert plain(text) == text
