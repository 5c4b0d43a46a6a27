"""Ledgers of invented tasks without any workbook: what the papers and summaries are made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.settings import Campaign, Unit
from rectify_xl.collection.timing import Timing
from rectify_xl.collection.verdict import Verdict
from rectify_xl.ledger.master import Master
from rectify_xl.ledger.records import AbsenceRecord, TaskRecord
from rectify_xl.ledger.sheets.absences import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.collection.timing import Flag

AS_OF = date(2026, 11, 20)
UNITS = tuple(Unit(str(at), name) for at, name in enumerate(("市水务局", "市城管局", "市林业局", "西湾区", "东岭县"), 1))
CAMPAIGN = Campaign(name="澄湖市环保督察反馈问题整改", issuer="澄湖市整改办", units=UNITS, round_id="2026-11")


def a_task(
    number: str | None = "1",
    *lead: str,
    flag: Flag = "on-time",
    days: int = 0,
    status: str | None = "整改中",
    leaders: tuple[str, ...] = ("柳青禾",),
    **others: Any,
) -> TaskRecord:
    """One row of 总台账, judged on AS_OF; ``others`` are values by field key, and ``unclear``."""
    due = {"overdue": AS_OF - timedelta(days), "due-soon": AS_OF + timedelta(days), "undated": None}.get(flag, date(2027, 6, 30))
    unclear = others.pop("unclear", flag == "undated")
    values = {
        "task_id": number, "problem": f"问题{number}", "lead_unit": "、".join(lead), "leader": "、".join(leaders) or None,
        "deadline": due, "status": status, **others,
    }  # fmt: skip
    return TaskRecord(
        values=values, disputed=frozenset(), state=CAMPAIGN.schema.states.get(status), subject=values["problem"],
        written_units=None, lead=lead, leaders=leaders, has_leader=bool(leaders), due=due, kinds=(), reason="",
        timing=Timing(flag, due, due, days), deadlines=(Verdict("vague" if unclear else "dated", str(due), due),),
        source="表.xlsx!A4",
    )  # fmt: skip


def in_doubt(task: TaskRecord) -> TaskRecord:
    """The task with a due date that has more than one meaning."""
    return replace(task, deadlines=(Verdict("ambiguous", "2026年9月前", task.timing.due),))


def a_master(
    tasks: Sequence[TaskRecord] = (), campaign: Campaign = CAMPAIGN, absent: Sequence[tuple[Any, ...]] = (), **others: Any
) -> Master:
    """A master; ``absent`` are rows of 未报送 as unit, state, and the day it was filled in."""
    kinds = {label: kind for kind, words in KINDS.items() for label in words}
    absences = tuple(
        AbsenceRecord(unit, kinds[state], filled_on=filled[0] if filled else None) for unit, state, *filled in absent
    )
    return Master(campaign, AS_OF, tuple(tasks), absences=absences, **others)
