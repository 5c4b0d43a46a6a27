"""A plan as rows of a task list: what stands in each column, in the words of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.language.units import is_collective, parse_units
from rectify_xl.provenance.carried import make_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.plans.model import Plan, PlanTask

# The columns of the list, by field key: what the office owns and a plan can tell.
COLUMNS = (
    "task_id", "category", "problem", "target", "measures", "leader", "lead_unit", "coop_units", "acceptance_unit", "deadline",
)  # fmt: skip

_PAPER = LazyPattern(
    r"(?:实施|工作)?方案$|(?:整改)?(?:问题)?(?:任务|措施)?(?:整改)?(?:清单|台账|台帐|一览表)$|(?:任务)?分解(?:表)?$"
)


def campaign_name(plan: Plan) -> str:
    """The campaign by the plan's title: 某市贯彻落实……整改 of ……整改方案."""
    return _PAPER.sub("", plan.facts.title)


def list_rows(plan: Plan) -> tuple[dict[str, str], ...]:
    """The plan's tasks by field key, with their keys as ``key``.

    A task is one row; one whose measures are led by different units has a row for each measure, as it is dispatched.
    """
    return tuple(row for number, task in enumerate(plan.tasks, 1) for row in _rows(task, number))


def _rows(task: PlanTask, number: int) -> list[dict[str, str]]:
    """What a task says in its row, or in that of each measure."""
    measures = _measures(task)
    lead, cooperating = _units(task)
    problem = task.problem
    if task.parent_problem:
        problem = f"{task.parent_problem}\n{problem}"
    whole = {
        "task_id": task.no, "category": task.category, "problem": problem, "target": task.target, "measures": "\n".join(measures),
        "leader": "\n".join(" ".join(filter(None, (one.name, "、".join(one.titles)))) for one in task.leaders),
        "lead_unit": "、".join(lead), "coop_units": "、".join(cooperating), "acceptance_unit": task.acceptance_unit,
        "deadline": task.deadline_text, "key": make_key(number),
    }  # fmt: skip
    parts = []
    for part, leads in enumerate(_leads_of_measures(task), 1):
        others = "、".join(name for name in cooperating if name not in leads)
        of_part = {"measures": measures[part - 1], "lead_unit": "、".join(leads), "coop_units": others}
        parts.append({**whole, **of_part, "key": make_key(number, part)})
    return parts or [whole]


def _measures(task: PlanTask) -> list[str]:
    """The measures, with the number that the plan gives each of several."""
    if len(task.measures) == 1:
        return [*task.measures]
    return [f"{label}{text}" for label, text in zip(task.measure_labels, task.measures, strict=True)]


def _leads_of_measures(task: PlanTask) -> list[list[str]]:
    """Who leads each measure; nothing where the same lead all, or where the plan does not say it of each."""
    numbers, leads = range(1, len(task.measures) + 1), []
    for number in numbers:
        names = (name for names, led in task.lead_by_measure if number in led or not led for name in names)
        leads.append(full_names(task, names))
    known = all(leads) and all(number in numbers for _, led in task.lead_by_measure for number in led)
    return leads if known and len({frozenset(names) for names in leads}) > 1 else []


def _units(task: PlanTask) -> tuple[list[str], list[str]]:
    """Who leads and who cooperates, with full names.

    Where measures are led by different units, and not each has a lead, the plan's own words stay, since only they say which.
    Units without a role are the responsible ones where nobody leads, and cooperate otherwise, as in every list.
    """
    if any(led for _, led in task.lead_by_measure) and not _leads_of_measures(task):
        return [task.units_text.rstrip("。")], []
    lead = full_names(task, task.lead_units)
    rest = full_names(task, task.resp_units)
    cooperating = full_names(task, task.coop_units)
    if not lead:
        lead, rest = rest, []
    return lead, list(dict.fromkeys((*cooperating, *rest)))


def full_names(task: PlanTask, names: Iterable[str]) -> list[str]:
    """Names as the roster has them: shortened ones completed."""
    found = (full for name in names for full in task.unit_expansions.get(name, (name,)))
    return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit that a plan names: in how many tasks it leads, cooperates, is responsible without a role, accepts what was done."""

    name: str
    lead: int
    cooperating: int
    responsible: int
    accepting: int
    collective: bool
    polluted: bool


def named_units(plan: Plan) -> tuple[NamedUnit, ...]:
    """Every unit that the plan's tasks name, in the order of the plan."""
    counts: dict[str, list[int]] = {}
    polluted: set[str] = set()
    for task in plan.tasks:
        polluted.update(doubt.text for doubt in task.anomalies if doubt.code == "polluted_text")
        accepting = parse_units(task.acceptance_unit)
        accept = (*accepting.lead, *accepting.cooperating, *accepting.responsible, *accepting.collective)
        for role, names in enumerate((task.lead_units, task.coop_units, task.resp_units, accept)):
            for name in full_names(task, names):
                counts.setdefault(name, [0, 0, 0, 0])[role] += 1
    return tuple(
        NamedUnit(name, lead, cooperating, responsible, accepting, is_collective(name), name in polluted)
        for name, (lead, cooperating, responsible, accepting) in counts.items()
    )


def named_leaders(plan: Plan) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every leader with a name and the posts beside it; one of the same name with other posts counts once, with all of them."""
    found: dict[str, dict[str, None]] = {}
    for task in plan.tasks:
        for leader in task.leaders:
            if leader.name:
                found.setdefault(leader.name, {}).update(dict.fromkeys(leader.titles))
    return tuple((name, tuple(titles)) for name, titles in found.items())
