"""How far a task is: open or finished, due when, and dates in their order."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from rectify_xl.timing import CLOSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.book import Book
    from rectify_xl.timing import Flag, Timing

NOT_STARTED = "未启动"
UNDER_WAY = "整改中"
STRUCK_OFF = "已销号"


def finished(book: Book) -> Iterator[int]:
    """Positions of the rows whose status says that the work is done (已完成, 已验收, 公示中, 已销号)."""
    return (position for position, status in enumerate(book.statuses) if status in CLOSED)


def day(book: Book, position: int, key: str) -> date | None:
    """The date in a row's field; None where there is none or it is unreadable."""
    value = book.values(key)[position]
    return value if isinstance(value, date) else None


def days(book: Book, key: str) -> Iterator[tuple[int, date]]:
    """Position and date of every row that has a date in ``key``."""
    return ((position, value) for position, value in enumerate(book.values(key)) if isinstance(value, date))


def flagged(book: Book, flag: Flag) -> Iterator[tuple[int, Timing]]:
    """Position and timing of the rows in that state on the as-of date."""
    return ((position, timing) for position, timing in enumerate(book.timings) if timing.flag == flag)
