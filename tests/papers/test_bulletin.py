from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.campaign.paper_settings import PaperRules, Threshold
from rectify_xl.campaign.settings import Campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.workdays import LastDay, WorkCalendar
from rectify_xl.ledger.records import Round
from rectify_xl.papers import write_bulletin
from rectify_xl.papers.bulletin import bulletin
from rectify_xl.papers.facts import Facts
from tests.support.ledgers import CAMPAIGN, a_master, a_task, in_doubt
from tests.support.word import tables, texts, whole, zh

if TYPE_CHECKING:
    from pathlib import Path

TASKS = [
    a_task("1", "市水务局", flag="overdue", days=45),
    a_task("2", "市水务局", "市城管局", flag="overdue", days=12, leaders=("方砚", "柳青禾", "竹影", "苏木")),
    a_task("3", "市水务局", status="已销号"),
    a_task("4", "市城管局", flag="due-soon", days=9),
    a_task("5", "市城管局", flag="undated", deadline="尽快完成"),
    a_task("6", "市林业局", leaders=()),
    a_task("7", "市林业局", status="已完成", leaders=(), unclear=True, deadline="已整改到位"),
    a_task("8", "www.example.com博彩平台"),
]
ABSENT = [("东岭县", "未报送"), ("西湾区", "逾期报送", date(2026, 11, 19)), ("市供水公司", "仅配合，未报送")]


def filled(entries: list[Any] = TASKS, campaign: Campaign = CAMPAIGN, **others: Any) -> dict[str, Any]:
    return bulletin(Facts(a_master(entries, campaign, **others)))


def written(path: Path, entries: list[Any] = TASKS, campaign: Campaign = CAMPAIGN, **others: Any) -> Path:
    write_bulletin(a_master(entries, campaign, **others), path / "通报.docx")
    return path / "通报.docx"


def said(path: Path, start: str) -> str:
    """The paragraph that begins so."""
    (found,) = [text for text in texts(path) if text.startswith(zh(start))]
    return found


def test_the_figures_are_those_of_the_summary(tmp_path: Path) -> None:
    text = said(written(tmp_path), "澄湖市环保督察反馈问题整改共有任务8项")
    for figure in ("已办结2项", "办结率25.0%", "逾期2项", "30天内到期1项", "无明确时限1项", "整改中6项、已完成1项、已销号1项"):
        assert figure in text


def test_red_and_yellow_name_units_with_their_tasks(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert said(path, zh("（一）红色")) == zh(
        "（一）红色预警。逾期30天以上的任务1项，列入红色预警的单位1个（见附件2；单位后列出其全部逾期任务）："
    )
    assert said(path, "1.市水务局") == zh("1.市水务局：逾期2项（任务1、2），最长45天。")
    assert "其他逾期1天以上的任务1项" in said(path, zh("（二）黄色"))
    assert said(path, "1.市城管局") == zh("1.市城管局：逾期1项（任务2），最长12天。")
    assert zh("30天内到期的任务1项：市城管局1项") in said(path, zh("（三）即将到期"))


def test_alerts_are_listed_in_order_with_their_colour_in_words(tmp_path: Path) -> None:
    rows = tables(written(tmp_path))[1]
    assert [row[:2] for row in rows] == [["预警", "编号"], ["红", "1"], ["黄", "2"], ["蓝", "4"]]
    assert [row[-1].split("\n")[-1] for row in rows[1:]] == ["逾期45天", "逾期12天", "剩9天"]
    assert rows[2][4] == "方砚等4人"


def test_late_tasks_below_every_threshold_are_listed_without_a_colour() -> None:
    campaign = replace(CAMPAIGN, papers=PaperRules(yellow=Threshold(20)))
    found = filled(campaign=campaign)
    assert [row["预警"] for row in found["预警任务"]] == ["红", "—", "蓝"]
    assert found["黄色预警"] == {"项数": 0, "存疑": "", "单位": [], "单位数": 0, "说明": ""}
    assert found["预警说明"] == "其余1项逾期任务（任务2）没有达到列入预警的条件。"


def test_units_that_did_not_report_are_named(tmp_path: Path) -> None:
    campaign = replace(CAMPAIGN, round_due=date(2026, 11, 18))
    path = written(tmp_path, campaign=campaign, absent=ABSENT)
    assert zh("下列1个单位未报送整改进展情况，予以通报：东岭县。") in said(path, zh("截至2026年11月20日，下列"))
    assert said(path, "下列1个单位在") == zh("下列1个单位在2026年11月18日之后报送：西湾区（11月19日填报）。")
    assert "市供水公司" not in whole(path)


def test_reporting_without_absences_and_without_a_roster(tmp_path: Path) -> None:
    assert "应报送的单位均已按时报送。" in texts(written(tmp_path))
    assert "本期未核对各单位报送情况。" in texts(written(tmp_path, campaign=Campaign()))


def test_a_unit_that_leads_nothing_may_bear_a_colour_for_not_reporting() -> None:
    campaign = replace(CAMPAIGN, papers=PaperRules(not_reported="yellow"))
    units = filled(campaign=campaign, absent=[*ABSENT, ("市城管局", "未报送")])["黄色预警"]["单位"]
    assert [(one["序号"], one["名称"], one["情况"]) for one in units] == [
        (1, "市城管局", zh("逾期1项（任务2），最长12天，未报送整改进展情况")),
        (2, "东岭县", "未报送整改进展情况"),
    ]


def test_unclear_deadlines_and_missing_leaders_are_told_by_unit_and_closed_ones_set_apart(tmp_path: Path) -> None:
    path = written(tmp_path)
    unclear = said(path, zh("（一）整改时限不明确"))
    assert zh("整改时限不明确的任务2项，除已办结的1项外，还有1项，需明确到年月日：市城管局1项（任务5）") in unclear
    assert zh("缺责任领导的任务2项，除已办结的1项外，还有1项，需明确一名责任领导：市林业局1项（任务6）") in said(
        path, zh("（二）缺责任")
    )
    assert [row[0] for row in tables(path)[2]] == ["编号", "5", "6"]
    assert [row[-1] for row in tables(path)[2][1:]] == ["整改时限", "责任领导"]


def test_closed_tasks_alone_are_only_mentioned(tmp_path: Path) -> None:
    path = written(tmp_path, [TASKS[6]])
    assert said(path, zh("（一）整改时限")) == zh("（一）整改时限不明确。整改时限不明确的任务1项，均已办结。")
    assert len(tables(path)) == 1


def test_an_advertisement_is_printed_nowhere(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert "example.com" not in whole(path)
    assert zh("有1项任务没有写明牵头单位或牵头单位名称有误（任务8）") in said(path, "有1项")


def test_enclosures_are_numbered_and_a_single_one_is_not(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert [text for text in texts(path) if re.match(r"附件\d$", text)] == ["附件1", "附件2", "附件3"]
    assert said(path, zh("附件：")) == zh("附件：1.各单位任务完成情况")
    alone = written(tmp_path, [a_task("1", "市水务局")])
    assert said(alone, zh("附件：")) == zh("附件：各单位任务完成情况")
    assert "附件" in texts(alone)


def test_an_empty_ledger_is_a_short_bulletin(tmp_path: Path) -> None:
    path = written(tmp_path, [], Campaign())
    assert tables(path) == []
    assert "本期没有任务。" in texts(path)
    assert zh("各项任务均未写明牵头单位，本期不分单位统计。") in texts(written(tmp_path, [a_task("1")], Campaign()))
    path = written(tmp_path, [], Campaign())
    assert said(path, "整改任务共有任务0项").endswith(zh("按整改状态分：无。"))
    assert zh("（发文机关）") in texts(path)


def test_small_units_are_not_ranked_and_told_why(tmp_path: Path) -> None:
    path = written(tmp_path, [a_task("1", "市水务局")])
    assert zh("本期没有任务数不少于3项的单位，不作排名。各单位完成情况见附件。") in texts(path)
    assert tables(path)[0][1] == ["—", "市水务局", "1", "0", "0.0%", "0", "—", "—"]
    assert zh("任务少于3项的单位不参加排名，以免一项任务决定名次。") in texts(path)


def test_the_change_since_the_last_round_is_told(tmp_path: Path) -> None:
    history = (Round("2026-09", date(2026, 9, 20), 8, 0, 9, 0, 0), Round("2026-10", date(2026, 10, 20), 8, 1, 2, 0, 0))
    text = said(written(tmp_path, rounds=history), "澄湖市环保督察反馈问题整改共有")
    assert text.endswith(zh("与上期（2026年10月）相比，已办结增加1项，逾期持平。"))
    assert filled(rounds=(Round("", date(2026, 9, 20), 8, 0, 9, 0, 0),))["上期"] == {
        "名称": "截至2026年9月20日", "已办结": "增加2项", "逾期": "减少7项",
    }  # fmt: skip


def test_the_reply_is_due_with_the_round_else_after_working_days() -> None:
    assert filled(campaign=replace(CAMPAIGN, round_due=date(2026, 11, 25)))["答复期限"] == "2026年11月25日"
    past = replace(CAMPAIGN, round_due=date(2026, 11, 20))
    assert filled(campaign=past)["答复期限"] == "2026年11月27日"  # Friday, five working days on
    holiday = Facts(replace(a_master(TASKS), as_of=date(2026, 9, 28)))
    assert holiday.reply_by() == LastDay(date(2026, 10, 10))  # over the National Day; the Saturday after it is worked on
    longer = replace(past, papers=PaperRules(reply_working_days=30))  # into a year of which nobody knows the holidays
    assert filled(campaign=longer)["答复期限"] == "（待填写）"
    known = replace(longer, calendar=WorkCalendar({date(2027, 1, 1): False}))
    assert Facts(a_master(TASKS, known)).reply_by() == LastDay(date(2027, 1, 4))


def test_a_master_in_english_gives_a_paper_in_chinese(tmp_path: Path) -> None:
    master = a_master(TASKS, absent=[("东岭县", "not submitted")])
    write_bulletin(replace(master, lang="en"), tmp_path / "en.docx")
    chinese = written(tmp_path, absent=[("东岭县", "未报送")])
    assert (tmp_path / "en.docx").read_bytes() == chinese.read_bytes()


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first, second = written(tmp_path, absent=ABSENT), written(tmp_path / "b", absent=ABSENT)
    assert first.read_bytes() == second.read_bytes()


def test_an_old_bulletin_stays_when_the_new_one_cannot_be_written(tmp_path: Path) -> None:
    path = written(tmp_path)
    before = path.read_bytes()
    (tmp_path / "~$通报.docx").touch()
    with pytest.raises(RectifyError, match="打开"):
        written(tmp_path, [])
    assert path.read_bytes() == before


def test_the_longest_is_counted_by_certain_dates() -> None:
    made = filled([in_doubt(TASKS[0]), TASKS[1]])
    assert {row["名称"]: row["情况"] for row in made["红色预警"]["单位"] + made["黄色预警"]["单位"]} == {
        "市水务局": "逾期2项（任务1、2），最长12天（另有1项存疑）", "市城管局": "逾期1项（任务2），最长12天",
    }  # fmt: skip
    assert [row["情况"] for row in made["预警任务"]] == ["逾期45天（存疑）", "逾期12天"]


def test_figures_and_scores_tell_dates_in_doubt(tmp_path: Path) -> None:
    made = filled([in_doubt(TASKS[0]), TASKS[1]])
    assert (made["逾期"], made["逾期存疑"]) == (2, "（其中1项时限存疑）")
    assert (made["红色预警"]["存疑"], made["黄色预警"]["存疑"]) == ("（其中1项时限存疑）", "")
    assert {row["单位"]: row["逾期"] for row in made["排名"]} == {"市水务局": "2（存疑1）", "市城管局": 1}
    assert "时限存疑的逾期任务暂按逾期计分，核实后以核实结果为准。" in made["排名说明"]
    certain = filled(TASKS[:2])
    assert (certain["逾期存疑"], any("存疑" in note for note in certain["排名说明"])) == ("", False)
    path = written(tmp_path, [in_doubt(TASKS[0]), TASKS[1]])
    assert any(zh("逾期2项（其中1项时限存疑）") in text for text in texts(path))
