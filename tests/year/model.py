"""What the script itself expects of the ledger: a few dictionaries, made without looking at the program's answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rectify_xl.schema.conversion import shown
from tests.year.closing import DEADLINES
from tests.year.events import EACH, FIRST_UNITS


class Change(NamedTuple):
    """A value of the ledger that changes."""

    key: str
    unit: str
    field: str
    old: str
    new: str
    outcome: str


class Report(NamedTuple):
    """What a unit has reported on a task."""

    key: str
    unit: str
    progress: str
    percent: str


@dataclass
class Task:
    """A task: what the ledger says, each unit's last line, what the office has changed since the units spoke last."""

    values: dict[str, str]
    lead: str
    helper: str = ""
    lines: dict[str, str] = field(default_factory=dict)
    corrected: set[str] = field(default_factory=set)
    closed: bool = False


@dataclass
class Moment:
    """What one merge is to make of a month."""

    round_id: str
    changes: list[Change] = field(default_factory=list)
    logged: list[Change] = field(default_factory=list)  # by summarize, after the merge before
    reports: list[Report] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)
    state: dict[str, tuple[str, str]] = field(default_factory=dict)  # key -> status and deadline after it


@dataclass
class Model:
    """All tasks, all that waits, and what was expected of each merge."""

    tasks: dict[str, Task] = field(default_factory=dict)
    disputed: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)  # (key, field) -> unit, its value
    waiting: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # unit -> rows
    moments: list[Moment] = field(default_factory=list)
    extensions: dict[str, list[Any]] = field(default_factory=dict)  # key -> asked, new deadline, reason, answer …

    @property
    def now(self) -> Moment:
        return self.moments[-1]

    def begin(self, round_id: str) -> None:
        again = bool(self.moments) and self.now.round_id == round_id
        self.moments.append(Moment(round_id, reports=list(self.now.reports) if again else []))

    def end(self) -> None:
        self.now.state = {key: (task.values.get("status", ""), task.values["deadline"]) for key, task in self.tasks.items()}

    def state(self, unit: str, key: str, name: str, value: Any) -> None:
        """A unit states a value of its own column."""
        task, told = self.tasks[key], shown(value)
        old = task.values.get(name, "")
        new = told
        if name == "progress":
            lines = {**task.lines, unit: told}
            task.lines = lines
            new = told if len(lines) == 1 else "\n".join(f"【{one}】{text}" for one, text in lines.items())
        if new == old:
            self.now.outcomes["unchanged"] += 1
        elif name in task.corrected:
            self.dispute(unit, key, name, told, "conflict")
        else:
            self.change(key, unit, name, new, "reported")

    def wait(self, unit: str, values: dict[str, str]) -> None:
        """A row that nobody can be certain of."""
        self.waiting.setdefault(unit, []).append(values)
        self.now.outcomes["unmatched"] += 1

    def change(self, key: str, unit: str, name: str, new: str, outcome: str) -> None:
        old = self.tasks[key].values.get(name, "")
        self.tasks[key].values[name] = new
        self.now.outcomes[outcome] += 1
        for at, one in enumerate(self.now.changes):
            if (one.key, one.field, one.outcome) == (key, name, "reported"):  # two units on one task: one change
                self.now.changes[at] = one._replace(unit=f"{one.unit}、{unit}", new=new)
                return
        self.now.changes.append(Change(key, unit, name, old, new, outcome))

    def dispute(self, unit: str, key: str, name: str, told: str, outcome: str) -> None:
        """The ledger keeps its value; the unit's waits."""
        self.disputed[key, name] = unit, told
        self.now.outcomes[outcome] += 1

    def add(self, unit: str, values: dict[str, str]) -> None:
        """A row that waited becomes a task."""
        key = f"T{len(self.tasks) + 1:04d}"
        self.tasks[key] = Task(values, unit, lines={unit: values["progress"]})
        self.now.changes.append(Change(key, unit, "", "", values["problem"], "added"))
        self.now.outcomes["added"] += 1

    def write(self, key: str, **values: Any) -> None:
        """What the office writes into the ledger itself."""
        self.tasks[key].values.update({name: shown(value) for name, value in values.items()})
        self.tasks[key].closed = self.tasks[key].values.get("status") == "已销号"

    def log(self, key: str, **values: Any) -> None:
        """What the office lets summarize write into the ledger."""
        before = dict(self.tasks[key].values)
        self.write(key, **values)
        self.now.logged += [
            Change(key, "", name, before.get(name, ""), shown(value), "decided") for name, value in values.items()
        ]

    def decide(self, key: str, name: str, decision: str) -> None:
        unit, told = self.disputed.pop((key, name))
        value = {"采用": told, "保留": self.tasks[key].values.get(name, "")}.get(decision[:2]) or decision.partition("：")[2]
        self.change(key, unit, name, value, "decided")
        self.tasks[key].corrected.discard(name)


def plan(units: tuple[str, ...] = FIRST_UNITS) -> dict[str, Task]:
    """The tasks of the plan by key: five of each unit, the first with the next unit."""
    tasks = {}
    for at, unit in enumerate(units):
        for number in range(EACH * at + 1, EACH * at + EACH + 1):
            helper = units[(at + 1) % len(units)] if number % EACH == 1 else ""
            values = {
                "task_id": str(number), "problem": f"第{number}号排口没有截污，雨后黑水入河",
                "measures": f"封堵第{number}号排口，铺设截污管", "lead_unit": unit,
                "deadline": DEADLINES.get(number, "2028年12月31日前"),
            }  # fmt: skip
            if helper:
                values["coop_units"] = helper
            if number % EACH:
                values["leader"] = f"钟离{chr(0x4E10 + at)} 副市长"
            tasks[f"T{number:04d}"] = Task(values, unit, helper)
    return tasks
