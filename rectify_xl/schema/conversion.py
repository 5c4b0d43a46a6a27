"""One cell's raw value -> the value its column holds. What cannot be read is handed back as it is.

The columns' pandera checks then tell what was not readable; nothing is repaired by guessing.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.lookalikes import without_lookalikes
from rectify_xl.common.shown_month import ShownMonth
from rectify_xl.common.shown_number import ShownNumber
from rectify_xl.common.text_keys import is_blank_text
from rectify_xl.common.unreadable import UNREADABLE, TurnedDate
from rectify_xl.language.deadline.numerals import digits, number
from rectify_xl.language.deadline.values import plain_number, serial_date
from rectify_xl.schema.choice_words import chosen

if TYPE_CHECKING:
    import re

    from rectify_xl.schema.fields import Field

_TEXT_DATE = LazyPattern(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?(?:[T ]\s*\d{1,2}:\d{2}(?::\d{2})?)?")
# Inside other text a date must stand apart from other figures.
_DATE_INSIDE = LazyPattern(rf"(?<![\d.\-/]){_TEXT_DATE.pattern}(?![\d.\-/])")
_COMPACT_DATE = LazyPattern(r"(\d{4})(\d{2})(\d{2})")
_ONE = r"[一二三四五六七八九]"
_CHINESE_DATE = LazyPattern(rf"([二〇○零一三四五六七八九]{{4}})年(元|十[一二]?|{_ONE})月(三十一?|二?十{_ONE}?|{_ONE})[日号]")
# What may stand beside the one date of a cell without making it another day: the weekday, the hour, and that it was then done.
_WEEKDAY = LazyPattern(r"(?:星期|周|礼拜)[一二三四五六日天]")
_BESIDE_DATE = LazyPattern(
    r"(?:已|于|经|在|并|全部|通过|完成|整改|验收|销号|办结|竣工|完工|上午|下午|当日|当天|(?:星期|周|礼拜)[一二三四五六日天])*"
)
_BESIDE_PERCENT = LazyPattern(r"(?:已|整改|任务|完成|总体|目前|进度|率|达到?|为)*")
_CHINESE_PERCENT = LazyPattern(r"百分之([一二三四五六七八九十百]{1,3}|\d{1,3}(?:\.\d+)?)")
_TENS = LazyPattern(rf"{_ONE}?十{_ONE}?|{_ONE}|百|一百")
_MARKS = LazyPattern(r"[\s()\[\]【】,.;:。、!]+")
# Bounded, so that a long row of digits is looked through once and not from every digit on.
_NUMBER = LazyPattern(r"[+-]?(?:\d{1,3}(?:,\d{3}){1,20}|\d{1,60})(?:\.\d{1,60})?")
_PERCENT = LazyPattern(rf"{_NUMBER.pattern}\s*%")
_EDGES = " \t\r\n\u3000\u00a0\u200b\ufeff"
_WHOLE_PERCENT = 100
# Besides the leader and the units.
_NEVER_DATES = frozenset({"task_id", "category", "contact"})
# Of these columns the number counts, however many of its decimals a cell shows.
_NUMERIC = frozenset({"number", "percent", "date"})


def blank_to_none(raw: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """None for an empty cell or a text that counts as empty, else the value with its edges trimmed."""
    if isinstance(raw, str):
        return None if is_blank_text(raw) else raw.strip(_EDGES)
    return raw


def is_blank(raw: Any) -> bool:  # noqa: ANN401 - a cell holds anything
    """Whether a cell is empty or holds a text that counts as empty."""
    return raw is None or (isinstance(raw, str) and is_blank_text(raw))


def convert(field: Field, raw: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """The value of ``raw`` as ``field`` holds it: str, int, float, date or None; unreadable values unchanged."""
    if raw is None:  # as half of the cells of a master are
        return None
    if type(raw) is str:  # as nearly all others are
        return None if is_blank_text(raw) else _CONVERTERS[field.kind](field, raw.strip(_EDGES))
    value = _shown_month(field, raw) if isinstance(raw, ShownMonth) else blank_to_none(raw)
    if value is None or isinstance(value, UNREADABLE):
        return value
    if isinstance(value, ShownNumber) and field.kind in _NUMERIC:
        value = value.plain
    return _CONVERTERS[field.kind](field, value)


def _shown_month(field: Field, value: ShownMonth) -> Any:  # noqa: ANN401
    """What a month stands for in a column: in one of dates the day that was typed, in one of numbers a number no more."""
    if _is_never_a_date(field):
        return TurnedDate(str(value))
    return value.typed_day or str(value) if field.kind == "date" else str(value)


def _is_never_a_date(field: Field) -> bool:
    return field.key in _NEVER_DATES or field.role in ("leader", "units")


def without_midnight(value: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """A day that a cell holds as its midnight, as the day; other values unchanged."""
    return value.date() if isinstance(value, datetime) and not (value.hour or value.minute or value.second) else value


def shown(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """A value as a clerk writes it: dates as 2026-08-31, whole numbers without .0."""
    if type(value) is str:  # as nearly all are
        return value
    if isinstance(value, ShownNumber):
        return value.text
    value = without_midnight(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)


def shown_in(field: Field, value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """A value of ``field`` as the column shows it: fractions of a percent column as 75%, all others as :func:`shown`."""
    if field.kind == "percent" and isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value * 100:.10g}%"
    return shown(value)


def _text(field: Field, value: Any) -> Any:  # noqa: ANN401
    if type(value) is str and field.role != "deadline":
        return without_lookalikes(value)
    if isinstance(value, date) and _is_never_a_date(field):
        # No list numbers its tasks or names its people by days: 1-2 was typed, and Excel made a date of it.
        return TurnedDate(f"{value.month}月{value.day}日")
    if isinstance(value, ShownNumber):
        value = value.text
    # Excel's number of a day is the day, as the reader of deadlines reads it; nobody knows 46387 for a date.
    # A date typed into the column of deadlines stays a date: its reading never passes through text.
    value = _serial(value) or value if field.role == "deadline" else shown(value)
    return without_lookalikes(value) if isinstance(value, str) else value


def _serial(value: Any) -> date | None:  # noqa: ANN401
    if isinstance(value, str):
        whole = plain_number(value)
        return None if whole is None else serial_date(whole)
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    return serial_date(value) if is_number else None


def _number(_: Field, value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        folded = _folded(value)
        if _NUMBER.fullmatch(folded):
            plain = folded.replace(",", "")
            return float(plain) if "." in plain else int(plain)
    return value


def _percent(_: Field, value: Any) -> Any:  # noqa: ANN401
    """A fraction: 0-1 is taken as it is, above 1 as percentage points, ``80%`` and 百分之八十 as 0.8."""
    if isinstance(value, str):
        folded = _folded(value)
        found = [*_PERCENT.finditer(folded), *_CHINESE_PERCENT.finditer(folded)]
        if len(found) == 1 and _only(folded, found[0], _BESIDE_PERCENT):
            share = _share(found[0])
            return value if share is None else share / 100
        value = _number(_, value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return value
    return value / 100 if 1 < value <= _WHOLE_PERCENT else value


def _share(found: re.Match[str]) -> float | None:
    """The percentage points that a match names; None where the Chinese numeral is none."""
    if found[0].endswith("%"):
        return float(found[0].rstrip("% \t").replace(",", ""))
    if found[1][0].isdigit():
        return float(found[1])
    return float(number("一百" if found[1] == "百" else found[1])) if _TENS.fullmatch(found[1]) else None


def _date(_: Field, value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date | bool):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return serial_date(value) or _compact(value)
    return _written_date(value)[0] if isinstance(value, str) else value


def is_bare_date(text: str) -> bool:
    """Whether a text that was read as a date says nothing else, the weekday aside: replacing it by the date loses nothing."""
    return _written_date(text)[1]


def _compact(value: int) -> Any:  # noqa: ANN401
    match = _COMPACT_DATE.fullmatch(str(value))
    return value if match is None else _day(*map(int, match.groups())) or value


def _written_date(text: str) -> tuple[Any, bool]:
    """The one date that a text holds (the text itself where it holds none), and whether the date is all that it says."""
    folded = unicodedata.normalize("NFKC", text).strip()
    whole = _TEXT_DATE.fullmatch(folded) or _COMPACT_DATE.fullmatch(folded)
    found = [whole] if whole else [*_DATE_INSIDE.finditer(folded), *_CHINESE_DATE.finditer(folded)]
    if len(found) != 1 or not (whole or _only(folded, found[0], _BESIDE_DATE)):
        return text, False
    year, month, last = found[0].groups()
    figures = year.isdecimal()
    day = _day(int(year) if figures else digits(year.replace("○", "〇")), number(month), number(last))
    # 2月30日 is left as it is: the column check reports it.
    return (text, False) if day is None else (day, not _beside(_WEEKDAY.sub("", folded), found[0]))


def _day(year: int, month: int, last: int) -> date | None:
    try:
        return date(year, month, last)
    except ValueError:
        return None


def _only(text: str, found: re.Match[str], beside: LazyPattern) -> bool:
    """Whether nothing stands beside a match but the words of ``beside``."""
    return bool(beside.fullmatch(_beside(text, found)))


def _beside(text: str, found: re.Match[str]) -> str:
    """What stands before and after a match, marks left out."""
    return _MARKS.sub("", text.replace(found[0], " ", 1))


def _folded(text: str) -> str:
    """A number's text in plain characters, without the full stop of a sentence."""
    return unicodedata.normalize("NFKC", text).strip().rstrip("。;").rstrip()


def _choice(field: Field, value: Any) -> Any:  # noqa: ANN401
    return chosen(field, shown(value)) or value


_CONVERTERS = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "percent": _percent,
    "date": _date,
    "choice": _choice,
}
