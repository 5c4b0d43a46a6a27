"""Worker processes: a file that hangs, dies or eats memory costs itself only, and the order is kept."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.intake import reading
from rectify_xl.intake.discover import Found
from rectify_xl.intake.reading import Reading, read_paths
from rectify_xl.intake.worker import prepare
from rectify_xl.workers import pool
from rectify_xl.workers.pool import Pool, Stopped
from rectify_xl.workers.process import Failure, Job, serve
from tests.support.reading import SCHEMA, slugs
from tests.support.workbooks import HEADINGS, by_xlsxwriter, layout, task

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rectify_xl.intake.submission import Submission

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the limits and signals of these tests are POSIX"),
]

GOOD = layout([[*HEADINGS], task(1, "东河排口异味")])
MODULE = "rectify_xl.intake.worker"
# Seconds after which something has not happened, on a machine however busy.
_PATIENCE = 300


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
    for process in started:
        process.wait(_PATIENCE)  # another thread may be about to


def read_all(
    files: Iterator[Found] | list[Found], *, workers: int | None = None, progress: Callable[[Submission], None] | None = None
) -> tuple[Submission, ...]:
    with Pool(MODULE, (SCHEMA, frozenset(), ()), processes=workers, batch=8) as one:
        return reading.read_all(files, one, progress=progress)


def test_twenty_files_over_two_workers_keep_their_order(good: Path) -> None:
    files = [Found(good, f"{number:02d}.xlsx") for number in range(20)]
    seen: list[str] = []
    found = read_all(iter(files), workers=2, progress=lambda submission: seen.append(submission.path))
    assert [submission.path for submission in found] == seen == [file.relative for file in files]
    assert {len(submission.tables[0].rows) for submission in found} == {1}


def test_no_files() -> None:
    assert read_all([]) == ()


@pytest.mark.kill
@pytest.mark.parametrize("workers", [pytest.param(1, marks=pytest.mark.long), 2])
@pytest.mark.parametrize("fate", ["hang", "kill", "memory", "spin", "garbage"])
def test_a_file_costs_itself_only(
    good: Path, misbehaving: list[Any], monkeypatch: pytest.MonkeyPatch, fate: str, workers: int
) -> None:
    names = ["1.xlsx", f"2 {fate}.xlsx", "3.xlsx", "4.xlsx"]
    start = time.monotonic()
    read_all([Found(good, name) for name in names[2:]], workers=workers)
    # Long enough for a good file on this machine at this moment.
    monkeypatch.setattr(Job, "wall_seconds", max(2.0, 8 * (time.monotonic() - start)) if fate == "hang" else 600.0)
    monkeypatch.setattr(reading, "_LEAST_SECONDS", 1.0)
    found = read_all([Found(good, name) for name in names], workers=workers)
    assert [submission.path for submission in found] == names
    assert [submission.status for submission in found] == ["accepted", "rejected", "accepted", "accepted"]
    assert slugs(found[1]) == ["resource-limit"]
    assert ("过长" in found[1].faults[0].facts["reason"].zh) == (fate in ("hang", "spin"))
    assert ("不足" in found[1].faults[0].facts["reason"].zh) == (fate == "memory")
    assert len(found[1].sha256) == 64
    assert misbehaving


@pytest.mark.kill
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what another process does")
def test_a_busy_computer_costs_no_file(good: Path, misbehaving: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """What moves on is waited for, longer than by the clock of a quiet computer."""
    monkeypatch.setattr(Job, "wall_seconds", 3.0)
    found = read_all([Found(good, "1 slow.xlsx")], workers=1)
    assert [submission.status for submission in found] == ["accepted"]
    assert len(misbehaving) == 1


def test_limits_of_the_administrator_are_kept(good: Path) -> None:
    """Where a shell bears limits of its own (ulimit -t, ulimit -v) that no process may raise, files are read all the same."""
    script = (
        "import resource as r\n"
        "r.setrlimit(r.RLIMIT_CPU, (200, 205)); r.setrlimit(r.RLIMIT_AS, (900 << 20, 900 << 20))\n"
        "from rectify_xl.intake.reading import read_paths\nfrom rectify_xl.schema.loading import load_schema\n"
        f"print(read_paths([{str(good)!r}], load_schema(), workers=1)[0].status)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "accepted"


@pytest.mark.kill
def test_workers_killed_from_outside(good: Path, misbehaving: list[subprocess.Popen[bytes]]) -> None:
    def kill_all(_: object) -> None:
        for process in misbehaving:
            with suppress(ProcessLookupError):  # it ended between the two
                if process.poll() is None:
                    os.kill(process.pid, signal.SIGKILL)

    found = read_all([Found(good, f"{number}.xlsx") for number in range(12)], workers=2, progress=kill_all)
    assert len(found) == 12
    assert found[0].status == "accepted"
    assert {slug for submission in found for slug in slugs(submission)} <= {"resource-limit"}


@pytest.mark.kill
def test_a_file_that_goes_away_with_its_worker(tmp_path: Path, misbehaving: list[Any]) -> None:
    (found,) = read_all([Found(tmp_path / "kill.xlsx", "kill.xlsx")])
    assert (slugs(found), found.sha256) == (["resource-limit"], "")
    assert len(misbehaving) == 1


def test_the_readers_worker_serves_until_the_pipe_closes(good: Path) -> None:
    jobs = [Job((str(good), "a.xlsx"), 60.0), Job(None, 60.0), Job((str(good), "b.xlsx"), 60.0)]
    requests = io.BytesIO(pickle.dumps((SCHEMA, frozenset(), ())) + b"".join(map(pickle.dumps, jobs)))
    answers = io.BytesIO()
    try:
        serve(prepare, requests, answers)
    finally:  # this process has its limit on time back
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    answers.seek(0)
    first, second, third = (pickle.load(answers) for _ in jobs)  # noqa: S301
    assert (first.path, third.path) == ("a.xlsx", "b.xlsx")
    assert isinstance(second, Failure)
    assert (second.kind, second.detail[:9]) == ("error", "TypeError")


@pytest.mark.kill
def test_stopping_ends_every_worker_and_starts_none(good: Path, misbehaving: list[subprocess.Popen[bytes]]) -> None:
    with Pool(MODULE, (SCHEMA, frozenset(), ()), processes=2) as one:
        threading.Timer(1.0, one.stop).start()
        started = time.monotonic()
        with pytest.raises(Stopped):
            list(one.answers([Job((str(good), f"{number} hang.xlsx"), 60.0) for number in range(6)]))
        assert time.monotonic() - started < 60  # a job may take twice that
    assert 0 < len(misbehaving) <= 2


def test_ctrl_c_before_all_threads_have_begun_is_a_ctrl_c(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[threading.Thread] = []
    start = threading.Thread.start

    def interrupted(thread: threading.Thread) -> None:
        if threading.current_thread() is threading.main_thread():
            begun.append(thread)
            if len(begun) > 1:
                raise KeyboardInterrupt
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", interrupted)
    jobs = [Job((str(good), f"{number}.xlsx"), 60.0) for number in range(6)]
    with Pool(MODULE, (SCHEMA, frozenset(), ()), processes=2) as one, pytest.raises(KeyboardInterrupt):
        list(one.answers(jobs))
    assert len(begun) == 2


def test_leaving_a_background_reading_by_an_exception_ends_it(good: Path, misbehaving: list[Any], tmp_path: Path) -> None:
    (tmp_path / "hang.xlsx").write_bytes(good.read_bytes())
    with pytest.raises(KeyboardInterrupt), Reading([tmp_path], SCHEMA, workers=1):
        raise KeyboardInterrupt
    assert len(misbehaving) <= 1


@pytest.mark.kill
def test_a_worker_dies_with_its_parent(good: Path, tmp_path: Path) -> None:
    (tmp_path / "hang.xlsx").write_bytes(good.read_bytes())
    script = (
        "import sys\nfrom rectify_xl.workers.pool import Pool\nfrom rectify_xl.workers.process import Job\n"
        "from tests.support.reading import SCHEMA\n"
        "pool = Pool('tests.support.hanging_worker', (SCHEMA, frozenset(), ()), processes=1)\n"
        f"list(pool.answers([Job(({str(tmp_path / 'hang.xlsx')!r}, 'hang.xlsx'), 60.0)]))\n"
    )
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=root)

    def children() -> list[str]:
        done = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True)
        return [line for line in done.stdout.splitlines() if line.split()[1] == str(parent.pid)]

    try:
        until = time.monotonic() + _PATIENCE
        while not any("hanging_worker" in line for line in children()) and time.monotonic() < until:
            time.sleep(0.1)
        workers = [int(line.split()[0]) for line in children() if "hanging_worker" in line]
        assert workers
    finally:
        parent.kill()
        parent.wait()
    until = time.monotonic() + _PATIENCE
    while any(_runs(worker) for worker in workers) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(_runs(worker) for worker in workers)


def _runs(process: int) -> bool:
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip()) and not done.stdout.startswith("Z")


def test_a_script_without_main_guard_runs_once(good: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "from rectify_xl.intake.reading import read_paths\nfrom rectify_xl.schema.loading import load_schema\n"
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
