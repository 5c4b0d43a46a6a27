"""A worker process that reads files: ``python -m rectify_xl.intake.worker``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.intake.files import read_file
from rectify_xl.workers.process import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.intake.submission import Submission
    from rectify_xl.schema.schema import Schema


def prepare(known: tuple[Schema, frozenset[str], tuple[Schema, ...]]) -> Callable[[tuple[str, str]], Submission]:
    """The function that reads a file, given its path and the name under which it is reported.

    ``known`` are the schema, the names of the campaign's units and the schemas to choose from, as
    :func:`rectify_xl.intake.files.read_file` takes them.
    """
    schema, units, candidates = known
    return lambda request: read_file(Path(request[0]), request[1], schema, units, candidates)


if __name__ == "__main__":
    run(prepare)
