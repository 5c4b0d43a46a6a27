"""``rectify-xl validate``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from rectify_xl.cli.copies import echo_checked, write_copies
from rectify_xl.cli.options import (
    AS_OF,
    CAMPAIGN,
    LANG,
    PATHS,
    REPORT_FORMAT,
    WORKERS,
    campaign_at,
    check_output,
    day_of,
    levels_in,
    names_in,
)
from rectify_xl.cli.streams import progress_bar, say_nothing_accepted


@click.command()
@PATHS
@CAMPAIGN
@AS_OF
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="REPORT.xlsx", help="Also write the findings as a workbook."
)
@click.option("--select", multiple=True, metavar="RULE", help="Run only these rules (slug, code or family letter).")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave these rules out.")
@click.option("--severity", multiple=True, metavar="RULE=LEVEL", help="Re-grade a rule: error, warning or info.")
@click.option("--annotate", type=click.Path(path_type=Path), metavar="DIR", help="Write marked copies of the lists, to go back.")
@click.option("--fix", is_flag=True, help="Write corrected copies; originals are never changed.")
@click.option("--unsafe", is_flag=True, help="With --fix: also what may not mean the same, such as an assumed year.")
@click.option(
    "--fixed",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where corrected copies go (default: FOLDER-已修正).",
)
@REPORT_FORMAT
@LANG
@WORKERS
def validate(
    paths: tuple[Path, ...], campaign: Path | None, as_of: Any, output: Path | None, select: tuple[str, ...],  # noqa: ANN401
    ignore: tuple[str, ...], severity: tuple[str, ...], annotate: Path | None, fix: bool, unsafe: bool,  # noqa: FBT001
    fixed: Path | None, style: str, lang: str, workers: int | None,
) -> None:  # fmt: skip
    """Check task lists (files or folders) and say what is wrong at which cell."""
    from rectify_xl.workflow.validate import validate as judge

    if output:
        check_output(output, paths)
    with progress_bar(paths, lang) as progress:
        report = judge(
            paths, campaign=campaign_at(campaign), as_of=day_of(as_of), select=names_in(select), ignore=names_in(ignore),
            severity=levels_in(severity), workers=workers, lang=lang, progress=progress,
        )  # fmt: skip
    if output:
        from rectify_xl.workbook import write_report

        write_report(report, output, lang=lang)
    corrections = write_copies(report, paths, annotate=annotate, fix=fix, unsafe=unsafe, fixed=fixed, lang=lang)
    echo_checked(report, corrections, style, lang)
    if report.exit_code == 2:  # noqa: PLR2004 - exit statuses are contract section 3
        say_nothing_accepted(lang)
    sys.exit(report.exit_code)
