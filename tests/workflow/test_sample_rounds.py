"""The later rounds of the sample campaign: every event of a round is told as what it is, and nothing else is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.common.resources import resource
from rectify_xl.rules import catalogue
from rectify_xl.workbook import write_master
from rectify_xl.workflow.merge import merge

if TYPE_CHECKING:
    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

SAMPLES = resource("samples", "city")
ROUNDS = (("2026-11", "2026-11-21", ""), ("2026-12", "2026-12-21", "-2026-12"), ("2027-01", "2027-01-21", "-2027-01"))
# What these rules say of the rounds: file or unit, rule. missing-task has a test of its own.
DECEMBER = {
    ("市住房和城乡建设局.xls", "task-vanished"),
    ("市农业农村局.ods", "key-changed"),
    ("市发展和改革委员会.xlsx", "protected-field-changed"),
    ("市林业局.xlsx", "foreign-task"),
    ("市水利局.xlsx", "progress-copied"),
    ("市生态环境局.xlsx", "percent-regressed"),
    ("市生态环境局.xlsx", "protected-field-changed"),
    ("榆泽经济开发区.xlsx", "blanked-value"),
    ("澄原县.xlsx", "illegal-transition"),
    ("莲汀区.xlsx", "unknown-task"),
    ("市城市管理局.xlsx", "column-deleted"),
    ("市公安局.xlsx", "handed-in-again"),
}
JANUARY = {("市水利局.xlsx", "reopened-without-reason")}


@pytest.fixture(scope="module")
def masters(tmp_path_factory: pytest.TempPathFactory) -> list[Master]:
    """The masters of the three rounds, each made from the one before."""
    folder, campaign = tmp_path_factory.mktemp("rounds"), load_campaign(SAMPLES)
    found: list[Master] = []
    for round_id, day, suffix in ROUNDS:
        settings = replace(campaign, round_id=round_id, round_due=date.fromisoformat(day).replace(day=20))
        base = folder / f"{len(found)}.xlsx" if found else None
        found.append(merge([SAMPLES / f"submissions{suffix}"], campaign=settings, as_of=day, base=base))
        write_master(found[-1], folder / f"{len(found)}.xlsx")
    return found


def told(master: Master) -> set[tuple[str, str]]:
    """File or unit and rule, of the rules that compare with the last round."""
    of_rounds = {rule.slug for rule in catalogue() if rule.judges_news or rule.family == "H"} | {
        "blanked-value",
        "handed-in-again",
    }
    found = {(finding.file or finding.unit or "", finding.slug) for finding in master.findings if finding.slug in of_rounds}
    return {one for one in found if one[1] != "missing-task"}


def test_every_event_is_told_and_nothing_else(masters: list[Master]) -> None:
    assert told(masters[1]) == DECEMBER
    assert told(masters[2]) == JANUARY


def test_what_is_not_certain_waits_and_nothing_is_lost(masters: list[Master]) -> None:
    assert [(row.unit, row.reason) for row in masters[1].pending] == [("市林业局", "foreign"), ("莲汀区", "unknown")]
    later = Counter((row.unit, row.reason) for row in masters[2].pending)
    assert later == {("市林业局", "foreign"): 1, ("莲汀区", "unknown"): 1, ("砚坪县", "other_round"): 9}
    disputed = [(one.task, one.field, one.kind) for one in masters[2].conflicts]
    assert disputed == [("5", "deadline", "conflict"), ("48", "deadline", "refused"), ("67", "closed_on", "refused")]
    assert [len(master.tasks) for master in masters] == [70, 70, 70]
    assert masters[2].last_key == masters[0].last_key


def test_what_was_reported_is_in_the_ledger(masters: list[Master]) -> None:
    def of(number: str, field: str) -> list[object]:
        return [next(task for task in master.tasks if task.values["task_id"] == number).values[field] for master in masters]

    assert of("14", "status") == ["整改中", "已完成", "已完成"]
    assert of("3", "status") == ["已完成", "已完成", "反弹"]
    assert of("1", "percent") == [0.35, 0.5, 0.65]
    assert of("9", "percent") == ["#N/A", "#N/A", 0.8]  # its row was deleted in December
    assert of("48", "deadline")[0] == of("48", "deadline")[2]
    assert "网格巡查" in str(of("53", "progress")[1])  # from the unit's own table
    assert "93%" in str(of("11", "progress")[2])  # signed with the unit's former name
