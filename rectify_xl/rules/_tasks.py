"""Which rows are the same task: within one table, within one file and across files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.tasks import category_key
from rectify_xl.text_keys import number_key, text_key

if TYPE_CHECKING:
    from rectify_xl.book import Book, Place

CONTENT = ("problem", "measures")
_SAME_AS_ABOVE = frozenset({"同上", "见上", "同前", "同上述"})


def content_keys(book: Book) -> list[str]:
    """Every row's problem, or its measures where it has none, in the form in which texts are compared."""
    columns = [book.values(key) for key in CONTENT]
    return [next(filter(None, map(_content, row)), "") for row in zip(*columns, strict=True)]


def _content(value: object) -> str:
    key = text_key(value) if isinstance(value, str) else ""
    return "" if key in _SAME_AS_ABOVE else key


def number_keys(book: Book) -> list[str]:
    """The task number of every row in the form in which numbers are compared; empty where there is none."""
    return [number_key(value) if isinstance(value, str) else "" for value in book.values("task_id")]


def root(place: Place) -> tuple[str, str, int]:
    """File, sheet and first row of the task that a row is part of."""
    return place.submission.path, place.table.sheet, place.task.part_of or place.task.row


def home(book: Book, position: int) -> str:
    """The field where a finding about a whole task stands: its number, else what names it."""
    columns = book.places[position].table.columns
    return next((key for key in ("task_id", *CONTENT) if key in columns), next(iter(columns)))


def cell_of(book: Book, position: int, key: str) -> str:
    """The A1 address of a row's field in its own file."""
    place = book.places[position]
    return place.table.cell(place.task, key)


def section_of(place: Place) -> int:
    """The row of the section heading that a task stands under; 0 where there is none."""
    return max((section.row for section in place.table.sections if section.row < place.task.row), default=0)


def category_of(book: Book, position: int) -> str:
    """A row's category as written: its own cell, else the section heading above it."""
    written = book.values("category")[position]
    if isinstance(written, str):
        return written
    place = book.places[position]
    row = section_of(place)
    return next((section.text for section in place.table.sections if section.row == row), "")



def numbering_scopes(book: Book) -> list[tuple[str, ...]]:
    """Within what each row's number must be unique: its file, or its sheet, section and category.

    The latter where a file begins again from 1 in several of them.
    """
    groups: list[tuple[str, ...]] = []
    firsts: dict[tuple[str, ...], str] = {}
    for position, (place, number) in enumerate(zip(book.places, number_keys(book), strict=True)):
        category, _ = category_key(category_of(book, position))
        group = (place.submission.path, place.table.sheet, str(section_of(place)), category)
        groups.append(group)
        if number:
            firsts.setdefault(group, number)
    begun = Counter(group[0] for group, first in firsts.items() if first == "1")
    return [group if begun[group[0]] > 1 else group[:1] for group in groups]
