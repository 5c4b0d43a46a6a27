"""Which reports are of one task."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rectify_xl.tasks.agreeing import Task, make_task
from rectify_xl.tasks.reported import Reported, reported_tasks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.book import Book

# Two wordings of one numbered task differ in one place (a typo, a cut-off tail); other problems differ by far more.
_SAME_WORDING = 0.85


def joined(book: Book) -> tuple[Task, ...]:
    """The tasks of a book, joined once."""
    if "tasks" not in book.memo:
        book.memo["tasks"] = join_tasks(reported_tasks(book))
    tasks: tuple[Task, ...] = book.memo["tasks"]
    return tasks


def join_tasks(reports: Iterable[Reported]) -> tuple[Task, ...]:
    """Reports of the same task joined, ordered by number."""
    groups: list[list[Reported]] = []
    by_subject: dict[str, list[list[Reported]]] = defaultdict(list)
    by_number: dict[str, list[list[Reported]]] = defaultdict(list)
    for report in reports:
        number, subject = report.key
        home = _home(report, by_subject[subject] if subject else [], by_number[number] if number else [])
        if home is None:
            home = []
            groups.append(home)
            by_subject[subject].append(home)
            by_number[number].append(home)
        home.append(report)
    return tuple(sorted(map(make_task, groups), key=_order))


def _home(report: Reported, alike: list[list[Reported]], numbered: list[list[Reported]]) -> list[Reported] | None:
    """The group a report belongs to: same words and number, then same words where only one task has them, then a rewording."""
    exact = next((group for group in alike if group[0].key == report.key), None)
    if exact:
        return exact
    candidates = [group for group in alike if _same(group[0], report)]
    if len(candidates) == 1:
        return candidates[0]
    return next((group for group in numbered if _reworded(group[0], report)), None)


def _same(first: Reported, other: Reported) -> bool:
    """Same words: one task, unless both are numbered, differently, and in one list or under different lead units."""
    if first.key[0] == other.key[0] or not first.key[0] or not other.key[0]:
        return True
    one_list = first.place.submission.path == other.place.submission.path
    return not one_list and bool(first.leads) and first.leads == other.leads


def _reworded(first: Reported, other: Reported) -> bool:
    """Same number and nearly the same words: the same task, on whose wording two lists disagree."""
    mine, theirs = first.key[1], other.key[1]
    longest, shortest = max(len(mine), len(theirs)), min(len(mine), len(theirs))
    if not mine or not theirs or shortest < _SAME_WORDING * longest:
        return False
    head = _common(mine, theirs)
    tail = _common(mine[head:][::-1], theirs[head:][::-1])
    return head + tail >= _SAME_WORDING * longest


def _common(left: str, right: str) -> int:
    """Length of the common beginning."""
    for at, (mine, theirs) in enumerate(zip(left, right, strict=False)):
        if mine != theirs:
            return at
    return min(len(left), len(right))


def _order(task: Task) -> tuple[int, int, str, str]:
    """Numbers by value, then other numbers as they are, tasks without a number last; files in order."""
    number = task.main.key[0]
    source = task.main.place.submission.path
    if number.isdigit():
        return 0, int(number), "", source
    return (1 if number else 2), task.main.positions[0], number, source
