"""Paths -> Submissions, without loading a single reader in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.intake.discover import collect
from rectify_xl.intake.pool import read_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from rectify_xl.intake.submission import Submission
    from rectify_xl.schema.fields import Schema


def read_paths(
    paths: Iterable[str | Path],
    schema: Schema,
    *,
    own_files: frozenset[Path] = frozenset(),
    workers: int | None = None,
    progress: Callable[[Submission], None] | None = None,
) -> tuple[Submission, ...]:
    """Read every submission under ``paths``; skipped files are listed too. Ordered by name.

    Raises:
        RectifyError: a path does not exist.
    """
    found, skipped = collect(paths, own_files)
    read = read_all(found, schema, workers=workers, progress=progress)
    return tuple(sorted((*read, *skipped), key=lambda submission: submission.path))
