"""Runs of the command on folders with crafted files, with limits on time and memory by the system."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Done:
    """What a run did: exit status, outputs, seconds by the clock and of processor time in all of its processes, and the memory
    of the largest of these in bytes.
    """

    code: int
    stdout: str
    stderr: str
    seconds: float
    processor: float
    memory: int


@pytest.fixture
def rectify() -> Callable[..., Done]:
    def run(*words: object, timeout: float = 300) -> Done:
        # A process of its own, whose children are all of the run: their largest is what the system has counted.
        script = (
            "import resource, subprocess, sys\n"
            "done = subprocess.run([sys.executable, '-m', 'rectify_xl', *sys.argv[1:]])\n"
            "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
            "print(f'\\n#used {used.ru_utime + used.ru_stime} {used.ru_maxrss}', file=sys.stderr)\n"
            "sys.exit(done.returncode if done.returncode >= 0 else 128 - done.returncode)\n"
        )
        start = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", script, *map(str, words)],
            cwd=ROOT, capture_output=True, timeout=timeout, check=False, encoding="utf-8", errors="replace",
        )  # fmt: skip
        stderr, _, used = done.stderr.rpartition("\n#used ")
        processor, memory = used.split()
        unit = 1 if sys.platform == "darwin" else 1024
        return Done(done.returncode, done.stdout, stderr, time.monotonic() - start, float(processor), int(memory) * unit)

    assert resource
    return run
