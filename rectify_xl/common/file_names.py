"""Names that every file system takes, for what is called after a unit, a leader or a round."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_NAME_BYTES = 180  # file systems take 255; the ending and a number have to fit


def file_name(text: str) -> str:
    """A name that every file system takes and no folder hides in."""
    name = _FORBIDDEN.sub("_", text).strip(" .")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name.encode()[:_NAME_BYTES].decode("utf-8", "ignore") or "_"


def free_name(name: str, taken: set[str]) -> str:
    """The name, numbered where another one is the same to a file system; it is added to ``taken``."""
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name}({number})"
    taken.add(free.casefold())
    return free
