"""``rectify-xl merge``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from rectify_xl.cli.options import AS_OF, CAMPAIGN, FORMAT, LANG, PATHS, WORKERS, campaign_at, check_output, day_of
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
    from rectify_xl.rounds import merge as join

    check_output(output, paths)
    with progress_bar(paths, lang) as progress:
        master = join(
            paths,
            campaign=campaign_at(campaign),
            as_of=day_of(as_of),
            strict=strict,
            base=base,
            workers=workers,
            lang=lang,
            progress=progress,
        )
    code = master.report.exit_code
    nothing = code == 2  # noqa: PLR2004
    if not nothing:
        from rectify_xl.workbook import write_master

        write_master(master, output, lang=lang)
    if style == "json":
        echo_json({**master.to_dict(), "master": None if nothing else output.as_posix()})
    else:
        from rectify_xl.render import master_lines, report_lines

        for line in report_lines(master.report, lang, paint) if nothing else master_lines(master, str(output), lang):
            click.echo(line)
    if nothing:
        say_nothing_accepted(lang)
    sys.exit(code)
