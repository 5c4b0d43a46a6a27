"""One file -> Submission. Runs in a worker process; whatever it meets becomes a Submission, never an exception."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.intake.accounting import shown_rows, with_unread_rows
from rectify_xl.intake.dispatched import take_dispatched
from rectify_xl.intake.extension_requests import take_extensions
from rectify_xl.intake.fitting import schema_fits
from rectify_xl.intake.formats import suffixes
from rectify_xl.intake.grid import cut_to_grid
from rectify_xl.intake.other_files import by_suffix
from rectify_xl.intake.other_sheets import goes_on, sheet_without_tasks, sheets_without_tasks
from rectify_xl.intake.problems_elsewhere import with_problems
from rectify_xl.intake.readers.fixed_password import decrypt
from rectify_xl.intake.refusal import MOST_BYTES, OUT_OF_MEMORY, Refused, refused, sha256
from rectify_xl.intake.returned import ignore_own_marks, is_own_sheet, is_own_workbook, read_stamp
from rectify_xl.intake.sniff import sniff
from rectify_xl.intake.submission import Fault, Submission, Table
from rectify_xl.intake.tables.near_misses import no_table, sheet_fault
from rectify_xl.intake.tables.tables import read_tables
from rectify_xl.intake.tables.zero import ends_in_zero
from rectify_xl.provenance.remarks import is_own
from rectify_xl.provenance.stamp import KIND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.intake.grid import Sheet, Workbook
    from rectify_xl.schema.schema import Schema


# What one file may hold; docs/security.md has the figures for time and memory.
MOST_ROWS = 40_000
MOST_TABLES = 300
MOST_CHARACTERS = 100_000_000


def read_file(
    path: Path, relative: str, schema: Schema, units: frozenset[str] = frozenset(), candidates: tuple[Schema, ...] = ()
) -> Submission:
    """Read one file, ``relative`` being the name under which it is reported.

    ``units`` are the comparison keys of the names that the campaign's units go by; ``candidates`` schemas of which the
    submission says how well they fit (``fits``), be it refused under ``schema``.
    """
    fits: Mapping[str, int] = {}
    try:
        digest = sha256(path) if path.stat().st_size <= MOST_BYTES else ""
    except OSError as error:
        return refused(
            relative,
            "",
            Refused(
                "unreadable-file",
                reason=Text(f"无法打开（{os_reason(error).zh}）", f"it cannot be opened ({os_reason(error).en})"),
            ),
        )
    try:
        other = by_suffix(path, suffixes())
        if other:
            return refused(relative, digest, Refused("not-a-workbook", **other.facts))
        workbook = _opened(path)
        if candidates and not is_own_workbook(workbook):
            fits = schema_fits(workbook, read_stamp(workbook), candidates)
        return replace(_submission(relative, digest, workbook, schema, units), fits=fits)
    except Refused as refusal:
        return replace(refused(relative, digest, refusal), fits=fits)
    except RecursionError:
        return refused(
            relative, digest, Refused("resource-limit", reason=Text("内容嵌套过深", "its contents are nested too deeply"))
        )
    except MemoryError:
        return refused(relative, digest, Refused("resource-limit", reason=OUT_OF_MEMORY))


def read_workbook(path: Path) -> Workbook:
    """Read the sheets of a workbook; what we wrote into a returned copy is left out.

    Raises:
        Refused: the file cannot be used; slug and facts say why.
    """
    workbook = _opened(path)
    ignore_own_marks(workbook)
    return workbook


def _opened(path: Path) -> Workbook:
    try:
        return _sniffed(path)
    except Refused as refusal:
        if refusal.slug != "encrypted-file":
            raise
    with TemporaryDirectory() as folder:
        plain = Path(folder) / path.name
        decrypt(path, plain)
        return _sniffed(plain)


def _sniffed(path: Path) -> Workbook:
    found = sniff(path)
    workbook = found.read(path)
    workbook.format = found.name
    for sheet in workbook.sheets:
        cut_to_grid(sheet)
    return workbook


def _submission(relative: str, digest: str, workbook: Workbook, schema: Schema, units: frozenset[str]) -> Submission:
    if is_own_workbook(workbook):
        return Submission(relative, digest, "skipped", reason="own-output")
    rows = shown_rows(workbook)
    named = ignore_own_marks(workbook)
    tables: list[Table] = []
    faults: list[Fault] = []
    others: list[Sheet] = []
    stamp = read_stamp(workbook)
    dispatched, ours = take_dispatched(workbook, stamp, schema)
    extensions, asking = take_extensions(workbook, stamp)
    named |= ours | asking
    for sheet in workbook.sheets:
        own = is_own_sheet(sheet, stamp, workbook.properties.get(KIND, ""))
        if not sheet.visible:
            harmless = own and not _holds_tasks(sheet, schema, units)
            faults += [] if harmless else _hidden_sheet(sheet, workbook)
            continue
        found = read_tables(sheet, schema, units)
        named |= {sheet.name} if own else set()
        others += [sheet] if not found and sheet.cells and not own else []
        tables += [one.table for one in found]
        faults += [fault for one in found for fault in one.faults]
    without = sheets_without_tasks(tables)
    tables = [table for table in tables if table.sheet not in without]
    faults = [fault for fault in faults if fault.sheet not in without]
    faults += [sheet_without_tasks(name, reason) for name, reason in sorted(without.items())]
    named |= without.keys()
    if not tables and workbook.lost_sheets:
        raise _lost(workbook.lost_sheets)
    if not tables:
        raise no_table(others, schema)
    _check_size(tables)
    others = [sheet for sheet in others if not goes_on(sheet, tables)]  # of a list that does each row is named
    accounted, unread = with_unread_rows(rows, tables, named | {sheet.name for sheet in others})
    faults += unread
    empty = not any(table.rows for table in tables) and not any(fault.slug == "empty-submission" for fault in faults)
    if empty and not unread:
        stem = PurePosixPath(relative).stem
        faults.append(Fault("empty-submission", tables[0].sheet, facts={"zero": stem} if ends_in_zero(stem) else {}))
    faults += [sheet_fault(sheet, schema) for sheet in others]
    faults += [Fault("damaged-package", name, facts={"name": name}) for name in workbook.lost_sheets]
    faults += _package_faults(workbook)
    units_named = [table.unit_text for table in accounted if table.unit_text]
    days = [table.filled_on for table in accounted if table.filled_on]
    accounted, faults = with_problems(accounted, faults)
    return Submission(
        relative, digest, "accepted", accounted, tuple(faults), units_named[0] if units_named else "",
        max(days) if days else None, workbook.modified, stamp=stamp,
        claims=tuple(sorted(filter(is_own, workbook.properties))), format=workbook.format,
        dispatched=dispatched, extensions=extensions,
    )  # fmt: skip


def _lost(names: list[str]) -> Refused:
    listed = "、".join(names)
    reason = Text(
        f"工作表“{listed}”的内容在文件里找不到，文件已损坏", f"the content of the sheet “{listed}” is missing; it is damaged"
    )
    return Refused("unreadable-file", reason=reason)


def _check_size(tables: Sequence[Table]) -> None:
    """See that the list is not larger than the program can judge, join and write in reasonable time and memory.

    Raises:
        Refused: it is.
    """
    rows = sum(len(table.rows) for table in tables)
    texts = sum(len(value) for table in tables for row in table.rows for value in row.values.values() if isinstance(value, str))
    if len(tables) > MOST_TABLES:
        raise Refused("resource-limit", reason=Text(
            f"有 {len(tables)} 张任务表，一个文件最多 {MOST_TABLES} 张，请分成几个文件",
            f"{len(tables)} task tables; at most {MOST_TABLES} in one file, split it",
        ))  # fmt: skip
    if rows > MOST_ROWS:
        raise Refused("resource-limit", reason=Text(
            f"有 {rows} 行任务，一个文件最多 {MOST_ROWS} 行，请分成几个文件",
            f"{rows} task rows; at most {MOST_ROWS} in one file, split it",
        ))  # fmt: skip
    if texts > MOST_CHARACTERS:
        raise Refused("resource-limit", reason=Text(
            f"文字超过 {MOST_CHARACTERS // 10_000} 万字", f"more than {MOST_CHARACTERS:,} characters"
        ))  # fmt: skip


def _holds_tasks(sheet: Sheet, schema: Schema, units: frozenset[str]) -> bool:
    """Whether a sheet has a table with words of its own, and not only the choices of dropdowns side by side."""
    columns = {key for found in read_tables(sheet, schema, units) for key in found.table.columns}
    return any(schema[key].kind == "long_text" for key in columns)


def _hidden_sheet(sheet: Sheet, workbook: Workbook) -> list[Fault]:
    """A hidden sheet is reported unless it is empty or feeds the dropdowns of the others."""
    if not any(sheet.cells.values()) or sheet.name in workbook.list_sheets or _looks_like_lists(sheet):
        return []
    return [Fault("hidden-sheet", sheet.name, facts={"name": sheet.name})]


def _looks_like_lists(sheet: Sheet) -> bool:
    """Short texts in one or two columns: choices for a dropdown, which some formats do not declare."""
    longest = 30
    values = [value for row in sheet.cells.values() for value in row.values()]
    return sheet.last_column <= 2 and all(isinstance(value, str) and len(value) <= longest for value in values)  # noqa: PLR2004


def _package_faults(workbook: Workbook) -> list[Fault]:
    found = []
    if workbook.read_in_part:
        found.append(Fault("read-in-part"))
    if workbook.has_macros:
        found.append(Fault("has-macros"))
    if workbook.external_links:
        found.append(Fault("external-links", facts={"targets": workbook.external_links}))
    return found
