"""The second reader of .xls, python-calamine, for files that Excel opens and xlrd is too strict for.

It is told a file's texts, numbers, dates and merges, but not its hidden rows and columns, its number formats and its error
cells: the file is reported as read in part.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import olefile

from rectify_xl.intake.grid import CellCounter, Merge, Sheet, Workbook
from rectify_xl.intake.readers.numbers import date_of, number
from rectify_xl.intake.readers.xlsx_sheet import NOT_TICKED, TICKED
from rectify_xl.intake.refusal import CONTAINER_DAMAGE, DAMAGED, NO_WORKBOOK, Refused

if TYPE_CHECKING:
    from pathlib import Path

_BEGIN, _END = 0x0809, 0x000A
_DAY = 86400


def read_again(path: Path) -> Workbook:
    """Read a workbook of Excel 97-2003 that xlrd gave up.

    Raises:
        Refused: it is damaged here too, or was cut off: of such a file the library would show the rows up to there.
    """
    if not _is_whole(path):
        raise Refused("unreadable-file", reason=DAMAGED)
    from python_calamine import SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415 - needed for such files alone

    source = _library(path)
    counter = CellCounter()
    sheets = [
        _sheet(source.get_sheet_by_name(about.name), counter, visible=about.visible == SheetVisibleEnum.Visible)
        for about in source.sheets_metadata
        if about.typ == SheetTypeEnum.WorkSheet
    ]
    if not sheets:
        raise Refused("unreadable-file", reason=NO_WORKBOOK)
    return Workbook(sheets, read_in_part=True)


def _library(path: Path) -> Any:  # noqa: ANN401 - a library without types
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - needed for such files alone

    try:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:  # damage of a sheet shows only here
            book.get_sheet_by_name(name)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the library panics on some damage, outside the usual hierarchy of exceptions
        raise Refused("unreadable-file", reason=DAMAGED) from error
    return book


def _is_whole(path: Path) -> bool:
    """Whether everything that begins in the workbook stream also ends."""
    try:
        with olefile.OleFileIO(path) as container:
            name = next(name for name in ("Workbook", "Book") if container.exists(name))
            stream = container.openstream(name).read()
            if len(stream) < container.get_size(name):
                return False
    except (StopIteration, *CONTAINER_DAMAGE):
        return False
    open_parts = parts = position = 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        if kind == 0 and not open_parts:  # what fills up the last sector
            break
        open_parts += (kind == _BEGIN) - (kind == _END)
        parts += kind == _BEGIN
        position += 4 + size
    return parts > 1 and not open_parts and position <= len(stream)


def _sheet(source: Any, counter: CellCounter, *, visible: bool) -> Sheet:  # noqa: ANN401
    sheet = Sheet(source.name, defaultdict(dict), visible=visible)
    top, left = source.start or (0, 0)
    for row, line in enumerate(source.to_python(skip_empty_area=True), top + 1):
        for column, raw in enumerate(line, left + 1):
            if raw != "" and raw is not None:
                counter.add()
                sheet.cells[row][column] = _value(raw)
    for (first, start), (last, end) in source.merged_cell_ranges or ():
        sheet.merges.append(Merge(first + 1, start + 1, last + 1, end + 1))
    return sheet


def _value(raw: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    if isinstance(raw, bool):
        return TICKED if raw else NOT_TICKED
    if isinstance(raw, float):
        return number(repr(raw))
    if isinstance(raw, datetime):
        return raw.date() if raw.time() == time.min else raw
    if isinstance(raw, time | timedelta):
        span = raw if isinstance(raw, timedelta) else timedelta(hours=raw.hour, minutes=raw.minute, seconds=raw.second)
        return date_of(span.total_seconds() / _DAY, date1904=False)
    return raw if isinstance(raw, str | int | date) else str(raw)
