"""Safe corrections carried through to the end: what is corrected is judged again until nothing is left to correct."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import from_a1
from rectify_xl.language.text import is_plain
from rectify_xl.schema.conversion import shown
from rectify_xl.validation.report import judged_again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from rectify_xl.common.findings import Finding
    from rectify_xl.intake.submission import Submission, Table
    from rectify_xl.validation.report import Report

Place = tuple[str, str, str]  # file, sheet, cell
_MOST_PASSES = 8


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of a corrected copy: what stood there, what stands there now, and the rules that asked for it."""

    file: str
    sheet: str
    cell: str
    field: str
    label: str
    task_id: str | None
    rules: tuple[str, ...]
    old: str
    new: Any
    safe: bool

    @property
    def shown(self) -> str:
        """The new value as a clerk writes it."""
        return shown(self.new)

    def to_dict(self) -> dict[str, Any]:
        """The change as JSON-ready data."""
        return {
            "file": self.file, "sheet": self.sheet, "cell": self.cell, "field": self.field, "task_id": self.task_id,
            "rules": list(self.rules), "safe": self.safe, "old": self.old, "new": self.shown,
        }  # fmt: skip


@dataclass(frozen=True)
class Fixed:
    """What was corrected, and what is left to say about the corrected copies."""

    report: Report
    changes: tuple[Change, ...]

    def of(self, file: str) -> tuple[Change, ...]:
        """The changes in one file."""
        return tuple(change for change in self.changes if change.file == file)


def corrected(report: Report, *, unsafe: bool, possible: Callable[[Finding], bool]) -> Fixed:
    """Apply the corrections that findings offer, in memory, until none is left.

    One correction may uncover another: a name is recognised as an alias once its blanks are gone. ``possible`` tells
    whether a cell can be written to at all; it is asked before the first change of a cell.
    """
    changes: dict[Place, Change] = {}
    for _ in range(_MOST_PASSES):
        fixable: dict[Place, Finding] = {}
        for finding in report.findings:
            fix = finding.fix
            if not (fix and (fix.safe or unsafe) and finding.file and finding.sheet and finding.cell):
                continue
            place = (finding.file, finding.sheet, finding.cell)
            if place in changes or possible(finding):
                fixable.setdefault(place, finding)
        if not fixable:
            break
        for place, finding in fixable.items():
            changes[place] = _change(place, finding, changes.get(place))
        report = judged_again(report, _with_values(report.submissions, fixable))
    ordered = sorted(changes.items(), key=lambda one: (*one[0][:2], from_a1(one[0][2])))
    return Fixed(report, tuple(change for _, change in ordered))


def _change(place: Place, finding: Finding, before: Change | None) -> Change:
    fix = finding.fix
    assert fix  # noqa: S101 - only findings with one are asked
    if before:
        return replace(before, rules=(*before.rules, finding.slug), new=fix.value, safe=before.safe and fix.safe)
    return Change(
        *place, finding.field or "", str(finding.facts.get("label", "")), finding.task_id, (finding.slug,),
        finding.value or "", fix.value, fix.safe,
    )  # fmt: skip


def _with_values(submissions: Iterable[Submission], fixable: Mapping[Place, Finding]) -> tuple[Submission, ...]:
    """The submissions as if the corrections stood in their cells."""
    files = {file for file, _, _ in fixable}
    return tuple(
        replace(submission, tables=tuple(_table(submission.path, table, fixable) for table in submission.tables))
        if submission.path in files
        else submission
        for submission in submissions
    )


def _table(path: str, table: Table, fixable: Mapping[Place, Finding]) -> Table:
    rows = []
    for task in table.rows:
        values, odd = dict(task.values), list(task.odd)
        for key in table.columns:
            finding = fixable.get((path, table.sheet, table.cell(task, key)))
            # A merged cell is every row's and every column's that it spans.
            if finding and finding.fix and values.get(key) is not None:
                values[key] = finding.fix.value
                odd = [other for other in odd if other != key]
                odd += [key] if isinstance(values[key], str) and not is_plain(values[key]) else []
        rows.append(replace(task, values=values, odd=tuple(odd)))
    return replace(table, rows=tuple(rows))
