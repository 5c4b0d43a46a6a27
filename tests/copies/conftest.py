"""Copies are written in this process instead of in workers, whose start takes most of a test's time; see test_workers.py."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any, Self

import pytest

from rectify_xl.copies.worker import prepare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rectify_xl.workers.process import Job


class InProcess:
    """A pool without processes; what is sent and answered is pickled as by the real one."""

    def __init__(self, module: str, setup: object) -> None:
        assert module == "rectify_xl.copies.worker"
        self._answer = prepare(pickle.loads(pickle.dumps(setup)))  # noqa: S301

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def answers(self, jobs: Iterable[Job]) -> Iterator[Any]:
        for job in jobs:
            yield pickle.loads(pickle.dumps(self._answer(pickle.loads(pickle.dumps(job)).request)))  # noqa: S301


@pytest.fixture(autouse=True)
def _in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rectify_xl.copies.writing.Pool", InProcess)
