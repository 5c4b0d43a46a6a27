"""The later rounds of the city: what comes back of the workbooks that the office dispatched, with every event of a round."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import redirect_stdout
from copy import copy
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook

from builder.office import FILTERS, convert
from builder.package import fix_dates, pack, read_parts
from rectify_xl.cli import main as run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from openpyxl.worksheet.worksheet import Worksheet

    from builder.layout import Book
    from builder.write import Tasks

SHEET, NUMBER, KEY, LAST = "整改任务清单", "任务编号", "任务标识", "上期进展"
SAME = "（上期原文）"  # what the unit said last month, word for word
_OF_TASK = {
    "问题描述": "problem",
    "责任领导": "leader",
    "牵头单位": "lead",
    "整改时限": "deadline",
    "整改状态": "status",
    "整改进展": "progress",
}
Said = dict[str, Any]  # heading -> what the unit fills in


@dataclass(frozen=True)
class Answer:
    """One dispatched workbook as it comes back.

    Attributes:
        file: the name under which it comes back; the suffix is its format.
        unit: whose workbook it is.
        day: when it was filled in.
        said: key of a task -> what the unit fills in.
        gone: keys of rows that the unit deleted.
        typed: key -> what stands in the hidden column instead.
        without: headings of columns that the unit deleted.
        backwards: the unit has sorted its list the other way round.
        added: rows that the unit wrote below, by heading.
        task: a task of the city that the unit copied below, though it is another unit's.
        zero: the unit has nothing to report.
        signed: the name that the unit writes over its own.
        back_in: the later round in which it comes back.
    """

    file: str
    unit: str
    day: date
    said: Mapping[str, Said] = field(default_factory=dict)
    gone: tuple[str, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    backwards: bool = False
    added: tuple[Said, ...] = ()
    task: int = 0
    zero: bool = False
    signed: str = ""
    back_in: str = ""


@dataclass(frozen=True)
class Round:
    """A round: what the office does in its master before it begins, and what comes back.

    ``copied``: files of earlier rounds that are handed in again: name here -> path below the city; ``books``: units' own tables.
    """

    id: str
    due: str
    dispatched_on: str
    merged_on: str
    answers: tuple[Answer, ...]
    copied: Mapping[str, str] = field(default_factory=dict)
    books: tuple[Book, ...] = ()


def write_rounds(city: Path, rounds: tuple[Round, ...], tasks: Tasks, first: str, build: Callable[[Book, Tasks], bytes]) -> None:
    """Play the rounds on a copy of the city and put the lists of each into ``submissions-<id>``.

    ``first`` is the day of the first merge, ``build`` makes a unit's own table.
    """
    with tempfile.TemporaryDirectory() as scratch:
        played = Path(scratch, "city")
        shutil.copytree(city, played)
        master = played / "总台账.xlsx"
        _run("merge", played / "submissions", "-o", master, "--campaign", played, "--as-of", first)
        for one in rounds:
            _run("round", one.id, "--due", one.due, "--campaign", played, "--as-of", one.dispatched_on)
            sent = played / "sent"
            shutil.rmtree(sent, ignore_errors=True)
            _run("dispatch", master, "-o", sent, "--campaign", played, "--as-of", one.dispatched_on)
            back = city / f"submissions-{one.id}"
            for answer in one.answers:
                folder = city / f"submissions-{answer.back_in or one.id}"
                folder.mkdir(exist_ok=True)
                (folder / answer.file).write_bytes(filled(sent / f"{answer.unit}.xlsx", answer, tasks))
            for book in one.books:
                (back / book.file).write_bytes(build(book, tasks))
            for name, source in one.copied.items():
                shutil.copyfile(city / source, back / name)
            _run("merge", back, "--base", master, "-o", master, "--campaign", played, "--as-of", one.merged_on)


def _run(*words: object) -> None:
    try:
        with redirect_stdout(StringIO()):
            run(list(map(str, words)), prog_name="rectify-xl")
    except SystemExit as done:
        if done.code not in (0, 1, None):
            raise


def filled(path: Path, answer: Answer, tasks: Tasks) -> bytes:
    """A dispatched workbook as the unit sends it back."""
    book = load_workbook(path)
    sheet = book[SHEET]
    head = next(row for row in range(1, 12) if NUMBER in [cell.value for cell in sheet[row]])
    columns = {cell.value: cell.column for cell in sheet[head] if cell.value}
    _sign(sheet, answer)
    if answer.zero:
        sheet.cell(head + 1, columns["问题描述"]).value = "本期零报告"
    rows = _rows(sheet, head, columns)
    for key, said in answer.said.items():
        for heading, value in said.items():
            last = sheet.cell(rows[key], columns[LAST]).value
            sheet.cell(rows[key], columns[heading]).value = last if value == SAME else value
    for key, other in answer.typed.items():
        sheet.cell(rows[key], columns[KEY]).value = other
    if answer.backwards:
        _turn(sheet, sorted(rows.values()))
    copied = [_task_of(tasks, answer.task)] if answer.task else []
    for at, said in enumerate((*answer.added, *copied), max(rows.values(), default=head) + 1):
        for heading, value in said.items():
            sheet.cell(at, columns[heading]).value = value
    for row in sorted((rows[key] for key in answer.gone), reverse=True):
        sheet.delete_rows(row)
    for column in sorted((columns[heading] for heading in answer.without), reverse=True):
        sheet.delete_cols(column)
    stream = BytesIO()
    book.save(stream)
    parts = read_parts(stream.getvalue())
    fix_dates(parts)
    data, suffix = pack(parts), Path(answer.file).suffix
    return convert(data, suffix) if suffix in FILTERS else data


def _sign(sheet: Worksheet, answer: Answer) -> None:
    """Unit and day stand behind their words in the second row."""
    places = {cell.value: cell.column for cell in sheet[2] if cell.value}
    sheet.cell(2, places["填报日期："] + 1).value = answer.day
    if answer.signed:
        sheet.cell(2, places[answer.unit]).value = answer.signed


def _task_of(tasks: Tasks, number: int) -> Said:
    (part,) = tasks[number]
    measures = "\n".join(f"{at}.{text}" for at, text in enumerate(part.values["measures"], 1))
    return {NUMBER: number, "整改措施": measures} | {heading: part.values[key] for heading, key in _OF_TASK.items()}


def _rows(sheet: Worksheet, head: int, columns: Mapping[str, int]) -> dict[str, int]:
    if KEY not in columns:
        return {}
    keys = ((row, sheet.cell(row, columns[KEY]).value) for row in range(head + 1, sheet.max_row + 1))
    return {key: row for row, key in keys if key}


def _turn(sheet: Worksheet, rows: list[int]) -> None:
    """Sort rows the other way round; looks stay where they are."""
    values = [[copy(cell.value) for cell in sheet[row]] for row in rows]
    for row, cells in zip(rows, reversed(values), strict=True):
        for column, value in enumerate(cells, 1):
            sheet.cell(row, column).value = value
