"""The ``rectify-xl`` command: one thin command per public function. The only door to click."""

from __future__ import annotations

import gc
import json
import os
import sys
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from rectify_xl import __version__
from rectify_xl.model import RectifyError, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rectify_xl.campaign import Campaign
    from rectify_xl.model import Submission

_COLOURS: dict[str, dict[str, Any]] = {
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
    "file": {"bold": True},
}
_PATHS = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
_FORMAT = click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
_WORKERS = click.option("--workers", type=click.IntRange(1, 64), help="Reading processes (default: one per processor).")
_LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of results.")
_AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day on which overdue is judged (default: today).",
)
_CAMPAIGN = click.option(
    "--campaign", type=click.Path(path_type=Path), metavar="DIR_OR_FILE", help="Campaign folder or campaign.yaml."
)


_RARELY = 5_000_000


class _Failure(click.ClickException):
    """The job could not be done."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ANN401, ARG002 - click's own signature
        """One sentence on stderr."""
        click.echo(f"错误:{self.message}", err=True)


class _Group(click.Group):
    """Turns the library's errors into one sentence on stderr and exit status 2."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        # One batch job: it makes millions of small objects and hardly a cycle. Looking for cycles over and over takes a
        # seventh of the time of a large merge and frees nothing (peak memory is the same).
        gc.set_threshold(_RARELY)
        try:
            return super().invoke(ctx)
        except RectifyError as error:
            raise _Failure(str(error)) from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="rectify-xl")
def main() -> None:
    """Validate, merge and summarise the Excel task lists of a rectification campaign (整改任务清单)."""


@main.command()
@_PATHS
@_CAMPAIGN
@_AS_OF
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="REPORT.xlsx", help="Also write the findings as a workbook."
)
@click.option("--select", multiple=True, metavar="RULE", help="Run only these rules (slug, code or family letter).")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave these rules out.")
@click.option("--severity", multiple=True, metavar="RULE=LEVEL", help="Re-grade a rule: error, warning or info.")
@_FORMAT
@_LANG
@_WORKERS
def validate(
    paths: tuple[Path, ...], campaign: Path | None, as_of: Any, output: Path | None, select: tuple[str, ...],  # noqa: ANN401
    ignore: tuple[str, ...], severity: tuple[str, ...], style: str, lang: str, workers: int | None,
) -> None:  # fmt: skip
    """Check task lists (files or folders) and say what is wrong at which cell."""
    from rectify_xl.judge import validate as judge

    with _progress() as progress:
        report = judge(
            paths, campaign=_campaign(campaign), as_of=_day(as_of), select=_names(select), ignore=_names(ignore),
            severity=_levels(severity), workers=workers, lang=lang, progress=progress,
        )  # fmt: skip
    if output:
        from rectify_xl.workbook import write_report

        write_report(report, output, lang=lang)
    if style == "json":
        _echo_json(report.to_dict())
    else:
        from rectify_xl.render import report_lines

        for line in report_lines(report, lang, _paint):
            click.echo(line)
    if report.exit_code == 2:  # noqa: PLR2004 - exit statuses are contract section 3
        _say_nothing_accepted(lang)
    sys.exit(report.exit_code)


@main.command()
@_PATHS
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="MASTER.xlsx", required=True, help="The master workbook."
)
@_CAMPAIGN
@_AS_OF
@click.option("--strict", is_flag=True, help="Keep rows with errors of families S and V out of the master.")
@_FORMAT
@_LANG
@_WORKERS
def merge(
    paths: tuple[Path, ...], output: Path, campaign: Path | None, as_of: Any, strict: bool, style: str, lang: str,  # noqa: ANN401, FBT001
    workers: int | None,
) -> None:  # fmt: skip
    """Merge task lists into one master workbook with summary sheets."""
    from rectify_xl.ledger import merge as join

    with _progress() as progress:
        master = join(
            paths, campaign=_campaign(campaign), as_of=_day(as_of), strict=strict, workers=workers, lang=lang, progress=progress
        )
    code = master.report.exit_code
    nothing = code == 2  # noqa: PLR2004
    if not nothing:
        from rectify_xl.workbook import write_master

        write_master(master, output, lang=lang)
    if style == "json":
        _echo_json({**master.to_dict(), "master": None if nothing else output.as_posix()})
    else:
        from rectify_xl.render import master_lines, report_lines

        for line in report_lines(master.report, lang, _paint) if nothing else master_lines(master, str(output), lang):
            click.echo(line)
    if nothing:
        _say_nothing_accepted(lang)
    sys.exit(code)


@main.command()
@click.argument("directory", type=click.Path(path_type=Path), default=Path("rectify-xl-demo"))
@_LANG
def demo(directory: Path, lang: str) -> None:
    """Copy a complete sample campaign into DIRECTORY and run the whole round on it."""
    from rectify_xl.demo import run_demo

    with _progress() as progress:
        lines = run_demo(directory, lang, progress)
    for line in lines:
        click.echo(line)


@main.command()
@click.argument("directory", type=click.Path(path_type=Path))
@_LANG
def init(directory: Path, lang: str) -> None:
    """Make a new campaign folder with commented campaign.yaml, units.csv and leaders.csv."""
    from rectify_xl.init import make_campaign_folder

    for path in make_campaign_folder(directory):
        click.echo(f"已新建 {path}" if lang == "zh" else f"Made {path}")


@main.command()
@click.argument("texts", nargs=-1, required=True)
@click.option("--anchor", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Issue date (default: the campaign's).")
@_CAMPAIGN
@_FORMAT
@_LANG
def deadline(texts: tuple[str, ...], anchor: Any, campaign: Path | None, style: str, lang: str) -> None:  # noqa: ANN401
    """Show how deadline phrases are read."""
    from rectify_xl.campaign import Campaign
    from rectify_xl.phrases import phrase_lines, read_phrase

    settings = _campaign(campaign) or Campaign()
    day = _day(anchor) or settings.issued or date.today()  # noqa: DTZ011 - the office's own calendar day
    readings = [read_phrase(text, day, settings) for text in texts]
    if style == "json":
        _echo_json({"version": 1, "anchor": day.isoformat(), "deadlines": [reading.to_dict() for reading in readings]})
    else:
        for reading in readings:
            for line in phrase_lines(reading, lang):
                click.echo(line)


@main.command()
@click.argument("rule", required=False)
@_LANG
def explain(rule: str | None, lang: str) -> None:
    """Explain a rule by slug or code; without argument, list the whole catalogue."""
    from rectify_xl.explain import catalogue_lines, rule_lines

    for line in rule_lines(rule, lang) if rule else catalogue_lines(lang):
        click.echo(line)


def _campaign(path: Path | None) -> Campaign | None:
    from rectify_xl.campaign import load_campaign

    return load_campaign(path) if path else None


def _day(moment: Any) -> date | None:  # noqa: ANN401 - click gives a datetime
    return moment.date() if moment else None


def _names(given: tuple[str, ...]) -> list[str]:
    """Options may be repeated or hold several names with commas."""
    return [name.strip() for names in given for name in names.split(",") if name.strip()]


def _levels(given: tuple[str, ...]) -> dict[str, Severity]:
    levels: dict[str, Severity] = {}
    for pair in given:
        name, _, level = pair.partition("=")
        if level not in tuple(map(str, Severity)):
            message = f"--severity {pair}:应写成 规则=error、规则=warning 或 规则=info"
            raise RectifyError(message)
        levels[name] = Severity(level)
    return levels


@contextmanager
def _progress() -> Iterator[Callable[[Submission], None] | None]:
    """A counter of files on stderr while reading, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    count = 0

    def step(submission: Submission) -> None:
        nonlocal count
        count += 1
        click.echo(f"\r\x1b[K正在读取 {count}:{submission.path}", nl=False, err=True)

    try:
        yield step
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)


def _paint(text: str, style: str) -> str:
    return click.style(text, **_COLOURS[style])


def _echo_json(data: dict[str, Any]) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))


def _say_nothing_accepted(lang: str) -> None:
    zh = "没有可以采用的整改任务清单;请检查路径,或按上面的说明处理后重试。"
    en = "No task list could be used; check the path, or mend what is said above and try again."
    click.echo(zh if lang == "zh" else en, err=True)


def run() -> NoReturn:
    """The console script: the command, then a quick way out.

    Taking a large merge's millions of objects apart one by one costs half a second that serves nobody; everything
    is written, flushed and closed by then.
    """
    code = 0
    try:
        main(prog_name="rectify-xl")
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else int(done.code is not None)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read it is gone
            stream.flush()
    os._exit(code)
