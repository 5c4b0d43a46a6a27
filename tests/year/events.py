"""The year as a calendar: in which month which unit does what, and what the merge makes of it.

What is not written here is the ordinary month: each unit fills in progress and percentage of every open task that it leads, in
the workbook that it was sent.
"""

from __future__ import annotations

from typing import Any, NamedTuple

WATER, HOUSING, FARM, FOREST, SCHOOLS, POLICE, MONEY, ROADS, AIR, CULTURE, EAST, WEST = FIRST_UNITS = (
    "市水务局", "市住建局", "市农业局", "市林业局", "市教育局", "市公安局",
    "市财政局", "市交通局", "市环保局", "市文旅局", "东明县", "西宁区",
)  # fmt: skip
ECOLOGY, LEARNING = "市生态环境局", "市教育和文化局"  # the names since March and since April
OFFICE = "整改办"
EACH = 5  # tasks that a unit leads; the first of them with the unit after it

Months = dict[str, "tuple[Event, ...]"]


class Event(NamedTuple):
    """What somebody does in a month.

    ``act``: a function of ``acts.py``, or a word of the driver. ``told``: rules that speak of it, each once.
    ``outcome``: what the merge makes of it, beside what is reported as always.
    """

    who: str
    act: str
    task: int = 0
    field: str = ""
    value: Any = None
    outcome: str = ""
    told: tuple[str, ...] = ()


CALENDAR: Months = {
    # The plan's list is the base; every unit answers in its own old table.
    "2026-11": (
        Event(CULTURE, "is silent"),
    ),
    "2026-12": (
        Event(OFFICE, "corrects", 2, "progress", "经现场核实，只封堵一处", "conflict"),
        Event(HOUSING, "deletes a row", 8, outcome="absent", told=("task-vanished", "missing-task")),
        Event(FARM, "says", 11, "deadline", "2029年6月30日前", "refused", ("protected-field-changed",)),
        Event(FOREST, "says", 20, "leader", "贺兰川 局长", "filled"),
        Event(SCHOOLS, "leaves out", 23, outcome="absent", told=("missing-task",)),
        Event(POLICE, "says", 26, "remark", "与第27号一并施工", "reported"),
        Event(OFFICE, "corrects", 32, "remark", "与第33号一并施工"),
        Event(MONEY, "says", 32, "remark", "与第33号一并施工", "unchanged"),
    ),
    "2027-01": (
        Event(OFFICE, "decides", 2, "progress", f"采用{WATER}填报", "decided"),
        Event(OFFICE, "decides", 11, "deadline", "保留台账", "decided"),
        Event(WATER, "sends .xls"),
        Event(POLICE, "empties", 26, "remark", outcome="blanked", told=("blanked-value",)),
        Event(MONEY, "types over a key", 31, told=("key-changed",)),
        Event(ROADS, "copies a row", 36, outcome="unmatched", told=("key-changed", "unknown-task")),
        Event(AIR, "sorts the list"),
    ),
    "2027-02": (
        Event(OFFICE, "decides the row of", 0, ROADS, "不采用", "decided"),
        Event(HOUSING, "answers in another version of the template", told=("wrong-template",)),
        Event(FOREST, "shares", 11, outcome="reported"),
        Event(SCHOOLS, "deletes a column", 0, "leader", told=("column-deleted",)),
        Event(EAST, "sends .ods"),
        Event(WEST, "sends .et"),
    ),
    "2027-03": (
        Event(WATER, "sends two files"),
        Event(POLICE, "sends last month's file again", told=("handed-in-again", "wrong-template")),
        Event(MONEY, "answers in last month's workbook", outcome="unmatched", told=("wrong-template",)),
        Event(AIR, "is renamed", value=ECOLOGY),
    ),
    "2027-04": (
        Event(OFFICE, "decides the row of", 0, MONEY, "不采用", "decided"),
        Event(SCHOOLS, "is merged", value=LEARNING),
        Event(CULTURE, "is merged", value=LEARNING),
        Event(HOUSING, "takes the protection off"),
        Event(FARM, "moves columns"),
        Event(FOREST, "answers in its own table"),
    ),
    "2027-05": (
        Event(OFFICE, "closes", 40),
        Event(WEST, "adds a row", outcome="unmatched", told=("unknown-task",)),
        Event(EAST, "says", 52, "target", "全部排口封堵", "filled"),
    ),
    "2027-06": (
        Event(OFFICE, "decides the row of", 0, WEST, "新增为任务", "decided"),
        Event(ROADS, "says", 39, "deadline", "2029年3月31日前", "refused", ("protected-field-changed",)),
        Event(EAST, "says", 52, "target", "封堵一半", "refused", ("protected-field-changed",)),
        Event(FOREST, "is late"),
    ),
    "2027-07": (
        Event(OFFICE, "decides", 39, "deadline", "以核定值为准：2029年1月31日前", "decided", ("deadline-moved",)),
        Event(OFFICE, "decides", 52, "target", f"采用{EAST}填报", "decided"),
        Event(ECOLOGY, "deletes a row", 43, outcome="absent", told=("task-vanished", "missing-task")),
        Event(WATER, "is silent"),
    ),
    "2027-08": (
        Event(WATER, "sends .ods"),
        Event(LEARNING, "sends two files"),
        Event(ROADS, "sorts the list"),
        Event(ECOLOGY, "sends .xls"),
    ),
    "2027-09": (
        Event(OFFICE, "corrects", 17, "progress", "群众反映仍有污水，需重新核实", "conflict"),
        Event(FOREST, "shares", 11, outcome="reported"),
        Event(LEARNING, "moves columns"),
        Event(POLICE, "leaves out", 28, outcome="absent", told=("missing-task",)),
    ),
    "2027-10": (
        Event(OFFICE, "decides", 17, "progress", f"采用{FOREST}填报", "decided"),
        Event(WEST, "types over a key", 57, told=("key-changed",)),
        Event(MONEY, "takes the protection off"),
    ),
}  # fmt: skip

# A campaign that began from no plan: the first list makes the ledger, and who reports later brings its own tasks.
NEWCOMERS = (
    Event(WATER, "begins the ledger", 1, outcome="added"),
    Event(POLICE, "reports for the first time", 26, outcome="added"),
)
