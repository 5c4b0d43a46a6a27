"""In which rows of a dispatched workbook a unit only helps another: what the office sent out there is the lead's to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.collection.untouched import is_as_dispatched
from rectify_xl.tasks.numbering import roster_name

if TYPE_CHECKING:
    from rectify_xl.collection.collection import Collection


def only_cooperates(collection: Collection, position: int) -> bool:
    """Whether a dispatched row is one in which the sender helps another unit."""
    if not collection.places[position].task.key:
        return False
    reporting = collection.reporting_of(position)
    units = collection.units[position]
    lead = {roster_name(collection, name) for name in units.lead or units.responsible}
    return bool(lead) and not {reporting.unit, *reporting.covers} & lead


def is_the_leads(collection: Collection, position: int, field: str) -> bool:
    """Whether a cell is the office's, stands as it was dispatched, and stands with the lead of the task as well."""
    office = field in collection.campaign.schema and collection.campaign.schema[field].owner == "office"
    return office and is_as_dispatched(collection, position, field) and only_cooperates(collection, position)
