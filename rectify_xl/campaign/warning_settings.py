"""``warnings:`` of campaign.yaml - how many days ahead a task is warned of; the largest is ``deadlines.due_soon_days``, too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.campaign.yaml_nodes import Node

_LONGEST_DAYS = 3_650


@dataclass(frozen=True, slots=True, repr=False)
class WarningRules(ShortRepr):
    """``warnings:``.

    ``before_days``: the stages, in days before a task is due, the longest first; ``is_set``: whether campaign.yaml says so
    itself, so that reminders go out before the day, too.
    """

    before_days: tuple[int, ...] = (30, 7)
    is_set: bool = False


def read_warnings(top: Mapping[str, Node]) -> WarningRules:
    """The section of campaign.yaml, beside ``deadlines.due_soon_days``.

    Raises:
        RectifyError: a key is unknown, a value is wrong, or the settings contradict each other; the message names file and line.
    """
    table = top["warnings"].table({"before_days"}) if "warnings" in top else {}
    deadlines = top["deadlines"].table(None) if "deadlines" in top else {}
    older = deadlines["due_soon_days"].whole(0, _LONGEST_DAYS) if "due_soon_days" in deadlines else None
    if "before_days" not in table:
        usual = WarningRules().before_days
        return WarningRules(usual if older is None else (older, *(days for days in usual if days < older)))
    node = table["before_days"]
    days: list[int] = []
    for item in node.items():
        count = item.whole(0, _LONGEST_DAYS)
        if count in days:
            raise item.error(f"{count} 写了两次", f"{count} is there twice")
        days.append(count)
    if not days:
        raise node.error("至少写一个天数，例如 [30, 7]", "name at least one number of days, such as [30, 7]")
    if older is not None and older != max(days):
        raise deadlines["due_soon_days"].error(
            f"应与 warnings.before_days 中最大的（{max(days)}）相同，现在是 {older}；请只留一处",
            f"is the same setting as the largest of warnings.before_days ({max(days)}) and says {older}; keep one of them",
        )
    return WarningRules(tuple(sorted(days, reverse=True)), is_set=True)
