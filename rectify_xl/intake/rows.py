"""Rows below a header -> task rows: sections, footers, totals, repeated headers and notes told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rectify_xl.intake.headings import Header, read_header
from rectify_xl.model import Section, TaskRow, a1
from rectify_xl.text_keys import number_key, text_key
from rectify_xl.values import blank_to_none, shown

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema import Schema

_SECTION = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}\s*[、..]|[((][一二三四五六七八九十]{1,3}[))]|第[一二三四五六七八九十]{1,3}(?:部分|类|方面|章))"
)
_NUMBERING = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}\s*[、..]\s*|第[一二三四五六七八九十]{1,3}(?:部分|类|章)\s*[::、]?\s*)"
)
DECLARED = re.compile(r"[((]\s*(?:共)?\s*(\d{1,4})\s*(?:项|个|条|件)(?:任务|问题)?\s*[))]\s*$")
_FOOTER = re.compile(
    r"\s*(?:填表|填报|制表|审核|审批|复核|报送|经办|单位负责|主要负责|分管|联系|签发|校对)"
    r"(?:人|单位|日期|时间|领导|电话|员)?(?:[((]?(?:签字|签名|盖章|签章)[))]?)?\s*[::]"
)
_NOTE = re.compile(r"\s*(?:注|备注|说明|附注|注意事项|填表说明|填报说明)\s*\d?\s*[::]")
_TOTALS = frozenset({"合计", "总计", "小计", "共计", "本页合计", "本页小计"})
_EXAMPLES = frozenset({"例", "示例", "样例", "范例", "填写示例", "例如"})
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}[、..]?")
_WIDE = 3
_LONGEST_SECTION = 120
# Values of these columns are often filled down or set beforehand; alone they make no task.
_NOT_CONTENT = frozenset({"task_id", "category", "status", "percent", "remark"})
_LEAST_CONTENT = 2
_CONTINUED = frozenset({"target", "measures", "progress", "evidence"})


@dataclass
class Rows:
    """What stands below a header."""

    tasks: list[TaskRow] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)


@dataclass
class _Line:
    """One row as shown: mapped values, and every distinct cell with text in reading order."""

    row: int
    values: dict[str, Any]
    cells: dict[tuple[int, int], Any]


def read_rows(sheet: Sheet, header: Header, schema: Schema) -> Rows:
    """Read the task rows below ``header``; nothing that holds a problem or a measure is left out."""
    found = Rows()
    arabic = _has_arabic_numbers(sheet, header)
    section: Section | None = None
    for row in sorted(sheet.cells):
        if row <= header.row:
            continue
        line = _line(sheet, row, header)
        if not line.cells:
            continue
        heading = _section(sheet, line, header, arabic=arabic)
        if heading:
            section = heading
            found.sections.append(heading)
        elif _is_footer(line):
            found.footers.append(" ".join(shown(value) for value in line.cells.values()))
        elif not _is_total(line) and not _is_repeated_header(sheet, row, header, schema):
            task = _task(sheet, line, header, section, found.tasks[-1] if found.tasks else None)
            if task:
                found.tasks.append(task)
    return found


def _line(sheet: Sheet, row: int, header: Header) -> _Line:
    values = {key: blank_to_none(sheet.value(row, column)) for key, column in header.columns.items()}
    cells: dict[tuple[int, int], Any] = {}
    columns = {*sheet.cells[row], *header.columns.values()}
    for column in sorted(columns):
        value = blank_to_none(sheet.value(row, column))
        if value is not None:
            cells.setdefault(sheet.anchor(row, column), value)
    # A value merged down from a row above is not this row's own unless the row has something itself.
    if all(at_row < row for at_row, _ in cells):
        cells = {}
    return _Line(row, values, cells)


def _has_arabic_numbers(sheet: Sheet, header: Header) -> bool:
    column = header.columns.get("task_id")
    if column is None:
        return False
    numbers = (sheet.cells[row].get(column) for row in sheet.cells if row > header.row)
    return any(number_key(shown(value)).isdigit() for value in numbers if value is not None)


def _section(sheet: Sheet, line: _Line, header: Header, *, arabic: bool) -> Section | None:
    """A heading row: one text across the table, or 一 beside its text in a list whose tasks are numbered 1, 2, 3."""
    own = {at: value for at, value in line.cells.items() if at[0] == line.row}
    texts = [shown(value) for value in own.values()]
    if len(own) == 1:
        ((at, text),) = ((at, shown(value)) for at, value in own.items())
        merge = sheet.merge_at(*at)
        wide = merge is not None and merge.right - merge.left + 1 >= _WIDE
        leftmost = at[1] <= min(header.columns.values())
        numbered = bool(_SECTION.match(text) or DECLARED.search(text))
        if _FOOTER.match(text) or _NOTE.match(text) or text_key(text) in _TOTALS:
            return None
        if len(text) <= _LONGEST_SECTION and (wide or leftmost) and (numbered or wide):
            return _made(line.row, at, text)
    if len(own) == _LEAST_CONTENT and arabic and _CHINESE_NUMBER.fullmatch(texts[0]) and len(texts[1]) <= _LONGEST_SECTION:
        at = list(own)[1]
        if next(iter(own))[1] == header.columns.get("task_id"):
            return _made(line.row, at, texts[1])
    return None


def _made(row: int, at: tuple[int, int], text: str) -> Section:
    declared = DECLARED.search(text)
    name = _NUMBERING.sub("", " ".join(text.split()))
    return Section(row, a1(*at), name, int(declared[1]) if declared else None)


def _is_footer(line: _Line) -> bool:
    first = shown(next(iter(line.cells.values())))
    numbered = line.values.get("task_id") is not None and number_key(shown(line.values["task_id"])).isdigit()
    return not numbered and bool(_FOOTER.match(first) or _NOTE.match(first))


def _is_total(line: _Line) -> bool:
    texts = [text_key(shown(value)) for value in line.cells.values()][:2]
    return any(text in _TOTALS for text in texts) or texts[0] in _EXAMPLES


def _is_repeated_header(sheet: Sheet, row: int, header: Header, schema: Schema) -> bool:
    again = read_header(sheet, row, schema)
    same = sum(1 for key, column in again.columns.items() if header.columns.get(key) == column)
    return same * 2 > len(header.columns)


def _task(sheet: Sheet, line: _Line, header: Header, section: Section | None, last: TaskRow | None) -> TaskRow | None:
    values, anchors = dict(line.values), _anchors(sheet, line, header)
    own = {key for key, value in line.values.items() if value is not None}
    substantial = own & {"problem", "measures"} or len(own - _NOT_CONTENT) >= _LEAST_CONTENT
    continued = own & _CONTINUED and last is not None and "task_id" not in own
    if not substantial and not continued:
        return None
    part_of = _part_of(sheet, line, header, last)
    if part_of is None and last is not None and _continues(line, header, last):
        part_of = last.part_of or last.row
        _inherit(values, anchors, header, last)
    if section and values.get("category") is None:
        values["category"] = section.text
        anchors["category"] = section.cell
    extras = {}
    for column in header.unknown:
        value = blank_to_none(sheet.value(line.row, column))
        if value is not None:
            extras[header.headings[column]] = shown(value)
    return TaskRow(line.row, values, anchors, extras, part_of, line.row in sheet.hidden_rows)


def _anchors(sheet: Sheet, line: _Line, header: Header) -> dict[str, str]:
    """Where the values of merged cells stand, for the fields whose cell in this row is not that cell."""
    found = {}
    for key, column in header.columns.items():
        at = sheet.anchor(line.row, column)
        if at != (line.row, column):
            found[key] = a1(*at)
    return found


def _part_of(sheet: Sheet, line: _Line, header: Header, last: TaskRow | None) -> int | None:
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
    return len(numbers - {""}) > 1


def _continues(line: _Line, header: Header, last: TaskRow) -> bool:
    """A row that only goes on with the measures or the progress of the task above it, number and problem left blank."""
    named = [key for key in ("task_id", "problem") if key in header.columns]
    blank = all(line.values.get(key) is None for key in named)
    return bool(named) and blank and any(last.values.get(key) is not None for key in named)


def _inherit(values: dict[str, Any], anchors: dict[str, str], header: Header, last: TaskRow) -> None:
    """Give a continued row what stands once for the whole task, at the cell where it stands."""
    for key in header.columns:
        if key not in _CONTINUED and values.get(key) is None:
            values[key] = last.values.get(key)
            anchors[key] = last.anchors.get(key) or a1(last.row, header.columns[key])
