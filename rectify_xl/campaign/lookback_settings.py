"""``lookback:`` of campaign.yaml - how many of the tasks that were struck off are looked at again, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from rectify_xl.campaign.yaml_nodes import Node

_LONGEST_DAYS = 3_650


@dataclass(frozen=True, slots=True, repr=False)
class LookbackRules(ShortRepr):
    """``lookback:``.

    ``ratio``: the share of struck-off tasks in a sample; ``days_after_closing``: within how many days of its strike-off a task
    should be looked at.
    """

    ratio: float = 0.2
    days_after_closing: int = 90


def read_lookback(node: Node) -> LookbackRules:
    """The section of campaign.yaml.

    Raises:
        RectifyError: a key is unknown or a value is wrong; the message names file, line and key.
    """
    table = node.table({"ratio", "days_after_closing"})
    usual = LookbackRules()
    days = table.get("days_after_closing")
    return LookbackRules(
        _share(table["ratio"]) if "ratio" in table else usual.ratio,
        days.whole(0, _LONGEST_DAYS) if days else usual.days_after_closing,
    )


def _share(node: Node) -> float:
    value = node.value()
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1:
        raise node.error("应为大于 0、不大于 1 的数，例如 0.2", "should be a number above 0 and up to 1, such as 0.2")
    return float(value)
