"""Where two figures of the bulletin count differently it says so; where they agree it says nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.campaign.paper_settings import PaperRules, Threshold
from rectify_xl.papers import write_bulletin, write_notice
from rectify_xl.papers.bulletin import bulletin
from rectify_xl.papers.facts import Facts
from rectify_xl.papers.words import paragraphs, plain
from tests.support.ledgers import AS_OF, CAMPAIGN, a_master, a_task
from tests.support.word import tables, texts, whole

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not


def filled(*tasks: Any, campaign: Campaign = CAMPAIGN, lang: str = "zh", **others: Any) -> dict[str, Any]:
    return bulletin(Facts(a_master(tasks, campaign, **others), lang))


def test_closed_names_the_states_that_it_comprises_where_there_are_several() -> None:
    one = [a_task("1", "市水务局", status="已完成")]
    assert filled(*one)["办结说明"] == ""
    two = [*one, a_task("2", "市水务局", status="已销号")]
    assert filled(*two)["办结说明"] == "已办结包括已完成、已销号。"
    assert filled(*two, lang="en")["办结说明"].startswith(" Closed comprises ")


def test_what_is_done_without_a_state_is_told() -> None:
    said = filled(a_task("7", "市水务局", status=None, completed_on=date(2026, 10, 1)))["办结说明"]
    assert said == "另有1项没有填写整改状态，但写明已经完成（任务7），不计入已办结，也不计入逾期。"


def test_unclear_deadlines_are_told_apart_from_the_figure_of_the_overview() -> None:
    vague, double = a_task("1", "市水务局", flag="undated"), a_task("2", "市水务局", unclear=True)
    done = a_task("3", "市水务局", status="已完成", unclear=True)
    assert filled(vague)["时限不明"]["说明"] == ""
    assert filled(done)["时限不明"]["说明"] == ""  # the paragraph says that all of them are closed
    said = filled(vague, double, done)["时限不明"]["说明"]
    assert said == (
        "3项中，1项没有日期（即总体情况中的“无明确时限”），1项已办结，1项有日期但不够明确，不计入总体情况中的“无明确时限”。"
    )


def test_overdue_tasks_without_a_colour_are_told() -> None:
    campaign = replace(CAMPAIGN, papers=PaperRules(yellow=Threshold(20)))
    found = filled(
        a_task("1", "市水务局", flag="overdue", days=45), a_task("2", "市水务局", flag="overdue", days=9), campaign=campaign
    )
    assert found["预警说明"] == "其余1项逾期任务（任务2）没有达到列入预警的条件。"
    assert found["红色预警"]["说明"] == "；单位后列出其全部逾期任务"


def test_tasks_led_together_are_told_beside_the_units() -> None:
    found = filled(
        a_task("1", "市水务局", "市城管局", flag="overdue", days=45),
        a_task("2", "市水务局", "市城管局", flag="due-soon", days=3),
        a_task("3"),
    )
    assert found["红色预警"]["说明"] == "；共同牵头的分别列出"
    assert found["即将到期单位"] == "市水务局1项、市城管局1项（共同牵头的分别计入各单位）"
    assert found["排名说明"][1] == (
        "任务共3项，各行任务数相加为4项：共同牵头的任务分别计入各单位，没有写明牵头单位或名称有误的1项不在表中。"
    )


def test_nobody_is_asked_for_an_answer_where_there_is_nothing_to_answer(tmp_path: Path) -> None:
    def asked(**others: Any) -> str:
        write_bulletin(a_master([a_task("1", "市水务局", **others)]), tmp_path / "通报.docx")
        (text,) = [text for text in texts(tmp_path / "通报.docx") if text.startswith("请各有关单位")]
        return text

    assert asked() == "请各有关单位对照通报情况抓好落实。"
    assert asked(flag="overdue", days=3).startswith("请各有关单位对照通报情况抓好落实。有逾期任务的单位，于2026年11月27日前")


@pytest.mark.parametrize(("by", "said"), [(None, "立即补报"), (AS_OF, "于2026年11月20日前补报"), (date(2026, 11, 1), "立即补报")])
def test_the_day_for_sending_again_is_the_rounds_or_none(tmp_path: Path, by: date | None, said: str) -> None:
    campaign = replace(CAMPAIGN, round_resend_by=by)
    master = a_master([a_task("1", "市水务局")], campaign, absent=[("东岭县", "未报送")])
    write_bulletin(master, tmp_path / "通报.docx")
    assert said in whole(tmp_path / "通报.docx")
    write_notice(master, "东岭县", tmp_path / "函.docx")
    assert said.replace("于", "在").replace("补报", "报送") in whole(tmp_path / "函.docx")


@pytest.mark.parametrize("length", [14, 15, 20, 30, 45])
def test_the_signature_breaks_a_long_name_into_even_lines(length: int, tmp_path: Path) -> None:
    issuer = ("某市贯彻落实中央生态环境保护督察反馈意见整改工作领导小组办公室某市生态环境保护委员会办公室" * 2)[:length]
    campaign = replace(CAMPAIGN, issuer=issuer)
    master = a_master([a_task("1", "市水务局", flag="overdue", days=3)], campaign)
    write_bulletin(master, tmp_path / "通报.docx")
    said = texts(tmp_path / "通报.docx")
    (signed,) = [text for text in said if text.replace("\n", "") == issuer]
    lines = signed.split("\n")
    assert len(lines) == -(-length // 20)
    assert max(map(len, lines)) <= 20
    assert said[said.index(signed) + 1] == "2026年11月20日"


@pytest.mark.parametrize(
    "technical",
    [
        "=DATE(2026,12,31)", "=A1", "#REF!", "=_xlfn.CONCAT(A1)", '="2026年"&"12月"', "=12*30", "=SUM(#REF!)", "{=SUM(A1)}",
        "#N/A、#N/A",
        "＝DATE（2026，12，31）", "Err:502", "=[1]表!A1", "=TRUE", "=A:A",
        '=IF(A1>0,\n"已完成",\n"整改中")', '=IF(A1>0,"a', "#SPILL!",
    ],
)  # fmt: skip
def test_formulas_and_error_values_stand_in_no_paper(technical: str, tmp_path: Path) -> None:
    assert plain(technical) == ""
    assert paragraphs(f"一是封堵排口\n{technical}") == ["一是封堵排口"]
    task = a_task("1", "市水务局", flag="undated", deadline=technical, problem=technical)
    task = replace(task, subject=technical)
    for write in (
        lambda path: write_bulletin(a_master([task]), path),
        lambda path: write_notice(a_master([task]), "市水务局", path),
    ):
        write(tmp_path / "文.docx")
        cells = [cell for table in tables(tmp_path / "文.docx") for row in table for cell in row]
        assert cells.count("（公式或错误值，无法读取）") == 2
        assert not any(technical.split("\n", maxsplit=1)[0] in text for text in (*texts(tmp_path / "文.docx"), *cells))


@pytest.mark.parametrize(
    "spoken",
    [
        "=2026年底前",
        "= 12月底前完成",
        "#1泵站、#2泵站",
        '="已完成"的说法',
        "=B局牵头",
        "==重点任务==",
        "#NAME?没有",
        "1=2",
        "=3、完善制度",
    ],
)
def test_what_somebody_wrote_stays(spoken: str) -> None:
    assert plain(spoken) == spoken
