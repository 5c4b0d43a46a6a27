"""Reading by an executor of the caller's: the same workbook, byte for byte, whatever becomes of its tasks."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl import merge, validate, write_master
from rectify_xl.intake import executors, reading
from rectify_xl.intake.discover import Found
from rectify_xl.intake.reading import Reading
from tests.support.lists import write_list
from tests.support.reading import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rectify_xl.intake.submission import Submission

pytestmark = [
    pytest.mark.slow,
    pytest.mark.no_cover,  # it reaches little that the pool's tests do not
    pytest.mark.skipif(sys.platform == "win32", reason="the signals of these tests are POSIX"),
]

DAY = date(2026, 11, 21)
MISBEHAVING = "tests.support.hanging_worker"
HOSTILE = {"坏包.xlsx": b"PK\x03\x04" + b"\x00" * 200, "空文件.xlsx": b""}
_UNITS = 24  # and two hostile files: three batches


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    for number in range(_UNITS):
        rows = [{"task_id": 3 * number + row, "problem": f"第{number}处第{row}个排口没有截污"} for row in range(1, 4)]
        write_list(folder / f"市第{number:02d}局.xlsx", rows, unit=f"市第{number:02d}局")
    for name, content in HOSTILE.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def local(lists: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return master_of(lists, tmp_path_factory.mktemp("local"), None)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executors, "BATCH", 11)


def master_of(
    lists: Path, folder: Path, executor: Executor | None, progress: Callable[[Submission], None] | None = None
) -> bytes:
    made = folder / "master.xlsx"
    write_master(merge(lists, as_of=DAY, executor=executor, progress=progress), made)
    return made.read_bytes()


@pytest.mark.parametrize(
    "make", [lambda: ThreadPoolExecutor(2), lambda: ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))]
)
def test_same_bytes_as_local(make: Callable[[], Executor], lists: Path, local: bytes, tmp_path: Path) -> None:
    seen: list[str] = []
    with make() as executor:
        assert master_of(lists, tmp_path, executor, lambda submission: seen.append(submission.path)) == local
        assert executor.submit(os.getpid).result()  # it is left open
    assert len(seen) == _UNITS + len(HOSTILE)


def test_a_file_that_aborts_costs_itself_only(lists: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reading, "_WORKER", MISBEHAVING)
    for at, path in enumerate(sorted(lists.glob("市*"))[:20]):
        (tmp_path / ("kill.xlsx" if at == 7 else path.name)).write_bytes(path.read_bytes())
    with ThreadPoolExecutor(2) as executor:
        report = validate(tmp_path, as_of=DAY, executor=executor)
    assert [one.path for one in report.submissions if one.status != "accepted"] == ["kill.xlsx"]
    assert len(report.submissions) == 20


class Failing(Executor):
    """Every task fails, or none can be begun."""

    def __init__(self, error: Exception, *, at_once: bool = False) -> None:
        self._error, self._at_once = error, at_once

    def submit(self, *_task: Any, **_named: Any) -> Future[Any]:
        if self._at_once:
            raise self._error
        future: Future[Any] = Future()
        future.set_exception(self._error)
        return future


@pytest.mark.parametrize(
    "executor", [Failing(OSError("worker lost")), Failing(TimeoutError()), Failing(BrokenExecutor("worker lost"), at_once=True)]
)
def test_what_a_task_did_not_read_is_read_here(executor: Executor, lists: Path, local: bytes, tmp_path: Path) -> None:
    with pytest.warns(RuntimeWarning, match=r"failed \((OS|Timeout|BrokenExecut).*; its \d+ files are read by this computer"):
        assert master_of(lists, tmp_path, executor) == local


def test_a_file_that_the_task_does_not_see_is_read_here(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="elsewhere"):
        reading.read_batch([Found(tmp_path / "elsewhere.xlsx", "elsewhere.xlsx")], (SCHEMA, frozenset(), ()))


def test_leaving_by_an_exception_waits_for_no_task(lists: Path) -> None:
    futures: list[Future[Any]] = []

    class Idle(Executor):
        def submit(self, *_task: Any, **_named: Any) -> Future[Any]:
            futures.append(Future())
            return futures[-1]

    with pytest.raises(KeyboardInterrupt), Reading([lists], SCHEMA, executor=Idle()):
        raise KeyboardInterrupt
    assert all(future.cancelled() for future in futures)


@pytest.mark.parametrize("of", [validate, merge])
def test_what_is_no_executor_is_refused(of: Callable[..., Any], lists: Path) -> None:
    with pytest.raises(TypeError, match=r"executor must be a concurrent\.futures\.Executor, not int"):
        of(lists, executor=2)


@pytest.mark.filterwarnings("ignore")  # what Dask says of itself
def test_a_cluster_one_of_whose_workers_is_killed(lists: Path, local: bytes, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    killed: list[int] = []
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):

        def kill_one(_: Submission) -> None:
            if not killed:
                killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)

        assert master_of(lists, tmp_path, client.get_executor(), kill_one) == local
        # Files that abort what reads them: no worker of the cluster is lost by them.
        client.run(_misbehave)
        before = set(client.run(os.getpid).values())
        hostile = tmp_path / "in"
        hostile.mkdir()
        for at, path in enumerate(sorted(lists.glob("市*"))):
            (hostile / (f"{at} kill.xlsx" if at % 20 == 0 else path.name)).write_bytes(path.read_bytes())
        report = validate(hostile, as_of=DAY, executor=client.get_executor())
        assert [one.path for one in report.submissions if one.status != "accepted"] == ["0 kill.xlsx", "20 kill.xlsx"]
        assert set(client.run(os.getpid).values()) == before
    assert killed


def _misbehave() -> None:
    reading._WORKER = MISBEHAVING
