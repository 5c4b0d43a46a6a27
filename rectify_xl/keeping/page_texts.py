"""What the office wrote above and below the pages of a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.ooxml.xml_tree import place

if TYPE_CHECKING:
    from rectify_xl.keeping.work import Work
    from rectify_xl.ooxml.xml_tree import Node

_PARTS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_SIDE = LazyPattern(r"&([LCR])")
_LOOKS = LazyPattern(r"&\"[^\"]*\"|&\d+|&K[0-9A-Fa-f+-]{5,6}|&[BIUESXYG]|\s")


def keep_page_texts(work: Work) -> None:
    """The left, middle and right of headers and footers, each where the office changed it; what a program lost is no change."""
    old, base = work.old.section("headerFooter"), work.base.section("headerFooter")
    if old is None:
        return
    for name in _PARTS:
        theirs, ours = _sides(old, name), _sides(base, name)
        changed = {side: text for side, text in theirs.items() if _words(text) not in ("", _words(ours.get(side, "")))}
        if changed:
            section = work.new.get_or_add_section("headerFooter")
            now = {**_sides(section, name), **changed}
            section.remove_all(list(section.nodes(name)))
            made = work.new.element(name)
            # A picture (&G) is named as what cannot be kept.
            made.set_text("".join(f"&{side}{now[side].replace('&G', '')}" for side in "LCR" if side in now))
            place(section, made, _PARTS)
    for flag in ("differentFirst", "differentOddEven"):
        if old.get(flag) in ("1", "true"):
            work.new.get_or_add_section("headerFooter").set(flag, "1")


def _sides(section: Node | None, name: str) -> dict[str, str]:
    """L, C and R -> what stands there; a text without a side is in the middle."""
    node = section.find(name) if section is not None else None
    before, *parts = _SIDE.split(node.text if node is not None else "")
    found = dict(zip(parts[::2], parts[1::2], strict=True))
    return {"C": before, **found} if before else found


def _words(text: str) -> str:
    """A text without its looks, which programs spell in ways of their own."""
    return _LOOKS.sub("", text)
