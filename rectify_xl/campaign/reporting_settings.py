"""``reporting:`` of campaign.yaml: how often units report, and whether one with nothing to report has to say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.common.short_repr import ShortRepr

if TYPE_CHECKING:
    from rectify_xl.campaign.yaml_nodes import Node

PERIODS = {
    "week": Text("按周", "weekly"),
    "half-month": Text("按半月", "twice a month"),
    "month": Text("按月", "monthly"),
    "two-months": Text("按双月", "every two months"),
    "quarter": Text("按季度", "quarterly"),
    "half-year": Text("按半年", "twice a year"),
    "year": Text("按年", "yearly"),
}


@dataclass(frozen=True, slots=True, repr=False)
class ReportingRules(ShortRepr):
    """``reporting:``.

    ``period``: one of :data:`PERIODS`; what units are sent names another one than the usual month. ``zero_report``: whether a
    unit without a task to report on sends a zero report, and is missing without.
    """

    period: str = "month"
    zero_report: bool = True


def read_reporting(node: Node) -> ReportingRules:
    """The section of campaign.yaml.

    Raises:
        RectifyError: a key is unknown or a value is wrong; the message names file, line and key.
    """
    table = node.table({"period", "zero_report"})
    usual = ReportingRules()
    return ReportingRules(
        table["period"].one_of(tuple(PERIODS)) if "period" in table else usual.period,
        table["zero_report"].yes_or_no() if "zero_report" in table else usual.zero_report,
    )
