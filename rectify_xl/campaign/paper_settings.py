"""``bulletin:``, ``notice:`` and ``ranking:`` of campaign.yaml - what the papers count as how bad, and by when units answer."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal, cast

from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.campaign.yaml_nodes import Node

Light = Literal["red", "yellow"]
_LONGEST_REPLY = 60  # working days
_MOST = 10_000  # days, tasks or points


@dataclass(frozen=True, slots=True, repr=False)
class Threshold(ShortRepr):
    """From how many days overdue a task bears a colour, and from how many such tasks its unit does."""

    overdue_days: int
    tasks: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class Points(ShortRepr):
    """What a task scores by the state it is in, and what a unit loses by reporting late or not at all.

    A unit's score is the mean of its tasks, so that neither many tasks nor few are a fault.
    """

    closed: int = 100
    done_late: int = 90
    on_time: int = 80
    due_soon: int = 80
    undated: int = 60
    overdue: int = 0
    not_reported: int = 10
    late_report: int = 5


@dataclass(frozen=True, slots=True, repr=False)
class PaperRules(ShortRepr):
    """``bulletin:``, ``notice:`` and ``ranking:``.

    ``not_reported``: the colour that a unit bears for not reporting; ``min_tasks``: units with fewer tasks are not
    ranked, since one task would decide; ``reply_working_days``: the time to answer where the round has no later due date;
    ``order``: whether units are ranked by points, or stand in the roster's order with the silent ones among them.
    """

    red: Threshold = field(default_factory=lambda: Threshold(30))
    yellow: Threshold = field(default_factory=lambda: Threshold(1))
    not_reported: Literal["red", "yellow", "none"] = "none"
    min_tasks: int = 3
    points: Points = field(default_factory=Points)
    reply_working_days: int = 5
    order: Literal["points", "roster"] = "points"

    def light(self, days_overdue: int) -> Light | None:
        """The colour of a task."""
        if days_overdue >= self.red.overdue_days:
            return "red"
        return "yellow" if days_overdue >= self.yellow.overdue_days else None

    def unit_light(self, red: int, yellow: int, *, reported: bool = True) -> Light | None:
        """The colour of a unit with so many red and yellow tasks. A red task counts as a yellow one, too."""
        if red >= self.red.tasks or (not reported and self.not_reported == "red"):
            return "red"
        if red + yellow >= self.yellow.tasks or (not reported and self.not_reported == "yellow"):
            return "yellow"
        return None


def read_papers(top: Mapping[str, Node]) -> PaperRules:
    """The three sections of campaign.yaml.

    Raises:
        RectifyError: a key is unknown or a value is wrong; the message names file, line and key.
    """
    usual = PaperRules()
    bulletin = top["bulletin"].table({"red", "yellow", "not_reported", "min_tasks", "points"}) if "bulletin" in top else {}
    notice = top["notice"].table({"reply_working_days"}) if "notice" in top else {}
    ranking = top["ranking"].table({"order"}) if "ranking" in top else {}
    if "order" in ranking and ranking["order"].text() == "roster" and "units" not in top:
        raise ranking["order"].error(
            "没有单位名册，不能按名册排列；请写 units", "there is no roster to take the order from; name it in units"
        )
    colours = ("red", "yellow", "none")
    rules = PaperRules(
        red=_threshold(bulletin.get("red"), usual.red),
        yellow=_threshold(bulletin.get("yellow"), usual.yellow),
        not_reported=cast(
            'Literal["red", "yellow", "none"]',
            bulletin["not_reported"].one_of(colours) if "not_reported" in bulletin else usual.not_reported,
        ),
        min_tasks=_whole(bulletin, "min_tasks", 1, usual.min_tasks, _MOST),
        points=_points(bulletin.get("points")),
        reply_working_days=_whole(notice, "reply_working_days", 1, usual.reply_working_days, _MOST),
        order=cast(
            'Literal["points", "roster"]', ranking["order"].one_of(("points", "roster")) if "order" in ranking else "points"
        ),
    )
    if rules.reply_working_days > _LONGEST_REPLY:
        raise notice["reply_working_days"].error(f"应不超过 {_LONGEST_REPLY} 个工作日", f"at most {_LONGEST_REPLY} working days")
    if rules.red.overdue_days <= rules.yellow.overdue_days:
        red, yellow = rules.red.overdue_days, rules.yellow.overdue_days
        raise top["bulletin"].error(
            f"红色的 overdue_days（{red}）应大于黄色的（{yellow}），否则没有任务会列入黄色",
            f"overdue_days of red ({red}) must be larger than that of yellow ({yellow}), or no task would be yellow",
        )
    return rules


def _threshold(node: Node | None, usual: Threshold) -> Threshold:
    table = node.table({"overdue_days", "tasks"}) if node else {}
    days = _whole(table, "overdue_days", 1, usual.overdue_days, _MOST)
    return Threshold(days, _whole(table, "tasks", 1, usual.tasks, _MOST))


def _points(node: Node | None) -> Points:
    names = [known.name for known in fields(Points)]
    table = node.table(set(names)) if node else {}
    return Points(**{name: table[name].whole(0, _MOST) for name in names if name in table})


def _whole(table: Mapping[str, Node], key: str, least: int, usual: int, most: int) -> int:
    return table[key].whole(least, most) if key in table else usual
