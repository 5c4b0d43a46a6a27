"""Where a value of one line ends: units, people and days go on below only where the line says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.plans.facts import is_signature
from rectify_xl.plans.labels import UNIT_FIELDS, Hit, hits_in
from rectify_xl.plans.numbering import enumerator
from rectify_xl.plans.people import looks_like_leaders, looks_like_units

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
        if below == at or not (_continues(lines[at], lines[below], hit) or _more_units(lines, at, hit)):
            return at
        at = below
    return at


def _more_units(lines: list[Line], at: int, hit: Hit) -> bool:
    """Whether the very next line names units and nothing else: one in each line."""
    below = lines[at + 1]
    if hit.field not in UNIT_FIELDS or _has_label(below) or enumerator(below.folded) is not None:
        return False
    return looks_like_units(below.text) and not is_signature(lines, at + 1)


def _may_be_value(line: Line, hit: Hit) -> bool:
    number = enumerator(line.folded)
    labelled = any(not other.start for other in hits_in(0, line))  # behind the value the next label may stand
    return not (number and hit.form == "colon" and hit.field != "leaders") and not labelled


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
