"""Cell styles of one workbook carried into another: fonts, fills, borders and number formats are renumbered on the way."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.ooxml.xml_tree import Node, element, parse

if TYPE_CHECKING:
    from rectify_xl.ooxml.styles import Styles

_FIRST_OWN_FORMAT = 164
_APPLIED = ("applyNumberFormat", "applyFont", "applyFill", "applyBorder", "applyAlignment", "applyProtection")
_LISTS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders"}
_INDEXED = re.compile(rb"indexed=[\"'](\d{1,3})[\"']")


class StyleTransfer:
    """Styles of ``source`` as styles of ``target``, added there where there is none like them."""

    def __init__(self, source: Styles, target: Styles) -> None:
        self._source, self._target = source, target
        self._styles: dict[int, int] = {}
        self._differential: dict[int, int] = {}

    def style(self, style: int) -> int:
        """The cell style of the target that looks like one of the source; its named style is not carried over."""
        if style not in self._styles:
            found = self._source.items("cellXfs")
            xf = found[style if style < len(found) else 0]
            attributes: dict[str, object] = {"numFmtId": self.number_format(xf.get("numFmtId", "0"))}
            for name, section in _LISTS.items():
                attributes[name] = self._item(section, whole_number(xf.get(name, "0")) or 0)
            attributes["xfId"] = 0
            attributes |= {name: xf.get(name) for name in ("quotePrefix", "pivotButton") if xf.get(name)}
            attributes |= dict.fromkeys(_APPLIED, 1)
            made = self._target.make("xf", attributes, *map(self._own, xf.nodes("alignment", "protection")))
            self._styles[style] = self._target.index("cellXfs", made)
        return self._styles[style]

    def differential(self, index: int) -> int:
        """The differential style (``dxf``) of the target that looks like one of the source."""
        if index not in self._differential:
            found = self._source.items("dxfs")
            node = self._own(found[index]) if index < len(found) else self._target.make("dxf")
            for number in node.every("numFmt"):
                number.set("numFmtId", self.number_format(number.get("numFmtId", "0")))
            self._differential[index] = self._target.index("dxfs", node)
        return self._differential[index]

    def number_format(self, number: str) -> str:
        """The id in the target of a number format of the source."""
        code = self.codes.get(number)
        return number if code is None else str(self._target.format_id(code))

    @cached_property
    def codes(self) -> dict[str, str]:
        """The source's own number formats, by id."""
        return {node.get("numFmtId"): node.get("formatCode") for node in self._source.items("numFmts")}

    def _item(self, section: str, at: int) -> int:
        found = self._source.items(section)
        return self._target.index(section, self._own(found[at])) if at < len(found) else 0

    def _own(self, node: Node) -> Node:
        """A copy of a node as the target writes it: its prefix, and colours of the source's own palette by their value."""
        copy = reprefixed(node, self._source.root.prefix, self._target.root.prefix)
        if self._palette:
            data = _INDEXED.sub(self._by_value, copy.join())
            (copy,) = (child for child in parse(data) if isinstance(child, Node))
        return copy

    def _by_value(self, match: re.Match[bytes]) -> bytes:
        value = self._palette.get(int(match[1]))
        return f'rgb="{value}"'.encode() if value else match[0]

    @cached_property
    def _palette(self) -> dict[int, str]:
        """The source's own palette, where it has one."""
        section = self._source.root.find("colors", "indexedColors")
        return {} if section is None else {at: node.get("rgb") for at, node in enumerate(section.nodes("rgbColor"))}


def reprefixed(node: Node, old: str, new: str) -> Node:
    """A copy of a node under another prefix, without attributes of namespaces that may not be declared where it goes."""
    name = f"{new}{node.local}" if node.prefix == old else node.name
    kept = {key: value for key, value in node.attributes.items() if ":" not in key or key.startswith(("xml:", "xmlns"))}
    children = [reprefixed(child, old, new) if isinstance(child, Node) else child for child in node.children]
    copy = element(name, kept)
    for child in children:
        copy.append(child)
    return copy
