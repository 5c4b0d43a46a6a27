"""What helps while typing: hints, dropdowns, checks of dates and percentages, and cells that turn red."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.template import column_formats
from rectify_xl.workbook.form import shape
from rectify_xl.workbook.form.task_sheet import who_cells
from rectify_xl.workbook.page import corner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.schema.fields import Field
    from rectify_xl.template import Template
    from rectify_xl.workbook.sheet import SheetWriter

_MAX_TITLE, _MAX_MESSAGE = 32, 255  # Excel's limits
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


def add_dropdowns_and_marks(sheet: SheetWriter, template: Template, sources: Mapping[str, list[str] | str]) -> None:
    """Every column's hint and check, and the red marks, down to the last spare row."""
    ready = shape.FIRST_ROW + len(template.filled) + template.blank_rows
    last = ready + shape.SPARE_ROWS - 1
    for at, known in enumerate(template.columns):
        options = {**_hint(known, template), **_check(known, template, sources.get(known.key))}
        if options.get("input_message") or options["validate"] != "any":
            sheet.paper.data_validation(shape.FIRST_ROW, at, last, at, options)
    _unit_and_day(sheet, template, sources)
    columns = {known.key: at for at, known in enumerate(template.columns)}
    for mark in column_formats(template.schema, shape.FIRST_ROW + 1, template.columns):
        at = columns[mark.key]
        rule = {"type": "formula", "criteria": f"={mark.formula}", "format": sheet.theme["entry-red"]}
        sheet.paper.conditional_format(shape.FIRST_ROW, at, last, at, rule)
    # Rows below those made ready get their borders as soon as something stands in them.
    end = corner(ready, len(columns) - 1).rstrip("0123456789")
    used = {"type": "formula", "criteria": f"=COUNTA($A{ready + 1}:${end}{ready + 1})>0", "format": sheet.theme["grid"]}
    sheet.paper.conditional_format(ready, 0, last, len(columns) - 1, used)


def _hint(known: Field, template: Template) -> dict[str, Any]:
    hint = known.hint.get(template.lang, "")
    message = hint if len(hint) <= _MAX_MESSAGE else f"{hint[: _MAX_MESSAGE - 1]}…"
    return {"input_title": known.label[template.lang][:_MAX_TITLE], "input_message": message} if message else {}


def _check(known: Field, template: Template, source: list[str] | str | None) -> dict[str, Any]:
    say = template.say
    if source is not None:
        others = template.choices[known.key].others
        return {
            "validate": "list",
            "source": source,
            "show_error": others != "take",
            "error_type": "stop" if others == "refuse" else "warning",
            "error_title": known.label[template.lang][:_MAX_TITLE],
            "error_message": say("请从下拉列表中选择。", "Choose from the list.") if others == "refuse"
            else say("这一内容不在名单中，确认无误可以继续。", "This is not on the list; go on if it is right."),
        }  # fmt: skip
    if known.kind == "date":
        return _day_check(template)
    if known.kind == "percent":
        message = say("请填写 0% 到 100% 之间的完成率。", "Fill in 0 % to 100 %.")
        return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1, "error_message": message}
    if known.kind == "number":
        message = say("请填写数字。", "Fill in a number.")
        return {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15, "error_message": message}
    return {"validate": "any"}


def _day_check(template: Template) -> dict[str, Any]:
    message = template.say("请按“2026-08-31”的样子填写日期。", "Fill in a date such as 2026-08-31.")
    days = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
    return {**days, "error_title": template.say("日期", "Date"), "error_message": message}


def _unit_and_day(sheet: SheetWriter, template: Template, sources: Mapping[str, list[str] | str]) -> None:
    """The line above the table. A short name of the unit is understood too, so nothing is refused."""
    say = template.say
    unit, day = who_cells(template)
    source = next((sources[key] for key in template.schema.with_role("units") if key in sources), None)
    choices = {"validate": "list", "source": source, "show_error": False} if source else {"validate": "any"}
    options = {**choices, "input_title": say("填报单位", "Unit"), "input_message": say("单位全称。", "The reporting unit.")}
    if not template.unit:
        sheet.paper.data_validation(shape.WHO_ROW, unit, shape.WHO_ROW, unit, options)
    hint = {"input_title": say("填报日期", "Date"), "input_message": say("填写这份清单的日期。", "The day of filling in.")}
    sheet.paper.data_validation(shape.WHO_ROW, day, shape.WHO_ROW, day, {**_day_check(template), **hint})
