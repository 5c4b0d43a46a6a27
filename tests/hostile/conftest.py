"""Runs of the command on folders with crafted files, with limits on processor time and memory, and none on time by the clock."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
_LOOK_SECONDS = 120  # in which even a busy machine lets each process that can go on do so
# The run in a process of its own, whose children are all of the run: their largest is what the system has counted.
_SCRIPT = """
import resource, subprocess, sys
most = int(sys.argv[1])
done = subprocess.run(
    [sys.executable, "-m", "rectify_xl", *sys.argv[2:]],
    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5)),
)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"\\n#used {used.ru_utime + used.ru_stime} {used.ru_maxrss}", file=sys.stderr)
sys.exit(done.returncode if done.returncode >= 0 else 128 - done.returncode)
"""


@dataclass(frozen=True)
class Done:
    """What a run did: exit status, outputs, processor time in all of its processes, memory of the largest of these in bytes."""

    code: int
    stdout: str
    stderr: str
    processor: float
    memory: int


@pytest.fixture
def rectify() -> Callable[..., Done]:
    def run(*words: object, most_seconds: float = 300) -> Done:
        """``most_seconds`` of processor time for the main process; what waits for nothing to happen is a failure, too."""
        process = subprocess.Popen(
            [sys.executable, "-c", _SCRIPT, str(int(most_seconds)), *map(str, words)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, encoding="utf-8", errors="replace",
        )  # fmt: skip
        stdout, stderr = _outputs(process)
        stderr, _, used = stderr.rpartition("\n#used ")
        processor, memory = used.split()
        unit = 1 if sys.platform == "darwin" else 1024
        return Done(process.returncode, stdout, stderr, float(processor), int(memory) * unit)

    assert resource
    return run


def _outputs(process: subprocess.Popen[str]) -> tuple[str, str]:
    before: list[str] = []
    while True:
        try:
            return process.communicate(timeout=_LOOK_SECONDS)
        except subprocess.TimeoutExpired:
            now = _progress(process.pid)
            if now == before:
                os.killpg(process.pid, signal.SIGKILL)
                pytest.fail(f"none of its processes does anything: {now}")
            before = now


def _progress(session: int) -> list[str]:
    """The processes of a session, each with the seconds of processor time that it has had."""
    done = subprocess.run(["ps", "-eo", "sid=,pid=,time=,args="], capture_output=True, text=True, check=True)
    return [line for line in done.stdout.splitlines() if line.split(maxsplit=1)[0] == str(session)]
