from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.paper_settings import PaperRules, Points, Threshold
from rectify_xl.campaign.settings import load_campaign
from rectify_xl.common.errors import RectifyError

if TYPE_CHECKING:
    from pathlib import Path


def rules(path: Path, text: str) -> PaperRules:
    (path / "campaign.yaml").write_text(text, "utf-8")
    return load_campaign(path).papers


def test_everything_has_a_default(tmp_path: Path) -> None:
    usual = rules(tmp_path, "name: 澄湖市整改\nbulletin:\nnotice:\n")
    assert usual == PaperRules()
    assert (usual.red, usual.yellow, usual.min_tasks, usual.not_reported) == (Threshold(30), Threshold(1), 3, "none")


def test_everything_can_be_set(tmp_path: Path) -> None:
    text = (
        "bulletin:\n  red: {overdue_days: 60, tasks: 2}\n  yellow: {overdue_days: 10}\n  not_reported: red\n  min_tasks: 1\n"
        "  points: {closed: 10, overdue: 1, not_reported: 3}\nnotice: {reply_working_days: 7}\n"
    )
    assert rules(tmp_path, text) == PaperRules(
        Threshold(60, 2), Threshold(10), "red", 1, Points(closed=10, overdue=1, not_reported=3), 7
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bulletin: {rde: {}}", r"第 1 行.不认识的项 bulletin\.rde.最接近的是 red."),
        ("bulletin:\n  red: {days: 3}", r"第 2 行.不认识的项 bulletin\.red\.days"),
        ("bulletin: {points: {close: 3}}", r"不认识的项 bulletin\.points\.close.最接近的是 closed."),
        ("bulletin: {points: {closed: 十}}", r"bulletin\.points\.closed.“十”应为不小于 0 的整数"),
        ("bulletin: {not_reported: blue}", r"bulletin\.not_reported.“blue”不能用"),
        ("bulletin: {min_tasks: 0}", "应为不小于 1 的整数"),
        ("bulletin: {red: {overdue_days: 5}, yellow: {overdue_days: 5}}", "红色的 overdue_days.5.应大于黄色的.5."),
        ("notice: {days: 5}", r"不认识的项 notice\.days"),
        ("notice: {reply_working_days: 61}", r"notice\.reply_working_days.应不超过 60 个工作日"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_key(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RectifyError, match=said):
        rules(tmp_path, text)
