"""Schema and campaign -> what a task-list workbook for a unit holds and says, without any looks.

``rectify_xl.workbook.form`` writes it. An empty template and a workbook with the office's rows filled in beforehand are
the same thing with other ``filled`` rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.campaign.schema_choice import check_chosen
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.nearest import nearest, suggestion
from rectify_xl.template.conditional_formats import ConditionalFormat, column_formats
from rectify_xl.template.form import Choices, Template
from rectify_xl.template.guide import Entry, Note, Tip, entries, tips

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from typing import Any

    from rectify_xl.campaign.settings import Campaign

__all__ = [
    "Choices",
    "ConditionalFormat",
    "Entry",
    "Note",
    "Template",
    "Tip",
    "column_formats",
    "entries",
    "make_template",
    "official_name",
    "tips",
]

BLANK_ROWS = 30


def make_template(
    campaign: Campaign,
    *,
    made_on: date,
    unit: str = "",
    filled: Iterable[Mapping[str, Any]] = (),
    blank_rows: int = BLANK_ROWS,
    lang: str = "zh",
) -> Template:
    """A template for the campaign's schema and round.

    Args:
        campaign: its schema gives the columns, its roster and leaders the dropdowns, its rules the instructions.
        made_on: the day that stands in the document's properties.
        unit: the unit it is made for, by any name the roster knows.
        filled: rows to stand in it beforehand, by field key; what they give in the office's columns is locked.
        blank_rows: rows made ready below them.
        lang: language of headings and instructions, ``zh`` or ``en``.

    Raises:
        RectifyError: the roster has no such unit, a row has a field that the schema lacks, or the campaign leaves the schema to
            files that are yet to come.
    """
    check_chosen(campaign)
    rows = tuple(dict(row) for row in filled)
    for row in rows:
        for key in row:
            if key not in campaign.schema:
                near = nearest(key, campaign.schema.keys)
                raise RectifyError(
                    f"{campaign.schema.name} 没有字段 {key}{near.zh}", f"{campaign.schema.name} has no field {key}{near.en}"
                )
    return Template(campaign, made_on, official_name(campaign, unit), rows, blank_rows, lang)


def official_name(campaign: Campaign, unit: str) -> str:
    """The unit's name in the roster; the name as given without a roster.

    Raises:
        RectifyError: the roster has no such unit.
    """
    name = unit.strip()
    if not name or not campaign.units:
        return name
    match = campaign.roster.match(name, on=campaign.issued)
    if match.unit is None:
        near = suggestion(match.suggestion.name) if match.suggestion else nearest(name, campaign.unit_by_name)
        raise RectifyError(
            f"单位名册中没有“{name}”{near.zh}；请检查 --unit，或把它补入 units.csv",
            f"the roster has no unit “{name}”{near.en}; check --unit, or add it to units.csv",
        )
    return match.unit.name
