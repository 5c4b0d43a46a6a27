"""How far a task is on the way from done to struck off, and what is wrong with the way it took.

Judged once, for the rules and the sheet 销号进度 alike, from the days that stand in the columns of closing. Where a task takes
several rows its points (点位) are closed one by one, their days one per line: it is as far as the point that is least far.
Of a task that came back (反弹) the days before that count no more: it takes the way once again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from rectify_xl.campaign.closing_steps import DAY_OF, NOTICE_END
from rectify_xl.common.workdays import LastDay, days_later
from rectify_xl.schema.conversion import convert

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.schema.fields import Field

FaultKind = Literal["skipped", "order", "early", "unknown", "future"]
COMPLETED, REOPENED = "completed_on", "reopened_on"
_MOST_POINTS = 500
#: So many days after the earliest last day a notice has ended, whatever the holidays of a year without a calendar are.
_SURELY_OVER = 60


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with the days of closing.

    ``kind``: ``skipped`` (``field`` has no day though a later step has), ``order`` (``field`` lies before ``other``), ``early``
    (``field`` lies before the last day of the public notice, ``before``), ``unknown`` (whether it does nobody can tell, for want
    of the calendar of ``year``), ``future`` (``field`` lies after the day of the judgement,
    ``before``). ``undated``: the state alone says that the task is struck off, on ``day`` at the latest.
    """

    kind: FaultKind
    field: str
    other: str
    day: date
    before: date | None = None
    year: int | None = None
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one task is.

    Attributes:
        step: the step that is under way; empty where all are done.
        missing: the fields that it takes and that are blank.
        since: the day of the step before, the day of completion for the first one.
        until: the day that counts next: the last day of a running notice, else the day by which it should be struck off.
        running: whether its public notice is running.
        unknown_year: the year of which nobody knows the holidays, where the notice's last day depends on it.
        late: how many days it has been done beyond what ``closing.within_days`` allows.
        points, closed_points: how many points it has, and how many of them are struck off.
    """

    step: str
    missing: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    running: bool = False
    unknown_year: int | None = None
    late: int = 0
    points: int = 1
    closed_points: int = 0


def steps_of(campaign: Campaign) -> tuple[str, ...]:
    """The steps of closing for whose day the schema has a column."""
    return tuple(step for step in campaign.closing.steps if DAY_OF[step] in campaign.schema)


def closing_days(campaign: Campaign) -> tuple[str, ...]:
    """The columns of those days; where a row has none of them filled in, nothing can be wrong with them."""
    return tuple(DAY_OF[step] for step in steps_of(campaign))


def closing_progress(campaign: Campaign, values: Mapping[str, Any], due: date | None, as_of: date) -> Progress:
    """How far a task that is done is.

    Args:
        campaign: its steps, its notice and its calendar.
        values: the task's row, field key -> value.
        due: the task's due date, from which counts where no day of completion is known.
        as_of: the day of the judgement.
    """
    points = list(_points(campaign, without_former_closing(campaign, values)))
    found = [_progress(campaign, point, due, as_of) for point in points]
    order = ("", *reversed(steps_of(campaign)))
    least = max(found, key=lambda one: (order.index(one.step), one.since is None, -(one.since or as_of).toordinal()))
    closed = sum(_day(point, "closed_on") is not None for point in points)
    return Progress(
        least.step, least.missing, least.since, least.until, least.running, least.unknown_year,
        max(one.late for one in found), len(points), closed,
    )  # fmt: skip


def closing_faults(
    campaign: Campaign, values: Mapping[str, Any], struck_off_by: date | None = None, as_of: date | None = None
) -> tuple[Fault, ...]:
    """What is wrong with the days of closing, each fault once.

    Args:
        campaign: its steps, its notice and its calendar.
        values: the task's row, field key -> value.
        struck_off_by: the day of the judgement where the task's state says that it is struck off. Where no step has a day nobody
            keeps them, and nothing is missing.
        as_of: the day of the judgement; without it no day is too late.
    """
    found: dict[Fault, None] = {}
    for point in _points(campaign, values):
        found.update(dict.fromkeys(_faults(campaign, point, struck_off_by)))
        found.update(dict.fromkeys(_to_come(campaign, point, as_of)))
    return tuple(found)


def lies_before_return(day: object, reopened: object) -> bool:
    """Whether a day is of the time before the task came back: what was done then is not done now."""
    return isinstance(day, date) and isinstance(reopened, date) and day < reopened


def without_former_closing(campaign: Campaign, values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A task's row without the days of closing from before it came back; the row itself where it never did."""
    reopened = values.get(REOPENED)
    if not isinstance(reopened, date):
        return values
    schema = campaign.schema
    keys = [key for key in (*closing_days(campaign), NOTICE_END) if key in schema and values.get(key) is not None]
    left = {key: _not_before(reopened, schema[key], values[key]) for key in keys}
    if left.get(DAY_OF["accept"], "") is None:
        left["accepted_by"] = None
    return {**values, **left}


def _not_before(reopened: date, field: Field, value: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """A cell, or its lines, without the days before the one on which the task came back."""
    lines = value.split("\n") if isinstance(value, str) else [value]
    days = [convert(field, line) for line in lines]
    kept = [None if lies_before_return(day, reopened) else line for line, day in zip(lines, days, strict=True)]
    return value if kept == lines else "\n".join(line or "" for line in kept) if any(kept) else None


def notice_end(campaign: Campaign, values: Mapping[str, Any]) -> LastDay | None:
    """The last day of a task's public notice: as written, else as the calendar has it; None where it has not begun."""
    if (written := _day(values, NOTICE_END)) is not None:
        return LastDay(written)
    first = _day(values, DAY_OF["notice"])
    return None if first is None else campaign.notice_end(first)


def notices(campaign: Campaign, values: Mapping[str, Any]) -> tuple[tuple[date, date], ...]:
    """First and last day of a task's public notices as they are written, point by point, each once."""
    if values.get(NOTICE_END) is None:
        return ()
    days = ((_day(point, DAY_OF["notice"]), _day(point, NOTICE_END)) for point in _points(campaign, values))
    return tuple(dict.fromkeys((first, last) for first, last in days if first and last))


def _points(campaign: Campaign, values: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The row once per point: where a column of closing has several lines, each with its own line."""
    keys = [*closing_days(campaign), NOTICE_END, COMPLETED, "accepted_by", "notice_medium"]
    lines = {key: value.split("\n") for key in keys if isinstance(value := values.get(key), str) and "\n" in value}
    count = min(max((len(several) for several in lines.values()), default=1), _MOST_POINTS)
    for at in range(count):
        own = {key: several[at] if at < len(several) else None for key, several in lines.items()}
        schema = campaign.schema
        yield {**values, **{key: convert(schema[key], line) for key, line in own.items() if key in schema}}


def _progress(campaign: Campaign, values: Mapping[str, Any], due: date | None, as_of: date) -> Progress:
    since, reopened = _day(values, COMPLETED), _day(values, REOPENED)
    if reopened and (since is None or since < reopened):
        since = reopened  # nobody has said when it was done again
    within = campaign.closing.within_days
    counted_from = since or due
    limit = days_later(counted_from, within) if within is not None and counted_from else None
    late = max((as_of - limit).days, 0) if limit else 0
    for step in steps_of(campaign):
        day = _day(values, DAY_OF[step])
        if step == "notice" and day is not None:
            end = notice_end(campaign, values)
            last = end.day if end else None
            if last is None or last >= as_of:
                year = end.year if end else None
                missing = (NOTICE_END,) if last is None else ()
                return Progress(step, missing, day, last or limit, day <= as_of, year, late)
            since = last
        elif day is None:
            return Progress(step, (DAY_OF[step],), since, limit, late=late)
        else:
            since = day
    return Progress("", since=since)


def _faults(campaign: Campaign, values: Mapping[str, Any], struck_off_by: date | None) -> Iterator[Fault]:
    """Of one point: steps that were left out, and days that lie before those of an earlier step."""
    completed, reopened, closed = (_day(values, key) for key in (COMPLETED, REOPENED, DAY_OF["close"]))
    if reopened:
        if struck_off_by and closed and closed < reopened:
            yield Fault("order", DAY_OF["close"], REOPENED, closed, reopened)
        values = without_former_closing(campaign, values)
        completed = completed if completed and completed >= reopened else None
    last = _Reached(COMPLETED, completed) if completed else None
    blank: list[str] = []
    begun = False
    for step in steps_of(campaign):
        key = DAY_OF[step]
        day = _day(values, key)
        undated = day is None and step == "close" and begun
        if undated:
            day = struck_off_by
        if day is None:
            blank.append(key)
            continue
        yield from (Fault("skipped", missing, key, day, undated=undated) for missing in blank)
        blank.clear()
        begun = True
        if last and day < last.day:
            kind: FaultKind = "early" if last.key == NOTICE_END else "order"
            yield Fault(kind, key, last.key, day, last.day, last.year, undated)
        elif last and last.year and day < days_later(last.day, _SURELY_OVER):
            yield Fault("unknown", key, last.key, day, last.day, last.year, undated)
        if undated:
            yield Fault("skipped", key, key, day, undated=True)
            continue
        end = notice_end(campaign, values) if step == "notice" else None
        ended = end and (end.day or end.earliest)
        reached = _Reached(NOTICE_END, ended, end.year) if end and ended else _Reached(key, day)
        # One day of completion that is wrong is reported once, at the first step.
        last = reached if last is None or last.key == COMPLETED or reached.day >= last.day else last


def _to_come(campaign: Campaign, values: Mapping[str, Any], as_of: date | None) -> Iterator[Fault]:
    """Of one point: what is said to have happened on a day that has not come; a notice may be announced."""
    for key in (*closing_days(campaign), REOPENED):
        day = _day(values, key)
        if as_of and day and day > as_of and key != DAY_OF["notice"]:
            yield Fault("future", key, key, day, as_of)


class _Reached(NamedTuple):
    """The latest day of the steps so far; with ``year``, the day before which a notice into that year has not ended."""

    key: str
    day: date
    year: int | None = None


def _day(values: Mapping[str, Any], key: str) -> date | None:
    value = values.get(key)
    return value if isinstance(value, date) else None
