"""总台账 and 分单位填报: the ledger by task, and what each unit reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.language.deadline import KIND_LABELS, reason_text
from rectify_xl.summary.tables import Column, ListSheet
from rectify_xl.summary.view import MISSING, View
from rectify_xl.timing import FLAG_LABELS
from rectify_xl.values import shown

if TYPE_CHECKING:
    from rectify_xl.ledger import LedgerRow


def ledger(view: View) -> ListSheet:
    """总台账: one row per task."""
    columns = [view.column(known) for known in view.schema.fields]
    extra = (
        Column(view.say("责任单位原文", "Units as written"), width=24),
        Column(view.say("到期日", "Due"), "date", 12),
        Column(view.say("时限类型", "Kind of deadline"), width=12),
        Column(view.say("到期依据", "Why this date"), width=22),
        Column(view.say("预警", "Warning"), "flag", 11),
        Column(view.say("来源", "Source"), width=26),
    )
    disputed = view.say(
        "标“※”的内容各单位填报不一致,此处为牵头单位所填,详见“冲突”。",
        "※ marks values on which units disagree (see Conflicts).",
    )
    rows = tuple(_ledger_row(view, row) for row in view.master.ledger)
    return ListSheet(
        view.say("总台账", "Ledger"), view.title("总台账", "Ledger"),
        (*columns, *extra), rows, view.say("没有任务。", "No tasks."),
        disputed if view.master.conflicts else "",
    )  # fmt: skip


def _ledger_row(view: View, row: LedgerRow) -> tuple[Any, ...]:
    task = row.task
    disputed = {conflict.field for conflict in task.conflicts}
    values = dict(task.values)
    written = values.get("lead_unit")
    lead, cooperating = view.units_of(row)
    if "lead_unit" in values:
        values["lead_unit"] = "、".join(lead) or written
    if "coop_units" in values:
        values["coop_units"] = "、".join(cooperating) or values["coop_units"]
    cells = [_marked(known.key, values[known.key], disputed) for known in view.schema.fields]
    return (
        *cells,
        written if written != values.get("lead_unit") else None,
        row.due,
        _kinds(view, row),
        reason_text(row.reason, view.lang) if row.reason else None,
        FLAG_LABELS[row.timing.flag][view.lang],
        "\n".join(report.source for report in task.reports),
    )


def _marked(key: str, value: Any, disputed: set[str]) -> Any:  # noqa: ANN401 - a cell holds anything
    if key not in disputed:
        return value
    return f"※{shown(value)}" if value is not None else "※"


def _kinds(view: View, row: LedgerRow) -> str:
    if row.task.values.get("deadline") is None:
        return MISSING[view.lang]
    return "、".join(KIND_LABELS[kind][view.lang] for kind in row.kinds)


def by_report(view: View) -> ListSheet:
    """分单位填报: one row per task and reporting unit."""
    columns = (
        Column(view.say("填报单位", "Reporting unit"), width=20),
        *(view.column(known) for known in view.schema.fields),
        Column(view.say("其他列", "Other columns"), "long_text", 24),
        Column(view.say("来源文件", "File"), width=26),
        Column(view.say("工作表", "Sheet"), width=12),
        Column(view.say("行", "Row"), width=8),
    )
    rows = []
    for report in view.master.reports:
        tasks = [view.master.book.places[position].task for position in report.positions]
        extras = "\n".join(f"{heading}:{text}" for task in tasks for heading, text in task.extras.items())
        numbers = [task.row for task in tasks]
        where = numbers[0] if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
        place = report.place
        values = (report.values[key] for key in view.schema.keys)
        rows.append((report.unit, *values, extras or None, place.submission.path, place.table.sheet, where))
    title = view.title("分单位填报情况", "Reports by unit")
    return ListSheet(view.say("分单位填报", "Reports"), title, columns, tuple(rows), view.say("没有填报。", "No reports."))
