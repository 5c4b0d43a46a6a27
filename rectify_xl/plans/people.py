"""Leaders in running text: lines that go on naming people."""

from __future__ import annotations

import re

from rectify_xl.language.leaders import parse_leaders

_LONGEST = 80
_SENTENCE = re.compile(r"[。！？；]|[:：]")


def looks_like_leaders(text: str) -> bool:
    """Whether a line names people, and nothing else."""
    plain = text.strip()
    if not plain or len(plain) > _LONGEST or _SENTENCE.search(plain.rstrip("。；;")):
        return False
    return any(leader.name for leader in parse_leaders(plain))
