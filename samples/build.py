#!/usr/bin/env python3
"""Rebuild the samples: ``python samples/build.py`` rewrites samples/city, samples/hazards and samples/expected.csv.

``--rounds`` rewrites the lists of the later rounds alone, which are made with the package itself.
"""

from __future__ import annotations

import shutil
import sys
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from builder import books_departments, books_others
from builder.expected import Expected, write_expected
from builder.hazards import write_hazards
from builder.layout import Book, Sheet
from builder.macros import vba_project
from builder.oddities import write_oddities
from builder.office import FILTERS, convert
from builder.package import SAVED, add_external_link, add_macros, fix_dates, pack, read_parts, restore_long_numbers
from builder.roster import write_campaign
from builder.rounds import write_rounds
from builder.rounds_data import ROUNDS
from builder.tasks import load_tasks
from builder.write import SheetWriter, Tasks, write_notes

HERE = Path(__file__).parent
CITY = HERE / "city"
HAZARDS = HERE / "hazards"
FIRST_DAY = "2026-11-21"
BOOKS = (*books_departments.BOOKS, *books_others.BOOKS)


def main() -> None:
    """Write everything and say what was written."""
    if sys.argv[1:] != ["--rounds"]:
        write_first_round()
    for folder in CITY.glob("submissions-*"):
        shutil.rmtree(folder)
    write_rounds(CITY, ROUNDS, load_tasks(), FIRST_DAY, lambda book, tasks: build_book(book, tasks)[0])
    print(f"{len(list(CITY.glob('submissions-*/*')))} files in later rounds")


def write_first_round() -> None:
    """The city with its first round, and the hazard ledger."""
    shutil.rmtree(CITY, ignore_errors=True)
    shutil.rmtree(HAZARDS, ignore_errors=True)
    write_hazards(HAZARDS)
    submissions = CITY / "submissions"
    submissions.mkdir(parents=True)
    tasks = load_tasks()
    expected = write_campaign(CITY)
    for book in BOOKS:
        data, found = build_book(book, tasks)
        (submissions / book.file).write_bytes(data)
        expected += found
    expected += write_oddities(submissions, (submissions / books_departments.ENVIRONMENT.file).read_bytes())
    write_expected(HERE / "expected.csv", expected)
    print(f"{len(tasks)} tasks, {len(list(submissions.iterdir()))} files, {len(expected)} expected findings")


def build_book(book: Book, tasks: Tasks) -> tuple[bytes, list[Expected]]:
    """One submission: its bytes in the format its name ends in, and the findings it must give."""
    workbook, found = fill(book, tasks)
    stream = BytesIO()
    workbook.save(stream)
    parts = read_parts(stream.getvalue())
    fix_dates(parts)
    restore_long_numbers(parts)
    if book.external_link:
        add_external_link(parts, "file:///D:/2026/整改台账汇总.xlsx")
    if book.macros:
        add_macros(parts, vba_project())
    data = pack(parts)
    suffix = Path(book.file).suffix
    return (convert(data, suffix) if suffix in FILTERS else data), found


def fill(book: Book, tasks: Tasks) -> tuple[Workbook, list[Expected]]:
    """The workbook as openpyxl holds it."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    if book.mac_dates:
        workbook.epoch = CALENDAR_MAC_1904
    workbook.properties.creator = workbook.properties.lastModifiedBy = book.unit
    workbook.properties.created = SAVED.replace(tzinfo=None)
    for name, value in book.template:
        workbook.custom_doc_props.append(StringProperty(name=f"rectify_xl.{name}", value=value))
    found = [Expected(book.file, "", "", fault.slug, fault.note) for fault in book.faults]
    for sheet in book.sheets:
        worksheet = workbook.create_sheet(sheet.name)
        if isinstance(sheet, Sheet):
            found += SheetWriter(book, sheet, worksheet, tasks).write()
        else:
            found += write_notes(book, sheet, worksheet)
    return workbook, found


if __name__ == "__main__":
    main()
