"""本期未报: open tasks on which a lead unit has not reported in this round."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rectify_xl.ledger.roles import roles_of, roster_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.master import Master


class Silent(NamedTuple):
    """The lead units of a task that have not reported on it, and whether that is all who lead it."""

    units: tuple[str, ...]
    all_of_them: bool


def goes_on(master: Master) -> bool:
    """Whether a master went on from another one or from a plan's list, in a round that has an id."""
    return bool(master.campaign.round_id and (master.rounds or master.from_list or master.made_from))


def unreported(master: Master) -> Mapping[str, Silent]:
    """Key of a task -> the lead units that have not reported on it in this round.

    Only a round that went on from a base can tell: without one the ledger holds nothing but what was reported. Tasks that are
    struck off are not waited for.
    """
    campaign = master.campaign
    if not goes_on(master):
        return {}
    now = {(report.key, roster_name(campaign, report.unit)) for report in master.reports if report.round_id == campaign.round_id}
    found = {}
    for task in master.tasks:
        if task.state and task.state.struck_off:
            continue
        lead = roles_of(task.values, campaign).lead
        silent = tuple(unit for unit in lead if (task.key, unit) not in now)
        if silent:
            found[task.key] = Silent(silent, len(silent) == len(lead))
    return found
