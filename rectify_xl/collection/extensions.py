"""Requests for a later deadline: those in this round's lists, and those of the last master with the office's answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.extension_request import Request
from rectify_xl.common.days import parse_day
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.text_keys import number_key, text_key
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from rectify_xl.collection.base import Base, BaseTask
    from rectify_xl.collection.collection import Collection
    from rectify_xl.intake.submission import ExtensionRow, Submission

GRANTED, REFUSED = Text("同意", "Granted"), Text("不同意", "Refused")


def granted(decision: str) -> bool | None:
    """What an answer of the office says; None where it says neither."""
    said = text_key(decision)
    if said in (text_key(GRANTED.zh), text_key(GRANTED.en)):
        return True
    return False if said in (text_key(REFUSED.zh), text_key(REFUSED.en)) else None


def day_of(value: Any) -> date | None:  # noqa: ANN401 - a cell holds anything
    """The day that a cell names; None for any other text."""
    if isinstance(value, date):
        return value
    try:
        return parse_day(shown(value))
    except RectifyError:
        return None


def new_requests(collection: Collection) -> tuple[Request, ...]:
    """What this round's lists ask for, without what the last master has already."""
    return collection.once(_new_requests)


def _new_requests(collection: Collection) -> tuple[Request, ...]:
    known = {one.same_as for one in collection.base.extensions} if collection.base else set()
    found: dict[tuple[str, ...], Request] = {}
    for submission in collection.submissions:
        if submission.status == "accepted":
            for row in submission.extensions:
                request = _request(collection, submission, row)
                if request.same_as not in known:
                    found[request.same_as] = request
    return tuple(found.values())


def _request(collection: Collection, submission: Submission, row: ExtensionRow) -> Request:
    task = _task_of(collection.base, row) if collection.base else None
    values = task.values if task else {}
    new = row.new_deadline if isinstance(row.new_deadline, date) else shown(row.new_deadline)
    reading = collection.read_deadline(new) if new else None
    return Request(
        task.key if task else "" if collection.base else row.key,
        shown(values.get("task_id")) or row.task_id,
        collection.reporting[submission.path].unit,
        day_of(row.asked_on) or submission.filled_on,
        values.get("deadline"),
        new,
        max(reading.due, default=None) if reading else None,
        row.reason,
        file=submission.path,
        sheet=row.sheet,
        row=row.row,
        cells=row.cells,
    )


def _task_of(base: Base, row: ExtensionRow) -> BaseTask | None:
    """The task of the last master for which a row asks: by its key, in a row that the unit has added by the number."""
    if row.key or not row.task_id:
        return base.by_key.get(row.key)
    same = [task for task in base.tasks if number_key(shown(task.values.get("task_id"))) == number_key(row.task_id)]
    return same[0] if len(same) == 1 else None


def all_requests(collection: Collection) -> tuple[Request, ...]:
    """Those of the last master, then the new ones."""
    return (*(collection.base.extensions if collection.base else ()), *new_requests(collection))
