"""The hidden sheet 派发底稿: every row with its texts as they are sent out, and the roles of the list in two colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.intake.dispatched import KEY_HEADING
from rectify_xl.provenance.carried import ROLE
from rectify_xl.workbook.form import shape

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.dispatching import DispatchForm
    from rectify_xl.dispatching.assignments import Role
    from rectify_xl.workbook.sheet import SheetWriter

_LOOKS: Mapping[Role, str] = {"lead": "flag-blue", "cooperating": "flag-amber"}


def write_dispatched(sheet: SheetWriter, form: DispatchForm) -> None:
    """Write the sheet: field keys in the first row, then one row per row of the list, all as text."""
    look = sheet.theme.entry("@", "left", fixed=True)
    columns = {key: at for at, key in enumerate(form.schema.keys, 1)}
    for at, key in enumerate((KEY_HEADING, *columns)):
        sheet.put(0, at, key, look)
    for row, (key, texts) in enumerate(form.sent.items(), 1):
        sheet.put(row, 0, key, look)
        for field, text in texts.items():
            sheet.put(row, columns[field], text, look)
    sheet.paper.protect("")
    # As the sheet of choices: Excel and WPS do not offer to show it.
    sheet.paper.very_hidden()


def mark_roles(sheet: SheetWriter, form: DispatchForm) -> None:
    """Tell the tasks that the unit leads from those in which it cooperates, at a glance."""
    label = ROLE.in_language(form.lang)
    at = next(at for at, known in enumerate(form.columns) if known.label[form.lang] == label)
    last = shape.FIRST_ROW + len(form.rows) - 1
    for role, look in _LOOKS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{form.role_word(role)}"', "format": sheet.theme[look]}
        sheet.paper.conditional_format(shape.FIRST_ROW, at, last, at, rule)
