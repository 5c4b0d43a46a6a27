"""A file that is not used, and why. Kept apart from the readers, which the main process never loads."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING, Any

from rectify_xl.common.i18n import Text
from rectify_xl.intake.submission import Fault, Submission

if TYPE_CHECKING:
    from pathlib import Path


# The libraries that read an OLE container meet damage with whatever error it happens to cause.
CONTAINER_DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, struct.error)
MOST_BYTES = 256 << 20  # a larger file is refused unread


class Refused(Exception):  # noqa: N818 - an outcome of reading, not a mistake of the program
    """The file is not used. ``slug`` names the rule that reports it, ``facts`` fill its message."""

    def __init__(self, slug: str, **facts: Any) -> None:  # noqa: ANN401 - facts are of any kind
        super().__init__(slug, facts)
        self.slug = slug
        self.facts = facts

    @property
    def reason(self) -> Text:
        """Why the file cannot be read, in a few words."""
        return _ENCRYPTED if self.slug == "encrypted-file" else self.facts.get("reason", self.facts.get("found", DAMAGED))

    @property
    def description(self) -> Text:
        """What the file is, as part of a sentence: 加了密码的文件, a Word document."""
        if self.slug == "encrypted-file":
            return _ENCRYPTED
        if found := self.facts.get("found"):
            return Text(found.zh, found.en)
        return Text(f"打不开的文件（{self.reason.zh}）", f"a file that cannot be opened ({self.reason.en})")


# Why files cannot be used.
OUT_OF_MEMORY = Text("读取时内存不足", "reading it takes too much memory")
DAMAGED = Text("文件已损坏或没有传完", "it is damaged or was cut off")
NO_WORKBOOK = Text("文件里没有工作簿", "there is no workbook in it")
_ENCRYPTED = Text("加了密码的文件", "a file with a password")


def check_size(path: Path) -> None:
    """Refuse a file by its size.

    Raises:
        Refused: it is empty, or larger than :data:`MOST_BYTES`.
    """
    size = path.stat().st_size
    if size == 0:
        raise Refused("unreadable-file", reason=Text("文件是空的（0 字节）", "it is empty (0 bytes)"))
    if size > MOST_BYTES:
        raise Refused("resource-limit", reason=Text(f"文件超过{MOST_BYTES >> 20}MB", f"it is larger than {MOST_BYTES >> 20} MB"))


def sha256(path: Path) -> str:
    """The digest of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def refused(relative: str, digest: str, refusal: Refused) -> Submission:
    """A file of which nothing is used, with the fault that says why."""
    return Submission(relative, digest, "rejected", faults=(Fault(refusal.slug, facts=refusal.facts),))
