"""The tables of the validation report: per file, per unit, per rule, and what the office has exempted."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import SEVERITY_LABELS, Severity
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.rules import catalogue

if TYPE_CHECKING:
    from rectify_xl.common.findings import Finding
    from rectify_xl.ledger.sheets.context import SheetContext
    from rectify_xl.validation.exemptions import Idle, Silenced
    from rectify_xl.validation.report import Report

_STATES = {
    "accepted": ("已采用", "accepted"),
    "rejected": ("未采用", "rejected"),
    "skipped": ("不是报送文件", "not a submission"),
}
_WHOLE = ("（整批文件）", "(the whole collection)")


def overview(report: Report, context: SheetContext, name: str) -> ListSheet:
    """汇总: one row per sheet with a task table; findings about a whole file stand at its first sheet. Skipped files last."""
    say = context.say
    columns = (
        Column(say("文件", "File"), width=40), Column(say("单位", "Unit"), width=24), Column(say("工作表", "Sheet"), width=20),
        Column(say("任务行", "Rows"), "number", 9), Column(say("状态", "State"), width=16), *_severities(context),
    )  # fmt: skip
    counts, silenced = report.summary, len(report.silenced)
    note = say(
        f"{counts['files']}份文件（未采用{counts['rejected']}份），{counts['rows']}行任务；"
        f"错误{counts['errors']}个、提醒{counts['warnings']}个、提示{counts['infos']}个",
        f"{counts['files']} files ({counts['rejected']} rejected), {counts['rows']} rows; "
        f"{counts['errors']} errors, {counts['warnings']} warnings, {counts['infos']} notes",
    )
    if silenced:
        note += say(f"；另有{silenced}个已豁免", f"; {silenced} exempted")
    title = context.title("校验结果汇总", "Validation report")
    return ListSheet(
        name, title, columns, tuple(_files(report, context)), say("没有可校验的文件。", "Nothing to validate."), note
    )


def _severities(context: SheetContext) -> tuple[Column, ...]:
    return tuple(Column(SEVERITY_LABELS[kind][context.lang], "number", 9) for kind in Severity)


def _files(report: Report, context: SheetContext) -> list[tuple[Any, ...]]:
    counted = Counter((finding.file, finding.sheet, finding.severity) for finding in report.findings)
    sheets = {(entry["path"], entry["sheet"]) for entry in report.files()}
    rows: list[tuple[Any, ...]] = []
    seen: set[str] = set()
    for entry in sorted(report.files(), key=lambda entry: entry["status"] == "skipped"):
        path, sheet = entry["path"], entry["sheet"]
        off_list = {key for key in counted if key[0] == path and (path, key[1]) not in sheets} if path not in seen else set()
        seen.add(path)
        totals = [
            (counted[path, sheet, kind] if sheet or not off_list else 0) + sum(counted[key] for key in off_list if key[2] is kind)
            for kind in Severity
        ]
        rows.append((path, entry["unit"], sheet, entry["rows"], context.say(*_STATES[entry["status"]]), *totals))
    others = [counted[None, None, kind] for kind in Severity]
    if any(others):
        rows.append((context.say(*_WHOLE), None, None, 0, None, *others))
    return rows


def by_unit(report: Report, context: SheetContext) -> ListSheet:
    """按单位: one row per unit, the one with most errors first; its findings by severity and rule, ready to send on."""
    say = context.say
    details = tuple(Column(say(f"{SEVERITY_LABELS[kind]['zh']}明细", f"{kind}s by rule"), "long_text", 34) for kind in Severity)
    columns = (
        Column(say("单位", "Unit"), width=24), Column(say("文件数", "Files"), "number", 9),
        Column(say("任务行", "Rows"), "number", 9), *_severities(context), *details,
    )  # fmt: skip
    found = _by_unit(report)
    files: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for submission in report.submissions:
        if submission.status != "skipped":
            files.update(report.collection.units_of(submission))
            for table in submission.tables:
                rows[report.collection.unit_of_table(submission, table)] += len(table.rows)
    units = dict.fromkeys((*files, *found))
    loudest = sorted(units, key=lambda unit: _totals(found[unit]), reverse=True)
    lines = tuple(
        (unit or say(*_WHOLE), files[unit], rows[unit], *_totals(found[unit]), *_details(found[unit], context))
        for unit in loudest
    )
    note = say("“未报送”也计在该单位名下", "“not submitted” counts for the unit that is missing")
    title = context.title("各单位校验情况", "Findings by unit")
    return ListSheet(say("按单位", "By unit"), title, columns, lines, say("没有单位报送。", "No unit has reported."), note)


def _by_unit(report: Report) -> defaultdict[str, list[Finding]]:
    """Unit -> its findings; those about the whole collection under no name."""
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found[finding.unit or ""].append(finding)
    return found


def _totals(findings: list[Finding]) -> tuple[int, ...]:
    return tuple(sum(finding.severity is kind for finding in findings) for kind in Severity)


def _details(findings: list[Finding], context: SheetContext) -> tuple[str | None, ...]:
    """Per severity: each rule's title and how often it spoke, one per line, the most frequent first."""
    titles = _titles(context)
    cells = []
    for kind in Severity:
        counted = Counter(finding.slug for finding in findings if finding.severity is kind)
        cells.append("\n".join(f"{titles[slug]} ×{count}" for slug, count in counted.most_common()) or None)
    return tuple(cells)


def _titles(context: SheetContext) -> dict[str, str]:
    titles = {rule.slug: rule.title(context.lang) for rule in catalogue()}
    return defaultdict(str, titles)


def by_rule(report: Report, context: SheetContext) -> ListSheet:
    """按规则: one row per rule that spoke, errors first, then by how often."""
    say, titles = context.say, _titles(context)
    columns = (
        Column(say("级别", "Severity"), "severity", 8), Column(say("规则", "Rule"), width=34),
        Column(say("说明", "What"), width=40), Column(say("问题数", "Findings"), "number", 9),
        Column(say("可自动改正", "Fixable"), "number", 12), Column(say("单位数", "Units"), "number", 9),
        Column(say("涉及单位", "Which units"), "long_text", 50),
    )  # fmt: skip
    found_by_rule: defaultdict[tuple[Severity, str, str], list[Finding]] = defaultdict(list)
    for finding in report.findings:
        found_by_rule[finding.severity, finding.code, finding.slug].append(finding)
    senders = {id(finding): unit for unit, found in _by_unit(report).items() for finding in found}
    rows = []
    for (severity, code, slug), found in found_by_rule.items():
        units = Counter(unit for finding in found if (unit := senders[id(finding)]))
        named = say("、", ", ").join(
            unit + (say(f"（{count}）", f" ({count})") if count > 1 else "") for unit, count in units.most_common()
        )
        fixable = sum(finding.fix is not None for finding in found)
        level = SEVERITY_LABELS[severity][context.lang]
        rows.append((level, f"{code} {slug}", titles[slug], len(found), fixable, len(units), named or None))
    order = [SEVERITY_LABELS[kind][context.lang] for kind in Severity]
    rows.sort(key=lambda row: (order.index(row[0]), -row[3], row[1]))
    title = context.title("各规则校验情况", "Findings by rule")
    return ListSheet(say("按规则", "By rule"), title, columns, tuple(rows), say("没有发现问题。", "No findings."))


def exempted(report: Report, context: SheetContext) -> ListSheet:
    """已豁免: what the office silenced with its reason, and the entries that silenced nothing."""
    say = context.say
    columns = (
        Column(say("级别", "Severity"), "severity", 8), Column(say("单位", "Unit"), width=18),
        Column(say("文件", "File"), width=28), Column(say("工作表", "Sheet"), width=12),
        Column(say("单元格", "Cell"), width=8), Column(context.label("task_id"), width=9),
        Column(say("问题", "Message"), "long_text", 44), Column(say("规则", "Rule"), width=24),
        Column(say("豁免理由", "Reason"), "long_text", 36), Column(say("有效期至", "Until"), "date", 12),
        Column(say("状态", "State"), width=14),
    )  # fmt: skip
    rows = (*(_silenced(one, context) for one in report.silenced), *(_idle(one, context) for one in report.idle))
    title = context.title("整改办豁免的问题", "Exempted findings")
    note = say("由 campaign.yaml 的 rules.silence 规定，不计入问题", "by rules.silence of campaign.yaml; not counted")
    return ListSheet(say("已豁免", "Exempted"), title, columns, rows, say("没有豁免。", "Nothing is exempted."), note)


def _silenced(one: Silenced, context: SheetContext) -> tuple[Any, ...]:
    finding, silence = one.finding, one.silence
    return (
        SEVERITY_LABELS[finding.severity][context.lang], finding.unit, finding.file, finding.sheet, finding.cell, finding.task_id,
        finding.message, f"{finding.code} {finding.slug}", silence.reason, silence.until, context.say("已豁免", "exempted"),
    )  # fmt: skip


def _idle(one: Idle, context: SheetContext) -> tuple[Any, ...]:
    silence = one.silence
    state = context.say("已到期", "expired") if one.expired else context.say("没有用上", "met nothing")
    return (
        None, silence.unit or None, None, None, None, silence.task or None, None, silence.rule, silence.reason,
        silence.until, state,
    )  # fmt: skip
