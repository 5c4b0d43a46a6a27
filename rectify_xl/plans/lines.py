"""The lines that the layouts read: those of paragraphs, and the cells of tables of labels and values."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.plans.document import Line, TableBlock
from rectify_xl.plans.labels import field_of
from rectify_xl.plans.readers.line_breaks import PAGE_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.plans.document import Document

_OF_CONTENTS = LazyPattern(r"\S\s*[…·.]{4,}\s*\d{1,3}\s*$")
_ENOUGH = 3
_SHARE = 0.5
_SHORT = LazyPattern(r"[\u4e00-\u9fff]{2,8}[:：]?$")


def reading_lines(document: Document, tables: frozenset[int]) -> list[Line]:
    """Every line in order, without the task tables; ``tables`` are the positions of those among the blocks."""
    found: list[Line] = []
    for at, block in enumerate(document.blocks):
        if isinstance(block, Line):
            if not (PAGE_NUMBER.match(block.folded) or _OF_CONTENTS.search(block.folded)):
                found.append(_numbered(block))
        elif at not in tables:
            found += _cell_lines(block) if is_form(block) else _row_lines(block, document.text)
    return found


def _numbered(line: Line) -> Line:
    """The number that Word shows counts as text; no place of it can be told, so it takes none."""
    if not line.number:
        return line
    return Line(line.number + line.text, line.start - len(line.number), line.paragraph, line.page)


def is_form(table: TableBlock) -> bool:
    """Whether a table has a label beside each value: then its cells are read one after the other."""
    rows: dict[int, list[str]] = {}
    for cell in table.grid.cells:
        text = table.texts[cell.row, cell.column].strip()
        if text:
            rows.setdefault(cell.row, []).append(text)
    labelled = [row for row in rows.values() if _is_label(row[0])]
    return len(labelled) >= _ENOUGH and len(labelled) >= _SHARE * len(rows) and all(len(row) <= 2 * _ENOUGH for row in labelled)


def _is_label(text: str) -> bool:
    return field_of(text.strip("：: "), sure=False) is not None


def _cell_lines(table: TableBlock) -> Iterator[Line]:
    known = Counter(cell.column for cell in table.grid.cells if _is_label(table.value(cell).text))
    columns = {column for column, count in known.items() if count >= _ENOUGH}
    for cell in table.grid.cells:
        value = table.value(cell)
        at = value.start
        is_label = cell.column in columns and bool(_SHORT.match(value.text.strip()))
        for text in value.text.split("\n"):
            yield Line(text, at, value.paragraph, value.page, in_cell=True, is_label=is_label)
            at += len(text) + 1


def _row_lines(table: TableBlock, text: str) -> Iterator[Line]:
    """The rows of a table without meaning, each as one line."""
    for row in sorted({cell.row for cell in table.grid.cells}):
        values = [table.value(cell) for cell in table.grid.cells if cell.row == row]
        start, end = values[0].start, values[-1].end
        for part in text[start:end].split("\n"):
            yield Line(part, start, values[0].paragraph, values[0].page)
            start += len(part) + 1
