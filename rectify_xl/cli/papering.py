"""What the commands that write papers share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.papers import Facts

MASTER = click.argument("master", type=click.Path(path_type=Path), metavar="MASTER.xlsx")
MASTERS_DAY = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day on which overdue is judged (default: the master's, so that the figures are the same).",
)


def _copy(ctx: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is None:
        return
    from rectify_xl.papers.fill import copy_templates

    for path in copy_templates(folder):
        click.echo(f"已复制 {path}")
    ctx.exit()


COPY_TEMPLATES = click.option(
    "--copy-templates",
    type=click.Path(path_type=Path),
    metavar="CAMPAIGN_DIR",
    is_eager=True,
    expose_value=False,
    callback=_copy,
    help="Only copy the Word templates into CAMPAIGN_DIR/templates, to be edited there.",
)


def say_others(folder: Path, written: Iterable[Path]) -> None:
    """Which papers in the folder were not made now: one of last month must not be handed out."""
    made = set(written)
    old = sorted(path.name for path in folder.glob("*.docx") if path not in made and not path.name.startswith("~$"))
    if old:
        click.echo(f"请核对：{folder} 中有 {len(old)} 个文件不是这次生成的：{'、'.join(old)}", err=True)


def say_doubts(facts: Facts) -> None:
    """What a clerk should see to before the paper is signed, on stderr."""
    from rectify_xl.papers.doubts import doubts

    for doubt in doubts(facts):
        click.echo(f"请核对：{doubt}", err=True)
