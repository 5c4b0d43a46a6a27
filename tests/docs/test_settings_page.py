"""docs/settings.md names every setting of campaign.yaml, and its examples are settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rectify_xl.campaign.settings import Campaign, load_campaign
from rectify_xl.common.errors import RectifyError

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "settings.md").read_text("utf-8")
SECTIONS = (
    "", "deadlines", "warnings", "ranking", "round", "closing", "closing.notice", "acceptance", "reporting", "extension",
    "lookback", "rules", "bulletin", "notice", "mail",
)  # fmt: skip


def loaded(path: Path, text: str) -> Campaign:
    (path / "campaign.yaml").write_text(text, "utf-8")
    return load_campaign(path)


@pytest.mark.parametrize("section", SECTIONS)
def test_every_setting_is_on_the_page(section: str, tmp_path: Path) -> None:
    text = "zzz: 1"
    for name in reversed(section.split(".") if section else []):
        text = f"{name}: {{{text}}}"
    with pytest.raises(RectifyError) as error:
        loaded(tmp_path, text)
    known = error.value.message.zh.partition("可用：")[2].split("、")
    assert len(known) >= 1
    for key in known:
        whole = f"{section}.{key}" if section else key
        beside = section == "closing.notice" and re.search(rf"closing\.notice`.*\b{key}\b", PAGE)
        assert re.search(rf"`{re.escape(whole)}(?:`|\.)", PAGE) or beside, whole


def test_the_examples_are_settings(tmp_path: Path) -> None:
    (tmp_path / "units.csv").write_text("name\n市水务局\n", "utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    for example in examples:
        for one in example.split("# 或者\n"):
            assert loaded(tmp_path, f"issued: 2026-01-05\nunits: units.csv\n{one}").issued
    assert len(examples) >= 3
