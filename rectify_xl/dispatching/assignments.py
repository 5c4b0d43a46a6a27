"""Who is sent which tasks: every task that is not struck off, to each unit with a role in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from rectify_xl.collection.timing import date_or_none
from rectify_xl.ledger.roles import Asked, PartRoles, part_roles_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.tasks import PartValues

Role = Literal["lead", "cooperating"]


@dataclass(frozen=True, slots=True)
class Assigned:
    """A task as one unit's: in which role; ``led``: its parts with the roles in each, where different units lead them."""

    task: TaskRecord
    role: Role
    led: PartRoles = field(default_factory=PartRoles)

    def role_in_parts(self, unit: str) -> Mapping[int, Role]:
        """The place of each part for which a unit answers, with its role."""
        lead: dict[int, Role] = {at: "lead" for at, roles in enumerate(self.led.roles) if unit in roles.lead}
        others: dict[int, Role] = {at: "cooperating" for at, roles in enumerate(self.led.roles) if unit in roles.cooperating}
        return dict(sorted((lead | others).items()))


@dataclass
class Assignments:
    """``by_unit``: unit -> its tasks, those it leads first, each group in the order of the ledger; ``unassigned``: nobody's.

    ``struck_off``: the units whose tasks are all struck off.
    """

    by_unit: dict[str, list[Assigned]] = field(default_factory=dict)
    unassigned: list[TaskRecord] = field(default_factory=list)
    struck_off: set[str] = field(default_factory=set)


def is_struck_off(task: TaskRecord) -> bool:
    """Whether a task is off the ledger: nobody reports on it any more. One that is only done still waits for its acceptance.

    Its day takes it off as well, unless the state says that there is work again: what came back (反弹) keeps that day.
    """
    if task.state and not task.state.closed:
        return False
    return bool(task.state and task.state.struck_off) or date_or_none(task.values.get("closed_on")) is not None


def assignments(master: Master) -> Assignments:
    """Who is sent which tasks of a master."""
    found, asked = Assignments(), Asked(master)
    led: dict[str, list[Assigned]] = defaultdict(list)
    others: dict[str, list[Assigned]] = defaultdict(list)
    parts: dict[str, list[PartValues]] = defaultdict(list)
    for report in master.reports:
        parts[report.key].append(report.parts)
    for task in master.tasks:
        roles = asked.of(task)
        if is_struck_off(task):
            found.struck_off |= {*roles.lead, *roles.cooperating}
            continue
        of_parts = part_roles_of(task.values, task.parts, parts[task.key], master.campaign)
        for unit in roles.lead:
            led[unit].append(Assigned(task, "lead", of_parts))
        for unit in roles.cooperating:
            others[unit].append(Assigned(task, "cooperating", of_parts))
        if not roles.lead and not roles.cooperating:
            found.unassigned.append(task)
    listed = [unit.name for unit in master.campaign.units]
    for unit in dict.fromkeys((*listed, *led, *others)):
        if tasks := [*led[unit], *others[unit]]:
            found.by_unit[unit] = tasks
    found.struck_off -= found.by_unit.keys()
    return found
