"""A sheet -> its task tables, each with what stands around it and with the faults of its header."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1, column_letters, row_ranges
from rectify_xl.intake.submission import Fault, RowKind, Table
from rectify_xl.intake.tables.answers import assign_legend
from rectify_xl.intake.tables.around import Surroundings, surroundings
from rectify_xl.intake.tables.cards import read_cards, read_sure_cards
from rectify_xl.intake.tables.facts_above import beside, facts_above, first_fact, with_facts
from rectify_xl.intake.tables.headings import find_headers
from rectify_xl.intake.tables.rows import read_rows
from rectify_xl.intake.tables.side_by_side import leave_out_beside, split_cards, split_side_by_side
from rectify_xl.intake.tables.two_lines import two_lines
from rectify_xl.intake.tables.upright import read_upright, split_below, turned_back
from rectify_xl.intake.tables.zero import ends_in_zero
from rectify_xl.schema.conversion import blank_to_none, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.intake.submission import TaskRow
    from rectify_xl.intake.tables.header import Header
    from rectify_xl.intake.tables.rows import Rows
    from rectify_xl.schema.schema import Schema


@dataclass(frozen=True)
class ReadTable:
    """A task table, what stands around it, and the faults of its structure."""

    table: Table
    around: Surroundings
    faults: list[Fault]


def read_tables(sheet: Sheet, schema: Schema, units: frozenset[str] = frozenset(), *, cards: bool = True) -> list[ReadTable]:
    """The task tables of a sheet from top to bottom; none when the sheet holds no header of one.

    Every row of the sheet belongs to the first table that ends below it, else to the last one. ``units`` are the comparison
    keys of the names that the campaign's units go by; ``cards`` says whether tasks laid out as cards are looked for.
    """
    headers = find_headers(sheet, schema)
    parts = split_side_by_side(sheet, headers, schema)
    if parts:
        return [table for part in parts for table in read_tables(part, schema, units)]
    laid_out = (read_sure_cards if headers else read_cards)(sheet, schema) if cards else None
    if laid_out is not None:
        faults = [Fault("missing-column", sheet.name, None, facts) for facts in _lacking(laid_out.columns, schema)]
        return [ReadTable(laid_out, Surroundings(), [*faults, *_hidden_rows(sheet, laid_out.rows)])]
    pairs = two_lines(sheet, headers, schema)
    if pairs:
        found = read_tables(pairs.beside, schema, units, cards=False) if pairs.beside else []
        return [replace(one, table=pairs.table(one.table), faults=list(map(pairs.fault, one.faults))) for one in found]
    if not headers:
        parts = (split_cards(sheet, schema) or split_below(sheet, schema, units)) if cards else None
        if parts:
            return [table for part in parts for table in read_tables(part, schema, units)]
        return _upright(sheet, schema, units) if cards else []
    found = []
    begin = 1  # the first row that no table has
    totals: set[int] = set()  # rows of the table above
    first_row = 1  # the first row below the tasks of the table above
    for header, below in zip_longest(headers, headers[1:]):
        end = first_fact(sheet, range(header.row + 1, below.top), below, schema) - 1 if below else sheet.last_row
        assign_legend(sheet, header, schema)
        leave_out_beside(sheet, header)
        rows = read_rows(sheet, header, range(begin, end + 1), schema, units)
        # A total below the table above (共计3项) counts the tasks of that table.
        above = [row for row in sorted(sheet.cells) if first_row <= row < header.top and row not in totals]
        rows.tasks = with_facts(rows.tasks, facts_above(sheet, above, header, schema), beside(sheet, above, header, schema))
        around = surroundings(sheet, above, rows.footers)
        if len(headers) > 1 and around.declared == len({task.part_of or task.row for task in rows.tasks}):
            # A title that its own table fulfils says nothing of the other tables of the sheet.
            around = replace(around, declared=None)
        if rows.sections and rows.sections[0].row < header.top:
            around = replace(around, declared=None)  # the number is that of the first group
        if any(section.declared is not None and section.row + 1 in header.repeats for section in rows.sections):
            around = replace(around, declared=None)  # a title of the first part, as the group is one of the second
        found.append(_found(sheet, header, rows, around, schema))
        totals = {row for row, kind in rows.kinds.items() if kind is RowKind.TOTAL}
        begin = end + 1
        first_row = max([header.row, *(task.row for task in rows.tasks)]) + 1
    return found


def _upright(sheet: Sheet, schema: Schema, units: frozenset[str]) -> list[ReadTable]:
    """The tasks of a list turned on its side; what is said of its headings is said once, with the first of them."""
    found = read_upright(sheet, schema, units)
    if found is None:
        return []
    faults = [turned_back(fault) for fault in _heading_faults(found.turned, found.header, found.rows, schema)]
    return [ReadTable(table, Surroundings(), faults if at == 0 else []) for at, table in enumerate(found.tables)]


def _found(sheet: Sheet, header: Header, rows: Rows, around: Surroundings, schema: Schema) -> ReadTable:
    faults = list(_heading_faults(sheet, header, rows, schema))
    zero, cell = _stated_zero(sheet, rows, around)
    faults += [Fault("empty-submission", sheet.name, cell, {"zero": zero})] if zero else []
    faults += _hidden_rows(sheet, rows.tasks)
    faults += [*_hidden_columns(sheet, header, rows), *_struck_out(sheet, header, rows), *_blank_links(sheet, header, rows)]
    table = Table(
        sheet=sheet.name,
        header_row=header.row,
        columns=dict(sorted(header.columns.items(), key=lambda item: item[1])),
        headings={key: header.full_name(column, schema) for key, column in header.columns.items()},
        rows=tuple(rows.tasks),
        sections=tuple(rows.sections),
        title=around.title,
        title_cell=around.title_cell,
        declared_count=around.declared,
        declared_cell=around.declared_cell,
        declared_text=around.declared_text,
        unit_text=around.unit,
        filled_on=around.filled_on,
        kinds=rows.kinds,
        inferred=header.inferred,
    )
    return ReadTable(table, around, faults)


def _stated_zero(sheet: Sheet, rows: Rows, around: Surroundings) -> tuple[str, str | None]:
    """What a list without tasks says of there being none, in its rows, its title or its footers, and in which cell."""
    if rows.zero:
        return " ".join(shown(sheet.value(*rows.zero)).split()), a1(*rows.zero)
    said = "" if rows.tasks else next(filter(ends_in_zero, (around.title, *rows.footers)), "")
    return said, around.title_cell if said and said == around.title else None


def _lacking(columns: Mapping[str, int], schema: Schema) -> Iterator[dict[str, Any]]:
    """The facts of each column, or of several of which one would do, that a list has to have and lacks."""
    for group in schema.required_groups:
        if not any(key in columns for key in group):
            yield {"columns": "或".join(schema[key].label["zh"] for key in group), "keys": group}


def _hidden_rows(sheet: Sheet, tasks: Iterable[TaskRow]) -> list[Fault]:
    hidden = [task.row for task in tasks if task.hidden]
    return [Fault("hidden-rows", sheet.name, facts={"rows": row_ranges(hidden)})] if hidden else []


def _heading_faults(sheet: Sheet, header: Header, rows: Rows, schema: Schema) -> list[Fault]:
    found = []
    for facts in _lacking(header.columns, schema):
        # What stands above the table, or names its groups, is not missing.
        if rows.tasks and any(all(task.values.get(key) is not None for task in rows.tasks) for key in facts["keys"]):
            continue
        shared = next((column for column, keys in header.shared.items() if set(keys) & set(facts["keys"])), None)
        cell = a1(*sheet.anchor(header.row, shared)) if shared else None
        if shared:
            facts["shared"] = header.headings[shared]
        found.append(Fault("missing-column", sheet.name, cell, facts))
    for column, first in header.duplicates:
        facts = {"heading": header.headings[column], "first": a1(header.row, first)}
        found.append(Fault("duplicate-column", sheet.name, a1(header.row, column), facts))
    for column, key in sorted(header.read_as.items()):
        facts = {"heading": header.other_name(sheet, column), "key": key, "labels": dict(schema[key].label)}
        facts["named"] = column in header.headings
        found.append(Fault("unknown-column", sheet.name, a1(*sheet.anchor(header.row, column)), facts))
    twice = {column for column, _ in header.duplicates} | header.read_as.keys()
    for column in sorted({*header.unknown, *_columns_without_heading(sheet, header, rows)} - twice):
        facts = {"heading": header.other_name(sheet, column)}
        found.append(Fault("unknown-column", sheet.name, header.cell(sheet, column), facts))
    return found


def _hidden_columns(sheet: Sheet, header: Header, rows: Rows) -> list[Fault]:
    """Columns of the table that hold something in its tasks and cannot be seen."""
    found = []
    for column in sorted(sheet.hidden_columns & header.headings.keys()):
        if any(blank_to_none(sheet.value(task.row, column)) is not None for task in rows.tasks):
            facts = {"column": column_letters(column), "heading": header.headings[column]}
            found.append(Fault("hidden-column", sheet.name, a1(*sheet.anchor(header.row, column)), facts))
    return found


def _struck_out(sheet: Sheet, header: Header, rows: Rows) -> list[Fault]:
    """Text of the tasks that is struck out: one fault per cell, and one per row that is struck out as a whole."""
    tasks = {task.row for task in rows.tasks}
    found = []
    for (row, column), text in sorted(sheet.struck.items()):
        if row in tasks and column in header.headings and row not in sheet.struck_rows:
            found.append(Fault("struck-out-text", sheet.name, a1(row, column), {"text": text}))
    for row in sorted(sheet.struck_rows & tasks):
        first = min(column for at, column in sheet.struck if at == row)
        facts = {"text": sheet.struck[row, first], "row": row}
        found.append(Fault("struck-out-text", sheet.name, a1(row, first), facts))
    return found


def _blank_links(sheet: Sheet, header: Header, rows: Rows) -> list[Fault]:
    """Cells of the tasks whose formula points to a cell with nothing in it."""
    tasks = {task.row for task in rows.tasks}
    return [
        Fault("link-to-blank", sheet.name, a1(row, column), {"formula": formula, "heading": header.headings[column]})
        for (row, column), formula in sorted(sheet.blank_links.items())
        if row in tasks and column in header.headings
    ]


def _columns_without_heading(sheet: Sheet, header: Header, rows: Rows) -> set[int]:
    """Columns inside the table that hold something in its tasks, but nothing says what."""
    headed = {*header.headings, *(column for one in header.composed.values() for column in one.columns)}
    return {
        column
        for task in rows.tasks
        for column, value in sheet.cells.get(task.row, {}).items()
        if column not in headed
        and column not in header.carried
        and blank_to_none(value) is not None
        and sheet.anchor(task.row, column)[1] == column
    }
