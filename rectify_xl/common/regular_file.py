"""The bytes of a file that somebody names: never those of a pipe or a device, which have no end."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def bytes_of(path: Path) -> bytes:
    """All of an ordinary file.

    Raises:
        OSError: it cannot be opened, or is a pipe, a device, a folder.
    """
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(errno.EINVAL, "not an ordinary file")
    return path.read_bytes()
