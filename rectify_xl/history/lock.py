"""One process at a time changes the history of a campaign folder; the system lets go of the lock when the process dies."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.common.patient_sqlite import SILENT_SECONDS, say_nothing
from rectify_xl.history.database import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from filelock import BaseFileLock

WAIT_SECONDS = 600.0
# A folder that only others may write to, or a network drive without locks.
_IMPOSSIBLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOLCK, errno.ENOTSUP})


@contextmanager
def sole_user(campaign: Path, *, patient: bool = True, waiting: Callable[[Text], None] = say_nothing) -> Iterator[bool]:
    """Be the only process that changes this campaign's history; False where the folder cannot be written or locked.

    Args:
        campaign: the campaign folder.
        patient: whether to wait for another process to end; without, it is False where there is one.
        waiting: is called with what is waited for, once it takes longer than a moment.

    Raises:
        RectifyError: another process does not end.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - without a campaign folder nothing is locked

    lock = FileLock(campaign / f"{FILE}.lock", timeout=0, mode=0o600)
    try:
        if patient:
            _acquire(lock, campaign, waiting)
        else:
            lock.acquire()
    except Timeout:
        if not patient:
            yield False
            return
        raise RectifyError(
            f"{campaign}: 另一个 rectify-xl 一直在汇总这个活动，本次没有进行；请等它结束再试",
            f"{campaign}: another rectify-xl is merging this campaign and does not end; nothing was done; try again later",
        ) from None
    except NotImplementedError:
        yield False
        return
    except OSError as error:
        if error.errno not in _IMPOSSIBLE:
            raise
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _acquire(lock: BaseFileLock, campaign: Path, waiting: Callable[[Text], None]) -> None:
    from filelock import Timeout  # noqa: PLC0415 - as above

    try:
        lock.timeout = min(SILENT_SECONDS, WAIT_SECONDS)
        lock.acquire()
    except Timeout:
        minutes = round(WAIT_SECONDS / 60)
        waiting(Text(
            f"{campaign}: 另一个 rectify-xl 正在汇总这个活动，等它结束后接着做（最多等 {minutes} 分钟；按 Ctrl-C 可以停止）",
            f"{campaign}: another rectify-xl is merging this campaign; waiting for it to end (at most {minutes} minutes; Ctrl-C"
            " stops)",
        ))  # fmt: skip
        lock.timeout = max(0.0, WAIT_SECONDS - SILENT_SECONDS)
        lock.acquire()
