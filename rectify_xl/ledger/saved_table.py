"""One list sheet of a saved master, found by its headings wherever the office moved them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.text_keys import heading_key
from rectify_xl.ledger.free_lines import is_free_line
from rectify_xl.schema.conversion import without_midnight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from rectify_xl.intake.grid import Sheet
    from rectify_xl.ledger.records import Extras
    from rectify_xl.ledger.sheets.tables import Column
    from rectify_xl.schema.schema import Schema

_HEADING_ROWS = 60  # the office may put lines above the headings, not pages


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A row by column key (None where the cell is blank or its column is not there), the cells of other columns, its number."""

    cells: Mapping[str, Any]
    extras: Extras
    number: int = 0


class SavedTable:
    """The rows of a sheet; ``grows``: the office adds rows to it.

    Attributes:
        absent: the optional columns that the sheet does not have.
        renamed: the headings that are another name of a column of ours, and that column's label.
        added: the headings that are none of ours, by column.
        order: the ids of the columns, where they do not stand in our order with the others behind them; else nothing.

    Raises:
        RectifyError: the headings are not found, or one that is not optional is missing.
    """

    def __init__(
        self, path: str | Path, sheet: Sheet, columns: Sequence[Column], optional: Collection[str], schema: Schema,
        *, grows: bool = False,
    ) -> None:  # fmt: skip
        self._sheet = sheet
        self._grows = grows
        self._columns = columns
        self._head, places = self._find_head(path, optional)
        self._places = {column.key: places[column.label] for column in columns if column.label in places}
        under = _under_aliases(columns, self._places, places, schema)
        headings = {at: heading for heading, at in places.items()}
        self.renamed = {headings[under[column.key]]: column.label for column in columns if column.key in under}
        self._places |= under
        self.absent = tuple(column for column in columns if column.key not in self._places)
        if missing := [column.label for column in self.absent if column.key not in optional]:
            raise RectifyError(
                f"{path}“{sheet.name}”: 缺少列“{'”、“'.join(missing)}”；请恢复表头后重试",
                f"{path} “{sheet.name}”: lacks “{'”, “'.join(missing)}”; restore the headings and try again",
            )
        own = set(self._places.values())
        self.added = _distinct({at: text for at, text in self._texts(self._head).items() if at not in own})

    @property
    def order(self) -> tuple[str, ...]:
        """See the class."""
        ours = [column.key for column in self._columns if column.key in self._places]
        places = {**{at: key for key, at in self._places.items()}, **self.added}
        found = tuple(places[at] for at in sorted(places))
        return () if [*found] == [*ours, *self.added.values()] else found

    def rows(self) -> Iterator[SavedRow]:
        """Every row in which one of our columns holds something, but for lines that the office typed below or between."""
        blank: dict[str, Any] = dict.fromkeys(column.key for column in self._columns)
        keys = {at: key for key, at in self._places.items()}
        twins = [(key, keys[at]) for key, at in self._places.items() if keys[at] != key]
        for number in sorted(number for number in self._sheet.cells if number > self._head):
            cells = self._sheet.cells[number]
            # Of the columns of a ledger every other one is blank.
            filled = {
                keys[at]: without_midnight(value) if isinstance(value, datetime) else value
                for at, value in cells.items()
                if at in keys
            }
            row = {**blank, **filled}
            for key, twin in twins:
                row[key] = row[twin]
            if filled and not is_free_line(row, grows=self._grows):
                yield SavedRow(row, {text: without_midnight(cells.get(at)) for at, text in self.added.items()}, number)

    def _texts(self, row: int) -> dict[int, str]:
        cells = self._sheet.cells.get(row, {})
        return {at: " ".join(value.split()) for at, value in sorted(cells.items()) if isinstance(value, str)}

    def _find_head(self, path: str | Path, optional: Collection[str]) -> tuple[int, dict[str, int]]:
        """The row of the headings, and where each stands: the first row that begins like ours and has most of them."""
        first = self._columns[0].label
        labels = [column.label for column in self._columns if column.key not in optional]
        for row in sorted(self._sheet.cells)[:_HEADING_ROWS]:
            texts = self._texts(row)
            if first not in texts.values():
                continue
            places = {text: at for at, text in reversed(texts.items())}
            if sum(label not in places for label in labels) < len(labels) // 2 + 1:
                return row, places
        raise RectifyError(
            f"{path}“{self._sheet.name}”: 找不到表头“{first}”；请恢复表头后重试",
            f"{path} “{self._sheet.name}”: the heading “{first}” is not there; restore the headings and try again",
        )


def _under_aliases(
    columns: Sequence[Column], found: Mapping[str, int], places: Mapping[str, int], schema: Schema
) -> dict[str, int]:
    """Fields whose label has changed since, found by another heading that they go by."""
    labels = {column.label for column in columns}
    free = {heading_key(heading): at for heading, at in places.items() if heading not in labels}
    under: dict[str, int] = {}
    for column in columns:
        if column.key in schema and column.key not in found:
            here = (free.get(heading_key(alias)) for alias in schema[column.key].aliases)
            at = next((at for at in here if at and at not in under.values()), None)
            if at:
                under[column.key] = at
    return under


def _distinct(headings: Mapping[int, str]) -> dict[int, str]:
    """Headings told apart where two columns have the same."""
    found: dict[int, str] = {}
    for at, heading in headings.items():
        names = (heading if number == 1 else f"{heading}（{number}）" for number in count(1))
        found[at] = next(name for name in names if name not in found.values())
    return found
