"""The sheet to fill in: title, unit and date, groups, headings, rows; looks, locks and print set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.text_layout import line_count, row_height
from rectify_xl.schema.conversion import shown
from rectify_xl.template.guide import owner_words
from rectify_xl.workbook import page
from rectify_xl.workbook.form import shape

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from rectify_xl.schema.fields import Field
    from rectify_xl.template import Template
    from rectify_xl.workbook.sheet import SheetWriter

_TITLE_SCALE = 1.6
_WHO = (11.0, 24.0, 11.0, 13.0)  # unit, its name, date, the day
_SCREEN = 160.0  # Latin digits that a screen shows side by side
_FROZEN = 55.0  # of which frozen columns may take so many
# Whatever helps to fill in and harms nothing.
_ALLOWED = {
    "format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True, "insert_hyperlinks": True,
    "delete_rows": True, "sort": True,
}  # fmt: skip


def write_task_sheet(sheet: SheetWriter, template: Template) -> None:
    """Write the sheet without its dropdowns and marks."""
    sizes = shape.widths(template)
    for at, (known, size) in enumerate(zip(template.columns, sizes, strict=True)):
        # What lies below the rows made ready is open too.
        look = sheet.theme.entry(shape.number_format(known), shape.alignment(known), bare=True)
        sheet.paper.set_column(at, at, size or None, look, {"hidden": template.is_hidden(known)})
    _head(sheet, template, sizes)
    rows = (*template.filled, *[{}] * template.blank_rows)
    for row, given in enumerate(rows, shape.FIRST_ROW):
        _row(sheet, template, row, given, sizes)
    _view(sheet, template, sizes)


def _head(sheet: SheetWriter, template: Template, sizes: list[float]) -> None:
    theme, paper = sheet.theme, sheet.paper
    sheet.put(shape.TITLE_ROW, 0, template.title, theme["title-centre"], span=sum(map(bool, sizes)))
    lines = line_count(template.title, sum(sizes) / _TITLE_SCALE)
    paper.set_row(shape.TITLE_ROW, row_height(lines, _TITLE_SCALE) + 4)
    _who(sheet, template, sizes)
    at = 0
    for owner, count in template.groups:
        sheet.put(shape.GROUP_ROW, at, owner_words(template, owner), theme[f"group-{owner}"], span=count)
        at += count
    paper.set_row(shape.GROUP_ROW, 20)
    looks = {"office": ("head", "must-office"), "unit": ("head-unit", "must-unit")}
    for at, known in enumerate(template.columns):
        look = looks[known.owner][bool(known.required)]
        sheet.put(shape.HEAD_ROW, at, known.label[template.lang], theme[look])
    labels = zip(template.columns, sizes, strict=True)
    tallest = max(line_count(known.label[template.lang], size) for known, size in labels if size)
    paper.set_row(shape.HEAD_ROW, row_height(tallest) + 8)


def _who(sheet: SheetWriter, template: Template, sizes: list[float]) -> None:
    """The line of unit and date, which the reader knows by its labels."""
    theme, row = sheet.theme, shape.WHO_ROW
    unit = theme.entry("@", "left", fixed=bool(template.unit))
    day = theme.entry("yyyy-mm-dd", "center")
    # The labels are Chinese in both languages: they are what the reader looks for.
    parts = (
        ("填报单位：", theme["caption"]), (template.unit or None, unit), ("填报日期：", theme["caption"]), (None, day),
        (template.note, theme["aside"]),
    )  # fmt: skip
    needs = (*_WHO, max(_SCREEN - sum(_WHO), 0))
    at = 0
    for (value, look), span in zip(parts, shape.spans(sizes, needs), strict=True):
        if span:
            sheet.put(row, at, value, look, span=span)
        at += span
    sheet.paper.set_row(row, 24)


def who_cells(template: Template) -> tuple[int, int]:
    """The columns of the unit's name and of the day in the line above the table."""
    label, name, other, _ = shape.spans(shape.widths(template), _WHO)
    return label, label + name + other


def _row(sheet: SheetWriter, template: Template, row: int, given: Mapping[str, Any], sizes: list[float]) -> None:
    lines = 1
    for at, (known, size) in enumerate(zip(template.columns, sizes, strict=True)):
        value = given.get(known.key)
        if known.is_text and value is not None:
            value = shown(value)  # in a cell set to text a day would show as its serial number
        sheet.put(row, at, value, _look(sheet, template, given, known))
        lines = max(lines, line_count(shown(value), size) if size else 1)
    sheet.paper.set_row(row, max(shape.ENTRY_HEIGHT, row_height(lines)))


def _look(sheet: SheetWriter, template: Template, given: Mapping[str, Any], known: Field) -> Any:  # noqa: ANN401 - XlsxWriter's
    fixed = template.is_fixed(given, known)
    return sheet.theme.entry(shape.number_format(known), shape.alignment(known), fixed=fixed)


def _view(sheet: SheetWriter, template: Template, sizes: list[float]) -> None:
    """Frozen panes, protection, zoom and print set-up."""
    paper = sheet.paper
    paper.grows_from = shape.FIRST_ROW
    frozen, width = 0, 0.0
    while sum(sizes) > _SCREEN and width + sizes[frozen] <= _FROZEN:
        width += sizes[frozen]
        frozen += 1
    paper.freeze_panes(shape.FIRST_ROW, frozen)
    paper.protect("", _ALLOWED | {"autofilter": bool(template.filled)})
    if template.filled:
        paper.autofilter(shape.HEAD_ROW, 0, shape.HEAD_ROW + len(template.filled) + template.blank_rows, len(sizes) - 1)
    paper.hide_gridlines(2)
    paper.set_zoom(100)
    paper.set_selection(shape.FIRST_ROW, 0, shape.FIRST_ROW, 0)
    paper.repeat_rows(shape.GROUP_ROW, shape.HEAD_ROW)
    last = shape.FIRST_ROW + len(template.filled) + template.blank_rows + shape.SPARE_ROWS
    paper.ignore_errors({"number_stored_as_text": f"A1:{page.corner(last, len(sizes) - 1)}"})
    right = template.unit or template.say("填报单位：", "Unit:") + "__________"
    left = f"{template.title} {template.campaign.round_id}".strip()
    page.set_up(paper, width=sum(sizes), left=left, right=right, lang=template.lang)
