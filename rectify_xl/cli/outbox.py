"""``rectify-xl outbox``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_xl.cli.mailing import WAIT, campaign_and_folder, leave, send_recorded
from rectify_xl.cli.options import CAMPAIGN, FORMAT, LANG
from rectify_xl.cli.streams import echo_json
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.mail.entry import Entry
    from rectify_xl.mail.outbox import Outbox


@click.command()
@click.argument("action", required=False, default="list", type=click.Choice(["list", "retry", "cancel", "confirm"]))
@click.argument("numbers", nargs=-1, type=int, metavar="[NO]...")
@CAMPAIGN
@WAIT
@FORMAT
@LANG
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
    with open_outbox(folder) as box:
        if action == "list":
            _show(_listed(box, numbers), style, lang)
            return
        with box.sole_sender():
            wanted = _wanted(box, numbers, action)
            if action == "retry":
                wanted = _retry(box, wanted, settings, wait, lang, named=bool(numbers))
            else:
                _settle(box, wanted, action)
                wanted = box.entries(entry.id for entry in wanted)
    _show(wanted, style, lang)
    if action == "retry":
        leave(wanted, lang)


def _listed(box: Outbox, numbers: Sequence[int]) -> tuple[Entry, ...]:
    """What is there. What a killed process left is put in order first, unless another one is at work right now."""
    from contextlib import suppress

    with suppress(RectifyError), box.sole_sender():
        pass
    return box.entries(numbers or None)


def _wanted(box: Outbox, numbers: Sequence[int], action: str) -> tuple[Entry, ...]:
    """The messages that an action is about.

    Raises:
        RectifyError: there is no such message, or nothing can be done with it.
    """
    allowed = {
        "retry": ("queued", "deferred", "failed", "unknown", "cancelled"),
        "cancel": ("queued", "deferred", "failed", "unknown"),
        "confirm": ("unknown",),
    }[action]
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
        if found[number].state not in allowed:
            refused = _REFUSED[action]
            raise RectifyError(refused.zh.format(number=number), refused.en.format(number=number))
    return tuple(found.values())


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


def _retry(box: Outbox, wanted: Sequence[Entry], campaign: Campaign, wait: float, lang: str, *, named: bool) -> tuple[Entry, ...]:
    """Send once more. An address that was mended meanwhile is not written to again in its old form.

    Raises:
        RectifyError: a message asked for by its number would go to such an address.
    """
    from rectify_xl.mail.office import office_of
    from rectify_xl.mail.planning import recipients
    from rectify_xl.mail.server import server_of

    sender = office_of(campaign, Path()).sender
    server = server_of(campaign.mail)
    allowed = recipients(campaign)
    ids = []
    for entry in wanted:
        if (entry.unit, entry.recipient.lower()) in allowed:
            ids.append(entry.id)
            continue
        refusal = RectifyError(
            f"编号 {entry.id} 的地址 {entry.recipient} 已经不在名册或 mail.to 里，不再发；"
            f"请用 rectify-xl outbox cancel {entry.id} 取消",
            f"#{entry.id}: {entry.recipient} is no longer listed; rectify-xl outbox cancel {entry.id} cancels it",
        )
        if named:
            raise refusal
        click.echo(refusal.message.in_language(lang), err=True)
    box.settle(ids, "queued")
    return send_recorded(box, tuple(ids), server, sender, campaign, wait, lang)


def _settle(box: Outbox, wanted: Sequence[Entry], action: str) -> None:
    from rectify_xl.mail.reasons import Reason

    ids = [entry.id for entry in wanted]
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
        click.echo(line)
