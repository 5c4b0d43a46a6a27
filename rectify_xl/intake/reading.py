"""Paths -> Submissions through worker processes: no file of a unit is opened in this one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Self

from rectify_xl.common.i18n import Text
from rectify_xl.intake.discover import collect
from rectify_xl.intake.refusal import MOST_BYTES, OUT_OF_MEMORY, Refused, refused, sha256
from rectify_xl.workers.pool import Pool
from rectify_xl.workers.process import Failure, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path
    from types import TracebackType

    from rectify_xl.intake.discover import Found
    from rectify_xl.intake.submission import Submission
    from rectify_xl.schema.schema import Schema

    # What every worker is told: the columns to find, the names of units, the schemas to choose from.
    Setup = tuple[Schema, frozenset[str], tuple[Schema, ...]]

_WORKER = "rectify_xl.intake.worker"
_BATCH = 8
# Processor time for one file: a list of 30,000 rows is a file of 2 MB and takes 3 s.
_LEAST_SECONDS, _SECONDS_PER_MB, _MOST_SECONDS = 6.0, 2.0, 14.0
_LOOK_SECONDS = 0.5
_REASONS = {
    "time": Text("读取时间过长，已中止", "reading it takes too long"),
    "memory": OUT_OF_MEMORY,
    "ended": Text("读取时超出内存或时间限制，已中止", "reading it took too much memory or time"),
}


class Reading:
    """Submissions being read in the background. Leaving the context by an exception (Ctrl-C) ends the workers at once.

    Args:
        paths: files and folders.
        schema: the columns to find.
        candidates: schemas of which each file says how well they fit it.
        units: comparison keys of the names that the campaign's units go by.
        own_files: the campaign's own files, which are no submissions.
        workers: reading processes, as many as processors when absent.
        progress: called once per file read.
        executor: runs the reading of the files, a batch per task.
    """

    def __init__(
        self,
        paths: Iterable[str | Path],
        schema: Schema,
        *,
        units: frozenset[str] = frozenset(),
        own_files: frozenset[Path] = frozenset(),
        candidates: tuple[Schema, ...] = (),
        workers: int | None = None,
        progress: Callable[[Submission], None] | None = None,
        executor: Executor | None = None,
    ) -> None:
        setup = (schema, units, candidates)
        found, skipped = collect(paths, own_files)
        self._pool = pool_of(setup, workers=workers)
        if executor is None:
            self._pool.begin(len(found))  # before there is a second thread
        self._thread = ThreadPoolExecutor(1, "rectify-xl-reading")
        self._future: Future[tuple[Submission, ...]] = self._thread.submit(
            _read_found, found, skipped, setup, self._pool, progress, executor
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            self._pool.stop()
        self._thread.shutdown()

    def result(self) -> tuple[Submission, ...]:
        """All submissions, those that were skipped among them, by name.

        Raises:
            RectifyError: a path does not exist.
        """
        while True:
            try:
                return self._future.result(timeout=_LOOK_SECONDS)
            except TimeoutError:  # Ctrl-C reaches a thread that waits without end on some systems only when it wakes
                if self._future.done():
                    raise


def read_paths(
    paths: Iterable[str | Path],
    schema: Schema,
    *,
    units: frozenset[str] = frozenset(),
    own_files: frozenset[Path] = frozenset(),
    workers: int | None = None,
    progress: Callable[[Submission], None] | None = None,
) -> tuple[Submission, ...]:
    """Read every submission under ``paths``; arguments and result as of :class:`Reading`.

    Raises:
        RectifyError: a path does not exist.
    """
    setup = (schema, units, ())
    with pool_of(setup, workers=workers) as pool:
        found, skipped = collect(paths, own_files)
        pool.begin(len(found))
        return _read_found(found, skipped, setup, pool, progress)


def pool_of(setup: Setup, *, workers: int | None) -> Pool:
    """Worker processes that read files."""
    return Pool(_WORKER, setup, processes=workers, batch=_BATCH)


def _read_found(
    found: list[Found],
    skipped: list[Submission],
    setup: Setup,
    pool: Pool,
    progress: Callable[[Submission], None] | None,
    executor: Executor | None = None,
) -> tuple[Submission, ...]:
    if executor:
        from rectify_xl.intake.executors import read_by  # noqa: PLC0415 - few have one

        read = read_by(executor, found, partial(read_batch, setup=setup), partial(read_all, pool=pool), pool, progress)
    else:
        read = read_all(found, pool, progress=progress)
    return tuple(sorted((*read, *skipped), key=lambda submission: submission.path))


def read_batch(files: Sequence[Found], setup: Setup) -> tuple[Submission, ...]:
    """Read files by one worker process: the task of an executor, wherever it runs.

    Raises:
        FileNotFoundError: a file is not seen from here.
    """
    for found in files:
        if not found.path.exists():
            raise FileNotFoundError(str(found.path))
    with pool_of(setup, workers=1) as pool:
        return read_all(files, pool)


def read_all(
    files: Iterable[Found], pool: Pool, *, progress: Callable[[Submission], None] | None = None
) -> tuple[Submission, ...]:
    """Read files in order. ``progress`` is called in the caller's thread once per file."""
    waiting = list(files)
    results: list[Submission] = []
    jobs = [Job((str(found.path), found.relative), seconds_for(found.path)) for found in waiting]
    for found, answer in zip(waiting, pool.answers(jobs), strict=True):
        results.append(_refused(found, answer) if isinstance(answer, Failure) else answer)
        if progress:
            progress(results[-1])
    return tuple(results)


def seconds_for(path: Path) -> float:
    """Processor time that reading a file may take."""
    try:
        size = path.stat().st_size
    except OSError:  # the worker says what is the matter with it
        size = 0
    return min(_MOST_SECONDS, _LEAST_SECONDS + _SECONDS_PER_MB * size / (1 << 20))


def _refused(found: Found, failure: Failure) -> Submission:
    digest = _digest(found.path)
    if failure.kind == "error":
        reason = Text(
            f"读取程序出错（{failure.detail}），请把这个文件发给软件维护者",
            f"the reader failed ({failure.detail}); send this file to the maintainers",
        )
        return refused(found.relative, digest, Refused("unreadable-file", reason=reason))
    return refused(found.relative, digest, Refused("resource-limit", reason=_REASONS[failure.kind]))


def _digest(path: Path) -> str:
    try:
        return sha256(path) if path.stat().st_size <= MOST_BYTES else ""
    except OSError:  # the file went away meanwhile
        return ""
