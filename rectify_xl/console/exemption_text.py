"""The exemptions of a report as text: what the office has silenced and why, and the entries that met nothing."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import listed, localise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.campaign.rule_settings import Silence
    from rectify_xl.validation.exemptions import Idle, Silenced
    from rectify_xl.validation.report import Report

_MOST_CELLS = 6


def exempt_lines(report: Report, lang: str) -> Iterator[str]:
    """One line of summary, then one line per entry and file with the reason; then the entries that are of no use."""
    if report.silenced:
        count = len(report.silenced)
        yield localise(
            lang, f"已豁免 {count} 处（见 rules.silence，不计入问题）：", f"Exempted by rules.silence and not counted: {count}"
        )
        entries = list(dict.fromkeys(one.silence for one in report.silenced))
        ordered = sorted(report.silenced, key=lambda one: (one.finding.file or "\uffff", entries.index(one.silence)))
        for (place, _), group in groupby(ordered, key=lambda one: (_place(one), one.silence)):
            yield _line(list(group), place, lang)
        yield ""
    for idle in report.idle:
        yield idle_line(idle, lang)


def idle_line(idle: Idle, lang: str) -> str:
    """That an entry silences nothing, and what to do with it."""
    silence = idle.silence
    where = silence.where.in_language(lang) or "rules.silence"
    what = describe(silence, lang)
    if idle.expired:
        zh, en = f"已于 {silence.until} 到期，不再豁免；请续期或删去", f"expired on {silence.until}; renew or delete it"
    else:
        zh, en = "没有可豁免的问题；不再需要的请删去", "there is nothing to exempt; delete it if it is no longer needed"
    return localise(lang, f"提示 {where}（{what}）：{zh}", f"info {where} ({what}): {en}")


def describe(silence: Silence, lang: str) -> str:
    """Rule, unit and task of an entry."""
    task = localise(lang, f"任务 {silence.task}", f"task {silence.task}")
    return " · ".join(filter(None, (silence.rule, silence.unit, silence.task and task)))


def _place(silenced: Silenced) -> str:
    return silenced.finding.file or silenced.finding.unit or ""


def _line(group: list[Silenced], place: str, lang: str) -> str:
    first = group[0]
    cells = [one.finding.cell for one in group if one.finding.cell]
    shown = listed(lang, cells[:_MOST_CELLS]) + ("…" if len(cells) > _MOST_CELLS else "")
    until = first.silence.until
    limit = localise(lang, f"（至 {until}）", f" (until {until})") if until else ""
    reason = localise(lang, f"理由：{first.silence.reason}", f"reason: {first.silence.reason}")
    return f"  {' '.join(filter(None, (place, shown)))} {first.finding.message} [{first.finding.slug}] {reason}{limit}"
