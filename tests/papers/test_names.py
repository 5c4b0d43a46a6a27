"""docs/papers.md names what a template may use: all of it, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from rectify_xl.papers.bulletin import bulletin, common
from rectify_xl.papers.cards import leader_cards
from rectify_xl.papers.facts import Facts
from rectify_xl.papers.notice import notice
from tests.support.ledgers import a_master, a_task

PAGE = (Path(__file__).parents[2] / "docs" / "papers.md").read_text("utf-8")
TASKS = [
    a_task("1", "市水务局", flag="overdue", days=3), a_task("2", "市水务局", flag="due-soon", days=3),
    a_task("3", "市水务局", flag="undated"), a_task("4", "市水务局", leaders=()), a_task("5"),
]  # fmt: skip
FACTS = Facts(a_master(TASKS, absent=[("市水务局", "未报送")]))


def section(title: str) -> str:
    return PAGE.partition(f"### {title}\n")[2].partition("\n### ")[0]


def named(title: str) -> set[str]:
    cells = re.findall(r"^\| ([^|]+) \|", section(title), re.MULTILINE)
    return {name for cell in cells[1:] for name in cell.split("、")}


def entries_of(filling: dict[str, Any]) -> set[str]:
    """The names of all entries, at any depth."""
    found: set[str] = set()
    for value in filling.values():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                found |= one.keys() | entries_of(one)
    return found


@pytest.mark.parametrize("title", ["通报", "督办函", "任务卡"])
def test_every_name_is_on_the_page_and_every_name_on_the_page_is_one(title: str) -> None:
    shared = {*common(FACTS), "标题"}
    assert named("公文都能用的名称") == shared
    letter = notice(FACTS, "市水务局")
    assert letter
    filling = {"通报": bulletin(FACTS), "督办函": letter, "任务卡": dict(leader_cards(FACTS))["柳青禾"]}[title]
    assert named(title) | (shared if title != "任务卡" else set()) == set(filling)
    missing = [name for name in entries_of(filling) if name not in section(title)]
    assert missing == []


def test_the_settings_on_the_page_are_the_defaults(tmp_path: Path) -> None:
    from rectify_xl.campaign.paper_settings import PaperRules
    from rectify_xl.campaign.settings import load_campaign

    (block,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "campaign.yaml").write_text(block, "utf-8")
    assert load_campaign(tmp_path).papers == PaperRules()
