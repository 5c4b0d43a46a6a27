"""Merges that are killed at any moment, and merges at the same time: the history is complete and agrees with the master."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.counts import count

ROOT = Path(__file__).resolve().parents[2]
KILLS, MERGES, PROCESSES = count(30, 300), count(3, 25), 4

pytestmark = [pytest.mark.kill, pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork")]


def run(folder: Path, *words: int) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.history.killed_merger", str(folder), *map(str, words)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_kills_at_any_moment(folder: Path) -> None:
    hits, through = map(int, run(folder, 15, KILLS).split())
    assert hits > KILLS / 2
    assert through > 1


def test_merges_at_the_same_time_lose_nothing(folder: Path) -> None:
    run(folder, 0, MERGES, PROCESSES)
