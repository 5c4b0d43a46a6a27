"""What a master says, as far as the lists of a round are compared with it: a :class:`Base`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.base import Base, BaseReport, BaseTask
from rectify_xl.ledger.accepted_files import accepted_files
from rectify_xl.ledger.granting import requests_of
from rectify_xl.ledger.records import ROUND_OF_DIGEST
from rectify_xl.ledger.roles import Asked, part_roles_of, roles_of, roster_name
from rectify_xl.ledger.row_decisions import mark_of
from rectify_xl.rounds import Outcome, may_be
from rectify_xl.schema.conversion import shown_in
from rectify_xl.tasks import Written

if TYPE_CHECKING:
    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord, Values


def base_of(master: Master) -> Base:
    """The last master, as the comparison and the rules see it.

    Decisions that are complete must have been applied before (:mod:`rectify_xl.ledger.decisions`): a conflict that still stands
    is one on which nobody has decided.
    """
    campaign = master.campaign
    reports: dict[str, dict[str, BaseReport]] = defaultdict(dict)
    for report in master.reports:
        unit = roster_name(campaign, report.unit)
        one = BaseReport(unit, report.values, report.round_id, report.stated, Written.read(report.written), report.parts)
        before = reports[report.key].get(unit)
        reports[report.key][unit] = _together(campaign, before, one) if before else one
    undecided: dict[str, set[str]] = defaultdict(set)
    for conflict in master.conflicts:
        if conflict.kind == "conflict":
            undecided[conflict.key].add(conflict.field)
    asked = Asked(master)
    return Base(
        tuple(_task(campaign, task, reports[task.key], undecided[task.key], asked) for task in master.tasks),
        round_id=campaign.round_id,
        from_list=master.from_list,
        planned=master.planned,
        merged=_merged(master),
        settled=_settled(master),
        open=frozenset((conflict.key, conflict.field) for conflict in master.conflicts),
        accepted=accepted_files(master),
        turnout=master.turnout,
        known_rows=known_rows(master),
        waiting=frozenset(
            (row.round_id, key, roster_name(campaign, row.unit))
            for row in master.pending
            for key in may_be(row.reason, [(near.key, near.score) for near in row.nearest])
        ),
        came_up=frozenset(
            change.key for change in master.changes if change.outcome == Outcome.ADDED and change.round_id == campaign.round_id
        ),
        extensions=requests_of(master),
        due={task.key: task.due for task in master.tasks if task.due},
    )


def _together(campaign: Campaign, one: BaseReport, other: BaseReport) -> BaseReport:
    """The reports of units that have become one."""
    return replace(other, values=said_together(campaign, one.values, other.values), parts=())


def said_together(campaign: Campaign, one: Values, other: Values) -> dict[str, Any]:
    """What units that have become one said of a task: what either says, texts of each unit's own below each other."""
    values = {**one, **{key: value for key, value in other.items() if value is not None}}
    for known in campaign.schema.fields:
        said = dict.fromkeys(shown_in(known, each.get(known.key)) for each in (one, other))
        if known.grain == "unit" and len(said) > 1 and all(said):
            values[known.key] = "\n".join(said)
    return values


def _task(campaign: Campaign, task: TaskRecord, reports: dict[str, BaseReport], undecided: set[str], asked: Asked) -> BaseTask:
    roles = roles_of(task.values, campaign)
    answering = asked.of(task, roles)
    led = part_roles_of(task.values, task.parts, [report.parts for report in reports.values()], campaign)
    return BaseTask(
        task.key,
        task.values,
        reports,
        frozenset(roles.lead),
        frozenset(roles.cooperating),
        frozenset((*answering.lead, *answering.cooperating)),
        closed=task.state is not None and task.state.struck_off,
        disputed=task.disputed | undecided,
        parts=tuple(task.parts or led.parts),
        part_leads=tuple(frozenset(part.lead) for part in led.roles),
    )


def _merged(master: Master) -> dict[str, str]:
    """By which files a master was made, those of reports with their round."""
    asked = (*(row.digest for row in master.pending), *(change.digest for change in master.changes))
    merged = dict.fromkeys(filter(None, asked), "")
    this_round = master.campaign.round_id
    for report in master.reports:
        for named in report.digests:
            digest, _, earlier = named.partition(ROUND_OF_DIGEST)
            # a file of this round is no file of an earlier one
            if merged.get(digest) != this_round:
                merged[digest] = earlier or report.round_id
    return merged


def known_rows(master: Master) -> frozenset[str]:
    """The marks of rows that wait, and of those on which was decided."""
    decided = {mark for change in master.changes if not change.field for _, mark in change.settled}
    return frozenset({mark_of(row) for row in master.pending} | decided)


def _settled(master: Master) -> dict[tuple[str, str, str], frozenset[str]]:
    """What was decided, or is asked already: the same value of the same unit is not asked again."""
    found: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for conflict in master.conflicts:
        for side in conflict.sides:
            found[conflict.key, roster_name(master.campaign, side.unit), conflict.field].add(side.value)
    for change in master.changes:
        for unit, text in change.settled:
            found[change.key, roster_name(master.campaign, unit), change.field].add(text)
    return {place: frozenset(texts) for place, texts in found.items()}
