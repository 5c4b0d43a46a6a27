"""Answers requests in worker processes, one request at a time each: one that kills or hangs its worker costs itself only.

Plain subprocesses and not multiprocessing, whose spawned children import the caller's script again (a script without
a ``__main__`` guard would then run twice), and whose pools break as a whole when one worker dies. Those that begin while this
process can be copied are copies of it (:mod:`rectify_xl.workers.copying`), under the same limits.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from rectify_xl.workers.copying import can_copy, copy_process
from rectify_xl.workers.process import Failure, Job, run_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from rectify_xl.workers.copying import ProcessCopy

_MOST_PROCESSES = 8
_LEAVE_SECONDS = 2.0
_BROKEN = -1  # in place of a job's number: a thread failed, as over a request that cannot be pickled
_LOOK_SECONDS = 0.2  # how long a wait may hold back Ctrl-C where the system cannot interrupt it
_ROOT = Path(__file__).resolve().parents[2]
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0)
_USER_TIME, _SYSTEM_TIME = 11, 12  # in /proc/…/stat, behind the name


class Stopped(Exception):  # noqa: N818 - an outcome, not a mistake
    """The pool was stopped before all answers were there."""


class Pool:
    """Worker processes of one kind. Leaving the context ends them, an exception (Ctrl-C among them) at once.

    Args:
        module: what a worker runs; it calls :func:`rectify_xl.workers.process.run`.
        setup: the first message for every worker.
        processes: how many work at a time (default: as many as there are processors, at most 8).
        batch: jobs sent to a worker at once; more than one only where requests are small.
    """

    def __init__(self, module: str, setup: object, *, processes: int | None = None, batch: int = 1) -> None:
        self._module, self._setup, self._batch = module, setup, batch
        self._processes = processes or min(os.cpu_count() or 1, _MOST_PROCESSES)
        self._workers: list[_Worker] = []
        self._begun: list[_Worker] = []
        self._stopped = threading.Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            self.stop()

    @property
    def is_stopped(self) -> bool:
        """Whether :meth:`stop` was called."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """End every worker now and start none any more; a running :meth:`answers` ends early."""
        self._stopped.set()
        for worker in tuple(self._workers):
            worker.kill()

    def begin(self, jobs: int) -> None:
        """Start the processes that so many jobs take as copies of this one, if it can be copied; others start when needed.

        A copy has loaded already what a new process loads first: an eighth of the processor time of a merge of 60 lists.
        """
        if not can_copy():
            return
        work = partial(run_copy, import_module(self._module).prepare)
        copies: list[ProcessCopy] = []
        for _ in range(min(self._processes, jobs)):
            copy = copy_process(work, siblings=copies)
            if copy is None:  # the system has no process left
                break
            copies.append(copy)
        self._begun = [_Worker(self._module, self._setup, copy) for copy in copies]
        self._workers += self._begun

    def answers(self, jobs: Iterable[Job]) -> Iterator[Any]:
        """The answer to each job, or its :class:`Failure`, in order.

        Raises:
            Stopped: :meth:`stop` was called, from another thread.
        """
        waiting = list(jobs)
        threads = max(1, min(self._processes, len(waiting)))
        size = max(1, min(self._batch, len(waiting) // (2 * threads)))
        batches: queue.SimpleQueue[tuple[int, Sequence[Job]]] = queue.SimpleQueue()
        for start in range(0, len(waiting), size):
            batches.put((start, waiting[start : start + size]))
        done: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        running = [threading.Thread(target=self._work, args=(batches, done), daemon=True) for _ in range(threads)]
        try:
            for thread in running:
                thread.start()
            yield from self._in_order(done, len(waiting))
        except BaseException:
            self.stop()
            raise
        finally:
            for thread in running:
                if thread.ident is not None:  # Ctrl-C may have come before all were started
                    thread.join()

    def _in_order(self, done: queue.SimpleQueue[tuple[int, Any]], count: int) -> Iterator[Any]:
        early: dict[int, Any] = {}
        for number in range(count):
            while number not in early:
                with suppress(queue.Empty):
                    at, answer = done.get(timeout=_LOOK_SECONDS)
                    if at == _BROKEN:
                        raise answer
                    early[at] = answer
                if self._stopped.is_set():
                    raise Stopped
            yield early.pop(number)

    def _work(self, batches: queue.SimpleQueue[tuple[int, Sequence[Job]]], done: queue.SimpleQueue[tuple[int, Any]]) -> None:
        """One thread: it has one worker, and ends it in the same thread (on Linux a worker dies with the thread it is from)."""
        try:
            worker = self._begun.pop()
        except IndexError:
            worker = _Worker(self._module, self._setup)
            self._workers.append(worker)
        try:
            while not self._stopped.is_set():
                start, batch = batches.get_nowait()
                for number, answer in enumerate(worker.answers(batch, self._stopped), start):
                    done.put((number, answer))
        except queue.Empty:
            worker.leave()
        except Exception as error:  # noqa: BLE001 - raised again where the answers are awaited
            done.put((_BROKEN, error))
        finally:
            worker.kill()


class _Worker:
    """One worker process, replaced when it died."""

    def __init__(self, module: str, setup: object, copy: ProcessCopy | None = None) -> None:
        self._module, self._setup = module, setup
        self._process: subprocess.Popen[bytes] | ProcessCopy | None = copy
        self._lock = threading.Lock()
        self._is_new = True

    def answers(self, batch: Sequence[Job], stopped: threading.Event) -> Iterator[Any]:
        """Answers in order; a job that ends the worker or takes too long fails, the rest go to a new worker.

        The whole batch is sent at once, so that the worker never waits for this process to find time for it.
        """
        waiting = list(batch)
        while waiting and not stopped.is_set():
            sent = self._send(waiting)
            for job in tuple(waiting):
                waiting.pop(0)
                answer = self._receive(job) if sent else Failure("ended")
                if stopped.is_set():
                    return
                yield answer
                if isinstance(answer, Failure) and answer.kind not in ("error", "memory"):
                    self.kill()
                    break

    def _send(self, batch: Sequence[Job]) -> bool:
        """Send jobs; False when there is no process to take them."""
        process = self._process or self._start()
        assert process.stdin  # noqa: S101 - asked for
        try:
            if self._is_new:
                pickle.dump(self._setup, process.stdin)
                self._is_new = False
            for job in batch:
                pickle.dump(job, process.stdin)
            process.stdin.flush()
        except OSError:
            return False
        return True

    def _receive(self, job: Job) -> Any:  # noqa: ANN401 - whatever the worker answers
        process = self._process
        if process is None or process.stdout is None:  # killed meanwhile
            return Failure("ended")
        late, answered = threading.Event(), threading.Event()
        watch = threading.Thread(target=_end_late, args=(process, job.wall_seconds, late, answered), daemon=True)
        watch.start()
        try:
            return pickle.load(process.stdout)  # noqa: S301 - our own worker's answer
        except Exception:  # noqa: BLE001 - it died before or within its answer: what arrived may break in any way
            self.kill()
            return Failure("time" if late.is_set() or process.returncode == _OUT_OF_TIME else "ended")
        finally:
            answered.set()

    def leave(self) -> None:
        """Let the process end by itself."""
        process = self._process
        if process is not None and process.stdin is not None:
            with suppress(OSError, subprocess.TimeoutExpired):
                process.stdin.close()
                process.wait(_LEAVE_SECONDS)

    def kill(self) -> None:
        """End the process now."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
        self._process = subprocess.Popen(  # noqa: S603 - this Python and a module of ours
            [sys.executable, "-P", "-m", self._module, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._is_new = True
        return self._process


def _end_late(
    process: subprocess.Popen[bytes] | ProcessCopy, seconds: float, late: threading.Event, answered: threading.Event
) -> None:
    """End a process that waits for ever. One that moved on meanwhile waits for a busy computer, and has its limit."""
    before = _processor_ticks(process.pid)
    while not answered.wait(seconds):
        now = _processor_ticks(process.pid)
        if now == before:
            late.set()
            process.kill()
            return
        before = now


def _processor_ticks(process: int) -> int:
    """How much of a processor a process has had; always 0 where the system does not tell as Linux does."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return int(fields[_USER_TIME]) + int(fields[_SYSTEM_TIME])
    except (OSError, LookupError, ValueError):
        return 0
