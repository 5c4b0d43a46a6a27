"""The ``rectify-xl`` command: one thin module per command or pair of commands. The only door to click."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

import click

from rectify_xl.cli.command import Command, Group, language_in, language_of
from rectify_xl.cli.parameters import Option
from rectify_xl.cli.streams import echo
from rectify_xl.cli.usage_errors import describe
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import DEFAULT_LANGUAGE, Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.common.out_of_memory import is_out_of_memory
from rectify_xl.common.version import __version__

_RARELY = 5_000_000
_NOT_DONE = 2
_TRACEBACK = "RECTIFY_XL_TRACEBACK"
_LONGEST_ERROR, _LONGEST_LINE = 300, 1_000
_STOPPED = Text("已停止。", "Stopped.")
_OUT_OF_MEMORY = Text(
    "内存不足，没有完成；请减少一次处理的文件，或换一台内存更大的电脑",
    "out of memory, the job was not done; give fewer files at once, or use a computer with more memory",
)
# Command -> its module, in the order of a round's work.
_MODULES = {
    "demo": "demo", "init": "prepare", "import": "import_plan", "template": "prepare", "round": "round", "validate": "validate",
    "merge": "merge", "summarize": "summarize", "dispatch": "dispatch", "diff": "diff", "history": "history",
    "bulletin": "papers", "notice": "papers", "publicity": "closing_papers", "dossier": "closing_papers",
    "lookback": "lookback",     "send": "send", "outbox": "outbox", "deadline": "explain", "explain": "explain",
}  # fmt: skip

_FUNCTIONS = {"import": "import_plan"}  # a keyword of Python


class _Failure(click.ClickException):
    """The job could not be done."""

    exit_code = _NOT_DONE

    def __init__(self, text: Text, lang: str, *, usage: str = "") -> None:
        super().__init__(text.in_language(lang))
        self._usage, self._lang = usage, lang

    def show(self, file: Any = None) -> None:  # noqa: ANN401, ARG002 - click's own signature
        """One sentence on stderr, below how the command is called where that was the mistake."""
        # A name in it may be a book; how it begins and what to do, at its end, stay.
        message = "\n".join(map(_without_middle, self.message.split("\n")))
        sentence = Text(f"错误：{message}", f"Error: {message}")
        echo(self._usage + sentence.in_language(self._lang), err=True)


class _Stopped(_Failure):
    """Somebody pressed Ctrl-C."""

    exit_code = 130  # what shells expect of a program that SIGINT ended

    def show(self, file: Any = None) -> None:  # noqa: ANN401, ARG002 - click's own signature
        """One word on stderr, below what the terminal shows of the keys."""
        echo(f"\n{self.message}", err=True)


class _Program(Group):
    """Turns every mistake and error into one sentence on stderr and exit status 2."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 - click's own
    ) -> click.Context:
        """Parse what stands before the command's name."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise _wrong_usage(error) from error
        except RectifyError as error:  # of what is printed there, --help and --version
            raise _Failure(error.message, language_in(args) or DEFAULT_LANGUAGE) from error
        except KeyboardInterrupt as error:
            raise _Stopped(_STOPPED, language_of(None)) from error

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run a command."""
        # One batch job: it makes millions of small objects and hardly a cycle. Looking for cycles over and over takes a
        # seventh of the time of a large merge and frees nothing (peak memory is the same).
        gc.set_threshold(_RARELY)
        lang = language_of(ctx)
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _wrong_usage(error) from error
        except RectifyError as error:
            raise _Failure(error.message, lang) from error
        except KeyboardInterrupt as error:
            raise _Stopped(_STOPPED, lang) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            if is_out_of_memory(error):
                raise _Failure(_OUT_OF_MEMORY, lang) from error
            where = f"{error.filename}: " if error.filename else ""
            why = os_reason(error)
            text = Text(
                f"{where}读写失败（{why.zh}）；请检查路径、权限和磁盘空间",
                f"{where}cannot be read or written ({why.en}); check the path, the permissions and the space on the disk",
            )
            raise _Failure(text, lang) from error
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception as error:  # a mistake of this program must not look like findings (exit status 1)
            if os.environ.get(_TRACEBACK):
                traceback.print_exc()
            raise _Failure(_unexpected(error), lang) from error


def _without_middle(line: str) -> str:
    half = _LONGEST_LINE // 2
    return line if len(line) <= _LONGEST_LINE else f"{line[:half]} …… {line[-half:]}"


def _unexpected(error: Exception) -> Text:
    """What is said of an error that nobody has foreseen."""
    if is_out_of_memory(error):
        return _OUT_OF_MEMORY
    what = " ".join(f"{type(error).__name__}: {error}".split())[:_LONGEST_ERROR]
    return Text(
        f"程序出错，没有完成（{what}）；请把这句话发给软件维护者；设环境变量 {_TRACEBACK}=1 再运行可看到细节",
        f"the program failed, the job was not done ({what}); please send this sentence to the maintainers;"
        f" set the environment variable {_TRACEBACK}=1 to see the details",
    )


def _wrong_usage(error: click.UsageError) -> _Failure:
    """A mistake on the command line, below how the command is called and where its help is."""
    lang, usage = language_of(error.ctx), ""
    if error.ctx:
        command = error.ctx.command_path
        hint = Text(f"查看帮助：{command} --help", f"See {command} --help.")
        usage = f"{error.ctx.get_usage()}\n{hint.in_language(lang)}\n\n"
    return _Failure(describe(error), lang, usage=usage)


def _load(name: str) -> Command:
    command: Command = getattr(import_module(f"rectify_xl.cli.{_MODULES[name]}"), _FUNCTIONS.get(name, name))
    return command


def _version_option() -> Option:
    def show(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's own signature
        if value and not ctx.resilient_parsing:
            echo(f"rectify-xl {__version__}")
            ctx.exit()

    return Option(
        ["--version"], is_flag=True, is_eager=True, expose_value=False, callback=show,
        text=Text("显示版本号", "Show the version."),
    )  # fmt: skip


main = _Program(
    text=Text(
        "校验、汇总各单位报送的整改任务清单，生成总台账、通报、督办函，并发送邮件。",
        "Validate, merge and summarise the Excel task lists of a rectification campaign.",
    ),
    load=_load,
    names=tuple(_MODULES),
    params=[_version_option()],
)


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
    except OSError:  # stderr takes nothing: there is nobody to tell, and status 1 would mean findings
        code = _NOT_DONE
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # the reader of the pipe is gone
            stream.flush()
    os._exit(code)
