"""A sheet -> its task tables, each with what stands around it and with the faults of its header."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1, runs
from rectify_xl.intake.submission import Fault, Table
from rectify_xl.intake.tables.around import Surroundings, surroundings
from rectify_xl.intake.tables.headings import Header, find_headers
from rectify_xl.intake.tables.rows import Rows, read_rows
from rectify_xl.intake.tables.zero import ends_in_zero
from rectify_xl.schema.conversion import blank_to_none, convert, shown

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.schema.fields import Schema

_MOSTLY = 0.8
_ALWAYS = 0.9


@dataclass(frozen=True)
class ReadTable:
    """A task table, what stands around it, and the faults of its structure."""

    table: Table
    around: Surroundings
    faults: list[Fault]


def read_tables(sheet: Sheet, schema: Schema) -> list[ReadTable]:
    """The task tables of a sheet from top to bottom; none when the sheet holds no header of one."""
    headers = find_headers(sheet, schema)
    found: list[ReadTable] = []
    first_row = 1
    for header, below in zip_longest(headers, headers[1:]):
        end = below.top - 1 if below else sheet.last_row
        _decide_open(sheet, header, schema, end)
        rows = read_rows(sheet, header, end)
        above = [row for row in sorted(sheet.cells) if first_row <= row < header.top]
        around = surroundings(sheet, above, rows.footers)
        if len(headers) > 1 and around.declared == len({task.part_of or task.row for task in rows.tasks}):
            # A title that its own table fulfils says nothing of the other tables of the sheet.
            around = replace(around, declared=None)
        found.append(_found(sheet, header, rows, around, schema))
        first_row = max([header.row, *(task.row for task in rows.tasks)]) + 1
    return found


def _found(sheet: Sheet, header: Header, rows: Rows, around: Surroundings, schema: Schema) -> ReadTable:
    faults = list(_heading_faults(sheet, header, rows, schema))
    zero, cell = _stated_zero(sheet, rows, around)
    faults += [Fault("empty-submission", sheet.name, cell, {"zero": zero})] if zero else []
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
        declared_cell=around.declared_cell,
        declared_text=around.declared_text,
        unit_text=around.unit,
        filled_on=around.filled_on,
    )
    return ReadTable(table, around, faults)


def _stated_zero(sheet: Sheet, rows: Rows, around: Surroundings) -> tuple[str, str | None]:
    """What a list without tasks says of there being none, in its rows, its title or its footers, and in which cell."""
    if rows.zero:
        return " ".join(shown(sheet.value(*rows.zero)).split()), a1(*rows.zero)
    said = "" if rows.tasks else next(filter(ends_in_zero, (around.title, *rows.footers)), "")
    return said, around.title_cell if said and said == around.title else None


def _heading_faults(sheet: Sheet, header: Header, rows: Rows, schema: Schema) -> list[Fault]:
    found = []
    for group in schema.required_groups:
        if not any(key in header.columns for key in group):
            labels = "或".join(schema[key].label["zh"] for key in group)
            facts: dict[str, Any] = {"columns": labels, "keys": group}
            shared = next((column for column, keys in header.shared.items() if set(keys) & set(group)), None)
            cell = a1(*sheet.anchor(header.row, shared)) if shared else None
            facts |= {"shared": header.headings[shared]} if shared else {}
            found.append(Fault("missing-column", sheet.name, cell, facts))
    for column, first in header.duplicates:
        facts = {"heading": header.headings[column], "first": a1(header.row, first)}
        found.append(Fault("duplicate-column", sheet.name, a1(header.row, column), facts))
    twice = {column for column, _ in header.duplicates}
    for column in sorted({*header.unknown, *_columns_without_heading(sheet, header, rows)} - twice):
        facts = {"heading": header.other_name(sheet, column)}
        found.append(Fault("unknown-column", sheet.name, a1(*sheet.anchor(header.row, column)), facts))
    return found


def _columns_without_heading(sheet: Sheet, header: Header, rows: Rows) -> set[int]:
    """Columns inside the table that hold something in its tasks, but nothing says what."""
    return {
        column
        for task in rows.tasks
        for column, value in sheet.cells.get(task.row, {}).items()
        if column not in header.headings and blank_to_none(value) is not None and sheet.anchor(task.row, column)[1] == column
    }


def _decide_open(sheet: Sheet, header: Header, schema: Schema, end: int) -> None:
    """Decide headings that name two things (进度, 整改完成时间) by what their columns hold."""
    if not header.open:
        return
    tasks = read_rows(sheet, header, end).tasks
    for column, keys in sorted(header.open.items()):
        free = [key for key in keys if key not in header.columns]
        sample = [blank_to_none(sheet.value(task.row, column)) for task in tasks]
        key = _best_fit(free, sample, schema)
        if key:
            header.columns[key] = column
        else:
            header.unknown.append(column)
    header.open.clear()


def _best_fit(keys: list[str], sample: list[Any], schema: Schema) -> str | None:
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
        if not plain and (fits or not filled):
            return key
    return plain[0] if plain else None


def _fits(schema: Schema, key: str, value: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    known = schema[key]
    converted = convert(known, value)
    if known.kind == "date":
        return isinstance(converted, date)
    if known.kind in ("percent", "number"):
        return isinstance(converted, int | float) and not isinstance(converted, bool)
    return converted in known.choices


def _ranges(rows: list[int]) -> str:
    """5、8-9."""
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs(rows))
