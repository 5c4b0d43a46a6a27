"""Labels before a list: 牵头单位:, 配合单位为, 责任人:."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.language.lazy import Lazy
from rectify_xl.language.units import vocab as v
from rectify_xl.language.units.mask import MASK

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL = Lazy(
    rf"(?:(?<=[\s、,;。])|^){v.LABEL_BEFORE}(?:(?P<lead>{v.LABEL_LEAD})|(?P<cooperating>{v.LABEL_COOP})|(?P<duty>{v.LABEL_RESPONSIBLE})|(?P<neutral>{v.LABEL_NEUTRAL}))"
    rf"{v.LABEL_AFTER}(?:{v.LABEL_NOUN}{MASK}?\s*(?:(?:为|是)?\s*:|为|是|\s+|(?=[\u4e00-\u9fff]{{2}}))|{v.LABEL_PLACES}?\s*:)"
    rf"|(?P<other>{v.OTHER_LABEL})"
)


def sections(text: str) -> Iterator[tuple[str | None, str]]:
    """(label group or None, the text up to the next label)."""
    at, label = 0, None
    for match in _LABEL.finditer(text):
        if text[at : match.start()].strip() or label:
            yield label, text[at : match.start()]
        at, label = match.end(), match.lastgroup
    yield label, text[at:]
