"""A step that fails, whichever it is: the master is the old or the new one, and the next run puts the history in order."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from filelock import FileLock

from rectify_xl.common.errors import RectifyError
from rectify_xl.history import lock, read_past, recording
from rectify_xl.history.database import FILE
from tests.history.conftest import check_consistent, digest, write
from tests.support.counts import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow

_STEPS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"), (os, "replace"), (os, "open"), (Path, "write_bytes"), (Path, "replace"), (Path, "unlink"), (Path, "mkdir"),
    (Path, "hardlink_to"),
)  # fmt: skip
_EVERY, _SEEDED = 1, 4


class Saboteur:
    """Counts the steps that write, and makes one of them fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fails_at: int = 0) -> None:
        self.steps, self._fails_at = 0, fails_at
        for owner, name in _STEPS:
            monkeypatch.setattr(owner, name, self._watched(getattr(owner, name)))
        outer = self

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
                outer.step(sqlite3.OperationalError("disk I/O error"))
                return super().execute(sql, *given)

            def executemany(self, sql: str, *given: Any) -> sqlite3.Cursor:
                outer.step(sqlite3.OperationalError("database or disk is full"))
                return super().executemany(sql, *given)

        connect = sqlite3.connect
        monkeypatch.setattr(sqlite3, "connect", lambda *given, **named: connect(*given, **named, factory=Connection))

    def step(self, error: Exception) -> None:
        self.steps += 1
        if self.steps == self._fails_at:
            raise error

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*given: Any, **named: Any) -> Any:
            self.step(OSError(errno.ENOSPC, "No space left on device"))
            return real(*given, **named)

        return watched


def test_every_step_may_fail(folder: Path, masters: list[Master], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, masters[0])
    whole = shutil.copytree(folder, tmp_path / "whole")
    with monkeypatch.context() as patched:
        saboteur = Saboteur(patched)
        assert write(folder, masters[1]) == ()
    old, new = digest(whole / "总台账.xlsx"), digest(folder / "总台账.xlsx")
    assert old != new
    assert saboteur.steps > 50
    outcomes = set()
    for number in range(1, saboteur.steps + 1, count(_SEEDED, _EVERY)):
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        with monkeypatch.context() as patched:
            Saboteur(patched, number)
            try:
                outcome = "noted" if write(folder, masters[1]) else "written"
            except (RectifyError, OSError):
                outcome = "refused"
        now = digest(folder / "总台账.xlsx")
        assert now == (old if outcome == "refused" else new) or (outcome == "refused" and now == new), number
        outcomes.add((outcome, now == new))
        assert check_consistent(folder) == (2 if now == new else 1), number
        write(folder, masters[2])
        assert check_consistent(folder) == (3 if now == new else 2), number
    assert {("refused", False), ("noted", True)} <= outcomes


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
