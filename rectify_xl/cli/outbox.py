"""``rectify-xl outbox``, and what it shares with ``send``: delivering recorded messages with a line of progress."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from rectify_xl.cli.command import argument, command, option
from rectify_xl.cli.options import CAMPAIGN, FORMAT, campaign_at, campaign_folder
from rectify_xl.cli.parameters import ChoiceType, NumberType
from rectify_xl.cli.streams import echo, echo_json, echo_while_waiting
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text, localise
from rectify_xl.common.visible import visible_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.mail.delivery import Step
    from rectify_xl.mail.entry import Entry
    from rectify_xl.mail.outbox import Outbox
    from rectify_xl.mail.server import Server

NOT_SENT = 2
_LONGEST_WAIT, _LAST_NUMBER = 1440, 10**9
WAIT = option(
    "--wait", type=NumberType(0, _LONGEST_WAIT, whole=False), default=1.0, show_default=True, shown=Text("分钟", "MINUTES"),
    zh="服务器要求稍后再发的，最多等多久", en="How long to go on trying what the server puts off.",
)  # fmt: skip


@command("outbox", """
    查看、重发或取消邮件。

    list：列出每封邮件和它的状态。retry：重发待发、暂缓和失败的邮件；可能已经送达的，写明编号才重发。cancel：按编号取消。
    confirm：按编号注明一封可能已经送达的邮件确已收到。
    """)  # fmt: skip
@argument("action", "list|retry|cancel|confirm", "list|retry|cancel|confirm", required=False, default="list",
          type=ChoiceType("list", "retry", "cancel", "confirm"))  # fmt: skip
@argument("numbers", "编号", "NO", nargs=-1, type=NumberType(1, _LAST_NUMBER))
@CAMPAIGN
@WAIT
@FORMAT
def outbox(action: str, numbers: tuple[int, ...], campaign: Path | None, wait: float, style: str, lang: str) -> None:
    """List, retry or cancel mail.

    list: every message and its state. retry: send again what is queued, put off or refused; a message that may have
    arrived only by its number. cancel: give messages up, by number. confirm: note that a message which may have
    arrived did, by number.
    """
    from rectify_xl.mail.outbox import FILE, open_outbox

    settings, folder = campaign_and_folder(campaign)
    if not (folder / FILE).exists():
        raise RectifyError(
            f"{folder}: 这里还没有发件箱，说明还没有用 rectify-xl send --yes 发过邮件",
            f"{folder}: there is no outbox yet, so nothing was sent with rectify-xl send --yes",
        )
    with open_outbox(folder, echo_while_waiting(lang)) as box:
        if action == "list":
            _show(_current_entries(box, numbers), style, lang)
            return
        with box.sole_sender():
            entries = _selected(box, numbers, action)
            if action == "retry":
                entries = _retry(box, entries, settings, wait, lang, by_number=bool(numbers))
            else:
                _settle(box, entries, action)
                entries = box.entries(entry.id for entry in entries)
    _show(entries, style, lang)
    if action == "retry":
        exit_unless_sent(entries, lang)


def campaign_and_folder(given: Path | None) -> tuple[Campaign, Path]:
    """The campaign of ``--campaign`` and its folder, where the outbox is.

    Raises:
        RectifyError: the option is missing.
    """
    campaign, folder = campaign_at(given), campaign_folder(given)
    if campaign is None or folder is None:
        raise RectifyError(
            "发邮件要知道是哪个活动；请加 --campaign 活动文件夹（里面有 campaign.yaml 和单位名册）",
            "mail needs to know the campaign; add --campaign with its folder (campaign.yaml and the roster)",
        )
    return campaign, folder


def deliver_recorded(
    box: Outbox, ids: tuple[int, ...], server: Server, sender: str, campaign: Campaign, wait: float, lang: str
) -> tuple[Entry, ...]:
    """Deliver messages that stand in the outbox."""
    from rectify_xl.mail.delivery import RetryPolicy, deliver_queued

    with _progress(lang) as progress:
        return deliver_queued(
            box, ids, server, sender,
            per_minute=campaign.mail.per_minute, retry=RetryPolicy(give_up_after=wait * 60), progress=progress,
        )  # fmt: skip


@contextmanager
def _progress(lang: str) -> Iterator[Callable[[Step], None] | None]:
    """A line on stderr, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rectify_xl.console.mail_text import step_line

    try:
        yield lambda step: click.echo(f"\r\x1b[K{visible_text(step_line(step, lang), one_line=True)}", nl=False, err=True)
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def exit_unless_sent(entries: tuple[Entry, ...], lang: str) -> None:
    """Exit with 2 unless everything was sent, and say where the rest is."""
    if any(entry.state != "sent" for entry in entries):
        zh = "没有发出的都在发件箱里：用 rectify-xl outbox 查看，处理后用 rectify-xl outbox retry 再发。"
        en = "What was not sent is in the outbox: see rectify-xl outbox, then rectify-xl outbox retry."
        echo(localise(lang, zh, en), err=True)
        sys.exit(NOT_SENT)


def _current_entries(box: Outbox, numbers: Sequence[int]) -> tuple[Entry, ...]:
    """What is there. What a killed process left is put in order first, unless another one is at work right now."""
    from contextlib import suppress

    with suppress(RectifyError), box.sole_sender():
        pass
    return box.entries(numbers or None)


_ALLOWED = {
    "retry": ("queued", "deferred", "failed", "unknown", "cancelled"),
    "cancel": ("queued", "deferred", "failed", "unknown"),
    "confirm": ("unknown",),
}
_REFUSED = {
    "retry": Text(
        "编号 {number} 已经发出，不再发；确实要再发一次，请用 rectify-xl send --again",
        "message {number} was sent and is not sent again; to send it once more, use rectify-xl send --again",
    ),
    "cancel": Text(
        "编号 {number} 已经发出或已经取消，不能再取消", "message {number} was sent or cancelled and cannot be cancelled"
    ),
    "confirm": Text("编号 {number} 不是“结果不明”的邮件，不用核实", "message {number} is not in the state “unknown”"),
}


def _selected(box: Outbox, numbers: Sequence[int], action: str) -> tuple[Entry, ...]:
    """The messages that an action is about.

    Raises:
        RectifyError: there is no such message, or nothing can be done with it.
    """
    if not numbers:
        if action != "retry":
            raise RectifyError(
                f"请写明编号，例如 rectify-xl outbox {action} 12 13（编号见 rectify-xl outbox）",
                f"name the numbers, as in rectify-xl outbox {action} 12 13 (rectify-xl outbox lists them)",
            )
        return tuple(entry for entry in box.entries() if entry.state in ("queued", "deferred", "failed"))
    found = {entry.id: entry for entry in box.entries(numbers)}
    for number in numbers:
        if number not in found:
            raise RectifyError(
                f"发件箱里没有编号为 {number} 的邮件；编号见 rectify-xl outbox",
                f"the outbox has no message {number}; rectify-xl outbox lists the numbers",
            )
        if found[number].state not in _ALLOWED[action]:
            refused = _REFUSED[action]
            raise RectifyError(refused.zh.format(number=number), refused.en.format(number=number))
    return tuple(found.values())


def _retry(
    box: Outbox, entries: Sequence[Entry], campaign: Campaign, wait: float, lang: str, *, by_number: bool
) -> tuple[Entry, ...]:
    """Send once more. An address that was mended meanwhile is not written to again in its old form.

    Raises:
        RectifyError: a message asked for by its number would go to such an address.
    """
    from pathlib import Path

    from rectify_xl.mail.office import office_of
    from rectify_xl.mail.planning import recipients
    from rectify_xl.mail.server import server_of

    sender = office_of(campaign, Path()).sender
    server = server_of(campaign.mail)
    allowed = recipients(campaign)
    ids = []
    for entry in entries:
        if (entry.unit, entry.recipient.lower()) in allowed:
            ids.append(entry.id)
            continue
        refusal = RectifyError(
            f"编号 {entry.id} 的地址 {entry.recipient} 已经不在名册或 mail.to 里，不再发；"
            f"请用 rectify-xl outbox cancel {entry.id} 取消",
            f"#{entry.id}: {entry.recipient} is no longer listed; rectify-xl outbox cancel {entry.id} cancels it",
        )
        if by_number:
            raise refusal
        echo(refusal.message.in_language(lang), err=True)
    box.settle(ids, "queued")
    return deliver_recorded(box, tuple(ids), server, sender, campaign, wait, lang)


def _settle(box: Outbox, entries: Sequence[Entry], action: str) -> None:
    from rectify_xl.mail.reasons import Reason

    ids = [entry.id for entry in entries]
    if action == "confirm":
        box.settle(ids, "sent", Reason("confirmed"))
    else:
        box.settle(ids, "cancelled")


def _show(entries: Sequence[Entry], style: str, lang: str) -> None:
    from rectify_xl.console.mail_text import entry_dict, outbox_lines

    if style == "json":
        echo_json({"version": 1, "messages": [entry_dict(entry, lang) for entry in entries]})
        return
    for line in outbox_lines(entries, lang):
        echo(line)
