"""The papers in English: the same facts in the same layout, and no word of ours left in Chinese."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from docx import Document

from rectify_xl.campaign.rosters import Unit
from rectify_xl.ledger.records import Round
from rectify_xl.papers import write_bulletin, write_cards, write_notice, write_notices
from rectify_xl.papers.bulletin import bulletin
from rectify_xl.papers.cards import leader_cards, unit_cards
from rectify_xl.papers.facts import Facts
from rectify_xl.papers.fill import copy_templates
from rectify_xl.papers.notice import notice
from tests.support.ledgers import CAMPAIGN, a_master, a_task
from tests.support.word import tables, whole

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]+")
NAMES = ("Water Bureau", "City Services", "Forestry Bureau", "West District", "East County")
STATES = CAMPAIGN.schema.states.words
EVERY_STATE = (
    {"flag": "overdue", "days": 40}, {"flag": "overdue", "days": 3}, {"flag": "due-soon", "days": 5}, {"flag": "undated"},
    {"leaders": ()}, {"status": "已销号"}, {"status": "已完成", "flag": "done-late"}, {"leaders": ("Ada", "Bo", "Cy", "Di")},
)  # fmt: skip


def english(tasks: list[TaskRecord], issuer: str = "Rectification Office", **others: object) -> Master:
    units = tuple(Unit(str(at), name) for at, name in enumerate(NAMES, 1))
    campaign = replace(CAMPAIGN, name="the Lake Inspection", issuer=issuer, units=units, round_due=date(2026, 11, 25))
    return a_master(tasks, campaign, **others)  # type: ignore[arg-type]


def in_every_state() -> list[TaskRecord]:
    tasks = [
        a_task(str(at), NAMES[at % 3], **{"leaders": ("Ada",), "problem": f"Problem {at}", **state})  # type: ignore[arg-type]
        for at, state in enumerate(EVERY_STATE * 3, 1)
    ]
    return [
        *tasks,
        a_task("30", leaders=("Ada",), problem="nobody's"),
        a_task("31", "Roads Agency", leaders=("Ada",), problem="roads"),
    ]


def chinese_in(text: str) -> list[str]:
    """What is Chinese and not a word of the schema."""
    for state in STATES:
        text = text.replace(state, "")
    return CHINESE.findall(text)


MASTERS = {
    "everything": english(
        in_every_state(), absent=[("West District", "未报送"), ("East County", "逾期报送", date(2026, 11, 26))],
        rounds=(Round("2026-10", date(2026, 10, 20), 20, 1, 9, 1, 1),),
    ),
    "nothing": english([]),
    "without an issuer, numbers or leaders": english([a_task(None, leaders=(), problem="p", flag="undated")], issuer=""),
    "everybody in time": english([a_task("1", "Water Bureau", leaders=("Ada",), problem="p")]),
}  # fmt: skip


@pytest.mark.parametrize("name", MASTERS)
def test_no_word_of_ours_is_chinese(tmp_path: Path, name: str) -> None:
    master = MASTERS[name]
    write_bulletin(master, tmp_path / "b.docx", lang="en")
    papers = [tmp_path / "b.docx", *write_notices(master, tmp_path / "letters", lang="en").values()]
    papers += write_cards(master, tmp_path / "cards", lang="en").values()
    assert {path.name: chinese_in(whole(path)) for path in papers} == {path.name: [] for path in papers}
    for path in papers:
        footers = [paragraph.text for paragraph in Document(str(path)).sections[0].footer.paragraphs]
        assert chinese_in(path.stem + Document(str(path)).core_properties.title + "".join(footers)) == []


def test_the_same_facts_stand_in_both_languages(tmp_path: Path) -> None:
    master = MASTERS["everything"]
    write_bulletin(master, tmp_path / "zh.docx")
    write_bulletin(master, tmp_path / "en.docx", lang="en")
    chinese, others = tables(tmp_path / "zh.docx"), tables(tmp_path / "en.docx")
    assert [len(table) for table in chinese] == [len(table) for table in others]
    assert [row[:7] for row in chinese[0][1:]] == [row[:7] for row in others[0][1:]]
    assert [row[1:3] for row in chinese[1][1:]] == [row[1:3] for row in others[1][1:]]
    assert [re.findall(r"\d+", row[-1]) for row in chinese[1][1:]] == [re.findall(r"\d+", row[-1]) for row in others[1][1:]]
    text = whole(tmp_path / "en.docx")
    for sentence in (
        "Bulletin on the Progress of the Lake Inspection", "(November 2026, as of 20 November 2026)",
        "Units without a report on their progress as of 20 November 2026: 1 (West District).",
        "East County (filled in on 26 November 2026)", "Compared with October 2026:", "Rectification Office",
    ):  # fmt: skip
        assert sentence in text


def test_the_letter_in_english(tmp_path: Path) -> None:
    name = write_notice(MASTERS["everything"], "Water Bureau", tmp_path / "l.docx", lang="en")
    text = whole(tmp_path / "l.docx")
    assert name == "Water Bureau"
    assert "To Water Bureau:" in text
    assert [line[:3] for line in text.split("\n") if re.match(r"\d\. ", line)] == ["1. ", "2. ", "3. ", "4. "]
    assert "by 25 November 2026." in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_templates_of_both_languages_are_filled_with_the_same_names(lang: str) -> None:
    master = MASTERS["everything"]
    ours, theirs = Facts(master, lang), Facts(master, "en" if lang == "zh" else "zh")
    assert set(bulletin(ours)) == set(bulletin(theirs))
    assert set(notice(ours, "Water Bureau") or {}) == set(notice(theirs, "Water Bureau") or {}) != set()
    assert [set(card) for _, card in unit_cards(ours)] == [set(card) for _, card in unit_cards(theirs)]
    assert [set(card) for _, card in leader_cards(ours)] == [set(card) for _, card in leader_cards(theirs)]


def test_the_offices_own_english_template_is_used(tmp_path: Path) -> None:
    copies = copy_templates(tmp_path, "en")
    assert [path.name for path in copies] == ["bulletin.docx", "card.docx", "dossier.docx", "letter.docx", "publicity.docx"]
    document = Document(str(copies[0]))
    document.paragraphs[0].insert_paragraph_before("LETTERHEAD")
    document.save(str(copies[0]))
    write_bulletin(MASTERS["nothing"], tmp_path / "b.docx", folder=tmp_path, lang="en")
    assert whole(tmp_path / "b.docx").startswith("LETTERHEAD")
    write_bulletin(MASTERS["nothing"], tmp_path / "zh.docx", folder=tmp_path)
    assert "LETTERHEAD" not in whole(tmp_path / "zh.docx")
