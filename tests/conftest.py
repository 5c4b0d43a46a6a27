"""What all tests share: LibreOffice or a skip, and reading without worker processes where they are not the subject."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager, nullcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any, Self

import pytest
from hypothesis import is_hypothesis_test, settings

from tests.support.counts import count
from tests.support.office import PROGRAM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rectify_xl.workers.process import Job

# A loaded machine takes its time: no single example has a limit. The long run draws more of them.
settings.register_profile("unhurried", deadline=None, max_examples=count(30, 300))
settings.load_profile("unhurried")

# The real pool is tested in tests/workers, and serves the readers, the commands and the goldens. The other tests call validate()
# and merge() on small lists some hundred times; a worker process for each would cost more than everything else.
_WITH_WORKERS = {"workers", "intake", "cli", "goldens"}
# Templates that do harm are in tests/hostile; those of these folders are filled a hundred times, each after a process of its own.
_WITHOUT_TRIAL = {"papers", "mail"}
# Processes that other tests start are killed, timed or started by the dozen: under coverage they take twice as long and show
# nothing that these do not.
_WITH_MEASURED_PROCESSES = {"workers", "intake", "cli", "copies", "history"}
# These go through all rooms from lists to workbooks and back.
_SLOW_FOLDERS = {"copies", "differential", "dispatching", "hostile", "keeping", "papers", "workflow"}
# Coverage doubles the time of a test. It counts with the quick tests, and with the slow ones of the rooms that those do not
# reach; without those that wait for other programs, and those that draw dozens of examples of what others show by one.
_UNMEASURED_MARKERS = ("office", "kill")
_BEGINS_COVERAGE = "COVERAGE_PROCESS_CONFIG"  # in the processes that inherit it
_MEASURED_SLOW = {"campaign", "copies", "history", "keeping", "mail", "papers", "plans", "rules", "workers", "workflow"}


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_xdist_setupnodes() -> None:
    """Let the workers of the run begin unmeasured: what they inherit would start coverage in each beside that of pytest-cov."""
    os.environ.pop(_BEGINS_COVERAGE, None)


@pytest.hookimpl(tryfirst=True)  # before that of pytest-cov
def pytest_sessionstart(session: pytest.Session) -> None:
    """Stop what pytest-cov starts in a worker of the run before it knows that it is in one, where it starts another.

    It pauses the last one alone, so that a test with no_cover was measured all the same, and took twice its time.
    """
    plugin: Any = session.config.pluginmanager.getplugin("_cov")
    if plugin and plugin.cov_controller and hasattr(session.config, "workerinput"):
        plugin.cov_controller.pause()


@contextmanager
def _unmeasured(config: pytest.Config) -> Iterator[None]:
    plugin: Any = config.pluginmanager.getplugin("_cov")
    if not (plugin and plugin.cov_controller):
        yield
        return
    plugin.cov_controller.pause()
    try:
        yield
    finally:
        plugin.cov_controller.resume()
        os.environ.pop(_BEGINS_COVERAGE, None)  # which that has set again


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Measure in the first worker of the run alone what loading all modules reaches: coverage doubles its time."""
    is_another = getattr(session.config, "workerinput", {}).get("workerid", "gw0") != "gw0"
    with _unmeasured(session.config) if is_another else nullcontext():
        return (yield)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes name no test: an archive holds the time at which it was made, and each worker of the run makes its own."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(tryfirst=True)  # before what is not asked for is deselected
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whole folders as slow, and pause coverage where it costs time and shows nothing."""
    for item in items:
        if item.path.parent.name in _SLOW_FOLDERS:
            item.add_marker("slow")
        reached = item.get_closest_marker("slow") and item.path.parent.name not in _MEASURED_SLOW
        drawn = isinstance(item, pytest.Function) and is_hypothesis_test(item.function)
        if reached or drawn or any(map(item.get_closest_marker, _UNMEASURED_MARKERS)):
            item.add_marker("no_cover")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure the processes that a test starts where they show something."""
    is_measured = item.path.parent.name in _WITH_MEASURED_PROCESSES and not item.get_closest_marker("no_cover")
    begins = None if is_measured else os.environ.pop(_BEGINS_COVERAGE, None)
    try:
        return (yield)
    finally:
        if begins is not None:
            os.environ[_BEGINS_COVERAGE] = begins


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Skip what needs LibreOffice where there is none; pause coverage in fixtures too, pytest-cov does so in the test alone.

    CI promises LibreOffice, and there a missing one is a failure and no skip.
    """
    if item.get_closest_marker("office") and PROGRAM is None and not os.environ.get("RECTIFY_XL_NO_SKIP"):
        pytest.skip("LibreOffice (soffice) is not installed")
    with _unmeasured(item.config) if item.get_closest_marker("no_cover") else nullcontext():
        return (yield)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C reaches the processes that a test starts: what runs in the background of a shell ignores it otherwise."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def _read_in_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.path.parent.name not in _WITH_WORKERS:
        monkeypatch.setattr("rectify_xl.intake.reading.Pool", PoolOfNone)
        monkeypatch.setattr("rectify_xl.plans.reading.Pool", PoolOfNone)
    if request.path.parent.name in _WITHOUT_TRIAL:
        monkeypatch.setattr("rectify_xl.workers.trial.Pool", PoolOfNone)


class PoolOfNone:
    """A pool of the workers' own code, without a process."""

    is_stopped = False

    def __init__(self, module: str, setup: object, **_options: Any) -> None:
        self._answer: Callable[[Any], Any] = import_module(module).prepare(setup)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def begin(self, jobs: int) -> None:
        """Nothing has to."""

    def stop(self) -> None:
        """Nothing runs."""

    def answers(self, jobs: Iterable[Job]) -> Iterator[Any]:
        return (self._answer(job.request) for job in jobs)
