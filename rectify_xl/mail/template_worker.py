"""A worker process that fills a mail template on trial: ``python -m rectify_xl.mail.template_worker``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.mail.templates import Templates
from rectify_xl.workers.process import run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Request = tuple[str, str, str, Mapping[str, Any]]  # campaign folder, kind of message, language, facts


def prepare(_: None) -> Callable[[Request], int]:
    """The function that fills a template and answers with the length of the text."""

    def answer(request: Request) -> int:
        folder, kind, lang, facts = request
        try:
            return len(Templates(Path(folder), trial=False).words(kind, lang, facts).text)
        except RectifyError as error:  # said again, with its words, where the template is filled in earnest
            if isinstance(error.__cause__, MemoryError):
                raise MemoryError from error  # noqa: TRY004 - it is what happened
            return 0

    return answer


if __name__ == "__main__":
    run(prepare)
