"""Report -> the bytes of ``validate -o REPORT.xlsx``: 汇总 (per file and per rule) and 问题清单."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.ledger import Master
from rectify_xl.model import SEVERITY_LABELS, Severity
from rectify_xl.stamp import REPORT
from rectify_xl.summary import Column, ListSheet, Summary
from rectify_xl.workbook.digest import KEYS
from rectify_xl.workbook.lists import Setting, write_list
from rectify_xl.workbook.package import Package
from rectify_xl.workbook.theme import AMBER, GREEN, NAVY

if TYPE_CHECKING:
    from rectify_xl.judge import Report
    from rectify_xl.model import Finding

_STATES = {
    "accepted": ("已采用", "accepted"),
    "rejected": ("未采用", "rejected"),
    "skipped": ("不是报送文件", "skipped"),
}


def report_package(report: Report, lang: str) -> Package:
    """Both sheets of a report, written."""
    # A master without tasks has the findings' sheet in the same form as the real master.
    summary = Summary(Master(report, (), ()), lang)
    findings = dict(zip(KEYS, summary.sheets(), strict=True))["findings"]
    home = summary.view.say("汇总", "Overview")
    campaign = report.book.campaign
    setting = Setting(lang, report.as_of, campaign.name, home)
    package = Package(REPORT, campaign, setting)
    overview = package.add_sheet(home, NAVY)
    detail = package.add_sheet(findings.name, AMBER if report.findings else GREEN)
    write_list(overview, _overview(report, summary, setting), setting, leads_to=findings.name)
    write_list(detail, findings, setting)
    return package


def _overview(report: Report, summary: Summary, setting: Setting) -> ListSheet:
    """Files, then rules, in one list: what it is about, where, and how many findings of each severity."""
    say = setting.say
    columns = (
        Column(say("统计", "Counted by"), width=10),
        Column(say("文件或规则", "File or rule"), width=44),
        Column(say("单位", "Unit"), width=24),
        Column(say("工作表", "Sheet"), width=20),
        Column(say("任务行", "Rows"), "number", 9),
        Column(say("状态", "State"), width=16),
        *(Column(SEVERITY_LABELS[kind][setting.lang], "number", 9) for kind in Severity),
    )
    counts = report.summary
    note = say(
        f"{counts['files']}份文件(未采用{counts['rejected']}份),{counts['rows']}行任务;"
        f"错误{counts['errors']}个、提醒{counts['warnings']}个、提示{counts['infos']}个。",
        f"{counts['files']} files ({counts['rejected']} rejected), {counts['rows']} rows; "
        f"{counts['errors']} errors, {counts['warnings']} warnings, {counts['infos']} notes.",
    )
    rows = (*_files(report, setting), *_rules(report.findings, setting))
    title = summary.view.title("校验结果汇总", "Validation report")
    return ListSheet(setting.home, title, columns, rows, say("没有可校验的文件。", "Nothing to validate."), note)


def _files(report: Report, setting: Setting) -> list[tuple[object, ...]]:
    """One row per sheet with a task table; findings about a whole file stand at its first sheet."""
    counted = Counter((finding.file, finding.sheet, finding.severity) for finding in report.findings)
    sheets = {(entry["path"], entry["sheet"]) for entry in report.files()}
    rows: list[tuple[object, ...]] = []
    seen: set[str] = set()
    for entry in report.files():
        path, sheet = entry["path"], entry["sheet"]
        homeless = {key for key in counted if key[0] == path and (path, key[1]) not in sheets} if path not in seen else set()
        seen.add(path)
        totals = [
            (counted[path, sheet, kind] if sheet or not homeless else 0) + sum(counted[key] for key in homeless if key[2] is kind)
            for kind in Severity
        ]
        state = setting.say(*_STATES[entry["status"]])
        rows.append((setting.say("文件", "File"), path, entry["unit"], sheet, entry["rows"] or None, state, *totals))
    others = [counted[None, None, kind] for kind in Severity]
    if any(others):
        whole = setting.say("(整批文件)", "(the whole collection)")
        rows.append((setting.say("文件", "File"), whole, None, None, None, None, *others))
    return rows


def _rules(findings: tuple[Finding, ...], setting: Setting) -> list[tuple[object, ...]]:
    """One row per rule that spoke, in the order of their codes."""
    counted = Counter((finding.code, finding.slug, finding.severity) for finding in findings)
    rules = sorted({(finding.code, finding.slug) for finding in findings})
    return [
        (setting.say("规则", "Rule"), f"{code} {slug}", None, None, None, None,
         *(counted[code, slug, kind] for kind in Severity))
        for code, slug in rules
    ]  # fmt: skip
