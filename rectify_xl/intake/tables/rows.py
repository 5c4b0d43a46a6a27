"""Rows below a header -> task rows; lines.py says what else a row can be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1
from rectify_xl.common.text_keys import number_key, text_key
from rectify_xl.intake.submission import Section, TaskRow
from rectify_xl.intake.tables.lines import (
    is_aside,
    is_footer,
    is_instruction,
    is_note,
    is_title,
    read_line,
    section_of,
    signature_rows,
)
from rectify_xl.intake.tables.zero import stated_zero
from rectify_xl.language.text import is_plain
from rectify_xl.schema.conversion import blank_to_none, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.tables.headings import Header
    from rectify_xl.intake.tables.lines import Line

# Values of these columns are often filled down or set beforehand; alone they make no task.
_NOT_CONTENT = frozenset({"task_id", "category", "status", "percent", "remark"})
_LEAST_CONTENT = 2
# What may go on in a row below without number and problem: a second unit, the next measure.
_CONTINUED = frozenset({
    "target", "measures", "progress", "evidence", "leader", "lead_unit", "coop_units", "acceptance_unit", "deadline",
})  # fmt: skip
_SUBJECT = ("problem", "measures")
_WRITTEN_ONCE = frozenset({"target", "measures", "progress", "evidence"})
# A text merged across two fields is said of both; one across more is a line of text.
_SHARED_COLUMNS = 2


@dataclass
class Rows:
    """What stands below a header. ``zero`` is the cell that says there is nothing to report; there are no tasks then."""

    tasks: list[TaskRow] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    zero: tuple[int, int] | None = None


def read_rows(sheet: Sheet, header: Header, last_row: int) -> Rows:
    """Read the task rows below ``header`` up to ``last_row``; nothing that holds a problem or a measure is left out."""
    found = Rows()
    below = [row for row in sorted(sheet.cells) if header.row < row <= last_row and row not in header.repeats]
    lines = [line for line in (read_line(sheet, row, header) for row in below) if line.own]
    arabic = any(line.numbered for line in lines)
    signatures = signature_rows(lines, header)
    section: Section | None = None
    noting = False
    asides: set[int] = set()
    for line in lines:
        noting = noting and len(line.own) == 1
        if noting or line.row in signatures or is_footer(line):
            noting = noting or is_note(line)
            asides.add(line.row)
            found.footers.append("  ".join(line.texts()))
        elif is_aside(line) or (not found.tasks and is_instruction(line)):
            asides.add(line.row)
        elif is_title(sheet, line, header):
            asides.add(line.row)
            section = None  # another list begins
        elif heading := section_of(sheet, line, header, arabic=arabic):
            section = heading
            found.sections.append(heading)
        else:
            task = _task(sheet, line, header, section, found.tasks[-1] if found.tasks else None)
            found.tasks += [task] if task else []
    zero = stated_zero(sheet, header, (row for row in below if row not in asides))
    return Rows(footers=found.footers, zero=zero) if zero else found


def _task(sheet: Sheet, line: Line, header: Header, section: Section | None, last: TaskRow | None) -> TaskRow | None:
    if not _is_task(sheet, line, header, last):
        return None
    values, anchors = dict(line.values), _anchors(sheet, line, header)
    part_of = _part_of(sheet, line, header, last)
    if part_of is None and last is not None and _continues(line, header, last):
        part_of = last.part_of or last.row
        _inherit(values, anchors, header, last)
    if part_of is None and last is not None and _says_again(values, last.values):
        part_of = last.part_of or last.row
    if section and values.get("category") is None:
        values["category"] = section.text
        anchors["category"] = section.cell
    extras = _extras(sheet, line, header)
    return TaskRow(line.row, values, anchors, extras, part_of, line.row in sheet.hidden_rows, _odd(values))


def _odd(values: dict[str, Any]) -> tuple[str, ...]:
    """Fields whose text has an odd character. A row at a time first: most rows have none, and one look is cheaper than twenty."""
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    if is_plain("\n".join(texts.values())):
        return ()
    return tuple(key for key, text in texts.items() if not is_plain(text))


def _is_task(sheet: Sheet, line: Line, header: Header, last: TaskRow | None) -> bool:
    """Whether a row says something of a task: a problem, a measure, two other facts, or one more fact of the task above."""
    here = {key for key, column in header.columns.items() if line.values[key] is not None and _is_here(sheet, line.row, column)}
    content = here - _NOT_CONTENT
    if here & {"problem", "measures"} or len(content) >= _LEAST_CONTENT:
        return True
    merged = {key for key, column in header.columns.items() if sheet.anchor(line.row, column)[0] < line.row}
    above = {key for key in merged if line.values[key] is not None}
    if here and "problem" in above:
        return True
    if content and "task_id" in above:
        return True
    return last is not None and "task_id" not in here and bool(content & _CONTINUED) and _continues(line, header, last)


def _is_here(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the value shown in a cell stands in this row, and is not a line of text merged across the columns."""
    merge = sheet.merge_at(row, column)
    if merge is None:
        return True
    return merge.top == row and (merge.left == column or merge.right - merge.left < _SHARED_COLUMNS)


def _extras(sheet: Sheet, line: Line, header: Header) -> dict[str, str]:
    """What stands in columns that are no field, columns without a heading included."""
    fields = set(header.columns.values())
    found = {}
    for column in sorted({*header.unknown, *(column for _, column in line.own)} - fields):
        value = blank_to_none(sheet.value(line.row, column))
        if value is not None:
            found[header.other_name(sheet, column)] = shown(value)
    return found


def _anchors(sheet: Sheet, line: Line, header: Header) -> dict[str, str]:
    """Where the values of merged cells stand, for the fields whose cell in this row is not that cell."""
    found: dict[str, str] = {}
    if line.row not in sheet.merged:
        return found
    for key, column in header.columns.items():
        at = sheet.anchor(line.row, column)
        if at != (line.row, column):
            found[key] = a1(*at)
    return found


def _part_of(sheet: Sheet, line: Line, header: Header, last: TaskRow | None) -> int | None:
    """The first row of the task when this row shares a merged number, or a merged problem without a number of its own."""
    for key in ("task_id", "problem"):
        column = header.columns.get(key)
        merge = sheet.merge_at(line.row, column) if column else None
        if merge is None or merge.bottom == merge.top or line.values.get(key) is None:
            continue
        if key == "problem" and _numbers_differ(sheet, header, merge.top, merge.bottom):
            continue
        inside = last is not None and last.row >= merge.top
        return (last.part_of or last.row) if inside and last is not None else line.row
    return None


def _numbers_differ(sheet: Sheet, header: Header, top: int, bottom: int) -> bool:
    column = header.columns.get("task_id")
    numbers = {shown(blank_to_none(sheet.value(row, column))) for row in range(top, bottom + 1)} if column else set()
    return len({number_key(number) for number in numbers if number}) > 1


def _continues(line: Line, header: Header, last: TaskRow) -> bool:
    """A row that only goes on with the task above it, number and problem left blank."""
    named = [key for key in ("task_id", "problem") if key in header.columns]
    blank = all(line.values.get(key) is None for key in named)
    return bool(named) and blank and any(last.values.get(key) is not None for key in named)


def _says_again(values: Mapping[str, Any], above: Mapping[str, Any]) -> bool:
    """Whether a row repeats number and problem of the row above and goes on with another measure, as in a list without merges."""
    if number_key(shown(values.get("task_id"))) != number_key(shown(above.get("task_id"))):
        return False
    (problem, measures), (same, others) = ([text_key(shown(row.get(key))) for key in _SUBJECT] for row in (values, above))
    return bool(problem and measures and others) and problem == same and measures != others


def _inherit(values: dict[str, Any], anchors: dict[str, str], header: Header, last: TaskRow) -> None:
    """Give a continued row what stands once for the whole task, at the cell where it stands."""
    for key in header.columns:
        if key not in _WRITTEN_ONCE and values.get(key) is None:
            values[key] = last.values.get(key)
            anchors[key] = last.anchors.get(key) or a1(last.row, header.columns[key])
