"""One page for a unit or a leader to hold in a meeting: figures, what is asked, the own tasks with the most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.readings import read_leaders
from rectify_xl.language.text import clean_text
from rectify_xl.ledger.counts import GroupCount
from rectify_xl.ledger.lights import is_at_risk
from rectify_xl.papers.facts import Facts, days_late, is_open, longest_late, overdue_count
from rectify_xl.papers.filling import campaign_name, due_day, not_said
from rectify_xl.papers.life import lives
from rectify_xl.papers.words import day, numbers, plain, plural, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.filling import Filling

# In points: the page without title, figures and headings; a line of running text; a line of a row, and the row's margins.
_PAGE, _TEXT_LINE, _LINE, _MARGINS = 565, 20, 14, 4
_MOST_LINES, _OVERLEAF = 3, 2
_TEXT_PER_LINE, _PER_LINE, _OTHER_PER_LINE = 41, 16, 9  # characters
_ORDER = ("overdue", "due-soon", "undated", "on-time", "done-late")


def unit_cards(facts: Facts) -> Iterator[tuple[str, Filling]]:
    """Unit -> what its card is filled with: every unit that leads a task or did not report."""
    counts = {count.name: count for count in facts.units if facts.standing(count.name) != "wrong"}
    for unit in facts.master.missing_units:
        counts.setdefault(unit, GroupCount(unit, 0))
    for name, count in counts.items():
        tasks = facts.led.get(name, [])
        yield name, _card(facts, count, tasks, list(_requests_to_unit(facts, name, tasks)), leader=False)


def leader_cards(facts: Facts) -> Iterator[tuple[str, Filling]]:
    """Leader -> what the card is filled with."""
    for count in facts.leaders:
        if clean_text(count.name, name=True).damage:
            continue
        tasks = tuple(task for task in facts.master.tasks if count.name in task.leaders)
        yield count.name, _card(facts, count, tasks, list(_requests_to_leader(facts, tasks)), leader=True)


def _card(facts: Facts, count: GroupCount, tasks: Sequence[TaskRecord], requests: list[str], *, leader: bool) -> Filling:
    head = {
        "职务": plain(_title(facts, count.name, tasks)) if leader else "",
        "活动名称": campaign_name(facts),
        "截至日期": day(facts.as_of, facts.lang),
    }
    lines = _lines(len(tasks), [*requests, "  ".join(head.values())], facts.lang)
    urgent_first = sorted(tasks, key=_urgency)
    return {
        **head,
        "名称": plain(count.name),
        "落款": plain(facts.campaign.issuer),
        "任务数": count.tasks,
        "已办结": count.closed,
        "逾期": overdue_count(facts, count),
        "即将到期": count.due_soon,
        "无明确时限": sum(task.timing.flag == "undated" for task in tasks),
        "请办标题": _heading(facts, requests, leader=leader),
        "请办事项": [{"序号": at, "内容": text} for at, text in enumerate(requests, 1)],
        "对方": facts.say("牵头单位", "Lead unit") if leader else facts.say("责任领导", "Leader"),
        "任务清单": [_row(facts, task, lines, leader=leader) for task in urgent_first],
        "历次变更": lives(facts, urgent_first),
    }


def _heading(facts: Facts, requests: Sequence[str], *, leader: bool) -> str:
    if not requests:
        return facts.say("需要办理的事项", "To be dealt with")
    if leader:
        return facts.say("请协调推动的事项", "Please coordinate")
    return facts.say("请抓紧办理的事项", "Please deal with this now")


def _lines(rows: int, texts: Sequence[str], lang: str) -> int:
    """How many lines a problem may take, so that the list ends on the first page; one that cannot goes on overleaf."""
    per_line = _TEXT_PER_LINE * (2 if lang == "en" else 1)  # a letter is half as wide as a character
    room = _PAGE - _TEXT_LINE * sum(-(-len(text) // per_line) for text in texts)
    fitting = (lines for lines in range(_MOST_LINES, 0, -1) if rows * (_LINE * lines + _MARGINS) <= room)
    return next(fitting, _OVERLEAF)


def _title(facts: Facts, name: str, tasks: Sequence[TaskRecord]) -> str:
    """The leader's title as leaders.csv has it, else as a task writes it first."""
    listed = (leader.title for leader in facts.campaign.leaders if leader.name == name)
    written = (
        "、".join(leader.titles)
        for task in tasks
        for leader in read_leaders(task.values.get("leader"))
        if leader.name == name and leader.titles
    )
    return next(filter(None, (*listed, *written)), "")


def _urgency(task: TaskRecord) -> tuple[int, int, int]:
    """Overdue by days, due soon by days left, without a date, the others by their date; closed ones last."""
    days = task.timing.days
    due = task.timing.next_due or task.timing.due
    later = due.toordinal() if due else 0
    return _ORDER.index(task.timing.flag) + (0 if is_open(task) else len(_ORDER)), -days if _late(task) else days, later


def _late(task: TaskRecord) -> bool:
    return task.timing.flag == "overdue"


def _row(facts: Facts, task: TaskRecord, lines: int, *, leader: bool) -> Filling:
    others = sorted(facts.lead(task), key=lambda name: facts.standing(name) == "wrong") if leader else task.leaders
    shown = facts.listed(others) or facts.say("（未明确）", "(not named)")
    if len(shown) > _OTHER_PER_LINE * lines and len(others) > 1:
        first, count = plain(others[0]), len(others)
        shown = facts.say(f"{first}等{count}{'个单位' if leader else '人'}", f"{first} and {count - 1} others")
    return {
        "编号": short(task.values.get("task_id"), 12) or "—",
        "问题": short(task.subject, _PER_LINE * lines) or not_said(facts, task.subject),
        "对方": short(shown, 2 * _OTHER_PER_LINE),
        "到期日": due_day(task) or "—",
        "状态": short(task.status, 8) or "—",
        "情况": _state(facts, task),
    }


def _state(facts: Facts, task: TaskRecord) -> str:
    flag, days, say = task.timing.flag, task.timing.days, facts.say
    if flag == "overdue":
        return days_late(facts, task)
    if flag == "due-soon":
        return say(f"剩{days}天", f"{plural(days, 'day')} left")
    if flag == "undated" and not task.is_standing:
        return say("无明确时限", "no clear deadline")
    if flag == "done-late":
        return say("逾期办结", "closed late")
    return say("正常", "on schedule") if is_open(task) else say("已办结", "closed")


def _of(facts: Facts, tasks: Sequence[TaskRecord]) -> str:
    ids = numbers((task.values.get("task_id") for task in tasks), facts.lang)
    return ids[:1].upper() + ids[1:]


def _flagged(tasks: Sequence[TaskRecord], flag: str) -> list[TaskRecord]:
    return sorted((task for task in tasks if task.timing.flag == flag), key=_urgency)


def _requests(facts: Facts, tasks: Sequence[TaskRecord], overdue: str, due_soon: str, undated: str) -> Iterator[str]:
    """What is wrong with which tasks, each with what is asked for."""
    if late := _flagged(tasks, "overdue"):
        ids, longest = _of(facts, late), longest_late(facts, late)
        yield facts.say(f"{ids}已逾期，{longest}。{overdue}", f"{ids}: overdue, {longest}. {overdue}")
    if soon := _flagged(tasks, "due-soon"):
        ids, days = _of(facts, soon), soon[0].timing.days
        yield facts.say(
            f"{ids}即将到期，最近的还剩{days}天。{due_soon}", f"{ids}: due soon, the next in {plural(days, 'day')}. {due_soon}"
        )
    if hard := [task for task in tasks if is_at_risk(task) and task.timing.flag != "due-soon"]:
        ids = _of(facts, hard)
        yield facts.say(f"{ids}预计不能按期或有困难。{due_soon}", f"{ids}: not expected in time, or in time at risk. {due_soon}")
    if unclear := [task for task in tasks if not task.is_clear and is_open(task)]:
        ids = _of(facts, unclear)
        yield facts.say(f"{ids}的整改时限不明确。{undated}", f"{ids}: no clear deadline. {undated}")


def _requests_to_leader(facts: Facts, tasks: Sequence[TaskRecord]) -> Iterator[str]:
    return _requests(
        facts,
        tasks,
        facts.say(
            "请督促牵头单位说明原因、限期完成。", "Please have the lead units explain why and complete them by a fixed day."
        ),
        facts.say("请调度进度，确保按期完成。", "Please follow the progress, so that they are completed in time."),
        facts.say(
            "请组织牵头单位明确完成日期，具体到年月日。", "Please have the lead units name a day, with year, month and day."
        ),
    )


def _requests_to_unit(facts: Facts, unit: str, tasks: Sequence[TaskRecord]) -> Iterator[str]:
    if unit in facts.missing:
        yield facts.say(
            "尚未报送本期整改进展情况，请立即报送。",
            "Your report on the progress of this round is missing; please send it at once.",
        )
    yield from _requests(
        facts,
        tasks,
        facts.say(
            "请限期完成。",
            "Please complete them by a fixed day.",
        ),
        facts.say("请抓紧推进，确保按期完成。", "Please see that they are completed in time."),
        facts.say("请写明完成日期，具体到年月日。", "Please name the day of completion, with year, month and day."),
    )
    if leaderless := [task for task in tasks if not task.has_leader and is_open(task)]:
        ids = _of(facts, leaderless)
        yield facts.say(
            f"{ids}没有责任领导。请每项任务明确一名责任领导，写明姓名和职务。",
            f"{ids}: no responsible leader. Please name one leader for each task, with the post.",
        )
