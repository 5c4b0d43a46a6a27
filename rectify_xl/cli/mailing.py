"""What ``send`` and ``outbox`` share: sending from the outbox with a line of progress, and saying what came of it."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from rectify_xl.common.errors import RectifyError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.mail.courier import Step
    from rectify_xl.mail.entry import Entry
    from rectify_xl.mail.outbox import Outbox
    from rectify_xl.mail.server import Server

NOT_DONE = 2
WAIT = click.option(
    "--wait", type=click.FloatRange(0, 1440), default=1.0, show_default=True, metavar="MINUTES",
    help="How long to go on trying what the server puts off.",
)  # fmt: skip


def campaign_and_folder(given: Path | None) -> tuple[Campaign, Path]:
    """The campaign of ``--campaign`` and its folder, where the outbox is.

    Raises:
        RectifyError: the option is missing.
    """
    from rectify_xl.cli.options import campaign_at

    campaign = campaign_at(given)
    if given is None or campaign is None:
        raise RectifyError(
            "发邮件要知道是哪个活动；请加 --campaign 活动文件夹（里面有 campaign.yaml 和单位名册）",
            "mail needs to know the campaign; add --campaign with its folder (campaign.yaml and the roster)",
        )
    return campaign, given if given.is_dir() else given.parent


def send_recorded(
    outbox: Outbox, ids: tuple[int, ...], server: Server, sender: str, campaign: Campaign, wait: float, lang: str
) -> tuple[Entry, ...]:
    """Send messages that stand in the outbox."""
    from rectify_xl.mail.courier import Patience, run

    with _progress(lang) as progress:
        return run(
            outbox, ids, server, sender,
            per_minute=campaign.mail.per_minute, patience=Patience(whole=wait * 60), progress=progress,
        )  # fmt: skip


@contextmanager
def _progress(lang: str) -> Iterator[Callable[[Step], None] | None]:
    """A line on stderr, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rectify_xl.console.mail_text import step_line

    try:
        yield lambda step: click.echo(f"\r\x1b[K{step_line(step, lang)}", nl=False, err=True)
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def leave(entries: tuple[Entry, ...], lang: str) -> None:
    """Exit with 2 unless everything was sent, and say where the rest is."""
    if any(entry.state != "sent" for entry in entries):
        zh = "没有发出的都在发件箱里：用 rectify-xl outbox 查看，处理后用 rectify-xl outbox retry 再发。"
        en = "What was not sent is in the outbox: see rectify-xl outbox, then rectify-xl outbox retry."
        click.echo(zh if lang == "zh" else en, err=True)
        sys.exit(NOT_DONE)
