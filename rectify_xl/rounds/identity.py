"""Which task of the last master a row is: by its key where the words do not contradict it, else by the words.

Never by the order of rows, and never by the number alone: units number their own lists.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import text_key
from rectify_xl.provenance.stamp import ROUND, folded
from rectify_xl.rounds.likeness import Likeness, score
from rectify_xl.rounds.model import KeyChange, Unmatched, UnmatchedReason
from rectify_xl.rounds.row_marks import mark_of_reported
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks import Reported, reported_tasks, wording_key
from rectify_xl.tasks.wording import change, plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from rectify_xl.collection.base import Base, BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.intake.submission import Submission

_MOST_NEAREST = 3
_LEAST_LIKE = 0.3  # two texts that share less are not offered as the same task


@dataclass
class Matches:
    """Every reported task, sorted: those of a task of the base, those of none, those that wait for the office."""

    found: list[tuple[BaseTask, Reported]] = field(default_factory=list)
    new: list[Reported] = field(default_factory=list)
    waiting: list[Unmatched] = field(default_factory=list)
    key_changes: list[KeyChange] = field(default_factory=list)
    again: list[str] = field(default_factory=list)


def match_rows(collection: Collection, base: Base) -> Matches:
    """Sort the rows of a collection by the task of the base that they are.

    A file that was merged before is left out, one that names another round waits as a whole.
    """
    matches = Matches()
    index = collection.once(_index)
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
            _match_table(table, collection.once(_index), matches)
    return matches.found


def _names_another_round(submission: Submission, round_id: str) -> bool:
    stamped = submission.stamp.get(ROUND, "")
    return bool(stamped and round_id) and folded(stamped) != folded(round_id)


def _by_table(reports: Iterable[Reported]) -> Iterator[list[Reported]]:
    tables: dict[Any, list[Reported]] = defaultdict(list)
    for reported in reports:
        tables[reported.place.table_key].append(reported)
    yield from tables.values()


def claimed_key(reported: Reported) -> str:
    """The key of the task that a row claims to be; that of the whole where it is a part."""
    return reported.place.task.key.partition(".")[0]


def _match_table(table: list[Reported], index: _Index, matches: Matches) -> None:
    """The rows of one list: keys that the words confirm first, then the others by their words."""
    known = set(map(id, index.known(table)))
    trusted = _trusted([reported for reported in table if id(reported) not in known], index)
    taken = {task.key for task in trusted.values()}
    for reported in table:
        task = trusted.get(id(reported))
        if task:
            _accept(reported, task, index, matches)
            continue
        claimed = claimed_key(reported)
        found = index.by_words(reported) or index.repeated(reported, but=taken)
        if id(reported) in known and found is not None:
            # It waits for the office, or was decided on: it is not taken for certain because its neighbours have changed.
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


def _trusted(rows: list[Reported], index: _Index) -> dict[int, BaseTask]:
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


def _confirmed(rows: list[Reported], task: BaseTask, index: _Index) -> Reported | None:
    """Of the rows that bear a key the one that is the task by its words as well."""
    fitting = [reported for reported in rows if not index.contradicts(reported, task)]
    same = [reported for reported in fitting if index.says(reported, task)]
    return next(iter(same or fitting), None)


def _accept(reported: Reported, task: BaseTask, index: _Index, matches: Matches) -> None:
    if index.has_role(reported, task):
        matches.found.append((task, reported))
    else:
        matches.waiting.append(Unmatched(reported, "foreign", ((task.key, 1.0), *index.nearest(reported, but=task.key))))


def _set_aside(reported: Reported, index: _Index, matches: Matches, *, claimed: str, twice: bool) -> None:
    nearest = index.nearest(reported)
    if not claimed and not index.base.from_list and not index.knows(reported):
        # The base lists the tasks of the units that have reported, and this unit reports for the first time.
        matches.new.append(reported)
        return
    reason: UnmatchedReason = "unknown"
    if claimed in index.base.by_key:
        reason = "key_twice" if twice else "key_elsewhere"
    elif nearest:
        reason = "uncertain"
    matches.waiting.append(Unmatched(reported, reason, nearest))


def _index(collection: Collection) -> _Index:
    assert collection.base is not None, "there is nothing to compare with"  # noqa: S101 - the callers have looked
    return _Index(collection, collection.base)


class _Index:
    """The tasks of the base by their words: those of the ledger, and those that each unit uses."""

    def __init__(self, collection: Collection, base: Base) -> None:
        self.base = base
        self._collection = collection
        self._by_subject: dict[str, list[BaseTask]] = defaultdict(list)
        self._by_number: dict[str, list[BaseTask]] = defaultdict(list)
        self._reporting = frozenset(unit for task in base.tasks for unit in task.reports)
        self._subjects = {task.key: tuple(_subjects(task)) for task in base.tasks}
        for task in base.tasks:
            for subject in self._subjects[task.key]:
                self._by_subject[subject].append(task)
            for number in {_number(task.values), *(_number(report.values) for report in task.reports.values())} - {""}:
                self._by_number[number].append(task)

    @cached_property
    def _likeness(self) -> Likeness:
        """Made when the first row is like nothing: in most rounds none is."""
        return Likeness(self._subjects)

    def by_words(self, reported: Reported) -> BaseTask | None:
        """The only task with the same words, else the only one with its number of which it is a rewording; None where unsure."""
        several = (found for found in self._candidates(reported) if len({task.key for task in found}) == 1)
        return next(several, [None])[0]

    def _candidates(self, reported: Reported) -> Iterator[list[BaseTask]]:
        """The tasks that a row may be, those that are surest first; what comes later is worked out only where it is asked for."""
        number, subject = reported.key
        alike = self._by_subject.get(subject, []) if subject else []
        yield [task for task in alike if number and number in self._numbers(task)]
        yield [task for task in alike if self.has_role(reported, task)]
        yield alike
        yield [task for task in self._by_number.get(number, []) if number and self._is_reworded(reported, task)]

    def repeated(self, reported: Reported, but: AbstractSet[str]) -> BaseTask | None:
        """The first task (``but`` these) of which the sender has said all that the row says: of rows that were pasted twice."""
        alike = self._by_subject.get(reported.key[1], []) if reported.key[1] else []
        return next((task for task in alike if task.key not in but and self._says_the_same(reported, task)), None)

    def _says_the_same(self, reported: Reported, task: BaseTask) -> bool:
        said = _texts(reported.values)
        senders = self._senders(reported) & task.reports.keys()
        return any(said.items() <= _texts(task.reports[unit].values).items() for unit in senders)

    def _numbers(self, task: BaseTask) -> set[str]:
        return {_number(task.values), *(_number(report.values) for report in task.reports.values())}

    def _is_reworded(self, reported: Reported, task: BaseTask) -> bool:
        return self.has_role(reported, task) and any(
            change(subject, reported.key[1]) in ("more", "typo") for subject in self._subjects[task.key] if reported.key[1]
        )

    def says(self, reported: Reported, task: BaseTask) -> bool:
        """Whether a row has the words of a task."""
        return reported.key[1] in self._subjects[task.key]

    def contradicts(self, reported: Reported, task: BaseTask) -> bool:
        """Whether a row that bears the key of a task is about something else: its words are those of another, or of none.

        A rewording contradicts nothing, nor does a problem written anew over the same measures or under the same number.
        """
        subject = reported.key[1]
        if not subject or self.says(reported, task):
            return False
        if any(one.key != task.key for one in self._by_subject.get(subject, [])):
            return True  # whatever the file says that it was sent out with
        if _has_dispatched_words(reported) or any(change(known, subject) != "other" for known in self._subjects[task.key]):
            return False
        if text_key(shown(reported.values.get("measures"))) == text_key(shown(task.values.get("measures"))) != "":
            return False
        return score(subject, self._subjects[task.key]) < _LEAST_LIKE or not self._same_number(reported, task)

    def _same_number(self, reported: Reported, task: BaseTask) -> bool:
        return bool(reported.key[0]) and reported.key[0] in self._numbers(task)

    def known(self, table: list[Reported]) -> Iterable[Reported]:
        """The rows of a list that wait for the office already, or were decided on; of a row and its copy that is the copy."""
        if not self.base.known_rows:
            return ()
        by_mark = {mark_of_reported(reported): reported for reported in table}
        return [reported for mark, reported in by_mark.items() if mark in self.base.known_rows]

    def has_role(self, reported: Reported, task: BaseTask) -> bool:
        """Whether the sender answers for a task, or has reported on it; where nobody is named anyone may."""
        senders = self._senders(reported)
        return not senders or not task.units or bool(senders & task.units)

    def knows(self, reported: Reported) -> bool:
        """Whether the sender has a report in the base."""
        return bool(self._senders(reported) & self._reporting)

    def _senders(self, reported: Reported) -> frozenset[str]:
        """The units for which a list speaks; nobody where it does not say."""
        reporting = self._collection.reporting_of(reported.positions[0])
        return frozenset({*reporting.covers, *([reporting.unit] if reporting.written else ())})

    def nearest(self, reported: Reported, but: str = "") -> tuple[tuple[str, float], ...]:
        """The tasks whose words are most like a row's, the nearest first."""
        near = self._likeness.nearest(reported.key[1], _MOST_NEAREST + bool(but), _LEAST_LIKE)
        return tuple((key, like) for key, like in near if key != but)[:_MOST_NEAREST]


def _has_dispatched_words(reported: Reported) -> bool:
    """Whether a row says what it was dispatched with; the office may have reworded the task since."""
    sent = reported.place.submission.dispatched.get(reported.place.task.key) or {}
    return any(sent.get(key) and wording_key(sent[key]) == reported.key[1] for key in ("problem", "measures"))


def _subjects(task: BaseTask) -> Iterator[str]:
    """The comparison keys of a task's problem (else its measures), as the ledger and as each unit words it."""
    seen: dict[str, None] = {}
    for values in (task.values, *(report.values for report in task.reports.values())):
        subject = wording_key(shown(values.get("problem"))) or wording_key(shown(values.get("measures")))
        if subject:
            seen[subject] = None
    yield from seen


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: text_key(shown(value)) for key, value in values.items() if value is not None}


def _number(values: Mapping[str, Any]) -> str:
    return plain_number(shown(values.get("task_id")))
