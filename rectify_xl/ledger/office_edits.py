"""What the office has changed in its master by its own hand since a merge wrote it, decisions aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ledger.difference import difference_of
from rectify_xl.ledger.draft import same_text
from rectify_xl.ledger.records import ChangeRecord

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.master import Master

EDITED = "edited"


def edits_of(written: Master, saved: Master) -> tuple[ChangeRecord, ...]:
    """The values and the tasks of 总台账 that are not as they were written.

    Args:
        written: the master as the last merge wrote it.
        saved: as it was found. What summarize has applied of the office's decisions stands in its 变更记录 already.
    """
    logged = {(change.key, change.field): change.new for change in saved.changes[len(written.changes) :]}

    def is_logged(edit: ChangeRecord) -> bool:
        new = logged.get((edit.key, edit.field))
        return new is not None and same_text(new, edit.new)

    return tuple(edit for edit in _edits(written, saved) if not is_logged(edit))


def _edits(written: Master, saved: Master) -> Iterator[ChangeRecord]:
    found, round_id = difference_of(written, saved), written.campaign.round_id
    for value in found.changed:
        yield ChangeRecord(
            value.task_id, value.field, value.old, value.new, "", round_id, key=value.key, outcome=EDITED
        )  # fmt: skip
    for task in found.added:
        yield ChangeRecord(task.task_id, "", "", task.text, "", round_id, key=task.key, outcome=EDITED)
    for task in found.removed:
        yield ChangeRecord(task.task_id, "", task.text, "", "", round_id, key=task.key, outcome=EDITED)
