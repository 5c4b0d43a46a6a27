"""Units ranked by points, and the colours they bear."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import floor
from typing import TYPE_CHECKING, Literal

from rectify_xl.ledger.counts import GroupCount
from rectify_xl.papers.facts import is_open

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.campaign.light_settings import Colour
    from rectify_xl.campaign.paper_settings import Points
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.facts import Facts

Unranked = Literal["", "group", "unlisted", "few-tasks"]
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit of the ranking. ``rank`` is None, with the reason in ``unranked``, where it does not take part.

    ``tenths`` is the score in tenths of a point, as it is printed: units whose printed scores are equal are equal.
    """

    count: GroupCount
    tenths: int
    light: Colour | None
    late: tuple[TaskRecord, ...]
    rank: int | None = None
    unranked: Unranked = ""

    @property
    def score(self) -> str:
        """The score as it is printed."""
        return f"{self.tenths // 10}.{self.tenths % 10}"


def standings(facts: Facts) -> tuple[Standing, ...]:
    """Every unit that leads a task: the ranked ones by rank, then the others by score, equal ones in the roster's order.

    A name that is none is left out. In the roster's order nobody is ranked, and units that should report stand among them
    though they lead nothing.
    """
    if facts.campaign.papers.order == "roster":
        return _in_roster_order(facts)
    places_in_roster = {unit.name: at for at, unit in enumerate(facts.campaign.units)}
    judged = sorted(
        (_standing(facts, count) for count in facts.units if facts.standing(count.name) != "wrong"),
        key=lambda one: (-one.tenths, places_in_roster.get(one.count.name, len(places_in_roster))),
    )
    ranked = [one for one in judged if not one.unranked]
    others = [one for one in judged if one.unranked]
    places = [
        Standing(one.count, one.tenths, one.light, one.late, 1 + sum(other.tenths > one.tenths for other in ranked))
        for one in ranked
    ]
    return (*places, *others)


def _in_roster_order(facts: Facts) -> tuple[Standing, ...]:
    found = {count.name: count for count in facts.units if facts.standing(count.name) != "wrong"}
    roster = [unit.name for unit in facts.campaign.units if unit.name in found or unit.reports is not False]
    listed = [found.pop(name, GroupCount(name, 0)) for name in roster]
    return tuple(_standing(facts, count) for count in (*listed, *found.values()))


def _standing(facts: Facts, count: GroupCount) -> Standing:
    tasks = facts.led.get(count.name, [])
    rules = facts.campaign.papers
    late = tuple(task for task in facts.master.overdue if count.name in facts.lead(task))
    lights = [rules.light(task.timing.days) for task in late]
    missing = count.name in facts.missing
    score = Fraction(sum(_points(task, rules.points) for task in tasks), max(len(tasks), 1))
    score -= rules.points.not_reported if missing else rules.points.late_report if count.name in facts.late else 0
    standing = facts.standing(count.name)
    why: Unranked = standing if standing in ("group", "unlisted") else "few-tasks" if count.tasks < rules.min_tasks else ""
    light: Colour | None = rules.unit_light(lights.count("red"), lights.count("yellow"), reported=not missing)
    if facts.campaign.lights is not None:
        light = _unit_light(facts, tasks, missing=missing)
    return Standing(count, floor(max(score, Fraction(0)) * 10 + _HALF), light, late, unranked=why)


def _unit_light(facts: Facts, tasks: list[TaskRecord], *, missing: bool) -> Colour | None:
    """The first colour, in the order of the conditions, of which a unit has enough tasks, with those of the colours before."""
    lights, rules = facts.master.lights, facts.campaign.papers
    borne = [lit.light for task in tasks if (lit := lights.of(task))]
    enough = {"red": rules.red.tasks, "yellow": rules.yellow.tasks}
    forced = rules.not_reported if missing else "none"
    count = 0
    for colour in lights.colours:
        count += borne.count(colour)
        if colour == forced or count >= enough.get(colour, 1):
            return colour
    return None if forced == "none" else forced


def _points(task: TaskRecord, points: Points) -> int:
    flag = task.timing.flag
    if flag == "done-late":
        return points.done_late
    if not is_open(task):
        return points.closed
    if task.is_standing and flag == "undated":
        return points.on_time  # such a task is reviewed, and has no day by nature
    return {
        "overdue": points.overdue, "due-soon": points.due_soon, "undated": points.undated, "on-time": points.on_time,
    }[flag]  # fmt: skip


_NAMED, _MOST_NAMED = 3, 5


def ends(ranked: Iterable[Standing]) -> tuple[list[str], list[str]]:
    """The units to be named as first and as last: about three each, ties together, nobody where too many are equal."""
    by_score: dict[int, list[str]] = {}
    for one in ranked:
        by_score.setdefault(one.tenths, []).append(one.count.name)
    groups = list(by_score.values())
    first = _taken(groups[:-1])
    last = _taken(groups[len(first) :][::-1]) if len(groups) > 1 else []
    return list(chain(*first)), list(chain(*last[::-1]))


def _taken(groups: list[list[str]]) -> list[list[str]]:
    """Whole groups from the beginning until about three units are named."""
    taken: list[list[str]] = []
    for group in groups:
        named = sum(map(len, taken))
        if named >= _NAMED or named + len(group) > _MOST_NAMED:
            break
        taken.append(group)
    return taken
