"""Stored number -> int, float, date or datetime."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from rectify_xl.common.unreadable import CellError, Rounded

_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL = 2_958_466
_DAYS_TO_1904 = 1462
_FAKE_LEAP_DAY = 60
_SECONDS = 86400
_NOISE = 1e-3  # of a second: what is left of a day when it was computed
# What Excel shows of the number 0 as a date: a formula that found nothing, and no day.
NO_DAY = "1900-01-00"
# Excel keeps 15 digits: what is longer was rounded when it was typed.
_EXACT = 10**15
_LONGEST = 16  # characters of a fraction of 15 digits


def number(raw: str) -> Any:  # noqa: ANN401 - int, float, a marker or the text itself
    """A stored number: whole ones as int, those beyond 15 digits as Rounded, NaN and the like as #NUM!, other texts as such."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if not isfinite(value):
        return CellError("#NUM!")
    if abs(value) >= _EXACT and value.is_integer():
        return Rounded(f"{Decimal(raw.strip()):.0f}")
    if value.is_integer():
        return int(value)
    return float(f"{value:.15g}") if len(raw) > _LONGEST else value  # 0.1 + 0.2 is 0.3


def date_of(serial: float, *, date1904: bool) -> Any:  # noqa: ANN401 - date, datetime or the number itself
    """The date of a serial day number under either date system; numbers that are no date unchanged."""
    if serial < 0:
        return serial
    days, seconds = _day_and_second(serial)
    if days >= _LAST_SERIAL - _DAYS_TO_1904 * date1904:
        return serial
    if not date1904 and days < 1:
        return _time(seconds) if seconds else NO_DAY
    if not date1904 and days < _FAKE_LEAP_DAY:
        days += 1
    moment = (_EPOCH_1904 if date1904 else _EPOCH_1900) + timedelta(days=days, seconds=seconds)
    return moment.date() if moment.time() == datetime.min.time() else moment


def _day_and_second(serial: float) -> tuple[int, int]:
    """Whole days, and the second of the last one. A day ends at its midnight and not half a second before."""
    days, rest = divmod(serial, 1)
    seconds = rest * _SECONDS
    if seconds > _SECONDS - _NOISE:
        return int(days) + 1, 0
    return int(days), min(round(seconds), _SECONDS - 1)


def _time(second: int) -> str:
    hours, minutes, seconds = second // 3600, second // 60 % 60, second % 60
    return f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")


def iso_date(raw: str) -> Any:  # noqa: ANN401 - date, datetime or the text itself
    """A date stored as ISO 8601 text."""
    try:
        moment = datetime.fromisoformat(raw)
    except ValueError:
        return raw
    moment = moment.replace(tzinfo=None)
    return moment.date() if moment.time() == datetime.min.time() else moment


def iso_moment(raw: str) -> datetime | None:
    """A document property's moment, without zone; None when it is not one."""
    try:
        return datetime.fromisoformat(raw.strip()).replace(tzinfo=None)
    except ValueError:
        return None
