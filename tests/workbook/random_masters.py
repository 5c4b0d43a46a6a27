"""Masters of random tasks: every status, warning, unit and kind of deadline, disputes and parts of tasks among them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.workbook.conftest import AS_OF, build

if TYPE_CHECKING:
    from rectify_xl.ledger.master import Master

UNITS = ("市水务局", "市林业局", "市规划局", "市交通局", "北山县", "市财神娱乐城官网_手机版", "市水务局 sw@example.com")
STATUSES = ("未启动", "整改中", "已完成", "已验收", "公示中", "已销号", "长期坚持", "反弹", "办理中", None)
WORDS = ("尽快完成", "立行立改,长期坚持", "2026年6月底前和2027年6月底前", "2026年底", "2026年2月30日", "2025年9月前", None)


def random_master(seed: int, tasks: int = 60, **campaign: Any) -> Master:
    """The same seed gives the same master."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    files: dict[str, list[dict[str, Any]]] = {"水务.xlsx": [], "林业.xlsx": []}
    for number in range(1, chance.randrange(1, tasks) + 1):
        row = _row(chance, number)
        files[chance.choice(tuple(files))].append(row)
        if chance.random() < 0.2:  # reported twice, and not always the same
            files["林业.xlsx"].append({**row, "status": chance.choice(STATUSES), "deadline": chance.choice(WORDS)})
    return build({path: rows for path, rows in files.items() if rows}, findings=(), **campaign)


def _row(chance: random.Random, number: int) -> dict[str, Any]:
    days = AS_OF + timedelta(days=chance.randrange(-700, 700))
    return {
        "task_id": str(number), "category": f"第{chance.randrange(4)}类", "problem": f"{number}号点位污水直排",
        "leader": chance.choice(("程一 副市长", "余二", None)),
        "lead_unit": "、".join(chance.sample(UNITS, chance.choice((1, 1, 1, 2)))) if chance.random() < 0.95 else None,
        "deadline": chance.choice((days, f"{days.year}年{days.month}月底前", chance.choice(WORDS))),
        "status": chance.choice(STATUSES), "percent": chance.choice((None, chance.random(), 1.0)),
        "completed_on": chance.choice((None, date(2026, 5, 4), days)),
    }  # fmt: skip
