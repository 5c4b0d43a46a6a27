"""Where a value of one line ends: units, people and days go on below only where the line says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.plans.labels import Hit, hits_in
from rectify_xl.plans.numbering import enumerator
from rectify_xl.plans.people import looks_like_leaders

if TYPE_CHECKING:
    from rectify_xl.plans.document import Line

_GOES_ON = ("、", "，", ",", "；", ";", "：", ":")


def end_of_short(lines: list[Line], hit: Hit) -> int:
    """The last line of a value of one line."""
    at = hit.line
    if not lines[at].text[hit.value :].strip():
        below = next((one for one in range(at + 1, len(lines)) if not lines[one].is_blank), at)
        if below == at or not _may_be_value(lines[below], hit):
            return hit.line
        at = below
    while at + 1 < len(lines):
        below = next((one for one in range(at + 1, len(lines)) if not lines[one].is_blank), at)
        if below == at or not _continues(lines[at], lines[below], hit):
            return at
        at = below
    return at


def _may_be_value(line: Line, hit: Hit) -> bool:
    number = enumerator(line.folded)
    return not (number and hit.form == "colon" and hit.field != "leaders") and not _has_label(line)


def _continues(line: Line, below: Line, hit: Hit) -> bool:
    if _has_label(below):
        return False
    if line.text.rstrip().endswith(_GOES_ON):
        return True
    if hit.field == "leaders":
        return enumerator(below.folded) is None and looks_like_leaders(below.text)
    return hit.form == "cell" and below.in_cell and below.paragraph == line.paragraph


def _has_label(line: Line) -> bool:
    return any(True for _ in hits_in(0, line))
