"""``rectify-xl summarize``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from rectify_xl.cli.options import AS_OF, CAMPAIGN, backups_of, campaign_at, campaign_folder, day_of


@click.command()
@click.argument("master", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it (default: MASTER itself)."
)
@click.option(
    "--cards", type=click.Path(path_type=Path), metavar="DIR", help="Also write a one-page card for every unit and leader."
)
@CAMPAIGN
@AS_OF
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    help="Language of the workbook (default: the master's own); what the checks said stays as it was written.",
)
def summarize(
    master: Path, output: Path | None, cards: Path | None, campaign: Path | None, as_of: Any, lang: str | None,  # noqa: ANN401
) -> None:  # fmt: skip
    """Rebuild the summary sheets of a master as of another day; what the office changed in 总台账 counts."""
    from rectify_xl.console.text import backup_line, summarized_line
    from rectify_xl.workbook import write_master
    from rectify_xl.workflow.summarize import summarize as judge

    given = campaign_at(campaign)
    ledger = judge(master, campaign=given, as_of=day_of(as_of), lang=lang)
    backup = write_master(ledger, output or master, backup_dir=backups_of(campaign))
    click.echo(summarized_line(ledger, str(output or master)))
    if backup:
        click.echo(backup_line(backup, ledger.lang))
    if given is None and ledger.campaign.name:
        # A master holds the campaign's name and none of its settings.
        click.echo(
            f"请核对：没有用 --campaign 指定“{ledger.campaign.name}”的活动文件夹，{output or master} 里没有了发文机关，"
            "单位别称、简称没有归并，时限设置（如提前几天算即将到期）按默认值，“按单位”等处的数字可能因此不同；"
            "请加 --campaign 活动文件夹 重新生成",
            err=True,
        )
    if cards:
        from rectify_xl.cli.papering import say_others
        from rectify_xl.papers import write_cards

        made = write_cards(ledger, cards, folder=campaign_folder(campaign))
        units = sum(kind == "单位" for kind, _ in made)
        click.echo(f"已在 {cards} 生成 {units} 张单位任务卡、{len(made) - units} 张领导任务卡。")
        say_others(cards, made.values())
