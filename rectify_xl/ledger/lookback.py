"""A look-back (回头看): which of the tasks that were struck off are looked at again on the spot.

Drawn by unit, and by digests of seed and key instead of a generator of random numbers, so that the same seed draws the same tasks
whatever their order and with every version of Python.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.ledger.naming import UnitNames
from rectify_xl.ledger.sheets.context import SheetContext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord


NAME = Text("回头看", "Look-back")
HELD, _, REOPENED = RESULTS = (
    Text("巩固", "holds"), Text("有隐患", "at risk"), Text("反弹", "came back"),
)  # fmt: skip
SEPARATOR = "；"  # between the parts of a result in 变更记录


@dataclass(frozen=True)
class Sample:
    """The tasks of a look-back.

    Attributes:
        tasks: in the order of the ledger.
        population: how many tasks they were drawn from.
        reopened: the keys of those that are there because they came back once.
        units: unit -> how many of its tasks there are, and how many of them were drawn.
        seed: what the draw depends on.
    """

    tasks: tuple[TaskRecord, ...]
    population: int
    reopened: frozenset[str]
    units: Mapping[str, tuple[int, int]]
    seed: int


def sample_of(master: Master, *, count: int | None = None, ratio: float | None = None, seed: int = 0) -> Sample:
    """Draw a look-back.

    Args:
        master: the ledger.
        count: how many tasks; all that came back are among them, also where they are more.
        ratio: the share of the tasks instead, rounded up; that of the campaign where neither is given.
        seed: the same draws the same tasks.
    """
    share = master.campaign.lookback.ratio if ratio is None else ratio
    logged = _found_again(master)
    back = {id(task) for task in master.tasks if was_reopened(task) or (task.key in logged and task.key)}
    tasks = [task for task in master.tasks if is_struck_off(task) or id(task) in back]
    wanted = ceil(Fraction(str(share)) * len(tasks)) if count is None else count
    always = [task for task in tasks if id(task) in back]
    names = UnitNames(SheetContext(master, master.lang))
    by_unit: dict[str, list[TaskRecord]] = defaultdict(list)
    for task in tasks:
        by_unit[next(iter(names.of(task.lead)), "")].append(task)
    strata = {unit: [task for task in of_unit if id(task) not in back] for unit, of_unit in by_unit.items()}
    shares = allot(max(wanted - len(always), 0), {unit: len(of_unit) for unit, of_unit in strata.items()}, seed)
    drawn = {id(task) for task in always}
    for unit, of_unit in strata.items():
        order = sorted(of_unit, key=lambda task: _digest(seed, task.key or task.name))
        drawn |= {id(task) for task in order[: shares[unit]]}
    counts = {unit: (len(of_unit), sum(id(task) in drawn for task in of_unit)) for unit, of_unit in by_unit.items()}
    keys = frozenset(task.key for task in always)
    return Sample(tuple(task for task in tasks if id(task) in drawn), len(tasks), keys, counts, seed)


def allot(count: int, sizes: Mapping[str, int], seed: int) -> dict[str, int]:
    """Shares of units in proportion to their sizes by largest remainder; one for each first, where there are enough.

    Together they are ``count``, or everything there is.
    """
    count = min(count, sum(sizes.values()))
    units = [unit for unit, size in sizes.items() if size]
    each = 1 if count >= len(units) else 0
    left, rest = count - each * len(units), {unit: sizes[unit] - each for unit in units}
    total = sum(rest.values()) or 1
    exact = {unit: Fraction(left * size, total) for unit, size in rest.items()}
    shares = {unit: each + int(part) for unit, part in exact.items()}
    order = sorted(units, key=lambda unit: (int(exact[unit]) - exact[unit], _digest(seed, unit)))
    for unit in order[: count - sum(shares.values())]:
        shares[unit] += 1
    return {unit: shares.get(unit, 0) for unit in sizes}


def is_struck_off(task: TaskRecord) -> bool:
    """Whether a task is off the ledger: by its state, without any by its day."""
    return task.state.struck_off if task.state else isinstance(task.values.get("closed_on"), date)


def was_reopened(task: TaskRecord) -> bool:
    """Whether a task came back once (反弹): a mark for life."""
    return task.values.get("reopened_on") is not None or bool(task.state and task.state.reopened)


def _found_again(master: Master) -> frozenset[str]:
    """The keys of the tasks of which a look-back found that they came back, also where the schema has no column to say so."""
    lines = ((change.key, change.new.split(SEPARATOR)) for change in master.changes if change.field in NAME)
    return frozenset(key for key, parts in lines if set(parts[1:2]) & set(REOPENED))


def _digest(seed: int, name: str) -> bytes:
    return hashlib.sha256(f"{seed}\n{name}".encode()).digest()
