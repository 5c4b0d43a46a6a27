"""The monthly bulletin: a master's contents -> what its template is filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.papers.enclosures import numbered
from rectify_xl.papers.facts import UNNAMED, Facts, by_lead, is_open
from rectify_xl.papers.ranking import Standing, ends, standings
from rectify_xl.papers.words import counted, cycle, day, numbers, percent, plain, short, title_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.campaign.paper_settings import Light
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.enclosures import Enclosure

Filling = dict[str, Any]
_LIGHTS: dict[Light | None, str] = {"red": "红", "yellow": "黄", None: ""}
_SUBJECT = 80  # characters of a problem in a table
_CELL = 40
_FEW = 3


def bulletin(facts: Facts) -> Filling:
    """Everything that 通报.docx may name."""
    ranking = standings(facts)
    waiting = [*filter(is_open, facts.master.unclear)], [*filter(is_open, facts.master.leaderless)]
    places = [set(map(id, group)) for group in waiting]  # a task may be equal to another one
    amends = [task for task in facts.master.tasks if any(id(task) in group for group in places)]
    alerts = _alerts(facts)
    enclosures = numbered((
        ("排名附件", "各单位任务完成情况", bool(ranking)),
        ("任务附件", "逾期和即将到期任务清单", bool(alerts)),
        ("完善附件", "整改时限、责任领导待明确的任务清单", bool(amends)),
    ))  # fmt: skip
    return {
        **common(facts),
        "标题": title_lines(f"关于{_name(facts)}进展情况的通报"),
        **_overall(facts),
        **_ranked(facts, ranking),
        **_coloured(facts, ranking),
        "即将到期单位": by_lead(facts, facts.master.due_soon, lambda found: f"{len(found)}项"),
        "预警任务": alerts,
        **_reported(facts),
        "时限不明": _to_amend(facts, facts.master.unclear, waiting[0]),
        "缺责任领导": _to_amend(facts, facts.master.leaderless, waiting[1]),
        "待完善任务": [_amend(facts, task, places) for task in amends],
        **_enclosed(enclosures),
    }


def common(facts: Facts) -> Filling:
    """What every official paper may name."""
    rules = facts.campaign.papers
    return {
        "活动名称": _name(facts),
        "期数": cycle(facts.campaign.round_id),
        "本期": cycle(facts.campaign.round_id) or "本期",
        "截至日期": day(facts.as_of),
        "成文日期": day(facts.as_of),
        "落款": plain(facts.campaign.issuer) or "（发文机关）",
        "答复期限": day(facts.reply_by()[0]),
        "报送截止": day(facts.campaign.round_due),
        "提醒天数": facts.campaign.deadlines.due_soon_days,
        "红色天数": rules.red.overdue_days,
        "黄色天数": rules.yellow.overdue_days,
    }


def _name(facts: Facts) -> str:
    return plain(facts.campaign.name) or "整改任务"


def _overall(facts: Facts) -> Filling:
    figures = facts.figures
    return {
        **figures,
        "办结率": percent(figures["已办结"], figures["任务总数"]),
        "状态分布": "、".join(f"{plain(name)}{count}项" for name, count in facts.statuses) or "无",
        "上期": _change(facts),
    }


def _change(facts: Facts) -> Filling:
    """Against the last round, if the master knows of one."""
    if not facts.master.rounds:
        return {}
    last, now = facts.master.rounds[-1], facts.figures
    return {
        "名称": cycle(last.id) or f"截至{day(last.as_of)}",
        "已办结": _more(now["已办结"] - last.closed),
        "逾期": _more(now["逾期"] - last.overdue),
    }


def _more(difference: int) -> str:
    return f"{'增加' if difference > 0 else '减少'}{abs(difference)}项" if difference else "持平"


def _ranked(facts: Facts, ranking: tuple[Standing, ...]) -> Filling:
    ranked = [one for one in ranking if one.rank]
    first, last = ends(ranked)
    unnamed = {"项数": len(facts.unnamed), "任务": numbers(task.values.get("task_id") for task in facts.unnamed)}
    return {
        "参加排名单位数": len(ranked),
        "排名最少任务数": facts.campaign.papers.min_tasks,
        "排名靠前": "、".join(map(plain, first)),
        "排名靠后": "、".join(map(plain, last)),
        "排名": [_row(one) for one in ranking],
        "排名说明": _explained(facts, ranking),
        "牵头单位待核实": unnamed if facts.unnamed else {},
    }


def _row(one: Standing) -> Filling:
    count = one.count
    return {
        "名次": str(one.rank or "—"), "单位": plain(count.name), "任务数": count.tasks, "已办结": count.closed,
        "办结率": percent(count.closed, count.tasks), "逾期": count.overdue, "得分": one.score if one.rank else "—",
        "预警": _LIGHTS[one.light] or "—",
    }  # fmt: skip


def _explained(facts: Facts, ranking: tuple[Standing, ...]) -> list[str]:
    """How the points were given, and who does not take part and why."""
    points = facts.campaign.papers.points
    scoring = (
        f"注：每项任务计分：按期办结{points.closed}分，逾期办结{points.done_late}分，正常推进{points.on_time}分，"
        f"即将到期{points.due_soon}分，无明确时限{points.undated}分，逾期未办结{points.overdue}分；单位得分为各项任务的平均分，"
        f"未报送的扣{points.not_reported}分，逾期报送的扣{points.late_report}分。得分相同的名次并列。"
    )
    reasons = {
        "任务少": f"任务少于{facts.campaign.papers.min_tasks}项的单位不参加排名，以免一项任务决定名次。",
        "统称": "不是单个单位的名称（如各县区）不参加排名。",
        "未列入名册": "单位名册中没有的单位不参加排名。",
    }
    given = {one.unranked for one in ranking}
    shared = "几个单位共同牵头的任务，分别计入各单位。"
    return [scoring, shared, *(text for reason, text in reasons.items() if reason in given)]


def _coloured(facts: Facts, ranking: tuple[Standing, ...]) -> Filling:
    rules = facts.campaign.papers
    lights: list[Light | None] = [rules.light(task.timing.days) for task in facts.master.overdue]
    known = {one.count.name for one in ranking}
    idle = sorted(facts.missing - known)  # units that lead nothing still may bear a colour for not reporting
    filled: Filling = {}
    for light, name in (("red", "红色预警"), ("yellow", "黄色预警")):
        units = [(one.count.name, _why(facts, one)) for one in ranking if one.light == light]
        if rules.not_reported == light:
            units += [(unit, "未报送整改进展情况") for unit in idle]
        listed = [{"序号": at, "名称": plain(unit), "情况": why} for at, (unit, why) in enumerate(units, 1)]
        filled[name] = {"项数": sum(found == light for found in lights), "单位": listed, "单位数": len(listed)}
    return filled


def _why(facts: Facts, one: Standing) -> str:
    told = []
    if one.late:
        ids = counted(task.values.get("task_id") for task in one.late)
        told.append(f"逾期{ids}\uff0c最长{one.late[0].timing.days}天")
    if one.count.name in facts.missing and facts.campaign.papers.not_reported != "none":
        told.append("未报送整改进展情况")
    return "\uff0c".join(told)


def _alerts(facts: Facts) -> list[Filling]:
    rows = []
    for task in (*facts.master.overdue, *facts.master.due_soon):
        late = task.timing.flag == "overdue"
        light = _LIGHTS[facts.campaign.papers.light(task.timing.days)] or "—" if late else "蓝"
        due = task.timing.next_due or task.timing.due
        rows.append({
            "预警": light,
            **task_columns(facts, task),
            "到期日": due.isoformat() if due else "",
            "分行": "\n",
            "情况": f"{'逾期' if late else '剩'}{task.timing.days}天",
        })  # fmt: skip
    return rows


def task_columns(facts: Facts, task: TaskRecord) -> Filling:
    """What every table says of a task."""
    values = task.values
    return {
        "编号": short(values.get("task_id"), _CELL) or "—",
        "问题": short(task.subject, _SUBJECT),
        "牵头单位": short("、".join(facts.lead(task)), _CELL) or UNNAMED,
        "责任领导": short(_several(task.leaders), _CELL) or "—",
        "责任领导原文": short(values.get("leader"), _CELL) or "（未填写）",
        "整改时限": short(values.get("deadline"), _CELL) or "（未填写）",
    }


def _several(names: tuple[str, ...]) -> str:
    """Names in a narrow column: all of a few, else the first and how many."""
    return "、".join(names) if len(names) <= _FEW else f"{names[0]}等{len(names)}人"


def _reported(facts: Facts) -> Filling:
    missing, late = facts.master.missing_units, facts.late
    named = [
        f"{plain(unit)}\uff08{filled.month}月{filled.day}日填报\uff09" if filled else plain(unit) for unit, filled in late.items()
    ]
    return {
        "未报送数": len(missing), "未报送": "、".join(map(plain, missing)), "逾期报送数": len(late), "逾期报送": "、".join(named),
        "有名册": bool(facts.campaign.units),
    }  # fmt: skip


def _to_amend(facts: Facts, listed: tuple[TaskRecord, ...], waiting: list[TaskRecord]) -> Filling:
    def told(found: list[TaskRecord]) -> str:
        return counted(task.values.get("task_id") for task in found)

    return {
        "项数": len(listed), "待完善数": len(waiting), "已办结数": len(listed) - len(waiting),
        "单位": by_lead(facts, waiting, told),
    }  # fmt: skip


def _amend(facts: Facts, task: TaskRecord, places: list[set[int]]) -> Filling:
    words = ("整改时限", "责任领导")
    needed = [word for word, group in zip(words, places, strict=True) if id(task) in group]
    return {**task_columns(facts, task), "需完善": "、".join(needed)}


def _enclosed(enclosures: Mapping[str, Enclosure]) -> Filling:
    shown: Iterable[Enclosure] = filter(None, enclosures.values())
    return {**enclosures, "附件清单": list(shown)}
