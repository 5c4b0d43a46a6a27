from __future__ import annotations

import errno
import os

import pytest

from rectify_xl.common.os_reasons import os_reason


@pytest.mark.parametrize(
    ("error", "zh", "en"),
    [
        (FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)), "没有这个文件或文件夹", "No such file or directory"),
        (PermissionError(errno.EACCES, "Permission denied"), "没有权限", "Permission denied"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "Invalid cross-device link", "Invalid cross-device link"),
        (OSError("没有编号的错误"), "没有编号的错误", "没有编号的错误"),
    ],
)
def test_the_reason_in_both_languages(error: OSError, zh: str, en: str) -> None:
    assert (os_reason(error).zh, os_reason(error).en) == (zh, en)
