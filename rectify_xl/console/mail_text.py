"""Mailings and the outbox as text for a terminal."""

from __future__ import annotations

import unicodedata
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import localise
from rectify_xl.mail.address import visible
from rectify_xl.mail.reasons import shown_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rectify_xl.mail.courier import Step
    from rectify_xl.mail.entry import Entry
    from rectify_xl.mail.letter import Letter, Plan
    from rectify_xl.mail.mailing import Item
    from rectify_xl.mail.transaction import State

STATES: dict[State, tuple[str, str]] = {
    "queued": ("待发", "queued"),
    "sending": ("正在发", "sending"),
    "sent": ("已发出", "sent"),
    "deferred": ("暂缓", "deferred"),
    "failed": ("失败", "failed"),
    "unknown": ("结果不明", "unknown"),
    "cancelled": ("已取消", "cancelled"),
}
_GAP = "  "


def mailing_lines(items: Sequence[Item], plan: Plan, lang: str) -> Iterator[str]:
    """Who gets what, with sizes."""
    head = ("单位", "邮箱", "内容", "大小", "说明") if lang == "zh" else ("Unit", "Address", "What", "Size", "Note")
    leaders = "领导（mail.to）" if lang == "zh" else "leaders (mail.to)"
    rows = [
        (item.letter.unit or leaders, item.letter.address, _about(item.letter, lang), item.letter.shown_size, item.note(lang))
        for item in items
    ]
    if rows:
        yield from table_lines(head, rows)
    for note in plan.notes:
        yield localise(lang, f"请注意：{note.zh}", f"Note: {note.en}")


def _about(letter: Letter, lang: str) -> str:
    """What a letter brings: its files, or what it reminds of."""
    facts, zh = letter.facts, lang == "zh"
    if letter.attachments:
        names = ("、" if zh else ", ").join(visible(file.name) for file in letter.attachments)
        day = facts.get("checked") or facts.get("as_of", "")
        return names + ("" if not day else f"（截至 {day}）" if zh else f" (as of {day})")
    parts = [words[not zh] for key, words in _REMINDERS.items() if facts[key]]
    if facts["overdue"]:
        count = len(facts["overdue"])
        parts.append(f"逾期 {count} 项" if zh else f"{count} overdue")
    return ("、" if zh else ", ").join(parts)


_REMINDERS = {
    "missing": ("未报送", "not submitted"),
    "late": ("迟报", "late"),
    "wrong_round": ("不是本轮模板", "wrong round"),
}


def result_lines(entries: Sequence[Entry], lang: str) -> Iterator[str]:
    """What became of messages: the troubled ones one by one, then the totals."""
    for entry in entries:
        if entry.state != "sent":
            state = STATES[entry.state][lang != "zh"]
            why = entry.reason.text(lang) if entry.reason else ""
            mark = "：" if lang == "zh" else ": "
            yield f"#{entry.id} {entry.unit or entry.recipient} <{entry.recipient}> {state}{mark if why else ''}{why}"
    yield totals_line(entries, lang)


def totals_line(entries: Sequence[Entry], lang: str) -> str:
    """How many messages are in which state."""
    counted = Counter(entry.state for entry in entries)
    if lang == "zh":
        parts = [f"{words[0]} {counted[state]} 封" for state, words in STATES.items() if counted[state]]
        return f"共 {len(entries)} 封：{'、'.join(parts)}。" if parts else "没有邮件。"
    parts = [f"{counted[state]} {words[1]}" for state, words in STATES.items() if counted[state]]
    return f"{len(entries)} messages: {', '.join(parts)}." if parts else "No messages."


def outbox_lines(entries: Sequence[Entry], lang: str) -> Iterator[str]:
    """The outbox as a table."""
    zh = lang == "zh"
    head = _OUTBOX_HEAD[lang]
    rows = [
        (
            str(entry.id), STATES[entry.state][not zh], _moment(entry).strftime("%m-%d %H:%M"), entry.unit or "-",
            entry.recipient, entry.subject, shown_size(entry.size),
        )
        for entry in entries
    ]  # fmt: skip
    if rows:
        yield from table_lines(head, rows)
        yield ""
    yield from result_lines(entries, lang)


_OUTBOX_HEAD = {
    "zh": ("编号", "状态", "时间", "单位", "邮箱", "标题", "大小"),
    "en": ("No.", "State", "Time", "Unit", "Address", "Subject", "Size"),
}


def _moment(entry: Entry) -> datetime:
    """When it came into its state, by the office's clock."""
    return datetime.fromtimestamp(entry.changed).astimezone()


def table_lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table whose columns stand below each other: Chinese characters take two places."""
    cells = [head, *rows]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        yield _GAP.join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def step_line(step: Step, lang: str) -> str:
    """What a run is doing, on one line."""
    zh = lang == "zh"
    if step.entry is None:
        seconds = max(1, round(step.seconds))
        told = ("等待 {} 秒后继续（按 Ctrl-C 停止，没发出的都留在发件箱）", "waiting {} s (Ctrl-C stops; nothing is lost)")
        return f"{step.number}/{step.total} {told[not zh].format(seconds)}"
    to = step.entry.unit or step.entry.recipient
    return f"正在发送 {step.number}/{step.total}：{to}" if zh else f"Sending {step.number}/{step.total}: {to}"


def entry_dict(entry: Entry, lang: str) -> dict[str, Any]:
    """A message of the outbox as JSON-ready data."""
    return {
        "id": entry.id,
        "message_id": entry.message_id,
        "kind": entry.kind,
        "unit": entry.unit or None,
        "address": entry.recipient,
        "subject": entry.subject,
        "round": entry.round or None,
        "attachments": [{"name": name, "sha256": digest, "bytes": size} for name, digest, size in entry.attachments],
        "bytes": entry.size,
        "state": entry.state,
        "tries": entry.tries,
        "reason": entry.reason.text(lang) if entry.reason else None,
        "changed": _moment(entry).isoformat(timespec="seconds"),
    }
