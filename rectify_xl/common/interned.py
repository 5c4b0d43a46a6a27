"""One object for all equal ones."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Hashable

T = TypeVar("T", bound="Hashable")


def interned(value: T) -> T:
    """The first value seen that equals this one: thousands of rows state the same fields or come from the same file.

    Only for texts, tuples and sets of texts: to a cache 1, 1.0 and True are one.
    """
    return cast("T", _first(value))


@lru_cache(maxsize=65536)
def _first(value: Hashable) -> Hashable:
    return value
