"""Files and folders that only their owner may read: mails, their previews, past masters. Windows has its own permissions."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FILE, _FOLDER = 0o600, 0o700


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that is there already is made so where it is ours.

    Raises:
        OSError: it cannot be made.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        folder.mkdir(mode=_FOLDER)
    if not folder.is_dir():
        raise FileExistsError(17, "File exists", str(folder))
    with suppress(PermissionError):  # somebody else's folder: its owner decides
        folder.chmod(_FOLDER)


def make_private_file(path: Path) -> None:
    """Make an empty file that only its owner may read; one that is there keeps its contents.

    Raises:
        OSError: it cannot be made.
    """
    # A pipe of that name must not keep the run waiting for somebody who reads from it.
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY | careful, _FILE))
    with suppress(PermissionError):
        path.chmod(_FILE)
