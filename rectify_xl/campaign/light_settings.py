"""``lights:`` of campaign.yaml - an ordered list of conditions: the first that holds for an open task gives it its light."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal, cast

import yaml

from rectify_xl.common.i18n import Text
from rectify_xl.common.nearest import nearest
from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.campaign.yaml_nodes import Node

Colour = Literal["red", "orange", "yellow", "blue", "green"]
COLOURS: Mapping[Colour, Text] = {
    "red": Text("红", "red"), "orange": Text("橙", "orange"), "yellow": Text("黄", "yellow"), "blue": Text("蓝", "blue"),
    "green": Text("绿", "green"),
}  # fmt: skip
PACES = {"behind": Text("未达到序时进度", "behind its plan"), "on": Text("达到序时进度", "on its plan"),
         "ahead": Text("超序时进度", "ahead of its plan")}  # fmt: skip
FORECASTS = {
    "cannot": Text("预计不能按期", "not expected in time"), "at-risk": Text("预计按期有困难", "in time at risk"),
    "can": Text("预计能按期", "expected in time"), "unsaid": Text("没有填写预计能否按期", "no forecast given"),
}  # fmt: skip
# What an office writes for them: the choices of the columns themselves.
_OTHER_WORDS = {
    "未达到序时进度": "behind", "达到序时进度": "on", "超序时进度": "ahead",
    "不能": "cannot", "有困难": "at-risk", "能": "can", "未填": "unsaid",
    "no": "cannot", "yes": "can",
    **{name.zh: colour for colour, name in COLOURS.items()},
}  # fmt: skip
_MOST = 3_650


@dataclass(frozen=True, slots=True, repr=False)
class LightCondition(ShortRepr):
    """One entry of ``lights:``. All that it names must hold; one that names nothing holds for every open task.

    Attributes:
        light: the colour that it gives.
        overdue_days: at least so many days overdue.
        due_within_days: not overdue, and due within so many days.
        pace: one of :data:`PACES`.
        forecast: one of :data:`FORECASTS`.
        silent_rounds: none of its lead units has reported in this round and the ones before, so many in a row.
        percent_behind: so many percentage points of completion behind the time that has passed from the plan's day of issue.
    """

    light: Colour
    overdue_days: int | None = None
    due_within_days: int | None = None
    pace: str | None = None
    forecast: str | None = None
    silent_rounds: int | None = None
    percent_behind: int | None = None

    def covers(self, other: LightCondition) -> bool:
        """Whether it holds wherever the other one does."""
        for known in fields(self)[1:]:
            mine, theirs = getattr(self, known.name), getattr(other, known.name)
            if mine is None:
                continue
            if theirs is None or (mine != theirs if isinstance(mine, str) else not _is_wider(known.name, mine, theirs)):
                return False
        return True


def _is_wider(name: str, mine: int, theirs: int) -> bool:
    return mine >= theirs if name == "due_within_days" else mine <= theirs


def preset(name: str, before_days: tuple[int, ...]) -> tuple[LightCondition, ...]:
    """The conditions of a shipped preset; ``before_days`` are the campaign's."""
    soon = max(before_days)
    return {
        "near-pace-overdue": (
            LightCondition("red", overdue_days=1),
            LightCondition("yellow", pace="behind"),
            LightCondition("blue", due_within_days=soon),
        ),
        "forecast": (
            LightCondition("red", overdue_days=1),
            LightCondition("red", forecast="cannot"),
            LightCondition("yellow", forecast="at-risk"),
            LightCondition("blue", due_within_days=soon, forecast="unsaid"),
        ),
        "escalation": (
            LightCondition("red", silent_rounds=3),
            LightCondition("red", overdue_days=60),
            LightCondition("yellow", silent_rounds=2),
            LightCondition("yellow", overdue_days=30),
            LightCondition("blue", silent_rounds=1),
            LightCondition("blue", overdue_days=1),
        ),
    }[name]


PRESETS = ("near-pace-overdue", "forecast", "escalation")


def read_lights(node: Node, before_days: tuple[int, ...], *, has_issued: bool) -> tuple[LightCondition, ...]:
    """The section of campaign.yaml: the name of a preset, or a list of conditions.

    Raises:
        RectifyError: a key, a preset or a value is unknown, or a condition can never be met; the message names file
            and line.
    """
    if isinstance(node.raw, yaml.ScalarNode):
        return preset(_preset_name(node), before_days)
    found: list[LightCondition] = []
    for at, item in enumerate(node.items(), 1):
        condition = _condition(item)
        if condition.percent_behind is not None and not has_issued:
            raise item.error(
                "percent_behind 从方案印发之日算起，请先写 issued",
                "percent_behind counts from the plan's day of issue; set issued",
            )
        first = next((number for number, known in enumerate(found, 1) if known.covers(condition)), None)
        if first:
            raise item.error(
                f"第 {at} 条用不上：符合它的任务都先符合第 {first} 条；请把条件窄的写在前面",
                f"entry {at} can never count: whatever meets it meets entry {first} before; put the narrower one first",
            )
        found.append(condition)
    if not found:
        raise node.error(
            f"至少写一条，或用现成的：{'、'.join(PRESETS)}", f"write at least one entry, or name a preset: {', '.join(PRESETS)}"
        )
    return tuple(found)


def _preset_name(node: Node) -> str:
    text = node.text()
    name = text.lower().replace("_", "-").replace("–", "-")
    if name in PRESETS:
        return name
    near = nearest(text, PRESETS)
    raise node.error(
        f"没有名为“{text[:40]}”的一套{near.zh}；可用：{'、'.join(PRESETS)}，或逐条写条件",
        f"there is no preset “{text[:40]}”{near.en}; known: {', '.join(PRESETS)}, or a list of conditions",
    )


def _condition(node: Node) -> LightCondition:
    table = node.table({known.name for known in fields(LightCondition)})
    if "light" not in table:
        raise node.error("没有写 light（亮什么灯）", "light is missing: which colour it gives")
    light = cast("Colour", _word(table["light"], tuple(COLOURS)))
    numbers = {
        key: table[key].whole(0 if key == "due_within_days" else 1, _MOST)
        for key in ("overdue_days", "due_within_days", "silent_rounds", "percent_behind")
        if key in table
    }
    if "overdue_days" in numbers and "due_within_days" in numbers:
        raise node.error(
            "overdue_days 和 due_within_days 不能同时成立，请分成两条",
            "overdue_days and due_within_days never hold at once; make two entries of them",
        )
    return LightCondition(
        light,
        pace=_word(table["pace"], tuple(PACES)) if "pace" in table else None,
        forecast=_word(table["forecast"], tuple(FORECASTS)) if "forecast" in table else None,
        **numbers,
    )


def _word(node: Node, allowed: tuple[str, ...]) -> str:
    """One of our words, or what the office calls it. YAML's own yes and no are none of them."""
    other = _OTHER_WORDS.get(node.text())
    return other if other in allowed else node.one_of(allowed)
