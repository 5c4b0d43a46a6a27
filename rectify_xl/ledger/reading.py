"""A master workbook of ours -> Master, judged on another day.

The office works on in its master: it dates an acceptance, mends a deadline, adds a column. So the sheets are the truth here,
and nothing hidden in the file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.campaign.arguments import normalise_campaign, normalise_day, normalise_path
from rectify_xl.campaign.other_round import with_round
from rectify_xl.campaign.schema_choice import chosen_by_master
from rectify_xl.campaign.settings import Campaign
from rectify_xl.collection.timing import date_or_none
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.language.deadline import reason_code
from rectify_xl.ledger.added_cells import read_added
from rectify_xl.ledger.deleted_questions import notes_of_deleted, restored_conflicts, without_copies
from rectify_xl.ledger.granting import certain
from rectify_xl.ledger.keys import mended_keys, with_conflict_keys, with_keys, with_task_keys
from rectify_xl.ledger.master import Master, Saved
from rectify_xl.ledger.parts_due import RecordedDue
from rectify_xl.ledger.round_figures import read_rounds
from rectify_xl.ledger.saved_table import SavedTable
from rectify_xl.ledger.saved_workbook import content_of, opened, read_stamp
from rectify_xl.ledger.sheets import ledger
from rectify_xl.ledger.sheets.context import SheetContext, light_column
from rectify_xl.ledger.sheets.parts_column import read_parts
from rectify_xl.ledger.sheets.registry import master_sheets
from rectify_xl.ledger.task_builder import TaskBuilder
from rectify_xl.provenance.stamp import name_key
from rectify_xl.schema.conversion import convert, shown
from rectify_xl.schema.loading import load_schema, shipped_names

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from rectify_xl.campaign.arguments import CampaignLike, DayLike, PathLike
    from rectify_xl.intake.grid import Workbook
    from rectify_xl.ledger.records import Round, TaskRecord
    from rectify_xl.ledger.saved_table import SavedRow
    from rectify_xl.ledger.saved_workbook import Stamp
    from rectify_xl.ledger.sheets.tables import Column


def read_master(path: PathLike, *, campaign: CampaignLike | None = None, as_of: DayLike | None = None) -> Master:
    """Read a master back.

    A column that the schema has gained since is blank, one that it has lost stays as a column of the office's own; ``notes``
    says so.

    Args:
        path: a workbook that :func:`rectify_xl.write_master` wrote, edited since or not.
        campaign: the settings it was made with, or the path of their folder; without, those that the file itself names.
        as_of: the day on which it is judged, as a date or as text; the day of the master without.

    Raises:
        RectifyError: the file is no master of ours, of another campaign, or lacks a sheet or a column of its own; or an
            argument has a wrong value.
        TypeError: an argument is of a wrong type.
    """
    path, day = normalise_path(path, "path"), normalise_day(as_of)
    given = None if campaign is None else normalise_campaign(campaign)
    saved = read_saved(content_of(path), path, given, day)
    return replace(saved.master, saved=saved)


def read_saved(
    content: bytes, path: Path, given: Campaign | None = None, day: date | None = None, workbook: Workbook | None = None
) -> Saved:
    """A master from the bytes of its workbook; ``path`` is for messages, ``workbook`` has the cells where they were read already.

    Raises:
        RectifyError: see :func:`read_master`.
    """
    workbook = workbook or opened(content, path)
    try:
        return _saved(content, path, given, day, workbook)
    except RectifyError as error:
        zh, en = error.message
        if zh.startswith(str(path)):
            raise
        raise RectifyError(f"{path}: {zh}", f"{path}: {en}") from error  # of a sheet, whose reader does not know the file


def _saved(content: bytes, path: Path, given: Campaign | None, day: date | None, workbook: Workbook) -> Saved:
    stamp = read_stamp(workbook, path)
    if given and given.name and stamp.campaign and name_key(given.name) != name_key(stamp.campaign):
        raise RectifyError(
            f"{path}: 这是“{stamp.campaign}”的台账，与 --campaign 指定的“{given.name}”不同；请核对",
            f"{path}: this is the master of “{stamp.campaign}”, while --campaign names “{given.name}”; check which is meant",
        )
    settings = chosen_by_master(given or _named_by(stamp), stamp.schema)
    settings = with_round(settings, stamp.round_id)
    empty = Master(settings, day or stamp.as_of, lang=stamp.lang)
    context = SheetContext(empty, stamp.lang)
    sheets = {sheet.name: sheet for sheet in workbook.sheets}

    def table(name: str, columns: Sequence[Column], optional: Collection[str], *, grows: bool = False) -> SavedTable:
        if name not in sheets:
            raise RectifyError(
                f"{path}: 台账缺少工作表“{name}”；请使用完整的台账",
                f"{path}: the master lacks the sheet “{name}”; use a complete one",
            )
        return SavedTable(path, sheets[name], columns, optional, settings.schema, grows=grows)

    fields = frozenset(settings.schema.keys)
    optional = fields - ledger.INDISPENSABLE | {"key", "reported", "parts", "light"}
    # The lights are known again where the campaign no longer has any: they are no column of the office's own.
    known = ledger.columns(context)
    known = known if settings.lights is not None else (*known, light_column(context))
    ledger_table = table(ledger.NAME.in_language(stamp.lang), known, optional, grows=True)
    lacking: list[str] = []
    tables: dict[str, SavedTable] = {}
    records: dict[str, Any] = {}
    for sheet in master_sheets():
        if back := sheet.read_back:
            name = sheet.name.in_language(stamp.lang)
            if not back.required and name not in sheets:
                lacking.append(name)
                continue
            saved = table(sheet.name.in_language(stamp.lang), back.columns(context), back.optional(settings.schema))
            tables[sheet.key] = saved
            parsed = ((back.parse(context, row.cells, row.extras), row.number) for row in saved.rows())
            records[back.stores] = back.combine(
                replace(record, saved_row=number) if back.is_decided else record for record, number in parsed
            )
    rows = [*ledger_table.rows()]
    requests = certain(records.get("extensions", ()), (row.cells["task_id"] for row in rows))
    builder = TaskBuilder(settings, empty.as_of, records["reports"], requests)
    written = [shown(row.cells["key"]) for row in rows]
    keys = mended_keys(written, lambda at: builder.reported_key(shown(rows[at].cells["source"])), stamp.last_key)
    keyed = (_task(builder, settings, row, key) for row, key in zip(rows, keys, strict=True))
    tasks, last_key, copies = with_keys(keyed, stamp.last_key, records["reports"])
    retyped = [(task, key) for task, key in zip(tasks, written, strict=True) if key not in ("", task.key) and task not in copies]
    records["reports"] = with_task_keys(records["reports"], tasks)
    with_keys_of_tasks = with_conflict_keys(records.get("conflicts", ()), tasks)
    listed = without_copies(with_keys_of_tasks, lambda one: (one.key, one.field, one.sides))
    records["pending"] = without_copies(records.get("pending", ()), lambda row: row.source)
    restored = restored_conflicts(tasks, records["reports"], listed, settings.schema)
    records["conflicts"] = (*listed, *restored)
    deleted = notes_of_deleted(path, stamp.questions, listed, restored, records["pending"], settings.schema)
    if "rounds" not in records:
        # A master from before there was a sheet of rounds.
        records["rounds"] = read_rounds(path, sheets.get(context.overview_name), context)
    master = replace(
        empty,
        tasks=tasks,
        last_key=last_key,
        **{**records, **_rounds(records["rounds"], stamp)},
        files=stamp.files,
        held_rows=stamp.held_rows,
        from_list=stamp.from_list,
        planned=stamp.planned,
        made_from=stamp.made_from,
        checked_on=stamp.checked_on if stamp.checked_on != empty.as_of else None,
        notes=(*_notes(path, ledger_table, tables["by_report"], copies, lacking, retyped, had_keys=stamp.last_key > 0), *deleted),
    )
    orders = {key: table.order for key, table in {ledger.KEY: ledger_table, **tables}.items() if table.order}
    added = tuple(read_added(path, sheets, master, orders))
    return Saved(content, workbook, replace(master, added=added, column_orders=orders), path)


def _rounds(rows: Iterable[Round], stamp: Stamp) -> dict[str, Any]:
    """The rounds before, and how units have reported in the master's own: its row is counted again."""
    own_key = stamp.round_id or stamp.as_of.isoformat()
    own = next((one for one in rows if one.key == own_key), None)
    before = tuple(one for one in rows if one is not own)
    if own is None:
        return {"rounds": before}
    return {"rounds": before, "turnout": own.turnout, "round_extras": own.extras, "was_not_reported": own.not_reported}


def _notes(
    path: str | Path,
    ledger_table: SavedTable,
    report_table: SavedTable,
    copies: tuple[TaskRecord, ...],
    lacking: Sequence[str],
    retyped: Iterable[tuple[TaskRecord, str]],
    *,
    had_keys: bool,
) -> Iterator[Text]:
    """What the schema has gained and lost since the master was written, and copied rows.

    A column of the office's own stands in one sheet.
    """
    gained = [column.label for column in ledger_table.absent if not column.hidden and column.key != "light"]
    # Where all sheets have another heading it is the schema that has changed.
    renamed = {heading: label for heading, label in ledger_table.renamed.items() if heading not in report_table.renamed}
    lost = [heading for heading in ledger_table.added.values() if heading in report_table.added.values()]
    if gained:
        yield Text(
            f"{path}: 台账里没有“{'”、“'.join(gained)}”这一列（字段定义中新增的，或已被删去），按空白处理；误删的请从备份中恢复",
            f"{path}: the master has no column {', '.join(gained)} (new in the schema, or deleted); it is blank; restore it from"
            " a backup if that was a mistake",
        )
    for heading, label in renamed.items():
        yield Text(
            f"{path}: 总台账的“{heading}”一栏就是“{label}”，内容都保留，表头改回“{label}”",
            f"{path}: the column {heading} of the ledger is {label}: it keeps what it holds, and gets its heading again",
        )
    if had_keys and any(column.key == "key" for column in ledger_table.absent):
        yield Text(
            f"{path}: 总台账中隐藏的“任务标识”一列被删去，已按各行的来源恢复；还没有单位填报过的任务得到新的标识，"
            "它们已派发的表请重新派发",
            f"{path}: the hidden column of task keys was deleted from the ledger; they are restored by the sources of rows, and"
            " tasks on which nobody has reported yet get new ones: dispatch theirs again",
        )
    if lost:
        yield Text(
            f"{path}: “{'”、“'.join(lost)}”已不在字段定义中，作为整改办自己的列保留在最后",
            f"{path}: {', '.join(lost)} is no longer in the schema and is kept as a column of the office's own",
        )
    if lacking:
        yield Text(
            f"{path}: 台账里没有工作表“{'”、“'.join(lacking)}”，按没有内容处理，重新生成",
            f"{path}: the master has no sheet {', '.join(lacking)}; it is made anew, without what it held",
        )
    for task in copies:
        yield Text(
            f"{path}: 总台账中“{task.name}”一行是复制来的（任务标识重复），已作为新任务给予标识{task.key}",
            f"{path}: the row “{task.name}” of the ledger is a copy (its task key stands twice); it is a new task, {task.key}",
        )
    for task, typed in retyped:
        yield Text(
            f"{path}: 总台账中“{task.name}”一行的任务标识被改成了“{typed}”，现按{task.key}处理；请不要改动隐藏列",
            f"{path}: the task key of the row “{task.name}” of the ledger was typed over with “{typed}”; it is {task.key} now;"
            " leave the hidden column as it is",
        )


def _named_by(stamp: Stamp) -> Campaign:
    """The settings that a master itself names; a schema of an office's own is known to its campaign alone."""
    named = stamp.schema if stamp.schema in shipped_names() else "task_list"
    return Campaign(name=stamp.campaign, schema=load_schema(named))


def _task(builder: TaskBuilder, campaign: Campaign, row: SavedRow, key: str) -> TaskRecord:
    cells, values = row.cells, dict.fromkeys(campaign.schema.keys)
    disputed = set()
    for known in campaign.schema.fields:
        if (cell := cells.get(known.key)) is None:
            continue
        if str(cell).startswith(ledger.DISPUTED):
            disputed.add(known.key)
            cell = str(cell)[len(ledger.DISPUTED) :] or None
        values[known.key] = convert(known, cell)
    return builder.build(
        values,
        source=shown(cells["source"]),
        disputed=frozenset(disputed),
        written_units=cells["written_units"],
        recorded=RecordedDue(date_or_none(cells["due"]), reason_code(shown(cells["reason"])), date_or_none(cells["next_due"])),
        extras=row.extras,
        key=key,
        parts=read_parts(cells.get("parts")),
    )
