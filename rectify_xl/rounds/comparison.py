"""compare(): this round's lists against the last master."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING

from rectify_xl.collection.turnout import units_of_list
from rectify_xl.rounds.identity import matches_of
from rectify_xl.rounds.model import Added, Comparison, Superseded
from rectify_xl.rounds.statements import statements_of
from rectify_xl.rounds.three_ways import TaskComparison
from rectify_xl.tasks.joining import join_tasks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.collection.base import Base, BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rounds.identity import Matches
    from rectify_xl.tasks import Reported


def compare(collection: Collection, base: Base) -> Comparison:
    """What becomes of every row and value of a collection."""
    matches = matches_of(collection)
    tasks = [
        TaskComparison(
            collection, base, task, {unit: statements_of(unit, rows, task) for unit, rows in by_unit.items()}, by_unit
        )
        for task, by_unit in _by_task(base, matches).items()
    ]  # fmt: skip
    now = {(task.task.key, unit) for task in tasks for unit, said in task.statements.items() if said.touched}
    reported = now | base.reported_in(collection.campaign.round_id)
    reporting = {unit for _, unit in now} | {unit for _, unit in reported}
    sent, waiting = _sent(collection), _waiting(collection, base, matches)
    open_tasks = [task for task in base.tasks if not task.closed]
    return Comparison(
        fields=tuple(chain.from_iterable(task.outcomes() for task in tasks)),
        reports=tuple(report for task in tasks for report in task.reports),
        added=tuple(map(Added, join_tasks(matches.new))),
        unmatched=tuple(matches.waiting),
        absent=tuple(
            (task.key, unit)
            for task in open_tasks
            for unit in sorted(task.lead)
            if unit in reporting and (task.key, unit) not in reported | waiting and task.key in sent.get(unit, (task.key,))
        ),
        not_reported=tuple(
            (task.key, unit)
            for task in open_tasks
            for unit in sorted(task.units if task.asked is None else task.asked)
            if (task.key, unit) not in reported
        ),
        key_changes=tuple(matches.key_changes),
        superseded=tuple(
            Superseded(name, older.reported, newer.reported)
            for task in tasks
            for said in task.statements.values()
            for name, older, newer in said.superseded
        ),
        again=tuple(matches.again),
    )


def _waiting(collection: Collection, base: Base, matches: Matches) -> frozenset[tuple[str, str]]:
    """(key, unit) of the tasks that a row may well be which waits for the office: nobody has left them out for certain."""
    rows = [(one.may_be, one.reported) for one in matches.waiting]
    rows += [(frozenset({task.key}), reported) for task, reported in matches.asked]
    now = {
        (key, unit)
        for keys, reported in rows
        for unit in (reported.unit, *collection.reporting_of(reported.positions[0]).covers)
        for key in keys
    }
    return frozenset(now | base.waiting_in(collection.campaign.round_id))


def _sent(collection: Collection) -> Mapping[str, frozenset[str]]:
    """Unit -> the tasks that it was sent, where all its lists are dispatched ones: it leaves out none that came up since."""
    sent: dict[str, set[str] | None] = {}
    for submission in collection.submissions:
        keys = {key.partition(".")[0] for key in submission.dispatched}
        for unit in units_of_list(collection, submission) if submission.status == "accepted" else ():
            known = sent.setdefault(unit, set())
            sent[unit] = known | keys if keys and known is not None else None
    return {unit: frozenset(keys) for unit, keys in sent.items() if keys is not None}


def _by_task(base: Base, matches: Matches) -> Mapping[BaseTask, Mapping[str, tuple[Reported, ...]]]:
    """Task -> unit -> its rows, in the order of the base."""
    rows: dict[str, dict[str, list[Reported]]] = defaultdict(lambda: defaultdict(list))
    for task, reported in matches.found:
        rows[task.key][_unit(reported, task)].append(reported)
    return {task: {unit: tuple(several) for unit, several in rows[task.key].items()} for task in base.tasks if task.key in rows}


def _unit(reported: Reported, task: BaseTask) -> str:
    """Whose report it is: the sender; of a list that speaks for several the one that answers for the task."""
    if reported.unit in task.units:
        return reported.unit
    reporting = reported.collection.reporting_of(reported.positions[0])
    answering = [unit for unit in reporting.covers if unit in task.units]
    if len(answering) == 1:
        return answering[0]
    nameless = not reporting.covers and not reporting.written
    return next(iter(task.lead)) if nameless and len(task.lead) == 1 else reported.unit
