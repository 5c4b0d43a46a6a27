"""Which unit a file speaks for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rectify_xl.campaign.settings import Campaign, Unit
from rectify_xl.collection.sender import reporting_of_table, reporting_units
from rectify_xl.intake.submission import Submission, Table, TaskRow
from rectify_xl.provenance.stamp import UNIT

CAMPAIGN = Campaign(
    units=tuple(
        Unit(f"U{number}", name, aliases, former)
        for number, (name, aliases, former) in enumerate([
            ("市水务局", ("水务局",), ("市水利局",)),
            ("市城市管理局", ("市城管局",), ()),
            ("市住房和城乡建设局", ("市住建局",), ()),
            ("东渡区", ("东渡区人民政府",), ()),
            ("西渚县", (), ()),
        ])
    )
)  # fmt: skip


def submission(path: str, *, unit: str = "", title: str = "", leads: tuple[str, ...] = ()) -> Submission:
    """A file with this name, 填报单位, title and lead units."""
    rows = tuple(TaskRow(at, {"lead_unit": lead}) for at, lead in enumerate(leads, 2))
    return Submission(path, tables=(Table("甲", 1, {"lead_unit": 1}, {}, rows, title=title),), unit_text=unit)


def test_a_dispatched_workbook_speaks_for_the_unit_it_was_sent_to_whatever_it_is_called() -> None:
    """Where another unit has filled it in by mistake that one is still missing; a copy with its own name is that one's."""
    sent = {UNIT: "市水务局"}
    mistaken = replace(submission("市城管局.xlsx", unit="水务局"), stamp=sent)
    renamed = replace(submission("市城管局.xlsx", unit="市城管局"), stamp=sent)
    assert [reporting_units(one, CAMPAIGN).covers for one in (mistaken, renamed)] == [("市水务局",), ("市城市管理局",)]


@pytest.mark.parametrize(
    ("given", "unit", "covers"),
    [
        # What the file says of itself comes first, then its name, then its title, then its tasks.
        (submission("附件2.xlsx", unit="市水务局"), "市水务局", ("市水务局",)),
        (submission("附件2.xlsx", unit=" 水务局 "), "市水务局", ("市水务局",)),
        (submission("附件2.xlsx", unit="市水利局"), "市水务局", ("市水务局",)),
        (submission("附件2.xlsx", unit="市园林局"), "市园林局", ()),
        (submission("11月/市城管局11月报.xlsx"), "市城市管理局", ("市城市管理局",)),
        (submission("市城管局(代水务局).xlsx", unit="市水务局"), "市水务局", ("市水务局", "市城市管理局")),
        (submission("a.xlsx", title="市水务局贯彻落实市城管局意见整改清单"), "市水务局", ("市水务局",)),
        (submission("a.xlsx", leads=("市水务局", "市水务局", "市城管局牵头,市水务局配合")), "市水务局", ("市水务局",)),
        # The level left out, as units name their own files.
        (submission("城市管理局9月整改情况.xlsx"), "市城市管理局", ("市城市管理局",)),
        (submission("20260925住建局.xlsx", leads=("市水务局",)), "市住房和城乡建设局", ("市住房和城乡建设局",)),
        (submission("附件-住房和城乡建设局、城市管理局.xlsx"), "市住房和城乡建设局", ("市住房和城乡建设局", "市城市管理局")),
        (submission("附件2.xlsx", unit="城管局"), "市城市管理局", ("市城市管理局",)),
        (submission("住建局.xlsx", title="市水务局整改清单"), "市水务局", ("市水务局",)),
        (submission("西渚住建局.xlsx"), "西渚住建局", ()),
        (submission("城管局直属大队.xlsx"), "城管局直属大队", ()),
        # Half of the tasks would be a guess.
        (submission("a.xlsx", leads=("市水务局", "市城管局")), "a", ()),
        (submission("a.xlsx", leads=("市园林局",)), "a", ()),
        (submission("b/a.xlsx"), "a", ()),
    ],
)
def test_reporting(given: Submission, unit: str, covers: tuple[str, ...]) -> None:
    found = reporting_units(given, CAMPAIGN)
    assert (found.unit, found.covers) == (unit, covers)


@pytest.mark.parametrize("given", [submission("a.xlsx", unit="各县区"), submission("各县区.xlsx")])
def test_counties_together_count_for_each(given: Submission) -> None:
    found = reporting_units(given, CAMPAIGN)
    assert found.unit == "各县区"
    assert set(found.covers) == {"东渡区", "西渚县"}


def test_without_a_roster() -> None:
    assert reporting_units(submission("a.xlsx", unit="市水务局"), Campaign()).unit == "市水务局"
    assert reporting_units(submission("市水务局.xlsx"), Campaign()).unit == "市水务局"


def table(sheet: str, *, unit: str = "", title: str = "", row: int = 1) -> Table:
    """One table with what stands at it."""
    return Table(sheet, row, {"lead_unit": 1}, {}, (), title=title, unit_text=unit)


def file_of(path: str, *tables: Table) -> Submission:
    """A file as the intake hands it over: its unit is the first that stands at one of its tables."""
    return Submission(path, tables=tables, unit_text=next((one.unit_text for one in tables if one.unit_text), ""))


@pytest.mark.parametrize(
    ("given", "unit", "covers"),
    [
        # Whom a list is sent to did not send it.
        (file_of("附件2 整改清单(报市住建局).xlsx", table("甲", title="市水务局整改清单")), "市水务局", ("市水务局",)),
        (file_of("上报市住建局.xlsx", table("水务局", title="整改清单")), "市水务局", ("市水务局",)),
        (file_of("报市住建局\uff08市水务局\uff09.xlsx", table("甲")), "市水务局", ("市水务局",)),
        (file_of("市水务局报市住建局台账.xlsx", table("甲")), "市水务局", ("市水务局",)),
        (file_of("呈报:市住建局、市城管局.xlsx", table("甲", title="整改台账\uff08市水务局\uff09")), "市水务局", ("市水务局",)),
        (file_of("关于报送市住建局的整改台账.xlsx", table("甲", unit="市水务局")), "市水务局", ("市水务局",)),
        (file_of("a.xlsx", table("甲", title="市水务局致市住建局的函")), "市水务局", ("市水务局",)),
        (file_of("上报市住建局.xlsx", table("甲", title="整改清单")), "上报市住建局", ()),
        # Nor did the unit that it helps.
        (
            file_of("a.xlsx", table("甲", title="配合市住建局任务"), table("乙", title="市水务局任务", row=9)),
            "市水务局",
            ("市水务局",),
        ),
        # A monthly report is no such word, nor is the unit that stands before it.
        (file_of("2026年11月报市水务局.xlsx", table("甲")), "市水务局", ("市水务局",)),
        (file_of("市水务局报送清单.xlsx", table("甲")), "市水务局", ("市水务局",)),
        (file_of("20日报市住建局-水务局.xlsx", table("甲")), "市水务局", ("市水务局",)),
    ],
)
def test_an_addressee_is_no_sender(given: Submission, unit: str, covers: tuple[str, ...]) -> None:
    found = reporting_units(given, CAMPAIGN)
    assert (found.unit, found.covers) == (unit, covers)


@pytest.mark.parametrize(
    ("given", "units", "covers"),
    [
        # Every sheet with a 填报单位 of its own is that unit's; the others are the file's.
        (
            file_of("a.xlsx", table("一", unit="市水务局"), table("二"), table("三", unit="市城管局")),
            ("市水务局", "市水务局", "市城市管理局"),
            {"市水务局", "市城市管理局"},
        ),
        (file_of("东渡区.xlsx", table("一"), table("水务局")), ("东渡区", "东渡区"), {"东渡区"}),
        (file_of("a.xlsx", table("市水务局"), table("西渚县")), ("市水务局", "西渚县"), {"市水务局", "西渚县"}),
        (file_of("a.xlsx", table("水务局"), table("其他")), ("市水务局", "市水务局"), {"市水务局"}),
    ],
)
def test_each_table_has_its_reporting_unit(given: Submission, units: tuple[str, ...], covers: set[str]) -> None:
    whole = reporting_units(given, CAMPAIGN)
    assert set(whole.covers) == covers
    assert tuple(reporting_of_table(given, one, CAMPAIGN, whole).unit for one in given.tables) == units


def test_a_name_without_level_that_two_units_share_names_neither() -> None:
    both = Campaign(units=(Unit("1", "市林业局", ()), Unit("2", "县林业局", ()), Unit("3", "市水务局", ())))
    assert reporting_units(submission("林业局.xlsx"), both).unit == "林业局"
    assert reporting_units(submission("水务局.xlsx"), both).unit == "市水务局"
