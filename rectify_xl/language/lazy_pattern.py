"""Regular expressions that are compiled when they are first used, so that importing the parsers costs next to nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: How patterns name a Chinese character, and how that is compiled: Python walks through every range it meets, which
#: takes a millisecond for these twenty thousand. The second form also covers 〇 and the letters of other scripts.
_HAN: Final = r"[\u4e00-\u9fff]"
_CHEAP_HAN: Final = r"[^\W\d_a-zA-Z]"


class LazyPattern:
    """A pattern with the methods of :class:`re.Pattern`, compiled on the first call of one of them.

    Afterwards the methods are plain attributes, so that a call costs no more than with a compiled pattern.
    """

    __slots__ = ("_source", "findall", "finditer", "fullmatch", "match", "search", "split", "sub")

    findall: Callable[..., list[str]]
    finditer: Callable[..., Iterator[re.Match[str]]]
    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    split: Callable[..., list[str]]
    sub: Callable[..., str]

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> object:
        """Compile; reached only while the methods are not set."""
        if name not in self.__slots__:
            raise AttributeError(name)
        compiled = re.compile(self._source.replace(_HAN, _CHEAP_HAN))
        for method in self.__slots__[1:]:
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)
