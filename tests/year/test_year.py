"""A year of a campaign: every outcome and every fault at least once, and at the end each task's history is what was done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl import read_master
from rectify_xl.rounds.model import Outcome
from rectify_xl.schema.conversion import shown
from tests.year.closing import CLOSING
from tests.year.driver import OF_ROUNDS, Year, write_rows
from tests.year.events import CALENDAR, FIRST_UNITS, NEWCOMERS, OFFICE, POLICE
from tests.year.model import Change, Report

if TYPE_CHECKING:
    from pathlib import Path

    from tests.year.events import Months
    from tests.year.model import Moment

FAULTS = {
    "deletes a column", "deletes a row", "copies a row", "types over a key", "sorts the list", "sends two files", "shares",
    "answers in another version of the template", "is renamed", "is merged", "sends last month's file again", "sends .xls",
    "sends .ods", "sends .et", "takes the protection off", "moves columns", "answers in its own table",
    "answers in last month's workbook", "is silent", "is late",
}  # fmt: skip


def test_the_calendar_holds_every_outcome_and_every_fault() -> None:
    events = [event for month in CALENDAR.values() for event in month]
    assert len(CALENDAR) == 12
    assert len(FIRST_UNITS) == 12
    assert {event.act for event in events} >= FAULTS
    assert {event.outcome for event in [*events, *NEWCOMERS]} - {""} == {str(outcome) for outcome in Outcome}


@pytest.mark.slow
def test_the_first_months(tmp_path: Path) -> None:
    play(Year(tmp_path), months=2)


@pytest.mark.long
def test_the_whole_year(tmp_path: Path) -> None:
    play(Year(tmp_path), 12, {month: (*events, *CLOSING.get(month, ())) for month, events in CALENDAR.items()})


def test_who_reports_for_the_first_time_brings_its_tasks(tmp_path: Path) -> None:
    year = Year(tmp_path)
    for month, event in (("2026-11", NEWCOMERS[0]), ("2026-12", NEWCOMERS[1])):
        values = year.model.tasks[f"T{event.task:04d}"].values
        rows = [["存在问题", "整改措施", "牵头单位", "整改进展"], [values["problem"], values["measures"], event.who, event.act]]
        back = write_rows(tmp_path / month / f"{event.who}.xlsx", event.who, rows, f"填报单位：{event.who}").parent
        year.run("round", month, "--due", f"{month}-25", "--as-of", f"{month}-01")
        told = year.run("merge", back, "-o", year.master, "--as-of", f"{month}-21", "--workers", 1)
        assert (told["added"], told["outcomes"]["added"]) == (1, 1)
    (moment,) = year.run("history", "T0002")["life"]
    assert [(one["unit"], one["outcome"]) for one in moment["changes"]] == [(POLICE, "added")]
    assert [one["unit"] for one in moment["reports"]] == [POLICE]


def play(year: Year, months: int, calendar: Months = CALENDAR) -> None:
    for month, events in list(calendar.items())[:months]:
        merges = len(year.told)
        year.play(month, events)
        check_merges(year, merges)
        expected = Counter((None if one.who == OFFICE else year.today(one.who), slug) for one in events for slug in one.told)
        found = year.told[merges]["findings"]
        assert Counter((one.get("unit"), one["slug"]) for one in found if one["slug"] in OF_ROUNDS) == expected, month
    check_ledger(year)
    check_history(year)


def check_merges(year: Year, first: int) -> None:
    """What the merges of a month printed is what the script did."""
    for moment, told in list(zip(year.model.moments, year.told, strict=True))[first:]:
        changes = Counter(Change(*(one[name] or "" for name in Change._fields)) for one in told["changes"])
        assert changes == Counter(one for one in moment.changes if is_change(one)), moment.round_id
        assert {name: n for name, n in told["outcomes"].items() if n and name != "unchanged"} == {
            name: n for name, n in moment.outcomes.items() if n and name != "unchanged"
        }, moment.round_id
    model, told = year.model, year.told[-1]
    assert told["tasks"] == len(model.tasks)
    assert Counter((one["key"], one["field"]) for one in told["conflicts"]) == Counter(model.disputed.keys())
    assert len(told["pending"]) == sum(map(len, model.waiting.values()))


def is_change(one: Change) -> bool:
    return one.outcome in ("reported", "filled", "decided") and one.old != one.new


def check_ledger(year: Year) -> None:
    """Every value of every task; those that nobody spoke of are empty."""
    master = read_master(year.master, campaign=year.folder)
    found = {task.key: {name: shown(value) for name, value in task.values.items() if shown(value)} for task in master.tasks}
    percent = {key: values.pop("percent", "") for key, values in found.items()}
    wanted = {key: {name: value for name, value in task.values.items() if value} for key, task in year.model.tasks.items()}
    assert {key: f"{float(value):.0%}" if value else "" for key, value in percent.items()} == {
        key: values.pop("percent", "") for key, values in wanted.items()
    }
    assert found == wanted


def check_history(year: Year) -> None:
    """Each task's life is what the script did, and every past master is there as it was written."""
    for key in year.model.tasks:
        life = year.run("history", key)["life"]
        assert [one["round"] for one in life] == [moment.round_id for moment in year.model.moments if key in moment.state]
        for told, moment in zip(life, [moment for moment in year.model.moments if key in moment.state], strict=True):
            check_moment(key, told, moment)
    numbers = Counter[str]()
    for moment, master in zip(year.model.moments, year.masters, strict=True):
        numbers[moment.round_id] += 1
        name = f"{moment.round_id}/{numbers[moment.round_id]}"
        copy = year.folder / f"{name.replace('/', '-')}.xlsx"
        year.run("history", "--rebuild", name, "-o", copy)
        assert copy.read_bytes() == master, name


def check_moment(key: str, told: dict[str, Any], moment: Moment) -> None:
    assert ((told["status"] or ""), told["deadline"]) == moment.state[key], (key, moment.round_id)
    reports = Counter(Report(key, one["unit"], one["progress"], one["percent"]) for one in told["reports"])
    assert reports == Counter(one for one in moment.reports if one.key == key), (key, moment.round_id)
    changes = Counter(Change(key, *(one[name] for name in Change._fields[1:])) for one in told["changes"])
    assert changes == Counter(one for one in (*moment.changes, *moment.logged) if one.key == key), (key, moment.round_id)
