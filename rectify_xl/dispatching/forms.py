"""All workbooks of a round, made of a master."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from rectify_xl.campaign.reporting_settings import PERIODS, ReportingRules
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import localise
from rectify_xl.common.nearest import nearest
from rectify_xl.dispatching.asked import Asking
from rectify_xl.dispatching.assignments import assignments
from rectify_xl.dispatching.form import ZERO, DispatchForm, filled_rows
from rectify_xl.dispatching.rows import rows_of
from rectify_xl.ledger.base_view import said_together
from rectify_xl.ledger.roles import roster_name
from rectify_xl.template import official_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.dispatching.assignments import Assigned, Assignments
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import ReportRecord, TaskRecord

_ZERO_ROWS = 5


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What the units are sent.

    Attributes:
        forms: the workbooks, in the order of the roster.
        units: every unit that gets one in this round, also where one for a single unit was asked for.
        unassigned: tasks that name no unit at all.
    """

    forms: tuple[DispatchForm, ...]
    units: tuple[str, ...] = ()
    unassigned: tuple[TaskRecord, ...] = ()


def make_forms(master: Master, *, base: str, campaign: Campaign, unit: str | None = None, lang: str = "zh") -> Dispatch:
    """The workbooks of a round.

    Args:
        master: what the ledger says, judged on the day of dispatch.
        base: the SHA-256 of the master workbook.
        campaign: the settings of the round that begins.
        unit: for this unit alone, by any name the roster knows.
        lang: language of headings and requests.

    Raises:
        RectifyError: the roster has no such unit, or the master gives nothing to send to it.
    """
    master = _under_the_names_of_today(master)
    found = assignments(master)
    by_key: dict[str, list[ReportRecord]] = defaultdict(list)
    for report in master.reports:
        by_key[report.key].append(report)
    asking = Asking(master, lang)
    units = _names(found, campaign)
    names = units if unit is None else (_named(found, campaign, unit),)
    forms = []
    for name in names:
        tasks = found.by_unit.get(name, [])
        rows = tuple(row for one in tasks for row in rows_of(one, name, by_key[one.task.key], campaign.schema))
        forms.append(DispatchForm(
            campaign, master.as_of, name, filled_rows(rows, lang), 0 if rows else _ZERO_ROWS, lang, rows, base,
            asking.of(name, tasks, _sentences(campaign, tasks, lang)),
        ))  # fmt: skip
    return Dispatch(tuple(forms), tuple(dict.fromkeys((*units, *names))), tuple(found.unassigned))


def _under_the_names_of_today(master: Master) -> Master:
    """A master in which every unit is called as the roster calls it now: who was renamed is asked by what it said before."""
    campaign = master.campaign
    name = cache(partial(roster_name, campaign))
    reports: dict[tuple[str, str], ReportRecord] = {}
    for report in master.reports:
        at = (report.key, name(report.unit))
        before = reports.get(at)
        values = said_together(campaign, before.values, report.values) if before else report.values
        reports[at] = replace(report, unit=at[1], values=values, parts=() if before else report.parts)
    return replace(
        master,
        reports=tuple(reports.values()),
        absences=tuple(replace(one, unit=name(one.unit)) for one in master.absences),
        conflicts=tuple(
            replace(one, sides=tuple(side._replace(unit=name(side.unit)) for side in one.sides)) for one in master.conflicts
        ),
        pending=tuple(replace(one, unit=name(one.unit)) for one in master.pending),
        findings=tuple(replace(one, unit=name(one.unit)) for one in master.findings),
    )


def _names(found: Assignments, campaign: Campaign) -> tuple[str, ...]:
    """The units with tasks; where zero reports are asked for, those whose tasks are all struck off, and those of units.csv."""
    order = [unit.name for unit in campaign.units]
    names = dict.fromkeys(found.by_unit)
    if campaign.reporting.zero_report:
        names |= dict.fromkeys((*sorted(found.struck_off), *(unit.name for unit in campaign.units if unit.reports)))
    return tuple(sorted(names, key=lambda name: order.index(name) if name in order else len(order)))


def _named(found: Assignments, campaign: Campaign, unit: str) -> str:
    name = official_name(campaign, unit)
    if name not in found.by_unit and name not in campaign.unit_by_name and name not in found.struck_off:
        near = nearest(name, [*found.by_unit, *found.struck_off])
        raise RectifyError(
            f"台账里没有“{name}”的任务{near.zh}；请检查 --unit", f"the master has no task of “{name}”{near.en}; check --unit"
        )
    return name


def _sentences(campaign: Campaign, tasks: Sequence[Assigned], lang: str) -> tuple[str, ...]:
    due = campaign.round_due
    by = localise(lang, f"请于 {due} 前报送。" if due else "", f"Please report by {due}. " if due else "")
    period = campaign.reporting.period
    if period != ReportingRules().period:
        often = PERIODS[period]
        by = localise(lang, f"整改进展{often.zh}报送。{by}", f"Reports are due {often.en}. {by}")
    if not tasks:
        return (localise(
            lang,
            f"贵单位目前没有需要报送进展的任务。{by}没有新情况的，请在清单第一行“问题描述”中选“{ZERO}”，写上填报日期、联系人和电话后报回；"
            "有新问题的，照常逐行填写。",
            f"There is no task for you to report on. {by}Where nothing is new choose “{ZERO}” in the first row of the list under"
            " Problem, fill in date, contact and phone, and send it back; otherwise fill in the rows.",
        ),)  # fmt: skip
    lead = sum(one.role == "lead" for one in tasks)
    others = len(tasks) - lead
    return (
        localise(
            lang,
            f"贵单位共有 {len(tasks)} 项任务没有销号，其中牵头 {lead} 项、配合 {others} 项。{by}",
            f"You have {len(tasks)} open tasks: {lead} that you lead, {others} in which you cooperate. {by}".rstrip(),
        ),
        localise(
            lang,
            "请在清单的白色单元格里填写：每项任务写明本期做了什么、完成多少，更新状态；没有进展的也请说明。填好后保存，把原文件报回。",
            "Please fill in the white cells of the list: what was done, how much is complete, the status; say so where nothing"
            " has moved. Then save and send back this very file.",
        ),
        # What a task has one value of, two units that both fill it in contradict each other on.
        *(
            (
                localise(
                    lang,
                    "配合的任务只写本单位承担部分的进展；状态和完成率由牵头单位填，贵单位不用改。",
                    "Of a task in which you cooperate report your own share; its status and percentage are the lead's.",
                ),
            )
            if others
            else ()
        ),
        *(
            (
                localise(
                    lang,
                    "牵头的任务到期以前需要延期的，填在“延期申请”表里；批准以前原时限照算。",
                    "To ask for a later deadline of a task that you lead, fill in the sheet Ask for extension before it is due.",
                ),
            )
            if any(one.role == "lead" and not one.task.is_closed for one in tasks)
            else ()
        ),
        localise(
            lang,
            "灰色单元格已锁定；认为需要修改的，请联系整改办。本页供阅读，不用填写。",
            "Grey cells are locked; ask the office where one is wrong. Nothing is to be filled in on this page.",
        ),
    )
