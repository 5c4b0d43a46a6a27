"""The rows of one table: each gets exactly one kind, and those that are tasks become task rows.

What no pattern explains is unread. It is never dropped: what a sheet shows and what its tables account for are compared once
more outside of this room, in intake/accounting.py.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import number_key
from rectify_xl.intake.submission import RowKind
from rectify_xl.intake.tables.cards_below import rows_of_cards
from rectify_xl.intake.tables.column_content import decide_columns
from rectify_xl.intake.tables.contents import Content
from rectify_xl.intake.tables.heading_names import is_short, known_fields
from rectify_xl.intake.tables.lines import (
    PAIR,
    WIDE,
    has_words,
    is_aside,
    is_instruction,
    is_part_of_total,
    is_remark,
    is_task_number,
    is_title,
    is_total,
    read_line,
)
from rectify_xl.intake.tables.measure_lines import with_measure
from rectify_xl.intake.tables.other_tables import is_other_heading, people_rows
from rectify_xl.intake.tables.problem_lines import problem_above, problem_line, with_problem
from rectify_xl.intake.tables.remark_rows import labelled_rows, with_labelled, with_remarks
from rectify_xl.intake.tables.sections import (
    first_group,
    is_divided,
    is_second_group,
    is_statement,
    led_by_groups,
    parent_of,
    section_of,
    upper_group,
    within,
)
from rectify_xl.intake.tables.signatures import is_footer, is_note, is_worded_as_note, signature_rows
from rectify_xl.intake.tables.task_rows import has_content, is_preset, is_task, key_of, make_task
from rectify_xl.intake.tables.zero import stated_zero
from rectify_xl.provenance.carried import key_number, part_number, task_key
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.submission import Section, TaskRow
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.intake.tables.lines import Line
    from rectify_xl.schema.schema import Schema

_DIGIT = LazyPattern(r"\d")
_LEAST_PRESET = 2
_LEAST_TASK_CELLS = 3


@dataclass
class Rows:
    """The rows of a table. ``zero`` is the cell that says there is nothing to report; there are no tasks then."""

    tasks: list[TaskRow] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    zero: tuple[int, int] | None = None
    kinds: dict[int, RowKind] = field(default_factory=dict)


def read_rows(sheet: Sheet, header: Header, rows: range, schema: Schema, units: frozenset[str]) -> Rows:
    """Read the rows, of which the first may stand above the header.

    They are read once more where what stands in them has decided what a column is that the headings left open.
    """
    found = _read(sheet, header, rows, schema)
    content = Content(sheet, found.tasks, schema, units)
    if decide_columns(content, header):
        found = _read(sheet, header, rows, schema)
    found.tasks = led_by_groups(found.tasks, found.sections, header, content.is_unit)
    return found


def _read(sheet: Sheet, header: Header, rows: range, schema: Schema) -> Rows:
    found = Rows()
    for row in (row for row in sorted(sheet.cells) if rows.start <= row <= header.row or row in header.repeats):
        found.kinds[row] = RowKind.ABOVE if row < header.top else RowKind.HEADING if row <= header.row else RowKind.REPEATED
    for row in range(rows.start, header.top):
        if row in found.kinds and _looks_like_a_task(read_line(sheet, row, header)):
            found.kinds[row] = RowKind.UNREAD
    below = [row for row in sorted(sheet.cells) if header.row < row < rows.stop and row not in header.repeats]
    lines = [read_line(sheet, row, header) for row in below]
    found.kinds |= {line.row: RowKind.UNFILLED for line in lines if not line.own}
    reader = _Reader(sheet, header, [line for line in lines if line.own], found, schema, problem_above(sheet, rows, header))
    reader.read()
    found.tasks, unplaced = with_remarks(found.tasks, lines, found.kinds)
    found.kinds |= dict.fromkeys(unplaced, RowKind.UNREAD)
    found.tasks = with_labelled(found.tasks, lines, found.kinds, reader.labelled_rows)
    _group_above(sheet, header, found)
    zero = stated_zero(sheet, header, (row for row in below if row not in reader.asides))
    if zero:
        said = dict.fromkeys((zero[0], *(task.row for task in found.tasks)), RowKind.NOTE)
        return Rows(footers=found.footers, zero=zero, kinds=found.kinds | said)
    return found


def _group_above(sheet: Sheet, header: Header, found: Rows) -> None:
    """A line 一、 right above the headings is the first group of a list that goes on with 二、 below them."""
    group = first_group(sheet, header.top - 1) if header.top - 1 in found.kinds and found.sections else None
    if group is None or not is_second_group(sheet, found.sections[0]):
        return
    end = found.sections[0].row
    found.sections.insert(0, group)
    for at, task in enumerate(found.tasks):
        if task.row < end and task.values.get("category") is None:
            values, anchors = {**task.values, "category": group.text}, {**task.anchors, "category": group.cell}
            found.tasks[at] = replace(task, values=values, anchors=anchors)


def _looks_like_a_task(line: Line) -> bool:
    """Whether a row above the headings, where no column is known yet, begins with a number and goes on in words."""
    values = list(line.own.values())
    worded = [value for value in values[1:] if has_words(value)]
    return len(values) >= _LEAST_TASK_CELLS and is_task_number(values[0]) and len(worded) > 1


class _Reader:
    """Goes through the rows below a header from top to bottom."""

    def __init__(
        self, sheet: Sheet, header: Header, lines: list[Line], found: Rows, schema: Schema, problem: Section | None
    ) -> None:
        self._sheet = sheet
        self._header = header
        self._lines = lines
        self._found = found
        self._schema = schema
        self._below = {line.row: below for line, below in pairwise(lines)}
        self._divided: tuple[Line, Section | None] | None = None  # a task that the rows below divide, and the group it is in
        self._arabic = any(line.number and _DIGIT.search(shown(line.own[line.number])) for line in lines)  # 1, 1.1, A-01
        self._signatures = signature_rows(lines, header)
        self._section: Section | None = None
        self._upper: Section | None = None  # the group 一、 of a group (一)
        self._problem = problem
        self.asides: set[int] = set()  # footers, totals and titles
        self._noting = False
        self._signed = False  # a footer or a note stands between this row and the task above it
        self._notes = 0
        self._narrowest = 0  # of the tasks so far, the fewest cells that one fills
        self._elsewhere = 0  # the last row of another table that has begun below this one
        self._summed = 0  # the last row of totals
        self._labelled = 0  # the last row of one text that is the heading of a field
        self.labelled_rows = labelled_rows(lines, schema)
        self._people = people_rows(lines)
        self._cards = rows_of_cards(lines, schema)
        self._presets = _preset_rows(sheet, header, lines)
        self._roots: dict[str, int] = {}  # key of a task of several rows -> the first of them

    def read(self) -> None:
        """Give every row its kind."""
        for line in self._lines:
            self._found.kinds[line.row] = self._kind(line)

    def _kind(self, line: Line) -> RowKind:
        last = self._found.tasks[-1] if self._found.tasks else None
        aside = RowKind.NOTE if line.row in self._people else self._aside_kind(line, last)
        self.asides |= {line.row} if aside else set()
        measure = with_measure(self._sheet, line, self._header, last) if last and not (aside or self._signed) else None
        if measure:
            self._found.tasks.append(measure)
            return RowKind.PART
        return aside or self._section_kind(line) or self._task_kind(line, last)

    def _aside_kind(self, line: Line, last: TaskRow | None) -> RowKind | None:
        """Rows of another table, footers and notes, totals, examples, instructions below the headings, a title."""
        if self._is_elsewhere(line) or is_worded_as_note(line, self._header, max(WIDE, self._narrowest)):
            return RowKind.UNREAD
        self._noting = self._noting and (len(line.own) == 1 or self._is_next_note(line))
        if self._noting or line.row in self._signatures or is_footer(line):
            self._noting = self._noting or is_note(line)
            self._signed = True
            self._found.footers.append("  ".join(line.texts()))
            return RowKind.NOTE
        # A numbered row with words is a task, even where a table was drawn so that its last row counts as its totals.
        if (line.row in self._sheet.total_rows and not (line.number and line.has_words)) or is_total(line, self._header):
            self._summed = line.row
            return RowKind.TOTAL
        if self._summed == line.row - 1 and is_part_of_total(line):
            self._summed = line.row
            return RowKind.TOTAL
        if is_title(self._sheet, line, self._header):
            self._section = self._upper = None  # another list begins
            return RowKind.ABOVE
        return RowKind.NOTE if is_aside(line) or (last is None and is_instruction(line)) else None

    def _is_elsewhere(self, line: Line) -> bool:
        """Whether a row is of a card, or under headings that are none of a task list: it is named, not guessed at."""
        if line.row in self._cards and not self._noting:
            return True
        if self._elsewhere != line.row - 1 and not is_other_heading(line, self._header, self._schema):
            return False
        self._elsewhere = line.row
        return True

    def _is_next_note(self, line: Line) -> bool:
        """Whether a row is the next item of the notes that have begun: 1, 2, 3 beside one text each.

        They stand below the tasks, all of which say more than that: in a list of two columns they would be tasks.
        """
        number = shown(line.own[line.number]) if line.number else ""
        if self._narrowest <= PAIR or len(line.own) != PAIR or number_key(number) != str(self._notes + 1):
            return False
        self._notes += 1
        return True

    def _section_kind(self, line: Line) -> RowKind | None:
        problem = problem_line(self._sheet, line.row, self._header) if len(line.own) == 1 else None
        if problem:
            self._problem = problem
            self._found.sections.append(problem)
            return RowKind.SECTION
        if len(line.own) == 1 and is_short(line.first) and known_fields(line.first, self._schema):
            self._labelled = line.row
        elif line.row not in self.labelled_rows and (len(line.own) > 1 or self._labelled != line.row - 1):
            return self._named_group(line)
        # 反馈问题 across the columns, and below it the problem, is no group: what stands there is named, not guessed at.
        return RowKind.UNREAD

    def _named_group(self, line: Line) -> RowKind | None:
        if is_statement(self._sheet, line, self._header):
            return RowKind.UNREAD
        section = section_of(self._sheet, line, self._header, arabic=self._arabic)
        if section is None:
            section = parent_of(self._sheet, line, self._below.get(line.row), self._header)
            if section is None:
                return None
            self._divided = (line, self._divided[1] if self._divided else self._section)
        else:
            self._divided = None
        self._upper = upper_group(self._sheet, section, self._section, self._upper)
        self._section, self._problem = section, None
        self._found.sections.append(section)
        return RowKind.SECTION

    def _task_kind(self, line: Line, last: TaskRow | None) -> RowKind:
        if self._divided and line.number and not is_divided(self._divided[0], line):
            self._section, self._divided = self._divided[1], None
        if line.row in self._presets:
            return RowKind.UNFILLED
        # One text alone below who signed is no second unit or leader of the task above.
        goes_on_with = None if self._signed and len(line.own) == 1 else last
        if is_task(self._sheet, line, self._header, goes_on_with):
            self._signed = False
            group = within(self._section, self._upper)
            task = self._keyed(make_task(self._sheet, line, self._header, group, self._above(line, last)))
            self._found.tasks.append(with_problem(task, self._problem))
            self._narrowest = min(self._narrowest or len(line.own), len(line.own))
            return RowKind.PART if task.part_of not in (None, task.row) else RowKind.TASK
        if line.number or is_preset(line, self._header):
            return RowKind.UNFILLED
        return RowKind.NOTE if is_remark(self._sheet, line, self._header, last) else RowKind.UNREAD

    def _above(self, line: Line, last: TaskRow | None) -> TaskRow | None:
        """The task that a row may go on with: none for a row that bears the key of a task, wherever it was sorted to."""
        return None if key_number(key_of(self._sheet, line, self._header)) else last

    def _keyed(self, task: TaskRow) -> TaskRow:
        """Rows that bear the keys of parts of one task (T0007.1, T0007.2) are one task."""
        if not part_number(task.key):
            return task
        root = self._roots.setdefault(task_key(task.key), task.row)
        return replace(task, part_of=root) if root != task.row else task


def _preset_rows(sheet: Sheet, header: Header, lines: list[Line]) -> set[int]:
    """Rows at the end that say nothing but what other rows say as well: a form whose last rows nobody has filled in."""
    trailing: list[Line] = []
    for line in reversed(lines):
        if has_content(sheet, line, header):
            break
        trailing.append(line)
    said = {line.row: tuple((at[1], value) for at, value in line.others.items()) for line in trailing}
    counts = Counter(said.values())
    return {row for row, values in said.items() if values and counts[values] >= _LEAST_PRESET}
