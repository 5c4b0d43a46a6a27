"""Regular expressions that are compiled when they are first used: most commands try a tenth of the patterns they load.

Python compiles them in Python, and a set of Chinese characters takes it a tenth of a millisecond: without this a third of the
processor time of reading one list went into patterns.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_COMPILED = ("findall", "finditer", "fullmatch", "groupindex", "match", "search", "split", "sub", "subn")


class LazyPattern:
    """A pattern of text with the methods of :class:`re.Pattern`, compiled on the first call of one of them.

    Afterwards the methods are plain attributes, so that a call costs no more than with a compiled pattern.
    """

    __slots__ = ("flags", "pattern", *_COMPILED)

    findall: Callable[..., list[Any]]
    finditer: Callable[..., Iterator[re.Match[str]]]
    fullmatch: Callable[..., re.Match[str] | None]
    groupindex: Mapping[str, int]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    split: Callable[..., list[str]]
    sub: Callable[..., str]
    subn: Callable[..., tuple[str, int]]

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self.flags = flags

    def __getattr__(self, name: str) -> object:
        """Compile; reached only while the methods are not set."""
        if name not in _COMPILED:
            raise AttributeError(name)
        compiled = self.compiled()
        for method in _COMPILED:
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)

    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled.

        Raises:
            re.error: it is none.
        """
        return re.compile(self.pattern, self.flags)
