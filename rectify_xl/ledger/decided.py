"""Which values of 总台账 the office has decided in a conflict: they stay recognisable as long as they stand."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rectify_xl.ledger.draft import same_text
from rectify_xl.rounds import Outcome
from rectify_xl.schema.conversion import shown_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.master import Master


def decided_cells(master: Master) -> Mapping[str, frozenset[int]]:
    """Field -> places in the ledger, from 0, of the values that were decided last and have not changed since."""
    last = {(change.key, change.field): change for change in master.changes if change.field}
    decided = {place: change.new for place, change in last.items() if change.outcome == Outcome.DECIDED}
    found: dict[str, set[int]] = defaultdict(set)
    at_key = {task.key: at for at, task in enumerate(master.tasks)} if decided else {}
    for (key, name), new in decided.items():
        at = at_key.get(key)
        if at is None or name not in master.campaign.schema:
            continue
        task = master.tasks[at]
        if name not in task.disputed and same_text(shown_in(master.campaign.schema[name], task.values.get(name)), new):
            found[name].add(at)
    return {name: frozenset(places) for name, places in found.items()}
