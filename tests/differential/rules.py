"""Why another reader says something else: every difference is one of these, by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from rectify_xl.common.shown_month import ShownMonth
from rectify_xl.common.unreadable import CellError, Rounded, Uncached
from rectify_xl.intake.readers.numbers import NO_DAY, date_of
from rectify_xl.intake.readers.xlsx_strings import unescape

if TYPE_CHECKING:
    from collections.abc import Callable

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Difference:
    """One cell: what we read and what another reader does."""

    reader: str
    ours: Any
    theirs: Any
    merged: bool = False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _moment(value: Any) -> datetime | None:
    if isinstance(value, ShownMonth):
        value = value.moment
    if isinstance(value, datetime):
        return value
    return datetime(value.year, value.month, value.day) if isinstance(value, date) else None  # noqa: DTZ001


def _truth(one: Difference) -> bool:
    return isinstance(one.theirs, bool) and one.ours == ("是" if one.theirs else "否")


def _error(one: Difference) -> bool:
    return isinstance(one.ours, CellError) and one.theirs == (None if one.reader == "calamine" else one.ours.code)


def _uncached(one: Difference) -> bool:
    return isinstance(one.ours, Uncached) and one.theirs is None


def _merged(one: Difference) -> bool:
    return one.merged and one.reader == "openpyxl" and one.theirs is None


def _rounded(one: Difference) -> bool:
    return isinstance(one.ours, Rounded) and _is_number(one.theirs) and float(one.ours.digits) == float(one.theirs)


def _percent(one: Difference) -> bool:
    if not (isinstance(one.ours, str) and one.ours.endswith("%") and _is_number(one.theirs)):
        return False
    shown = float(one.ours[:-1])
    return any(abs(shown - stored) <= 1e-9 * max(1, abs(shown)) for stored in (one.theirs, one.theirs * 100))


def _hidden_time(one: Difference) -> bool:
    ours, theirs = _moment(one.ours), _moment(one.theirs)
    return type(one.ours) is not datetime and ours is not None and theirs is not None and ours.date() == theirs.date()


def _seconds(one: Difference) -> bool:
    both = isinstance(one.ours, datetime) and isinstance(one.theirs, datetime)
    return both and one.ours.microsecond == 0 and abs(one.ours - one.theirs) < _SECOND


def _first_day_1904(one: Difference) -> bool:
    ours = _moment(one.ours)
    return isinstance(one.theirs, time) and ours is not None and ours.date() == date(1904, 1, 1)


def _time(one: Difference) -> bool:
    if not (isinstance(one.ours, str) and len(one.ours) in (5, 8) and one.ours[2] == ":"):
        return False
    clock = one.theirs.time() if isinstance(one.theirs, datetime) else one.theirs
    if _is_number(clock):
        seconds = clock * 86400
    elif isinstance(clock, time):
        seconds = clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6
    else:
        return False
    hours, minutes, *rest = map(int, one.ours.split(":"))
    return abs(hours * 3600 + minutes * 60 + sum(rest) - seconds) < 1


def _no_day(one: Difference) -> bool:
    theirs = one.theirs
    if one.ours != NO_DAY:
        return False
    if isinstance(theirs, datetime):
        return theirs.year in (1899, 1900)
    return isinstance(theirs, time) or (_is_number(theirs) and 0 <= theirs < 1)


def _before_the_first_day(one: Difference) -> bool:
    return _is_number(one.ours) and one.ours < 0 and (one.theirs == time() or isinstance(one.theirs, datetime))


def _beyond_the_last_day(one: Difference) -> bool:
    ours = float(one.ours.digits) if isinstance(one.ours, Rounded) else one.ours
    return _is_number(ours) and ours > 2_957_003 and one.theirs == "#VALUE!"


def _east_asian(one: Difference) -> bool:
    if one.reader != "openpyxl" or not _is_number(one.theirs):
        return False
    ours = _moment(one.ours)
    read = (_moment(date_of(one.theirs, date1904=date1904)) for date1904 in (False, True))
    return ours is not None and any(moment and abs(ours - moment) < timedelta(days=1) for moment in read)


def _blanks(one: Difference) -> bool:
    if not isinstance(one.theirs, str) or not isinstance(one.ours, str | None):
        return False
    theirs = unescape(one.theirs)
    return "".join((one.ours or "").split()) == "".join(theirs.split()) and len(one.ours or "") <= len(theirs)


RULES: dict[str, tuple[Callable[[Difference], bool], str]] = {
    "truth": (_truth, "a truth value is 是 or 否, as its cell shows it"),
    "error": (_error, "an error value is a marker; calamine leaves the cell blank, the others give its text"),
    "never calculated": (_uncached, "a formula without a result is a marker and no blank"),
    "merged away": (_merged, "openpyxl drops what stands in a merge beside its first cell"),
    "long number": (_rounded, "a number of more than 15 digits is a marker: its last digits are lost"),
    "percent": (_percent, "a percentage beyond 0 to 1 keeps its sign, and a literal % is one"),
    "hidden time": (_hidden_time, "a format without hours shows a day, one without a day a month"),
    "whole seconds": (_seconds, "a cell shows whole seconds"),
    "first day of 1904": (_first_day_1904, "the first day of that date system is a day; others take it for a time"),
    "time": (_time, "a time alone is its text"),
    "no day": (_no_day, "a number below 1 as a day is 1900-01-00 in Excel, no day and no time"),
    "before the first day": (_before_the_first_day, "a negative number is no date; Excel shows ####"),
    "beyond the last day": (_beyond_the_last_day, "a number after 9999-12-31 is no date"),
    "East Asian format": (_east_asian, "openpyxl does not know that the formats 27 to 58 are dates"),
    "blanks and escapes": (_blanks, "outer blanks without xml:space go, _xHHHH_ is a character; others keep them as written"),
}


def same(ours: Any, theirs: Any) -> bool:
    """Whether both say the same, whole numbers being one whatever their type."""
    return bool(ours == theirs) and isinstance(ours, bool) == isinstance(theirs, bool)


def explained(one: Difference) -> str | None:
    """The name of the rule that explains a difference."""
    return next((name for name, (applies, _) in RULES.items() if applies(one)), None)
