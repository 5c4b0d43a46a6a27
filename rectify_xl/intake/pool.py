"""Paths -> Submissions, in worker processes: a file that kills or hangs its worker costs itself only.

This process loads no reader of workbooks.

Plain subprocesses and not multiprocessing, whose spawned children import the caller's script again (a script without
a ``__main__`` guard would then run twice), and whose pools break as a whole when one worker dies.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.intake.discover import collect
from rectify_xl.intake.refusal import Refused, refused, sha256

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rectify_xl.intake.discover import Found
    from rectify_xl.intake.submission import Submission
    from rectify_xl.schema.fields import Schema

WALL_SECONDS = 25.0
_BATCH = 8
_ENDED = "读取时超出内存或时间限制，已中止"
_ROOT = Path(__file__).resolve().parents[2]


class _Worker:
    """One worker process, restarted after it died."""

    def __init__(self, schema: Schema, wall_seconds: float) -> None:
        self._schema = schema
        self._wall_seconds = wall_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._new = True

    def read(self, batch: Sequence[Found]) -> Iterator[Submission]:
        """Read files in order; one that ends the worker or takes too long is refused, the rest go to a new worker.

        The whole batch is requested at once, so that the worker never waits for this process.
        """
        waiting = list(batch)
        while waiting:
            sent = self._request(waiting)
            for found in tuple(waiting):
                waiting.pop(0)
                answer, reason = self._answer() if sent else (None, _ENDED)
                if answer is None:
                    self.close()
                    yield refused(found.relative, _digest(found.path), Refused("resource-limit", reason=reason))
                    break
                yield answer

    def _request(self, batch: Sequence[Found]) -> bool:
        """Send requests; False when there is no process to take them."""
        process = self._process or self._start()
        assert process.stdin  # noqa: S101 - start() opened it
        try:
            if self._new:
                pickle.dump(self._schema, process.stdin)
                self._new = False
            for found in batch:
                pickle.dump((str(found.path), found.relative), process.stdin)
            process.stdin.flush()
        except OSError:
            return False
        return True

    def _answer(self) -> tuple[Submission | None, str]:
        """The next answer, or None and why there is none."""
        process = self._process
        assert process and process.stdout  # noqa: S101, PT018 - requests were sent
        late = threading.Event()
        timer = threading.Timer(self._wall_seconds, _end_late, (process, late))
        timer.daemon = True
        timer.start()
        try:
            return pickle.load(process.stdout), ""  # noqa: S301 - our own worker's answer
        except (EOFError, OSError, pickle.UnpicklingError):
            # The worker is gone, or died in the middle of its answer.
            return None, "读取时间过长" if late.is_set() else _ENDED
        finally:
            timer.cancel()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _start(self) -> subprocess.Popen[bytes]:
        path = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH", ""))))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "rectify_xl.intake.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._new = True
        return self._process


def _digest(path: Path) -> str:
    try:
        return sha256(path)
    except OSError:  # the file went away meanwhile
        return ""


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def read_all(
    files: Iterable[Found],
    schema: Schema,
    *,
    workers: int | None = None,
    wall_seconds: float = WALL_SECONDS,
    progress: Callable[[Submission], None] | None = None,
) -> tuple[Submission, ...]:
    """Read files in order, ``workers`` at a time (default: the processors there are, at most 8).

    ``progress`` is called in the caller's thread once per file.
    """
    files = list(files)
    threads = max(1, min(workers or min(os.cpu_count() or 1, 8), len(files)))
    local = threading.local()
    started: list[_Worker] = []

    size = max(1, min(_BATCH, len(files) // (2 * threads)))
    batches = [files[start : start + size] for start in range(0, len(files), size)]

    def read(batch: Sequence[Found]) -> list[Submission]:
        if not hasattr(local, "worker"):
            local.worker = _Worker(schema, wall_seconds)
            started.append(local.worker)
        return list(local.worker.read(batch))

    results: list[Submission] = []
    try:
        with ThreadPoolExecutor(threads, "rectify-xl-intake") as executor:
            for submissions in executor.map(read, batches):
                results += submissions
                if progress:
                    for submission in submissions:
                        progress(submission)
    finally:
        for worker in started:
            worker.close()
    return tuple(results)


def read_paths(
    paths: Iterable[str | Path],
    schema: Schema,
    *,
    own_files: frozenset[Path] = frozenset(),
    workers: int | None = None,
    progress: Callable[[Submission], None] | None = None,
) -> tuple[Submission, ...]:
    """Read every submission under ``paths``; skipped files are listed too. Ordered by name.

    Raises:
        RectifyError: a path does not exist.
    """
    found, skipped = collect(paths, own_files)
    read = read_all(found, schema, workers=workers, progress=progress)
    return tuple(sorted((*read, *skipped), key=lambda submission: submission.path))
