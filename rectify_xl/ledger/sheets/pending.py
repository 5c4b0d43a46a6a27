"""待确认: rows of which nobody can be certain whose task they are, and files of another round; the office decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.ledger import decision_words as words
from rectify_xl.ledger.decision_records import NearTask, PendingRecord
from rectify_xl.ledger.sheets.context import added_cells, added_columns
from rectify_xl.ledger.sheets.entry import MasterSheet, ReadBack
from rectify_xl.ledger.sheets.reports import read_stated, stated_shown, values_of, words_of
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.ledger.source_rows import SourceRow
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.sheets.context import SheetContext

REASONS: Mapping[str, Text] = {
    "uncertain": Text("与台账中的任务相近，不能确定", "like a task of the ledger, but not certainly it"),
    "unknown": Text("台账中没有这项任务", "the ledger has no such task"),
    "foreign": Text("台账中这项任务不是该单位的", "a task of the ledger in which the unit has no role"),
    "key_elsewhere": Text("任务标识是另一项任务的", "its key is that of another task"),
    "key_twice": Text("任务标识重复", "its key stands twice"),
    words.OTHER_ROUND: Text("文件是另一轮次的", "a file of another round"),
}
_NEAR = LazyPattern(r"(.*)（(T[\d.]+)，(\d{1,3})%）(?:：.*)?")
_CELL = LazyPattern(r"[A-Z]{1,3}\d{1,7}")
_LONGEST = 30  # characters of a near task's problem

_FURTHER = ("other_columns", "digest", "stated", "cells")  # columns that older masters do not have

NAME = Text("待确认", "To confirm")


def columns(context: SheetContext) -> tuple[Column, ...]:
    """Whose row it is and why it waits, what can be decided, and the whole row."""
    say = context.say
    return (
        Column(say("填报单位", "Reporting unit"), width=20, key="unit"),
        Column(say("待确认原因", "Why it waits"), width=22, key="reason"),
        Column(say("最相近的任务", "Nearest tasks"), "long_text", 36, "nearest"),
        Column(words.DECISION.in_language(context.lang), width=20, key="decision"),
        Column(words.DECIDED_VALUE.in_language(context.lang), width=12, key="decided_value"),
        *(context.column(known) for known in context.schema.fields),
        Column(say("其他列", "Other columns"), "long_text", 24, "other_columns"),
        Column(say("来源文件", "File"), width=26, key="source_file"),
        Column(say("工作表", "Sheet"), width=12, key="source_sheet"),
        Column(say("行", "Row"), width=8, key="source_row"),
        Column(say("轮次", "Round"), width=10, key="round_id"),
        Column(say("文件指纹", "File digests"), width=14, key="digest", hidden=True),
        Column(say("本轮所报字段", "Fields stated"), width=14, key="stated", hidden=True),
        Column(say("所在单元格", "Cells"), width=14, key="cells", hidden=True),
    )


def render(context: SheetContext) -> ListSheet:
    """All rows that wait."""
    waiting = context.master.pending
    added = added_columns(row.extras for row in waiting)
    subjects = {task.key: shown(task.subject) for task in context.master.tasks}
    rows = tuple(
        (
            row.unit or None, reason_shown(row.reason, context.lang),
            "\n".join(_near_shown(near, subjects.get(near.key, "")) for near in row.nearest) or None,
            row.decision or None, row.decided_value or None,
            *(row.words.get(key, row.values.get(key)) for key in context.schema.keys),
            row.other or None, row.source.file or None, row.source.sheet or None, row.source.row or None, row.round_id or None,
            row.digest or None, stated_shown(row.stated, context.schema.keys),
            " ".join(f"{key}={cell}" for key, cell in row.cells.items()) or None, *added_cells(added, row.extras),
        )
        for row in waiting
    )  # fmt: skip
    return ListSheet(
        NAME.in_language(context.lang), context.title("待确认的行", "Rows to confirm"), (*columns(context), *added), rows,
        context.say("没有待确认的行。", "Nothing has to be confirmed."),
        note=context.say(
            "这些行还没有并入总台账：在“处理意见”栏选定，下次 merge 或 summarize 时生效并记入“变更记录”；整份文件的只须选一行",
            "not in the ledger yet: the next merge or summarize applies and logs the decision; one row of a file is enough",
        ),
        records=waiting,
        choices={"decision": tuple(words.choices_of_row(row.reason, context.lang) for row in waiting)},
    )  # fmt: skip


def reason_shown(reason: str, lang: str) -> str:
    """Why a row waits, in words."""
    return REASONS[reason].in_language(lang) if reason in REASONS else reason


def _near_shown(near: NearTask, subject: str) -> str:
    text = " ".join(subject.split())[:_LONGEST]
    return f"{near.task_id}（{near.key}，{round(near.score * 100)}%）" + (f"：{text}" if text else "")


def parse(context: SheetContext, cells: Mapping[str, Any], extras: Mapping[str, Any]) -> PendingRecord:
    """A row read back."""
    reasons = {text.in_language(context.lang): reason for reason, text in REASONS.items()}
    reason, row = shown(cells["reason"]), cells["source_row"]
    values = values_of(context.schema, cells)
    return PendingRecord(
        unit=shown(cells["unit"]),
        values=values,
        source=SourceRow(
            shown(cells["source_file"]), shown(cells["source_sheet"]), int(row) if isinstance(row, int | float) else 0
        ),
        reason=reasons.get(reason, reason),
        nearest=tuple(_nearest(shown(cells["nearest"]))),
        decision=shown(cells["decision"]).strip(),
        decided_value=shown(cells["decided_value"]).strip(),
        other=shown(cells["other_columns"]),
        digest=shown(cells["digest"]),
        round_id=shown(cells["round_id"]),
        extras=extras,
        words=words_of(context.schema, cells, values),
        stated=read_stated(context.schema, cells.get("stated")),
        cells=_cells(shown(cells.get("cells"))),
    )


def _cells(text: str) -> dict[str, str]:
    pairs = (word.partition("=") for word in text.split())
    return {key: cell for key, _, cell in pairs if _CELL.fullmatch(cell)}


def _nearest(text: str) -> list[NearTask]:
    """The tasks that the lines name; a line that the office has written names none."""
    found = (_NEAR.fullmatch(line) for line in text.split("\n"))
    return [NearTask(match[2], match[1], int(match[3]) / 100) for match in found if match]


SHEETS = (
    MasterSheet(
        "pending", NAME, Text("不能确定是哪项任务的行", "rows of no certain task"), 85, render,
        read_back=ReadBack(
            "pending", columns, parse, optional=lambda schema: {*schema.keys, *_FURTHER}, is_decided=True,
            rows_leave=True,
        ),
        identity=("source_file", "source_sheet", "source_row", "digest"),
    ),
)  # fmt: skip
