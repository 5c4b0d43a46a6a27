"""Which of several tables says it last: by day of filling in, by the month in the name of a sheet, by the file's own date."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_xl.common.lazy_pattern import LazyPattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.collection.place import Place


class Written(NamedTuple):
    """When a list was written: its day of filling in, and when its file was saved last."""

    day: date | None = None
    saved: datetime | None = None

    def __str__(self) -> str:
        return " ".join(moment.isoformat() if moment else "-" for moment in self) if any(self) else ""

    @classmethod
    def read(cls, text: str) -> Written:
        """As it was written by ``str``; nothing where somebody has changed that."""
        day, _, saved = text.partition(" ")
        try:
            return cls(
                date.fromisoformat(day) if day not in ("", "-") else None,
                datetime.fromisoformat(saved) if saved not in ("", "-") else None,
            )
        except ValueError:
            return cls()

    def is_after(self, other: tuple[date | None, datetime | None]) -> bool:
        """Whether it is known to be later, by the day, else by the moment at which the files were saved."""
        for mine, theirs in zip(self, other, strict=True):
            if mine and theirs and mine != theirs:
                return bool(mine > theirs)
        return False


def written_of(place: Place) -> Written:
    """When the list of a row was written."""
    return Written(place.table.filled_on or place.submission.filled_on, place.submission.modified)


_MONTH = LazyPattern(r"(?:(20\d\d)[年.\-])?(1[0-2]|0?[1-9])月.*")
# January after December or long before it: without a year nobody can tell.
_HALF_A_YEAR = 6


def latest(places: Sequence[Place]) -> int | None:
    """The index of the table that came last; None where nothing orders all of them, as within one table.

    One file handed in under two names is one moment, before or after what was written at another.
    """
    if len(places) == 1:
        return 0
    for moments in (_days(places), _months(places), _modified(places)):
        known: list[Any] = [moment for moment in moments if moment is not None]
        if len(known) == len(places) and _tells_apart(places, known):
            return known.index(max(known))
    return None


def _tells_apart(places: Sequence[Place], moments: Sequence[Any]) -> bool:
    if len(set(moments)) == len(places):
        return True
    together: dict[Any, list[Place]] = {}
    for place, moment in zip(places, moments, strict=True):
        together.setdefault(moment, []).append(place)
    return len(together) > 1 and all(_are_copies(several) for several in together.values())


def _are_copies(places: Sequence[Place]) -> bool:
    """Whether tables are one, of files with the same bytes."""
    tables = {(place.submission.sha256, place.table.sheet) for place in places}
    return len(tables) == 1 and len({place.submission.path for place in places}) == len(places)


def ordered(one: Place, other: Place) -> bool:
    """Whether two tables of one file are two states of one list, as where a workbook has a sheet for every month."""
    return one.table.sheet != other.table.sheet and latest([one, other]) is not None


def _days(places: Sequence[Place]) -> list[date | None]:
    return [place.table.filled_on or place.submission.filled_on for place in places]


def _modified(places: Sequence[Place]) -> list[datetime | None]:
    return [place.submission.modified for place in places]


def _months(places: Sequence[Place]) -> list[tuple[int, int] | None]:
    """Year and month in the names of one file's sheets; nothing where the year is open and the months lie far apart."""
    if len({place.submission.path for place in places}) > 1:
        return []
    named = [_MONTH.fullmatch(unicodedata.normalize("NFKC", place.table.sheet).strip()) for place in places]
    months = [(int(name[1] or 0), int(name[2])) if name else None for name in named]
    known = [month for month in months if month]
    far = known and max(month for _, month in known) - min(month for _, month in known) > _HALF_A_YEAR
    return [] if len({bool(year) for year, _ in known}) > 1 or (far and not known[0][0]) else list(months)
