"""Where things stand on the sheet to fill in: rows, column widths, how each column is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.text_layout import head_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rectify_xl.schema.fields import Field
    from rectify_xl.template import Template

TITLE_ROW, WHO_ROW, GROUP_ROW, HEAD_ROW, FIRST_ROW = range(5)
SPARE_ROWS = 500  # below the rows made ready, with the same dropdowns and marks
ENTRY_HEIGHT = 30.0
# All columns together (in Latin digits): as many as can be read on A3. English headings leave less of it to the texts.
_ALL_COLUMNS = {"zh": 325.0, "en": 350.0}
_LEAST_DATE = 11.0
_LEAST_DEADLINE = 16.0
_LEAST_LONG_TEXT = 14.0  # six characters a line
_LEAST_PHONE = 13.0  # the eleven digits of a mobile number on one line
_FORMATS = {"date": "yyyy-mm-dd", "percent": "0%", "text": "@", "choice": "@"}


def widths(template: Template) -> list[float]:
    """The columns' widths: as declared, or all narrower by the same share where they would be too many for a page.

    None is narrower than what it must show; what that takes, the wider ones give. A hidden column has none.
    """
    seen = [known for known in template.columns if not template.is_hidden(known)]
    least = {known.key: _least(known, template.lang) for known in seen}
    share = _share({known.key: known.width for known in seen}, least, _ALL_COLUMNS[template.lang])
    sizes = {known.key: round(max(known.width * share, least[known.key]), 1) for known in seen}
    return [sizes.get(known.key, 0.0) for known in template.columns]


def _share(declared: Mapping[str, float], least: Mapping[str, float], room: float) -> float:
    """The share of its declared width that a column keeps where it needs no more, so that all fit into the room."""
    free, share = dict(declared), 1.0
    while free:
        share = min(1.0, room / sum(free.values()))
        held = [key for key, width in free.items() if width * share < least[key]]
        if not held:
            break
        for key in held:
            room -= least[key]
            del free[key]
    return max(share, 0.0)


def _least(known: Field, lang: str) -> float:
    kinds = {"date": _LEAST_DATE, "long_text": _LEAST_LONG_TEXT}
    least = _LEAST_DEADLINE if known.role == "deadline" else kinds.get(known.kind, 0.0)
    least = _LEAST_PHONE if known.key == "phone" else least
    return max(head_width(known.label[lang]), least)


def number_format(known: Field) -> str:
    """Short texts are kept as typed: 2026年12月 must not become the first of December, nor a phone number a sum."""
    return _FORMATS.get(known.kind, "General")


def alignment(known: Field) -> str:
    """Texts that wrap begin at the left."""
    return "left" if known.kind == "long_text" or known.role in ("units", "leader") else "center"


def spans(sizes: Sequence[float], needs: Sequence[float]) -> list[int]:
    """How many columns each of some things side by side takes, so that it is as wide as it needs."""
    found, at = [], 0
    for need in needs:
        across, width = 0, 0.0
        while at < len(sizes) and (width < need or not across):
            across, width, at = across + 1, width + sizes[at], at + 1
        found.append(across)
    return found
