"""延期申请: the tasks that the unit leads and has not done, each with room to ask for a later deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.text_layout import line_count, row_height
from rectify_xl.intake.extension_requests import ASKED_ON, DEADLINE, NEW_DEADLINE, NUMBER, PROBLEM, REASON
from rectify_xl.provenance.carried import KEY
from rectify_xl.provenance.stamp import EXTENSION_SHEET
from rectify_xl.schema.conversion import shown
from rectify_xl.workbook import page

if TYPE_CHECKING:
    from rectify_xl.dispatching import DispatchForm
    from rectify_xl.workbook.sheet import SheetWriter

# Number, problem, deadline, asked on, new deadline, reason, key.
_WIDTHS = (9.0, 44.0, 18.0, 13.0, 16.0, 40.0, 0.0)
_HEADINGS = (NUMBER, PROBLEM, DEADLINE, ASKED_ON, NEW_DEADLINE, REASON, KEY)
_OPEN = (("yyyy-mm-dd", "center"), ("@", "center"), ("@", "left"))
_HEAD_ROW = 2


def write_extension(sheet: SheetWriter, form: DispatchForm) -> None:
    """Write the sheet."""
    theme, paper, say = sheet.theme, sheet.paper, form.say
    for at, width in enumerate(_WIDTHS):
        paper.set_column(at, at, width or 9.0, None, {} if width else {"hidden": True})
    name = EXTENSION_SHEET[form.lang]
    sheet.put(0, 0, say(f"{name}（{form.unit}）", f"{name}: {form.unit}"), theme["title-centre"], span=len(_WIDTHS) - 1)
    paper.set_row(0, 34)
    note = say(
        "到期以前需要延期的，在该任务一行填写申请日期、新时限和理由，不需要的留空。批准以前原时限照算。",
        "To ask for a later deadline fill in the day, the new deadline and the reason in the row of the task, before it is due;"
        " leave the others blank. Until it is granted the old deadline counts.",
    )
    sheet.put(1, 0, note, theme["paste"], span=len(_WIDTHS) - 1)
    paper.set_row(1, row_height(line_count(note, sum(_WIDTHS))))
    for at, heading in enumerate(_HEADINGS):
        sheet.put(_HEAD_ROW, at, heading.in_language(form.lang), theme["head"])
    for at, (key, values) in enumerate(form.extendable.items(), _HEAD_ROW + 1):
        fixed = [shown(values.get(field)) or None for field in ("task_id", "problem", "deadline")]
        fixed[1] = fixed[1] or shown(values.get("measures")) or None
        for column, text in enumerate(fixed):
            sheet.put(at, column, text, theme.entry("@", "left" if column == 1 else "center", fixed=True))
        for column, (number_format, align) in enumerate(_OPEN, len(fixed)):
            sheet.put(at, column, None, theme.entry(number_format, align))
        sheet.put(at, len(_WIDTHS) - 1, key, theme.entry("@", "left", fixed=True))
        paper.set_row(at, row_height(max(line_count(text or "", _WIDTHS[column]) for column, text in enumerate(fixed))))
    paper.freeze_panes(_HEAD_ROW + 1, 0)
    paper.repeat_rows(_HEAD_ROW)
    paper.hide_gridlines(2)
    paper.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
    left = f"{form.title} {form.campaign.round_id}".strip()
    page.set_up(paper, width=sum(_WIDTHS), left=left, right=form.unit, lang=form.lang)
