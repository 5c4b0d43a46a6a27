"""Masters of random lists whose tasks have several parts, reported by two units that do not always agree."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.settings import DeadlineRules
from rectify_xl.common.unreadable import CellError, Uncached
from rectify_xl.intake.submission import TaskRow
from tests.workbook.conftest import AS_OF, CAMPAIGN, master_of, submission

if TYPE_CHECKING:
    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master

DEADLINES = (
    "2026年10月底前", "2027年6月底前", "2026年12月5日", "尽快完成", "立行立改,长期坚持", "已整改到位", "2026年2月30日前", "9月前",
    "同上", "2028年前", "2026年6月底前和2027年6月底前", "2026年6月底前\n长期坚持", date(2026, 11, 1), "长期坚持", "30日内",
    CellError("#REF!"), Uncached("A1+1"), None,
)  # fmt: skip
STATUSES = ("未启动", "整改中", "已完成", "已验收", "公示中", "已销号", "长期坚持", "反弹", "差不多", None)
LEADERS = ("程一 副市长", "余二", None, CellError("#N/A"))
LEADS = ("市水务局", "市林业局牵头，市水务局配合", "市水务局、市林业局", "各县区", "北山县", None)


def random_master(seed: int) -> Master:
    """The same seed gives the same master; even ones have a campaign with rules for deadlines without a date."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    rows = _rows(chance)
    lists = {"水务.xlsx": rows, "林业.xlsx": _copied(chance, rows)}
    settings: dict[str, Any] = {}
    if seed % 2 == 0:
        settings = {"deadlines": DeadlineRules(immediate=date(2026, 8, 31), long_term=date(2026, 12, 1)), "issued": None}
    submissions = tuple(_submission(path, found) for path, found in lists.items() if found)
    return master_of(submissions, (), replace(CAMPAIGN, **settings))


def _submission(path: str, rows: list[TaskRow]) -> Submission:
    bare = submission(path, [])
    return replace(bare, tables=(replace(bare.tables[0], rows=tuple(rows)),))


def _rows(chance: random.Random) -> list[TaskRow]:
    rows: list[TaskRow] = []
    for number in range(1, chance.randrange(2, 12)):
        parts, first, lead, shared = chance.choice((1, 1, 1, 2, 3)), 4 + len(rows), chance.choice(LEADS), chance.choice(STATUSES)
        same = chance.random() < 0.5
        for _ in range(parts):
            day = AS_OF + timedelta(days=chance.randrange(-700, 700))
            values = {
                "task_id": str(number), "problem": f"{number}号点位污水直排", "leader": chance.choice(LEADERS), "lead_unit": lead,
                "measures": f"措施{number}{'，2027年底前完成' * chance.randrange(2)}",
                "deadline": chance.choice((day, f"{day.year}年{day.month}月底前", *chance.sample(DEADLINES, 2))),
                "status": shared if same else chance.choice(STATUSES),
                "completed_on": chance.choice((None, date(2026, 5, 4), day)),
            }  # fmt: skip
            rows.append(TaskRow(4 + len(rows), values, part_of=first if parts > 1 else None))
    return rows


def _copied(chance: random.Random, rows: list[TaskRow]) -> list[TaskRow]:
    """Some of the tasks again, not always with the same values."""
    roots = {row.part_of or row.row for row in rows}
    chosen = {root for root in sorted(roots) if chance.random() < 0.4}
    found = []
    for row in rows:
        if (row.part_of or row.row) in chosen:
            values = dict(row.values)
            for key, choices in (("deadline", DEADLINES), ("status", STATUSES), ("leader", LEADERS)):
                if chance.random() < 0.3:
                    values[key] = chance.choice(choices)
            found.append(replace(row, values=values))
    return found
