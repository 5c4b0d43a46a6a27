"""Worker processes: a file that hangs, dies or eats memory costs itself only, and the order is kept."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.intake import pool
from rectify_xl.intake.discover import Found
from rectify_xl.intake.pool import read_all, read_paths
from rectify_xl.intake.worker import serve
from tests.support.reading import SCHEMA, slugs
from tests.support.workbooks import HEADINGS, by_xlsxwriter, layout, task

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the limits and signals of these tests are POSIX")

GOOD = layout([[*HEADINGS], task(1, "东河排口异味")])
MODULE = "rectify_xl.intake.worker"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A readable list."""
    return by_xlsxwriter(tmp_path_factory.mktemp("pool") / "a.xlsx", GOOD)


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Workers that do what file names tell them; yields those that were started."""
    started: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def replaced(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        command = ["tests.support.hanging_worker" if word == MODULE else word for word in command]
        started.append(start(command, **options))
        return started[-1]

    monkeypatch.setattr(pool.subprocess, "Popen", replaced)
    yield started
    assert all(process.poll() is not None for process in started)


def test_twenty_files_over_two_workers_keep_their_order(good: Path) -> None:
    files = [Found(good, f"{number:02d}.xlsx") for number in range(20)]
    seen: list[str] = []
    found = read_all(iter(files), SCHEMA, workers=2, progress=lambda submission: seen.append(submission.path))
    assert [submission.path for submission in found] == seen == [file.relative for file in files]
    assert {len(submission.tables[0].rows) for submission in found} == {1}


def test_no_files() -> None:
    assert read_all([], SCHEMA) == ()


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("fate", ["hang", "kill", "memory", "spin", "garbage"])
def test_a_file_costs_itself_only(good: Path, misbehaving: list[Any], fate: str, workers: int) -> None:
    names = ["1.xlsx", f"2 {fate}.xlsx", "3.xlsx", "4.xlsx"]
    seconds = 2.0 if fate == "hang" else 20.0
    found = read_all([Found(good, name) for name in names], SCHEMA, workers=workers, wall_seconds=seconds)
    assert [submission.path for submission in found] == names
    assert [submission.status for submission in found] == ["accepted", "rejected", "accepted", "accepted"]
    assert slugs(found[1]) == ["resource-limit"]
    assert ("过长" in found[1].faults[0].facts["reason"]) == (fate == "hang")
    assert len(found[1].sha256) == 64
    assert misbehaving


def test_workers_killed_from_outside(good: Path, misbehaving: list[subprocess.Popen[bytes]]) -> None:
    def kill_all(_: object) -> None:
        for process in misbehaving:
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)

    found = read_all([Found(good, f"{number}.xlsx") for number in range(12)], SCHEMA, workers=2, progress=kill_all)
    assert len(found) == 12
    assert found[0].status == "accepted"
    assert {slug for submission in found for slug in slugs(submission)} <= {"resource-limit"}


def test_a_file_that_goes_away_with_its_worker(tmp_path: Path, misbehaving: list[Any]) -> None:
    (found,) = read_all([Found(tmp_path / "kill.xlsx", "kill.xlsx")], SCHEMA)
    assert (slugs(found), found.sha256) == (["resource-limit"], "")
    assert len(misbehaving) == 1


def test_the_readers_worker_serves_until_the_pipe_closes(good: Path) -> None:
    requests = io.BytesIO(pickle.dumps(SCHEMA) + pickle.dumps((str(good), "a.xlsx")) * 2)
    answers = io.BytesIO()
    serve(requests, answers)
    answers.seek(0)
    assert pickle.load(answers).path == pickle.load(answers).path == "a.xlsx"  # noqa: S301
    # This process has its limit of processor time back.
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def test_a_script_without_main_guard_runs_once(good: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from rectify_xl.intake.pool import read_paths\nfrom rectify_xl.schema.loading import load_schema\n"
        f"print(len(read_paths([{str(good)!r}], load_schema())))\n",
        "utf-8",
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(root)}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout == "1\n"


def test_read_paths_lists_skipped_files_too(tmp_path: Path) -> None:
    by_xlsxwriter(tmp_path / "b.xlsx", GOOD)
    (tmp_path / "~$b.xlsx").write_bytes(b"lock")
    found = read_paths([tmp_path], SCHEMA, workers=1)
    assert [(submission.path, submission.status) for submission in found] == [("b.xlsx", "accepted"), ("~$b.xlsx", "skipped")]
