"""An imported plan in lines for a terminal."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.common.findings import SEVERITY_LABELS, Severity
from rectify_xl.common.i18n import localise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.plans.model import Doubt, Plan

_MOST = 40
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO)


def plan_lines(plan: Plan, lang: str) -> Iterator[str]:
    """Facts, tasks, and what is in doubt: errors first, hints of one kind on one line."""
    facts = plan.facts
    yield localise(lang, f"方案：{facts.title or '（没有读到标题）'}", f"Plan: {facts.title or '(no title found)'}")
    said = filter(None, ("、".join(facts.issuer), facts.doc_no, facts.issue_date))
    if line := "  ".join(said):
        yield localise(lang, f"印发：{line}", f"Issued: {line}")
    declared = facts.declared_tasks
    beside = "" if declared is None else localise(lang, f"，文件写明 {declared} 项", f", {declared} declared")
    yield localise(lang, f"读到任务 {len(plan.tasks)} 项{beside}。", f"{len(plan.tasks)} tasks found{beside}.")
    weighty = [doubt for doubt in plan.all_doubts if doubt.severity is not Severity.INFO]
    for doubt in sorted(weighty, key=lambda one: _ORDER.index(one.severity))[:_MOST]:
        yield _line(doubt, lang)
    if len(weighty) > _MOST:
        yield localise(lang, f"  ……另有 {len(weighty) - _MOST} 处", f"  … and {len(weighty) - _MOST} more")
    yield from _hints(plan, lang)


def _line(doubt: Doubt, lang: str) -> str:
    weight = SEVERITY_LABELS[doubt.severity][lang]
    task = localise(lang, f"任务{doubt.task}：", f"task {doubt.task}: ") if doubt.task else ""
    where = ""
    if doubt.place:
        where = localise(lang, f"（第{doubt.place.paragraph}段）", f" (paragraph {doubt.place.paragraph})")
    return f"  {weight} {task}{doubt.message.in_language(lang)}{where}"


def _hints(plan: Plan, lang: str) -> Iterator[str]:
    hints = [doubt for doubt in plan.all_doubts if doubt.severity is Severity.INFO]
    counts = Counter(doubt.code for doubt in hints)
    label = SEVERITY_LABELS[Severity.INFO][lang]
    for code, count in counts.items():
        first = next(doubt for doubt in hints if doubt.code == code)
        if count == 1:
            yield _line(first, lang)
            continue
        tasks = "、".join(doubt.task for doubt in hints if doubt.code == code and doubt.task)
        text = first.message.in_language(lang)
        yield localise(lang, f"  {label} {text}（等 {count} 处：任务{tasks}）", f"  {label} {text} ({count} tasks: {tasks})")
