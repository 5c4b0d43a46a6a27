"""The rounds that were kept, and one task's life, as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text, listed, listed_first, localise
from rectify_xl.console.difference_text import change_line, value_line
from rectify_xl.history.lives import NOTHING_KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.history import Life, Past
    from rectify_xl.history.entry import Entry, KeptChange, KeptReport
    from rectify_xl.schema.schema import Schema

_LONGEST, _MOST = 15, 5  # of a task's words, and of tasks named


def round_lines(past: Past, lang: str) -> Iterator[str]:
    """Every round with its merges: when, of how many files, what it changed."""
    if not past.entries:
        yield localise(lang, f"{NOTHING_KEPT.zh}。", f"{NOTHING_KEPT.en}.")
    for round_id, merges in past.rounds.items():
        yield localise(lang, f"第 {round_id} 轮：汇总 {len(merges)} 次", f"Round {round_id}: merged {len(merges)} times")
        for at, entry in enumerate(merges, 1):
            yield f"  {at}. {_merge(entry, lang)}"


def _merge(entry: Entry, lang: str) -> str:
    lists = sum(file.role == "submission" for file in entry.files)
    changes, tasks, moment = len(entry.changes), len(entry.tasks), entry.written[:16].replace("T", " ")
    # As many as 冲突 has lines: all that units say of one value is one.
    disputes, edits, zh, en = len({(one.key, one.field, one.outcome) for one in entry.disputes}), len(entry.edits), "", ""
    if disputes:
        zh, en = f"，{disputes} 处列入冲突", f", {disputes} put into Conflicts"
    if edits:
        zh, en = f"{zh}，此前整改办改动 {edits} 处", f"{en}, edited by the office before: {edits}"
    return localise(
        lang,
        f"{moment}，统计截至 {entry.as_of}：{lists} 份清单，{tasks} 项任务，{changes} 处变更{zh}；写到 {entry.master}",
        f"{moment}, as of {entry.as_of}: {lists} lists, {tasks} tasks, {changes} changes{en}; written to {entry.master}",
    )


def shared_number(life: Life, number: str) -> Text | None:
    """Which other tasks have the number that was asked for; None where it is one task's alone."""
    if not life.others:
        return None
    names = [f"{task.key} {task.text[:_LONGEST]}" for task in life.others]
    zh, en = (listed_first(lang, names, _MOST) for lang in ("zh", "en"))
    return Text(
        f"请核对：编号“{number}”的任务有 {len(life.others) + 1} 项，以下是 {life.key}；另有 {zh}，要看的请写任务标识",
        f"Please check: {len(life.others) + 1} tasks have the number {number}, this is {life.key}; there are {en}:"
        " name one by its key",
    )


def life_lines(life: Life, schema: Schema, lang: str) -> Iterator[str]:
    """A task's life, one merge after the other."""
    yield localise(
        lang, f"{life.task_id or life.key}（{life.key}）{life.text}", f"{life.task_id or life.key} ({life.key}) {life.text}"
    )
    for moment in life.moments:
        entry, task = moment.entry, moment.task
        status = (task.status if task else "") or localise(lang, "未填写", "none")
        deadline = (task.deadline if task else "") or localise(lang, "未填写", "none")
        yield localise(
            lang, f"第 {entry.round_id} 轮（统计截至 {entry.as_of}）：台账整改状态 {status}，整改时限 {deadline}",
            f"Round {entry.round_id} (as of {entry.as_of}): the ledger says status {status}, deadline {deadline}",
        )  # fmt: skip
        for edit in moment.edits:
            what = change_line(schema, edit.field or localise(lang, "整项任务", "the whole task"), edit.old, edit.new, lang)
            yield localise(lang, f"  整改办改动 {what}", f"  edited by the office: {what}")
        for report in moment.reports:
            yield f"  {_report(report, lang)}"
        for change in moment.changes:
            # Without a field it is the decision on a row of 待确认: no task is what it comes to where it is not taken.
            decided = localise(lang, "待确认的一行", "a row in doubt")
            what = change_line(schema, change.field or decided, change.old, change.new, lang)
            if change.outcome == "decided" and change.field and change.old == change.new:
                kept = value_line(schema, change.field, change.old, lang)
                what = localise(lang, f"核定保留台账 {kept}", f"kept by the office: {kept}")
            elif change.outcome == "decided":
                what = localise(lang, f"核定 {what}", f"decided by the office: {what}")
            where = _place(change, lang)
            yield localise(lang, f"  {what}（{where}）", f"  {what} ({where})") if where else f"  {what}"
        for one in moment.disputes:
            yield f"  {_dispute(one, schema, lang)}"
        if not (moment.reports or moment.changes or moment.disputes or moment.edits):
            yield localise(lang, "  本次没有填报，没有变更", "  no report, no change")


def _dispute(one: KeptChange, schema: Schema, lang: str) -> str:
    """What a unit says otherwise, and what the ledger kept."""
    what = change_line(schema, one.field, one.old, one.new, lang)
    where = _place(one, lang)
    if one.outcome == "refused":
        return localise(
            lang, f"单位建议修改，台账未改：{what}（{where}）", f"proposed by a unit, the ledger unchanged: {what} ({where})"
        )
    return localise(lang, f"填报不一致，列入冲突：{what}（{where}）", f"in dispute, put into Conflicts: {what} ({where})")


def _place(change: KeptChange, lang: str) -> str:
    """Who says so and in which cells; of several lists each has a line of its own in the record."""
    return _together(lang, change.unit, listed(lang, change.source.split("\n")))


def _report(report: KeptReport, lang: str) -> str:
    said = _together(lang, report.status, report.percent, report.progress)
    where = f"{report.file}!{report.sheet}!{report.cell}"
    return localise(lang, f"{report.unit}填报：{said or '（空白）'}（{where}）", f"{report.unit}: {said or '(blank)'} ({where})")


def _together(lang: str, *texts: str) -> str:
    return localise(lang, "，", ", ").join(filter(None, texts))
