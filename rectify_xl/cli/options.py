"""Options that several commands share, and what their values become."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import Severity

if TYPE_CHECKING:
    from datetime import date

    from rectify_xl.campaign.settings import Campaign

_FIRST_YEAR, _LAST_YEAR = 1990, 2999
PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
FORMAT = click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
REPORT_FORMAT = click.option("--format", "style", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
WORKERS = click.option("--workers", type=click.IntRange(1, 64), help="Reading processes (default: one per processor).")
LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of results.")
AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day on which overdue is judged (default: today).",
)
CAMPAIGN = click.option(
    "--campaign", type=click.Path(path_type=Path), metavar="DIR_OR_FILE", help="Campaign folder or campaign.yaml."
)


def campaign_at(path: Path | None) -> Campaign | None:
    """The campaign of ``--campaign``, if one was given."""
    from rectify_xl.campaign.settings import load_campaign

    return load_campaign(path) if path else None


def campaign_folder(given: Path | None) -> Path | None:
    """The folder of ``--campaign``, where the office's own templates and past masters are."""
    if given is None:
        return None
    return given if given.is_dir() else given.parent


def backups_of(given: Path | None) -> Path | None:
    """Where workbooks that are overwritten are kept; beside them where no campaign folder was given."""
    folder = campaign_folder(given)
    return folder / "rounds" if folder else None


def day_of(moment: Any) -> date | None:  # noqa: ANN401 - click gives a datetime
    """The day of an option that click parsed as a moment."""
    if moment and not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise click.BadParameter(f"{moment:%Y-%m-%d}: 年份应在 {_FIRST_YEAR} 到 {_LAST_YEAR} 之间")
    return moment.date() if moment else None


def check_output(output: Path, paths: tuple[Path, ...]) -> None:
    """See that a result is not written over a list that somebody has handed in; our own results may be replaced.

    Raises:
        RectifyError: it would be.
    """
    goal = output.resolve()
    given = [path.resolve() for path in paths]
    if not goal.is_file() or not any(goal == path or path in goal.parents for path in given):
        return
    from rectify_xl.intake.document_properties import read_marks
    from rectify_xl.provenance.stamp import KIND, OWN_KINDS

    if read_marks(goal.read_bytes()).properties.get(KIND) not in OWN_KINDS:
        raise RectifyError(
            f"{output}: 这是报送件，不能用结果覆盖它；请把结果存成别的文件名",
            f"{output}: this is a list that was handed in and cannot be overwritten; choose another name for the result",
        )


def names_in(given: tuple[str, ...]) -> list[str]:
    """Options may be repeated or hold several names with commas."""
    return [name.strip() for names in given for name in names.split(",") if name.strip()]


def levels_in(given: tuple[str, ...]) -> dict[str, Severity]:
    """``RULE=LEVEL`` pairs.

    Raises:
        RectifyError: there is no such level.
    """
    levels: dict[str, Severity] = {}
    for pair in given:
        name, _, level = pair.partition("=")
        if level not in tuple(map(str, Severity)):
            raise RectifyError(
                f"--severity {pair}：应写成 规则=error、规则=warning 或 规则=info",
                f"--severity {pair}: write RULE=error, RULE=warning or RULE=info",
            )
        levels[name] = Severity(level)
    return levels
