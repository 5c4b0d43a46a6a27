"""What a report says on a field, whichever cell says it, and whether two reports contradict each other."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_xl.collection.readings import read_leaders, read_units
from rectify_xl.common.text_keys import text_key
from rectify_xl.common.unreadable import UNREADABLE
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks.numbering import category_name, roster_name
from rectify_xl.tasks.wording import wording_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.collection.collection import Collection
    from rectify_xl.schema.fields import Field
    from rectify_xl.tasks.reported import Reported

# Never compared: units number their own lists.
_NOT_COMPARED = frozenset({"task_id"})


class _Roles(NamedTuple):
    """Who answers for a task: the leading units, the cooperating ones, those without a role."""

    lead: frozenset[str]
    cooperating: frozenset[str]
    responsible: frozenset[str]
    parted: bool = False

    @property
    def names(self) -> frozenset[str]:
        """All of them."""
        return self.lead | self.cooperating | self.responsible


class _Range(NamedTuple):
    """Figures of several parts: the whole lies somewhere between."""

    least: Any
    most: Any
    parts: tuple[Any, ...]


class _Parts(NamedTuple):
    """What several parts say that has no order."""

    said: tuple[Any, ...]


def stated_in(report: Reported, key: str) -> str:
    """The field whose cell says what the report says on ``key``: 甲局牵头,乙局配合 names the cooperating units too."""
    if key == "coop_units" and report.values.get(key) is None and compared(report, key) is not None:
        return "lead_unit"
    return key


def differ(one: Reported, other: Reported, known: Field) -> bool:
    """Whether two reports both say something about a field, and not the same."""
    return disagree(known, (one, other))


def disagree(known: Field, reports: Iterable[Reported]) -> bool:
    """Whether any two of several reports contradict each other."""
    if known.key in _NOT_COMPARED:
        return False
    said = list({compared(report, known.key): None for report in reports})
    said = [one for one in said if one is not None]
    return any(_contradict(known.key, one, other) for at, one in enumerate(said) for other in said[at + 1 :])


def compared(report: Reported, key: str) -> Any:  # noqa: ANN401 - whatever a field can say
    """What a report says on a field in the form in which it is compared; None where it says nothing."""
    if key not in report.memo:
        report.memo[key] = _compared(report.telling(key), report.collection.campaign.schema[key])
    return report.memo[key]


def _compared(report: Reported, known: Field) -> Any:  # noqa: ANN401
    if known.key in ("lead_unit", "coop_units"):
        return _roles(report, known.key)
    if known.is_text and not known.role and known.key != "category":
        value = report.values[known.key]
        return None if value is None or isinstance(value, UNREADABLE) else wording_key(shown(value))
    meanings = [meaning(report.collection, known, position) for position in report.positions]
    distinct = tuple(dict.fromkeys(one for one in meanings if one is not None))
    if not distinct:
        return None
    if known.role == "leader":
        return tuple(dict.fromkeys(name for one in distinct for name in (one if isinstance(one, tuple) else (one,))))
    return distinct[0] if len(distinct) == 1 else _of_parts(report, known, distinct)


def _of_parts(report: Reported, known: Field, distinct: tuple[Any, ...]) -> Any:  # noqa: ANN401
    """What several parts say together where they say several things."""
    if known.kind == "choice":
        return text_key(shown(report.values[known.key]))
    if all(isinstance(one, (int, float, date)) for one in distinct):
        return _Range(min(distinct), max(distinct), distinct)
    if known.role == "deadline" and all(isinstance(one, tuple) for one in distinct):
        # A part that goes on for ever says nothing of the day on which the others end.
        days = [day for _, dues in distinct for day in dues]
        return _Range(min(days), max(days), distinct) if days else _Parts(distinct)
    return _Parts(distinct)


def _roles(report: Reported, key: str) -> _Roles | None:
    lead: set[str] = set()
    cooperating: set[str] = set()
    responsible: set[str] = set()
    for position in report.positions:
        units = report.collection.units[position]
        lead |= {roster_name(report.collection, name) for name in units.lead}
        cooperating |= {roster_name(report.collection, name) for name in units.cooperating}
        responsible |= {roster_name(report.collection, name) for name in units.responsible}
    said = (lead or responsible) if key == "lead_unit" else cooperating
    parted = len(report.positions) > 1
    return _Roles(frozenset(lead), frozenset(cooperating), frozenset(responsible), parted) if said else None


def _contradict(key: str, one: Any, other: Any) -> bool:  # noqa: ANN401
    """Whether two different things said on a field exclude each other."""
    if isinstance(one, _Roles) and one.parted != other.parted and one.names == other.names:
        # Who leads a measure may cooperate in the task as a whole.
        parts, whole = (one, other) if one.parted else (other, one)
        return not whole.lead <= parts.lead | parts.responsible
    if key == "coop_units":
        return bool(one.cooperating != other.cooperating)
    if isinstance(one, _Roles):
        if one.lead and other.lead:
            return bool(one.lead != other.lead)
        # Without roles only the names can be compared.
        mine, theirs = one.lead | one.responsible, other.lead | other.responsible
        return bool(mine != theirs and mine | one.cooperating != theirs | other.cooperating)
    if isinstance(one, _Range) != isinstance(other, _Range):
        parts, whole = (one, other) if isinstance(one, _Range) else (other, one)
        return not _within(parts, whole)
    return bool(one != other)


def _within(parts: _Range, whole: Any) -> bool:  # noqa: ANN401
    """A share of the whole lies between those of its parts; the day of the whole is that of its last part."""
    if isinstance(whole, _Parts):
        return False
    if isinstance(whole, tuple):
        return bool(whole[1] and max(whole[1]) == parts.most)
    if isinstance(parts.most, date):
        return bool(whole == parts.most)
    return isinstance(whole, (int, float)) and bool(parts.least <= whole <= parts.most)


def meaning(collection: Collection, known: Field, position: int) -> Any:  # noqa: ANN401
    """What a row's value says, however it is worded; None where it says nothing."""
    return meaning_of(collection, known, collection.values(known.key)[position])


def meaning_of(collection: Collection, known: Field, value: Any) -> Any:  # noqa: ANN401
    """What a value of a field says, however it is worded; None where it says nothing."""
    if value is None or isinstance(value, UNREADABLE):
        return None
    if known.role == "deadline":
        reading = collection.read_deadline(value)
        return _key(value) if reading.problem else (reading.kinds, reading.due)
    if known.role == "leader":
        names = tuple(leader.name for leader in read_leaders(value))
        return names if names and all(names) else _key(value)
    if known.role == "units" and isinstance(value, str):
        return frozenset(roster_name(collection, name) for name in read_units(value).names) or _key(value)
    if known.key == "category":
        return category_name(shown(value))
    return _key(value)


def _key(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, datetime):
        return value.date()
    return wording_key(value) if isinstance(value, str) else value


def differing_part(report: Reported, other: Reported, known: Field) -> int:
    """The position of the first part of ``report`` that says something else than the same part of ``other``."""
    collection = report.collection
    if len(report.positions) == len(other.positions):
        for mine, theirs in zip(report.positions, other.positions, strict=True):
            if meaning(collection, known, mine) != meaning(collection, known, theirs):
                return mine
    said = [meaning(collection, known, theirs) for theirs in other.positions]
    return next((mine for mine in report.positions if meaning(collection, known, mine) not in said), report.positions[0])
