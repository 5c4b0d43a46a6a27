"""Merges that are killed, that fail at any step, and merges at the same time: old or new, and the history agrees with it.

The full counts: 300 kills of which every step of a merge is one at least, every step that fails, 4 processes of 25 merges.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.counts import count

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 4

pytestmark = [pytest.mark.kill, pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork")]


def run(folder: Path, what: str, *numbers: int) -> list[int]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.history.merges", str(folder / "活动"), what, *map(str, numbers)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return [int(word) for word in done.stdout.split()]


def test_kills_at_every_step_and_at_any_moment(tmp_path: Path) -> None:
    kills = count(20, 300)
    steps, named, chance, merges = run(tmp_path, "kill", 15, kills)
    assert steps > 50
    assert named >= min(kills // 2, steps) - 1  # one may be the last of all
    assert chance > 0
    assert merges > 2


def test_every_step_may_fail(tmp_path: Path) -> None:
    steps, written, refused = run(tmp_path, "fail", 3, count(13, 1))
    assert steps > 50
    assert min(written, refused) > 0


def test_merges_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    merges = count(2, 25)
    assert run(tmp_path, "at-once", PROCESSES, merges) == [1 + PROCESSES * merges]
