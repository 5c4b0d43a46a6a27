"""A worker process that fills a Word template on trial: ``python -m rectify_xl.papers.template_worker``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.papers.fill import Template
from rectify_xl.workers.process import run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    Request = tuple[str, str, Mapping[str, Any], date]  # name of the template, campaign folder, what fills it, day


def prepare(_: None) -> Callable[[Request], int]:
    """The function that fills a template and answers with the size of the paper."""

    def answer(request: Request) -> int:
        name, folder, filling, day = request
        try:
            return len(Template(name, Path(folder), trial=False).fill(filling, day=day, author=""))
        except RectifyError as error:  # said again, with its words, where the template is filled in earnest
            if isinstance(error.__cause__, MemoryError):
                raise MemoryError from error  # noqa: TRY004 - it is what happened
            return 0

    return answer


if __name__ == "__main__":
    run(prepare)
