"""Enclosures of a paper and their numbers; a single one has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Enclosure = dict[str, str]


def numbered(wanted: Sequence[tuple[str, str, bool]]) -> dict[str, Enclosure]:
    """Variable, title, whether there is one -> variable -> number, title, and both; an absent one is empty."""
    count = sum(exists for _, _, exists in wanted)
    found: dict[str, Enclosure] = {}
    number = 0
    for variable, title, exists in wanted:
        number += exists
        mark = str(number) if count > 1 else ""
        found[variable] = {"序号": mark, "名称": title, "题名": f"{mark}.{title}" if mark else title} if exists else {}
    return found
