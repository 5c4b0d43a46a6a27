"""A Template -> the bytes of its workbook: the list to fill in, 填报说明, and the hidden sheet of choices and stamp.

A dispatched workbook has 本期要求 and 延期申请 behind the list, and the hidden sheet 派发底稿 last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.dispatching import DispatchForm
from rectify_xl.provenance.stamp import ASKED_SHEET, CHOICES_SHEET, DISPATCHED_SHEET, EXTENSION_SHEET, GUIDE_SHEET, TEMPLATE
from rectify_xl.workbook.form.asked import write_asked
from rectify_xl.workbook.form.choices import write_choices
from rectify_xl.workbook.form.dispatched import mark_roles, write_dispatched
from rectify_xl.workbook.form.entry import add_dropdowns_and_marks
from rectify_xl.workbook.form.extension import write_extension
from rectify_xl.workbook.form.growing_worksheet import FormPaper
from rectify_xl.workbook.form.guide import write_guide
from rectify_xl.workbook.form.task_sheet import write_task_sheet
from rectify_xl.workbook.lists import Setting
from rectify_xl.workbook.new_workbook import NewWorkbook
from rectify_xl.workbook.theme import AMBER, GREEN, MUTED, NAVY

if TYPE_CHECKING:
    from rectify_xl.template import Template


def template_package(template: Template) -> NewWorkbook:
    """All sheets of a template, written."""
    name = template.schema.label[template.lang]
    setting = Setting(template.lang, template.made_on, template.campaign.name, name)
    package = NewWorkbook(TEMPLATE, template.campaign, setting, template.stamp)
    tasks = package.add_sheet(name[:31], NAVY, FormPaper)
    if isinstance(template, DispatchForm):
        write_asked(package.add_sheet(ASKED_SHEET[template.lang], AMBER), template)
        if template.extendable:
            write_extension(package.add_sheet(EXTENSION_SHEET[template.lang], GREEN), template)
    guide = package.add_sheet(GUIDE_SHEET[template.lang], GREEN)
    choices = package.add_sheet(CHOICES_SHEET[template.lang], MUTED)
    sources = write_choices(package.book, choices, template)
    write_task_sheet(tasks, template)
    add_dropdowns_and_marks(tasks, template, sources)
    write_guide(guide, template)
    if isinstance(template, DispatchForm) and template.rows:
        mark_roles(tasks, template)
        write_dispatched(package.add_sheet(DISPATCHED_SHEET[template.lang], MUTED), template)
    return package
