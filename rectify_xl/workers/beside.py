"""Half of a long computation done by a copy of this process, on the other core, while this one does the other half."""

from __future__ import annotations

import pickle
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from rectify_xl.workers.copying import copy_process

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rectify_xl.workers.copying import ProcessCopy

Result = TypeVar("Result")


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Begin some work in a copy of this process, which has everything that was read and need not be sent it.

    Where no process can be copied (:func:`copy_process`), and when the copy ends without a whole answer for whatever reason
    (memory, an exception), the work is done here when its result is asked for.

    Args:
        work: changes nothing; its result is pickled, so it had better be small.

    Yields:
        What waits for the result. Leaving the context, by Ctrl-C too, ends the copy.
    """

    def answer(_requests: BinaryIO, answers: BinaryIO) -> None:
        pickle.dump(work(), answers, protocol=pickle.HIGHEST_PROTOCOL)

    copy = copy_process(answer)
    try:
        yield lambda: _result(copy, work)
    finally:
        if copy:
            copy.end()


def _result(copy: ProcessCopy | None, work: Callable[[], Result]) -> Result:
    if copy:
        with suppress(Exception):  # it ended before or within its answer: what arrived may break in any way
            return pickle.load(copy.stdout)  # type: ignore[no-any-return]  # noqa: S301 - our own copy's answer
    return work()
