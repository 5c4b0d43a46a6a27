"""What differs between two masters, as lines for a terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import localise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.difference import Difference, DifferingTask
    from rectify_xl.schema.schema import Schema

_LONGEST = 40


def difference_lines(difference: Difference, lang: str) -> Iterator[str]:
    """Tasks added, removed and changed, then the counts."""
    schema = difference.campaign.schema
    for task in difference.added:
        yield localise(lang, f"新增任务 {_name(task)}", f"added: {_name(task)}")
    for task in difference.removed:
        yield localise(lang, f"少了任务 {_name(task)}", f"removed: {_name(task)}")
    for (key, number), values in groupby(difference.changed, key=lambda value: (value.key, value.task_id)):
        yield localise(lang, f"任务 {number or key}（{key}）有变化：", f"task {number or key} ({key}) has changed:")
        for value in values:
            yield f"  {change_line(schema, value.field, value.old, value.new, lang)}"
    added, removed, changed = len(difference.added), len(difference.removed), difference.changed_tasks
    count, same = len(difference.changed), difference.unchanged
    yield localise(
        lang,
        f"新增 {added} 项，减少 {removed} 项，有变化 {changed} 项（{count} 处），没有变化 {same} 项。",
        f"{added} added, {removed} removed, {changed} changed ({count} values), {same} unchanged.",
    )


def change_line(schema: Schema, field: str, old: str, new: str, lang: str) -> str:
    """One changed value: 整改时限：2026-08-31 → 2026-12-31."""
    return f"{value_line(schema, field, old, lang)} → {_shown(new, lang)}"


def value_line(schema: Schema, field: str, value: str, lang: str) -> str:
    """One value under its label: 整改时限：2026-08-31."""
    label = schema[field].label[lang] if field in schema else field
    return f"{label}{localise(lang, '：', ': ')}{_shown(value, lang)}"


def _shown(text: str, lang: str) -> str:
    return _short(text) or localise(lang, "（空）", "(blank)")


def _name(task: DifferingTask) -> str:
    return f"{task.task_id or task.key}（{task.key}）{_short(task.text)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
