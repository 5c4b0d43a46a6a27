"""Scripts in a process of their own, which has one thread: pytest's own may have more, and is then copied by nobody."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300  # seconds after which something has not happened, on a machine however busy


def said(script: str) -> str:
    """What a script prints; it has nothing to complain of."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.stderr == ""
    return done.stdout


def outlives(script: str) -> bool:
    """Whether the process whose number a script prints first goes on after the script's own was killed (Linux)."""
    with subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        other = int(process.stdout.readline())
        assert _runs(other)
        process.kill()
    until = time.monotonic() + PATIENCE
    while _runs(other) and time.monotonic() < until:
        time.sleep(0.02)
    return _runs(other)


def _runs(process: int) -> bool:
    try:
        return "zombie" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
