"""``rectify-xl explain``."""

from __future__ import annotations

import click

from rectify_xl.cli.options import LANG


@click.command()
@click.argument("rule", required=False)
@LANG
def explain(rule: str | None, lang: str) -> None:
    """Explain a rule by slug or code; without argument, list the whole catalogue."""
    from rectify_xl.console.rule_text import catalogue_lines, rule_lines

    for line in rule_lines(rule, lang) if rule else catalogue_lines(lang):
        click.echo(line)
