"""The form of acceptance and strike-off (验收销号表): a task and its materials -> what its template is filled with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.closing_steps import DAY_OF, NOTICE_END, STEP_NAMES
from rectify_xl.collection.closing import notice_end, without_former_closing
from rectify_xl.common.i18n import Text
from rectify_xl.ledger.granting import EXTENDED
from rectify_xl.papers.chosen import is_done
from rectify_xl.papers.filling import campaign_name, common
from rectify_xl.papers.materials import dossier_of, doubts_of
from rectify_xl.papers.notice_period import period_of
from rectify_xl.papers.signing_checks import days_out_of_order
from rectify_xl.papers.words import day, paragraphs, plain, title_lines
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.facts import Facts
    from rectify_xl.papers.materials import Dossier, Material, MaterialsFolder

Filling = dict[str, Any]
_TITLE = 24  # characters on a line
_MOST_SHOWN = 6  # places of one material, and other files


@dataclass(frozen=True)
class Form:
    """A form as it can be written: what fills its template, and what to look at."""

    filling: Filling
    checks: tuple[Text, ...]


def form(facts: Facts, task: TaskRecord, folder: MaterialsFolder) -> Form:
    """The form of a task."""
    names = facts.campaign.closing.materials.of(plain(task.values.get("category")))
    task = replace(task, values=without_former_closing(facts.campaign, task.values))
    found = dossier_of(task, names, folder)
    return Form(_filling(facts, task, found), tuple(_checks(facts, task, found)))


def _filling(facts: Facts, task: TaskRecord, found: Dossier) -> Filling:
    values, say = task.values, facts.say
    return {
        **common(facts),
        "标题": title_lines(
            say(f"{campaign_name(facts)}验收销号表", f"Acceptance and Strike-off: {campaign_name(facts)}"), facts.lang, _TITLE
        ),
        "编号": plain(values.get("task_id")) or task.key or "—",
        "问题": paragraphs(task.subject),
        "牵头单位": facts.listed(facts.lead(task)) or facts.unnamed_unit,
        "配合单位": plain(values.get("coop_units")),
        "责任领导": facts.listed(task.leaders) or plain(values.get("leader")),
        "验收单位": plain(values.get("acceptance_unit")),
        "整改目标": paragraphs(values.get("target")),
        "整改措施": paragraphs(values.get("measures")),
        "整改时限": _days(facts, values.get("deadline")),
        "到期日": task.due.isoformat() if task.due and task.due != values.get("deadline") else "",
        "延期": _extended(facts, task),
        "反弹": _reopened(facts, task),
        "整改情况": paragraphs(values.get("progress")),
        "状态": plain(task.status),
        "完成日期": _days(facts, values.get("completed_on")),
        "材料": [_material(facts, at, one) for at, one in enumerate(found.materials, 1)],
        "缺材料数": sum(not one.found for one in found.materials),
        "其他文件": _few(
            facts, (*found.others, *(path + facts.say("（空文件或链接）", " (empty, or a link)") for path in found.empty))
        ),
        "步骤": list(_steps(facts, task)),
    }


def _extended(facts: Facts, task: TaskRecord) -> str:
    """How often the deadline was put off."""
    code, _, times = task.reason.partition(":")
    if code != EXTENDED:
        return ""
    return facts.say(f"，已延期{times}次", f", extended {times} time{'s' * (times != '1')}")


def _reopened(facts: Facts, task: TaskRecord) -> list[str]:
    """When and why the task came back once: its mark for life."""
    when, why = _days(facts, task.values.get("reopened_on")), paragraphs(task.values.get("reopen_reason"))
    return [facts.say("：", ": ").join(filter(None, (when, *why[:1]))), *why[1:]] if when or why else []


def _material(facts: Facts, at: int, one: Material) -> Filling:
    where = _few(facts, one.found)
    if one.doubt:
        note = facts.say(f"填报：{one.doubt}", f"reported: {one.doubt}")
        where = f"{where}；{note}" if where else note
    return {"序号": at, "名称": plain(one.name), "有": "√" if one.found else "", "缺": "" if one.found else "√", "所在": where}


def _few(facts: Facts, places: tuple[str, ...]) -> str:
    shown_places = facts.listed(plain(place) for place in places[:_MOST_SHOWN])
    more = len(places) - _MOST_SHOWN
    return shown_places + (facts.say(f"等{len(places)}件", f" and {more} more") if more > 0 else "")


def _steps(facts: Facts, task: TaskRecord) -> Iterator[Filling]:
    """Every step of closing with its day, or room for one; conclusion and signature are to be filled in by hand."""
    blank = facts.say("　　年　月　日", "")
    for at, step in enumerate(facts.campaign.closing.steps, 1):
        written = _days(facts, task.values.get(DAY_OF[step]))
        if step == "notice" and written:
            written = _period(facts, task, written)
        who = plain(task.values.get("accepted_by")) if step == "accept" else ""
        yield {"序号": at, "名称": STEP_NAMES[step].in_language(facts.lang), "日期": written or blank, "人": who}


def _period(facts: Facts, task: TaskRecord, begin: str) -> str:
    """First and last day of the notice, the last one as written or by the calendar."""
    written = _days(facts, task.values.get(NOTICE_END))
    end = notice_end(facts.campaign, task.values)
    last = written or (day(end.day, facts.lang) if end and end.day else "")
    return facts.say(f"{begin}至{last}", f"{begin} to {last}") if last else begin


def _days(facts: Facts, value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """A day, or the lines of a cell with one for each point."""
    if isinstance(value, date):
        return day(value, facts.lang)
    return "；".join(day(_read(line), facts.lang) or line for line in paragraphs(shown(value)))


def _read(line: str) -> date | None:
    try:
        return date.fromisoformat(line)
    except ValueError:
        return None


def _checks(facts: Facts, task: TaskRecord, found: Dossier) -> Iterator[Text]:
    if not is_done(task):
        yield Text(
            f"整改状态为“{plain(task.status) or '—'}”，还没有办结", f"its state is {plain(task.status) or '—'}: it is not done"
        )
    if task.values.get(DAY_OF["notice"]) is not None:
        period = period_of(facts.campaign, task.values, None, facts.as_of)
        yield from (period,) if isinstance(period, Text) else period.checks
    yield from days_out_of_order(facts, task)
    yield from doubts_of(found)
