"""Corrections applied in memory: what is corrected is judged again until nothing is left to correct."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import from_a1
from rectify_xl.common.short_repr import ShortRepr
from rectify_xl.copies.requests import Change
from rectify_xl.language.text import is_plain
from rectify_xl.schema.conversion import shown
from rectify_xl.validation.report import judged_again

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from rectify_xl.common.findings import Finding
    from rectify_xl.copies.requests import CellValue
    from rectify_xl.intake.submission import Submission, Table
    from rectify_xl.validation.report import Report

    Replaceable = Callable[[Mapping[str, Sequence[CellValue]]], Mapping[str, Collection[CellValue]]]

Place = tuple[str, str, str]  # file, sheet, cell
_MOST_PASSES = 8


@dataclass(frozen=True, repr=False)
class Fixed(ShortRepr):
    """What was corrected, and what is left to say about the corrected copies."""

    report: Report
    changes: tuple[Change, ...]

    def of(self, file: str) -> tuple[Change, ...]:
        """The changes in one file."""
        return tuple(change for change in self.changes if change.file == file)


def corrected(report: Report, *, unsafe: bool, replaceable: Replaceable) -> Fixed:
    """Apply the corrections that findings offer, in memory, until none is left.

    One correction may uncover another: a name is recognised as an alias once its blanks are gone.

    Args:
        report: what was found.
        unsafe: apply corrections too that may not mean the same.
        replaceable: which cells of a file hold just the value that was judged; asked before the first change of a cell.
    """
    changes: dict[Place, Change] = {}
    known: dict[tuple[Place, str], bool] = {}
    for _ in range(_MOST_PASSES):
        offered = [(place, finding) for finding in report.findings if (place := _place_of(finding, unsafe=unsafe))]
        _ask(offered, changes, known, replaceable)
        fixable: dict[Place, Finding] = {}
        for place, finding in offered:
            if place in changes or known[place, finding.value or ""]:
                fixable.setdefault(place, finding)
        if not fixable:
            break
        for place, finding in fixable.items():
            changes[place] = _change(place, finding, changes.get(place))
        report = judged_again(report, _with_values(report.submissions, fixable))
    ordered = sorted(changes.items(), key=lambda one: (*one[0][:2], from_a1(one[0][2])))
    return Fixed(report, tuple(change for _, change in ordered))


def _place_of(finding: Finding, *, unsafe: bool) -> Place | None:
    """Where a finding offers a correction that may be applied."""
    if finding.fix and (finding.fix.safe or unsafe) and finding.file and finding.sheet and finding.cell:
        return finding.file, finding.sheet, finding.cell
    return None


def _ask(
    offered: Iterable[tuple[Place, Finding]],
    changes: Mapping[Place, Change],
    known: dict[tuple[Place, str], bool],
    replaceable: Replaceable,
) -> None:
    """Find out about the cells that are not known yet, file by file."""
    open_cells: dict[str, set[CellValue]] = {}
    for place, finding in offered:
        if place not in changes and (place, finding.value or "") not in known:
            open_cells.setdefault(place[0], set()).add((*place[1:], finding.value or ""))
    for file, found in replaceable({file: tuple(sorted(cells)) for file, cells in open_cells.items()}).items():
        known.update({((file, *one[:2]), one[2]): one in found for one in open_cells[file]})


def _change(place: Place, finding: Finding, before: Change | None) -> Change:
    fix = finding.fix
    assert fix  # noqa: S101 - only findings with one are asked
    if before:
        rules = (*before.rules, finding.slug)
        return replace(before, rules=rules, new=fix.value, safe=before.safe and fix.safe, shown=shown(fix.value))
    return Change(
        *place, finding.field or "", str(finding.facts.get("label", "")), finding.task_id, (finding.slug,),
        finding.value or "", fix.value, fix.safe, shown(fix.value),
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
        for key in {**table.columns, **task.sheets}:
            finding = fixable.get((path, table.sheet_of(task, key), table.cell(task, key)))
            # A merged cell is every row's and every column's that it spans.
            if finding and finding.fix and values.get(key) is not None:
                values[key] = finding.fix.value
                odd = [other for other in odd if other != key]
                odd += [key] if isinstance(values[key], str) and not is_plain(values[key]) else []
        rows.append(replace(task, values=values, odd=tuple(odd)))
    return replace(table, rows=tuple(rows))
