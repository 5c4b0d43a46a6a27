"""Files read by an executor of the caller's: a batch per task, and in every task a worker process with its limits.

What runs tasks (threads, processes, a Dask cluster) never opens a file itself: one that hangs, aborts or fills the memory ends a
worker process of ours and costs itself only, as it does without an executor. See docs/scale.md.
"""

from __future__ import annotations

import warnings
from concurrent.futures import BrokenExecutor, Future
from typing import TYPE_CHECKING

from rectify_xl.intake.discover import Found
from rectify_xl.workers.pool import Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Executor

    from rectify_xl.intake.submission import Submission
    from rectify_xl.workers.pool import Pool

    Read = Callable[[Sequence[Found]], tuple[Submission, ...]]

BATCH = 100  # files of one task: a second, of which a quarter is the start of the worker process
_LOOK_SECONDS = 0.2


def read_by(
    executor: Executor, files: Iterable[Found], task: Read, here: Read, pool: Pool, progress: Callable[[Submission], None] | None
) -> tuple[Submission, ...]:
    """Read files in order.

    Args:
        executor: runs the tasks.
        files: what to read.
        task: reads a batch, wherever it runs.
        here: reads, by ``pool``, a batch whose task failed, as when the process that ran it was lost.
        pool: when it is stopped, from another thread, so is this.
        progress: called once per file.

    Raises:
        Stopped: the pool was stopped. Tasks that have not begun are cancelled.
    """
    waiting = [Found(found.path.absolute(), found.relative) for found in files]
    batches = [waiting[at : at + BATCH] for at in range(0, len(waiting), BATCH)]
    tasks = [_begun(executor, task, batch) for batch in batches]
    results: list[Submission] = []
    try:
        for batch, begun in zip(batches, tasks, strict=True):
            for submission in _answer(begun, batch, here, pool):
                results.append(submission)
                if progress:
                    progress(submission)
    finally:
        for begun in tasks:
            begun.cancel()
    return tuple(results)


def _begun(executor: Executor, task: Read, batch: Sequence[Found]) -> Future[tuple[Submission, ...]]:
    try:
        return executor.submit(task, batch)
    except BrokenExecutor as error:  # by an earlier task
        broken: Future[tuple[Submission, ...]] = Future()
        broken.set_exception(error)
        return broken


def _answer(begun: Future[tuple[Submission, ...]], batch: Sequence[Found], here: Read, pool: Pool) -> tuple[Submission, ...]:
    while True:
        try:
            return begun.result(timeout=_LOOK_SECONDS)
        except Exception as error:  # of whatever kind the executor has
            if pool.is_stopped:
                raise Stopped from error
            if not begun.done():
                continue
            reason = f"{type(error).__name__}: {error}"[:200]
            message = f"a task of the executor failed ({reason}); its {len(batch)} files are read by this computer"
            warnings.warn(message, RuntimeWarning, stacklevel=2)
            return here(batch)
