"""Which units answer for a task of the ledger, and in which role: what its unit columns say, by the names of the roster."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.readings import read_units, with_cooperating
from rectify_xl.ledger.naming import WRONG_NAME, UnitNames
from rectify_xl.ledger.sheets.context import SheetContext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.language.units import Units
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord, Values


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
