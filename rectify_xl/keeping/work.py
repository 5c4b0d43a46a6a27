"""One sheet of ours in three workbooks: as the office left it, as we would have left it, and as it is written now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.keeping.places import Moves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.keeping.books import Book, Books
    from rectify_xl.keeping.places import Place
    from rectify_xl.ooxml.sheet_part import SheetPart


@dataclass(frozen=True)
class Work:
    """What the office did in one sheet is what differs between ``old`` and ``base``; it is done again in ``new``.

    Attributes:
        books: the old workbook and the new one.
        baseline: the workbook that we would have written from what the old one says.
        old_place: where the list stands in the old workbook.
        base_place: where it stands in the baseline.
        new_place: where it stands in the new one.
    """

    books: Books
    baseline: Book
    old_place: Place
    base_place: Place
    new_place: Place

    @property
    def name(self) -> str:
        """The sheet's name in the old workbook."""
        return self.old_place.name

    @property
    def old(self) -> SheetPart:
        """The sheet as the office left it."""
        return self.books.old.sheet(self.old_place.name)

    @property
    def base(self) -> SheetPart:
        """The sheet as we would have left it."""
        return self.baseline.sheet(self.base_place.name)

    @property
    def new(self) -> SheetPart:
        """The sheet as it is written now."""
        return self.books.new.sheet(self.new_place.name)

    @cached_property
    def moves(self) -> Moves:
        """Where cells have gone since the office left the sheet."""
        return Moves(self.old_place, self.new_place)

    @cached_property
    def before(self) -> Moves:
        """Which cells of the baseline are those that the office left."""
        return Moves(self.old_place, self.base_place)

    def rows(self) -> Iterator[tuple[int, int, int | None]]:
        """Of every row that is ours: where it stands in the old sheet, in the baseline and, if it is still there, now."""
        old, base, new = self.old_place, self.base_place, self.new_place
        if old.head == base.head == new.head:
            yield from ((row, row, row) for row in range(1, old.head))
        if old.head:
            yield old.head, base.head, new.head
        for key, row in old.rows.items():
            if key in base.rows:
                yield row, base.rows[key], new.rows.get(key)

    def columns(self) -> Iterator[tuple[int, int, int | None, bool]]:
        """Of every column: where it stands in the old sheet, in the baseline and now, and whether the office added it."""
        for key, column in self.old_place.columns.items():
            if key in self.base_place.columns:
                yield column, self.base_place.columns[key], self.new_place.columns.get(key), key in self.added

    @property
    def added(self) -> frozenset[str]:
        """The columns that the office added."""
        return self.base_place.added
