"""The table of the outbox: what SQLite holds of a message, and how a row of it is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

from rectify_xl.mail.entry import Entry
from rectify_xl.mail.reasons import Reason
from rectify_xl.mail.transaction import State

if TYPE_CHECKING:
    import sqlite3

VERSION = 1
SCHEMA = """
CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  serial INTEGER NOT NULL,
  message_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  unit TEXT NOT NULL,
  recipient TEXT NOT NULL,
  subject TEXT NOT NULL,
  round TEXT NOT NULL,
  attachments TEXT NOT NULL,
  content BLOB NOT NULL,
  state TEXT NOT NULL
    CHECK (state IN ('queued', 'sending', 'sent', 'deferred', 'failed', 'unknown', 'cancelled')),
  past_dot INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  next_try REAL NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '',
  created REAL NOT NULL,
  changed REAL NOT NULL,
  UNIQUE (key, serial)
)
"""
COLUMNS = (
    "id, key, serial, message_id, kind, unit, recipient, subject, round, attachments, state, past_dot AS data_sent, tries, "
    "next_try, reason, created, changed, length(content) AS size"
)

# What SQLite holds in each column whatever was declared: a database that somebody has edited may hold anything.
_LATEST = 1e11  # seconds since 1970, far beyond any year that can be shown
_HELD: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(
        ("key", "message_id", "kind", "unit", "recipient", "subject", "round", "attachments", "state", "reason"), str
    ),
    **dict.fromkeys(("id", "serial", "data_sent", "tries", "size"), int),
    **dict.fromkeys(("next_try", "created", "changed"), (int, float)),
}


def entry_of(row: sqlite3.Row) -> Entry:
    """An entry from its row.

    Raises:
        TypeError, ValueError, RecursionError: the row holds something else than was recorded.
    """
    values = dict(row)
    if not all(isinstance(values[name], held) for name, held in _HELD.items()) or values["state"] not in get_args(State):
        raise TypeError
    if not all(0 <= values[name] < _LATEST for name in ("next_try", "created", "changed")):
        raise ValueError
    values["attachments"] = tuple((str(name), str(digest), int(size)) for name, digest, size in json.loads(row["attachments"]))
    values["data_sent"] = bool(row["data_sent"])
    values["reason"] = Reason.from_json(row["reason"])
    return Entry(**values)
