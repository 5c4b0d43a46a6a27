"""The monthly bulletin: what its template is filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ledger.lights import light_name
from rectify_xl.papers.explained import (
    why_all_of_a_unit,
    why_closed,
    why_not_every_lead,
    why_rows_add_up_to_more,
    why_unclear,
    why_uncoloured,
)
from rectify_xl.papers.facts import by_lead, doubts_among, is_open, longest_late, overdue_count
from rectify_xl.papers.filling import campaign_name, common, due_day, numbered, task_columns
from rectify_xl.papers.ranking import ends, standings
from rectify_xl.papers.warning_lights import alerted, light_of, light_sections, stages_in_words, state_of
from rectify_xl.papers.words import counted, cycle, day, numbers, percent, plain, title_lines
from rectify_xl.schema.fields import PACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rectify_xl.campaign.light_settings import Colour
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.facts import Facts
    from rectify_xl.papers.filling import Enclosure, Filling
    from rectify_xl.papers.ranking import Standing


def bulletin(facts: Facts) -> Filling:
    """Everything that the template of the bulletin may name."""
    ranking = standings(facts)
    waiting = [*filter(is_open, facts.master.unclear)], [*filter(is_open, facts.master.leaderless)]
    places = [set(map(id, group)) for group in waiting]  # a task may be equal to another one
    amends = [task for task in facts.master.tasks if any(id(task) in group for group in places)]
    alerts = [_alert(facts, task) for task in alerted(facts)]
    say, name = facts.say, campaign_name(facts)
    enclosures = numbered((
        ("排名附件", say("各单位任务完成情况", "Completion by unit"), bool(ranking)),
        ("任务附件", _alerts_title(facts), bool(alerts)),
        ("完善附件", say("整改时限、责任领导待明确的任务清单", "Tasks without a clear deadline or a leader"), bool(amends)),
    ), facts.lang)  # fmt: skip
    return {
        **common(facts),
        "标题": title_lines(say(f"关于{name}进展情况的通报", f"Bulletin on the Progress of {name}"), facts.lang),
        **_overall(facts),
        **_ranked(facts, ranking),
        **_coloured(facts, ranking),
        **light_sections(facts, ranking),
        "即将到期分档": stages_in_words(facts, facts.master.due_soon),
        "即将到期单位": by_lead(facts, facts.master.due_soon, lambda found: say(f"{len(found)}项", f"({len(found)})")),
        "预警任务": alerts,
        **_reported(facts),
        "时限不明": {**_to_amend(facts, facts.master.unclear, waiting[0]), "说明": why_unclear(facts)},
        "缺责任领导": {**_to_amend(facts, facts.master.leaderless, waiting[1]), "说明": ""},
        "待完善任务": [_amend(facts, task, places) for task in amends],
        "须答复单位": _who_answers(facts, amends),
        **_enclosed(enclosures),
    }


def _who_answers(facts: Facts, amends: Sequence[TaskRecord]) -> str:
    """The units that are asked for an answer, by what there is to answer; nothing where nobody is."""
    say = facts.say
    asked = [
        say("有逾期任务", "with overdue tasks") if facts.master.overdue else "",
        say("未报送", "that have not reported") if facts.master.missing_units else "",
        say("有待完善事项", "with something to complete") if amends else "",
    ]
    return facts.listed(filter(None, asked))


def _alerts_title(facts: Facts) -> str:
    say, soon = facts.say, set(map(id, facts.master.due_soon))
    if facts.campaign.lights is not None:
        return say("预警任务清单", "Tasks warned of")
    if all(id(task) in soon for task in facts.master.at_risk):
        return say("逾期和即将到期任务清单", "Tasks overdue or due soon")
    return say("逾期、即将到期和预计不能按期任务清单", "Tasks overdue, due soon or not expected in time")


def _overall(facts: Facts) -> Filling:
    figures = facts.figures
    states = facts.listed(facts.say(f"{plain(name)}{count}项", f"{plain(name)} {count}") for name, count in facts.statuses)
    return {
        "任务总数": figures.tasks,
        "已办结": figures.closed,
        "逾期": figures.overdue,
        "逾期存疑": doubts_among(facts, facts.master.overdue),
        "即将到期": figures.due_soon,
        "无明确时限": figures.undated,
        "办结率": percent(figures.closed, figures.tasks),
        "状态分布": states or facts.say("无", "none"),
        "办结说明": why_closed(facts),
        **_paced(facts),
        "上期": _change(facts),
    }


def _paced(facts: Facts) -> Filling:
    """完成, 达到序时进度 and 未达到序时进度, and who is behind."""
    if not facts.paces:
        return {"进度分布": "", "进度滞后单位": ""}
    say = facts.say
    (keeping, on), (late, slow), (rest, unsaid) = ((plain(name), count) for name, count in facts.paces)
    counted = [say(f"已办结{facts.figures.closed}项", f"closed {facts.figures.closed}")]
    counted += [say(f"{keeping}{on}项（含超序时进度）", f"{keeping} or ahead {on}"), say(f"{late}{slow}项", f"{late} {slow}")]
    counted += [say(f"{rest}{unsaid}项", f"{rest} {unsaid}")] if unsaid else []
    behind = [task for task in facts.master.tasks if is_open(task) and task.values.get(PACE) == facts.paces[1][0]]
    return {
        "进度分布": facts.listed(counted),
        "进度滞后单位": by_lead(facts, behind, lambda found: say(f"{len(found)}项", f"({len(found)})")) if behind else "",
    }


def _change(facts: Facts) -> Filling:
    """Against the last round, if the master knows of one; the plan's own list of the same day is none."""
    earlier = [one for one in facts.master.rounds if one.id or one.as_of < facts.as_of]
    if not earlier:
        return {}
    last, now = earlier[-1], facts.figures
    as_of = day(last.as_of, facts.lang)
    return {
        "名称": cycle(last.id, facts.lang) or facts.say(f"截至{as_of}", f"as of {as_of}"),
        "已办结": _difference(facts, now.closed - last.closed),
        "逾期": _difference(facts, now.overdue - last.overdue),
    }


def _difference(facts: Facts, difference: int) -> str:
    if not difference:
        return facts.say("持平", "unchanged")
    count = abs(difference)
    return facts.say(f"增加{count}项", f"{count} more") if difference > 0 else facts.say(f"减少{count}项", f"{count} fewer")


def _ranked(facts: Facts, ranking: tuple[Standing, ...]) -> Filling:
    ranked = [one for one in ranking if one.rank]
    first, last = ends(ranked)
    ids = numbers((task.values.get("task_id") for task in facts.unnamed), facts.lang)
    return {
        "参加排名单位数": len(ranked),
        "排名最少任务数": facts.campaign.papers.min_tasks,
        "排名靠前": facts.listed(map(plain, first)),
        "排名靠后": facts.listed(map(plain, last)),
        "按名册": facts.campaign.papers.order == "roster",
        "排名": [_rank_row(facts, one, at) for at, one in enumerate(ranking, 1)],
        "排名说明": _ranking_notes(facts, ranking),
        "牵头单位待核实": {"项数": len(facts.unnamed), "任务": ids} if facts.unnamed else {},
    }


def _rank_row(facts: Facts, one: Standing, at: int) -> Filling:
    count = one.count
    return {
        "序号": at, "名次": str(one.rank or "—"), "单位": plain(count.name), "任务数": count.tasks, "已办结": count.closed,
        "办结率": percent(count.closed, count.tasks) if count.tasks else "—", "逾期": overdue_count(facts, count),
        "得分": one.score if one.rank else "—", "报送": facts.turnout(count.name) or "—",
        "预警": _light_name(facts, one.light) or "—",
    }  # fmt: skip


def _light_name(facts: Facts, light: Colour | None) -> str:
    return light_name(light, facts.lang) if light else ""


def _ranking_notes(facts: Facts, ranking: tuple[Standing, ...]) -> list[str]:
    """How the points were given, and who does not take part and why."""
    points, least, say = facts.campaign.papers.points, facts.campaign.papers.min_tasks, facts.say
    scoring = say(
        f"注：每项任务计分：按期办结{points.closed}分，逾期办结{points.done_late}分，正常推进{points.on_time}分，"
        f"即将到期{points.due_soon}分，无明确时限{points.undated}分，逾期未办结{points.overdue}分；单位得分为各项任务的平均分，"
        f"未报送的扣{points.not_reported}分，逾期报送的扣{points.late_report}分。得分相同的名次并列。",
        f"Note: points of a task: closed in time {points.closed}, closed late {points.done_late}, on schedule {points.on_time},"
        f" due soon {points.due_soon}, no clear deadline {points.undated}, overdue {points.overdue}. A unit's score is the mean"
        f" of its tasks, less {points.not_reported} for not reporting and {points.late_report} for reporting late. Equal scores"
        " share a rank.",
    )
    shared = why_rows_add_up_to_more(facts, ranking) or say(
        "几个单位共同牵头的任务，分别计入各单位。", "A task that several units lead together counts for each of them."
    )
    reasons = {
        "few-tasks": say(
            f"任务少于{least}项的单位不参加排名，以免一项任务决定名次。",
            f"Units with fewer than {least} tasks are not ranked, so that one task does not decide.",
        ),
        "group": say(
            "不是单个单位的名称（如各县区）不参加排名。", "Names that stand for several units (such as 各县区) are not ranked."
        ),
        "unlisted": say("单位名册中没有的单位不参加排名。", "Units that the roster does not have are not ranked."),
    }
    given = {one.unranked for one in ranking}
    if facts.campaign.papers.order == "roster":
        idle = any(not one.count.tasks for one in ranking)
        none = say("任务数为0的单位没有牵头任务。", "Units with 0 tasks lead none.")
        return [say("注：按单位名册顺序排列。", "Note: in the order of the roster."), shared, *([none] if idle else [])]
    in_doubt = say(
        "时限存疑的逾期任务暂按逾期计分，核实后以核实结果为准。",
        "Tasks overdue by a date in doubt score as overdue until the date is confirmed.",
    )
    doubted = any(one.count.in_doubt for one in ranking)
    return [scoring, shared, *([in_doubt] if doubted else []), *(text for reason, text in reasons.items() if reason in given)]


def _coloured(facts: Facts, ranking: tuple[Standing, ...]) -> Filling:
    rules = facts.campaign.papers
    known = {one.count.name for one in ranking}
    idle = sorted(facts.missing - known)  # units that lead nothing still may bear a colour for not reporting
    filled: Filling = {}
    coloured: set[int] = set()
    for light, name in (("red", "红色预警"), ("yellow", "黄色预警")):
        units = [(one.count.name, _why(facts, one)) for one in ranking if one.light == light]
        if rules.not_reported == light:
            units += [(unit, _not_reported(facts)) for unit in idle]
        rows = [{"序号": at, "名称": plain(unit), "情况": why} for at, (unit, why) in enumerate(units, 1)]
        late = [task for task in facts.master.overdue if rules.light(task.timing.days) == light]
        coloured |= set(map(id, late))
        listed = [one for one in ranking if one.light == light]
        filled[name] = {
            "项数": len(late), "存疑": doubts_among(facts, late), "单位": rows, "单位数": len(rows),
            "说明": why_all_of_a_unit(facts, listed, set(map(id, late))) + why_not_every_lead(facts, late, listed, ranking),
        }  # fmt: skip
    return {**filled, "预警说明": why_uncoloured(facts, coloured)}


def _why(facts: Facts, one: Standing) -> str:
    """Why a unit bears a colour."""
    reasons = []
    if one.late:
        ids, longest = counted((task.values.get("task_id") for task in one.late), facts.lang), longest_late(facts, one.late)
        reasons.append(facts.say(f"逾期{ids}，{longest}", f"overdue {ids}, {longest}"))
    if one.count.name in facts.missing and facts.campaign.papers.not_reported != "none":
        reasons.append(_not_reported(facts))
    return facts.say("，", "; ").join(reasons)


def _not_reported(facts: Facts) -> str:
    return facts.say("未报送整改进展情况", "no report on the progress")


def _alert(facts: Facts, task: TaskRecord) -> Filling:
    if facts.campaign.lights is not None:
        light = light_of(facts, task)
    elif task.timing.flag == "overdue":
        light = _light_name(facts, facts.campaign.papers.light(task.timing.days))
    else:
        light = _light_name(facts, "blue" if task.timing.flag == "due-soon" else None)
    due = due_day(task)
    return {
        "预警": light or "—", **task_columns(facts, task), "到期日": due,
        "分行": "\n" if due else "", "情况": state_of(facts, task),
    }  # fmt: skip


def _reported(facts: Facts) -> Filling:
    missing, late = facts.master.missing_units, facts.late
    named = []
    for unit, filled in late.items():
        note = f"{filled.month}月{filled.day}日填报" if filled else ""
        when = facts.say(f"（{note}）", f" (filled in on {day(filled, 'en')})") if filled else ""
        named.append(plain(unit) + when)
    return {
        "未报送数": len(missing), "未报送": facts.listed(map(plain, missing)),
        "逾期报送数": len(late), "逾期报送": facts.listed(named), "有名册": bool(facts.campaign.units),
    }  # fmt: skip


def _to_amend(facts: Facts, tasks: tuple[TaskRecord, ...], waiting: list[TaskRecord]) -> Filling:
    def count(found: list[TaskRecord]) -> str:
        return counted((task.values.get("task_id") for task in found), facts.lang)

    return {
        "项数": len(tasks), "待完善数": len(waiting), "已办结数": len(tasks) - len(waiting),
        "单位": by_lead(facts, waiting, count),
    }  # fmt: skip


def _amend(facts: Facts, task: TaskRecord, places: list[set[int]]) -> Filling:
    words = (facts.say("整改时限", "deadline"), facts.say("责任领导", "leader"))
    needed = [word for word, group in zip(words, places, strict=True) if id(task) in group]
    return {**task_columns(facts, task), "需完善": facts.listed(needed)}


def _enclosed(enclosures: Mapping[str, Enclosure]) -> Filling:
    shown: Iterable[Enclosure] = filter(None, enclosures.values())
    return {**enclosures, "附件清单": list(shown)}
