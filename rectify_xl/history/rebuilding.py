"""A past master as a file of its own again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.atomic_write import check_target, replace_file
from rectify_xl.common.errors import RectifyError

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.history.past import Past


def write_rebuilt(past: Past, wanted: str, path: Path) -> None:
    """Write a round's master as it was first written, byte for byte, under a name that is free.

    Raises:
        RectifyError: there was no such merge, the file cannot be written, or the name is taken.
    """
    content = past.master(wanted)
    if check_target(path).exists():
        raise RectifyError(
            f"{path}: 已有这个文件，没有覆盖；请换一个文件名", f"{path}: there is such a file already; choose another name"
        )

    def write(new: Path) -> None:
        new.write_bytes(content)

    def verify(written: Path) -> None:
        if written.read_bytes() != content:
            raise OSError(f"{written} does not read back as it was written")

    replace_file(path, write, verify)
