"""Names that every file system takes, for what is called after a unit, a leader or a round."""

from __future__ import annotations

import unicodedata

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.visible import without_hidden

_FORBIDDEN = LazyPattern(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RESERVED = LazyPattern(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?")
_LOCK = "~$"  # what the name of a lock file of Excel and WPS begins with: such a file is nobody's list
_NAME_BYTES = 180  # file systems take 255; the ending and a number have to fit


def file_name(text: str) -> str:
    """A name that every file system takes, that no folder hides in, and that shows as what it is."""
    name = without_hidden(_FORBIDDEN.sub("_", text)).strip(" .")
    if _RESERVED.fullmatch(name) or name.startswith(_LOCK):
        name = f"_{name}"
    # Windows drops blanks and dots at the end: of what was cut off too.
    return name.encode()[:_NAME_BYTES].decode("utf-8", "ignore").rstrip(" .") or "_"


def free_name(name: str, taken: set[str]) -> str:
    """The name, numbered where another one is the same to a file system; it is added to ``taken``."""
    free, number = name, 1
    while _as_one(free) in taken:
        number += 1
        free = f"{name}({number})"
    taken.add(_as_one(free))
    return free


def _as_one(name: str) -> str:
    """As the least discerning file system sees a name: neither case nor the way an accent is written counts."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
