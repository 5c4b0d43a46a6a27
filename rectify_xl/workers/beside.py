"""Half of a long computation done by a copy of this process, on the other core, while this one does the other half."""

from __future__ import annotations

import gc
import os
import pickle
import signal
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from rectify_xl.workers.process import end_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Result = TypeVar("Result")


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Begin some work in a copy of this process, which has everything that was read and need not be sent it.

    A process is copied only where that is safe, on Linux while it has one thread. Elsewhere, and when the copy ends without a
    whole answer for whatever reason (memory, an exception), the work is done here when its result is asked for.

    Args:
        work: changes nothing; its result is pickled, so it had better be small.

    Yields:
        What waits for the result. Leaving the context, by Ctrl-C too, ends the copy.
    """
    copy = _begin(work) if _is_alone() else None
    try:
        yield lambda: _result(copy, work)
    finally:
        if copy:
            copy.end()


@dataclass(frozen=True, slots=True)
class _Copy:
    process: int
    answer: BinaryIO

    def end(self) -> None:
        self.answer.close()
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)
        with suppress(ChildProcessError):  # a program that embeds us may wait for all its children
            os.waitpid(self.process, 0)


def _is_alone() -> bool:
    """Whether a copy of this process is whole: a thread is not copied, but the locks that it holds are."""
    try:
        return sum(1 for _ in Path("/proc/self/task").iterdir()) == 1
    except OSError:
        return False


def _begin(work: Callable[[], object]) -> _Copy | None:
    parent = os.getpid()
    reading, writing = os.pipe()
    try:
        process = os.fork()
        if process == 0:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
            end_with_parent(parent)
            gc.disable()  # looking for garbage would copy every page of memory
            with open(writing, "wb") as answer:  # noqa: PTH123 - a pipe
                pickle.dump(work(), answer, protocol=pickle.HIGHEST_PROTOCOL)
    except OSError:  # no process to be had
        os.close(reading)
        return None
    finally:
        if os.getpid() != parent:  # whatever happened: nothing that follows is for the copy to do
            os._exit(0)
        os.close(writing)
    return _Copy(process, open(reading, "rb"))  # noqa: PTH123 - a pipe, closed by end


def _result(copy: _Copy | None, work: Callable[[], Result]) -> Result:
    if copy:
        with suppress(Exception):  # it ended before or within its answer: what arrived may break in any way
            return pickle.load(copy.answer)  # type: ignore[no-any-return]  # noqa: S301 - our own copy's answer
    return work()
