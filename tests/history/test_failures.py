"""What stands in the way of keeping the history: another process, a folder that cannot be locked, a master saved meanwhile."""

from __future__ import annotations

import errno
import os
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from rectify_xl.common import patient_sqlite
from rectify_xl.common.errors import RectifyError
from rectify_xl.history import lock, read_past, recording
from rectify_xl.history.database import FILE
from rectify_xl.workflow.merge import merge
from tests.history.conftest import write
from tests.history.index import rows_of

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.common.i18n import Text
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


def test_what_is_waited_for_is_said_while_it_is(folder: Path, masters: list[Master], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another merge, and a program that has the index open: nobody takes a run that waits for a dead one."""
    write(folder, masters[0])
    monkeypatch.setattr(lock, "SILENT_SECONDS", 0.01)
    monkeypatch.setattr(patient_sqlite, "SILENT_SECONDS", 0.01)
    held = FileLock(folder / f"{FILE}.lock")
    told: list[str] = []

    def let_go_of_the_folder(what: Text) -> None:
        told.append(what.zh)
        held.release()

    held.acquire()
    with recording(folder, let_go_of_the_folder) as run:
        assert run.notes == ()
    (folder / "rounds/2026-11/0001.json").touch()
    for statement in ("BEGIN IMMEDIATE", "BEGIN; SELECT * FROM rounds"):
        with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other:
            cursor = [other.execute(part) for part in statement.split(";")]
            cursor[-1].fetchone()

            def let_go(what: Text, other: sqlite3.Connection = other) -> None:
                told.append(what.zh)
                other.execute("COMMIT")

            assert read_past(folder, let_go).notes == ()
    assert [("正在汇总" in text, "正占用" in text) for text in told] == [(True, False), (False, True), (False, True)]
    monkeypatch.setattr(patient_sqlite, "BUSY_SECONDS", 0.01)
    with closing(sqlite3.connect(folder / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        (note,) = read_past(folder).notes
    assert "历史索引没有写成" in note.zh


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name may be any bytes")
def test_a_file_whose_name_is_no_text_is_kept(folder: Path) -> None:
    """The record has its bytes, the index the codes that reports show."""
    name = os.fsdecode(b"\xff\xfe\x80.xlsx")
    (folder / "in" / "市水务局.xlsx").rename(folder / "in" / name)
    assert write(folder, merge(folder / "in", campaign=folder, workers=1)) == ()
    (entry,) = read_past(folder).entries
    assert name in [kept.path for kept in entry.files]
    assert "<U+DCFF><U+DCFE><U+DC80>.xlsx" in [row[2] for row in rows_of(folder / FILE, "files")]
