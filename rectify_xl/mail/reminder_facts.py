"""What a reminder says of the tasks that a unit leads: those overdue, and those that are warned of before their day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.light_settings import FORECASTS
from rectify_xl.common.i18n import Text
from rectify_xl.common.technical_text import spoken_lines
from rectify_xl.common.visible import without_hidden
from rectify_xl.ledger.lights import forecast_of, is_at_risk, light_name
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord


def overdue_facts(master: Master, task: TaskRecord, lang: str) -> dict[str, Any]:
    """What a reminder says of an overdue task."""
    return {**_task_facts(master, task, lang), "days": task.timing.days, "doubtful": bool(task.doubts)}


def tasks_ahead(master: Master) -> tuple[TaskRecord, ...]:
    """The tasks to be reminded of before they are overdue, where campaign.yaml sets ``warnings:`` or ``lights:``; else none.

    Those that are due soon, those that are not expected in time, and those that bear a light which warns.
    """
    campaign = master.campaign
    if not campaign.warnings.is_set and campaign.lights is None:
        return ()
    several = (*(task for task, _ in master.lights.lit), *master.due_soon, *master.at_risk)
    return tuple({id(task): task for task in several if task.timing.flag != "overdue"}.values())


def ahead_facts(master: Master, task: TaskRecord, lang: str) -> dict[str, Any]:
    """What a reminder says of such a task, and why it is in there."""
    why = dict.fromkeys(one.in_language(lang) for one in _reasons(master, task))
    return {**_task_facts(master, task, lang), "why": Text("，", ", ").in_language(lang).join(why)}


def _reasons(master: Master, task: TaskRecord) -> Iterator[Text]:
    days = task.timing.days
    if task.timing.flag == "due-soon":
        yield Text(f"剩{days}天", f"{days} day{'' if days == 1 else 's'} left")
    if is_at_risk(task):
        yield FORECASTS[forecast_of(task)]
    lit = master.lights.of(task)
    if lit and lit.is_warning:
        yield from lit.whys


def _task_facts(master: Master, task: TaskRecord, lang: str) -> dict[str, Any]:
    lit = master.lights.of(task)
    return {
        "number": _spoken(task.values.get("task_id")),
        "problem": _spoken(task.subject),
        "due": shown(task.timing.next_due or task.timing.due),
        "light": light_name(lit.light, lang) if lit and lit.is_warning else "",
    }


def _spoken(value: object) -> str:
    """A cell as one line, without formulas and error values."""
    return " ".join(" ".join(map(without_hidden, spoken_lines(shown(value)))).split())
