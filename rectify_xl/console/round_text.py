"""What a merge changed since its base, and where the office looks next, in a few lines."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text, listed, listed_first, localise
from rectify_xl.ledger.decision_words import OTHER_ROUND
from rectify_xl.ledger.unreported import unreported
from rectify_xl.rounds import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rectify_xl.ledger.decision_records import PendingRecord
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.since_base import SinceBase

_LONGEST, _MOST = 15, 10  # of a task's name, and of tasks named
# In the order in which they are printed.
_LINES = (
    (Outcome.REPORTED, Text("按填报更新 {} 处", "{} values as reported")),
    (Outcome.FILLED, Text("单位补填 {} 处", "{} filled in by units")),
    (Outcome.DECIDED, Text("核定 {} 条", "{} decided")),
    (Outcome.ADDED, Text("新增任务 {} 项", "{} new tasks")),
    (Outcome.BLANKED, Text("清空未采纳 {} 处", "{} emptied and kept")),
)


def round_lines(master: Master, lang: str) -> Iterator[str]:
    """What is new, one line; then one line for each sheet in which something waits."""
    yield from _changed(master, lang)
    conflicts = sum(conflict.kind != "refused" for conflict in master.conflicts)
    refused = len(master.conflicts) - conflicts
    if conflicts:
        yield localise(
            lang,
            f"填报不一致 {conflicts} 处，两边的内容都列在“冲突”表中，请核定。",
            f"{conflicts} disagreements, listed in Conflicts.",
        )
    if refused:
        yield localise(
            lang, f"单位建议修改 {refused} 处，台账未改，列在“冲突”表中，请核定。",
            f"{refused} changes proposed by units, listed in Conflicts; the ledger keeps its values.",
        )  # fmt: skip
    if master.pending:
        yield _pending(master.pending, lang)
    missed = sum(silent.all_of_them for silent in unreported(master).values())
    if missed:
        yield localise(
            lang, f"牵头单位本期未报的任务 {missed} 项，在“总台账”的“本期填报”栏标明，内容保持上期。",
            f"{missed} tasks were not reported by their lead: see This round in the ledger; they keep what they said.",
        )  # fmt: skip


def _pending(rows: Sequence[PendingRecord], lang: str) -> str:
    """How many rows wait, by what the office is asked about them."""
    files = {row.source.file for row in rows if row.reason == OTHER_ROUND}
    of_files = sum(row.reason == OTHER_ROUND for row in rows)
    foreign = sum(row.reason == "foreign" for row in rows)
    uncertain = len(rows) - of_files - foreign
    parts = []
    if uncertain:
        parts.append(localise(lang, f"不能确定是哪项任务的有 {uncertain} 行", f"{uncertain} rows of no certain task"))
    if foreign:
        parts.append(localise(lang, f"不是该单位任务的有 {foreign} 行", f"{foreign} rows on tasks of other units"))
    if files:
        zh, en = f"另一轮次的表有 {len(files)} 份（{of_files} 行）", f"{len(files)} lists of another round ({of_files} rows)"
        parts.append(localise(lang, zh, en))
    return listed(lang, parts) + localise(lang, "，列在“待确认”表中，请选处理意见。", ", listed in To confirm.")


def _deleted(since: SinceBase, lang: str) -> Iterator[str]:
    """The tasks that are in the base no more: rows deleted by mistake are missed before they are forgotten."""
    gone = [one for one in since.edits if not one.field and not one.new]
    if not gone:
        return
    names = [f"{one.task}（{one.old[:_LONGEST]}）" if one.task else one.old[:_LONGEST] for one in gone]
    named = listed_first(lang, names, _MOST)
    yield localise(
        lang, f"上次汇总以后，“总台账”中删去了 {len(gone)} 项任务：{named}；误删的请从备份中恢复。",
        f"{len(gone)} tasks were deleted from the ledger since the last merge: {named}; restore them from a backup if"
        " that was a mistake.",
    )  # fmt: skip


def _adding(since: SinceBase, lang: str) -> str:
    """Whose lists the new tasks come from, in brackets."""
    units = Counter(one.unit for one in since.changes if one.outcome == Outcome.ADDED and one.unit)
    named = listed_first(lang, [localise(lang, f"{unit} {n} 项", f"{unit} {n}") for unit, n in units.most_common()], _MOST)
    return localise(lang, f"（{named}）", f" ({named})") if units else ""


def _lines_written(since: SinceBase) -> Mapping[Outcome, int]:
    """Values that changed are counted as 变更记录 lists them: a text that two units share is one line there."""
    written = Counter(one.outcome for one in since.changes if one.field)
    return {outcome: written[outcome] for outcome in (Outcome.REPORTED, Outcome.FILLED)}


def _changed(master: Master, lang: str) -> Iterator[str]:
    since = master.since_base
    if not since:
        return
    yield from _deleted(since, lang)
    counts = {**since.outcomes, **_lines_written(since)}
    counted = [
        words.in_language(lang).format(counts[outcome]) + (_adding(since, lang) if outcome is Outcome.ADDED else "")
        for outcome, words in _LINES
        if counts[outcome]
    ]
    parts = localise(lang, "，", ", ").join(counted) or localise(lang, "没有新的内容", "nothing new")
    if not since.updated:
        yield localise(
            lang, f"与 {since.base} 相比：{parts}；没有任务有变化。", f"Compared with {since.base}: {parts}; no task changed."
        )  # fmt: skip
        return
    yield localise(
        lang, f"与 {since.base} 相比：{parts}；{since.updated} 项任务有变化，逐条记在“变更记录”。",
        f"Compared with {since.base}: {parts}; {since.updated} tasks changed, see Changes.",
    )  # fmt: skip
