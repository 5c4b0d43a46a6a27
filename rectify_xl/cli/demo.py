"""``rectify-xl demo``."""

from __future__ import annotations

from pathlib import Path

import click

from rectify_xl.cli.options import LANG
from rectify_xl.cli.streams import progress_bar


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), default=Path("rectify-xl-demo"))
@LANG
def demo(directory: Path, lang: str) -> None:
    """Copy a complete sample campaign into DIRECTORY and run the whole round on it."""
    from rectify_xl.cli.sample_round import run_demo
    from rectify_xl.common.resources import resource

    with progress_bar([resource("samples", "city") / "submissions"], lang) as progress:
        lines = run_demo(directory, lang, progress)
    for line in lines:
        click.echo(line)
