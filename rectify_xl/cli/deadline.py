"""``rectify-xl deadline``."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from rectify_xl.cli.options import CAMPAIGN, FORMAT, LANG, campaign_at, day_of
from rectify_xl.cli.streams import echo_json

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("texts", nargs=-1, required=True)
@click.option(
    "--anchor", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Issue date (default: the campaign's, else today's)."
)
@CAMPAIGN
@FORMAT
@LANG
def deadline(texts: tuple[str, ...], anchor: Any, campaign: Path | None, style: str, lang: str) -> None:  # noqa: ANN401
    """Show how deadline phrases are read."""
    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.console.deadline_text import phrase_json, phrase_lines, read_phrase

    settings = campaign_at(campaign) or Campaign()
    if given := day_of(anchor):
        settings = replace(settings, issued=given)
    day = settings.issued or date.today()  # noqa: DTZ011 - the office's own calendar day
    readings = [read_phrase(text, day, settings) for text in texts]
    if style == "json":
        echo_json(
            {"version": 1, "anchor": day.isoformat(), "deadlines": [phrase_json(reading, settings) for reading in readings]}
        )
    else:
        for reading in readings:
            for line in phrase_lines(reading, lang, settings, day):
                click.echo(line)
