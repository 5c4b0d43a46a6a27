"""The inside of a worker process: it takes its limits, then answers requests from stdin on stdout until stdin ends.

Memory and processor time are limited by the system, where it can (not on Windows; there the parent's limit on time by the
clock remains, and the readers' limits on sizes). The limits are those of the system and not of Python, because a regular
expression or a decompressor does not let the interpreter look at a clock.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

MEMORY_BYTES = 1 << 30
_RARELY = 500_000
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer to a request. ``detail`` names the exception of an ``error``."""

    kind: Literal["time", "memory", "ended", "error"]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A request for a worker and the seconds of processor time it may take."""

    request: Any
    seconds: float

    @property
    def wall_seconds(self) -> float:
        """The seconds by the clock in which it has to move on: a busy computer must not cost a unit its list or its copy.

        What uses the processor is ended by its processor time; this is for what waits for ever, and where there is no such limit.
        """
        return 4 * self.seconds + 20


def serve(prepare: Callable[[Any], Callable[[Any], Any]], requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer jobs until the stream of requests ends.

    Args:
        prepare: makes the function that answers a request, from the first message of the stream.
        requests: a pickled message, then pickled jobs.
        answers: gets one pickled answer, or :class:`Failure`, for each job.
    """
    # Cells are many and cycles few: looking for cycles now and then is enough.
    gc.set_threshold(_RARELY)
    answer = prepare(pickle.load(requests))  # noqa: S301 - the parent's own pipe
    while True:
        try:
            job: Job = pickle.load(requests)  # noqa: S301
        except EOFError:
            return
        _allow(job)
        pickle.dump(_answered(answer, job.request), answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _answered(answer: Callable[[Any], Any], request: object) -> object:
    """The answer; an exception costs this request only."""
    try:
        return answer(request)
    except MemoryError:
        return Failure("memory")
    except Exception as error:  # noqa: BLE001 - the boundary of the process
        return Failure("error", f"{type(error).__name__}: {error}"[:200])


def _allow(job: Job) -> None:
    """Set the limit on processor time for the next job; the system ends the process when it is exceeded."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows

        usage = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource.RLIMIT_CPU, int(usage.ru_utime + usage.ru_stime + job.seconds) + 1)


def _lower(kind: int, most: int) -> None:
    """Set a limit, but never above the one that the computer's administrator has set, which no process may raise."""
    import resource  # noqa: PLC0415 - not on Windows

    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _limit() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows
        import signal  # noqa: PLC0415

        _lower(resource.RLIMIT_AS, MEMORY_BYTES + _taken_bytes())
        _lower(resource.RLIMIT_CORE, 0)
        # Ctrl-C reaches every process of a terminal; the parent decides what it means.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _taken_bytes() -> int:
    """The address space that this process has already: a copy begins with that of the program that it is a copy of."""
    try:
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * os.sysconf("SC_PAGESIZE")
    except (OSError, ValueError):
        return 0


def end_with_parent(parent: int) -> None:
    """Have the system end this process when the parent dies, whatever it is busy with."""
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - for this one call
        import signal  # noqa: PLC0415

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the call
            os._exit(1)
    elif sys.platform != "win32":
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def run(prepare: Callable[[Any], Callable[[Any], Any]]) -> None:
    """Serve on the standard streams; what libraries print must not reach the pipe."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    end_with_parent(int(sys.argv[1]))
    _run_on(prepare, sys.stdin.buffer, answers)
    os._exit(0)


def run_copy(prepare: Callable[[Any], Callable[[Any], Any]], requests: BinaryIO, answers: BinaryIO) -> None:
    """Serve on pipes in a copy of another process, of whose streams it keeps none."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    _run_on(prepare, requests, answers)


def _run_on(prepare: Callable[[Any], Callable[[Any], Any]], requests: BinaryIO, answers: BinaryIO) -> None:
    _limit()
    with suppress(BrokenPipeError):  # nobody waits for the answer any more
        serve(prepare, requests, answers)
