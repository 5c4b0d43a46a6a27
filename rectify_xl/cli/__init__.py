"""The ``rectify-xl`` command: one thin module per command. The only door to click."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.version import __version__

_RARELY = 5_000_000
# In the order of a round's work; each is the module of its name, loaded only when it is asked for.
COMMANDS = (
    "demo", "init", "template", "validate", "merge", "summarize", "bulletin", "notice", "send", "outbox", "deadline", "explain",
)  # fmt: skip


class _Failure(click.ClickException):
    """The job could not be done."""

    exit_code = 2

    def show(self, file: Any = None) -> None:  # noqa: ANN401, ARG002 - click's own signature
        """One sentence on stderr."""
        click.echo(f"错误：{self.message}", err=True)


class _Group(click.Group):
    """Loads commands by name; turns the library's errors into one sentence on stderr and exit status 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"rectify_xl.cli.{cmd_name}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        # One batch job: it makes millions of small objects and hardly a cycle. Looking for cycles over and over takes a
        # seventh of the time of a large merge and frees nothing (peak memory is the same).
        gc.set_threshold(_RARELY)
        try:
            return super().invoke(ctx)
        except RectifyError as error:
            raise _Failure(str(error)) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise _Failure(f"{where}读写失败（{error.strerror or error}）；请检查路径、权限和磁盘空间") from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="rectify-xl")
def main() -> None:
    """Validate, merge and summarise the Excel task lists of a rectification campaign (整改任务清单)."""


def run() -> NoReturn:
    """The console script: the command, then a quick way out.

    Taking a large merge's millions of objects apart one by one costs half a second that serves nobody; everything
    is written, flushed and closed by then.
    """
    code = 0
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A redirected Chinese Windows console is GBK, and lists hold characters that GBK lacks.
            stream.reconfigure(errors="backslashreplace")
    try:
        main(prog_name="rectify-xl")
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else int(done.code is not None)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # whoever read it is gone
            stream.flush()
    os._exit(code)
