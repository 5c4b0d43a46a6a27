"""问题清单: every finding with its place and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import SEVERITY_LABELS
from rectify_xl.common.i18n import Text
from rectify_xl.ledger.records import FindingRecord
from rectify_xl.ledger.sheets.context import added_cells, added_columns
from rectify_xl.ledger.sheets.entry import MasterSheet, ReadBack
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.common.findings import Finding
    from rectify_xl.ledger.sheets.context import SheetContext

_TEXTS = ("unit", "file", "sheet", "cell", "task_id", "message", "value", "rule")

NAME = Text("问题清单", "Findings")


def columns(context: SheetContext) -> tuple[Column, ...]:
    """Number, severity, place, field, message, value and rule."""
    say = context.say
    number, task = say("序号", "No."), context.label("task_id")
    if task == number:  # as the strike-off ledger calls its tasks' numbers; two columns of one name are one too many
        task = say("任务编号", "Task")
    return (
        Column(number, "number", 7, "number"), Column(say("级别", "Severity"), "severity", 8, "severity"),
        Column(say("单位", "Unit"), width=18, key="unit"), Column(say("文件", "File"), width=28, key="file", leads_to="report"),
        Column(say("工作表", "Sheet"), width=12, key="sheet"), Column(say("单元格", "Cell"), width=8, key="cell"),
        Column(task, width=9, key="task_id", leads_to="task"),
        Column(say("字段", "Field"), width=11, key="field"),
        Column(say("问题与处理办法", "Message"), "long_text", 60, "message", "task"),
        Column(say("原值", "Value"), "long_text", 24, "value"), Column(say("规则", "Rule"), width=24, key="rule"),
    )  # fmt: skip


def finding_records(findings: Iterable[Finding]) -> tuple[FindingRecord, ...]:
    """Findings as 问题清单 numbers them."""
    return tuple(
        FindingRecord(
            severity=finding.severity.value,
            message=finding.message,
            rule=f"{finding.code} {finding.slug}",
            number=number,
            unit=finding.unit or "",
            file=finding.file or "",
            sheet=finding.sheet or "",
            cell=finding.cell or "",
            task_id=finding.task_id or "",
            field=finding.field or "",
            value=finding.value or "",
        )
        for number, finding in enumerate(findings, 1)
    )


def render(context: SheetContext) -> ListSheet:
    """All findings."""
    findings = context.master.findings
    added = added_columns(finding.extras for finding in findings)
    rows = tuple(
        (
            finding.number, _severity(finding, context.lang), finding.unit or None, finding.file or None, finding.sheet or None,
            finding.cell or None, finding.task_id or None, context.label(finding.field) or None, finding.message,
            finding.value or None, finding.rule, *added_cells(added, finding.extras),
        )
        for finding in findings
    )  # fmt: skip
    return ListSheet(
        NAME.in_language(context.lang), context.title("校验问题清单", "Findings"), (*columns(context), *added), rows,
        context.say("没有发现问题。", "No findings."), dated=context.checked, records=findings,
    )  # fmt: skip


def _severity(finding: FindingRecord, lang: str) -> str:
    labels = SEVERITY_LABELS.get(finding.severity)
    return labels[lang] if labels else finding.severity


def parse(context: SheetContext, cells: Mapping[str, Any], extras: Mapping[str, Any]) -> FindingRecord:
    """A row read back."""
    severities = {labels[context.lang]: severity for severity, labels in SEVERITY_LABELS.items()}
    label, number = shown(cells["severity"]), cells["number"]
    return FindingRecord(
        severity=severities.get(label, label),
        number=number if number is None or isinstance(number, int) else shown(number),
        field=context.key(shown(cells["field"])),
        extras=extras,
        **{key: shown(cells[key]) for key in _TEXTS},
    )


SHEETS = (
    MasterSheet(
        "findings", NAME, Text("校验发现的问题", "what the checks found"), 110, render, "findings",
        read_back=ReadBack("findings", columns, parse, rows_leave=True), identity=("rule", "file", "sheet", "cell", "unit"),
    ),
)  # fmt: skip
