"""What stands in the way of keeping the history: another process, a folder that cannot be locked, a master saved meanwhile."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from rectify_xl.common.errors import RectifyError
from rectify_xl.history import lock, read_past, recording
from rectify_xl.history.database import FILE
from tests.history.conftest import write

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow


def test_a_master_edited_after_a_killed_merge_loses_nothing(folder: Path, masters: list[Master]) -> None:
    """The record of a merge whose master somebody has saved since stays: it cannot be known that it did not happen."""
    master = folder / "总台账.xlsx"
    write(folder, masters[0])
    first = folder / "rounds/2026-11/0001.json"
    first.rename(first.with_suffix(".pending"))
    master.write_bytes(master.read_bytes() + b"edited")
    assert [entry.serial for entry in read_past(folder).entries] == [1]
    first.rename(first.with_suffix(".pending"))
    master.unlink()
    assert read_past(folder).entries == ()  # there was none before, and there is none


def test_a_folder_that_cannot_be_locked_keeps_no_history(
    folder: Path, masters: list[Master], monkeypatch: pytest.MonkeyPatch
) -> None:
    for error in (NotImplementedError(), OSError(errno.EROFS, "Read-only file system")):
        monkeypatch.setattr(FileLock, "acquire", lambda _, error=error: (_ for _ in ()).throw(error))
        (note,) = write(folder, masters[0])
        assert note == f"{folder}: 文件夹不能写入或不能加锁，本次汇总没有存入历史"
        assert not (folder / FILE).exists()
    monkeypatch.setattr(FileLock, "acquire", lambda _: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))
    with pytest.raises(OSError, match="Input/output"):
        write(folder, masters[0])


def test_two_merges_wait_for_each_other(folder: Path, masters: list[Master], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.05)
    with recording(folder):
        assert read_past(folder).entries == ()  # somebody who only looks does not wait
        with pytest.raises(RectifyError, match="另一个 rectify-xl"):
            write(folder, masters[0])
    assert not (folder / "总台账.xlsx").exists()
