from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.campaign.settings import Campaign, Unit
from rectify_xl.common.errors import RectifyError
from rectify_xl.papers import write_notice, write_notices
from tests.support.ledgers import CAMPAIGN, a_master, a_task, in_doubt
from tests.support.word import tables, texts, whole, zh

if TYPE_CHECKING:
    from pathlib import Path

TASKS = [
    a_task("1", "市水务局", flag="overdue", days=45),
    a_task("2", "市水务局", "市城管局", flag="overdue", days=12),
    a_task("3", "市水务局", flag="due-soon", days=9),
    a_task("4", "市水务局", flag="undated", deadline="尽快完成", leaders=(), leader="局主要负责同志"),
    a_task("5", "市水务局", status="已完成", unclear=True, leaders=()),
    a_task("6", "市林业局"),
]


def letter(path: Path, unit: str = "市水务局", campaign: Campaign = CAMPAIGN, **others: Any) -> Path:
    write_notice(a_master(TASKS, campaign, **others), unit, path / "督办函.docx")
    return path / "督办函.docx"


def test_days_by_a_doubtful_date_are_marked(tmp_path: Path) -> None:
    write_notice(a_master([in_doubt(TASKS[0]), TASKS[1]], CAMPAIGN), "市水务局", tmp_path / "督办函.docx")
    assert [row[4] for row in tables(tmp_path / "督办函.docx")[0]] == ["逾期天数", "45（存疑）", "12"]
    assert any(zh("2项任务已过整改时限（其中1项时限存疑）") in text for text in texts(tmp_path / "督办函.docx"))


def test_a_letter_tells_everything_in_numbered_sections(tmp_path: Path) -> None:
    path = letter(tmp_path, absent=[("市水务局", "未报送")])
    found = texts(path)
    assert found[0].replace("\n", "") == "关于加快办理澄湖市环保督察反馈问题整改有关事项的督办函"
    assert zh("市水务局：") in found
    assert [text for text in found if text[1:2] == "、"] == [
        "一、逾期任务", "二、即将到期任务", "三、整改时限不明确的任务", "四、缺责任领导的任务", "五、报送情况",
    ]  # fmt: skip
    assert any(zh("由你单位牵头的共5项，已办结1项") in text for text in found)
    late, soon, unclear, leaderless = tables(path)
    assert [(row[0], row[4]) for row in late] == [("编号", "逾期天数"), ("1", "45"), ("2", "12")]
    assert [(row[0], row[4]) for row in soon] == [("编号", "剩余天数"), ("3", "9")]
    assert [row[2] for row in unclear] == ["整改时限", "尽快完成"]
    assert [(row[0], row[3]) for row in leaderless] == [("编号", "责任领导"), ("4", "局主要负责同志")]
    assert "请于2026年11月27日前将上述事项的办理情况书面回复澄湖市整改办。" in found
    assert found[-2:] == ["澄湖市整改办", "2026年11月20日"]


def test_sections_are_numbered_as_they_come(tmp_path: Path) -> None:
    path = letter(tmp_path, "市林业局", absent=[("市林业局", "逾期报送", date(2026, 11, 19))])
    assert [text for text in texts(path) if text[1:2] == "、"] == ["一、报送情况"]
    assert zh("你单位2026年11月整改进展情况于2026年11月19日填报，晚于报送截止日期。请今后按时报送。") in texts(path)


def test_a_unit_that_leads_nothing_is_told_that_it_has_not_reported(tmp_path: Path) -> None:
    campaign = replace(CAMPAIGN, round_due=date(2026, 11, 18), round_id="")
    path = letter(tmp_path, "东岭县", campaign, absent=[("东岭县", "未报送")])
    assert zh("截至2026年11月20日，尚未收到你单位本期整改进展情况（报送截止日期为2026年11月18日）。请立即报送。") in texts(path)
    assert "你单位牵头" not in whole(path)


def test_nothing_to_remind_of_is_no_letter(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match="市林业局没有需要督办的事项"):
        letter(tmp_path, "市林业局")
    with pytest.raises(RectifyError, match="西湾区没有需要督办的事项"):
        letter(tmp_path, "西湾区", absent=[("西湾区", "仅配合，未报送")])
    assert list(tmp_path.iterdir()) == []


def test_a_unit_may_be_named_by_an_alias(tmp_path: Path) -> None:
    campaign = replace(CAMPAIGN, units=(Unit("1", "市水务局", aliases=("水务局",)), *CAMPAIGN.units[1:]))
    assert zh("市水务局：") in texts(letter(tmp_path, "水务局", campaign))


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("市水物局", r"单位名册和台账中没有“市水物局”.最接近的是 市水务局."),
        ("教育厅", "单位名册和台账中没有“教育厅”；请写单位全称"),
        ("各县区", "“各县区”不是一个单位；请逐个单位生成督办函：西湾区、东岭县"),
    ],
)
def test_a_unit_that_is_none_is_told_with_the_nearest(tmp_path: Path, unit: str, said: str) -> None:
    with pytest.raises(RectifyError, match=said):
        letter(tmp_path, unit)


def test_without_a_roster_the_ledger_knows_the_units(tmp_path: Path) -> None:
    campaign = Campaign()
    assert zh("市水务局：") in texts(letter(tmp_path, " 市水务局 ", campaign))
    with pytest.raises(RectifyError, match=r"台账中没有“水务局”.最接近的是 市水务局."):
        letter(tmp_path, "水务局", campaign)


def test_all_letters_go_into_a_folder(tmp_path: Path) -> None:
    absent = [("东岭县", "未报送"), ("西湾区", "仅配合，未报送")]
    files = write_notices(a_master(TASKS, absent=absent), tmp_path / "函")
    assert list(files) == ["市水务局", "市城管局", "东岭县"]
    assert sorted(path.name for path in (tmp_path / "函").iterdir()) == [
        "督办函-东岭县.docx", "督办函-市城管局.docx", "督办函-市水务局.docx",
    ]  # fmt: skip
    assert [row[0] for row in tables(files["市城管局"])[0]] == ["编号", "2"]


def test_a_folder_that_cannot_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "函").touch()
    with pytest.raises(RectifyError, match="建不了这个文件夹"):
        write_notices(a_master(TASKS), tmp_path / "函")
