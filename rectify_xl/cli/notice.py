"""``rectify-xl notice``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rectify_xl.cli.options import CAMPAIGN, campaign_at, campaign_folder, day_of
from rectify_xl.cli.papering import COPY_TEMPLATES, MASTER, MASTERS_DAY, say_doubts, say_others


@click.command()
@MASTER
@click.option("--unit", metavar="UNIT", help="The unit, by its name in the roster or the ledger.")
@click.option("--all", "everybody", is_flag=True, help="One letter to each unit there is something to remind of; -o is a folder.")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.docx", required=True, help="The letter.")
@CAMPAIGN
@MASTERS_DAY
@COPY_TEMPLATES
def notice(
    master: Path, unit: str | None, everybody: bool, output: Path, campaign: Path | None, as_of: Any,  # noqa: ANN401, FBT001
) -> None:  # fmt: skip
    """Write the reminder letter to one unit, or to all, as a Word document in the official layout.

    A unit that there is nothing to remind of gets no letter (exit status 2). A template of the office's own,
    templates/督办函.docx in the campaign folder, is used instead of the shipped one.
    """
    from rectify_xl.ledger.reading import read_master
    from rectify_xl.papers import Facts, write_notice, write_notices

    if bool(unit) == everybody:
        raise click.UsageError("请用 --unit 给出一个单位，或用 --all 生成全部")
    ledger = read_master(master, campaign=campaign_at(campaign), as_of=day_of(as_of))
    folder = campaign_folder(campaign)
    if unit:
        name = write_notice(ledger, unit, output, folder=folder)
        click.echo(f"已生成 {output}：给{name}的督办函，统计截至 {ledger.as_of}。")
    else:
        letters = write_notices(ledger, output, folder=folder)
        click.echo(f"已在 {output} 生成 {len(letters)} 份督办函，统计截至 {ledger.as_of}\uff1a{'、'.join(letters)}")
        say_others(output, letters.values())
    say_doubts(Facts(ledger))
