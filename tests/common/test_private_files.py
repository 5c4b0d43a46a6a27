from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from rectify_xl.common.private_files import make_private_file, make_private_folder

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="permissions are of another kind there")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_new_and_old_ones_are_private(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir(mode=0o755)
    (tmp_path / "old" / "file").write_text("kept")
    for folder in (tmp_path / "old", tmp_path / "deep" / "new"):
        make_private_folder(folder)
        make_private_file(folder / "file")
        assert (mode(folder), mode(folder / "file")) == (0o700, 0o600)
    assert (tmp_path / "old" / "file").read_text() == "kept"


def test_a_file_is_no_folder_and_a_link_no_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileExistsError):
        make_private_folder(tmp_path / "file")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="link"):
        make_private_file(tmp_path / "link")
    assert not (tmp_path / "elsewhere").exists()


def test_nobody_waits_for_the_reader_of_a_pipe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "outbox.sqlite")
    with pytest.raises(OSError, match="outbox"):
        make_private_file(tmp_path / "outbox.sqlite")
