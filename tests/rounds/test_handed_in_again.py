"""Last month's file handed in beside this month's: it changes nothing, and nothing is said of it but that."""

from __future__ import annotations

from dataclasses import replace
from shutil import copy
from typing import TYPE_CHECKING

from rectify_xl import merge, read_master, write_master
from rectify_xl.dispatching import make_forms
from rectify_xl.ledger.sheets.absences import state
from rectify_xl.ledger.turnout import is_answered
from rectify_xl.provenance.stamp import ROUND, UNIT
from tests.rounds.in_memory import CAMPAIGN, HOUSING, WATER, a_list, merged
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

NORTH = {"task_id": 1, "problem": "北渠沿岸六处排口没有截污", "lead_unit": WATER, "status": "整改中", "progress": "已摸排"}
OCTOBER = a_list(WATER, [NORTH], "十月.xlsx")
NOVEMBER = a_list(WATER, [{**NORTH, "progress": "封堵完成"}], "十一月.xlsx")


def said_of(master: Master) -> list[tuple[str, str]]:
    return [(finding.file, finding.slug) for finding in master.findings if finding.file]


def test_it_is_told_once_and_again_when_the_folder_is_merged_again() -> None:
    before = merged([OCTOBER], round_id="2026-10")
    master = merged([OCTOBER, NOVEMBER], before, "2026-11")
    assert master.tasks[0].values["progress"] == "封堵完成"
    for _ in range(3):  # the same folder as often as one likes
        assert said_of(master) == [("十月.xlsx", "handed-in-again")]
        assert [(row.kind, row.file) for row in master.absences if row.unit == WATER] == [("wrong-round", "十月.xlsx")]
        assert "again" not in master.turnout
        master = merged([OCTOBER, NOVEMBER], master, "2026-11")


def test_a_file_of_a_round_long_ago_is_told_with_its_round() -> None:
    master = merged([NOVEMBER], merged([OCTOBER], round_id="2026-10"), "2026-11")
    december = a_list(WATER, [{**NORTH, "progress": "通水"}], "十二月.xlsx")
    master = merged([december, OCTOBER], master, "2026-12")
    assert ["2026-10" in finding.message for finding in master.findings if finding.slug == "handed-in-again"] == [True]


def test_who_has_reported_this_month_is_asked_for_nothing_because_of_last_months_list() -> None:
    before = merged([OCTOBER], round_id="2026-10")
    beside, alone = (merged(lists, before, "2026-11") for lists in ([OCTOBER, NOVEMBER], [OCTOBER]))
    assert [[is_answered(master, row) for row in master.absences if row.unit == WATER] for master in (beside, alone)] == [
        [True],
        [False],
    ]
    forms = [make_forms(master, base="", campaign=CAMPAIGN).forms for master in (beside, alone)]
    asked = [str(form) for several in forms for form in several if form.unit == WATER]
    assert ["别的轮次的表" in text for text in asked] == [False, True]


def test_the_rows_of_a_list_of_an_earlier_round_are_judged_by_no_rule(tmp_path: Path) -> None:
    overdue = {"problem": "北渠沿岸六处排口没有截污", "leader": None, "deadline": "2026年9月底前"}
    first, folder = tmp_path / "十月", tmp_path / "十一月"
    write_list(first / "旧.xlsx", [overdue], unit=WATER)
    october = replace(CAMPAIGN, round_id="2026-10")
    base = merge(first, campaign=october, as_of="2026-10-25")
    assert {"overdue", "missing-leader"} <= {one.slug for one in base.findings if one.file}
    folder.mkdir()
    copy(first / "旧.xlsx", folder / "旧.xlsx")
    base.to_excel(tmp_path / "总台账.xlsx")
    master = merge(folder, campaign=CAMPAIGN, as_of="2026-11-25", base=tmp_path / "总台账.xlsx")
    assert [one.slug for one in master.findings if one.file] == ["handed-in-again"]


def test_not_reported_names_the_round_of_which_a_list_is(tmp_path: Path) -> None:
    before = merged([OCTOBER], round_id="2026-10")
    stamped = a_list(HOUSING, [{**NORTH, "lead_unit": HOUSING}], stamp={ROUND: "2026-09", UNIT: HOUSING})
    master = merged([OCTOBER, stamped], before, "2026-11")
    for lang in ("zh", "en"):
        write_master(replace(master, lang=lang), tmp_path / "m.xlsx")
        found = read_master(tmp_path / "m.xlsx", campaign=master.campaign).absences
        assert {one.file: (one.kind, one.other_round) for one in found if one.file} == {
            OCTOBER.path: ("wrong-round", "2026-10"),
            stamped.path: ("wrong-round", ""),
        }
        shown = [state(one, lang) for one in found if one.file == OCTOBER.path]
        assert shown == [{"zh": "第 2026-10 轮的表", "en": "list of round 2026-10"}[lang]]
