"""Which reports are of one task."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from rectify_xl.schema.conversion import shown
from rectify_xl.tasks.agreeing import Task, make_task
from rectify_xl.tasks.reported import Reported, reported_tasks
from rectify_xl.tasks.wording import change, number_levels, wording_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.collection.collection import Collection

_MOST_COMPARED = 300


def joined(collection: Collection) -> tuple[Task, ...]:
    """The tasks of a collection, joined once."""
    return collection.once(_joined)


def _joined(collection: Collection) -> tuple[Task, ...]:
    return join_tasks(reported_tasks(collection))


def join_tasks(reports: Iterable[Reported]) -> tuple[Task, ...]:
    """Reports of the same task joined, ordered by number."""
    groups: list[_Group] = []
    by_key: dict[tuple[str, str], list[_Group]] = defaultdict(list)
    by_subject: dict[str, list[_Group]] = defaultdict(list)
    by_number: dict[str, list[_Group]] = defaultdict(list)
    for report in reports:
        number, subject = report.key
        found = _exact(report, by_key[report.key]) if subject else None
        found = found or _alone(report, by_subject[subject] if subject else [], by_number[number] if number else [])
        if found is None:
            found = _Group()
            groups.append(found)
            by_key[report.key].append(found)
            by_subject[subject].append(found)
            by_number[number].append(found)
        found.add(report)
    return tuple(sorted((make_task(group.reports) for group in groups), key=_order))


class _Group:
    """Reports of one task, and the tables that they stand in: with a row that has no number, or only with numbered ones."""

    def __init__(self) -> None:
        self.reports: list[Reported] = []
        self._unnumbered_in: dict[Any, bool] = {}

    @property
    def first(self) -> Reported:
        """The report by which the group is known."""
        return self.reports[0]

    def add(self, report: Reported) -> None:
        """Add one more report."""
        key = report.place.table_key
        self._unnumbered_in[key] = self._unnumbered_in.get(key, False) or not report.key[0]
        self.reports.append(report)

    def takes(self, report: Reported) -> bool:
        """Not where two rows of one table would meet of which not both are numbered: only a number says that they are one."""
        unnumbered = self._unnumbered_in.get(report.place.table_key)
        return unnumbered is None or (bool(report.key[0]) and not unnumbered)


def _exact(report: Reported, groups: list[_Group]) -> _Group | None:
    """The group with the same number and the same words; none where hundreds have them."""
    groups = groups if len(groups) <= _MOST_COMPARED else []
    exact = [group for group in groups if group.takes(report) and _same(group.first, report)]
    return next((group for group in exact if group.first.leads == report.leads), exact[0] if exact else None)


def _alone(report: Reported, alike: list[_Group], numbered: list[_Group]) -> _Group | None:
    """The only group with the same words, else the only one of which it is a rewording; none where more than one would do.

    So many groups of the same words, or of one number, are never distinguished by comparing: they are not tried.
    """
    alike = alike if len(alike) <= _MOST_COMPARED else []
    numbered = numbered if len(numbered) <= _MOST_COMPARED else []
    for candidates in (
        [group for group in alike if group.takes(report) and _same(group.first, report)],
        [group for group in numbered if any(_reworded(one, report) for one in group.reports[:_MOST_COMPARED])],
        [group for group in numbered if _same_measures(group.reports, report)],
    ):
        if len(candidates) == 1:
            return candidates[0]
    return None


def _same(first: Reported, other: Reported) -> bool:
    """Same words: one task, unless numbered differently in one list or under different lead units.

    Where one list starts numbering its tasks at 1 again, the same number under another lead unit is another task.
    """
    one_list = first.place.submission.path == other.place.submission.path
    if first.key[0] == other.key[0] or not first.key[0] or not other.key[0]:
        return not (one_list and first.scope != other.scope and _led_by_others(first, other))
    if first.leads and other.leads:
        return not one_list and first.leads == other.leads
    # A list that does not say who leads names the same units.
    if one_list or not first.named or first.named != other.named:
        return False
    # Where neither says so, it is shared by the units that are named when two of these report it.
    return bool(first.leads or other.leads) or (first.unit != other.unit and {first.unit, other.unit} <= first.named)


def _reworded(first: Reported, other: Reported) -> bool:
    """Same number and nearly the same words: the same task, on whose wording two lists disagree.

    Two lead units name two objects. A text that says more is a rewording; one that says something else at one place is
    one only where everything else is the same.
    """
    if not first.key[1] or not other.key[1] or _led_by_others(first, other) or _from_one_part(first, other):
        return False
    kind = change(first.key[1], other.key[1])
    return kind == "more" or (kind in ("count", "typo") and first.named == other.named and _alike(first, other))


def _from_one_part(first: Reported, other: Reported) -> bool:
    """Whether one list tells them apart by its numbering."""
    return first.place.submission.path == other.place.submission.path and first.scope != other.scope


def _alike(first: Reported, other: Reported) -> bool:
    """Same measures in both, or in neither; where the measures are the text itself nothing else can tell."""
    return not _has(first, "problem") or _measures(first) == _measures(other)


def _same_measures(group: list[Reported], report: Reported) -> bool:
    """Same number, lead unit and measures, where only one side has a column of problems."""
    if _has(report, "problem") and any(_has(one, "problem") for one in group):
        return False
    return any(
        bool(one.leads) and one.leads == report.leads and bool(_measures(one)) and _measures(one) == _measures(report)
        for one in group
    )


def _led_by_others(first: Reported, other: Reported) -> bool:
    """Whether both name who leads, and not the same units; units without a role are compared by name."""
    mine, theirs = first.leads or first.named, other.leads or other.named
    return bool(mine and theirs) and mine != theirs


def _has(report: Reported, key: str) -> bool:
    return bool(wording_key(shown(report.values.get(key))))


def _measures(report: Reported) -> str:
    return wording_key(shown(report.values.get("measures")))


def _order(task: Task) -> tuple[int, tuple[int, ...], int, str]:
    """Numbers by value, 六(一) between 六 and 七; then other numbers as they are, tasks without a number last; files in order."""
    number = task.main.key[0]
    levels = number_levels(number)
    source = task.main.place.submission.path
    if levels:
        return 0, levels, 0, source
    return (1 if number else 2), (), task.main.positions[0], source
