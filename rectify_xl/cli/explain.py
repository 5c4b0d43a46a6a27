"""``rectify-xl explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rectify_xl.cli.options import CAMPAIGN, LANG, campaign_at

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("rule", required=False)
@CAMPAIGN
@LANG
def explain(rule: str | None, campaign: Path | None, lang: str) -> None:
    """Explain a rule by slug or code, with its options; without argument, list the whole catalogue."""
    from rectify_xl.console.rule_text import catalogue_lines, rule_lines

    given = campaign_at(campaign)
    for line in rule_lines(rule, lang, given.rules if given else None) if rule else catalogue_lines(lang):
        click.echo(line)
