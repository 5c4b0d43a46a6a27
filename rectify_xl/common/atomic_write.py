"""Replaces a file so that at every moment, whatever fails, the old one or the new one is there, and whole."""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import shutil
import sys
from contextlib import suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.os_reasons import os_reason

if TYPE_CHECKING:
    from collections.abc import Callable

_QUERY = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def replace_file(
    target: str | Path, write: Callable[[Path], None], verify: Callable[[Path], None], *, suffix: str = ".xlsx"
) -> Path:
    """Write a new file beside the target, verify it, then put it in the target's place in one step.

    Args:
        target: the file to make or replace; a symbolic link is followed.
        write: writes the new file to the path it is given (an existing, empty file).
        verify: reads the new file back and raises when something is wrong with it.
        suffix: how the target's name must end.

    Returns:
        The target, links followed.

    Raises:
        RectifyError: the target cannot be written; the message says why and what to do. The old file is intact.
    """
    replacement = Replacement(target, suffix)
    try:
        write(replacement.path)
        verify(replacement.path)
        return replacement.commit()
    except OSError as error:
        raise _write_error(error, replacement.goal) from error
    finally:
        replacement.discard()


class Replacement:
    """A new, empty file beside a target, to be written and then put in the target's place.

    Raises:
        RectifyError: the target cannot be written.
    """

    def __init__(self, target: str | Path, suffix: str = ".xlsx") -> None:
        self.goal = check_target(target, suffix)
        self._pending = True
        try:
            self.path = new_beside(self.goal)
        except OSError as error:
            raise _write_error(error, self.goal) from error

    def commit(self) -> Path:
        """Put the file in the target's place, in one step, and return the target.

        Raises:
            RectifyError: that failed; the old file is intact.
        """
        try:
            flush(self.path)
            if self.goal.exists():
                shutil.copymode(self.goal, self.path)
            self.path.replace(self.goal)
        except OSError as error:
            raise _write_error(error, self.goal) from error
        self._pending = False
        flush_folder(self.goal.parent)
        return self.goal

    def discard(self) -> None:
        """Remove the file, unless it was committed."""
        if self._pending:
            self._pending = False
            with suppress(OSError):
                self.path.unlink()


def check_target(target: str | Path, suffix: str = ".xlsx") -> Path:
    """The target with links followed, its folder made, if nothing shows that it cannot be written.

    Raises:
        RectifyError: it cannot.
    """
    goal = Path(os.path.realpath(target))
    if goal.is_dir():
        raise RectifyError(
            f"{target}: 这是一个文件夹；请给出文件名，例如 {Path(target) / ('汇总' + suffix)}",
            f"{target}: this is a folder; name a file, for example {Path(target) / ('summary' + suffix)}",
        )
    if goal.suffix.lower() != suffix:
        raise RectifyError(f"{target}: 输出文件名应以 {suffix} 结尾", f"{target}: the name of the result must end in {suffix}")
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RectifyError(
            f"{target}: 无法建立文件夹 {goal.parent}（{os_reason(error).zh}）；请换一个位置",
            f"{target}: the folder {goal.parent} cannot be made ({os_reason(error).en}); choose another place",
        ) from error
    if goal.exists() and not os.access(goal, os.W_OK):
        raise RectifyError(
            f"{target}: 文件是只读的；请去掉只读属性，或换一个文件名",
            f"{target}: the file is read-only; make it writable, or choose another name",
        )
    lock = open_elsewhere(goal)
    if lock:
        raise RectifyError(
            f"{target}: 文件正被 Excel、WPS 或 LibreOffice 打开；请关闭后重试"
            f"（如确认没有人打开，可删除同一文件夹中的 {lock.name}）",
            f"{target}: the file is open in Excel, WPS or LibreOffice; close it and try again"
            f" (if nobody has it open, delete {lock.name} in the same folder)",
        )
    return goal


def open_elsewhere(path: Path) -> Path | None:
    """The lock file that says somebody has the file open: ``~$名``, ``.~名`` (WPS) or ``.~lock.名#`` (LibreOffice).

    Office shortens long names: the first two characters give way to ``~$``. Such a lock counts only if it is not the
    full one of a neighbour that bears the shortened name.
    """
    folder, name = path.parent, path.name
    names = [f"~${name}", f".~{name}", f".~lock.{name}#"]
    if not (folder / name[2:]).exists():
        names.append(f"~${name[2:]}")
    return next((folder / lock for lock in names if _exists(folder / lock)), None)


def _exists(path: Path) -> bool:
    """Whether a file exists; the name of a lock file may be longer than a name can be, and then there is none."""
    try:
        return path.exists()
    except OSError:
        return False


def new_beside(goal: Path) -> Path:
    """A new, empty file in the target's folder, with the permissions of any new file there.

    The name is short (a long name of the target might leave no room), is hidden, and is no workbook's, so that
    nobody takes a file that a killed process left behind for a submission. Such files are removed here.
    """
    remove_leftovers(goal.parent)
    for number in count():
        path = goal.parent / f".rectify_xl-{_machine()}-{os.getpid()}-{number}.tmp"
        with suppress(FileExistsError):
            # tempfile would make it readable by its owner alone, and so the master.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            return path
    raise AssertionError  # pragma: no cover - count() does not end


def remove_leftovers(folder: Path) -> None:
    """Remove the temporary files that processes of this machine left in a folder when they were killed."""
    for path in folder.glob(f".rectify_xl-{_machine()}-*.tmp"):
        number = path.name.split("-")[2]
        if number.isdecimal() and int(number) != os.getpid() and not _runs(int(number)):
            with suppress(OSError):
                path.unlink()


@cache
def _machine() -> str:
    """A mark of this machine, since a shared folder may hold the temporary files of others."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def _runs(process: int) -> bool:
    """Whether there is a process of a number; where that cannot be known, there is."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - there only

        # os.kill would end the process there.
        handle = ctypes.windll.kernel32.OpenProcess(_QUERY, False, process)  # noqa: FBT003
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def flush(path: Path) -> None:
    """Have the contents on the disk before the name points to them."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Have the names of a folder's files on the disk, as far as the system allows."""
    # Windows cannot open a folder; network drives may refuse to flush one. The replacement itself has been made.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_error(error: OSError, goal: Path) -> RectifyError:
    if error.errno in _FULL:
        return RectifyError(
            f"{goal}: 磁盘空间不足，没有写成，原文件未改动；请清理磁盘或换一个位置",
            f"{goal}: the disk is full, nothing was written, the old file is unchanged; free some space or choose another place",
        )
    if isinstance(error, PermissionError):
        return RectifyError(
            f"{goal}: 没有写入权限，或文件正被其他程序占用，原文件未改动；请关闭该文件、检查权限，或换一个位置",
            f"{goal}: no permission to write, or another program uses the file; the old file is unchanged;"
            " close it, check the permissions, or choose another place",
        )
    return RectifyError(
        f"{goal}: 写不出文件（{os_reason(error).zh}），原文件未改动；请检查磁盘或换一个位置",
        f"{goal}: the file cannot be written ({os_reason(error).en}), the old file is unchanged;"
        " check the disk or choose another place",
    )
