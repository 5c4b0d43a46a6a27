"""A reader that misbehaves by file name, for the tests of the worker pool; put in the place of ``read_file``."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from rectify_xl.intake import worker
from rectify_xl.intake.files import read_file
from rectify_xl.workers.process import run

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.submission import Submission
    from rectify_xl.schema.schema import Schema

_SLOW_SECONDS = 4.0


def misbehaving(path: Path, relative: str, schema: Schema, units: frozenset[str], candidates: tuple[Schema, ...]) -> Submission:
    """Hang, die, eat memory or take time when the name says so; else read."""
    if "hang" in relative:
        time.sleep(3600)
    if "kill" in relative:
        os.kill(os.getpid(), signal.SIGKILL)
    if "memory" in relative:
        hoard = bytearray(8 << 30)
        assert hoard
    if "spin" in relative:
        while True:
            pass
    while "slow" in relative and time.process_time() < _SLOW_SECONDS:
        pass
    if "garbage" in relative:
        for pipe in range(3, 64):
            with suppress(OSError):
                os.write(pipe, b"not a pickle")
    return read_file(path, relative, schema, units, candidates)


if __name__ == "__main__":
    worker.read_file = misbehaving
    run(worker.prepare)
