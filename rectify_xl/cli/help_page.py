"""The page of ``--help`` in either language, laid out by the width of the terminal."""

from __future__ import annotations

import inspect
import shutil
from typing import TYPE_CHECKING

from rectify_xl.cli.parameters import Argument, Option
from rectify_xl.common.i18n import localise
from rectify_xl.console.columns import display_width, joined_lines, padded, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import click

    from rectify_xl.common.i18n import Text

_INDENT = "  "
_WIDEST, _NARROWEST = 100, 40
_TERMS = 34  # places for the names of options; a longer one has its explanation below


def usage_line(command: click.Command, ctx: click.Context, lang: str) -> str:
    """How a command is called."""
    words = [ctx.command_path, localise(lang, "[选项]", "[OPTIONS]")]
    words += [param.term(lang) for param in command.params if isinstance(param, Argument)]
    if hasattr(command, "list_commands"):
        words.append(localise(lang, "命令 [参数]…", "COMMAND [ARGS]…"))
    return localise(lang, "用法：", "Usage: ") + " ".join(words)


def help_page(command: click.Command, ctx: click.Context, text: Text, commands: Mapping[str, Text], lang: str) -> str:
    """The whole page.

    Args:
        command: the command.
        ctx: its context.
        text: what it does.
        commands: name -> what it does, of the commands of a group.
        lang: ``zh`` or ``en``.
    """
    width = ctx.terminal_width or min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    lines = [usage_line(command, ctx, lang)]
    for paragraph in inspect.cleandoc(text.in_language(lang)).split("\n\n"):
        lines += ["", *(_INDENT + line for line in wrapped(paragraph, width - len(_INDENT)))]
    options = [(param.term(lang), param.explanation(lang)) for param in command.params if isinstance(param, Option)]
    lines += ["", localise(lang, "选项：", "Options:"), *_definitions(options, width)]
    if commands:
        short = [(name, first_sentence(text.in_language(lang))) for name, text in commands.items()]
        lines += ["", localise(lang, "命令：", "Commands:"), *_definitions(short, width)]
    return "\n".join(lines)


def first_sentence(text: str) -> str:
    """The first sentence of a help text, without its full stop."""
    plain = joined_lines(inspect.cleandoc(text))
    ends = [at for mark in ("。", ". ") if (at := plain.find(mark)) >= 0]
    return plain[: min(ends)] if ends else plain.rstrip(".")


def _definitions(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Terms with their explanations beside them, or below where a term is too long."""
    fitting = [display_width(term) for term, _ in rows if display_width(term) <= _TERMS]
    column = max(fitting, default=0)
    for term, explanation in rows:
        first, *others = wrapped(explanation, max(width - column - 2 * len(_INDENT), 20))
        margin = _INDENT + " " * column + _INDENT
        if display_width(term) > column:
            yield _INDENT + term
            yield margin + first
        else:
            yield _INDENT + padded(term, column) + _INDENT + first
        yield from (margin + line for line in others)
