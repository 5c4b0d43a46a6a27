"""``history.sqlite``: an index of ``rounds/`` for people and other programs; it can be rebuilt from there at any time."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.common.patient_sqlite import BUSY_SECONDS, connect, patiently, say_nothing
from rectify_xl.common.private_files import make_private_file
from rectify_xl.common.visible import encodable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rectify_xl.history.entry import Entry
    from rectify_xl.history.store import Store

FILE = "history.sqlite"
_VERSION = 2
# docs/history.md describes them; its test holds it against this.
SCHEMA = """
CREATE TABLE rounds (
  serial INTEGER PRIMARY KEY, round TEXT NOT NULL, as_of TEXT NOT NULL, written TEXT NOT NULL,
  master TEXT NOT NULL, master_sha256 TEXT NOT NULL, replaced_sha256 TEXT NOT NULL
);
CREATE TABLE files (
  serial INTEGER NOT NULL REFERENCES rounds, role TEXT NOT NULL CHECK (role IN ('submission', 'base', 'master')),
  path TEXT NOT NULL, sha256 TEXT NOT NULL, unit TEXT NOT NULL
);
CREATE TABLE tasks (
  serial INTEGER NOT NULL REFERENCES rounds, "key" TEXT NOT NULL, task_id TEXT NOT NULL,
  text TEXT NOT NULL, status TEXT NOT NULL, deadline TEXT NOT NULL
);
CREATE TABLE reports (
  serial INTEGER NOT NULL REFERENCES rounds, "key" TEXT NOT NULL, task_id TEXT NOT NULL,
  unit TEXT NOT NULL, file TEXT NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL,
  status TEXT NOT NULL, percent TEXT NOT NULL, progress TEXT NOT NULL
);
CREATE TABLE changes (
  serial INTEGER NOT NULL REFERENCES rounds, "key" TEXT NOT NULL, task_id TEXT NOT NULL,
  unit TEXT NOT NULL, field TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,
  outcome TEXT NOT NULL, source TEXT NOT NULL
);
CREATE TABLE disputes (
  serial INTEGER NOT NULL REFERENCES rounds, "key" TEXT NOT NULL, task_id TEXT NOT NULL,
  unit TEXT NOT NULL, field TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,
  outcome TEXT NOT NULL, source TEXT NOT NULL
);
CREATE TABLE edits (
  serial INTEGER NOT NULL REFERENCES rounds, "key" TEXT NOT NULL, task_id TEXT NOT NULL,
  unit TEXT NOT NULL, field TEXT NOT NULL, old TEXT NOT NULL, new TEXT NOT NULL,
  outcome TEXT NOT NULL, source TEXT NOT NULL
);
CREATE INDEX tasks_of ON tasks ("key");
CREATE INDEX reports_of ON reports ("key");
CREATE INDEX changes_of ON changes ("key")
"""


def bring_up_to_date(campaign: Path, store: Store, waiting: Callable[[Text], None] = say_nothing) -> None:
    """Add the merges that the index lacks; one that is damaged, of another version or ahead of ``rounds/`` is rebuilt.

    ``waiting`` is called with what is waited for, once it takes longer than a moment.

    Raises:
        sqlite3.Error: it cannot be written; the master and ``rounds/`` are not touched.
        OSError: the same.
        RectifyError: a record of ``rounds/`` is damaged.
    """
    path = campaign / FILE
    serials = store.serials()
    if not serials and not path.exists():
        return
    try:
        _update(path, serials, store, waiting)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # no space, no permission, locked: nothing is wrong with what it says
            raise
        path.unlink()
        path.with_name(f"{FILE}-journal").unlink(missing_ok=True)
        _update(path, serials, store, waiting)


def _update(path: Path, serials: list[int], store: Store, waiting: Callable[[Text], None]) -> None:
    make_private_file(path)
    held = Text(
        f"{path}: 另一个程序正占用这个文件，等它放开后写入历史索引（最多等 {BUSY_SECONDS:.0f} 秒）",
        f"{path}: another program holds this file; waiting to write the index of the history"
        f" (at most {BUSY_SECONDS:.0f} seconds)",
    )
    with closing(connect(path, held, waiting)) as db:
        patiently(db, "BEGIN IMMEDIATE", held, waiting)
        if db.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            _rebuild(db)
        known = {serial for (serial,) in db.execute("SELECT serial FROM rounds")}
        if known - set(serials):
            _rebuild(db)
            known = set()
        for serial in serials:
            if serial not in known and (entry := store.entry(serial)):
                _add(db, entry)
        patiently(db, "COMMIT", held, waiting)


def _rebuild(db: sqlite3.Connection) -> None:
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for name in names:
        quoted = name.replace('"', '""')
        db.execute(f'DROP TABLE "{quoted}"')
    for statement in SCHEMA.split(";"):
        db.execute(statement)
    db.execute(f"PRAGMA user_version = {_VERSION}")


def _add(db: sqlite3.Connection, entry: Entry) -> None:
    db.execute(
        "INSERT INTO rounds VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            entry.serial, entry.round_id, entry.as_of, entry.written, encodable(entry.master), entry.master_sha256,
            entry.replaced_sha256,
        ),
    )  # fmt: skip
    tables: dict[str, tuple[Any, ...]] = {
        "files": entry.files, "tasks": entry.tasks, "reports": entry.reports, "changes": entry.changes,
        "disputes": entry.disputes, "edits": entry.edits,
    }  # fmt: skip
    for table, rows in tables.items():
        if rows:
            lines = [(entry.serial, *map(_storable, astuple(row))) for row in rows]
            places = ", ".join("?" * len(lines[0]))
            db.executemany(f"INSERT INTO {table} VALUES ({places})", lines)  # noqa: S608 - our own words


def _storable(value: object) -> object:
    """A value as SQLite takes it; the records keep the names of files as they are."""
    return encodable(value) if isinstance(value, str) else value
