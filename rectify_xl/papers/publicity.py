"""The public notice of one task (公示稿): a task that is done -> what its template is filled with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.closing_steps import DAY_OF, STEP_NAMES
from rectify_xl.collection.closing import closing_progress, steps_of, without_former_closing
from rectify_xl.common.i18n import Text
from rectify_xl.ledger.granting import EXTENDED
from rectify_xl.papers.chosen import is_done
from rectify_xl.papers.filling import campaign_name, common
from rectify_xl.papers.notice_period import period_of
from rectify_xl.papers.signing_checks import days_out_of_order
from rectify_xl.papers.words import BLANK, day, paragraphs, plain, plural, title_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.facts import Facts
    from rectify_xl.papers.notice_period import Period

Filling = dict[str, Any]
_TEXTS = {"问题": "problem", "整改目标": "target", "整改措施": "measures", "整改时限": "deadline", "整改情况": "progress"}


@dataclass(frozen=True)
class Publicity:
    """A public notice as it can be written: what fills its template, its period, and what to look at before it goes out."""

    filling: Filling
    period: Period
    checks: tuple[Text, ...]


def publicity(facts: Facts, task: TaskRecord, start: date | None = None) -> Publicity | Text:
    """The notice of a task, or why none can be written; without ``start`` from 公示开始 on, else from the as-of date."""
    if not is_done(task):
        status = plain(task.status) or "—"
        return Text(
            f"整改状态为“{status}”，还没有办结，不能公示", f"its state is {status}: it is not done and cannot be made public"
        )
    task = replace(task, values=without_former_closing(facts.campaign, task.values))
    period = period_of(facts.campaign, task.values, start, facts.as_of)
    if isinstance(period, Text):
        return period
    filling = _filling(facts, task, period)
    return Publicity(filling, period, (*period.checks, *_checks(facts, task, filling)))


def waiting_for_notice(master: Master) -> tuple[TaskRecord, ...]:
    """The tasks that are done and whose next step is the public notice: it has not begun on the as-of date."""
    found = []
    for task in master.tasks:
        if is_done(task) and not (task.state and task.state.struck_off):
            progress = closing_progress(master.campaign, task.values, task.due, master.as_of)
            begins = without_former_closing(master.campaign, task.values).get(DAY_OF["notice"])
            if progress.step == "notice" and not (isinstance(begins, date) and begins < master.as_of):
                found.append(task)
    return tuple(found)


def _filling(facts: Facts, task: TaskRecord, period: Period) -> Filling:
    say, lang, notice, values = facts.say, facts.lang, facts.campaign.closing.notice, task.values
    blank = _blank(facts)
    number = plain(values.get("task_id"))
    title = say(
        f"关于{campaign_name(facts)}{f'任务{number}' if number else '一项任务'}整改完成情况的公示",
        f"Public Notice: Completion of {f'Task {number}' if number else 'a Task'} of {campaign_name(facts)}",
    )
    accepted = values.get("accepted_on")
    texts = {name: _lines(facts, values.get(key)) or [blank] for name, key in _TEXTS.items()}
    if task.reason.startswith(f"{EXTENDED}:") and task.due:
        until = day(task.due, lang)
        texts["整改时限"] = [*texts["整改时限"], say(f"（经批准延期至{until}）", f"(extended to {until})")]
    completed = values.get("completed_on")
    return {
        **common(facts),
        "标题": title_lines(title, lang),
        "成文日期": day(period.first, lang),
        "编号": number,
        "实施单位": _units(facts, task) or blank,
        "配合单位": plain(values.get("coop_units")),
        **texts,
        "完成日期": day(completed, lang) if isinstance(completed, date) else "",
        "验收日期": day(accepted, lang) if isinstance(accepted, date) else "",
        "公示开始": day(period.first, lang),
        "公示结束": day(period.last, lang),
        "公示天数": _count(facts, period),
        "公示媒介": plain(values.get("notice_medium")) or plain(notice.medium),
        "受理单位": plain(notice.objections_to) or plain(facts.campaign.issuer) or blank,
        "联系电话": plain(notice.phone) or blank,
    }


def _blank(facts: Facts) -> str:
    return BLANK.in_language(facts.lang)


def _units(facts: Facts, task: TaskRecord) -> str:
    return facts.listed(name for name in facts.lead(task) if facts.standing(name) != "wrong")


def _lines(facts: Facts, value: Any) -> list[str]:  # noqa: ANN401 - a cell holds anything
    return [day(value, facts.lang)] if isinstance(value, date) else paragraphs(value)


def _count(facts: Facts, period: Period) -> str:
    if period.days is None:
        return ""
    if facts.campaign.closing.notice.unit == "working":
        return facts.say(f"{period.days}个工作日", plural(period.days, "working day"))
    return facts.say(f"{period.days}天", plural(period.days, "day"))


def _checks(facts: Facts, task: TaskRecord, filling: Filling) -> Iterator[Text]:
    """What is missing or in doubt."""
    blank, schema, notice = _blank(facts), facts.campaign.schema, facts.campaign.closing.notice
    missing = [name for name in _TEXTS if filling[name][:1] == [blank]]
    missing += [name for name in ("实施单位", "受理单位", "联系电话") if filling[name] == blank]
    if missing:
        names = [_NAMES[name] for name in missing]
        yield Text(
            f"还要填写：{'、'.join(name.zh for name in names)}", f"still to be filled in: {', '.join(name.en for name in names)}"
        )
    if not notice.phone or not notice.objections_to:
        yield Text(
            "异议受理单位和电话写在 campaign.yaml 的 closing.notice（objections_to、phone）",
            "who takes objections, and the telephone, are objections_to and phone in closing.notice of campaign.yaml",
        )
    before = [step for step in _before_notice(steps_of(facts.campaign)) if not task.values.get(DAY_OF[step])]
    if before:
        yield Text(
            f"公示以前的步骤还没有日期：{'、'.join(STEP_NAMES[step].zh for step in before)}",
            f"steps before the notice have no day yet: {', '.join(STEP_NAMES[step].en for step in before)}",
        )
    yield from days_out_of_order(facts, task)
    if task.state and task.state.struck_off:
        yield Text("这项任务已经销号", "the task is struck off already")
    disputed = [schema[key] for key in (*_TEXTS.values(), "lead_unit") if key in task.disputed and key in schema]
    if disputed:
        yield Text(
            f"各单位填报不一致，尚未裁定：{'、'.join(one.label['zh'] for one in disputed)}",
            f"units disagree and nobody has decided: {', '.join(one.label['en'] for one in disputed)}",
        )


def _before_notice(steps: Sequence[str]) -> Sequence[str]:
    return steps[: steps.index("notice")] if "notice" in steps else ()


_NAMES = {
    "问题": Text("问题", "problem"), "整改目标": Text("整改目标", "target"), "整改措施": Text("整改措施", "measures"),
    "整改时限": Text("整改时限", "deadline"), "整改情况": Text("整改情况", "what was done"),
    "实施单位": Text("实施单位", "implementing unit"), "受理单位": Text("异议受理单位", "who takes objections"),
    "联系电话": Text("联系电话", "telephone"),
}  # fmt: skip
