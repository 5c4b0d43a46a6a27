"""One cell's raw value -> the value its column holds. What cannot be read is handed back as it is.

The columns' pandera checks then tell what was not readable; nothing is repaired by guessing.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any

from rectify_xl.model import UNREADABLE
from rectify_xl.text_keys import is_blank_text, text_key

if TYPE_CHECKING:
    from rectify_xl.schema import Field

_TEXT_DATE = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_EDGES = " \t\r\n\u3000\u00a0\u200b\ufeff"
# Excel day numbers of 2000-01-01 and 2050-12-31: outside them a number in a date column is a number.
_SERIALS = range(36526, 55154)
_EXCEL_EPOCH = date(1899, 12, 30).toordinal()
_WHOLE_PERCENT = 100


def blank_to_none(raw: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """None for an empty cell or a text that counts as empty, else the value with its edges trimmed."""
    if isinstance(raw, str):
        return None if is_blank_text(raw) else raw.strip(_EDGES)
    return raw


def convert(field: Field, raw: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """The value of ``raw`` as ``field`` holds it: str, int, float, date or None; unreadable values unchanged."""
    value = blank_to_none(raw)
    if value is None or isinstance(value, UNREADABLE):
        return value
    return _CONVERTERS[field.kind](field, value)


def shown(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """A value as a clerk writes it: dates as 2026-08-31, whole numbers without .0."""
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def _text(field: Field, value: Any) -> Any:  # noqa: ANN401
    # A date typed into the deadline column must stay a date: its reading never passes through text.
    if field.role == "deadline" and not isinstance(value, str):
        return value
    return shown(value)


def _number(_: Field, value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        folded = unicodedata.normalize("NFKC", value)
        if _NUMBER.fullmatch(folded):
            plain = folded.replace(",", "")
            return float(plain) if "." in plain else int(plain)
    return value


def _percent(_: Field, value: Any) -> Any:  # noqa: ANN401
    """A fraction: 0-1 is taken as it is, above 1 as percentage points, ``80%`` as 0.8."""
    if isinstance(value, str):
        folded = unicodedata.normalize("NFKC", value)
        if folded.endswith("%"):
            number = _number(_, folded[:-1].strip())
            return number / 100 if isinstance(number, int | float) else value
        value = _number(_, value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return value
    return value / 100 if 1 < value <= _WHOLE_PERCENT else value


def _date(_: Field, value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date | bool):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and value in _SERIALS:
        return date.fromordinal(_EXCEL_EPOCH + value)
    folded = unicodedata.normalize("NFKC", str(value)).strip()
    match = _TEXT_DATE.fullmatch(folded) or _COMPACT_DATE.fullmatch(folded)
    if match:
        try:
            return date(*map(int, match.groups()))
        except ValueError:  # 2月30日: left as it is, the column check reports it
            return value
    return value


def _choice(field: Field, value: Any) -> Any:  # noqa: ANN401
    return field.choice_of.get(text_key(shown(value)), value)


_CONVERTERS = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "percent": _percent,
    "date": _date,
    "choice": _choice,
}
