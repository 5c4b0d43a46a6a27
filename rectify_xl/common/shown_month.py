"""A date of which its cell shows the month or the year only.

Excel makes a date of 2026年11月 when it is typed, the first day of that month, and goes on showing the month. Whoever reads the
cell reads a month; where a day is asked for, one that is not the first was typed and still stands in the cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from datetime import date


class ShownMonth(str):
    """The text that the cell shows, and the date behind it as ``moment``."""

    __slots__ = ("moment",)
    moment: date

    def __new__(cls, text: str, moment: date) -> Self:
        """The text ``text`` over the date ``moment``."""
        self = super().__new__(cls, text)
        self.moment = moment
        return self

    def __reduce__(self) -> tuple[type[Self], tuple[str, date]]:
        """Both, when it leaves a reading process."""
        return type(self), (str(self), self.moment)

    @property
    def typed_day(self) -> date | None:
        """The day behind it; None where it is the first one, which Excel sets for a month that was typed."""
        return self.moment if self.moment.day > 1 else None
