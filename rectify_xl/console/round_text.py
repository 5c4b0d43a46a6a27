"""What a merge changed since its base, and where the office looks next, in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text, localise
from rectify_xl.ledger.unreported import unreported
from rectify_xl.rounds import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ledger.master import Master

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
        count = len(master.pending)
        yield localise(
            lang,
            f"不能确定是哪项任务的有 {count} 行，列在“待确认”表中，请选处理意见。",
            f"{count} rows of no certain task, listed in To confirm.",
        )
    missed = sum(silent.all_of_them for silent in unreported(master).values())
    if missed:
        yield localise(
            lang, f"牵头单位本期未报的任务 {missed} 项，在“总台账”的“本期填报”栏标明，内容保持上期。",
            f"{missed} tasks were not reported by their lead: see This round in the ledger; they keep what they said.",
        )  # fmt: skip


def _changed(master: Master, lang: str) -> Iterator[str]:
    since = master.since_base
    if not since:
        return
    counts = since.outcomes
    counted = [words.in_language(lang).format(counts[outcome]) for outcome, words in _LINES if counts[outcome]]
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
