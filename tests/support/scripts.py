"""Scripts in a process of their own, which has one thread: pytest's own may have more, and is then copied by nobody."""

from __future__ import annotations

import subprocess
import sys
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


def runs(process: int) -> bool:
    """Whether a process does anything yet (Linux)."""
    try:
        return "zombie" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
