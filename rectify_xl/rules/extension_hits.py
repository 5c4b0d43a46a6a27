"""What the rules on extensions share: where a request stands, and what it asks to put off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.rules.hits import Hit

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.collection.collection import Collection
    from rectify_xl.collection.extension_request import Request

REGISTER = "延期"


def at_request(request: Request, column: str, **facts: Any) -> Hit:  # noqa: ANN401 - facts are of any kind
    """A hit at a request: in the list in which it came, else in the register."""
    cell = (request.cells or {}).get(column)
    return Hit(
        file=request.file or None, sheet=request.sheet or REGISTER, cell=cell, task_id=name_of_task(request),
        facts={"task": name_of_task(request), "unit": request.unit, **facts},
    )  # fmt: skip


def in_register(request: Request, **facts: Any) -> Hit:  # noqa: ANN401 - as above
    """A hit about a task of the register, wherever its last request came."""
    name = name_of_task(request)
    return Hit(sheet=REGISTER, task_id=name, facts={"task": name, "unit": request.unit, **facts})


def name_of_task(request: Request) -> str:
    """By what a message calls the task."""
    return request.task_id or request.key


def due_of(collection: Collection, request: Request) -> date | None:
    """When the task is due as the last master has it, extensions that were granted included."""
    return collection.base.due.get(request.key) if collection.base else None
