"""What the rules on the steps of closing share: the faults of lists, and those of the last master that no list shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.collection.closing import closing_faults
from rectify_xl.collection.untouched import untouched_rows
from rectify_xl.rules import at, in_ledger, phrases
from rectify_xl.rules.round_outcomes import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rectify_xl.collection.closing import Fault, FaultKind
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

LEDGER = "总台账"


def faults_of(
    collection: Collection, kinds: tuple[FaultKind, ...], is_told: Callable[[Fault, dict[str, Any]], bool]
) -> Iterator[tuple[Fault, Hit]]:
    """The faults of some kinds with the hits that tell where they are.

    Args:
        collection: lists, and the last master where there is one.
        kinds: of :class:`~rectify_xl.collection.closing.Fault`.
        is_told: of a fault in a list, with its row: whether another rule tells it.
    """
    told: set[tuple[str | None, str]] = set()
    untouched = untouched_rows(collection)
    for position, place in enumerate(collection.places):
        if position in untouched:
            continue
        values = {key: collection.values(key)[position] for key in collection.campaign.schema.keys}
        for fault in closing_faults(collection.campaign, values):
            told.add((collection.task_id(position), fault.field))
            if fault.kind in kinds and fault.field in place.table.columns and not is_told(fault, values):
                yield fault, at(position, fault.field, **_facts(collection, fault))
    for task in collection.base.tasks if collection.base else ():
        name = name_of(task)
        for fault in closing_faults(collection.campaign, task.values):
            if fault.kind in kinds and (name, fault.field) not in told:
                yield fault, in_ledger(LEDGER, name, fault.field, **_facts(collection, fault, name))


def _facts(collection: Collection, fault: Fault, task: str = "") -> dict[str, Any]:
    other = collection.campaign.schema[fault.other].label
    where = (f"总台账任务{task}的", f"Task {task} of the ledger: ") if task else ("", "")
    return {
        "day": fault.day, "before": fault.before, "other": other["zh"], "other_en": other["en"], **phrases("where", *where),
    }  # fmt: skip
