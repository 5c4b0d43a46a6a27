"""Mistakes on the command line, said in both languages."""

from __future__ import annotations

from difflib import get_close_matches

import click

from rectify_xl.cli.parameters import Argument, BadValue, Option
from rectify_xl.common.i18n import Text
from rectify_xl.common.nearest import suggestion


class UsageError(click.UsageError):
    """A command was called in a way that it does not take; ``text`` says so in both languages."""

    def __init__(self, zh: str, en: str, ctx: click.Context | None = None) -> None:
        super().__init__(zh, ctx)
        self.text = Text(zh, en)


def describe(error: click.UsageError) -> Text:
    """What is wrong. What click finds out itself is said in our words."""
    if isinstance(error, UsageError):
        return error.text
    if isinstance(error, click.NoSuchOption):
        near = suggestion(_near_option(error.option_name, _names(error.ctx)))
        return Text(f"没有 {error.option_name} 这个选项{near.zh}", f"there is no option {error.option_name}{near.en}")
    if isinstance(error, click.MissingParameter):
        name = _name(error.param)
        return Text(f"缺少{name.zh}", f"missing {name.en}")
    if isinstance(error, BadValue):
        name = _name(error.param)
        return Text(f"{name.zh}：{error.text.zh}", f"{name.en}: {error.text.en}")
    if isinstance(error, click.BadOptionUsage):
        return _bad_use(error)
    return Text(error.format_message(), error.format_message())


def _bad_use(error: click.BadOptionUsage) -> Text:
    """An option without its value, or a flag with one."""
    name = error.option_name
    flags = {opt for param in _options(error.ctx) if param.is_flag for opt in param.opts}
    if name in flags:
        return Text(f"选项 {name} 后面不能写值", f"option {name} takes no value")
    return Text(f"选项 {name} 后面缺少内容", f"option {name} needs a value")


def _options(ctx: click.Context | None) -> list[Option]:
    return [param for param in ctx.command.params if isinstance(param, Option)] if ctx else []


def _near_option(written: str, known: list[str]) -> str:
    """The option that was meant: told by its letters, since the dashes are those of every option."""
    words = {name.lstrip("-"): name for name in known if name.startswith("--")}
    found = get_close_matches(written.lstrip("-"), sorted(words), n=1)
    return words[found[0]] if found else ""


def _names(ctx: click.Context | None) -> list[str]:
    return [name for param in _options(ctx) for name in param.opts]


def _name(param: click.Parameter | None) -> Text:
    """A parameter as a sentence names it."""
    if isinstance(param, Argument):
        return Text(f"参数 {param.shown.zh}", f"argument {param.shown.en}")
    name = "/".join(param.opts) if param else ""
    return Text(f"选项 {name}", f"option {name}")
