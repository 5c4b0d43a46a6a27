"""A CSV of the office -> rows by column, with their line numbers. What cannot be read for certain is refused."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from rectify_xl.campaign.text_files import decode, read_bytes
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.nearest import nearest
from rectify_xl.common.visible import without_hidden

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_DELIMITERS = ("\t", ";")  # beside the comma: what Excel writes as Unicode text, and where the comma is the decimal sign
_IGNORED = frozenset({"备注", "说明", "remark", "remarks", "note", "notes"})
MOST_ROWS = 20_000  # every village of a province


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line in the file, and its cells by the column's name."""

    path: Path
    line: int
    cells: Mapping[str, str]
    headings: Mapping[str, str]

    def get(self, column: str) -> str:
        """The cell on one line; empty where the file has no such column."""
        return "".join(map(str.strip, self.cells.get(column, "").split("\n")))

    def several(self, column: str) -> tuple[str, ...]:
        """The entries of a cell that holds several."""
        return tuple(part.strip() for part in re.split(r"[|、,，;；\n]", self.cells.get(column, "")) if part.strip())

    def heading(self, column: str) -> str:
        """The column as the file heads it."""
        return self.headings.get(column, column)

    def error(self, zh: str, en: str) -> RectifyError:
        """An error that begins with file and line."""
        return _error(self.path, self.line, zh, en)


def read_rows(path: Path, columns: Mapping[str, tuple[str, ...]], required: str = "name") -> list[Row]:
    """The rows of a CSV that hold anything.

    UTF-8, UTF-16 and GB18030 are read, with commas, tabs or semicolons between the cells.

    Args:
        path: the file.
        columns: name of each column -> other headings that it may have.
        required: the column that must be there and filled.

    Raises:
        RectifyError: the file is wrong; the message names the line and what to do.
        OSError: it cannot be opened.
    """
    text = decode(path, read_bytes(path))
    records = _records(path, text, _delimiter(text))
    line, header = next(((line, cells) for line, cells in records if any(map(str.strip, cells))), (1, []))
    names = _columns(path, line, header, columns, required)
    headings = {name: heading.strip() for name, heading in zip(names, header, strict=True) if name}
    rows = (Row(path, line, _by_name(path, line, names, cells), headings) for line, cells in records)
    filled = [row for row in rows if any(row.cells.values())]
    if len(filled) > MOST_ROWS:
        raise filled[MOST_ROWS].error(
            f"行数超过 {MOST_ROWS}，不会是名册；请检查是不是放错了文件",
            f"more than {MOST_ROWS:,} rows, so it is no roster; check which file it is",
        )
    for row in filled:
        if not row.get(required):
            raise row.error(f"{row.heading(required)} 为空", f"{row.heading(required)} is empty")
    return filled


def _error(path: Path, line: int, zh: str, en: str) -> RectifyError:
    return RectifyError(f"{path.name} 第 {line} 行：{zh}", f"{path.name} line {line}: {en}")


def _delimiter(text: str) -> str:
    first = next(filter(str.strip, text.splitlines()), "")
    return next((sign for sign in _DELIMITERS if sign in first and "," not in first), ",")


def _records(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The line on which each record begins, and its cells.

    A quotation mark that is never closed would swallow the lines below it into one cell.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, columns = 1, 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                raise _error(path, line, f"不是有效的 CSV（{error}）", f"no valid CSV ({error})") from error
            raise _open_quote(path, line) from error
        columns = columns or len(cells)
        if any(_is_open(cell, delimiter, columns) for cell in cells):
            raise _open_quote(path, line)
        yield line, cells
        line = reader.line_num + 1


def _is_open(cell: str, delimiter: str, columns: int) -> bool:
    """Whether a cell has a quotation mark without its counterpart, or holds what was a row of its own."""
    return cell.count('"') % 2 == 1 or any(part.count(delimiter) >= max(1, columns - 1) for part in cell.split("\n")[1:])


def _open_quote(path: Path, line: int) -> RectifyError:
    return _error(
        path, line, '英文引号（"）没有成对，后面的行会被当成同一格；请删去多余的引号，或补上另一半',
        'a quotation mark (") has no counterpart, so the lines below would become one cell; delete it, or add the other one',
    )  # fmt: skip


def _columns(path: Path, line: int, header: list[str], columns: Mapping[str, tuple[str, ...]], required: str) -> list[str]:
    """The column that each cell of the header names; empty for a cell that is blank or only for the office's own notes."""
    known = {_key(heading): name for name, others in columns.items() for heading in (name, *others)}
    found: list[str] = []
    for heading in map(str.strip, header):
        name = "" if not heading or _key(heading) in _IGNORED else known.get(_key(heading))
        if name is None:
            raise _unknown(path, line, heading, columns)
        if name and name in found:
            raise _error(path, line, f"列 {heading} 出现了两次", f"the column {heading} is there twice")
        found.append(name)
    if required not in found:
        names = " / ".join((required, *columns[required][:1]))
        raise _error(
            path, line, f"缺少列 {names}；第一行应为列名", f"the column {names} is missing; the first line holds the headings"
        )
    return found


def _unknown(path: Path, line: int, heading: str, columns: Mapping[str, tuple[str, ...]]) -> RectifyError:
    if "，" in heading:
        return _error(
            path,
            line,
            "列名之间用了全角逗号“，”；请把全角逗号都改成英文逗号",
            "the headings stand between full-width commas; use plain ones",
        )
    near = nearest(heading, [*columns, *(other for others in columns.values() for other in others)])
    known = [f"{name}（{others[0]}）" for name, others in columns.items()]
    return _error(
        path, line, f"不认识的列 {heading}{near.zh}；可用：{'、'.join(known)}；不需要的列请删去",
        f"unknown column {heading}{near.en}; known: {', '.join(columns)}; delete what is not needed",
    )  # fmt: skip


def _key(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading).casefold().split()).strip("*:")


def _by_name(path: Path, line: int, names: list[str], cells: list[str]) -> dict[str, str]:
    """The cells of a row by column; a row may end early, its missing cells are empty.

    What hides in a name or turns it around was pasted along, and would stop every mail with it.
    """
    if any(cell.strip() for cell in cells[len(names) :]):
        raise _error(
            path, line, "比第一行的列多；内容里有逗号的，请给这一格加上英文双引号",
            "more cells than the first line has; put a cell that holds a comma between quotation marks",
        )  # fmt: skip
    row = zip_longest(names, cells[: len(names)], fillvalue="")
    return {name: without_hidden(cell.replace("\r\n", "\n").replace("\r", "\n")).strip() for name, cell in row if name}
