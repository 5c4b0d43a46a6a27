"""One page for a unit or a leader to hold in a meeting: figures, what is asked, the own tasks with the most urgent first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.collection.readings import read_leaders
from rectify_xl.language.text import clean_text
from rectify_xl.papers.facts import Count, Facts, is_open
from rectify_xl.papers.words import day, numbers, plain, short

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rectify_xl.ledger.sheets import Entry

Filling = dict[str, Any]
# In points: the page without title, figures and headings; a line of running text; a line of a row, and the row's margins.
_PAGE, _TEXT_LINE, _LINE, _MARGINS = 565, 20, 14, 4
_MOST_LINES, _OVERLEAF = 3, 2
_TEXT_PER_LINE, _PER_LINE, _OTHER_PER_LINE = 41, 16, 9  # characters
_ORDER = ("overdue", "due-soon", "undated", "on-time", "done-late")


def unit_cards(facts: Facts) -> Iterator[tuple[str, Filling]]:
    """Unit -> what its card is filled with: every unit that leads a task or did not report."""
    counts = {count.name: count for count in facts.units if facts.standing(count.name) != "wrong"}
    for absent in facts.absent:
        if absent.kind == "missing":
            counts.setdefault(absent.unit, Count(absent.unit, 0, 0, 0, 0))
    for name, count in counts.items():
        entries = facts.led.get(name, [])
        asked = list(_asked_of_unit(facts, name, entries))
        yield name, _card(facts, count, entries, asked, leader=False)


def leader_cards(facts: Facts) -> Iterator[tuple[str, Filling]]:
    """Leader -> what the card is filled with."""
    for count in facts.leaders:
        if clean_text(count.name, name=True).damage:
            continue
        entries = tuple(entry for entry in facts.entries if count.name in entry.leaders)
        yield count.name, _card(facts, count, entries, list(_asked_of_leader(entries)), leader=True)


def _card(facts: Facts, count: Count, entries: Sequence[Entry], asked: list[str], *, leader: bool) -> Filling:
    head = {
        "职务": plain(_title(facts, count.name, entries)) if leader else "",
        "活动名称": plain(facts.campaign.name) or "整改任务",
        "截至日期": day(facts.as_of),
    }
    lines = _lines(len(entries), [*asked, "  ".join(head.values())])
    return {
        **head,
        "名称": plain(count.name),
        "落款": plain(facts.campaign.issuer),
        "任务数": count.tasks,
        "已办结": count.closed,
        "逾期": count.overdue,
        "即将到期": count.due_soon,
        "无明确时限": sum(entry.timing.flag == "undated" for entry in entries),
        "请办标题": "请协调推动的事项" if leader else "请抓紧办理的事项",
        "请办事项": [{"序号": at, "内容": text} for at, text in enumerate(asked, 1)],
        "对方": "牵头单位" if leader else "责任领导",
        "任务清单": [_row(facts, entry, lines, leader=leader) for entry in sorted(entries, key=_urgency)],
    }


def _lines(rows: int, texts: Sequence[str]) -> int:
    """How many lines a problem may take, so that the list ends on the first page; one that cannot goes on overleaf."""
    room = _PAGE - _TEXT_LINE * sum(-(-len(text) // _TEXT_PER_LINE) for text in texts)
    fitting = (lines for lines in range(_MOST_LINES, 0, -1) if rows * (_LINE * lines + _MARGINS) <= room)
    return next(fitting, _OVERLEAF)


def _title(facts: Facts, name: str, entries: Sequence[Entry]) -> str:
    """The leader's title as leaders.csv has it, else as a task writes it first."""
    listed = (leader.title for leader in facts.campaign.leaders if leader.name == name)
    written = (
        "、".join(leader.titles)
        for entry in entries
        for leader in read_leaders(entry.values.get("leader"))
        if leader.name == name and leader.titles
    )
    return next(filter(None, (*listed, *written)), "")


def _urgency(entry: Entry) -> tuple[int, int, int]:
    """Overdue by days, due soon by days left, without a date, the others by their date; closed ones last."""
    days = entry.timing.days
    due = entry.timing.next_due or entry.timing.due
    later = due.toordinal() if due else 0
    return _ORDER.index(entry.timing.flag) + (0 if is_open(entry) else len(_ORDER)), -days if _late(entry) else days, later


def _late(entry: Entry) -> bool:
    return entry.timing.flag == "overdue"


def _row(facts: Facts, entry: Entry, lines: int, *, leader: bool) -> Filling:
    others = sorted(facts.lead(entry), key=lambda name: facts.standing(name) == "wrong") if leader else entry.leaders
    shown = "、".join(others) or "（未明确）"
    if len(shown) > _OTHER_PER_LINE * lines and len(others) > 1:
        shown = f"{plain(others[0])}等{len(others)}{'个单位' if leader else '人'}"
    due = entry.timing.next_due or entry.timing.due
    return {
        "编号": short(entry.values.get("task_id"), 12) or "—",
        "问题": short(entry.subject, _PER_LINE * lines),
        "对方": short(shown, 2 * _OTHER_PER_LINE),
        "到期日": due.isoformat() if due else "—",
        "状态": short(entry.status, 8) or "—",
        "情况": _state(entry),
    }


def _state(entry: Entry) -> str:
    flag = entry.timing.flag
    if flag == "overdue":
        return f"逾期{entry.timing.days}天"
    if flag == "due-soon":
        return f"剩{entry.timing.days}天"
    if flag == "undated" and not entry.is_standing:
        return "无明确时限"
    return "逾期办结" if flag == "done-late" else "正常" if is_open(entry) else "已办结"


def _of(entries: Sequence[Entry]) -> str:
    return numbers(entry.values.get("task_id") for entry in entries)


def _flagged(entries: Sequence[Entry], flag: str) -> list[Entry]:
    return sorted((entry for entry in entries if entry.timing.flag == flag), key=_urgency)


def _asked(entries: Sequence[Entry], overdue: str, due_soon: str, undated: str) -> Iterator[str]:
    """What is wrong with which tasks, each with what is asked for."""
    if late := _flagged(entries, "overdue"):
        yield f"{_of(late)}已逾期，最长{late[0].timing.days}天。{overdue}"
    if soon := _flagged(entries, "due-soon"):
        yield f"{_of(soon)}即将到期，最近的还剩{soon[0].timing.days}天。{due_soon}"
    if unclear := [entry for entry in entries if entry.unclear and is_open(entry)]:
        yield f"{_of(unclear)}的整改时限不明确。{undated}"


def _asked_of_leader(entries: Sequence[Entry]) -> Iterator[str]:
    return _asked(
        entries,
        "请督促牵头单位说明原因、限期完成。",
        "请调度进度，确保按期完成。",
        "请组织牵头单位明确完成日期，具体到年月日。",
    )


def _asked_of_unit(facts: Facts, unit: str, entries: Sequence[Entry]) -> Iterator[str]:
    if unit in facts.missing:
        yield "尚未报送本期整改进展情况，请立即报送。"
    yield from _asked(
        entries,
        "请限期完成；确实不能完成的，按程序申请延期。",
        "请抓紧推进，确保按期完成。",
        "请写明完成日期，具体到年月日。",
    )
    if leaderless := [entry for entry in entries if not entry.led and is_open(entry)]:
        yield f"{_of(leaderless)}没有责任领导。请每项任务明确一名责任领导，写明姓名和职务。"
