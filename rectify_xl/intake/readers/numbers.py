"""Stored number -> int, float, date or datetime."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite
from typing import Any

from rectify_xl.common.unreadable import Rounded

_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a cell's date has no zone
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL = 2_958_466
_FAKE_LEAP_DAY = 60
# Excel keeps 15 digits: what is longer was rounded when it was typed.
_EXACT = 10**15


def number(raw: str) -> Any:  # noqa: ANN401 - int, float, Rounded or the text itself
    """A stored number: whole numbers as int, numbers beyond 15 digits as Rounded, what is no number as text."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if not isfinite(value):
        return raw
    if abs(value) >= _EXACT and value.is_integer():
        return Rounded(f"{Decimal(raw.strip()):.0f}")
    return int(value) if value.is_integer() else value


def date_of(serial: float, *, date1904: bool) -> Any:  # noqa: ANN401 - date, datetime or the number itself
    """The date of a serial day number under either date system; numbers that are no date unchanged."""
    if not 0 <= serial < _LAST_SERIAL:
        return serial
    if not date1904 and serial < 1:
        minutes = round(serial * 1440)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    if not date1904 and serial < _FAKE_LEAP_DAY:
        serial += 1
    moment = (_EPOCH_1904 if date1904 else _EPOCH_1900) + timedelta(days=int(serial), seconds=round(serial % 1 * 86400))
    return moment.date() if moment.time() == datetime.min.time() else moment


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
