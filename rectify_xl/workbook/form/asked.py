"""本期要求: one page that says what the office asks of the unit; made to be read and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.text_layout import line_count, row_height
from rectify_xl.provenance.stamp import ASKED_SHEET
from rectify_xl.workbook import page

if TYPE_CHECKING:
    from rectify_xl.dispatching import DispatchForm, Request
    from rectify_xl.workbook.sheet import SheetWriter

# Number, task, how it stands, what is asked.
_WIDTHS = (6.0, 16.0, 76.0, 44.0)
_BIG = 1.1  # the size of the sentences against 10 pt


def write_asked(sheet: SheetWriter, form: DispatchForm) -> None:
    """Write the sheet."""
    say, theme, paper = form.say, sheet.theme, sheet.paper
    for at, width in enumerate(_WIDTHS):
        paper.set_column(at, at, width)
    name = ASKED_SHEET[form.lang]
    title = say(f"{name}（{form.unit}）", f"{name}: {form.unit}")
    sheet.put(0, 0, title, theme["title-centre"], span=len(_WIDTHS))
    paper.set_row(0, 34)
    row = _facts(sheet, form)
    for sentence in form.asked.sentences:
        sheet.put(row, 0, sentence, theme["paste"], span=len(_WIDTHS))
        paper.set_row(row, row_height(line_count(sentence, sum(_WIDTHS) / _BIG), _BIG))
        row += 1
    head_row = row
    if form.asked.sections:
        row = _requests(sheet, form, row)
        paper.repeat_rows(head_row)
    paper.hide_gridlines(2)
    paper.protect("", {"format_columns": True, "format_rows": True})
    left = f"{form.title} {form.campaign.round_id}".strip()
    page.set_up(paper, width=sum(_WIDTHS), left=left, right=form.unit, lang=form.lang)


def _facts(sheet: SheetWriter, form: DispatchForm) -> int:
    """The line of round, due date and office; the row after it."""
    campaign, say = form.campaign, form.say
    parts = [say(f"轮次 {campaign.round_id}", f"Round {campaign.round_id}")] if campaign.round_id else []
    parts += [say(f"报送截止 {campaign.round_due}", f"due on {campaign.round_due}")] if campaign.round_due else []
    parts += [campaign.issuer] if campaign.issuer else []
    parts.append(say(f"截至 {form.made_on}", f"as of {form.made_on}"))
    sheet.put(1, 0, " · ".join(parts), sheet.theme["subtitle"], span=len(_WIDTHS))
    sheet.paper.set_row(1, 22)
    return 2


def _requests(sheet: SheetWriter, form: DispatchForm, row: int) -> int:
    say, theme = form.say, sheet.theme
    heads = (say("次序", "No."), say("涉及任务", "Concerns"), say("现在的情况", "How it stands"), say("请办理", "Please"))
    for at, head in enumerate(heads):
        sheet.put(row, at, head, theme["head"])
    sheet.paper.set_row(row, 24)
    row += 1
    number = 0
    for section in form.asked.sections:
        count = len(section.requests)
        title = say(f"{section.title}（{count} 条）", f"{section.title} ({count})")
        sheet.put(row, 0, title, theme["section"], span=len(_WIDTHS))
        sheet.paper.set_row(row, 26)
        row += 1
        for request in section.requests:
            number += 1
            row = _request(sheet, row, number, request)
    return row


def _request(sheet: SheetWriter, row: int, number: int, request: Request) -> int:
    theme = sheet.theme
    sheet.put(row, 0, number, theme["line-number"])
    texts = (request.task, request.state, request.please)
    for at, (text, look) in enumerate(zip(texts, ("wrapped-centre", "wrapped", "wrapped"), strict=True), 1):
        sheet.put(row, at, text or None, theme[look])
    sheet.paper.set_row(row, row_height(max(line_count(text, _WIDTHS[at]) for at, text in enumerate(texts, 1))))
    return row + 1
