"""A file that is not used, and why. Kept apart from the readers, which the main process never loads."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from rectify_xl.intake.submission import Fault, Submission

if TYPE_CHECKING:
    from pathlib import Path


MOST_BYTES = 256 << 20  # a larger file is refused unread


class Refused(Exception):  # noqa: N818 - an outcome of reading, not a mistake of the program
    """The file is not used. ``slug`` names the rule that reports it, ``facts`` fill its message."""

    def __init__(self, slug: str, **facts: Any) -> None:  # noqa: ANN401 - facts are of any kind
        super().__init__(slug, facts)
        self.slug = slug
        self.facts = facts


def sha256(path: Path) -> str:
    """The digest of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def refused(relative: str, digest: str, refusal: Refused) -> Submission:
    """A file of which nothing is used, with the fault that says why."""
    return Submission(relative, digest, "rejected", faults=(Fault(refusal.slug, facts=refusal.facts),))
