"""Mailings and the outbox as text for a terminal."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text, listed, localise
from rectify_xl.console.columns import table_lines
from rectify_xl.mail.address import visible
from rectify_xl.mail.reasons import shown_size

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rectify_xl.mail.delivery import Step
    from rectify_xl.mail.entry import Entry
    from rectify_xl.mail.letter import Letter, Plan
    from rectify_xl.mail.mailing import Item
    from rectify_xl.mail.transaction import State

STATES: dict[State, Text] = {
    "queued": Text("待发", "queued"),
    "sending": Text("正在发", "sending"),
    "sent": Text("已发出", "sent"),
    "deferred": Text("暂缓", "deferred"),
    "failed": Text("失败", "failed"),
    "unknown": Text("结果不明", "unknown"),
    "cancelled": Text("已取消", "cancelled"),
}
_LEADERS = Text("领导（mail.to）", "leaders (mail.to)")
_MAILING_HEAD = (Text("单位", "Unit"), Text("邮箱", "Address"), Text("内容", "What"), Text("大小", "Size"), Text("说明", "Note"))
_OUTBOX_HEAD = (
    Text("编号", "No."), Text("状态", "State"), Text("时间", "Time"), Text("单位", "Unit"), Text("邮箱", "Address"),
    Text("标题", "Subject"), Text("大小", "Size"),
)  # fmt: skip


def mailing_lines(items: Sequence[Item], plan: Plan, lang: str) -> Iterator[str]:
    """Who gets what, with sizes."""
    leaders = _LEADERS.in_language(lang)
    rows = [
        (item.letter.unit or leaders, item.letter.address, _about(item.letter, lang), item.letter.shown_size, item.note(lang))
        for item in items
    ]
    if rows:
        yield from table_lines([head.in_language(lang) for head in _MAILING_HEAD], rows)
    for note in plan.notes:
        yield localise(lang, f"请注意：{note.zh}", f"Note: {note.en}")


def _about(letter: Letter, lang: str) -> str:
    """What a letter brings: its files, or what it reminds of."""
    facts = letter.facts
    if letter.attachments:
        names = listed(lang, (visible(file.name) for file in letter.attachments))
        day = facts.get("checked") or facts.get("as_of", "")
        return names + (localise(lang, f"（截至 {day}）", f" (as of {day})") if day else "")
    parts = [reminder.in_language(lang) for key, reminder in _REMINDERS.items() if facts[key]]
    if facts["overdue"]:
        count, doubtful = len(facts["overdue"]), sum(task["doubtful"] for task in facts["overdue"])
        doubt = localise(lang, f"（存疑 {doubtful} 项）", f" ({doubtful} in doubt)") if doubtful else ""
        parts.append(localise(lang, f"逾期 {count} 项{doubt}", f"{count} overdue{doubt}"))
    return listed(lang, parts)


_REMINDERS = {
    "missing": Text("未报送", "not submitted"),
    "late": Text("迟报", "late"),
    "wrong_round": Text("不是本轮模板", "wrong round"),
}


def result_lines(entries: Sequence[Entry], lang: str) -> Iterator[str]:
    """What became of messages: the troubled ones one by one, then the totals."""
    for entry in entries:
        if entry.state != "sent":
            state = STATES[entry.state].in_language(lang)
            why = entry.reason.text(lang) if entry.reason else ""
            colon = localise(lang, "：", ": ") if why else ""
            yield f"#{entry.id} {entry.unit or entry.recipient} <{entry.recipient}> {state}{colon}{why}"
    yield totals_line(entries, lang)


def totals_line(entries: Sequence[Entry], lang: str) -> str:
    """How many messages are in which state."""
    counted = Counter(entry.state for entry in entries)
    if not counted:
        return localise(lang, "没有邮件。", "No messages.")
    parts = [
        localise(lang, f"{state.zh} {counted[name]} 封", f"{counted[name]} {state.en}")
        for name, state in STATES.items()
        if counted[name]
    ]
    return localise(lang, f"共 {len(entries)} 封：{'、'.join(parts)}。", f"{len(entries)} messages: {', '.join(parts)}.")


def outbox_lines(entries: Sequence[Entry], lang: str) -> Iterator[str]:
    """The outbox as a table."""
    rows = [
        (
            str(entry.id), STATES[entry.state].in_language(lang), _moment(entry).strftime("%m-%d %H:%M"),
            entry.unit or _LEADERS.in_language(lang), entry.recipient, entry.subject, shown_size(entry.size),
        )
        for entry in entries
    ]  # fmt: skip
    if rows:
        yield from table_lines([head.in_language(lang) for head in _OUTBOX_HEAD], rows)
        yield ""
    yield from result_lines(entries, lang)


def _moment(entry: Entry) -> datetime:
    """When it came into its state, by the office's clock."""
    return datetime.fromtimestamp(entry.changed).astimezone()


def step_line(step: Step, lang: str) -> str:
    """What a run is doing, on one line."""
    if step.entry is None:
        seconds = max(1, round(step.seconds))
        waiting = localise(
            lang, f"等待 {seconds} 秒后继续（按 Ctrl-C 停止，没发出的都留在发件箱）",
            f"waiting {seconds} s (Ctrl-C stops; nothing is lost)",
        )  # fmt: skip
        return f"{step.number}/{step.total} {waiting}"
    to = step.entry.unit or step.entry.recipient
    return localise(lang, f"正在发送 {step.number}/{step.total}：{to}", f"Sending {step.number}/{step.total}: {to}")


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
