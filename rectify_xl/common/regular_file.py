"""The bytes of a file that somebody names: never those of a pipe or a device, which have no end."""

from __future__ import annotations

import errno
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def is_endless(mode: int) -> bool:
    """Whether what has this ``st_mode`` is a pipe, a socket or a device."""
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def bytes_of(path: Path) -> bytes:
    """All of an ordinary file.

    Raises:
        OSError: it cannot be opened, or is a pipe, a device, a folder.
    """
    if is_endless(path.stat().st_mode):
        raise OSError(errno.EINVAL, "not an ordinary file")
    return path.read_bytes()
