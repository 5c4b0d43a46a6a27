"""Names that stand for many bodies."""

from __future__ import annotations

from functools import lru_cache

from rectify_xl.language.lazy import Lazy
from rectify_xl.language.units.vocab import COLLECTIVE

_PATTERNS = tuple(Lazy(pattern) for pattern in COLLECTIVE)


@lru_cache(maxsize=16384)
def is_collective(name: str) -> bool:
    """Whether a name stands for many bodies: 各县区…, 市直有关部门, 成员单位, 等有关单位, 属地政府."""
    return any(pattern.search(name) for pattern in _PATTERNS)
