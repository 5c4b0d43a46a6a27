"""Cell values that are no text: typed dates and numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from rectify_xl.language.han_pattern import HanPattern

#: Excel's 1900 system, between 2000 and 2050.
_SERIALS: Final = range(36526, 55154)
_EPOCH: Final = date(1899, 12, 30)
YEARS: Final = range(1949, 2100)
_NUMBER: Final = HanPattern(r"([0-9]{4,8})(?:\.0*)?")


def serial_date(value: float) -> date | None:
    """Return the day of an Excel serial in the plausible window; the time of day is dropped."""
    return _EPOCH + timedelta(days=int(value)) if int(value) in _SERIALS else None


def number_date(value: int) -> date | None:
    """Return the day of an Excel serial or of ``yyyymmdd``, else ``None``."""
    if value in _SERIALS:
        return serial_date(value)
    year, rest = divmod(value, 10000)
    try:
        return date(year, rest // 100, rest % 100) if year in YEARS else None
    except ValueError:
        return None


def plain_number(text: str) -> int | None:
    """Return the integer a cell text consists of (``44074`` or ``44074.0``), else ``None``."""
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match else None


def number_text(value: float) -> str:
    """Return the shortest text of a number, as Excel would show it."""
    return str(int(value)) if value == int(value) else repr(value)


def typed_date(value: object) -> date | None:
    """Return the day of a date or datetime, else ``None``."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
