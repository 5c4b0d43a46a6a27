"""Copies of this process (fork): a copy has everything that was loaded and read, and need not be sent it."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from rectify_xl.workers.process import end_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_LOOK_SECONDS = 0.002
_UNKNOWN = 1
_STREAMS = tuple(f"/proc/self/fd/{number}" for number in range(3))


@dataclass(slots=True)
class ProcessCopy:
    """A running copy. What can be done with it has the names and results of :class:`subprocess.Popen`."""

    pid: int
    stdin: BinaryIO
    stdout: BinaryIO
    returncode: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def poll(self) -> int | None:
        """How the copy ended (-9: by signal 9); None while it runs."""
        with self._lock:  # an ended process is told of once, and its number may be another's afterwards
            if self.returncode is None:
                try:
                    ended, status = os.waitpid(self.pid, os.WNOHANG)
                except ChildProcessError:  # a program that embeds us may wait for all its children
                    self.returncode = _UNKNOWN
                else:
                    self.returncode = os.waitstatus_to_exitcode(status) if ended else None
            return self.returncode

    def kill(self) -> None:
        """End the copy now."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def end(self) -> None:
        """End the copy now and let go of all that it took."""
        for pipe in (self.stdin, self.stdout):
            with suppress(OSError):  # nobody reads what was not yet sent
                pipe.close()
        self.kill()
        self.wait()

    def wait(self, timeout: float | None = None) -> int:
        """Wait until the copy has ended.

        Args:
            timeout: most seconds.

        Raises:
            subprocess.TimeoutExpired: it still runs.
        """
        until = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if until is not None and time.monotonic() > until:
                raise subprocess.TimeoutExpired("copy", timeout or 0)
            time.sleep(_LOOK_SECONDS)
        return code


def can_copy() -> bool:
    """Whether this process can be copied: on Linux, while it has one thread, as of other threads the locks alone would be copied.

    Without streams of its own a pipe would get their numbers, and what a library prints would go into it.
    """
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1 and all(map(os.path.exists, _STREAMS))
    except OSError:
        return False


def copy_process(work: Callable[[BinaryIO, BinaryIO], None], siblings: Iterable[ProcessCopy] = ()) -> ProcessCopy | None:
    """Copy this process.

    Args:
        work: what the copy does with its own ends of ``stdin`` and ``stdout``. The copy ends with it, or with this process.
        siblings: earlier copies, whose pipes the new one must not keep open.

    Returns:
        The copy; None where a process cannot be copied safely (:func:`can_copy`), or the system has none left.
    """
    if not can_copy():
        return None
    parent = os.getpid()
    requests, stdin = os.pipe()
    stdout, answers = os.pipe()
    try:
        process = os.fork()
    except OSError:
        for end in (requests, stdin, stdout, answers):
            os.close(end)
        return None
    if process:
        os.close(requests)
        os.close(answers)
        return ProcessCopy(process, open(stdin, "wb"), open(stdout, "rb"))  # noqa: PTH123 - pipes, closed by end
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
        end_with_parent(parent)
        gc.freeze()  # looking through what was there before would copy every page of memory
        for sibling in siblings:
            sibling.stdin.close()
            sibling.stdout.close()
        os.close(stdin)
        os.close(stdout)
        with open(requests, "rb") as asked, open(answers, "wb") as answer:  # noqa: PTH123 - pipes
            work(asked, answer)
    finally:  # whatever happened: nothing that follows is for the copy to do
        os._exit(0)
