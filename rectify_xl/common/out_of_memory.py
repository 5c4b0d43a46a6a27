"""Whether an error says that the memory has run out: the system and libraries say it in ways of their own."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# A thread needs room for its stack, a library for its code.
_SAID = ("can't start new thread", "failed to map segment", "annot allocate memory")


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error, or one that led to it, is about memory."""
    return any(
        isinstance(one, MemoryError)
        or (isinstance(one, OSError) and one.errno == errno.ENOMEM)
        or (isinstance(one, RuntimeError | ImportError) and any(said in str(one) for said in _SAID))
        for one in _led_to(error)
    )


def _led_to(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__
