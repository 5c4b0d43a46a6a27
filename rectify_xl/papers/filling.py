"""What the templates of several papers are filled with: the names are Chinese in templates of either language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import localise
from rectify_xl.papers.words import BLANK, cycle, day, is_broken, plain, short, title_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.papers.facts import Facts

Filling = dict[str, Any]
Enclosure = dict[str, str]
_SUBJECT = 80  # characters of a problem in a table
_CELL = 40
_FEW = 3
_SIGNED, _SIGNED_WIDE = 14, 20  # characters on a line of the signature


def common(facts: Facts) -> Filling:
    """What every official paper may name."""
    rules, lang = facts.campaign.papers, facts.lang
    round_name = cycle(facts.campaign.round_id, lang)
    issuer = plain(facts.campaign.issuer) or facts.say("（发文机关）", "(issuing office)")
    return {
        "活动名称": campaign_name(facts),
        "期数": round_name,
        "本期": round_name or facts.say("本期", "this round"),
        "截至日期": day(facts.as_of, lang),
        "成文日期": day(facts.as_of, lang),
        "落款": issuer,
        "署名": title_lines(issuer, lang, _SIGNED_WIDE),
        "署名较长": len(issuer) > (_SIGNED if lang == "zh" else 2 * _SIGNED),
        "答复期限": day(facts.reply_by().day, lang) or BLANK.in_language(lang),
        "报送截止": day(facts.campaign.round_due, lang),
        "重新报送期限": day(facts.resend_by, lang),
        "提醒天数": facts.campaign.deadlines.due_soon_days,
        "红色天数": rules.red.overdue_days,
        "黄色天数": rules.yellow.overdue_days,
    }


def campaign_name(facts: Facts) -> str:
    """The campaign, in general words where it has no name."""
    return plain(facts.campaign.name) or facts.say("整改任务", "the rectification")


def task_columns(facts: Facts, task: TaskRecord) -> Filling:
    """What every table says of a task."""
    values = task.values
    return {
        "编号": short(values.get("task_id"), _CELL) or "—",
        "问题": short(task.subject, _SUBJECT) or not_said(facts, task.subject),
        "牵头单位": short(facts.listed(facts.lead(task)), _CELL) or facts.unnamed_unit,
        "责任领导": short(_several(facts, task.leaders), _CELL) or "—",
        "责任领导原文": short(values.get("leader"), _CELL) or not_said(facts, values.get("leader")),
        "整改时限": short(values.get("deadline"), _CELL) or not_said(facts, values.get("deadline")),
    }


def not_said(facts: Facts, value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    """What stands instead of a value of which nothing can be printed: that it is blank, or cannot be read."""
    if is_broken(value):
        return facts.say("（公式或错误值，无法读取）", "(a formula or an error, cannot be read)")
    return facts.say("（未填写）", "(not filled in)")


def _several(facts: Facts, names: tuple[str, ...]) -> str:
    """Names in a narrow column: all of a few, else the first and how many."""
    count = len(names)
    if count <= _FEW:
        return facts.listed(names)
    return facts.say(f"{names[0]}等{count}人", f"{names[0]} and {count - 1} others")


def due_day(task: TaskRecord) -> str:
    """The day on which a task is due next, in ISO form."""
    due = task.timing.next_due or task.timing.due
    return due.isoformat() if due else ""


def numbered(wanted: Sequence[tuple[str, str, bool]], lang: str) -> dict[str, Enclosure]:
    """Enclosures with their numbers; a single one has none, an absent one is empty.

    Args:
        wanted: for each the variable, the title, and whether there is one.
        lang: the paper's language.

    Returns:
        Variable -> number, title, and both.
    """
    count = sum(exists for _, _, exists in wanted)
    found: dict[str, Enclosure] = {}
    number = 0
    for variable, title, exists in wanted:
        number += exists
        mark = str(number) if count > 1 else ""
        full = localise(lang, f"{mark}.{title}", f"{mark}. {title}") if mark else title
        found[variable] = {"序号": mark, "名称": title, "题名": full} if exists else {}
    return found
