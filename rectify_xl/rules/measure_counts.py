"""How many numbered measures a task has."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rectify_xl.common.figures import whole_number
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.text_keys import joined_spaces

if TYPE_CHECKING:
    from rectify_xl.collection.collection import Collection

_CHINESE = "一二三四五六七八九十"
# A number begins a measure at the start of the text, of a line or of a sentence.
_START = r"(?:^|(?<=[\n。;;!?:]))\s*"
_STYLES = (
    LazyPattern(_START + r"(\d{1,2})\s*[.、](?!\d)", re.MULTILINE),
    LazyPattern(_START + r"\((\d{1,2})\)", re.MULTILINE),
    LazyPattern(_START + rf"([{_CHINESE}]{{1,3}})\s*[、.]", re.MULTILINE),
    LazyPattern(_START + rf"\(([{_CHINESE}]{{1,3}})\)", re.MULTILINE),
)


def measure_counts(collection: Collection) -> list[int]:
    """The number of measures of every row's task; 0 where they are not numbered from 1 without a gap."""
    texts: dict[tuple[str, str, int, int], list[str]] = {}
    roots = [place.root for place in collection.places]
    for position, text in collection.texts("measures"):
        parts = texts.setdefault(roots[position], [])
        if text not in parts:
            parts.append(text)
    counts = {task: count_measures("\n".join(parts)) for task, parts in texts.items()}
    return [counts.get(task, 0) for task in roots]


def count_measures(text: str) -> int:
    """The number of measures in a text numbered 1, 2, 3 in one style; 0 where it is not.

    The style that the text begins with counts; numbers of another style inside a measure are its own items.
    """
    folded = joined_spaces(unicodedata.normalize("NFKC", text).strip())
    for style in _STYLES:
        numbers = [_number(found[1]) for found in style.finditer(folded)]
        if numbers and style.match(folded):
            return numbers[-1] if numbers == list(range(1, len(numbers) + 1)) else 0
    return 0


def _number(written: str) -> int:
    """12 and 十二 -> 12; 0 for what is no number."""
    if written.isdigit():
        return whole_number(written) or 0
    tens, ten, ones = written.rpartition("十")
    if max(len(tens), len(ones)) > 1:
        return 0
    digits = _CHINESE.find(ones) + 1 if ones else 0
    return ((_CHINESE.find(tens) + 1 if tens else 1) * 10 if ten else 0) + digits
