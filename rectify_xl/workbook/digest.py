"""What 汇总 says, put together from the master's tables. No looks here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import column_letters
from rectify_xl.ledger.lights import light_name
from rectify_xl.ledger.round_figures import round_labels
from rectify_xl.ledger.sheets.registry import master_sheets
from rectify_xl.workbook.formulas import LedgerFormulas
from rectify_xl.workbook.lists import FIRST_ROW, HEAD_ROW
from rectify_xl.workbook.urgent import Urgent, most_urgent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.collection.timing import Flag, Warned
    from rectify_xl.ledger.counts import Overview, UnitBar
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.months import Month
    from rectify_xl.ledger.records import Round
    from rectify_xl.ledger.sheets.context import SheetContext
    from rectify_xl.ledger.sheets.registry import Summary
    from rectify_xl.ledger.sheets.tables import ListSheet
    from rectify_xl.schema.states import States
    from rectify_xl.workbook.lists import Setting

MOST_UNITS = 15
MOST_ROUNDS = 12  # that the trend shows; the table beside the page holds all
# The warnings among the figures, in order. One that has a list of its own leads there, the others to the ledger's heading,
# to be filtered.
_COUNTED: tuple[Flag, ...] = ("overdue", "due-soon", "undated")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with the formula that counts it in 总台账, and where a click leads."""

    name: str
    value: int
    formula: str
    sheet: str
    cell: str = "A1"


@dataclass(frozen=True, slots=True)
class Card:
    """One of the five large figures; ``shown`` counts what a filter in 总台账 leaves, ``change`` is since the last round."""

    count: Figure
    shown: str
    change: int | None


@dataclass(frozen=True, slots=True)
class Question:
    """Rows of a sheet on which the office has to decide: what it says, and the cell of the first decision."""

    text: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class Digest:
    """The contents of 汇总."""

    title: str
    subtitle: str
    sources: str
    cards: tuple[Card, ...]
    statuses: tuple[Figure, ...]
    states: States
    warnings: tuple[tuple[Warned, Figure], ...]
    in_doubt: int
    paces: tuple[Figure, ...]
    units: tuple[UnitBar, ...]
    more_units: int
    months: tuple[Month, ...]
    formulas: LedgerFormulas
    round_labels: tuple[str, ...]
    rounds: tuple[Round, ...]
    urgent: tuple[Urgent, ...]
    ledger: str
    missing: tuple[str, str]
    directory: tuple[tuple[str, str, int], ...]
    questions: tuple[Question, ...]


def make_digest(summary: Summary, lists: Mapping[str, ListSheet], setting: Setting) -> Digest:
    """Put the contents of 汇总 together."""
    overview, say = summary.overview(), setting.say
    master, context = summary.master, summary.context
    formulas = LedgerFormulas(lists["ledger"], context)
    return Digest(
        title=context.title("整改任务汇总", "Rectification tasks"),
        subtitle=_subtitle(master, setting, context.checked),
        sources=say(f"来自{master.files}份报送文件", f"from {master.files} files"),
        cards=_cards(overview, master, lists, formulas),
        statuses=_statuses(overview, context.statuses, lists["ledger"].name, formulas),
        states=context.schema.states,
        warnings=_warnings(overview, lists, formulas),
        in_doubt=len(master.doubtful),
        paces=_paces(overview, context, lists["ledger"].name, formulas),
        units=overview.unit_bars[:MOST_UNITS],
        more_units=max(0, len(overview.unit_bars) - MOST_UNITS),
        months=overview.months,
        formulas=formulas,
        round_labels=round_labels(context),
        rounds=master.rounds,
        urgent=most_urgent(context),
        ledger=lists["ledger"].name,
        missing=_missing(master, lists["not_reported"], setting),
        directory=tuple((lists[sheet.key].name, say(*sheet.about), lists[sheet.key].count) for sheet in master_sheets()),
        questions=_questions(master, lists, setting),
    )


def _subtitle(master: Master, setting: Setting, checked: str) -> str:
    say, campaign = setting.say, master.campaign
    errors, warnings, infos = master.severity_counts.values()
    parts = [say(f"统计截至 {setting.as_of}", f"as of {setting.as_of}")]
    if campaign.round_id:
        parts.insert(0, say(f"轮次 {campaign.round_id}", f"round {campaign.round_id}"))
    if campaign.issuer:
        parts.insert(0, campaign.issuer)
    zh = f"{checked or '校验'}：错误{errors}个、提醒{warnings}个、提示{infos}个"
    parts.append(say(zh, f"{checked.lower() or 'checks'}: {errors} errors, {warnings} warnings, {infos} notes"))
    if doubtful := len(master.doubtful):
        parts.append(say(f"逾期中{doubtful}项时限存疑，见“逾期”", f"{doubtful} overdue by a date in doubt, see “Overdue”"))
    if lights := {light_name(colour, setting.lang): count for colour, count in master.lights.counts().items()}:
        zh = "、".join(f"{name}{count}项" for name, count in lights.items())
        parts.append(say(f"预警灯：{zh}", "lights: " + ", ".join(f"{name} {count}" for name, count in lights.items())))
    if master.held_rows:
        zh = f"严格模式：{master.held_rows}行有错误，未并入"
        parts.append(say(zh, f"strict: {master.held_rows} rows with errors left out"))
    return "  |  ".join(parts)


def _cards(overview: Overview, master: Master, lists: Mapping[str, ListSheet], formulas: LedgerFormulas) -> tuple[Card, ...]:
    ledger = lists["ledger"].name
    counted = (
        (formulas.total(), formulas.shown(), ledger, "A1"),
        (formulas.closed(), formulas.shown_closed(), ledger, _head(formulas.status_at)),
        *((formulas.flagged(flag), formulas.shown(flag), *_list_of(flag, lists, formulas)) for flag in _COUNTED),
    )
    before = master.rounds[-1].figures if master.rounds else None
    return tuple(
        Card(Figure(name, value, formula, sheet, cell), shown, value - before[at] if before else None)
        for at, ((name, value), (formula, shown, sheet, cell)) in enumerate(zip(overview.figures, counted, strict=True))
    )


def _statuses(overview: Overview, words: tuple[str, ...], ledger: str, formulas: LedgerFormulas) -> tuple[Figure, ...]:
    """Every status, also one without a task: the office may give a task that status. The last one is the rest."""
    counted, head = dict(overview.by_status), _head(formulas.status_at)
    known = tuple(Figure(word, counted.get(word, 0), formulas.of_status((word,)), ledger, head) for word in words[:-1])
    return (*known, Figure(words[-1], counted.get(words[-1], 0), "", ledger, head))


def _warnings(overview: Overview, lists: Mapping[str, ListSheet], formulas: LedgerFormulas) -> tuple[tuple[Warned, Figure], ...]:
    counts = []
    for warning, name, value in overview.by_warning:
        leads = _list_of("overdue" if warning == "in-doubt" else warning, lists, formulas)
        counts.append((warning, Figure(name, value, formulas.warned(warning), *leads)))
    return tuple(counts)


def _paces(overview: Overview, context: SheetContext, ledger: str, formulas: LedgerFormulas) -> tuple[Figure, ...]:
    """Done, keeping pace, behind; the last one is the rest. Nothing where the schema has no pace."""
    if not overview.by_pace:
        return ()
    head = _head(formulas.pace_at)
    behind, *reached = context.schema.paces
    done, closed = overview.figures[1]
    (keeping, on), (late, slow), (rest, unsaid) = overview.by_pace
    return (
        Figure(done, closed, formulas.closed(), ledger, _head(formulas.status_at)),
        Figure(keeping, on, formulas.of_pace(reached), ledger, head),
        Figure(late, slow, formulas.of_pace((behind,)), ledger, head),
        Figure(rest, unsaid, "", ledger, head),
    )


def _list_of(flag: Flag, lists: Mapping[str, ListSheet], formulas: LedgerFormulas) -> tuple[str, str]:
    """Sheet and cell to which the figure of a warning leads."""
    own = next((sheet.key for sheet in master_sheets() if sheet.flag == flag), None)
    return (lists[own].name, "A1") if own else (lists["ledger"].name, _head(formulas.flag_at))


def _head(column: int | None) -> str:
    """The heading of a column of 总台账, where its filter's button is."""
    return "A1" if column is None else f"{column_letters(column + 1)}{HEAD_ROW + 1}"


def _questions(master: Master, lists: Mapping[str, ListSheet], setting: Setting) -> tuple[Question, ...]:
    """What waits for a decision in 冲突 and 待确认, as long as there is any."""
    say = setting.say
    counted = (
        ("conflicts", len(master.conflicts), "冲突：{}处待核定", "Conflicts: {} to decide"),
        ("pending", len(master.pending), "待确认：{}行待处理", "To confirm: {} rows to decide"),
    )
    return tuple(
        Question(
            f"{say(zh, en).format(count)} →", lists[key].name,
            f"{column_letters(lists[key].index('decision') + 1)}{FIRST_ROW + 1}",
        )
        for key, count, zh, en in counted
        if count
    )  # fmt: skip


def _missing(master: Master, sheet: ListSheet, setting: Setting) -> tuple[str, str]:
    """Heading and the line to paste."""
    say = setting.say
    units = master.missing_units
    if units:
        heading = say(f"未报送单位（{len(units)}家，可直接复制）", f"Not submitted ({len(units)} units, ready to paste)")
        return heading, say("、", ", ").join(units)
    if not master.campaign.units:
        return say("未报送单位", "Not submitted"), sheet.empty
    return say("未报送单位", "Not submitted"), say("应报送的单位都已报送。", "Every unit that should report has reported.")
