"""What the rules on the steps of closing share: the faults of lists, and those of the last master that no list shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_xl.collection.closing import REOPENED, closing_days, closing_faults
from rectify_xl.collection.untouched import untouched_rows
from rectify_xl.common.findings import Severity
from rectify_xl.rules import at, in_ledger, phrases
from rectify_xl.rules.round_outcomes import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping

    from rectify_xl.collection.closing import Fault, FaultKind
    from rectify_xl.collection.collection import Collection
    from rectify_xl.rules import Hit

LEDGER = "总台账"


class Labels(NamedTuple):
    """What the column of a fault and the one that it is compared with are called, by language."""

    own: Mapping[str, str]
    other: Mapping[str, str]


def faults_of(
    collection: Collection,
    kinds: tuple[FaultKind, ...],
    say: Callable[[Fault, Labels], tuple[str, str]],
    is_reported_by_another: Callable[[Fault, dict[str, Any], bool], bool],
) -> Iterator[Hit]:
    """The faults of some kinds.

    Args:
        collection: lists, and the last master where there is one.
        kinds: of :class:`~rectify_xl.collection.closing.Fault`.
        say: what is said of a fault, in Chinese and English.
        is_reported_by_another: whether another rule reports a fault in a list, by its row and whether that says struck off.
    """
    campaign, as_of = collection.campaign, collection.as_of
    reported: set[tuple[str | None, str]] = set()
    untouched = untouched_rows(collection)
    days = [collection.values(key) for key in closing_days(collection.campaign)]
    for position, place in enumerate(collection.places):
        if position in untouched or all(column[position] is None for column in days):
            continue
        values = {key: collection.values(key)[position] for key in campaign.schema.keys}
        state = collection.states[position]
        is_struck_off = bool(state and state.struck_off)
        for fault in closing_faults(campaign, values, as_of if is_struck_off else None, as_of):
            reported.add((collection.task_id(position), fault.field))
            field = _field_reported(fault, place.table.columns)
            if fault.kind in kinds and field and not is_reported_by_another(fault, values, is_struck_off):
                yield _judged(fault, at(position, field, **_facts(collection, fault, say)))
    keys = (*closing_days(campaign), REOPENED)
    for task in collection.base.tasks if collection.base else ():
        if all(task.values.get(key) is None for key in keys):  # as of nearly all
            continue
        name, state = name_of(task), campaign.schema.states.get(task.values.get("status"))
        for fault in closing_faults(campaign, task.values, as_of if state and state.struck_off else None, as_of):
            if fault.kind in kinds and (name, fault.field) not in reported:
                yield _judged(fault, in_ledger(LEDGER, name, fault.field, **_facts(collection, fault, say, name)))


def _judged(fault: Fault, hit: Hit) -> Hit:
    """What nobody can tell, since no calendar knows the year, is no error yet."""
    return replace(hit, severity=Severity.WARNING) if fault.kind == "unknown" else hit


def _field_reported(fault: Fault, columns: Container[str]) -> str:
    """The field at which a fault of a list is reported; none where the list lacks its column."""
    if fault.undated and fault.kind != "skipped":
        return "status"
    return fault.field if fault.field in columns else ""


def _facts(
    collection: Collection, fault: Fault, say: Callable[[Fault, Labels], tuple[str, str]], task: str = ""
) -> dict[str, Any]:
    schema = collection.campaign.schema
    where = (f"总台账任务{task}的", f"Task {task} of the ledger: ") if task else ("", "")
    said = say(fault, Labels(schema[fault.field].label, schema[fault.other].label))
    return {"day": fault.day, "before": fault.before, **phrases("what", *said), **phrases("where", *where)}
