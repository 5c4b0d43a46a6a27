"""A source -> a plan: cleaned, its tasks found by the first layout that fits, its facts, and what is in doubt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.plans import facts as find
from rectify_xl.plans.cleaning import clean_document
from rectify_xl.plans.deadline_rules import deadline_rules
from rectify_xl.plans.doubt_words import make_doubt
from rectify_xl.plans.inline import has_brackets, read_inline, take_brackets
from rectify_xl.plans.labelled import read_labelled
from rectify_xl.plans.labels import UNIT_FIELDS
from rectify_xl.plans.lines import reading_lines
from rectify_xl.plans.model import Place, Plan, PlanFacts, Substitution
from rectify_xl.plans.reconcile import copy_doubts, printed_gaps, task_doubts
from rectify_xl.plans.rows import make_tasks
from rectify_xl.plans.tables import read_task_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.plans.document import Document, Line
    from rectify_xl.plans.draft import Draft
    from rectify_xl.plans.model import Doubt, PlanTask
    from rectify_xl.plans.source import Source


_DUTIES = ("lead", "responsible", "cooperating", "leaders", "deadline")
_LEAST_SUMMED = 2
_SHOWN = 3
_LONGEST_SHOWN = 40
_LEAST_SHORTENED = 4
_TOLD = frozenset({"target", "measures", "deadline", "lead", "responsible"})


def parse_source(source: Source, file: str) -> Plan:
    """The plan in a source; one without tasks says why."""
    document = clean_document(source)
    tables = read_task_tables(document)
    lines = reading_lines(document, frozenset(tables.blocks))
    drafts, layout, brackets = _of_lines(lines)
    beside = 0
    if tables.drafts:
        drafts, layout, beside = _with_lines(tables.drafts, drafts, layout)
    beside = beside or (brackets if drafts else 0)
    title = find.find_title(lines, source.title) or tables.title
    if len(drafts) == 1 and not drafts[0].number:
        drafts[0].number = find.number_in_title(title)
    tasks = make_tasks(drafts, document)
    facts = _facts(source, document, lines, file, title, tuple(tasks_categories(drafts)), tasks)
    doubts = list(_doubts(facts, document, source))
    doubts += [*task_doubts(facts, tasks, drafts, inline=layout == "inline"), *printed_gaps(tasks)]
    if not tasks:
        layout = ""
    if beside:
        doubts.append(make_doubt("measures_beside", beside))
    if tasks and layout == "table" and tables.unread:
        doubts.append(make_doubt("tables_unread", tables.unread))
    substitutions = tuple(
        Substitution(one.kind, _place(document, one.start, one.end), one.found, one.replacement) for one in document.damage
    )
    return Plan(
        facts, tasks, tuple(doubts), layout, substitutions, document.original if substitutions else "", tuple(source.left_out)
    )


def _with_lines(tables: list[Draft], drafts: list[Draft], layout: str) -> tuple[list[Draft], str, int]:
    """Tables come first; tasks with labels beside them count too, measures with units in brackets are only counted."""
    if layout == "inline":
        return tables, "table", len(drafts)
    # A table that sums up the tasks, or shares them out, names their problems again: each task is read where more is said of it.
    kept: dict[int, Draft] = {}
    everything = []
    said = [(other.number, _problem(other)) for other in drafts]
    if _sums_up(tables, drafts):
        kept = {at: _fuller(draft, other) for at, (draft, other) in enumerate(zip(tables, drafts, strict=True))}
        tables = []
    for draft in tables:
        identity = draft.number, _problem(draft)
        at = next((at for at, other in enumerate(said) if at not in kept and _same(identity, other)), None)
        if at is None:
            everything.append(draft)
        else:
            kept[at] = _fuller(draft, drafts[at])
    everything += [kept.get(at, draft) for at, draft in enumerate(drafts)]
    return sorted(everything, key=lambda draft: min((value.start for value in draft.values), default=0)), "table", 0


def _sums_up(tables: list[Draft], drafts: list[Draft]) -> bool:
    """Whether a table without measures has the very tasks of the labels, under short names of its own.

    They are numbered alike, and each has a unit, a person or a day of its own task.
    """
    numbers = [draft.number for draft in tables]
    if len(tables) < _LEAST_SUMMED or not all(numbers) or numbers != [draft.number for draft in drafts]:
        return False
    if any(any(draft.fields.get("measures", ())) for draft in tables):
        return False
    alike = sum(_shares_duties(draft, other) for draft, other in zip(tables, drafts, strict=True))
    return alike == len(tables)


def _shares_duties(draft: Draft, other: Draft) -> bool:
    """Whether two have a unit, a person or a day written alike."""
    one, two = (
        {"".join(value.text.split()).rstrip("。；;") for key in _DUTIES for value in each.fields.get(key, ())}
        for each in (draft, other)
    )
    return bool((one & two) - {""})


def _problem(draft: Draft) -> str:
    return "".join("".join(value.text.split()) for value in draft.fields.get("problem", [])).rstrip("。；;.")


def _same(table: tuple[str, str], labelled: tuple[str, str]) -> bool:
    """Whether two are one task by number and problem, which a table may shorten."""
    one, other = table[1], labelled[1]
    least = _LEAST_SHORTENED if table[0] == labelled[0] else 2 * _LEAST_SHORTENED
    return (bool(one) and one == other) or (min(len(one), len(other)) >= least and (one in other or other in one))


def _fuller(table: Draft, labelled: Draft) -> Draft:
    """Of one task in a table and with labels the table's, unless it lacks the measures; with what only the other has."""
    is_summary = not any(table.fields.get("measures", ())) and _filled_fields(labelled) > _filled_fields(table)
    first, second = (labelled, table) if is_summary else (table, labelled)
    for key, lines in second.fields.items():
        if not any(first.fields.get(key, ())) and not (key in UNIT_FIELDS and UNIT_FIELDS & first.fields.keys()):
            first.add(key, *lines)
    first.category = first.category or second.category
    return first


def _filled_fields(draft: Draft) -> int:
    return sum(any(lines) for lines in draft.fields.values())


def _of_lines(lines: list[Line]) -> tuple[list[Draft], str, int]:
    """The tasks of the text, their layout, and how many measures with units in brackets are in none of them."""
    brackets = has_brackets(lines)
    labelled = read_labelled(lines)
    within = sum(map(take_brackets, labelled))
    # A list with its own problems is the plan's list, however many measures of the text before it name units.
    whole = sum(any(draft.fields.get("problem", ())) and len(_TOLD & draft.fields.keys()) > 1 for draft in labelled)
    if brackets and brackets >= len(labelled) and 2 * within < brackets and 2 * whole <= len(labelled):
        return read_inline(lines), "inline", 0
    inside = {at for draft in labelled for at in _paragraphs(draft)}
    return labelled, "labelled", has_brackets([line for line in lines if line.paragraph not in inside])


def _paragraphs(draft: Draft) -> range:
    at = [value.paragraph for value in draft.values]
    return range(min(at, default=0), max(at, default=-1) + 1)


def tasks_categories(drafts: list[Draft]) -> Iterator[tuple[str, str, int]]:
    """(number, name, declared count) of the categories that declare one."""
    seen: set[str] = set()
    for draft in drafts:
        if draft.category and draft.category.text.text not in seen:
            name = draft.category.text.text
            seen.add(name)
            count = find.category_count(name)
            if count is not None:
                yield draft.category.number, name, count


def _facts(
    source: Source, document: Document, lines: list[Line], file: str, title: str, categories: tuple[tuple[str, str, int], ...],
    tasks: tuple[PlanTask, ...],
) -> PlanFacts:  # fmt: skip
    issued, text, day = find.find_issue_date(lines)
    declared = find.find_declared(lines)
    attachments = find.find_attachments(lines)
    shown = [line.text.strip() for line in lines]
    who, period, feedback = find.find_inspection(document.text)
    anchor = date.fromisoformat(issued) if issued else None
    spans = [range(task.source["line_start"], task.source["line_end"] + 1) for task in tasks if task.source]
    return PlanFacts(
        file=file, format=source.format, title=title, notice_title=find.find_issued(lines)[0],
        list_title=find.find_list_title(lines, title), issuer=find.find_issuers(lines, day), issue_date=issued,
        issue_date_text=text, doc_no=find.find_doc_no(lines), inspector=who, inspection_period_text=period,
        feedback_date_text=feedback, declared_tasks=declared.tasks, declared_aspects=declared.aspects,
        declared_text=declared.text, declared_categories=categories,
        attachments=tuple((name, bool(tasks) and _is_present(name, shown, at)) for name, at in attachments),
        deadline_rules=deadline_rules(lines, document, anchor, spans),
    )  # fmt: skip


def _is_present(title: str, shown: list[str], at: int) -> bool:
    """Whether an attachment's title stands again below, on one line or split over two."""
    below = shown[at + 1 :]
    pairs = ("".join(pair) for pair in zip(below, [*below[1:], ""], strict=False))
    return title in below or title in pairs


def _doubts(facts: PlanFacts, document: Document, source: Source) -> Iterator[Doubt]:
    yield from copy_doubts(document)
    if not facts.title:
        yield make_doubt("title_absent")
    if not facts.issuer:
        yield make_doubt("issuer_absent")
    if not facts.issue_date:
        yield make_doubt("issue_date_absent")
    for title, present in facts.attachments:
        if not present:
            yield make_doubt("attachment_absent", title, text=title)
    if source.left_out:
        yield make_doubt("web_wrapper" if source.format == "html" else "running_heads", len(source.left_out))
    for code, found in (("text_boxes", source.boxes), ("notes", source.notes)):
        if found:
            shown = "；".join(f"“{_shortened(text)}”" for text in found[:_SHOWN])
            yield make_doubt(code, len(found), shown, text="\n".join(found))


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN]}……"


def _place(document: Document, start: int, end: int) -> Place:
    return Place(document.original.count("\n", 0, start) + 1, start, end)
