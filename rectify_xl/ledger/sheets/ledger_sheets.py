"""总台账 and 分单位填报: the ledger by task, and what each unit reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.collection.timing import FLAG_LABELS
from rectify_xl.language.deadline import KIND_LABELS
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.ledger.view import MISSING
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from rectify_xl.ledger.entries import Entry
    from rectify_xl.ledger.view import View

DISPUTED = "※"


def ledger_columns(view: View) -> dict[str, Column]:
    """The columns that 总台账 has beside the schema's, by a key of their own."""
    return {
        "written_units": Column(view.say("责任单位原文", "Units as written"), width=24),
        "due": Column(view.say("到期日", "Due"), "date", 12),
        "kinds": Column(view.say("时限类型", "Kind of deadline"), width=12),
        "reason": Column(view.say("到期依据", "Why this date"), width=22),
        "next_due": Column(view.say("当前节点", "Next node"), "date", 12),
        "flag": Column(view.say("预警", "Warning"), "flag", 11),
        "source": Column(view.say("来源", "Source"), width=26),
    }


def ledger(view: View) -> ListSheet:
    """总台账: one row per task."""
    entries = view.contents.entries
    added = tuple(dict.fromkeys(heading for entry in entries for heading in entry.extras or ()))
    columns = (
        *(view.column(known) for known in view.schema.fields),
        *ledger_columns(view).values(),
        *(Column(heading, width=20) for heading in added),
    )
    disputed = view.say(
        "标“※”的内容各单位填报不一致，此处为牵头单位所填，详见“冲突”。",
        "※ marks values on which units disagree (see Conflicts).",
    )
    keys = view.schema.keys
    return ListSheet(
        view.say("总台账", "Ledger"), view.title("总台账", "Ledger"), columns,
        tuple(_ledger_row(view, entry, added) for entry in entries), view.say("没有任务。", "No tasks."),
        disputed if any(entry.disputed for entry in entries) else "", keys.index("category") if "category" in keys else None,
    )  # fmt: skip


def _ledger_row(view: View, entry: Entry, added: tuple[str, ...]) -> tuple[Any, ...]:
    lang, extras = view.lang, entry.extras or {}
    kinds = "、".join(KIND_LABELS[kind][lang] for kind in entry.kinds)
    return (
        *(_marked(key, entry.values.get(key), entry.disputed) for key in view.schema.keys),
        entry.written_units,
        entry.due,
        kinds if kinds or entry.values.get("deadline") is not None else MISSING[lang],
        entry.reason or None,
        entry.judged_by if entry.judged_by != entry.due else None,
        FLAG_LABELS[entry.timing.flag][lang],
        entry.source,
        *(extras.get(heading) for heading in added),
    )


def _marked(key: str, value: Any, disputed: frozenset[str]) -> Any:  # noqa: ANN401 - a cell holds anything
    if key not in disputed:
        return value
    return f"{DISPUTED}{shown(value)}" if value is not None else DISPUTED


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
    title = view.title("分单位填报情况", "Reports by unit")
    rows = view.contents.records["by_report"]
    return ListSheet(view.say("分单位填报", "Reports"), title, columns, rows, view.say("没有填报。", "No reports."))
