"""A decision for a unit on a task whose parts different units lead: its word stands for its own parts, the rest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.ledger.roles import part_roles_of, roster_name
from rectify_xl.schema.conversion import shown_in
from rectify_xl.schema.fields import STATUS
from rectify_xl.tasks import by_part, measure_keys, value_of_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.decision_records import ConflictSide
    from rectify_xl.ledger.draft import Draft, TaskDraft
    from rectify_xl.schema.fields import Field


def taken_by_parts(draft: Draft, task: TaskDraft, known: Field, side: ConflictSide) -> Any:  # noqa: ANN401 - a cell holds anything
    """What the ledger is to show: of each part the word of the unit that was taken, else that of its lead.

    None where one unit leads the whole, where nobody knows of which part a report is, or where the unit has said something
    else since: then what was taken stands for the whole.
    """
    schema, reports = draft.campaign.schema, draft.reports[task.key]
    led = part_roles_of(task.values, task.parts, [report.parts for report in reports], draft.campaign)
    if not led.roles:
        return None
    said, measures = {}, measure_keys(led.parts)
    for report in reports:
        rows = by_part(schema.fields, measures, report.values, report.parts)
        if rows is None:
            return None
        said[roster_name(draft.campaign, report.unit)] = (rows, report.values)
    taken = roster_name(draft.campaign, side.unit)
    if taken not in said or shown_in(known, said[taken][1].get(known.key)) != side.value:
        return None

    def each(key: str) -> Iterator[Any]:
        for at, roles in enumerate(led.roles):
            words = {unit: rows[at][key] for unit, (rows, _) in said.items() if at in rows and rows[at][key] is not None}
            yield next((words[unit] for unit in (taken, *roles.lead, *words) if unit in words), None)

    done = STATUS in schema and all(state in schema.states.closed for state in each(STATUS))
    return value_of_parts(schema, known, [*each(known.key)], done=done)
