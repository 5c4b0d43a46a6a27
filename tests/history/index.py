"""Looks into history.sqlite as another program would."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def ask(path: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(question).fetchall()


def rows_of(path: Path, table: str) -> list[tuple[Any, ...]]:
    return ask(path, f"SELECT * FROM {table} ORDER BY serial, rowid")  # noqa: S608 - a table's name
