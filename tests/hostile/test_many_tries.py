"""A file that costs time in all that is done with it: what is tried of it next gets little more, so that tries do not add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.copies import annotate, fix
from rectify_xl.workers.pool import Pool
from rectify_xl.workers.process import Failure
from tests.copies.books import check
from tests.support.lists import write_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from rectify_xl.workers.process import Job


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """Kinds of copies that workers were asked for, with their seconds; none but the page of findings can be made."""
    asked: list[tuple[str, float]] = []

    def answers(_: Pool, jobs: Iterable[Job]) -> Iterator[object]:
        for job in jobs:
            asked.append((job.request.mode, job.seconds))
            yield () if job.request.mode == "notice" else Failure("time")

    monkeypatch.setattr(Pool, "answers", answers)
    return asked


def test_marked_copies(tmp_path: Path, tried: list[tuple[str, float]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rectify_xl.copies.copy_writer.Replacement.commit", lambda _: None)
    path = write_list(tmp_path / "a.xlsx", [{"leader": " 钟离岳 副市长"}])
    annotate(check(path), [path], tmp_path / "copies")
    assert [mode for mode, _ in tried] == ["in-place", "rebuilt", "notice"]
    (_, first), *others = tried
    assert all(seconds <= first - 2 for _, seconds in others)


def test_corrected_copies(tmp_path: Path, tried: list[tuple[str, float]]) -> None:
    """Where even looking at the cells takes too long, the file is copied as it is."""
    path = write_list(tmp_path / "a.xlsx", [{"leader": " 钟离岳 副市长"}])
    done = fix(check(path), [path], tmp_path / "fixed")
    assert len(tried) == 1
    assert (tmp_path / "fixed" / "a.xlsx").read_bytes() == path.read_bytes()
    assert not done.fixed.changes
