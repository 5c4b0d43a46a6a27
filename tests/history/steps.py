"""The steps by which a run changes the disk, counted, so that one of them can fail or be the last."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_STEPS: tuple[tuple[Any, str], ...] = (
    (os, "fsync"), (os, "replace"), (os, "rename"), (os, "open"), (os, "chmod"), (os, "mkdir"), (os, "unlink"), (os, "link"),
    (Path, "write_bytes"), (Path, "replace"), (Path, "unlink"), (Path, "mkdir"), (Path, "hardlink_to"),
)  # fmt: skip


class Steps:
    """Counts the steps of this process from now on, and does something instead of one of them.

    Args:
        number: which step, from 1; none without.
        instead: what to do; without, the step fails as on a full or broken disk, a write after half of it.
    """

    def __init__(self, number: int = 0, instead: Callable[[], object] | None = None) -> None:
        self.taken = 0
        self._number, self._instead = number, instead
        for owner, name in _STEPS:
            setattr(owner, name, self._watched(getattr(owner, name), name))
        outer = self

        class Connection(sqlite3.Connection):
            def execute(self, sql: str, *given: Any) -> sqlite3.Cursor:
                outer._step(sqlite3.OperationalError("disk I/O error"))
                return super().execute(sql, *given)

            def executemany(self, sql: str, *given: Any) -> sqlite3.Cursor:
                outer._step(sqlite3.OperationalError("database or disk is full"))
                return super().executemany(sql, *given)

        connect = sqlite3.connect
        sqlite3.connect = lambda *given, **named: connect(*given, **named, factory=Connection)  # type: ignore[assignment]

    def _step(self, error: Exception) -> None:
        self.taken += 1
        if self.taken == self._number:
            if self._instead:
                self._instead()
            raise error

    def _watched(self, real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def watched(*given: Any, **named: Any) -> Any:
            if name == "write_bytes" and self.taken + 1 == self._number:
                path, content = given
                real(path, content[: len(content) // 2])
            self._step(OSError(errno.ENOSPC, "No space left on device"))
            return real(*given, **named)

        return watched
