"""The tasks of the last master by their words, and what a row of a list is to them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.common.text_keys import text_key
from rectify_xl.rounds.likeness import Likeness, score
from rectify_xl.rounds.row_marks import mark_of_reported
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks import wording_key
from rectify_xl.tasks.wording import change, plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from rectify_xl.collection.base import Base, BaseReport, BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.tasks import Reported

_MOST_NEAREST = 3
_LEAST_LIKE = 0.3  # two texts that share less are not offered as the same task


def claimed_key(reported: Reported) -> str:
    """The key of the task that a row claims to be; that of the whole where it is a part."""
    return reported.place.task.key.partition(".")[0]


def task_index(collection: Collection) -> TaskIndex:
    """The index of the base of a collection; :meth:`Collection.once` keeps it."""
    assert collection.base is not None, "there is nothing to compare with"  # noqa: S101 - the callers have looked
    return TaskIndex(collection, collection.base)


class Words:
    """Subjects and numbers of tasks, as the ledger and as each unit has them; reports of the round ``but_round`` are left out."""

    def __init__(self, tasks: Iterable[BaseTask], but_round: str = "") -> None:
        self.subjects: dict[str, tuple[str, ...]] = {}
        self.numbers: dict[str, frozenset[str]] = {}
        self._said: dict[str, tuple[Mapping[str, Any], ...]] = {}
        self._measures: dict[str, frozenset[str]] = {}  # those of which it was asked: of the tasks that share their problem
        self.by_subject: defaultdict[str, list[BaseTask]] = defaultdict(list)
        self.by_number: defaultdict[str, list[BaseTask]] = defaultdict(list)
        for task in tasks:
            reports = [report for report in task.reports.values() if not but_round or report.round_id != but_round]
            said = (task.values, *(report.values for report in reports))
            self.subjects[task.key] = tuple(dict.fromkeys(filter(None, map(_subject, said))))
            self.numbers[task.key] = frozenset(filter(None, map(_number, said)))
            self._said[task.key] = said
            for subject in self.subjects[task.key]:
                self.by_subject[subject].append(task)
            for number in self.numbers[task.key]:
                self.by_number[number].append(task)

    def alike(self, subject: str) -> Sequence[BaseTask]:
        """The tasks that have these very words."""
        return self.by_subject.get(subject, ()) if subject else ()

    def of_measures(self, measures: str, tasks: Iterable[BaseTask]) -> list[BaseTask]:
        """Those of some tasks that have these very measures: one problem may be shared out among several tasks."""
        return [task for task in tasks if measures in self._measures_of(task)] if measures else []

    def _measures_of(self, task: BaseTask) -> frozenset[str]:
        if task.key not in self._measures:
            self._measures[task.key] = frozenset(map(_measures, self._said[task.key]))
        return self._measures[task.key]

    def is_reworded(self, subject: str, task: BaseTask) -> bool:
        """Whether words are a rewording of those of a task."""
        return bool(subject) and any(change(known, subject) in ("more", "typo") for known in self.subjects[task.key])


class TaskIndex:
    """The tasks of the base by their words: those of the ledger, and those that each unit uses."""

    def __init__(self, collection: Collection, base: Base) -> None:
        self.base = base
        self._collection = collection
        self._round = collection.campaign.round_id
        self._reporting = frozenset(unit for task in base.tasks for unit in task.reports)
        self._words = Words(base.tasks)
        # In a round of which lists were merged before, a row is first what it was then: nothing that came up in the round counts.
        self._older = self._words
        if self._round and self._round == base.round_id:
            self._older = Words((task for task in base.tasks if task.key not in base.came_up), but_round=self._round)

    @cached_property
    def _likeness(self) -> Likeness:
        """Made when the first row is like nothing: in most rounds none is."""
        return Likeness(self._words.subjects)

    def by_words(self, reported: Reported, *, older: bool = False) -> BaseTask | None:
        """The only task with the same words, else the only one with its number of which it is a rewording; None where unsure.

        ``older``: leave out all that came up in this very round.
        """
        for candidates in self._candidates(reported, older=older):
            if len({task.key for task in candidates}) == 1:
                return candidates[0]
        return None

    def _candidates(self, reported: Reported, *, older: bool) -> Iterator[Sequence[BaseTask]]:
        number, subject = reported.key
        layers = [self._older] if older or self._older is self._words else [self._older, self._words]
        if len(layers) > 1:
            yield [task for task in self._words.alike(subject) if self.has_said(reported, task, this_round=True)]
        for words in layers:
            alike = words.alike(subject)
            if len(alike) > 1:  # where there is one, its measures need not tell which it is
                of_measures = words.of_measures(_measures(reported.values), alike)
                yield [task for task in of_measures if self.has_role(reported, task)]
            yield [task for task in alike if number and number in words.numbers[task.key]]
            yield [task for task in alike if self.has_role(reported, task)]
            yield alike
            yield [
                task
                for task in words.by_number.get(number, ())
                if number and self.has_role(reported, task) and words.is_reworded(subject, task)
            ]

    def repeated(self, reported: Reported, but: AbstractSet[str], *, older: bool = False) -> BaseTask | None:
        """The first task (``but`` these) of which the sender has said all that the row says: of rows that were pasted twice."""
        alike = (self._older if older else self._words).alike(reported.key[1])
        this_round = False if older and self._older is not self._words else None
        return next(
            (task for task in alike if task.key not in but and self.has_said(reported, task, this_round=this_round)), None
        )

    def has_said(self, reported: Reported, task: BaseTask, *, this_round: bool | None = None) -> bool:
        """Whether the sender's report on a task says all that a row says.

        ``this_round``: whether it must be of this very round, or must not; None for any.
        """
        reports = self._reports(reported, task)
        if this_round is not None:
            reports = [report for report in reports if self._is_of_round(report) is this_round]
        said = _texts(reported.values) if reports else {}
        return any(said.items() <= _texts(report.values).items() for report in reports)

    def has_reported(self, reported: Reported, task: BaseTask) -> bool:
        """Whether the sender has reported on a task in this very round."""
        return any(map(self._is_of_round, self._reports(reported, task)))

    def _reports(self, reported: Reported, task: BaseTask) -> list[BaseReport]:
        return [task.reports[unit] for unit in self._senders(reported) & task.reports.keys()]

    def _is_of_round(self, report: BaseReport) -> bool:
        return report.is_of(self._round)

    def says(self, reported: Reported, task: BaseTask) -> bool:
        """Whether a row has the words of a task."""
        return reported.key[1] in self._subjects(task)

    def _subjects(self, task: BaseTask) -> Sequence[str]:
        return self._older.subjects.get(task.key) or self._words.subjects[task.key]

    def contradicts(self, reported: Reported, task: BaseTask) -> bool:
        """Whether a row that bears the key of a task is about something else: its words are those of another, or of none.

        A rewording contradicts nothing, nor does a problem written anew over the same measures or under the same number.
        """
        subject = reported.key[1]
        if not subject or self.says(reported, task) or self.has_said(reported, task, this_round=True):
            return False
        if any(one.key != task.key for one in self._older.alike(subject)):
            return True  # whatever the file says that it was sent out with
        if _has_dispatched_words(reported) or any(change(known, subject) != "other" for known in self._subjects(task)):
            return False
        if text_key(shown(reported.values.get("measures"))) == text_key(shown(task.values.get("measures"))) != "":
            return False
        return score(subject, self._subjects(task)) < _LEAST_LIKE or not self._same_number(reported, task)

    def _same_number(self, reported: Reported, task: BaseTask) -> bool:
        return bool(reported.key[0]) and reported.key[0] in self._words.numbers[task.key]

    def known(self, table: list[Reported]) -> tuple[set[int], set[int]]:
        """The rows of a list (their ids) that are known from 待确认, and those of them that wait, or were decided on.

        Of rows that say the same nobody knows which waits: they are looked at as when they came. Nor does a row wait that says
        what its own task is known to say: another was the copy.
        """
        by_mark: dict[str, list[Reported]] = defaultdict(list)
        for reported in table if self.base.known_rows else ():
            by_mark[mark_of_reported(reported)].append(reported)
        several = [rows for mark, rows in by_mark.items() if mark in self.base.known_rows]
        alone = [rows[0] for rows in several if len(rows) == 1]
        said = {id(one) for one in alone if (task := self.base.by_key.get(claimed_key(one))) and self.has_said(one, task)}
        waiting = set(map(id, alone)) - said
        return {id(reported) for rows in several for reported in rows}, waiting

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

    def likeness(self, reported: Reported, key: str) -> float:
        """How like a row the words of a task are, from 0 to 1."""
        return score(reported.key[1], self._words.subjects[key])

    def nearest(self, reported: Reported, but: str = "") -> tuple[tuple[str, float], ...]:
        """The tasks whose words are most like a row's, the nearest first."""
        near = self._likeness.nearest(reported.key[1], _MOST_NEAREST + bool(but), _LEAST_LIKE)
        return tuple((key, like) for key, like in near if key != but)[:_MOST_NEAREST]


def _has_dispatched_words(reported: Reported) -> bool:
    """Whether a row says what it was dispatched with; the office may have reworded the task since."""
    sent = reported.place.submission.dispatched.get(reported.place.task.key) or {}
    return any(sent.get(key) and wording_key(sent[key]) == reported.key[1] for key in ("problem", "measures"))


def _subject(values: Mapping[str, Any]) -> str:
    """The comparison key of a problem, else of its measures."""
    return wording_key(shown(values.get("problem"))) or wording_key(shown(values.get("measures")))


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {key: text_key(shown(value)) for key, value in values.items() if value is not None}


def _measures(values: Mapping[str, Any]) -> str:
    return wording_key(shown(values.get("measures")))


def _number(values: Mapping[str, Any]) -> str:
    return plain_number(shown(values.get("task_id")))
