"""Which unit a file speaks for."""

from __future__ import annotations

import pytest

from rectify_xl.campaign import Campaign, Unit
from rectify_xl.model import Submission, Table, TaskRow
from rectify_xl.reporting import reporting_units

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
