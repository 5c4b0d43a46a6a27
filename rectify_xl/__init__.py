"""Validate, merge and summarise the Excel task lists of a rectification campaign (整改任务清单).

The names below are loaded on first use, so that ``import rectify_xl`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rectify_xl.common.version import __version__

if TYPE_CHECKING:
    from rectify_xl.campaign.settings import Campaign, load_campaign
    from rectify_xl.copies import annotate, fix
    from rectify_xl.language.deadline import parse_deadline
    from rectify_xl.language.leaders import parse_leaders
    from rectify_xl.language.units import parse_units
    from rectify_xl.workbook import write_master
    from rectify_xl.workflow.merge import merge
    from rectify_xl.workflow.summarize import summarize
    from rectify_xl.workflow.validate import validate


_HOMES = {
    "Campaign": "rectify_xl.campaign.settings",
    "load_campaign": "rectify_xl.campaign.settings",
    "validate": "rectify_xl.workflow.validate",
    "annotate": "rectify_xl.copies",
    "fix": "rectify_xl.copies",
    "merge": "rectify_xl.workflow.merge",
    "summarize": "rectify_xl.workflow.summarize",
    "write_master": "rectify_xl.workbook",
    "parse_deadline": "rectify_xl.language.deadline",
    "parse_units": "rectify_xl.language.units",
    "parse_leaders": "rectify_xl.language.leaders",
}

__all__ = [
    "Campaign",
    "__version__",
    "annotate",
    "fix",
    "load_campaign",
    "merge",
    "parse_deadline",
    "parse_leaders",
    "parse_units",
    "summarize",
    "validate",
    "write_master",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's attributes are of any type
    """Load a public name from its module on first use."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
