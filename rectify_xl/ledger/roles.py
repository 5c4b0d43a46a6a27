"""Which units answer for a task of the ledger, and in which role: what its unit columns say, by the names of the roster."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.readings import read_units, with_cooperating
from rectify_xl.common.text_keys import text_key
from rectify_xl.ledger.naming import WRONG_NAME, UnitNames
from rectify_xl.ledger.sheets.context import SheetContext
from rectify_xl.schema.conversion import shown
from rectify_xl.tasks import is_split, measure_keys, said_by_each

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.language.units import Units
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord, Values
    from rectify_xl.tasks import PartValues


@dataclass(frozen=True, slots=True)
class Roles:
    """Names of units by role: the roster's, or as written where the roster has none; 各县区 stands as its members.

    No name is in both.
    """

    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()


def roles_of(values: Values, campaign: Campaign) -> Roles:
    """The roles that the unit columns of a row give, read as a list is read.

    Bare names in the lead column lead; beside a unit that leads by its word they cooperate.
    """
    units = _read(_text(values.get("lead_unit")), _text(values.get("coop_units")))
    lead = _names(campaign, units.lead or units.responsible)
    others = _names(campaign, (*units.cooperating, *(units.responsible if units.lead else ())))
    return Roles(lead, tuple(name for name in others if name not in lead))


@dataclass(frozen=True, slots=True)
class PartRoles:
    """The parts of a task whose parts different units lead, with the roles in each; none where that is not known."""

    parts: PartValues = ()
    roles: tuple[Roles, ...] = ()


def part_roles_of(values: Values, planned: PartValues, reports: Iterable[PartValues], campaign: Campaign) -> PartRoles:
    """The parts of a task with the roles in each, as the plan's list gives them, else the first list that has them all.

    Args:
        values: what the ledger says of the task.
        planned: what each of its rows says in the plan's list.
        reports: what each row of the lists says, of every report on it.
        campaign: its settings.
    """
    for parts in [planned] if planned else reports:
        if parts and (roles := _roles_of_parts(values, parts, campaign)):
            return PartRoles(parts, roles)
    return PartRoles()


def _roles_of_parts(values: Values, parts: PartValues, campaign: Campaign) -> tuple[Roles, ...]:
    """The roles in each part where different units lead them.

    Nothing where that is not known: a part that nobody leads, parts that their measures do not tell apart, leads or measures
    that the office has written over since.
    """
    schema = campaign.schema.by_key
    if not {"measures", "lead_unit"} <= schema.keys() or not is_split(schema["lead_unit"], parts):
        return ()
    columns = {key: said_by_each(schema[key], parts, values.get(key)) for key in ("lead_unit", "coop_units") if key in schema}
    roles = tuple(roles_of(dict(zip(columns, cells, strict=True)), campaign) for cells in zip(*columns.values(), strict=True))
    measures = measure_keys(parts)
    are_told_apart = all(measures) and len(set(measures)) == len(measures)
    still_stand = text_key(shown(values.get("measures"))) == text_key("\n".join(part.get("measures", "") for part in parts))
    lead = {name for part in roles for name in part.lead} == {*roles_of(values, campaign).lead}
    is_known = are_told_apart and still_stand and lead and all(part.lead for part in roles)
    return roles if is_known and len({frozenset(part.lead) for part in roles}) > 1 else ()


@lru_cache(maxsize=65536)  # many tasks are those of the same units
def _read(lead: str | None, cooperating: str | None) -> Units:
    return with_cooperating(read_units(lead), read_units(cooperating))


class Asked:
    """Who is asked to report on the tasks of a master."""

    def __init__(self, master: Master) -> None:
        self._campaign = master.campaign
        self._names = UnitNames(SheetContext(master, "zh"))
        self._reporters: dict[str, dict[str, None]] = defaultdict(dict)
        for report in master.reports:
            self._reporters[report.key][report.unit] = None

    def of(self, task: TaskRecord, roles: Roles | None = None) -> Roles:
        """The units of a task that are units; where nobody is said to lead, whoever has reported it goes on with it.

        Args:
            task: the task.
            roles: its roles, where they are known already.
        """
        roles = roles or roles_of(task.values, self._campaign)
        lead, cooperating = self._good(roles.lead), self._good(roles.cooperating)
        if not lead:
            lead = tuple(unit for unit in self._good(self._reporters[task.key]) if unit not in cooperating)
        return Roles(lead, tuple(name for name in cooperating if name not in lead))

    def _good(self, names: Iterable[str]) -> tuple[str, ...]:
        """What is no unit's name (a number, advertising) is nobody."""
        return tuple(name for name in self._names.of(tuple(filter(None, names))) if name != WRONG_NAME.zh)


def roster_name(campaign: Campaign, name: str) -> str:
    """The roster's name of a unit, or the name as written."""
    match = campaign.roster.match(name, on=campaign.issued)
    return match.unit.name if match.unit else name


def _text(cell: Any) -> str | None:  # noqa: ANN401 - a cell holds anything
    return cell if isinstance(cell, str) else None


def _names(campaign: Campaign, written: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in written:
        match = campaign.roster.match(name, on=campaign.issued)
        members = [member.name for member in match.members]
        found |= dict.fromkeys([match.unit.name] if match.unit else members or [name])
    return tuple(found)
