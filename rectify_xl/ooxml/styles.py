"""The styles part: looks are found or added, never changed, so that no other cell changes with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.ooxml.markup import Document, Node, element, parse, place

if TYPE_CHECKING:
    from collections.abc import Iterable

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
)  # fmt: skip
_XF_ORDER = ("alignment", "protection", "extLst")
_FIRST_OWN_FORMAT = 164
DATE_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT_ID = "49"
_IS_EMPTY = re.compile(rb"patternType=[\"']none|<fill>\s*<patternFill\s*/>|<fill\s*/>")


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell of our own sheets looks."""

    size: float = 10
    bold: bool = False
    colour: str = "1F2937"
    underline: bool = False
    font: str = "宋体"
    fill: str = ""
    border: bool = True
    across: str = "left"
    top: bool = False
    date: bool = False


class Styles:
    """The cell styles of one workbook."""

    def __init__(self, data: bytes) -> None:
        self._document = Document(data)
        self.root = self._document.root
        self._prefix = self.root.prefix
        self._known: dict[tuple[int, bytes], int] = {}
        self._complete()

    def _complete(self) -> None:
        """Put in what every stylesheet has; the first two fills are reserved by all programs."""
        plain: dict[str, object] = {"numFmtId": 0, "fontId": 0, "fillId": 0, "borderId": 0}
        least = {
            "fonts": [self._make("font", {}, self._make("sz", {"val": 11}), self._make("name", {"val": "宋体"}))],
            "fills": [self._make("fill", {}, self._make("patternFill", {"patternType": kind})) for kind in ("none", "gray125")],
            "borders": [self._no_border()],
            "cellStyleXfs": [self._make("xf", plain)],
            "cellXfs": [self._make("xf", {**plain, "xfId": 0})],
        }
        for section, items in least.items():
            if not self._items(section):
                for item in items:
                    self._index(section, item)

    def _items(self, section: str) -> list[Node]:
        found = self.root.find(section)
        return list(found.nodes()) if found is not None else []

    def _index(self, section: str, item: Node) -> int:
        """The index of an item, added where there is none like it."""
        raw = item.join()
        for index, other in enumerate(self._items(section)):
            if other.join() == raw:
                return index
        home = self.root.find(section)
        if home is None:
            home = self._make(section)
            place(self.root, home, _ORDER)
        home.append(item)
        home.set("count", str(len(self._items(section))))
        return len(self._items(section)) - 1

    def _make(self, local: str, attributes: dict[str, object] | None = None, *inside: Node | str) -> Node:
        return element(f"{self._prefix}{local}", attributes, *inside)

    def _xf(self, style: int) -> Node:
        """A copy of a cell style; of the first one where a cell names a style that is not there, as programs show it."""
        found = self._items("cellXfs")
        (copy,) = parse(found[style if style < len(found) else 0].join())
        assert isinstance(copy, Node)  # noqa: S101 - it was one
        return copy

    def fill(self, style: int) -> bytes:
        """The fill of a cell style as XML without prefixes; nothing where the style has no fill."""
        at = self._xf(style).get("fillId", "0")
        fills = self._items("fills")
        raw = fills[int(at)].join() if at.isdigit() and int(at) < len(fills) else b""
        bare = re.sub(rb"(</?)" + re.escape(self._prefix.encode()), rb"\1", raw) if self._prefix else raw
        return b"" if _IS_EMPTY.search(bare) else bare

    def colour(self, style: int) -> str:
        """The colour (RRGGBB) of a style that is filled with one plain colour; "" for others."""
        pattern = next((node.find("patternFill") for node in parse(self.fill(style)) if isinstance(node, Node)), None)
        colour = pattern.find("fgColor") if pattern is not None and pattern.get("patternType") == "solid" else None
        return colour.get("rgb")[-6:].upper() if colour is not None else ""

    def in_colours(self, colours: Iterable[str]) -> dict[int, str]:
        """The styles filled with one of some colours."""
        wanted = frozenset(colours)
        found = {style: self.colour(style) for style in range(len(self._items("cellXfs")))}
        return {style: colour for style, colour in found.items() if colour in wanted}

    def filled(self, style: int, colour: str) -> int:
        """A style like another but for its fill."""
        return self.with_fill(style, _solid(colour))

    def with_fill(self, style: int, fill: bytes) -> int:
        """A style like another but for its fill, given as by :meth:`fill`; one that is there already is preferred."""
        if (style, fill) not in self._known:
            self._known[style, fill] = self._with_fill(style, fill)
        return self._known[style, fill]

    def _with_fill(self, style: int, fill: bytes) -> int:
        at = self._fill_index(fill) if fill else 0
        wanted = self._xf(style)
        for index, other in enumerate(self._items("cellXfs")):
            if other.get("fillId", "0") == str(at) and _without_fill(other) == _without_fill(wanted):
                return index
        wanted.set("fillId", str(at))
        wanted.set("applyFill", "1")
        return self._index("cellXfs", wanted)

    def _fill_index(self, fill: bytes) -> int:
        dressed = re.sub(rb"(</?)(?=\w)", rb"\1" + self._prefix.encode(), fill)
        return self._index("fills", next(node for node in parse(dressed) if isinstance(node, Node)))

    def dated(self, style: int) -> int:
        """A style like another that shows dates, and keeps nothing a text."""
        xf = self._xf(style)
        xf.set("numFmtId", str(self._format(DATE_FORMAT)))
        xf.set("applyNumberFormat", "1")
        xf.drop("quotePrefix")
        return self._index("cellXfs", xf)

    def worded(self, style: int) -> int:
        """A style like another for our own remarks: text, wrapped, from the left."""
        if (style, b"worded") not in self._known:
            self._known[style, b"worded"] = self._worded(style)
        return self._known[style, b"worded"]

    def _worded(self, style: int) -> int:
        xf = self._xf(style)
        xf.set("numFmtId", TEXT_FORMAT_ID)
        xf.set("applyNumberFormat", "1")
        alignment = xf.find("alignment")
        if alignment is None:
            alignment = self._make("alignment")
            place(xf, alignment, _XF_ORDER)
        alignment.set("horizontal", "left")
        alignment.set("wrapText", "1")
        alignment.drop("shrinkToFit")
        xf.set("applyAlignment", "1")
        return self._index("cellXfs", xf)

    def _format(self, code: str) -> int:
        known = self._items("numFmts")
        for node in known:
            if node.get("formatCode") == code and node.get("numFmtId").isdigit():
                return int(node.get("numFmtId"))
        taken = [int(node.get("numFmtId")) for node in known if node.get("numFmtId").isdigit()]
        number = max([_FIRST_OWN_FORMAT - 1, *taken]) + 1
        self._index("numFmts", self._make("numFmt", {"numFmtId": number, "formatCode": code}))
        return number

    def look(self, look: Look) -> int:
        """The style that shows a look."""
        font = self._index("fonts", self._font(look))
        fill = self._fill_index(_solid(look.fill)) if look.fill else 0
        border = self._index("borders", self._border()) if look.border else self._index("borders", self._no_border())
        indent = {"indent": 1} if look.across == "left" and look.border else {}
        alignment = self._make(
            "alignment", {"horizontal": look.across, "vertical": "top" if look.top else "center", "wrapText": 1, **indent}
        )
        attributes: dict[str, object] = {
            "numFmtId": self._format(DATE_FORMAT) if look.date else TEXT_FORMAT_ID if look.across == "left" else 0,
            "fontId": font, "fillId": fill, "borderId": border, "xfId": 0,
            "applyNumberFormat": 1, "applyFont": 1, "applyFill": 1, "applyBorder": 1, "applyAlignment": 1,
        }  # fmt: skip
        return self._index("cellXfs", self._make("xf", attributes, alignment))

    def _font(self, look: Look) -> Node:
        marks = [self._make("b")] if look.bold else []
        marks += [self._make("u")] if look.underline else []
        return self._make("font", {}, *marks, self._make("sz", {"val": f"{look.size:g}"}),
                          self._make("color", {"rgb": f"FF{look.colour}"}), self._make("name", {"val": look.font}),
                          self._make("charset", {"val": 134}))  # fmt: skip

    def _border(self) -> Node:
        sides = [
            self._make(side, {"style": "thin"}, self._make("color", {"rgb": "FFBFC7D1"}))
            for side in ("left", "right", "top", "bottom")
        ]
        return self._make("border", {}, *sides, self._make("diagonal"))

    def _no_border(self) -> Node:
        return self._make("border", {}, *(self._make(side) for side in ("left", "right", "top", "bottom", "diagonal")))

    def join(self) -> bytes:
        """The part as bytes."""
        return self._document.join()


def _solid(colour: str) -> bytes:
    """A plain fill as XML."""
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/><bgColor indexed="64"/></patternFill></fill>'.encode()
    )


def _without_fill(xf: Node) -> tuple[dict[str, str], bytes]:
    """What a style says besides its fill."""
    attributes = {name: value for name, value in xf.attributes.items() if name not in ("fillId", "applyFill")}
    return attributes, b"".join(
        child if isinstance(child, bytes) else child.join() for child in xf.children if not _is_space(child)
    )


def _is_space(child: Node | bytes) -> bool:
    return isinstance(child, bytes) and not child.strip()
