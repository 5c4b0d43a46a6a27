"""One task as the summary sheets see it, however it came about: by a merge, or read back from a master."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.language.deadline import reason_text
from rectify_xl.ledger.rows import as_written
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks import roster_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from rectify_xl.collection.timing import Timing
    from rectify_xl.ledger.master import LedgerRow, Master
    from rectify_xl.schema.states import State

Home = tuple[str, str, int]  # file, sheet, row
_UNCLEAR = frozenset({
    "missing-deadline", "vague-deadline", "undated-deadline", "ambiguous-deadline", "unreadable-deadline",
    "impossible-date", "deadline-is-status", "uncached-formula", "formula-error",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of 总台账.

    ``values``: field key -> value, the unit columns as they are shown; ``disputed``: the fields on which units disagree;
    ``state``: what its status means, None where it is none of the schema's; ``subject``: what the task is about, also where
    its problem is disputed; ``written_units``: the unit cell as written where it reads otherwise; ``lead``: roster names of
    the lead units; ``leaders``: names; ``led``: whether anybody named a leader; ``due``, ``kinds``, ``reason``: the
    effective due date, the kinds of deadline and why it is that date; ``unclear``: why the deadline is none, "" where it is
    one; ``homes``: the rows it was reported in; ``extras``: columns that the office added to its ledger.
    """

    values: Mapping[str, Any]
    disputed: frozenset[str]
    state: State | None
    subject: Any
    written_units: str | None
    lead: tuple[str, ...]
    leaders: tuple[str, ...]
    led: bool
    due: date | None
    kinds: tuple[str, ...]
    reason: str
    timing: Timing
    unclear: str
    source: str
    homes: tuple[Home, ...] = ()
    extras: Mapping[str, Any] | None = None

    @property
    def judged_by(self) -> date | None:
        """The day that counts next: of several nodes or parts the one judged by, else the effective due date."""
        return self.timing.next_due or self.timing.due or self.due

    @property
    def is_closed(self) -> bool:
        """Whether its status says that the work is done: what the figures count as 已办结."""
        return self.state is not None and self.state.closed

    @property
    def is_standing(self) -> bool:
        """Whether its status says that it is a lasting duty, which has no day by nature."""
        return self.state is not None and self.state.standing

    @property
    def status(self) -> str | None:
        """The status as written."""
        status = self.values.get("status")
        return status if status is None or type(status) is str else shown(status)


def entries_of(master: Master, lang: str) -> tuple[Entry, ...]:
    """The ledger of a merge."""
    reasons: dict[Home, list[str]] = defaultdict(list)
    for finding in master.report.findings:
        if finding.slug in _UNCLEAR and finding.field == "deadline" and finding.file and finding.sheet and finding.row:
            reasons[finding.file, finding.sheet, finding.row].append(finding.message)
    return tuple(_entry(master, row, reasons, lang) for row in master.ledger)


def _entry(master: Master, row: LedgerRow, reasons: Mapping[Home, list[str]], lang: str) -> Entry:
    task, collection = row.task, master.collection
    disputed = frozenset(conflict.field for conflict in task.conflicts)
    values = {key: as_written(value) for key, value in task.values.items()}
    written = values.get("lead_unit")
    lead, cooperating = _units(master, row, disputed)
    if "lead_unit" in values:
        values["lead_unit"] = "、".join(lead) or written
    if "coop_units" in values:
        values["coop_units"] = "、".join(cooperating) or values["coop_units"]
    main = [leader.name for at in task.main.positions for leader in collection.leaders[at] if leader.name]
    homes = tuple(_home(master, at) for report in task.reports for at in report.positions)
    told = dict.fromkeys(message for home in homes for message in reasons.get(home, ()))
    if not told and row.timing.flag == "undated":
        told = {no_date(values.get("deadline") if row.deadlines else None, lang): None}
    return Entry(
        values=values,
        disputed=disputed,
        state=master.campaign.schema.states.get(values.get("status")),
        subject=values.get("problem") or values.get("measures") or task.main.values.get("problem"),
        written_units=written if written != values.get("lead_unit") else None,
        lead=tuple(dict.fromkeys(roster_name(collection, name) for name in lead)),
        leaders=tuple(dict.fromkeys(main)),
        led=bool(main) or any(leader.name for one in task.reports for at in one.positions for leader in collection.leaders[at]),
        due=row.due,
        kinds=row.kinds if values.get("deadline") is not None else (),
        reason=reason_text(row.reason, lang) if row.reason else "",
        timing=row.timing,
        unclear="\n".join(told),
        source="\n".join(report.source for report in task.reports),
        homes=homes,
    )


def _units(master: Master, row: LedgerRow, disputed: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and cooperating units as read in the report that stands for the task.

    Units named beside one that leads, without a word on what they do, stand among the cooperating ones.
    """
    if "lead_unit" in disputed and row.task.values["lead_unit"] is None:
        return (), ()
    units = [master.collection.units[position] for position in row.task.main.positions]
    lead = dict.fromkeys(name for unit in units for name in (unit.lead or unit.responsible))
    others = dict.fromkeys(name for unit in units for name in (*unit.cooperating, *(unit.responsible if unit.lead else ())))
    return tuple(lead), tuple(others)


def _home(master: Master, position: int) -> Home:
    place = master.collection.places[position]
    return place.submission.path, place.table.sheet, place.task.row


def no_date(deadline: Any, lang: str) -> str:  # noqa: ANN401 - a cell holds anything
    """Why a deadline is none, where no rule says more: its finding stands at another row, or the rule is switched off."""
    if deadline is None:
        return "没有可用的整改时限" if lang == "zh" else "No deadline"
    return f"“{shown(deadline)}”没有具体日期" if lang == "zh" else "Names no date"
