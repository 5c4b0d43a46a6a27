"""Cells in the layouts of plans, notices, minutes and petitions, all invented and labelled before any parser had seen them.

First run of the parsers on the 450 cells of ``cases_official.jsonl``, before anything was mended (November 2026):
deadlines: kinds 86.3 %, sets of dates 94.1 %, unambiguous single dates 98.7 %, 6 false dates of 219 cells;
units: sets 77.3 %, roles 75.9 %, collectives 92.9 %, measures 98.6 % of 141 cells; leaders: 71.1 % of 90 cells.

A second set of 292 cells (``cases_official_2.jsonl``), written and labelled after the first was mended, on its first run:
deadlines: kinds 97.2 %, sets of dates 99.3 %, single dates 100 %, 1 false date of 143 cells;
units: sets 85.9 %, roles 84.8 % of 92 cells; leaders: 91.2 % of 57 cells.

A third set of 239 cells (``cases_official_3.jsonl``), written after the second was mended, on its first run:
deadlines: kinds 95.2 %, sets of dates 98.1 %, single dates 97.1 %, no false date of 104 cells;
units: sets 79.1 %, roles 76.7 % of 86 cells; leaders: 89.8 % of 49 cells.

A fourth set of 308 cells (``cases_official_4.jsonl``), written after the third was mended, on its first run:
deadlines: kinds 96.6 %, sets of dates 98.0 %, single dates 66 of 68, no false date of 149 cells;
units: sets 88.2 %, roles 87.1 % of 93 cells; leaders: 84.8 % of 66 cells.

A fifth set of 183 cells (``cases_official_5.jsonl``), written after the fourth was mended, on its first run:
deadlines: kinds 95.3 %, sets of dates 98.8 %, single dates 31 of 31, no false date of 85 cells;
units: sets 83.9 %, roles 83.9 % of 56 cells; leaders: 90.5 % of 42 cells.

A sixth set of 123 cells (``cases_official_6.jsonl``), written after the fifth was mended, on its first run:
deadlines: kinds 93.3 %, sets of dates 100 %, single dates 9 of 9, no false date of 30 cells;
units: sets 89.5 % (93.0 % by the corrected labels), roles 87.7 % of 57 cells; leaders: 83.3 % of 36 cells.

A seventh set of 352 cells (``cases_official_7.jsonl``), written after the sixth was mended, many surnames rare, on its first run:
deadlines: kinds and dates 94.4 % (98.3 % by the corrected labels) of 180 cells, no false date of an unambiguous cell;
units: sets and roles 94.2 % (98.8 %) of 86 cells; leaders: 93.0 % of 86 cells.

An eighth set of 100 cells (``cases_official_8.jsonl``), written after the seventh was mended, on its first run:
deadlines: kinds and dates 37 of 40, no false date; units: sets and roles 28 (29) of 30; leaders: 28 of 30.

A mixed set (``cases_official_mixed.jsonl``), written after the eighth was mended, on its first run:
deadlines: kinds and dates 288 of 310 (294 by the corrected labels); units: 88 of 104 (93); leaders: 61 of 75 (67).
Two more parts of it, each on its first run: deadlines 121 of 142 (122) and 95 of 109; units 41 of 42 and 25 of 30;
leaders 41 of 44 (42) and 28 of 30.
A fourth part of it, on schools, lifts, water supply and fire safety: deadlines 152 of 172 (164); of 92 more of the kinds that
were at fault 62; units 101 of 103 (102) and 37 of 45; leaders 87 of 87 and 33 of 39.

A ninth set (``cases_official_9.jsonl``), written after the mixed one was mended, in parts, each on its first run: deadlines:
kinds 447 of 466, 158 of 188 (duties without any word of time among them), 133 of 142, 126 of 151 and 69 of 83 (figures and
names that only look like days), sets of dates 454, 168, 137, 138 and 74, false dates 1, 11, 1, 2 and 9; units: sets 185 of
195, 99 of 111 and 90 of 102; leaders: 155 of 168, 64 of 102 (surnames that run into posts among them) and 92 of 100. Only cells
whose labels stood are kept.

A tenth set (``cases_official_10.jsonl``), written after the ninth was mended, on its first run: deadlines: kinds and dates 390 of
424; units: 209 of 235; leaders: 217 of 251. Only cells whose labels stood are kept.

An eleventh set (``cases_official_11.jsonl``), written after the tenth was mended, on its first run: deadlines: kinds and dates
239 of 255 (249 by the corrected labels); units: 132 of 151 (148); leaders: 108 of 127 (111), many of two characters behind a
body. Only cells whose labels stood are kept, and cells written for the kinds that were at fault.

Labels that contradicted the conventions or earlier labels were corrected afterwards. In the first three sets: 汛期(6月1日)前
is by that day, as 6月1日前 is; 需要长期整改的 is a standing task too; 9月起,利用三个月时间 ends on the same day of the month, as
three months from a day do. In the later ones: 责任主体: heads a list as 责任单位: does; 林长 and 法定代表人 are titles, as 河长
and 安全员 are; 局党组 is a leader without a name; 持续巩固成果 is nothing that could be checked; 经济发展局 behind
鹤汀高新区应急管理局 is that zone's. 按月推进 recurs; a date with (已完成) behind it stays that task's date.
A rank (正县级) is no post, and the early or middle years of a plan (“十四五”前期) are vague.
甲局等11个部门 is 甲局 and 等11个部门, a collective as 等有关部门 is, where 等 counts more than the list has before it.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from rectify_xl.language.deadline import parse_deadline
from rectify_xl.language.leaders import parse_leaders
from rectify_xl.language.units import parse_units

HERE = Path(__file__).parent
Case = dict[str, Any]


def cases(parser: str) -> list[Case]:
    files = sorted((HERE / parser).glob("cases_official*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


# A test of its own for each of the cells would take ten times as long as reading them.


def test_deadlines() -> None:
    wrong = {}
    for case in cases("deadline"):
        read = parse_deadline(case["text"], anchor=date.fromisoformat(case["anchor"]))
        found = {"kinds": list(read.kinds), "due": [day.isoformat() for day in read.due], "vague": read.vague}
        differing = {name: value for name, value in found.items() if value != case[name]}
        if differing or set(case["alt_due"]) - {day.isoformat() for day in read.alternatives}:
            wrong[case["text"]] = differing
    assert wrong == {}


def test_units() -> None:
    wrong = {}
    for case in cases("units"):
        units = parse_units(case["text"])
        found = {role: set(getattr(units, role)) for role in ("lead", "cooperating", "responsible", "collective")}
        labelled: dict[str, object] = {role: set(case[role]) for role in found}
        labelled |= {"per_measure": case["per_measure"], "expanded": case["expanded"]}
        read = {
            **found, "per_measure": {name: list(numbers) for name, numbers in units.per_measure.items()},
            "expanded": dict(units.expanded),
        }  # fmt: skip
        if read != labelled:
            wrong[case["text"]] = read
    assert wrong == {}


def test_leaders() -> None:
    read = {case["text"]: [{"name": one.name, "titles": list(one.titles)} for one in parse_leaders(case["text"])]
            for case in cases("leaders")}  # fmt: skip
    assert read == {case["text"]: case["leaders"] for case in cases("leaders")}
