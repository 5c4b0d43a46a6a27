"""Results go to stdout, progress and diagnostics to stderr."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from rectify_xl.cli.printing import printed
from rectify_xl.common.i18n import localise
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.visible import escaped_json, visible_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from rectify_xl.common.i18n import Text
    from rectify_xl.intake.submission import Submission
    from rectify_xl.ledger.master import Master
    from rectify_xl.validation.report import Report
    from rectify_xl.workflow.dispatch import Dispatched

_COLOURS: dict[str, dict[str, Any]] = {
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
    "file": {"bold": True},
}
_RESET = "\x1b[0m"
# Colours are marked by words that no text can hold, since they are new in every run, until the text has been cleaned.
_WORD = f"\ufdd0{os.urandom(8).hex()}"
_MARKS = {style: f"{_WORD}{at}" for at, style in enumerate((*_COLOURS, "plain"))}
_CODES = {_MARKS[style]: click.style("", reset=False, **look) for style, look in _COLOURS.items()} | {_MARKS["plain"]: _RESET}
_MARK = LazyPattern(f"({_WORD}\\d)")
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
    """Mark a text to be coloured by :func:`echo`, unless NO_COLOR is set."""
    return text if os.environ.get("NO_COLOR") else f"{_MARKS[style]}{text}{_MARKS['plain']}"


def echo(text: str, *, err: bool = False, nl: bool = True, one_line: bool = False) -> None:
    """Print a text in which whatever could steer the terminal is visible. The only way to print what others wrote.

    Args:
        text: may hold the marks of :func:`paint`; click drops the colours where the stream is no terminal.
        err: on stderr.
        nl: end the line.
        one_line: show line breaks inside of the text too, so that no cell can pretend to be a line of the report.
    """
    printed("".join(_coloured(text, one_line=one_line)), err=err, nl=nl)


def _coloured(text: str, *, one_line: bool) -> Iterator[str]:
    for piece in _MARK.split(text):
        yield _CODES.get(piece) or visible_text(piece, one_line=one_line)


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
            echo(line, one_line=True)


def echo_json(data: dict[str, Any]) -> None:
    """Print data as JSON: Chinese as it is where the stream is UTF-8, escaped where it is not; hidden characters escaped."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "").replace("_", "")
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    printed(escaped_json(text, ascii_only=encoding not in ("utf8", "utf8sig")))


def echo_notes(result: Master | Dispatched, lang: str) -> None:
    """Print what somebody should know of how a master was read back."""
    for note in result.notes:
        echo(note.in_language(lang), err=True)


def echo_while_waiting(lang: str) -> Callable[[Text], None]:
    """What prints at once what a run waits for, so that nobody takes it for dead."""
    return lambda what: echo(what.in_language(lang), err=True)


def echo_nothing_accepted(lang: str) -> None:
    """Why the exit status is 2."""
    zh = "没有可以采用的整改任务清单；请检查路径，或按上面的说明处理后重试。"
    en = "No task list could be used; check the path, or mend what is said above and try again."
    echo(localise(lang, zh, en), err=True)
