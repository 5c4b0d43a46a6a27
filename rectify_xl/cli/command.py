"""click's commands with help and errors in both languages.

The language of a run is found before anything is parsed, so that ``--help`` and usage errors follow it too. It is kept in
the meta data of click's context, which the group hands on to the command.
"""

from __future__ import annotations

import inspect
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import click

from rectify_xl.cli.help_page import help_page, usage_line
from rectify_xl.cli.parameters import Argument, ChoiceType, Option
from rectify_xl.cli.printing import printed
from rectify_xl.cli.usage_errors import UsageError
from rectify_xl.common.i18n import DEFAULT_LANGUAGE, LANGUAGES, Language, Text
from rectify_xl.common.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LANGUAGE_VARIABLE = "RECTIFY_XL_LANG"
_LANGUAGE, _GIVEN = "rectify_xl.language", "rectify_xl.language_given"
_WRONG_USAGE = 2


def language_of(ctx: click.Context | None) -> Language:
    """The language of a run."""
    return cast("Language", ctx.meta.get(_LANGUAGE, DEFAULT_LANGUAGE)) if ctx else DEFAULT_LANGUAGE


def given_language(ctx: click.Context) -> Language | None:
    """The language that ``--lang`` asks for; None where the environment or the default decides."""
    return cast("Language | None", ctx.meta.get(_GIVEN))


def _find_language(ctx: click.Context, args: Sequence[str], environment: Mapping[str, str] = os.environ) -> None:
    """Note the language of a run: ``--lang`` wherever it stands, else the environment, else Chinese."""
    given = language_in(args)
    variable = environment.get(LANGUAGE_VARIABLE, "").strip()
    wanted = next((language for language in LANGUAGES if variable.casefold().startswith(language)), None)
    ctx.meta[_GIVEN], ctx.meta[_LANGUAGE] = given, given or wanted or DEFAULT_LANGUAGE
    if variable and not wanted:
        raise UsageError(
            f"环境变量 {LANGUAGE_VARIABLE} 只能是 zh 或 en，不能是“{variable}”",
            f"the environment variable {LANGUAGE_VARIABLE} must be zh or en, not “{variable}”",
            ctx,
        )


def language_in(args: Sequence[str]) -> Language | None:
    """The last valid ``--lang`` of a command line."""
    found: Language | None = None
    for at, word in enumerate(args):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if name == "--lang":
            said = value if equals else "".join(args[at + 1 : at + 2])
            found = next((language for language in LANGUAGES if language == said), found)
    return found


def language_option(**attributes: Any) -> Option:  # noqa: ANN401 - click's own
    """``--lang``, before or behind the command's name."""
    return Option(
        ["--lang"],
        type=ChoiceType(*LANGUAGES),
        **attributes,
        callback=lambda ctx, _param, _value: language_of(ctx),
        text=Text(
            f"输出、帮助和生成的文件用哪种语言（默认 zh，也可以用环境变量 {LANGUAGE_VARIABLE} 设定）",
            f"Language of what is printed and written (default: zh, or the environment variable {LANGUAGE_VARIABLE}).",
        ),
    )


def help_option() -> Option:
    """``--help``."""

    def show(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's own signature
        if value and not ctx.resilient_parsing:
            printed(ctx.get_help())
            ctx.exit()

    return Option(
        ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=show,
        text=Text("显示这份帮助", "Show this help."),
    )  # fmt: skip


@contextmanager
def _context_of_errors(ctx: click.Context) -> Iterator[None]:
    """Errors of click's parser do not know where they happen; with it they are said in the right language."""
    try:
        yield
    except click.UsageError as error:
        error.ctx = error.ctx or ctx
        raise


class Command(click.Command):
    """A command; every one takes ``--lang`` and ``--help``."""

    def __init__(self, name: str, *, text: Text, params: list[click.Parameter], **attributes: Any) -> None:  # noqa: ANN401 - click's own
        super().__init__(name, params=[*params, language_option(), help_option()], add_help_option=False, **attributes)
        self.text = text

    def get_usage(self, ctx: click.Context) -> str:
        """How the command is called."""
        return usage_line(self, ctx, language_of(ctx))

    def get_help(self, ctx: click.Context) -> str:
        """The page of help."""
        return help_page(self, ctx, self.text, {}, language_of(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse; a word that nothing takes is an error."""
        ctx.allow_extra_args = True
        with _context_of_errors(ctx):
            rest = super().parse_args(ctx, args)
        if rest:
            words = " ".join(rest)
            raise UsageError(f"多出的参数：{words}", f"unexpected arguments: {words}", ctx)
        return rest


class Group(click.Group):
    """The group of all commands, which are loaded when they are asked for."""

    def __init__(
        self, *, text: Text, load: Callable[[str], Command], names: Sequence[str], params: list[click.Parameter]
    ) -> None:
        super().__init__(
            params=[*params, language_option(expose_value=False), help_option()],
            callback=_list_commands, add_help_option=False, invoke_without_command=True,
        )  # fmt: skip
        self.text, self._load, self._names = text, load, tuple(names)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """The names of the commands."""
        return list(self._names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> Command | None:  # noqa: ARG002 - click's own signature
        """A command by its name."""
        return self._load(cmd_name) if cmd_name in self._names else None

    def get_usage(self, ctx: click.Context) -> str:
        """How the program is called."""
        return usage_line(self, ctx, language_of(ctx))

    def get_help(self, ctx: click.Context) -> str:
        """The page of help, with a line for each command."""
        return help_page(self, ctx, self.text, {name: self._load(name).text for name in self._names}, language_of(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Find the language, then parse."""
        _find_language(ctx, args)
        with _context_of_errors(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names."""
        name, *rest = args
        command = self.get_command(ctx, name)
        if command is None:
            near = nearest(name, self._names)
            raise UsageError(f"没有 {name} 这个命令{near.zh}", f"there is no command {name}{near.en}", ctx)
        return name, command, rest


@click.pass_context
def _list_commands(ctx: click.Context) -> None:
    """Without a command, the page of help says which there are."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(_WRONG_USAGE)


def command(name: str, zh: str) -> Callable[[Callable[..., None]], Command]:
    """Make a function a command. ``zh`` is its help in Chinese, its docstring the help in English."""

    def decorate(function: Callable[..., None]) -> Command:
        params: list[click.Parameter] = getattr(function, "__click_params__", [])
        text = Text(inspect.cleandoc(zh), inspect.cleandoc(function.__doc__ or ""))
        return Command(name, text=text, params=params[::-1], callback=function)

    return decorate


def option(*names: str, zh: str, en: str, shown: Text | None = None, **attributes: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - click's own
    """An option of a command, with its help in both languages."""
    return click.option(*names, cls=Option, text=Text(zh, en), shown=shown, **attributes)


def argument(name: str, zh: str, en: str, **attributes: Any) -> Callable[[Any], Any]:  # noqa: ANN401 - click's own
    """An argument of a command, with the name that pages of help show."""
    return click.argument(name, cls=Argument, shown=Text(zh, en), **attributes)
