"""``rectify-xl merge``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from rectify_xl.cli.options import AS_OF, CAMPAIGN, FORMAT, LANG, PATHS, WORKERS, backups_of, campaign_at, check_output, day_of
from rectify_xl.cli.streams import echo_json, paint, progress_bar, say_nothing_accepted


@click.command()
@PATHS
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="MASTER.xlsx", required=True, help="The master workbook."
)
@click.option(
    "--base",
    type=click.Path(path_type=Path),
    metavar="OLD_MASTER.xlsx",
    help="The last round's master, whose figures are carried on.",
)
@CAMPAIGN
@AS_OF
@click.option("--strict", is_flag=True, help="Keep rows with errors of families S and V out of the master.")
@FORMAT
@LANG
@WORKERS
def merge(
    paths: tuple[Path, ...], output: Path, base: Path | None, campaign: Path | None, as_of: Any, strict: bool,  # noqa: ANN401, FBT001
    style: str, lang: str, workers: int | None,
) -> None:  # fmt: skip
    """Merge task lists into one master workbook with summary sheets."""
    from rectify_xl.workflow.merge import merge as join

    check_output(output, paths)
    given = campaign_at(campaign)
    if output.exists():
        # Before the lists are read: a wrong file is refused at once.
        from rectify_xl.campaign.settings import Campaign
        from rectify_xl.workbook import check_overwrite

        check_overwrite(output, given or Campaign())
    with progress_bar(paths, lang) as progress:
        master = join(
            paths,
            campaign=given,
            as_of=day_of(as_of),
            strict=strict,
            base=base,
            workers=workers,
            lang=lang,
            progress=progress,
        )
    nothing = master.files == 0
    backup = None
    if not nothing:
        from rectify_xl.workbook import write_master

        backup = write_master(master, output, lang=lang, backup_dir=backups_of(campaign))
    if style == "json":
        kept = backup.as_posix() if backup else None
        echo_json({**master.to_dict(), "master": None if nothing else output.as_posix(), "backup": kept})
    else:
        from rectify_xl.console.text import master_lines, report_lines

        rejected = report_lines(master.report, lang, paint) if nothing and master.report else None
        lines = rejected or master_lines(master, str(output), lang, backup)
        for line in lines:
            click.echo(line)
    if nothing:
        say_nothing_accepted(lang)
    sys.exit(master.exit_code)
