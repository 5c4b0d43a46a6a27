"""The light that each open task bears by the campaign's conditions, and why; nothing where the campaign has none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.light_settings import COLOURS, FORECASTS, PACES
from rectify_xl.common.i18n import Text
from rectify_xl.schema.conversion import shown
from rectify_xl.schema.fields import PACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rectify_xl.campaign.light_settings import Colour, LightCondition
    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.ledger.records import Round, TaskRecord

CALM: Colour = "green"  # nothing to be warned of
FORECAST = "forecast"
_FORECAST_OF = {"不能": "cannot", "有困难": "at-risk", "能": "can"}
_PACE_OF = {"未达到序时进度": "behind", "达到序时进度": "on", "超序时进度": "ahead"}
# A forecast of which somebody should be warned.
AT_RISK = ("cannot", "at-risk")


@dataclass(frozen=True, slots=True)
class Lit:
    """The light of a task: its colour, the place of the condition in the list, and what of it holds."""

    light: Colour
    place: int
    whys: tuple[Text, ...]

    @property
    def why(self) -> Text:
        """All that holds, in one line."""
        return Text("，".join(why.zh for why in self.whys), ", ".join(why.en for why in self.whys))

    @property
    def is_warning(self) -> bool:
        """Whether it warns of anything."""
        return self.light != CALM


class Lights:
    """The lights of a master's tasks.

    Args:
        campaign: its settings.
        as_of: the day on which tasks are judged.
        tasks: of the master.
        missing: the units that have not reported in this round.
        rounds: the ones before.
    """

    def __init__(
        self, campaign: Campaign, as_of: date, tasks: Sequence[TaskRecord], missing: Iterable[str], rounds: Sequence[Round]
    ) -> None:
        self._campaign, self._as_of, self._tasks = campaign, as_of, tasks
        self._missing, self._rounds = frozenset(missing), rounds
        self.conditions: tuple[LightCondition, ...] = campaign.lights or ()

    @cached_property
    def _by_task(self) -> dict[int, Lit | None]:
        """By identity: a task may be equal to another one."""
        return {id(task): self._judged(task) for task in self._tasks} if self.conditions else {}

    def of(self, task: TaskRecord) -> Lit | None:
        """The light of one of the master's tasks."""
        return self._by_task.get(id(task))

    @property
    def colours(self) -> tuple[Colour, ...]:
        """The colours that the conditions give, in their order."""
        return tuple(dict.fromkeys(condition.light for condition in self.conditions))

    def counts(self) -> dict[Colour, int]:
        """Colour -> tasks, in the order of the conditions."""
        tally = Counter(lit.light for lit in self._by_task.values() if lit)
        return {colour: tally[colour] for colour in self.colours}

    @property
    def lit(self) -> list[tuple[TaskRecord, Lit]]:
        """The tasks with a light that warns, in the order of the conditions; within one the most pressing first."""
        found = [(task, lit) for task in self._tasks if (lit := self.of(task)) and lit.is_warning]
        return sorted(found, key=lambda one: (self.colours.index(one[1].light), _urgency(one[0])))

    def to_list(self, lang: str) -> list[dict[str, Any]]:
        """Every task that bears a light, JSON-ready."""
        found = ((task, self.of(task)) for task in self._tasks)
        return [
            {**_named(task), "light": lit.light, "entry": lit.place + 1, "why": lit.why.in_language(lang)}
            for task, lit in found
            if lit
        ]

    def _judged(self, task: TaskRecord) -> Lit | None:
        if is_done(task):
            return None
        for place, condition in enumerate(self.conditions):
            whys = list(self._met(condition, task))
            if None not in whys:
                return Lit(condition.light, place, tuple(why for why in whys if why))
        return None

    def _met(self, condition: LightCondition, task: TaskRecord) -> Iterator[Text | None]:
        """For each thing that a condition names how it holds; None where it does not."""
        days, flag = task.timing.days, task.timing.flag
        if condition.overdue_days is not None:
            late = flag == "overdue" and days >= condition.overdue_days
            doubt = Text("（存疑）", " (in doubt)") if task.doubts else Text("", "")
            yield Text(f"逾期{days}天{doubt.zh}", f"{_days(days)} late{doubt.en}") if late else None
        if condition.due_within_days is not None:
            left = days_left(task, self._as_of)
            near = left if left is not None and left <= condition.due_within_days else None
            yield None if near is None else Text(f"剩{near}天", f"{_days(near)} left")
        if condition.pace is not None:
            yield PACES[condition.pace] if _PACE_OF.get(str(task.values.get(PACE))) == condition.pace else None
        if condition.forecast is not None:
            yield FORECASTS[condition.forecast] if forecast_of(task) == condition.forecast else None
        if condition.silent_rounds is not None:
            silent = self._silent(task)
            held = silent >= condition.silent_rounds
            yield Text(f"连续{silent}轮未报送", f"not reported in {silent} rounds running") if held else None
        if condition.percent_behind is not None:
            behind = self._behind(task)
            held = behind is not None and behind >= condition.percent_behind
            yield Text(f"完成率落后{behind}个百分点", f"{behind} percentage points behind") if held else None

    def _silent(self, task: TaskRecord) -> int:
        """How many rounds in a row, this one with them, none of a task's lead units has reported."""
        return min((self._silence[unit] for unit in task.lead), default=0)

    @cached_property
    def _silence(self) -> Counter[str]:
        """Unit -> rounds; a round of which nobody knows how units reported ends the row."""
        rows: Counter[str] = Counter()
        still = set(self._missing)
        rows.update(still)
        for earlier in reversed(self._rounds):
            still &= set(earlier.turnout.get("missing", ()))
            rows.update(still)
        return rows

    def _behind(self, task: TaskRecord) -> int | None:
        """Percentage points behind the time that has passed; None where it cannot be told."""
        issued, due, done = self._campaign.issued, task.due, task.values.get("percent")
        if not issued or not due or due <= issued or isinstance(done, bool) or not isinstance(done, int | float):
            return None
        passed = min(max((self._as_of - issued).days / (due - issued).days, 0), 1)
        return round((passed - done) * 100)


def is_done(task: TaskRecord) -> bool:
    """Whether nothing is left to be done: by its state, or without one by a day of completion or its deadline cell."""
    unstated = task.state is None and ("done" in task.kinds or isinstance(task.values.get("completed_on"), date))
    return task.is_closed or unstated


def forecast_of(task: TaskRecord) -> str:
    """What an open task says of its day: ``cannot``, ``at-risk``, ``can``, or ``unsaid``."""
    return _FORECAST_OF.get(str(task.values.get(FORECAST)), "unsaid")


def is_at_risk(task: TaskRecord) -> bool:
    """Whether a task is open, not overdue, and its unit expects that it cannot be done in time, or hardly."""
    return not is_done(task) and task.timing.flag != "overdue" and forecast_of(task) in AT_RISK


def days_left(task: TaskRecord, as_of: date) -> int | None:
    """Days until the next day that a task is judged by; None of one that is overdue or has no day."""
    day = task.timing.next_due or task.timing.due
    return (day - as_of).days if day and task.timing.flag not in ("overdue", "undated") else None


def warnings_dict(stages: Sequence[int], due_soon: Iterable[TaskRecord], at_risk: Iterable[TaskRecord]) -> dict[str, Any]:
    """What is warned of ahead, JSON-ready: the tasks due soon with the stage they have come to, and doubtful forecasts."""
    return {
        "before_days": list(stages),
        "due_soon": [
            {
                **_named(task), "days": task.timing.days,
                "within": min((days for days in stages if task.timing.days <= days), default=stages[0]),
            }
            for task in due_soon
        ],
        "forecast": [{**_named(task), "forecast": forecast_of(task)} for task in at_risk],
    }  # fmt: skip


def _named(task: TaskRecord) -> dict[str, Any]:
    return {"key": task.key, "task_id": shown(task.values.get("task_id")) or None}


def light_name(light: Colour, lang: str) -> str:
    """The colour in a word."""
    return COLOURS[light].in_language(lang)


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _urgency(task: TaskRecord) -> tuple[bool, int, int]:
    """Overdue ones by their days, then by the day on which they are due."""
    late = task.timing.flag == "overdue"
    day = task.timing.next_due or task.timing.due
    return not late, -task.timing.days if late else 0, day.toordinal() if day else date.max.toordinal()
