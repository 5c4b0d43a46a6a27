"""What a colour of a styles part is, in RRGGBB, whether it is written by value, by a theme or by a palette."""

from __future__ import annotations

import colorsys
from typing import TYPE_CHECKING

from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.ooxml.xml_tree import Document

if TYPE_CHECKING:
    from rectify_xl.ooxml.xml_tree import Node

# The order in which colours are counted, and what a theme is without a part of its own (ECMA-376, 18.8.3 and 20.1.6.2).
_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
_USUAL = (
    "FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD", "C0504D", "9BBB59", "8064A2", "4BACC6", "F79646", "0000FF", "800080",
)  # fmt: skip
_PALETTE = (
    "000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF", "000000", "FFFFFF", "FF0000", "00FF00",
    "0000FF", "FFFF00", "FF00FF", "00FFFF", "800000", "008000", "000080", "808000", "800080", "008080", "C0C0C0", "808080",
    "9999FF", "993366", "FFFFCC", "CCFFFF", "660066", "FF8080", "0066CC", "CCCCFF", "000080", "FF00FF", "FFFF00", "00FFFF",
    "800080", "800000", "008080", "0000FF", "00CCFF", "CCFFFF", "CCFFCC", "FFFF99", "99CCFF", "FF99CC", "CC99FF", "FFCC99",
    "3366FF", "33CCCC", "99CC00", "FFCC00", "FF9900", "FF6600", "666699", "969696", "003366", "339966", "003300", "333300",
    "993300", "993366", "333399", "333333",
)  # fmt: skip
_WHOLE = 255


class Colours:
    """The colours of one workbook. Black and the colour of the system's own text are one."""

    def __init__(self, theme: bytes = b"", palette: Node | None = None) -> None:
        self._theme = _theme(theme) if theme else _USUAL
        own = [node.get("rgb")[-6:].upper() for node in palette.nodes("rgbColor")] if palette is not None else []
        self._palette = (*own, *_PALETTE[len(own) :])

    def value(self, node: Node | None) -> str:
        """The colour of a ``color`` element; "" for one that is left to the program, as black is by all of them."""
        if node is None:
            return ""
        theme, indexed = whole_number(node.get("theme")), whole_number(node.get("indexed"))
        if node.get("rgb"):
            found = node.get("rgb")[-6:].upper()
        elif theme is not None:
            found = self._theme[theme] if theme < len(self._theme) else ""
        else:
            found = self._palette[indexed] if indexed is not None and indexed < len(self._palette) else ""
        found = _tinted(found, node.get("tint"))
        return "" if found == "000000" else found


def _theme(data: bytes) -> tuple[str, ...]:
    scheme = Document(data).root.find("themeElements", "clrScheme")
    found = []
    for name, usual in zip(_ORDER, _USUAL, strict=True):
        slot = scheme.find(name) if scheme is not None else None
        colour = next(slot.nodes("srgbClr", "sysClr"), None) if slot is not None else None
        value = (colour.get("lastClr") or colour.get("val")) if colour is not None else ""
        found.append(value.upper() if len(value) == len(usual) else usual)
    return tuple(found)


def _tinted(colour: str, tint: str) -> str:
    """A colour made lighter (to 1) or darker (to -1)."""
    try:
        share = max(-1.0, min(1.0, float(tint or "0")))
        red, green, blue = (int(colour[at : at + 2], 16) / _WHOLE for at in (0, 2, 4))
    except ValueError:
        return colour
    if not share:
        return colour
    hue, light, depth = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + share) if share < 0 else light * (1 - share) + share
    return "".join(f"{round(part * _WHOLE):02X}" for part in colorsys.hls_to_rgb(hue, light, depth))
