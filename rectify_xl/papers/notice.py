"""The reminder letter to one unit: a master's contents -> what its template is filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.nearest import nearest, suggestion
from rectify_xl.papers.facts import doubt_mark, doubts_among, is_open
from rectify_xl.papers.filling import campaign_name, common, due_day, task_columns
from rectify_xl.papers.warning_lights import alerted, beyond_the_day, light_of, stages_in_words, state_of
from rectify_xl.papers.words import day, numeral, plain, title_lines

if TYPE_CHECKING:
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.facts import Facts

Filling = dict[str, Any]
_SECTIONS = ("逾期", "即将到期", "预警", "时限不明", "缺责任领导", "报送")


def unit_named(facts: Facts, name: str) -> str:
    """The unit a letter is asked for, as the roster or else the ledger names it.

    Raises:
        RectifyError: there is no such unit; the message names the nearest one.
    """
    campaign = facts.campaign
    match = campaign.roster.match(name.strip(), on=campaign.issued)
    if match.unit:
        return match.unit.name
    if match.members:
        members = [member.name for member in match.members]
        raise RectifyError(
            f"“{name}”不是一个单位；请逐个单位生成督办函：{'、'.join(members)}",
            f"“{name}” is not one unit; write a letter to each: {', '.join(members)}",
        )
    known = {unit for unit in known_units(facts) if facts.standing(unit) in ("unit", "unlisted")}
    if name.strip() in known:
        return name.strip()
    near = suggestion(match.suggestion.name) if match.suggestion else nearest(name, known)
    where = Text("单位名册和台账", "roster and ledger") if campaign.units else Text("台账", "the ledger")
    raise RectifyError(
        f"{where.zh}中没有“{name}”{near.zh}；请写单位全称", f"{where.en} know no “{name}”{near.en}; write the unit's full name"
    )


def known_units(facts: Facts) -> tuple[str, ...]:
    """Units of the roster, then the others that lead a task, reported, or are listed as absent."""
    reporting = (report.unit for report in facts.master.reports if report.unit)
    names = (*facts.campaign.unit_by_name, *(count.name for count in facts.units), *reporting)
    return tuple(dict.fromkeys((*names, *(absence.unit for absence in facts.absences))))


def notice(facts: Facts, unit: str) -> Filling | None:
    """Everything that the template of the letter may name; None where there is nothing to remind the unit of."""
    own = facts.led.get(unit, [])
    mine = {
        "逾期": [task for task in facts.master.overdue if unit in facts.lead(task)],
        "即将到期": [task for task in facts.master.due_soon if unit in facts.lead(task)],
        "预警": [task for task in _ahead(facts) if unit in facts.lead(task)],
        "时限不明": [task for task in facts.master.unclear if unit in facts.lead(task) and is_open(task)],
        "缺责任领导": [task for task in facts.master.leaderless if unit in facts.lead(task) and is_open(task)],
    }
    filled: Filling = {name: {"项数": len(found), "任务": [_row(facts, task) for task in found]} for name, found in mine.items()}
    filled["逾期"]["存疑"] = doubts_among(facts, mine["逾期"])
    filled["即将到期"]["分档"] = stages_in_words(facts, mine["即将到期"])
    filled["报送"] = _reporting(facts, unit)
    there = [name for name in _SECTIONS if mine.get(name) or (name == "报送" and filled[name])]
    if not there:
        return None
    for name in _SECTIONS:
        filled[name] = {"序号": numeral(there.index(name) + 1, facts.lang), **filled[name]} if name in there else {}
    name = campaign_name(facts)
    title = facts.say(f"关于加快办理{name}有关事项的督办函", f"Reminder of Matters to Be Dealt with in {name}")
    return {
        **common(facts),
        "标题": title_lines(title, facts.lang),
        "单位": plain(unit),
        "任务数": len(own),
        "已办结": sum(not is_open(task) for task in own),
        **filled,
    }


def _ahead(facts: Facts) -> list[TaskRecord]:
    """The tasks that are warned of though they are neither overdue nor due soon."""
    return [task for task in alerted(facts) if task.timing.flag not in ("overdue", "due-soon")]


def _row(facts: Facts, task: TaskRecord) -> Filling:
    light = light_of(facts, task)
    lit = facts.say(f"{light}灯", light) if light else ""
    beside = [lit, beyond_the_day(facts, task)]
    return {
        **task_columns(facts, task), "到期日": due_day(task) or "—", "天数": f"{task.timing.days}{doubt_mark(facts, task)}",
        "另注": "".join(f"\n{one}" for one in beside if one),
        "情况": facts.say("：", ": ").join(filter(None, (lit, state_of(facts, task)))),
    }  # fmt: skip


def _reporting(facts: Facts, unit: str) -> Filling:
    if unit in facts.missing:
        return {"未报送": True, "日期": ""}
    return {"未报送": False, "日期": day(facts.late[unit], facts.lang)} if unit in facts.late else {}
