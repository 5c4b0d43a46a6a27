"""From when to when a public notice runs: as the ledger says, else from a day on by the campaign's rules and calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.campaign.closing_steps import DAY_OF, NOTICE_END
from rectify_xl.common.i18n import Text
from rectify_xl.schema.conversion import convert
from rectify_xl.tasks.reported import UNSTATED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from rectify_xl.campaign.settings import Campaign

_START = DAY_OF["notice"]


@dataclass(frozen=True, slots=True)
class Period:
    """A public notice's first and last day.

    ``days``: how many of the days that count it has, None where that is not known; ``checks``: what somebody should look at.
    """

    first: date
    last: date
    days: int | None
    checks: tuple[Text, ...] = ()


def period_of(campaign: Campaign, values: Mapping[str, Any], start: date | None, usual: date) -> Period | Text:
    """The period of a task's notice; a text that says why there is none.

    Args:
        campaign: its rules for notices and its calendar.
        values: the task's row.
        start: the first day that is asked for.
        usual: the first day where neither is one asked for nor does the ledger name one.
    """
    starts, ends = _days(campaign, values, _START), _days(campaign, values, NOTICE_END)
    if isinstance(starts, Text):
        return starts
    if isinstance(ends, Text):
        return ends
    if start is None and len(starts) > 1:
        return Text(
            "各点位的公示开始不是同一天，请用 --start 写明", "its points have different first days, name one with --start"
        )
    first = start or (starts[0] if starts else usual)
    found = campaign.notice_end(first)
    if found.day is None:
        return Text(
            f"从 {first} 起公示，{found.year} 年放假安排尚未收录，末日无法推算；请补充 holidays.csv（campaign.yaml 的 calendar）",
            f"for a notice from {first} the holidays of {found.year} are not known, so neither is its last day; add holidays.csv"
            " (calendar of campaign.yaml)",
        )
    checks = list(_checks(campaign, first, starts, ends))
    written = max(ends) if ends and first in starts else None
    if written and written < found.day:
        return Text(
            f"总台账写的公示结束 {written} 早于应有的末日 {found.day}，天数不足；请先改正总台账",
            f"the last day in the ledger, {written}, lies before the one it should have, {found.day}: too short; mend the ledger",
        )
    last = written or found.day
    return Period(first, last, _count(campaign, first, last), tuple(checks))


def _days(campaign: Campaign, values: Mapping[str, Any], key: str) -> tuple[date, ...] | Text:
    """The days that stand in a cell, one per point, each once; a text that says that something else stands there."""
    value = values.get(key)
    if value is None or key not in campaign.schema:
        return ()
    known = campaign.schema[key]
    lines = value.split("\n") if isinstance(value, str) else [value]
    days = [convert(known, line) for line in lines]
    wrong = [day for line, day in zip(lines, days, strict=True) if day is not None and not isinstance(day, date)]
    wrong = [text for text in wrong if text != UNSTATED]
    if wrong:
        label = known.label
        return Text(f"总台账的“{label['zh']}”不是日期", f"{label['en']} of the ledger is no day")
    return tuple(dict.fromkeys(day for day in days if isinstance(day, date)))


def _checks(campaign: Campaign, first: date, starts: tuple[date, ...], ends: tuple[date, ...]) -> list[Text]:
    checks = []
    if starts and first not in starts:
        written = "、".join(map(str, starts))
        checks.append(Text(
            f"总台账写的公示开始是 {written}，公示稿从 {first} 算起", f"the ledger has {written} as first day, the paper {first}"
        ))  # fmt: skip
    if ends and first not in starts:
        checks.append(Text(
            "总台账写的公示结束没有采用，末日按日历推算", "the last day in the ledger is not taken, it follows from the calendar"
        ))  # fmt: skip
    if campaign.closing.notice.unit == "working" and campaign.calendar.is_workday(first) is False:
        checks.append(Text(f"公示开始 {first} 不是工作日", f"the first day, {first}, is no working day"))
    return checks


def _count(campaign: Campaign, first: date, last: date) -> int | None:
    notice = campaign.closing.notice
    if notice.unit == "calendar":
        return (last - first).days + notice.count_first_day
    span = campaign.calendar.between(first, last)
    if span.unknown:
        return None
    return span.known - (not notice.count_first_day and bool(campaign.calendar.is_workday(first)))
