"""``rectify-xl template``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rectify_xl.cli.options import CAMPAIGN, LANG, campaign_at


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.xlsx", required=True, help="The workbook to make.")
@CAMPAIGN
@click.option("--unit", default="", metavar="UNIT", help="Make it for this unit: its name stands in it and in its stamp.")
@click.option("--rows", type=click.IntRange(1, 5000), default=30, show_default=True, help="Rows made ready to fill in.")
@click.option("--schema", metavar="NAME", help="The columns: a name in schemas/ or a .yaml file (default: the campaign's).")
@LANG
def template(output: Path, campaign: Path | None, unit: str, rows: int, schema: str | None, lang: str) -> None:
    """Make an empty task-list workbook with dropdowns, checks and instructions."""
    from dataclasses import replace

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.schema.loading import load_schema
    from rectify_xl.template import make_template
    from rectify_xl.workbook import write_template

    settings = campaign_at(campaign) or Campaign()
    if schema:
        settings = replace(settings, schema=load_schema(schema))
    today = date.today()  # noqa: DTZ011 - the office's own calendar day
    write_template(make_template(settings, made_on=today, unit=unit, blank_rows=rows, lang=lang), output)
    click.echo(f"已生成 {output}" if lang == "zh" else f"Made {output}")
