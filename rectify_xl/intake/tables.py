"""A sheet -> its task table, with everything around it: title, reporting unit, date of filling in, declared count."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from rectify_xl.intake.headings import Header, find_header
from rectify_xl.intake.rows import DECLARED, read_rows
from rectify_xl.model import Fault, Table, a1
from rectify_xl.values import blank_to_none, convert, shown

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema import Schema

_UNIT = re.compile(r"(?:填报|报送|填表|上报|编报|报告|责任)单位\s*(?:[((](?:盖章|公章|签章|章)[))]|盖章)?\s*[::]\s*([^\s::]*)")
_FILLED = re.compile(r"(?:填报|报送|填表|上报|制表|编报)(?:日期|时间)\s*[::]\s*(\S*(?:\s*\d{1,4}\s*[年月日])*)")
_DAY = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})")
_COUNT = re.compile(r"共(?:计|有)?\s*(\d{1,4})\s*(?:项|条|个|件)|(?<!第)(?<!\d)(\d{1,4})\s*(?:项|条|个)(?:整改)?(?:任务|问题)")
_SAMPLED = 200
_MOSTLY = 0.8
_ALWAYS = 0.9
_EMPTY = ("", None)


@dataclass(frozen=True)
class Surroundings:
    """What the rows above a header and the footers below it say."""

    title: str = ""
    title_cell: str | None = None
    unit: str = ""
    filled_on: date | None = None
    declared: int | None = None


def read_table(sheet: Sheet, schema: Schema) -> tuple[Table, Surroundings, list[Fault]] | None:
    """The task table of a sheet with its faults; None when the sheet holds no header of one."""
    header = find_header(sheet, schema)
    if header is None:
        return None
    _decide_open(sheet, header, schema)
    faults = list(_heading_faults(sheet, header, schema))
    rows = read_rows(sheet, header, schema)
    around = _surroundings(sheet, header, rows.footers)
    hidden = [task.row for task in rows.tasks if task.hidden]
    if hidden:
        faults.append(Fault("hidden-rows", sheet.name, facts={"rows": _ranges(hidden)}))
    table = Table(
        sheet=sheet.name,
        header_row=header.row,
        columns=dict(sorted(header.columns.items(), key=lambda item: item[1])),
        headings={key: header.headings.get(column, "") for key, column in header.columns.items()},
        rows=tuple(rows.tasks),
        sections=tuple(rows.sections),
        title=around.title,
        title_cell=around.title_cell,
        declared_count=around.declared,
    )
    return table, around, faults


def _heading_faults(sheet: Sheet, header: Header, schema: Schema) -> list[Fault]:
    found = []
    for group in schema.required_groups:
        if not any(key in header.columns for key in group):
            labels = "或".join(schema[key].label["zh"] for key in group)
            found.append(Fault("missing-column", sheet.name, facts={"columns": labels, "keys": group}))
    for column, first in header.duplicates:
        facts = {"heading": header.headings[column], "first": a1(header.row, first)}
        found.append(Fault("duplicate-column", sheet.name, a1(header.row, column), facts))
    for column in header.unknown:
        facts = {"heading": header.headings[column]}
        found.append(Fault("unknown-column", sheet.name, a1(*sheet.anchor(header.row, column)), facts))
    return found


def _decide_open(sheet: Sheet, header: Header, schema: Schema) -> None:
    """Decide headings that name two things (进度, 整改完成时间) by what their columns hold."""
    for column, keys in sorted(header.open.items()):
        free = [key for key in keys if key not in header.columns]
        if free:
            sample = _sample(sheet, header, column)
            header.columns[_best_fit(free, sample, schema)] = column
        else:
            header.unknown.append(column)
    header.open.clear()


def _sample(sheet: Sheet, header: Header, column: int) -> list[Any]:
    """The column's values in the rows below that hold anything (None where it is blank)."""
    rows = [row for row in sorted(sheet.cells) if row > header.row and len(sheet.cells[row]) > 1][:_SAMPLED]
    return [blank_to_none(sheet.value(row, column)) for row in rows]


def _best_fit(keys: list[str], sample: list[Any], schema: Schema) -> str:
    filled = [value for value in sample if value is not None]
    special = [key for key in keys if not schema[key].is_text]
    plain = [key for key in keys if schema[key].is_text]
    for key in special:
        fits = sum(_fits(schema, key, value) for value in filled)
        if filled and fits >= _MOSTLY * len(filled):
            # A limit is given for every task, the day of completion only for those that are done.
            limit = next((other for other in plain if schema[other].role == "deadline"), None)
            if limit and schema[key].kind == "date" and len(filled) >= _ALWAYS * len(sample):
                return limit
            return key
    return (plain or keys)[0]


def _fits(schema: Schema, key: str, value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    known = schema[key]
    converted = convert(known, value)
    if known.kind == "date":
        return isinstance(converted, date)
    if known.kind in ("percent", "number"):
        return isinstance(converted, int | float) and not isinstance(converted, bool)
    return converted in known.choices


def _surroundings(sheet: Sheet, header: Header, footers: list[str]) -> Surroundings:
    title, title_cell = "", None
    lines = []
    for row in sorted(sheet.cells):
        if row >= header.row:
            break
        cells = {sheet.anchor(row, column): value for column, value in sorted(sheet.cells[row].items())}
        texts = [_plain(value) for value in cells.values() if value not in _EMPTY]
        lines.append(" ".join(texts))
        if not title and texts and not _UNIT.search(lines[-1]):
            title, title_cell = lines[-1], a1(*next(iter(cells)))
    said = " ".join([*lines, *footers])
    unit = next((match[1] for match in _UNIT.finditer(said) if match[1]), "") or _after_label(sheet, header)
    count = _COUNT.search(title) or DECLARED.search(title)
    declared = int(next(filter(None, count.groups()))) if count else None
    return Surroundings(title, title_cell, unit.rstrip("。;,"), _filled_on(said), declared)


def _plain(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    return value.isoformat() if isinstance(value, datetime | date) else unicodedata.normalize("NFKC", shown(value))


def _after_label(sheet: Sheet, header: Header) -> str:
    """The unit when label and name stand in two cells."""
    for row in range(1, header.row):
        columns = sorted(sheet.cells.get(row, {}))
        for left, right in pairwise(columns):
            label = unicodedata.normalize("NFKC", shown(sheet.cells[row][left])).strip().rstrip(":")
            if label.replace(" ", "") in ("填报单位", "报送单位", "填表单位", "单位", "单位名称", "填报单位(盖章)"):
                return shown(sheet.cells[row][right]).strip()
    return ""


def _filled_on(said: str) -> date | None:
    for match in _FILLED.finditer(said):
        day = _DAY.search(said, match.start())
        if day and day.start() <= match.end():
            try:
                return date(*map(int, day.groups()))
            except ValueError:  # an impossible date says nothing about the order of files
                return None
    return None


def _ranges(rows: list[int]) -> str:
    """5、8-9."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
