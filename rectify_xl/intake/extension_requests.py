"""The sheet 延期申请 of a dispatched workbook: for which tasks the unit asks for a later deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1
from rectify_xl.common.i18n import Text
from rectify_xl.common.text_keys import heading_key
from rectify_xl.common.unreadable import UNREADABLE
from rectify_xl.intake.submission import ExtensionRow
from rectify_xl.provenance.carried import KEY, task_key
from rectify_xl.provenance.stamp import EXTENSION_SHEET
from rectify_xl.schema.conversion import blank_to_none, shown, without_midnight

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.intake.grid import Sheet, Workbook

NUMBER = Text("任务编号", "Task no.")
PROBLEM = Text("问题描述", "Problem")
DEADLINE = Text("现时限", "Deadline now")
ASKED_ON = Text("申请日期", "Asked on")
NEW_DEADLINE = Text("新时限", "New deadline")
REASON = Text("理由", "Reason")
_NAMES = frozenset(EXTENSION_SHEET.values())
_FILLED_IN = ("asked_on", "new_deadline", "reason")
_HEADINGS = {
    "task_id": NUMBER, "asked_on": ASKED_ON, "new_deadline": NEW_DEADLINE, "reason": REASON, "key": KEY,
}  # fmt: skip
_HEAD_ROWS = 20


def take_extensions(workbook: Workbook, stamp: Mapping[str, str]) -> tuple[tuple[ExtensionRow, ...], set[str]]:
    """The requests, and the names of the sheets on which they stand, which are taken out of the workbook."""
    found: list[ExtensionRow] = []
    ours: set[str] = set()
    for sheet in workbook.sheets if stamp else ():
        columns = _columns(sheet) if sheet.name in _NAMES else None
        if columns:
            found += _rows(sheet, *columns)
            ours.add(sheet.name)
    workbook.sheets = [sheet for sheet in workbook.sheets if sheet.name not in ours]
    return tuple(found), ours


def _columns(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of headings and the column of each; None where they are not there."""
    for row in sorted(sheet.cells)[:_HEAD_ROWS]:
        keys = {heading_key(value): at for at, value in sheet.cells[row].items() if isinstance(value, str)}
        found = {
            name: at for name, text in _HEADINGS.items() for label in (text.zh, text.en) if (at := keys.get(heading_key(label)))
        }
        if {"new_deadline", "reason"} <= found.keys():
            return row, found
    return None


def _rows(sheet: Sheet, head: int, columns: Mapping[str, int]) -> list[ExtensionRow]:
    found = []
    for row in sorted(at for at in sheet.cells if at > head):
        cells = {name: _value(sheet, row, at) for name, at in columns.items()}
        if any(cells.get(name) is not None for name in _FILLED_IN):
            found.append(ExtensionRow(
                sheet.name, row, task_key(shown(cells.get("key"))), shown(cells.get("task_id")), cells.get("asked_on"),
                cells.get("new_deadline"), shown(cells.get("reason")), {name: a1(row, at) for name, at in columns.items()},
            ))  # fmt: skip
    return found


def _value(sheet: Sheet, row: int, column: int) -> Any:  # noqa: ANN401 - a cell holds anything
    value = without_midnight(blank_to_none(sheet.value(row, column)))
    return str(value) if isinstance(value, UNREADABLE) else value
