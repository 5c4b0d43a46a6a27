"""Results go to stdout, progress and diagnostics to stderr."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rectify_xl.model import Submission

_COLOURS: dict[str, dict[str, Any]] = {
    "error": {"fg": "red"},
    "warning": {"fg": "yellow"},
    "info": {"fg": "cyan"},
    "file": {"bold": True},
}


@contextmanager
def progress_bar() -> Iterator[Callable[[Submission], None] | None]:
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


def paint(text: str, style: str) -> str:
    """Colour a text; click drops the colour where stdout is no terminal."""
    return click.style(text, **_COLOURS[style])


def echo_json(data: dict[str, Any]) -> None:
    """Print data as JSON, Chinese as it is."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1, default=str))


def say_nothing_accepted(lang: str) -> None:
    """Why the exit status is 2."""
    zh = "没有可以采用的整改任务清单;请检查路径,或按上面的说明处理后重试。"
    en = "No task list could be used; check the path, or mend what is said above and try again."
    click.echo(zh if lang == "zh" else en, err=True)
