"""Whether a row is a task, or goes on with the one above, and the task row that it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1
from rectify_xl.common.text_keys import number_key, text_key
from rectify_xl.intake.submission import TaskRow
from rectify_xl.intake.tables.answers import answered
from rectify_xl.intake.tables.lines import has_words
from rectify_xl.intake.tables.ticks import ticked
from rectify_xl.language.text import is_plain
from rectify_xl.schema.conversion import blank_to_none, shown
from rectify_xl.schema.fields import STATUS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.submission import Section
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.intake.tables.lines import Line

# Values of these columns are often filled down or set beforehand; alone they make no task.
_NOT_CONTENT = frozenset({"task_id", "category", "status", "percent", "remark"})
_PRESET = ("status", "percent")
_LEAST_CONTENT = 2
# What may go on in a row below without number and problem: a second unit, the next measure.
_CONTINUED = frozenset({
    "target", "measures", "progress", "evidence", "leader", "lead_unit", "coop_units", "acceptance_unit", "deadline",
})  # fmt: skip
_SUBJECT = ("problem", "measures")
_WRITTEN_ONCE = frozenset({"target", "measures", "progress", "evidence"})
# A text merged across two fields is said of both; one across more is a line of text.
_SHARED_COLUMNS = 2


def make_task(sheet: Sheet, line: Line, header: Header, section: Section | None, last: TaskRow | None) -> TaskRow:
    """The task row of a line, with what stands once for several rows and the section above it."""
    values, anchors = dict(line.values), _anchors(sheet, line, header)
    if header.parted:
        text = values.get("lead_unit")
        unit, person = header.parted.get(text.strip(), (text, "")) if isinstance(text, str) else (text, "")
        values["lead_unit"] = unit or None
        if header.columns["leader"] == header.columns["lead_unit"]:
            values["leader"] = person or None
    if STATUS in header.columns and (answers := header.answers.get(header.columns[STATUS])):
        values[STATUS] = answered(values[STATUS], answers)
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
    key = key_of(sheet, line, header)
    return TaskRow(line.row, values, anchors, extras, part_of, line.row in sheet.hidden_rows, odd_fields(values), key)


def key_of(sheet: Sheet, line: Line, header: Header) -> str:
    """Which task of the ledger a row claims to be; nothing in a list that does not carry that column."""
    return shown(blank_to_none(sheet.value(line.row, header.key_column))) if header.key_column else ""


def odd_fields(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Fields whose text has an odd character. A row at a time first: most rows have none, and one look is cheaper than twenty."""
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    if is_plain("\n".join(texts.values())):
        return ()
    return tuple(key for key, text in texts.items() if not is_plain(text))


def is_task(sheet: Sheet, line: Line, header: Header, last: TaskRow | None) -> bool:
    """Whether a row says something of a task.

    It does with a problem, a measure or two other facts, with a number of its own and words in any column, and with a
    fact more of the task above.
    """
    if has_content(sheet, line, header) or (line.number and _says_something(line, header)):
        return True
    here = _here(sheet, line, header)
    merged = {key for key, column in header.columns.items() if sheet.anchor(line.row, column)[0] < line.row}
    above = {key for key in merged if line.values[key] is not None}
    if here and "problem" in above:
        return True
    if here - _NOT_CONTENT and "task_id" in above:
        return True
    # Within the rows of one task, words in columns that are no field (实际 and what was done) are said of it.
    if above & {"task_id", "problem"} and line.has_words and _in_columns(sheet, line, header):
        return True
    if last is None or "task_id" in here or not _continues(line, header, last):
        return False
    return bool(here & _CONTINUED) or (line.row == last.row + 1 and _in_columns(sheet, line, header))


def has_content(sheet: Sheet, line: Line, header: Header) -> bool:
    """Whether a row holds a problem, a measure, or two other facts of its own."""
    here = _here(sheet, line, header)
    unknown = [] if "task_id" in header.columns else [at for at in line.own if at[1] in header.unknown]
    facts = {header.columns[key] for key in here - _NOT_CONTENT}  # a unit and its person in one cell are one
    return bool(here & {"problem", "measures"}) or len(facts) + len(unknown) >= _LEAST_CONTENT


def _here(sheet: Sheet, line: Line, header: Header) -> set[str]:
    """The fields whose value stands in this very row."""
    return {key for key, column in header.columns.items() if line.values[key] is not None and _is_here(sheet, line.row, column)}


def _says_something(line: Line, header: Header) -> bool:
    """Whether a numbered row says more than what is set beforehand in every row of a form."""
    preset = {header.columns.get(key) for key in _PRESET}
    own = {at[1]: value for at, value in line.others.items() if at[1] not in preset}
    dated = any(own.get(column) is not None for key, column in header.columns.items() if key not in _NOT_CONTENT)
    return dated or any(map(has_words, own.values()))


def is_preset(line: Line, header: Header) -> bool:
    """Whether a row holds nothing but what is set beforehand in every row of a form: a state, a percentage."""
    return {at[1] for at in line.others} <= {header.columns.get(key) for key in (*_PRESET, "category")}


def _in_columns(sheet: Sheet, line: Line, header: Header) -> bool:
    """Whether all that a row holds stands in columns of the table, right of the first, and is no line across them."""
    return all(
        header.left < at[1] <= header.width and at[1] in header.headings and _is_here(sheet, *at) for at in line.own
    ) and not is_preset(line, header)


def _is_here(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the value shown in a cell stands in this row, and is not a line of text merged across the columns."""
    merge = sheet.merge_at(row, column)
    if merge is None:
        return True
    return merge.top == row and (merge.left == column or merge.right - merge.left < _SHARED_COLUMNS)


def _extras(sheet: Sheet, line: Line, header: Header) -> dict[str, str]:
    """What stands in columns that are no field, columns without a heading included."""
    fields = {*header.columns.values(), *(column for ticks in header.ticks.values() for column in ticks.words)}
    fields |= {column for composed in header.composed.values() for column in composed.columns}
    if len(header.carried) > 1:
        # We sent them out ourselves; one alone may be a column of the unit's own.
        fields |= header.carried.keys()
    if header.parted and header.columns["leader"] != (column := header.columns["lead_unit"]):
        fields.discard(column)  # its people stand in no field
    found = {}
    for column in sorted({*header.unknown, *(column for _, column in line.own)} - fields):
        value = blank_to_none(sheet.value(line.row, column))
        if value is not None:
            found[header.other_name(sheet, column)] = shown(value)
    return found


def _anchors(sheet: Sheet, line: Line, header: Header) -> dict[str, str]:
    """Where the values of merged cells stand, for the fields whose cell in this row is not that cell."""
    found: dict[str, str] = {}
    for key, ticks in header.ticks.items():
        column = ticked(sheet, line.row, ticks)[1]
        if column not in (None, header.columns[key]):
            found[key] = a1(*sheet.anchor(line.row, column))
    for key in header.otherwise:
        column = header.column_of(sheet, line.row, key)
        if column != header.columns[key]:
            found[key] = a1(*sheet.anchor(line.row, column))
    if line.row not in sheet.merged:
        return found
    for key, column in header.columns.items():
        if key in found:
            continue
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
