"""Lights and forecasts in the bulletin and the letters, and units in the roster's order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from rectify_xl.campaign.light_settings import PRESETS, LightCondition, preset
from rectify_xl.campaign.paper_settings import PaperRules, Threshold
from rectify_xl.common.errors import RectifyError
from rectify_xl.papers import write_bulletin, write_notice
from rectify_xl.papers.bulletin import bulletin
from rectify_xl.papers.cards import unit_cards
from rectify_xl.papers.facts import Facts
from rectify_xl.papers.fill import copy_templates
from rectify_xl.papers.warning_lights import template_checks
from tests.support.ledgers import CAMPAIGN, a_master, a_task, in_doubt
from tests.support.word import tables, texts, whole, zh

if TYPE_CHECKING:
    from pathlib import Path

TASKS = [
    a_task("1", "市水务局", flag="overdue", days=65),
    a_task("2", "市水务局", "市城管局", flag="overdue", days=12),
    a_task("4", "市城管局", flag="due-soon", days=5, pace="未达到序时进度", forecast="不能"),
    a_task("6", "市林业局", pace="未达到序时进度"),
    a_task("7", "市林业局", forecast="有困难"),
    a_task("9", "西湾区", flag="due-soon", days=20),
    a_task("10", "西湾区"),
    a_task("11", "西湾区", status="已完成", pace="未达到序时进度", forecast="不能"),
]
LIT = replace(CAMPAIGN, lights=preset("near-pace-overdue", (30, 7)))


def filled(campaign: Any = LIT, tasks: Any = TASKS, lang: str = "zh", **others: Any) -> dict[str, Any]:
    return bulletin(Facts(a_master(tasks, campaign, **others), lang))


def test_each_colour_has_its_section_in_the_order_of_the_conditions(tmp_path: Path) -> None:
    path = tmp_path / "通报.docx"
    write_bulletin(a_master(TASKS, LIT), path)
    found = texts(path)
    at = found.index(zh("三、预警情况"))
    assert found[at + 1 : at + 8] == [
        "（一）红色预警。逾期1天以上的任务2项，列入红色预警的单位2个（见附件2）：",
        "1.市城管局：红灯1项（任务2），黄灯1项（任务4）；",
        "2.市水务局：红灯2项（任务1、2）。",
        "（二）黄色预警。未达到序时进度的任务2项，列入黄色预警的单位1个（见附件2；其余牵头单位列入其他颜色的预警）：",
        "1.市林业局：黄灯1项（任务6）。",
        "（三）蓝色预警。30天内到期的任务1项，列入蓝色预警的单位1个（见附件2）：",
        "1.西湾区：蓝灯1项（任务9）。",
    ]
    assert found[at + 8].startswith("（四）即将到期。30天内到期的任务2项（其中7天内1项）：市城管局1项、西湾区1项。")
    assert found[at + 9].startswith(
        "（五）预计不能按期。预计不能按期完成的1项、按期完成有困难的1项：市城管局1项（任务4）、市林业局1项（任务7）。"
    )
    rows = tables(path)[1]
    assert [row[:2] for row in rows[1:]] == [["红", "1"], ["红", "2"], ["黄", "4"], ["黄", "6"], ["蓝", "9"], ["—", "7"]]
    assert [row[-1].split("\n")[-1] for row in rows[1:]] == [
        "逾期65天", "逾期12天", "剩5天，预计不能按期，未达到序时进度", "未达到序时进度", "剩20天", "预计按期有困难",
    ]  # fmt: skip
    assert "注：红灯为逾期1天以上；黄灯为未达到序时进度；蓝灯为30天内到期。同时符合几条的，按先列的一条。" in found
    assert "红色为逾期" not in whole(path)


def test_without_the_setting_red_and_yellow_stay_as_they_were(tmp_path: Path) -> None:
    write_bulletin(a_master(TASKS[:2]), tmp_path / "通报.docx")
    text = whole(tmp_path / "通报.docx")
    assert "逾期30天以上的任务1项" in text
    assert "预计不能按期" not in text
    assert filled(CAMPAIGN)["预警灯"] == []
    assert filled(CAMPAIGN)["任务附件"]["名称"] == "逾期、即将到期和预计不能按期任务清单"
    assert filled(CAMPAIGN, TASKS[:3])["任务附件"]["名称"] == "逾期和即将到期任务清单"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_fills_every_paper(name: str, lang: str, tmp_path: Path) -> None:
    campaign = replace(CAMPAIGN, lights=preset(name, (30, 7)), papers=PaperRules(not_reported="yellow"))
    master = a_master(TASKS, campaign, absent=[("东岭县", "未报送"), ("西湾区", "未报送")])
    write_bulletin(master, tmp_path / "通报.docx", lang=lang)
    write_notice(master, "西湾区", tmp_path / "函.docx", lang=lang)
    sections = bulletin(Facts(master, lang))["预警灯"]
    assert [section["项数"] for section in sections] == [
        count for colour, count in master.lights.counts().items() if colour != "green"
    ]
    words = {section["名称"]: [unit["名称"] for unit in section["单位"]] for section in sections}
    assert "东岭县" in words["黄色" if lang == "zh" else "Yellow"]  # leads nothing, and has not reported


def test_what_every_condition_is_called() -> None:
    conditions = (
        LightCondition("red", silent_rounds=2), LightCondition("red", overdue_days=30, forecast="cannot"),
        LightCondition("yellow", silent_rounds=1), LightCondition("yellow", percent_behind=20), LightCondition("green"),
    )  # fmt: skip
    campaign = replace(CAMPAIGN, lights=conditions)
    (red, yellow) = filled(campaign)["预警灯"]
    assert red["条件"] == "牵头单位连续2轮未报送，或逾期30天以上且预计不能按期"
    assert yellow["条件"] == "牵头单位本轮未报送，或完成率落后时间进度20个百分点以上"
    rows = {row["单位"]: row["预警"] for row in filled(campaign)["排名"]}
    assert rows["西湾区"] == "绿"  # calm: no section, no letter
    with pytest.raises(RectifyError, match="没有需要督办的事项"):
        write_notice(
            a_master([a_task("10", "西湾区")], replace(CAMPAIGN, lights=(LightCondition("green"),))), "西湾区", "函.docx"
        )


def test_a_unit_bears_a_colour_from_as_many_tasks_as_the_bulletin_asks() -> None:
    rules = PaperRules(red=Threshold(30, tasks=3), yellow=Threshold(1, tasks=2))
    found = filled(replace(LIT, papers=rules))
    assert {row["单位"]: row["预警"] for row in found["排名"]} == {
        "市水务局": "黄",
        "市城管局": "黄",
        "市林业局": "蓝",
        "西湾区": "蓝",
    }
    assert found["预警灯"][0]["说明"] == "；其余牵头单位列入其他颜色的预警"
    assert filled(LIT, [in_doubt(TASKS[0])])["预警灯"][0]["存疑"] == "（其中1项时限存疑）"
    alone = replace(CAMPAIGN, lights=(LightCondition("red", overdue_days=1),), papers=rules)
    assert filled(alone, TASKS[:1])["预警灯"][0]["说明"] == "；项数不足的单位不列入"


def test_letters_follow_the_lights(tmp_path: Path) -> None:
    path = tmp_path / "函.docx"
    write_notice(a_master(TASKS, LIT), "市城管局", path)
    late, soon = tables(path)
    assert (late[1][0], late[1][-1]) == ("2", "12\n红灯")
    assert (soon[1][0], soon[1][-1]) == ("4", "5\n黄灯\n预计不能按期，未达到序时进度")
    assert any("30天内到期（其中7天内1项）" in text for text in texts(path))
    write_notice(a_master(TASKS, LIT), "市林业局", path)
    assert "一、需要预警的任务" in texts(path)
    assert [(row[0], row[-1]) for row in tables(path)[0][1:]] == [("6", "黄灯：未达到序时进度"), ("7", "预计按期有困难")]
    write_notice(a_master(TASKS), "市林业局", path)  # without the setting the forecast alone warns
    assert [(row[0], row[-1]) for row in tables(path)[0][1:]] == [("7", "预计按期有困难")]


def test_an_own_template_without_the_lights_is_pointed_out(tmp_path: Path) -> None:
    def said(campaign: Any) -> list[str]:
        facts = Facts(a_master(TASKS, replace(campaign, folder=tmp_path)))
        return [check.zh for check in template_checks(facts)]

    assert said(LIT) == []
    copy_templates(tmp_path)
    assert said(LIT) == []
    own = tmp_path / "templates" / "通报.docx"
    document = Document(str(own))
    for paragraph in document.paragraphs:
        if "预警灯" in paragraph.text:
            paragraph.text = paragraph.text.replace("预警灯", "红色预警")
    for table in document.tables:
        assert "预警灯" not in "".join(cell.text for row in table.rows for cell in row.cells)
    document.save(str(own))
    assert len(said(LIT)) == 1
    assert said(CAMPAIGN) == []


def test_a_card_asks_for_nothing_where_there_is_nothing_to_ask() -> None:
    cards = dict(unit_cards(Facts(a_master([*TASKS, a_task("20", "东岭县")]))))
    assert (cards["东岭县"]["请办标题"], cards["东岭县"]["请办事项"]) == ("需要办理的事项", [])
    assert [one["内容"] for one in cards["市林业局"]["请办事项"]] == ["任务7预计不能按期或有困难。请抓紧推进，确保按期完成。"]
    assert cards["市林业局"]["请办标题"] == "请抓紧办理的事项"


def test_the_roster_s_order_shows_the_silent_ones(tmp_path: Path) -> None:
    campaign = replace(CAMPAIGN, papers=PaperRules(order="roster"))
    turnout = {"on-time": ("市水务局",), "zero": ("市林业局",), "missing": ("东岭县",), "again": ("市水务局",)}
    master = a_master(TASKS[:2], campaign, absent=[("东岭县", "未报送"), ("市城管局", "逾期报送")], turnout=turnout)
    write_bulletin(master, tmp_path / "通报.docx")
    head, *rows = tables(tmp_path / "通报.docx")[0]
    assert head == ["序号", "单位", "任务数", "已办结", "办结率", "逾期", "报送", "预警"]
    assert [(row[0], row[1], row[2], row[4], row[6]) for row in rows] == [
        ("1", "市水务局", "2", "0.0%", "按时"), ("2", "市城管局", "1", "0.0%", "迟报"), ("3", "市林业局", "0", "—", "零报告"),
        ("4", "西湾区", "0", "—", "—"), ("5", "东岭县", "0", "—", "未报送"),
    ]  # fmt: skip
    assert "各单位完成情况按单位名册的顺序列出，未报送的一并列出，见附件1。" in texts(tmp_path / "通报.docx")
    assert "任务数为0的单位没有牵头任务。" in texts(tmp_path / "通报.docx")
    assert "计分" not in whole(tmp_path / "通报.docx")
