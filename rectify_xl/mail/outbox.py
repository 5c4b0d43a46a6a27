"""The outbox: every message, on the disk before its first byte goes out, and what became of it.

A SQLite file in the campaign folder. Each change of state is a transaction of its own that is on the disk before the
next step is taken, so that ``recover`` knows what a process that was killed had done.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.patient_sqlite import BUSY_SECONDS, connect, patiently, say_nothing
from rectify_xl.common.private_files import make_private_file
from rectify_xl.mail.outbox_table import COLUMNS, SCHEMA, VERSION, entry_of
from rectify_xl.mail.reasons import Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from rectify_xl.mail.entry import Composed, Entry
    from rectify_xl.mail.transaction import State

FILE = "outbox.sqlite"


class Outbox:
    """The messages of one campaign folder."""

    def __init__(self, folder: Path, waiting: Callable[[Text], None] = say_nothing) -> None:
        """Open the outbox of a campaign folder, or make it.

        ``waiting`` is called with what is waited for, once it takes longer than a moment.

        Raises:
            RectifyError: the file cannot be read or written, or is not an outbox.
        """
        self.path = folder / FILE
        self._waiting = waiting
        self._held = Text(
            f"{self.path}: 另一个程序正占用这个文件，等它放开后接着做（最多等 {BUSY_SECONDS:.0f} 秒；按 Ctrl-C 可以停止）",
            f"{self.path}: another program holds this file; waiting for it (at most {BUSY_SECONDS:.0f} seconds; Ctrl-C stops)",
        )
        self._lock = FileLock(folder / f"{FILE}.lock", timeout=0)
        with self._database_errors():
            if folder.is_dir():  # SQLite gives its journal the permissions of the database
                with suppress(OSError):  # SQLite says what is the matter
                    make_private_file(self.path)
            self._db = connect(self.path, self._held, waiting)
            self._db.row_factory = sqlite3.Row
            self._prepare()

    def _prepare(self) -> None:
        with self._transaction():
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
            if version == 0 and not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
                self._db.execute(SCHEMA)
                self._db.execute(f"PRAGMA user_version = {VERSION}")
            elif version != VERSION:
                raise RectifyError(
                    f"{self.path}: 不是本版本软件的发件箱；请升级软件，不要删除这个文件（里面记着发过哪些邮件）",
                    f"{self.path}: the outbox of another version; upgrade the program and do not delete this file"
                    " (it knows what was sent)",
                )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def sole_sender(self) -> Iterator[None]:
        """Be the only process that sends from this outbox; what a killed predecessor left is put in order first.

        Raises:
            RectifyError: another process is sending.
        """
        try:
            self._lock.acquire()
        except Timeout:
            raise RectifyError(
                "另一个 rectify-xl 正在从这个发件箱发送，请等它结束再试；这次没有发送任何邮件",
                "another rectify-xl is sending from this outbox; wait for it to end; nothing was sent now",
            ) from None
        except (OSError, NotImplementedError) as error:
            raise RectifyError(
                f"{self._lock.lock_file}: 无法锁住发件箱（{error}），没有发送；请把活动文件夹放在本机磁盘上再试",
                f"{self._lock.lock_file}: the outbox cannot be locked ({error}), so nothing was sent;"
                " keep the campaign folder on a disk of this machine",
            ) from error
        try:
            self.recover()
            yield
            self.recover()
        except KeyboardInterrupt:
            self.recover()
            raise
        finally:
            self._lock.release()

    def recover(self) -> None:
        """Decide on messages that were being sent when the process ended. Only the sole sender may ask for it.

        Before the final dot nobody has such a message: it is queued again. After it, it may have arrived.
        """
        with self._transaction():
            for past_dot, state, slug in ((0, "queued", "stopped"), (1, "unknown", "no-answer")):
                self._db.execute(
                    "UPDATE message SET state = ?, reason = ?, changed = ? WHERE state = 'sending' AND past_dot = ?",
                    (state, Reason(slug).to_json(), time.time(), past_dot),
                )

    def latest(self, key: str) -> Entry | None:
        """The last message with this content to this address."""
        return next(iter(self._select("key = ? ORDER BY serial DESC LIMIT 1", key)), None)

    def entries(self, ids: Iterable[int] | None = None) -> tuple[Entry, ...]:
        """All messages, or those asked for, in the order in which they were recorded."""
        found = self._select("1 ORDER BY id")
        if ids is None:
            return found
        wanted = set(ids)
        return tuple(entry for entry in found if entry.id in wanted)

    def content(self, number: int) -> bytes:
        """The bytes of a message."""
        with self._database_errors():
            content = self._patiently("SELECT content FROM message WHERE id = ?", number).fetchone()[0]
        if not isinstance(content, bytes):
            raise self._damaged()
        return content

    def record(self, messages: Iterable[Composed]) -> tuple[int, ...]:
        """Record messages as queued, all or none; those with a key and serial that is there replace its wording."""
        with self._transaction():
            return tuple(self._record(message) for message in messages)

    def _record(self, message: Composed) -> int:
        now = time.time()
        values: dict[str, Any] = {
            "key": message.key, "serial": message.serial, "message_id": message.message_id, "kind": message.kind,
            "unit": message.unit, "recipient": message.recipient, "subject": message.subject, "round": message.round,
            "attachments": json.dumps(message.attachments, ensure_ascii=False), "content": message.content, "now": now,
        }  # fmt: skip
        self._db.execute(
            "INSERT INTO message (key, serial, message_id, kind, unit, recipient, subject, round, attachments, content, state,"
            " created, changed) VALUES (:key, :serial, :message_id, :kind, :unit, :recipient, :subject, :round, :attachments,"
            " :content, 'queued', :now, :now)"
            # Somebody else may have begun to send it meanwhile; then it is left alone.
            " ON CONFLICT (key, serial) DO UPDATE SET subject = :subject, attachments = :attachments, content = :content,"
            " state = 'queued', tries = 0, next_try = 0, reason = '', changed = :now"
            " WHERE state IN ('queued', 'deferred', 'failed') OR (state = 'cancelled' AND past_dot = 0)",
            values,
        )
        found = self._db.execute("SELECT id FROM message WHERE key = :key AND serial = :serial", values).fetchone()
        return int(found["id"])

    def claim(self, number: int) -> bool:
        """Take a message for sending; False when it is no longer to be sent."""
        with self._transaction():
            taken = self._db.execute(
                "UPDATE message SET state = 'sending', past_dot = 0, tries = tries + 1, changed = ?"
                " WHERE id = ? AND state IN ('queued', 'deferred')",
                (time.time(), number),
            )
            return taken.rowcount == 1

    def mark_data_sent(self, number: int) -> None:
        """Note that all data is sent but the final dot, which makes the message the server's."""
        with self._transaction():
            self._db.execute("UPDATE message SET past_dot = 1 WHERE id = ?", (number,))

    def settle(self, ids: Iterable[int], state: State, reason: Reason | None = None, next_try: float = 0) -> None:
        """Note what became of messages. What was put off or refused is with nobody, whatever was thought before."""
        with self._transaction():
            self._db.executemany(
                "UPDATE message SET state = :state, reason = :reason, next_try = :next_try, changed = :now,"
                " past_dot = CASE WHEN :state IN ('queued', 'deferred', 'failed') THEN 0 ELSE past_dot END WHERE id = :id",
                [
                    {"id": number, "state": state, "reason": reason.to_json() if reason else "", "next_try": next_try,
                     "now": time.time()}
                    for number in ids
                ],
            )  # fmt: skip

    def count_attempt(self, ids: Iterable[int]) -> None:
        """Count an attempt that did not get as far as the message."""
        with self._transaction():
            self._db.executemany("UPDATE message SET tries = tries + 1 WHERE id = ?", [(number,) for number in ids])

    def sent_since(self, moment: float) -> tuple[float, ...]:
        """When the messages sent after a moment were sent."""
        return tuple(entry.changed for entry in self._select("state = 'sent' AND changed > ? ORDER BY changed", moment))

    def _select(self, where: str, *values: object) -> tuple[Entry, ...]:
        with self._database_errors():
            rows = self._patiently(f"SELECT {COLUMNS} FROM message WHERE {where}", *values).fetchall()  # noqa: S608 - our own words
        try:
            return tuple(entry_of(row) for row in rows)
        except (TypeError, ValueError, RecursionError) as error:
            raise self._damaged() from error

    def _damaged(self) -> RectifyError:
        return RectifyError(
            f"{self.path}: 发件箱的记录已损坏，没有发送；请从备份恢复，不要删除这个文件（里面记着发过哪些邮件）",
            f"{self.path}: what the outbox has recorded is damaged, so nothing was sent; restore it from a copy, and do not"
            " delete this file (it knows what was sent)",
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """One transaction, on the disk when it ends."""
        with self._database_errors():
            self._patiently("BEGIN IMMEDIATE")
            try:
                yield
                self._patiently("COMMIT")
            except BaseException:
                if self._db.in_transaction:  # a full disk may have ended it already
                    self._db.execute("ROLLBACK")
                raise

    def _patiently(self, statement: str, *values: object) -> sqlite3.Cursor:
        return patiently(self._db, statement, self._held, self._waiting, *values)

    @contextmanager
    def _database_errors(self) -> Iterator[None]:
        """Turn errors of the database into one sentence."""
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                raise RectifyError(
                    f"{self.path}: 另一个程序一直占用发件箱，已停止发送；请关闭打开了这个文件的程序后重试，不要删除它"
                    "（里面记着发过哪些邮件）",
                    f"{self.path}: another program holds the outbox and does not let go, so sending was stopped; close what has"
                    " this file open and try again, and do not delete it (it knows what was sent)",
                ) from error
            raise RectifyError(
                f"{self.path}: 发件箱读写失败（{error}），已停止发送；"
                "请检查磁盘空间和权限，不要删除这个文件（里面记着发过哪些邮件）",
                f"{self.path}: the outbox cannot be read or written ({error}), so sending was stopped;"
                " check disk and permissions, and do not delete this file (it knows what was sent)",
            ) from error


@contextmanager
def open_outbox(folder: Path, waiting: Callable[[Text], None] = say_nothing) -> Iterator[Outbox]:
    """The outbox of a campaign folder, closed at the end; ``waiting`` as of :class:`Outbox`."""
    with closing(Outbox(folder, waiting)) as outbox:
        yield outbox
