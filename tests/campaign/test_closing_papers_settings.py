"""closing.notice, closing.materials and lookback of campaign.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.lookback_settings import LookbackRules
from rectify_xl.campaign.settings import Campaign, load_campaign
from rectify_xl.common.errors import RectifyError

if TYPE_CHECKING:
    from pathlib import Path


def load(folder: Path, text: str) -> Campaign:
    (folder / "campaign.yaml").write_text(text, "utf-8")
    return load_campaign(folder)


def test_what_papers_say(tmp_path: Path) -> None:
    campaign = load(
        tmp_path,
        "closing:\n  notice: {medium: 报纸, objections_to: 督导科, phone: 0000-1234567}\n"
        "  materials: {工程类: [竣工报告, 照片]}\n"
        "  materials_folder: 材料\nlookback: {ratio: 0.5, days_after_closing: 30}\n",
    )
    notice, materials = campaign.closing.notice, campaign.closing.materials
    assert (notice.medium, notice.objections_to, notice.phone) == ("报纸", "督导科", "0000-1234567")
    assert (materials.of("工程类"), materials.of("其他")[0]) == (("竣工报告", "照片"), "销号申请表")
    assert materials.folder == tmp_path / "材料"
    assert campaign.lookback == LookbackRules(0.5, 30)
    assert load(tmp_path, "name: 甲").lookback == LookbackRules(0.2, 90)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("closing: {materials: {default: []}}", "没有内容"),
        ("closing: {materials: {default: [甲, 甲]}}", "写了两次"),
        ('closing: {materials: {default: ["/"]}}', "材料的名称"),
        ('closing: {materials_folder: ""}', "没有内容"),
        ("lookback: {ratio: 2}", "不大于 1"),
        ("lookback: {ratio: true}", "不大于 1"),
        ("lookback: {days_after_closing: 一月}", "整数"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RectifyError, match=said):
        load(tmp_path, text)
