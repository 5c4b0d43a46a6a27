"""Which task of the last master a row is: by its key where the words do not contradict it, else by the words.

Never by the order of rows, and never by the number alone: units number their own lists.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rectify_xl.provenance.stamp import ROUND, folded
from rectify_xl.rounds.model import KeyChange, Unmatched, UnmatchedReason
from rectify_xl.rounds.task_index import TaskIndex, claimed_key, task_index
from rectify_xl.tasks import Reported, reported_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rectify_xl.collection.base import BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.intake.submission import Submission


@dataclass
class Matches:
    """Every reported task, sorted: those of a task of the base, those of none, those that wait for the office.

    ``asked``: rows that are not asked of again, with the task whose words they have.
    """

    found: list[tuple[BaseTask, Reported]] = field(default_factory=list)
    new: list[Reported] = field(default_factory=list)
    waiting: list[Unmatched] = field(default_factory=list)
    asked: list[tuple[BaseTask, Reported]] = field(default_factory=list)
    key_changes: list[KeyChange] = field(default_factory=list)
    again: list[str] = field(default_factory=list)


def matches_of(collection: Collection) -> Matches:
    """The rows of a collection sorted by the task of its base that they are, once per collection; none without a base.

    A file that was merged before is left out, one that names another round waits as a whole.
    """
    return collection.once(_match_rows)


def _match_rows(collection: Collection) -> Matches:
    matches, base = Matches(), collection.base
    if base is None:
        return matches
    index = collection.once(task_index)
    again = {submission.path for submission in collection.submissions if base.merged_before(submission)}
    matches.again += [submission.path for submission in collection.submissions if submission.path in again]
    for table in _by_table(reported_tasks(collection)):
        first = table[0]
        if first.place.submission.path in again:
            continue
        if _names_another_round(first.place.submission, collection.campaign.round_id):
            matches.waiting += [Unmatched(reported, "other_round", index.nearest(reported)) for reported in table]
        else:
            _match_table(table, index, matches)
    return matches


def tasks_of_again(collection: Collection) -> list[tuple[BaseTask, Reported]]:
    """The tasks of the base that rows of files are that were merged before; the comparison leaves those files out."""
    matches = Matches()
    base = collection.base
    for table in _by_table(reported_tasks(collection)):
        if base and base.merged_before(table[0].place.submission):
            _match_table(table, collection.once(task_index), matches)
    return matches.found


def _names_another_round(submission: Submission, round_id: str) -> bool:
    stamped = submission.stamp.get(ROUND, "")
    return bool(stamped and round_id) and folded(stamped) != folded(round_id)


def _by_table(reports: Iterable[Reported]) -> Iterator[list[Reported]]:
    tables: dict[Any, list[Reported]] = defaultdict(list)
    for reported in reports:
        tables[reported.place.table_key].append(reported)
    yield from tables.values()


def _match_table(table: list[Reported], index: TaskIndex, matches: Matches) -> None:
    """The rows of one list: keys that the words confirm first, then the others by their words."""
    known, waiting = index.known(table)
    trusted = _trusted([reported for reported in table if id(reported) not in waiting], index)
    taken = {task.key for task in trusted.values()}
    repeated: list[tuple[BaseTask, Reported]] = []
    for reported in table:
        task = trusted.get(id(reported))
        if task:
            _accept(reported, task, index, matches)
            continue
        claimed, older = claimed_key(reported), id(reported) in known
        found = index.by_words(reported, older=older)
        if found is None:
            copy = next((task for task, other in repeated if not claimed and other.values == reported.values), None)
            found = index.repeated(reported, taken, older=older) or copy
            repeated += [(found, reported)] if found is not None else []
        if id(reported) in waiting and found is not None:
            # It waits for the office, or was decided on: it is not taken for certain because its neighbours have changed.
            if index.has_said(reported, found) and not index.has_reported(reported, found):
                _accept(reported, found, index, matches)  # what was decided on, handed in for another round
            else:
                matches.asked.append((found, reported))
            continue
        if claimed and found is not None and found.key in taken:
            found = None
        if claimed and (found is not None or claimed in index.base.by_key):
            matches.key_changes.append(KeyChange(reported, claimed, found.key if found else ""))
        if found is not None:
            taken.add(found.key)
            _accept(reported, found, index, matches)
        else:
            _set_aside(reported, index, matches, claimed=claimed, twice=claimed in taken)


def _trusted(rows: list[Reported], index: TaskIndex) -> dict[int, BaseTask]:
    """The rows whose key is right by their words, one for each key."""
    by_claim: dict[str, list[Reported]] = defaultdict(list)
    for reported in rows:
        by_claim[claimed_key(reported)].append(reported)
    found: dict[int, BaseTask] = {}
    for key, several in by_claim.items():
        task = index.base.by_key.get(key)
        kept = _confirmed(several, task, index) if task else None
        if task and kept:
            found[id(kept)] = task
    return found


def _confirmed(rows: list[Reported], task: BaseTask, index: TaskIndex) -> Reported | None:
    """Of the rows that bear a key the one that is the task by its words as well."""
    fitting = [reported for reported in rows if not index.contradicts(reported, task)]
    same = [reported for reported in fitting if index.says(reported, task)]
    return next(iter(same or fitting), None)


def _accept(reported: Reported, task: BaseTask, index: TaskIndex, matches: Matches) -> None:
    if index.has_role(reported, task):
        matches.found.append((task, reported))
    else:
        matches.waiting.append(Unmatched(reported, "foreign", ((task.key, 1.0), *index.nearest(reported, but=task.key))))


def _set_aside(reported: Reported, index: TaskIndex, matches: Matches, *, claimed: str, twice: bool) -> None:
    nearest = index.nearest(reported)
    if not claimed and not index.base.from_list and not index.knows(reported):
        # The base lists the tasks of the units that have reported, and this unit reports for the first time.
        matches.new.append(reported)
        return
    reason: UnmatchedReason = "unknown"
    if claimed in index.base.by_key:
        reason = "key_twice" if twice else "key_elsewhere"
        if not twice and claimed not in dict(nearest):
            nearest = (*nearest, (claimed, index.likeness(reported, claimed)))
    elif nearest:
        reason = "uncertain"
    matches.waiting.append(Unmatched(reported, reason, nearest))
