"""The one call that prints: a failed write to stdout becomes an error message."""

from __future__ import annotations

import click

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.os_reasons import os_reason


def printed(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text that is clean already.

    Raises:
        RectifyError: stdout cannot be written to; the message says why.
        OSError: stderr cannot be, or whoever read stdout is gone (a broken pipe), who needs no message.
    """
    try:
        click.echo(text, err=err, nl=nl)
    except BrokenPipeError:
        raise
    except OSError as error:
        if err:
            raise
        why = os_reason(error)
        raise RectifyError(
            f"标准输出写不进去（{why.zh}），结果没有显示完整；请换一个输出位置（例如另一个磁盘上的文件）再运行",
            f"the standard output cannot be written to ({why.en}), so not all of the result was shown;"
            " lead it elsewhere, such as to a file on another disk, and run again",
        ) from error
