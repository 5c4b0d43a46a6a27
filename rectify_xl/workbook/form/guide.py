"""填报说明: what to know, then per column how to fill it in and what is reported, with a wrong and a right example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.findings import SEVERITY_LABELS
from rectify_xl.common.text_layout import line_count, row_height
from rectify_xl.template import entries, tips
from rectify_xl.workbook import page

if TYPE_CHECKING:
    from rectify_xl.template import Entry, Template
    from rectify_xl.workbook.sheet import SheetWriter

# Column, who, required, how; then rule, weight, wrong, right.
_WIDTHS = (12.0, 11.0, 11.0, 32.0, 30.0, 7.0, 34.0, 34.0)
_COLUMN_PARTS = 4
_LOOKS = {"office": "group-office", "unit": "group-unit", "red": "sample-red", "required": "must-office"}


def write_guide(sheet: SheetWriter, template: Template) -> None:
    """Write the sheet."""
    say, theme, paper = template.say, sheet.theme, sheet.paper
    for at, width in enumerate(_WIDTHS):
        paper.set_column(at, at, width)
    title = say("填报说明", "How to fill in")
    sheet.put(0, 0, title, theme["title-centre"], span=len(_WIDTHS))
    paper.set_row(0, 32)
    row = _tips(sheet, template, 1)
    heads = (
        say("列名", "Column"), say("谁填", "Who"), say("必填", "Required"), say("怎么填", "How"),
        say("校验时会指出", "What is reported"), say("级别", "Level"), say("错误写法", "Wrong"), say("正确写法", "Right"),
    )  # fmt: skip
    for at, head in enumerate(heads):
        sheet.put(row, at, head, theme["head"])
    paper.set_row(row, 26)
    head_row = row
    for entry in entries(template):
        row = _entry(sheet, template, row + 1, entry)
    paper.freeze_panes(head_row + 1, 1)
    paper.hide_gridlines(2)
    paper.repeat_rows(head_row)
    page.set_up(paper, width=sum(_WIDTHS), left=template.title, right=title, lang=template.lang)


def _tips(sheet: SheetWriter, template: Template, row: int) -> int:
    """The sentences at the top; the row after them."""
    theme = sheet.theme
    for number, tip in enumerate(tips(template), 1):
        if tip.sample == "fixed":
            look = theme.entry("@", "center", fixed=True)
        elif tip.sample:
            look = theme[_LOOKS[tip.sample]]
        else:
            look = theme["tip"]
        sheet.put(row, 0, tip.sample_text or None, look)
        sheet.put(row, 1, f"{number}. {tip.text}", theme["tip"], span=len(_WIDTHS) - 1)
        sheet.paper.set_row(row, row_height(line_count(tip.text, sum(_WIDTHS[1:]))))
        row += 1
    return row


def _entry(sheet: SheetWriter, template: Template, row: int, entry: Entry) -> int:
    """One column's part; its last row."""
    theme = sheet.theme
    left = (entry.label, entry.owner, entry.required, entry.how)
    heights = [
        max(row_height(max(_lines(note.title, 4), _lines(note.wrong, 6), _lines(note.right, 7))), row_height(1))
        for note in entry.notes
    ] or [row_height(1)]
    missing = row_height(max(_lines(text, at) for at, text in enumerate(left))) - sum(heights)
    heights[-1] += max(0.0, missing)
    last = row + len(heights) - 1
    kind = "block" if last > row else "wrapped"
    for at, text in enumerate(left):
        look = theme[kind if at == _COLUMN_PARTS - 1 else f"{kind}-centre"]
        if last > row:
            sheet.paper.merge_range(row, at, last, at, "", look)
        sheet.put(row, at, text or None, look)
    for at, height in enumerate(heights):
        sheet.paper.set_row(row + at, height)
    for at, note in enumerate(entry.notes, row):
        sheet.put(at, 4, note.title, theme["wrapped"])
        sheet.put(at, 5, SEVERITY_LABELS[note.severity][template.lang], theme["wrapped-centre"])
        sheet.put(at, 6, note.wrong, theme["wrapped"])
        sheet.put(at, 7, note.right, theme["wrapped"])
    if not entry.notes:
        for at in range(_COLUMN_PARTS, len(_WIDTHS)):
            sheet.put(row, at, None, theme["wrapped"])
    return last


def _lines(text: str, column: int) -> int:
    return line_count(text, _WIDTHS[column])
