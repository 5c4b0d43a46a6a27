"""units.csv and leaders.csv -> rows with their line numbers."""

from __future__ import annotations

import csv
import io
from itertools import zip_longest
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rectify_xl.campaign.yaml_nodes import Node


def listed(text: str | None) -> tuple[str, ...]:
    """The entries of a cell that holds several, split by ``|``."""
    return tuple(part.strip() for part in (text or "").split("|") if part.strip())


def yes_or_no(text: str, path: Path, line: int) -> bool:
    """A cell that says yes or no, in one of the usual spellings.

    Raises:
        RectifyError: it says something else.
    """
    answers = {"yes": True, "y": True, "是": True, "1": True, "true": True}
    answers |= {"no": False, "n": False, "否": False, "0": False, "false": False, "": False}
    if text.lower() not in answers:
        message = f"{path.name} 第 {line} 行：reports 只能写 yes 或 no，不能写“{text}”"
        raise RectifyError(message)
    return answers[text.lower()]


def read_csv(path: Path, node: Node, needed: set[str], known: set[str]) -> list[tuple[int, dict[str, str]]]:
    """Rows of a CSV with their line numbers. UTF-8 and, as Excel saves it in China, GB18030 are read.

    Raises:
        RectifyError: the file is missing or wrong; the message names file, line and column.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise node.error(f"找不到文件 {path.name}（{error.strerror}）") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    table = _csv_rows(text, path)
    header = _header(next(table, (1, []))[1], path, needed, known)
    rows: list[tuple[int, dict[str, str]]] = []
    for line, cells in table:
        if any(cell.strip() for cell in cells[len(header) :]):
            message = f"{path.name} 第 {line} 行：比第 1 行的列多；内容里有逗号的，请给这一格加上英文双引号"
            raise RectifyError(message)
        # A row may end early; its missing cells are empty.
        row = {name: cell.strip() for name, cell in zip_longest(header, cells[: len(header)], fillvalue="") if name}
        if row["name"]:
            rows.append((line, row))
        elif any(row.values()):
            message = f"{path.name} 第 {line} 行：name 为空"
            raise RectifyError(message)
    return rows


def _header(cells: list[str], path: Path, needed: set[str], known: set[str]) -> list[str]:
    header = [name.strip() for name in cells]
    for name in header:
        if name and name not in known:
            message = f"{path.name} 第 1 行：不认识的列 {name}{nearest(name, known)}；可用：{'、'.join(sorted(known))}"
            raise RectifyError(message)
        if name and header.count(name) > 1:
            message = f"{path.name} 第 1 行：列 {name} 出现了两次"
            raise RectifyError(message)
    if missing := needed - set(header):
        message = f"{path.name} 第 1 行：缺少列 {'、'.join(sorted(missing))}"
        raise RectifyError(message)
    return header


def _csv_rows(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of every row."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        message = f"{path.name} 第 {reader.line_num} 行：不是有效的 CSV（{error}）"
        raise RectifyError(message) from error
