"""``rectify-xl bulletin``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rectify_xl.cli.options import CAMPAIGN, campaign_at, campaign_folder, day_of
from rectify_xl.cli.papering import COPY_TEMPLATES, MASTER, MASTERS_DAY, say_doubts


@click.command()
@MASTER
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.docx", required=True, help="The bulletin.")
@CAMPAIGN
@MASTERS_DAY
@COPY_TEMPLATES
def bulletin(master: Path, output: Path, campaign: Path | None, as_of: Any) -> None:  # noqa: ANN401
    """Write the monthly bulletin of a master as a Word document in the official layout.

    A template of the office's own, templates/通报.docx in the campaign folder, is used instead of the shipped one.
    """
    from rectify_xl.ledger.reading import read_master
    from rectify_xl.papers import Facts, write_bulletin

    ledger = read_master(master, campaign=campaign_at(campaign), as_of=day_of(as_of))
    write_bulletin(ledger, output, folder=campaign_folder(campaign))
    facts = Facts(ledger)
    figures = "\uff0c".join(f"{name} {count}" for name, count in facts.figures.items())
    click.echo(f"已生成 {output}：统计截至 {ledger.as_of}\uff1b{figures}\uff1b未报送 {len(facts.missing)} 个单位。")
    say_doubts(facts)
