"""What was found in a look-back, read from its workbook and written into the ledger.

Every result is a line of 变更记录. A task that came back gets 反弹日期, 反弹原因 and the state for it. A row that is half filled
in, or of which it is not certain whose task it is, changes nothing and is named.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rectify_xl.collection.extensions import day_of
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.text_keys import text_key
from rectify_xl.ledger.draft import Draft
from rectify_xl.ledger.lookback import HELD, NAME, REOPENED, RESULTS, SEPARATOR
from rectify_xl.ledger.lookback_sheet import TO_FILL_IN, columns
from rectify_xl.ledger.saved_table import SavedTable
from rectify_xl.ledger.saved_workbook import workbook_at
from rectify_xl.ledger.sheets.context import SheetContext
from rectify_xl.provenance.stamp import CAMPAIGN, KIND, LANG, LOOKBACK, name_key
from rectify_xl.rounds import Outcome
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rectify_xl.ledger.master import Master

_NEEDED = frozenset({"key", *TO_FILL_IN})


def with_lookback(master: Master, path: Path) -> Master:
    """The master with the results of a look-back; applied twice they count once. ``notes`` says what was not applied.

    Raises:
        RectifyError: it is no look-back of ours, or one of another campaign, or lacks a column.
    """
    rows = _rows(master, path)
    draft, notes, applied = Draft(master, master.campaign.round_id), [], 0
    # What 变更记录 has already, in either language.
    known = {(one.key, one.new) for one in master.changes if one.field in NAME}
    said: dict[str, set[str]] = {}
    for row in rows:
        said.setdefault(shown(row["key"]), set()).add(text_key(shown(row["result"])))
    for row in rows:
        fault = _fault(draft, row, said)
        if fault:
            name = shown(row["task_id"]) or shown(row["key"]) or "—"
            notes.append(Text(
                f"{path.name} 任务{name}：{fault.zh}，没有采用", f"{path.name}, task {name}: {fault.en}; not applied"
            ))  # fmt: skip
        else:
            applied += _apply(draft, row, path.name, known)
    back = [row for row in rows if _result(shown(row["result"])) is REOPENED and not _fault(draft, row, said)]
    if back and not any(state.reopened for state in master.campaign.schema.states):
        names = [shown(row["task_id"]) or shown(row["key"]) for row in back]
        notes.append(Text(
            f"清单没有表示反弹的状态，任务{'、'.join(names)}的状态没有改，请在总台账中改为仍在办理的状态",
            f"the schema has no state for what came back; set the state of {', '.join(names)} in the master yourself",
        ))  # fmt: skip
    notes.append(Text(f"{path.name}：采用了 {applied} 项核查结果", f"{path.name}: {applied} results applied"))
    return replace(draft.finish(master.campaign, master.as_of), notes=(*master.notes, *notes))


def _rows(master: Master, path: Path) -> list[Mapping[str, Any]]:
    """The rows in which somebody has filled in something, by the key of their column."""
    try:
        workbook = workbook_at(path)
    except RectifyError as error:
        raise _no_lookback(path) from error
    properties = workbook.properties
    if properties.get(KIND) != LOOKBACK:
        raise _no_lookback(path)
    campaign = properties.get(CAMPAIGN, "")
    if campaign and master.campaign.name and name_key(campaign) != name_key(master.campaign.name):
        raise RectifyError(
            f"{path}: 这是“{campaign}”的回头看清单，与总台账不同；请核对",
            f"{path}: this is the look-back of “{campaign}”, and the master is another campaign's; check which is meant",
        )
    lang = properties.get(LANG, master.lang)
    context = SheetContext(master, lang)
    sheet = next((one for one in workbook.sheets if one.name == NAME.in_language(lang)), None)
    if sheet is None:
        raise _no_lookback(path)
    own = columns(context)
    table = SavedTable(path, sheet, own, {column.key for column in own} - _NEEDED, master.campaign.schema)
    return [row.cells for row in table.rows() if any(shown(row.cells[key]) for key in TO_FILL_IN)]


def _no_lookback(path: Path) -> RectifyError:
    return RectifyError(
        f"{path}: 不是回头看清单；请给出由 rectify-xl lookback 生成、填好的工作簿",
        f"{path}: no look-back; name a workbook that rectify-xl lookback made, filled in",
    )


def _fault(draft: Draft, row: Mapping[str, Any], said: Mapping[str, set[str]]) -> Text | None:
    """Why a row cannot be applied."""
    key, result = shown(row["key"]), shown(row["result"])
    if key not in draft.tasks:
        return Text("任务标识不在总台账中", "its key is not in the master")
    if not result:
        return Text("没有填核查结果", "the result is missing")
    if _result(result) is None:
        words = "、".join(word.zh for word in RESULTS)
        return Text(
            f"核查结果“{result}”应为 {words} 之一", f"the result “{result}” is none of {', '.join(w.en for w in RESULTS)}"
        )
    if len(said[key]) > 1:
        return Text("几行的核查结果互相矛盾", "its rows say different things")
    if day_of(row["looked_on"]) is None:
        return Text("没有填核查日期，或看不出是哪一天", "the day is missing, or is none")
    return None


def _result(text: str) -> Text | None:
    """What a result means, in either language."""
    return next((one for one in RESULTS if text_key(text) in (text_key(one.zh), text_key(one.en))), None)


def _apply(draft: Draft, row: Mapping[str, Any], file: str, known: set[tuple[str, Any]]) -> bool:
    """Write a result into the ledger; False where it is there already."""
    task, schema = draft.tasks[shown(row["key"])], draft.campaign.schema
    day, result = day_of(row["looked_on"]), _result(shown(row["result"])) or HELD
    lang = draft.master.lang
    parts = (str(day), result.in_language(lang), shown(row["looked_by"]), shown(row["notes"]))
    line = SEPARATOR.join(part for part in parts if part)
    if (task.key, line) in known:
        return False
    known.add((task.key, line))
    source = f"{file}!{NAME.in_language(lang)}"
    draft.log(task, NAME.in_language(lang), "", line, Outcome.DECIDED, source=source)
    if result is REOPENED:
        state = next((one.word for one in schema.states if one.reopened), None)
        changes = {"reopened_on": day, "reopen_reason": shown(row["notes"]) or None, "status": state}
        for name, value in changes.items():
            if name in schema and value is not None and value != task.values.get(name):
                draft.change(task.key, name, value, Outcome.DECIDED, source=source)
    return True
