"""How the work grows with the input, measured so that a loaded machine changes nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FACTOR = 8
_SMALL, _STEP = 2500, 40
_SLACK = 0.1


def assert_linear(work: Callable[[int], object]) -> None:
    """Eight times the input is at most 24 times the work: linear work gives 8, quadratic work 64.

    Processor time counts, the least of three runs, each of another size, since results may be cached. A tenth of a second for
    20,000 characters is no matter, however it came about.
    """
    work(_SMALL - _STEP)  # what is loaded or compiled on first use
    small = min(_seconds(work, _SMALL + run * _STEP) for run in range(3))
    large = min(_seconds(work, (_SMALL + run * _STEP) * FACTOR) for run in range(3))
    assert large < 3 * FACTOR * small + _SLACK, f"{small:.4f} s became {large:.4f} s"


def _seconds(work: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    work(size)
    return time.process_time() - start
