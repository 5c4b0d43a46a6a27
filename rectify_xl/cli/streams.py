"""Results go to stdout, progress and diagnostics to stderr."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from rectify_xl.common.i18n import localise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master
    from rectify_xl.validation.report import Report

_COLOURS: dict[str, dict[str, Any]] = {
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
    "file": {"bold": True},
}
_MANY = 4  # fewer files are read before anybody wonders
_ROOM_FOR_WORDS = 40
_USUAL_COLUMNS = 80


@contextmanager
def progress_bar(paths: Iterable[Path], lang: str = "zh") -> Iterator[Callable[[Submission], None] | None]:
    """A bar on stderr while many files are read, on a terminal only; it fits into a narrow one."""
    from rectify_xl.intake.discover import collect

    total = len(collect(paths, frozenset())[0]) if sys.stderr.isatty() else 0
    if total < _MANY:
        yield None
        return
    columns = _columns()
    label = localise(lang, "正在读取", "Reading") if columns >= _ROOM_FOR_WORDS else ""
    width = max(1, min(36, columns - 28))
    with click.progressbar(
        length=total, label=label, width=width, show_pos=True, show_percent=False, show_eta=False, file=sys.stderr
    ) as bar:
        yield lambda _: bar.update(1)


def _columns() -> int:
    """How many columns the terminal behind stderr has; stdout may go elsewhere."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or _USUAL_COLUMNS
    except OSError:  # the terminal does not say
        return _USUAL_COLUMNS


def paint(text: str, style: str) -> str:
    """Colour a text, unless NO_COLOR is set; click drops the colour where stdout is no terminal."""
    return text if os.environ.get("NO_COLOR") else click.style(text, **_COLOURS[style])


def echo_report(report: Report, style: str, lang: str) -> None:
    """Print a report in the style asked for; a terminal gets a count by rule before the totals."""
    if style == "json":
        echo_json(report.to_dict())
    elif style == "sarif":
        from rectify_xl.console.sarif import to_sarif

        echo_json(to_sarif(report, lang))
    else:
        from rectify_xl.console.report_text import report_lines, tally_lines

        *lines, totals = report_lines(report, lang, paint)
        for line in (*lines, *(tally_lines(report, lang, paint) if sys.stdout.isatty() else ()), totals):
            click.echo(line)


def echo_json(data: dict[str, Any]) -> None:
    """Print data as JSON, Chinese as it is."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))


def echo_notes(master: Master, lang: str) -> None:
    """Print what somebody should know of how a master was read back."""
    for note in master.notes:
        click.echo(note.in_language(lang), err=True)


def echo_nothing_accepted(lang: str) -> None:
    """Why the exit status is 2."""
    zh = "没有可以采用的整改任务清单；请检查路径，或按上面的说明处理后重试。"
    en = "No task list could be used; check the path, or mend what is said above and try again."
    click.echo(localise(lang, zh, en), err=True)
