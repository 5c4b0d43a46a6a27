"""SQLite databases of the campaign folder: safe on the disk, and waited for where another program holds them."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rectify_xl.common.i18n import Text

SILENT_SECONDS = 1.5  # of waiting that nobody wonders about
BUSY_SECONDS = 30.0


def say_nothing(_: Text) -> None:
    """The default of ``waiting``: a program that calls needs no notice of a lock."""


def connect(path: Path, what: Text, waiting: Callable[[Text], None]) -> sqlite3.Connection:
    """Open a database, or make it; ``what`` and ``waiting`` as of :func:`patiently`.

    Raises:
        sqlite3.Error: it cannot be opened.
    """
    db = sqlite3.connect(path, timeout=SILENT_SECONDS, isolation_level=None)
    try:
        # The oldest and plainest journal works on network drives too; EXTRA has its deletion on the disk as well.
        patiently(db, "PRAGMA synchronous = EXTRA", what, waiting)
    except BaseException:
        db.close()
        raise
    return db


def patiently(
    db: sqlite3.Connection, statement: str, what: Text, waiting: Callable[[Text], None], *values: object
) -> sqlite3.Cursor:
    """Run a statement that may have to wait for another program.

    Args:
        db: the database.
        statement: such as BEGIN IMMEDIATE, which waits for who writes, and COMMIT, which waits for who reads.
        what: is waited for.
        waiting: is called with it, once it takes longer than a moment.
        values: those of the statement.

    Raises:
        sqlite3.Error: it fails, or the other program holds the database for longer than ``BUSY_SECONDS``.
    """
    try:
        return db.execute(statement, values)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        waiting(what)
        db.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
        return db.execute(statement, values)
