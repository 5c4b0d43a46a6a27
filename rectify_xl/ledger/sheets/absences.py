"""未报送: units without a report, and those that did not simply report in time: late, of another round, again, or of nothing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text, localise
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.ledger.records import AbsenceRecord
from rectify_xl.ledger.sheets.context import added_cells, added_columns
from rectify_xl.ledger.sheets.entry import MasterSheet, ReadBack
from rectify_xl.ledger.sheets.tables import Column, ListSheet
from rectify_xl.schema.conversion import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger.sheets.context import SheetContext

KINDS: Mapping[str, Text] = {
    "missing": Text("未报送", "not submitted"),
    "late": Text("逾期报送", "late"),
    "wrong-round": Text("不是本轮模板", "wrong round"),
    "cooperating": Text("仅配合，未报送", "cooperating only, not submitted"),
    "unusable": Text("报来的表没有可用内容", "nothing usable"),
    "again": Text("重报，以后报的为准", "reported again"),
    "zero": Text("零报告", "nothing to report"),
}
TURNOUT_LABELS: Mapping[str, Text] = {
    "on-time": Text("按时", "On time"),
    "late": Text("迟报", "Late"),
    "zero": Text("零报告", "Nothing to report"),
    "wrong-round": Text("轮次不对", "Wrong round"),
    "unusable": Text("无可用内容", "Nothing usable"),
    "missing": Text("未报送", "Not submitted"),
}
_OF_ROUND = LazyPattern(r"第 (.+) 轮的表|list of round (.+)")
_CALM = frozenset({"again", "zero"})

NAME = Text("未报送", "Not submitted")


def columns(context: SheetContext) -> tuple[Column, ...]:
    """Unit, how it is absent, its tasks, whom to call, and its file."""
    say = context.say
    return (
        Column(say("单位", "Unit"), width=24, key="unit"), Column(say("情况", "State"), width=16, key="kind"),
        Column(say("涉及任务", "Tasks"), width=24, key="tasks"), Column(say("联络员", "Liaison"), width=12, key="liaison"),
        Column(say("电话", "Phone"), width=16, key="phone"), Column(say("文件", "File"), width=26, key="file"),
        Column(say("填报日期", "Filled in on"), "date", 12, "filled_on"),
    )  # fmt: skip


def render(context: SheetContext) -> ListSheet:
    """All absences."""
    absences = context.master.absences
    added = added_columns(absence.extras for absence in absences)
    empty = (
        context.say("应报送的单位都已按时报送。", "Every unit has reported in time.")
        if context.master.campaign.units
        else context.say("没有单位名册（units.csv），无法判断谁未报送。", "No roster (units.csv): who is missing is unknown.")
    )
    rows = tuple(
        (
            absence.unit, state(absence, context.lang), "、".join(absence.tasks), absence.liaison, absence.phone,
            absence.file or None, absence.filled_on, *added_cells(added, absence.extras),
        )
        for absence in absences
    )  # fmt: skip
    title = context.title("未报送单位", "Units not reported")
    return ListSheet(
        NAME.in_language(context.lang), title, (*columns(context), *added), rows, empty, tally(context), records=absences,
        calm=all(absence.kind in _CALM for absence in absences),
    )  # fmt: skip


def tally(context: SheetContext) -> str:
    """How many units reported how, so that it adds up; nothing where it is not known."""
    turnout = context.master.turnout
    counted = [(label.in_language(context.lang), len(turnout.get(kind, ()))) for kind, label in TURNOUT_LABELS.items()]
    whole = sum(count for _, count in counted)
    if not whole:
        return ""
    parts = context.say("、", ", ").join(f"{label}{context.say('', ' ')}{count}" for label, count in counted if count)
    again = len(turnout.get("again", ()))
    more = context.say(f"；其中重报{again}个", f"; {again} of them reported again") if again else ""
    return context.say(f"本轮{whole}个单位：{parts}{more}", f"{whole} units: {parts}{more}")


def state(absence: AbsenceRecord, lang: str) -> str:
    """How a unit is absent, in words."""
    if absence.other_round:
        return localise(lang, f"第 {absence.other_round} 轮的表", f"list of round {absence.other_round}")
    return KINDS[absence.kind].in_language(lang) if absence.kind in KINDS else absence.kind


def parse(context: SheetContext, cells: Mapping[str, Any], extras: Mapping[str, Any]) -> AbsenceRecord:
    """A row read back."""
    kinds = {words.in_language(context.lang): kind for kind, words in KINDS.items()}
    state_shown, filled_on = shown(cells["kind"]), cells["filled_on"]
    of_round = _OF_ROUND.fullmatch(state_shown)
    return AbsenceRecord(
        unit=shown(cells["unit"]),
        kind="wrong-round" if of_round else kinds.get(state_shown, state_shown),
        tasks=tuple(filter(None, shown(cells["tasks"]).split("、"))),
        liaison=shown(cells["liaison"]),
        phone=shown(cells["phone"]),
        file=shown(cells["file"]),
        filled_on=_day(filled_on),
        other_round=(of_round[1] or of_round[2]) if of_round else "",
        extras=extras,
    )


def _day(value: Any) -> date | str | None:  # noqa: ANN401 - a cell holds anything
    return value if value is None or isinstance(value, date) else shown(value)


SHEETS = (
    MasterSheet(
        "not_reported", NAME, Text("未报、迟报、重报的单位", "missing and late units"), 70, render,
        read_back=ReadBack("absences", columns, parse, rows_leave=True), identity=("unit",),
    ),
)  # fmt: skip
