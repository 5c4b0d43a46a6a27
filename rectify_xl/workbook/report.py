"""Report -> the bytes of ``validate -o REPORT.xlsx``: 汇总, 按单位, 问题清单, 按规则 and, where there are any, 已豁免."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ledger.master import Master
from rectify_xl.ledger.sheets import findings as findings_sheet
from rectify_xl.ledger.sheets.context import SheetContext
from rectify_xl.provenance.stamp import REPORT
from rectify_xl.workbook import report_tables as tables
from rectify_xl.workbook.lists import Setting, write_list
from rectify_xl.workbook.new_workbook import NewWorkbook
from rectify_xl.workbook.theme import AMBER, GREEN, NAVY

if TYPE_CHECKING:
    from rectify_xl.validation.report import Report


def report_package(report: Report, lang: str) -> NewWorkbook:
    """All sheets of a report, written."""
    # A master without tasks has the findings' sheet in the same form as the real master.
    records = findings_sheet.finding_records(report.findings)
    context = SheetContext(Master(report.collection.campaign, report.as_of, findings=records), lang)
    findings = findings_sheet.render(context)
    setting = Setting(lang, report.as_of, report.collection.campaign.name, context.overview_name)
    package = NewWorkbook(REPORT, report.collection.campaign, setting)
    lists = [tables.by_unit(report, context), findings, tables.by_rule(report, context)]
    if report.silenced or report.idle:
        lists.append(tables.exempted(report, context))
    overview = package.add_sheet(setting.overview, NAVY)
    colour = AMBER if report.findings else GREEN
    sheets = [package.add_sheet(content.name, colour) for content in lists]
    write_list(overview, tables.overview(report, context, setting.overview), setting, leads_to=findings.name)
    for sheet, content in zip(sheets, lists, strict=True):
        write_list(sheet, content, setting)
    return package
