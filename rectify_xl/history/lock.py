"""One process at a time changes the history of a campaign folder; the system lets go of the lock when the process dies."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.history.database import FILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WAIT_SECONDS = 600.0
# A folder that only others may write to, or a network drive without locks.
_IMPOSSIBLE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOLCK, errno.ENOTSUP})


@contextmanager
def sole_user(campaign: Path, *, patient: bool = True) -> Iterator[bool]:
    """Be the only process that changes this campaign's history; False where the folder cannot be written or locked.

    Args:
        campaign: the campaign folder.
        patient: whether to wait for another process to end; without, it is False where there is one.

    Raises:
        RectifyError: another process does not end.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - without a campaign folder nothing is locked

    lock = FileLock(campaign / f"{FILE}.lock", timeout=WAIT_SECONDS if patient else 0, mode=0o600)
    try:
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
