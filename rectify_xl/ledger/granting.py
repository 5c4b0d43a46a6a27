"""Extensions in the ledger: requests of units join the register 延期, and what the office has granted moves 到期日."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.extension_request import Request
from rectify_xl.collection.extensions import day_of, granted, new_requests
from rectify_xl.collection.readings import KeyedOptions, read_deadline
from rectify_xl.common.text_keys import number_key
from rectify_xl.ledger.decision_records import ExtensionRecord
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.master import Master
    from rectify_xl.validation.report import Report

EXTENDED = "extended"  # the reason of an effective due date, with how often behind a colon


@dataclass(frozen=True, slots=True)
class Extended:
    """Until when a task was extended by the last request that was granted, and how often one was."""

    until: date
    times: int

    @property
    def reason(self) -> str:
        """The code of the reason for the due date."""
        return f"{EXTENDED}:{self.times}"


def extended(campaign: Campaign, as_of: date, requests: Iterable[ExtensionRecord]) -> Mapping[str, Extended]:
    """Key of a task -> what was granted. Where the row bears no key, its number stands for it."""
    by_task: dict[str, list[tuple[int, int, date]]] = defaultdict(list)
    for at, one in enumerate(requests):
        until = until_of(campaign, as_of, one.new_deadline) if granted(one.decision) else None
        if until and (one.key or one.task_id):
            decided = day_of(one.approved_on) or day_of(one.asked_on)
            by_task[one.key or f"#{number_key(one.task_id)}"].append((decided.toordinal() if decided else 0, at, until))
    return {key: Extended(max(several)[-1], len(several)) for key, several in by_task.items()}


def certain(requests: Iterable[ExtensionRecord], numbers: Iterable[Any]) -> tuple[ExtensionRecord, ...]:
    """The requests of which the task is certain: by its key, else by a number that one task alone has.

    Args:
        requests: the register.
        numbers: those of all tasks.
    """
    given = tuple(requests)
    count = counted(numbers) if any(not one.key for one in given) else {}
    return tuple(one for one in given if one.key or count.get(number_key(one.task_id)) == 1)


def counted(numbers: Iterable[Any]) -> Mapping[str, int]:
    """How many tasks have each number."""
    return Counter(number_key(text) for number in numbers if (text := shown(number)))


def until_of(campaign: Campaign, as_of: date, written: Any) -> date | None:  # noqa: ANN401 - a cell holds anything
    """The day that a new deadline means; None where it names none, or can be read in two ways."""
    if (day := day_of(written)) is not None:
        return day
    text = shown(written)
    reading = read_deadline(text, campaign.issued or as_of, KeyedOptions(campaign.deadline_options)) if text else None
    return None if reading is None or reading.ambiguous else max(reading.due, default=None)


def requests_of(master: Master) -> tuple[Request, ...]:
    """The register as the rules see it."""
    return tuple(
        Request(
            one.key, one.task_id, one.unit, day_of(one.asked_on), one.old_deadline, one.new_deadline,
            until_of(master.campaign, master.as_of, one.new_deadline), one.reason, granted(one.decision),
            shown(one.approved_by), day_of(one.approved_on),
        )
        for one in master.extensions
    )  # fmt: skip


def with_requests(master: Master, report: Report) -> Master:
    """The master with what the lists of a round ask for in its register; nothing is granted by that."""
    tasks = {task.key: task for task in master.tasks}
    count = counted(task.values.get("task_id") for task in master.tasks)
    numbers = {number_key(task.name): task.key for task in master.tasks if count.get(number_key(task.name)) == 1}
    added = []
    for one in new_requests(report.collection):
        key = one.key if one.key in tasks else numbers.get(number_key(one.task_id), "")
        task = tasks.get(key)
        old = one.old_deadline if one.old_deadline is not None or task is None else task.values.get("deadline")
        added.append(ExtensionRecord(
            key, task.name if task else one.task_id, one.unit, one.asked_on or "", old or "", one.new_deadline or "", one.reason,
        ))  # fmt: skip
    return replace(master, extensions=(*master.extensions, *added)) if added else master
