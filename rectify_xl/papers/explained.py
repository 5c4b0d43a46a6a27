"""Why two figures of the bulletin differ that a reader would expect to be the same; nothing where they agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ledger.lights import is_done
from rectify_xl.papers.facts import is_open
from rectify_xl.papers.words import numbers, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.facts import Facts
    from rectify_xl.papers.ranking import Standing


def why_closed(facts: Facts) -> str:
    """已办结 beside the figures by state: which of them it comprises, and what is done by its date alone and in neither."""
    states = facts.campaign.schema.states
    found = [plain(name) for name, _ in facts.statuses if (state := states.get(name)) and state.closed]
    said = ""
    if len(found) > 1:
        said = facts.say(f"已办结包括{facts.listed(found)}。", f" Closed comprises {facts.listed(found)}.")
    unstated = [task for task in facts.master.tasks if is_done(task) and is_open(task)]
    if unstated:
        ids = numbers((task.values.get("task_id") for task in unstated), facts.lang)
        said += facts.say(
            f"另有{len(unstated)}项没有填写整改状态，但写明已经完成（{ids}），不计入已办结，也不计入逾期。",
            f" Without a state, but said to be done: {len(unstated)} ({ids}); counted neither as closed nor as overdue.",
        )
    return said


def why_unclear(facts: Facts) -> str:
    """The tasks of 时限不明 beside the figure 无明确时限 of the overview."""
    listed, undated = facts.master.unclear, facts.figures.undated
    if len(listed) == undated:
        return ""
    others = [task for task in listed if task.timing.flag != "undated"]
    done = sum(not is_open(task) for task in others)
    dated = len(others) - done
    zh = [f"{undated}项没有日期（即总体情况中的“无明确时限”）"] if undated else []
    en = [f"without a date: {undated} (“no clear deadline” in the overview)"] if undated else []
    if done and len(listed) > done:
        zh, en = [*zh, f"{done}项已办结"], [*en, f"closed: {done}"]
    if dated:
        beside = facts.say("，不计入总体情况中的“无明确时限”", " (not in the figure of the overview)")
        zh, en = [*zh, f"{dated}项有日期但不够明确{beside}"], [*en, f"with a date that is not clear: {dated}{beside}"]
    return facts.say(f"{len(listed)}项中，{'，'.join(zh)}。", f" Of these {len(listed)}, {', '.join(en)}.") if zh else ""


def why_uncoloured(facts: Facts, coloured: Collection[int]) -> str:
    """The overdue tasks that bear no colour; ``coloured`` are the ids of those that do."""
    rest = [task for task in facts.master.overdue if id(task) not in coloured]
    if not rest:
        return ""
    ids = numbers((task.values.get("task_id") for task in rest), facts.lang)
    return facts.say(
        f"其余{len(rest)}项逾期任务（{ids}）没有达到列入预警的条件。",
        f" The other overdue tasks ({len(rest)}: {ids}) meet no condition of a warning.",
    )


def why_all_of_a_unit(facts: Facts, listed: Sequence[Standing], tasks: Collection[int]) -> str:
    """Why the tasks named beside the units of a colour are more than the tasks of that colour."""
    named = [id(task) for one in listed for task in one.late]
    said = []
    if set(named) - set(tasks):
        said.append(facts.say("单位后列出其全部逾期任务", "beside each unit stand all its overdue tasks"))
    if len(named) > len(set(named)):
        said.append(facts.say("共同牵头的分别列出", "those led together stand beside each"))
    return "".join(facts.say(f"；{one}", f"; {one}") for one in said)


def why_not_every_lead(facts: Facts, tasks: Sequence[TaskRecord], listed: Sequence[Standing], ranking: Sequence[Standing]) -> str:
    """Why units that lead a task of a colour are not listed under it."""
    leads = {name for task in tasks for name in facts.lead(task)} - {one.count.name for one in listed}
    others = [one for one in ranking if one.count.name in leads]
    said = []
    if any(one.light for one in others):
        said.append(facts.say("其余牵头单位列入其他颜色的预警", "other lead units are listed under another colour"))
    if not all(one.light for one in others):
        said.append(facts.say("项数不足的单位不列入", "units with too few such tasks are not listed"))
    return "".join(facts.say(f"；{one}", f"; {one}") for one in said)


def why_rows_add_up_to_more(facts: Facts, ranking: Sequence[Standing]) -> str:
    """The rows of the ranking beside the number of tasks."""
    rows, tasks = sum(one.count.tasks for one in ranking), facts.figures.tasks
    unnamed = len(facts.unnamed)
    if rows == tasks and not unnamed:
        return ""
    left_out = facts.say(
        f"，没有写明牵头单位或名称有误的{unnamed}项不在表中", f"; {unnamed} that name no lead unit or a wrong one are left out"
    )
    return facts.say(
        f"任务共{tasks}项，各行任务数相加为{rows}项：共同牵头的任务分别计入各单位{left_out if unnamed else ''}。",
        f"Tasks in all: {tasks}; the rows add up to {rows}: tasks led together count for each unit{left_out if unnamed else ''}.",
    )
