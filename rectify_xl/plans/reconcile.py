"""Declared against found: how many tasks, which numbers are missing or stand twice, what was damaged."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.plans.doubt_words import make_doubt
from rectify_xl.plans.facts import category_count
from rectify_xl.plans.model import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rectify_xl.plans.document import Document
    from rectify_xl.plans.draft import Draft
    from rectify_xl.plans.model import Doubt, PlanFacts, PlanTask

_SHOWN = 40


def task_doubts(facts: PlanFacts, tasks: Sequence[PlanTask], drafts: Sequence[Draft], *, inline: bool) -> Iterator[Doubt]:
    """What the numbers of tasks say."""
    if not tasks:
        yield make_doubt("no_tasks_declared", facts.declared_tasks) if facts.declared_tasks else make_doubt("no_tasks")
        return
    if not any(draft.number for draft in drafts):
        yield make_doubt("numbers_absent", len(tasks))
    main = _main_numbers(tasks)
    if not inline:
        yield from _gaps(main)
        yield from _counted(facts, tasks, main)
    if tasks[-1].anomalies and any(one.code == "truncated" for one in tasks[-1].anomalies):
        yield make_doubt("list_truncated", tasks[-1].no)


def _main_numbers(tasks: Sequence[PlanTask]) -> list[str]:
    """The numbers of tasks, parts of an issue counted once, where they are numbers."""
    found: list[str] = []
    for task in tasks:
        first = task.no_norm.partition(".")[0]
        if "." in task.no_norm and found and found[-1] == first:
            continue
        found.append(first)
    return found


def _gaps(main: list[str]) -> Iterator[Doubt]:
    values = [int(one) for one in main if one.isdecimal()]
    for value, count in Counter(values).items():
        if count > 1 and not _restarts(values):
            yield make_doubt("duplicate_number", value, count)
    # A notice of some tasks has their numbers alone; a list that begins with the first says that it has them all.
    if values and min(values) == 1 and not _restarts(values):
        missing = sorted(set(range(min(values), max(values) + 1)) - set(values))
        for value in missing[:_SHOWN]:
            yield make_doubt("number_gap", value, text=str(value))


def _restarts(values: list[int]) -> bool:
    """Whether tasks are numbered from one again in every category."""
    return values.count(1) > 1


def _counted(facts: PlanFacts, tasks: Sequence[PlanTask], main: list[str]) -> Iterator[Doubt]:
    declared = facts.declared_tasks
    if declared is not None and declared not in (len(tasks), len(main)):
        yield make_doubt("count_mismatch", declared, len(tasks), text=facts.declared_text)
    found = Counter(task.category for task in tasks)
    for category, count in found.items():
        said = category_count(category)
        if said is not None and said != count:
            yield make_doubt("category_count_mismatch", category, said, count)


def printed_gaps(tasks: Sequence[PlanTask]) -> Iterator[Doubt]:
    """Numbers that the document does not print though a task that has them was found."""
    for task in tasks:
        if not task.no_printed and task.no and any(other.no_printed for other in tasks):
            yield make_doubt("number_gap", task.no, text=task.no)


def copy_doubts(document: Document) -> Iterator[Doubt]:
    """What a copying site did to the text."""
    kinds = Counter(one.kind for one in document.damage)
    if kinds["traditional"]:
        yield make_doubt("traditional_script", kinds["traditional"])
    if kinds["pinyin"]:
        yield make_doubt("pinyin_artefact", kinds["pinyin"])
    broken = [one for one in document.damage if one.kind == "mojibake"]
    if broken:
        lost = [one for one in broken if one.replacement is None]
        shown = "、".join(f"“{one.found[:_SHOWN]}”" for one in lost[:3])
        first = (lost or broken)[0]
        paragraph = document.original.count("\n", 0, first.start) + 1
        place = Place(paragraph, first.start, first.end)
        yield make_doubt("mojibake", len(broken), len(broken) - len(lost), shown, place=place, text=first.found)
    marks = sum(one.kind == "invisible" and one.found == "?" for one in document.damage)
    if marks:
        yield make_doubt("question_mark_artefact", marks)
    unseen = kinds["invisible"] - marks + kinds["control"]
    if unseen:
        yield make_doubt("invisible_characters", unseen)
    if kinds["censored"]:
        yield make_doubt("censored_text", kinds["censored"])
