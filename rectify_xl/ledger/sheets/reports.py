"""分单位填报: one row per task and reporting unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.ledger.records import ReportRecord
from rectify_xl.ledger.sheets.context import added_cells, added_columns, key_column
from rectify_xl.ledger.sheets.entry import MasterSheet, ReadBack
from rectify_xl.ledger.sheets.parts_column import parts_cell, parts_column, read_parts
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.schema.conversion import convert, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.ledger.sheets.context import SheetContext
    from rectify_xl.schema.fields import Field
    from rectify_xl.schema.schema import Schema

_MANY_ROWS = 20
_ROWS = LazyPattern(r"(\d{1,7})(?:(?:(?:、|, )\d{1,7})*(?:-|、|, )(\d{1,7}))?")  # of older masters 8-10

_SINCE_ROUNDS = ("key", "round_id", "digests", "stated", "written", "parts")  # columns that older masters do not have

NAME = Text("分单位填报", "Reports")


def columns(context: SheetContext) -> tuple[Column, ...]:
    """Unit, every field, other columns, and where it stands."""
    say = context.say
    return (
        Column(say("填报单位", "Reporting unit"), width=20, key="reporting_unit"),
        *(context.column(known) for known in context.schema.fields),
        Column(say("其他列", "Other columns"), "long_text", 24, "other_columns"),
        Column(say("来源文件", "File"), width=26, key="source_file"),
        Column(say("工作表", "Sheet"), width=12, key="source_sheet"),
        Column(say("行", "Row"), width=8, key="source_rows"),
        Column(say("轮次", "Round"), width=10, key="round_id"),
        key_column(context),
        Column(say("文件指纹", "File digests"), width=14, key="digests", hidden=True),
        Column(say("本轮所报字段", "Fields stated"), width=14, key="stated", hidden=True),
        Column(say("填写时间", "Written"), width=14, key="written", hidden=True),
        parts_column(context),
    )


def render(context: SheetContext) -> ListSheet:
    """All reports."""
    reports = context.master.reports
    added = added_columns(report.extras for report in reports)
    keys = context.schema.keys
    rows = tuple(
        (
            report.unit, *(report.words.get(key, report.values.get(key)) for key in keys), report.other or None,
            report.file, report.sheet, _rows_shown(report.rows, context), report.round_id or None, report.key or None,
            "\n".join(report.digests) or None, stated_shown(report.stated, keys), report.written or None,
            parts_cell(report.parts),
            *added_cells(added, report.extras),
        )
        for report in reports
    )  # fmt: skip
    return ListSheet(
        NAME.in_language(context.lang), context.title("分单位填报情况", "Reports by unit"), (*columns(context), *added),
        rows, context.say("没有填报。", "No reports."), records=reports,
    )  # fmt: skip


def parse(context: SheetContext, cells: Mapping[str, Any], extras: Mapping[str, Any]) -> ReportRecord:
    """A row read back."""
    rows = shown(cells["source_rows"])
    match = _ROWS.fullmatch(rows)
    values = values_of(context.schema, cells)
    return ReportRecord(
        unit=shown(cells["reporting_unit"]),
        values=values,
        other=shown(cells["other_columns"]),
        file=shown(cells["source_file"]),
        sheet=shown(cells["source_sheet"]),
        rows=(int(match[1]), int(match[2] or match[1])) if match else rows,
        extras=extras,
        key=shown(cells["key"]),
        round_id=shown(cells["round_id"]),
        digests=tuple(filter(None, shown(cells["digests"]).split("\n"))),
        words=words_of(context.schema, cells, values),
        stated=read_stated(context.schema, cells.get("stated")),
        written=shown(cells.get("written")),
        parts=read_parts(cells.get("parts")),
    )


def values_of(schema: Schema, cells: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row that shows a unit's own words."""
    found: dict[str, Any] = dict.fromkeys(schema.keys)
    for known in schema.fields:
        if (cell := cells.get(known.key)) is not None:
            found[known.key] = _value(known, cell)
    return found


def words_of(schema: Schema, cells: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, str]:
    """The unit's own words in it, where a choice was read from them."""
    choices = (known for known in schema.fields if known.kind == "choice" and values[known.key] in known.choices)
    return {known.key: cells[known.key] for known in choices if cells[known.key] != values[known.key]}


def _value(known: Field, cell: Any) -> Any:  # noqa: ANN401 - a cell holds anything
    """The value of a cell; of a choice, what its lines mean where all of them mean one thing."""
    if known.kind == "choice" and isinstance(cell, str) and "\n" in cell:
        meant = {convert(known, line) for line in cell.splitlines()}
        if len(meant) == 1 and meant <= set(known.choices):
            return meant.pop()
    return convert(known, cell)


def stated_shown(stated: frozenset[str] | None, keys: Iterable[str]) -> str | None:
    """The fields in the order of the schema; a dash for none."""
    return None if stated is None else " ".join(key for key in keys if key in stated) or "-"


def read_stated(schema: Schema, cell: Any) -> frozenset[str] | None:  # noqa: ANN401 - a cell holds anything
    """The fields read back; None where the cell is blank."""
    return frozenset(shown(cell).split()) & frozenset(schema.keys) if cell else None


def _rows_shown(rows: tuple[int, int] | str, context: SheetContext) -> int | str:
    """The rows one by one, so that each is found by its number; of a long block, the first and the last."""
    if isinstance(rows, str):
        return rows
    first, last = rows
    if first == last:
        return first
    return f"{first}-{last}" if last - first >= _MANY_ROWS else context.say("、", ", ").join(map(str, range(first, last + 1)))


SHEETS = (
    MasterSheet(
        "by_report", NAME, Text("各单位所报原样", "what each unit reported"), 20, render, "tasks",
        read_back=ReadBack("reports", columns, parse, optional=lambda schema: {*schema.keys, *_SINCE_ROUNDS}, required=True),
        identity=("key", "reporting_unit"),
    ),
)  # fmt: skip
