"""``rectify-xl init``."""

from __future__ import annotations

from pathlib import Path

import click

from rectify_xl.cli.options import LANG


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@LANG
def init(directory: Path, lang: str) -> None:
    """Make a new campaign folder with commented campaign.yaml, units.csv, leaders.csv and an empty template."""
    from rectify_xl.workflow.new_campaign import make_campaign_folder

    for path in make_campaign_folder(directory):
        click.echo(f"已新建 {path}" if lang == "zh" else f"Made {path}")
