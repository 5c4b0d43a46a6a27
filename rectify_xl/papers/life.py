"""A task's life on a card: what changed in which round, from 变更记录."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rectify_xl.papers.words import plain, short
from rectify_xl.rounds.composing import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rectify_xl.ledger.records import ChangeRecord, TaskRecord
    from rectify_xl.papers.facts import Facts
    from rectify_xl.papers.filling import Filling

_MOST_PER_TASK, _MOST = 4, 16  # lines: a card stays a card
_LONGEST = 18  # characters of a value


def lives(facts: Facts, tasks: Sequence[TaskRecord]) -> list[Filling]:
    """The last changes of each task, the tasks in the given order, the oldest change first; empty in a first round."""
    changes = changes_by_task(facts)
    lines: list[Filling] = []
    for task in tasks:
        own = changes.get(task.key, []) if task.key else []
        shown = own[-_MOST_PER_TASK:]
        if shown and len(lines) + len(shown) <= _MOST:
            lines += _lines(facts, task, shown, len(own) - len(shown))
    return lines


def changes_by_task(facts: Facts) -> Mapping[str, list[ChangeRecord]]:
    """Key of a task -> what changed in it, in the order of 变更记录."""
    found: dict[str, list[ChangeRecord]] = defaultdict(list)
    for change in facts.master.changes:
        if change.field in facts.campaign.schema and change.old != change.new:
            found[change.key].append(change)
    return found


def _lines(facts: Facts, task: TaskRecord, changes: Sequence[ChangeRecord], more: int) -> Iterator[Filling]:
    say, schema = facts.say, facts.campaign.schema
    empty = say("（空）", "(blank)")
    number = short(task.values.get("task_id"), 12) or short(task.subject, 12) or "—"
    for at, change in enumerate(changes):
        old, new = (short(text, _LONGEST) or empty for text in _what_differs(change.old, change.new))
        label = schema[change.field].label[facts.lang]
        earlier = say(f"（此前另有{more}处变更）", f" ({more} changes before)") if more and at == 0 else ""
        yield {
            "编号": number,
            "轮次": plain(change.round_id),
            "单位": short(change.unit, _LONGEST) or "—",
            "内容": f"{label}{say('：', ': ')}{old}→{new}{earlier}",
        }


def _what_differs(old: str, new: str) -> tuple[str, str]:
    """Of a cell with a line for each unit the lines that changed; else both texts as they are."""
    now = split_lines(new)
    if now is None:
        return old, new
    before = split_lines(old) or {}
    changed = {unit: text for unit, text in now.items() if text not in (before.get(unit), old)}
    if not changed:
        return old, new
    last = [before[unit] for unit in changed if unit in before] or ([old] if len(changed) == len(now) else [])
    return "；".join(last), "；".join(changed.values())
