"""The styles part: formats are found or added, never changed, so that no other cell changes with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.ooxml.xml_text import Unsupported, whole_number
from rectify_xl.ooxml.xml_tree import Document, Node, element, parse, place

if TYPE_CHECKING:
    from collections.abc import Iterable

_ORDER = (
    "numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst",
)  # fmt: skip
_XF_ORDER = ("alignment", "protection", "extLst")
_FIRST_OWN_FORMAT = 164
_MOST_ITEMS = 100_000  # Excel itself allows 65,490 cell formats
DATE_FORMAT = "yyyy-mm-dd"
TEXT_FORMAT_ID = "49"
_IS_EMPTY = re.compile(rb"patternType=[\"']none|<fill>\s*<patternFill\s*/>|<fill\s*/>")


@dataclass(frozen=True, slots=True)
class Look:
    """The format of a cell in our own sheets. ``font`` is empty for the default one of :class:`Styles`."""

    size: float = 10
    bold: bool = False
    colour: str = "1F2937"
    underline: bool = False
    font: str = ""
    fill: str = ""
    border: bool = True
    across: str = "left"
    top: bool = False
    date: bool = False


class _Section:
    """A list of the styles part (fonts, fills, cellXfs …) with the index of each item by its bytes."""

    def __init__(self, node: Node | None) -> None:
        self.node = node
        self.items = list(node.nodes()) if node is not None else []
        if len(self.items) > _MOST_ITEMS:
            raise Unsupported("too-many", "styles")
        self._by_bytes: dict[bytes, int] = {}
        for index, item in enumerate(self.items):
            self._by_bytes.setdefault(item.join(), index)

    def index(self, item: Node) -> int:
        """The index of an item, added where there is none like it."""
        assert self.node is not None  # noqa: S101 - the caller has added it
        at = self._by_bytes.setdefault(item.join(), len(self.items))
        if at == len(self.items):
            self.items.append(item)
            self.node.append(item)
            self.node.set("count", str(len(self.items)))
        return at


class Styles:
    """The cell styles of one workbook. ``font`` names the font of our own cells and of a workbook that has none."""

    def __init__(self, data: bytes, *, font: str) -> None:
        self._document = Document(data)
        self.root = self._document.root
        self._font_name = font
        self._prefix = self.root.prefix
        self._sections: dict[str, _Section] = {}
        self._known: dict[tuple[int, bytes], int] = {}
        self._complete()

    def _complete(self) -> None:
        """Add what every stylesheet has; the first two fills are reserved by all programs."""
        plain: dict[str, object] = {"numFmtId": 0, "fontId": 0, "fillId": 0, "borderId": 0}
        least = {
            "fonts": [self.make("font", {}, self.make("sz", {"val": 11}), self.make("name", {"val": self._font_name}))],
            "fills": [self.make("fill", {}, self.make("patternFill", {"patternType": kind})) for kind in ("none", "gray125")],
            "borders": [self._no_border()],
            "cellStyleXfs": [self.make("xf", plain)],
            "cellXfs": [self.make("xf", {**plain, "xfId": 0})],
        }
        for section, items in least.items():
            if not self.items(section):
                for item in items:
                    self.index(section, item)

    def _section(self, name: str) -> _Section:
        if name not in self._sections:
            self._sections[name] = _Section(self.root.find(name))
        return self._sections[name]

    def items(self, section: str) -> list[Node]:
        """The items of a section: fonts, fills, borders, cellXfs, numFmts, dxfs."""
        return self._section(section).items

    def index(self, section: str, item: Node) -> int:
        """The index of an item, added where there is none like it."""
        found = self._section(section)
        if found.node is None:
            found.node = self.make(section)
            place(self.root, found.node, _ORDER)
        return found.index(item)

    def make(self, local: str, attributes: dict[str, object] | None = None, *inside: Node | str) -> Node:
        """A new element under the part's own prefix."""
        return element(f"{self._prefix}{local}", attributes, *inside)

    def _xf(self, style: int) -> Node:
        """A copy of a cell style; of the first one where a cell names a style that is not there, as programs show it."""
        found = self.items("cellXfs")
        (copy,) = parse(found[style if style < len(found) else 0].join())
        assert isinstance(copy, Node)  # noqa: S101 - a whole element
        return copy

    def fill(self, style: int) -> bytes:
        """The fill of a cell style as XML without prefixes; nothing where the style has no fill."""
        at = whole_number(self._xf(style).get("fillId", "0"))
        fills = self.items("fills")
        raw = fills[at].join() if at is not None and at < len(fills) else b""
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
        found = {style: self.colour(style) for style in range(len(self.items("cellXfs")))}
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
        known = self._formats.get((str(at), _without_fill(wanted)))
        if known is not None:
            return known
        wanted.set("fillId", str(at))
        wanted.set("applyFill", "1")
        index = self.index("cellXfs", wanted)
        self._formats.setdefault((str(at), _without_fill(wanted)), index)
        return index

    @cached_property
    def _formats(self) -> dict[tuple[str, bytes], int]:
        """Index of the first cell format with a fill and with what it says besides."""
        found: dict[tuple[str, bytes], int] = {}
        for index, xf in enumerate(self.items("cellXfs")):
            found.setdefault((xf.get("fillId", "0"), _without_fill(xf)), index)
        return found

    def _fill_index(self, fill: bytes) -> int:
        prefixed = re.sub(rb"(</?)(?=\w)", rb"\1" + self._prefix.encode(), fill)
        return self.index("fills", next(node for node in parse(prefixed) if isinstance(node, Node)))

    def dated(self, style: int) -> int:
        """A style like another that shows dates, and keeps nothing a text."""
        xf = self._xf(style)
        xf.set("numFmtId", str(self.format_id(DATE_FORMAT)))
        xf.set("applyNumberFormat", "1")
        xf.drop("quotePrefix")
        return self.index("cellXfs", xf)

    def for_remarks(self, style: int) -> int:
        """A style like another for our own remarks: text, wrapped, left-aligned."""
        if (style, b"remarks") not in self._known:
            self._known[style, b"remarks"] = self._for_remarks(style)
        return self._known[style, b"remarks"]

    def _for_remarks(self, style: int) -> int:
        xf = self._xf(style)
        xf.set("numFmtId", TEXT_FORMAT_ID)
        xf.set("applyNumberFormat", "1")
        alignment = xf.find("alignment")
        if alignment is None:
            alignment = self.make("alignment")
            place(xf, alignment, _XF_ORDER)
        alignment.set("horizontal", "left")
        alignment.set("wrapText", "1")
        alignment.drop("shrinkToFit")
        xf.set("applyAlignment", "1")
        return self.index("cellXfs", xf)

    def format_id(self, code: str) -> int:
        """The id of a number format of one's own, added where there is none like it."""
        known = self.items("numFmts")
        numbers = [whole_number(node.get("numFmtId")) or 0 for node in known]
        for number, node in zip(numbers, known, strict=True):
            if number and node.get("formatCode") == code:
                return number
        number = max([_FIRST_OWN_FORMAT - 1, *numbers]) + 1
        self.index("numFmts", self.make("numFmt", {"numFmtId": number, "formatCode": code}))
        return number

    def look(self, look: Look) -> int:
        """The style that shows a look."""
        font = self.index("fonts", self._font(look))
        fill = self._fill_index(_solid(look.fill)) if look.fill else 0
        border = self.index("borders", self._border()) if look.border else self.index("borders", self._no_border())
        indent = {"indent": 1} if look.across == "left" and look.border else {}
        alignment = self.make(
            "alignment", {"horizontal": look.across, "vertical": "top" if look.top else "center", "wrapText": 1, **indent}
        )
        attributes: dict[str, object] = {
            "numFmtId": self.format_id(DATE_FORMAT) if look.date else TEXT_FORMAT_ID if look.across == "left" else 0,
            "fontId": font, "fillId": fill, "borderId": border, "xfId": 0,
            "applyNumberFormat": 1, "applyFont": 1, "applyFill": 1, "applyBorder": 1, "applyAlignment": 1,
        }  # fmt: skip
        return self.index("cellXfs", self.make("xf", attributes, alignment))

    def _font(self, look: Look) -> Node:
        marks = [self.make("b")] if look.bold else []
        marks += [self.make("u")] if look.underline else []
        return self.make(
            "font", {}, *marks, self.make("sz", {"val": f"{look.size:g}"}), self.make("color", {"rgb": f"FF{look.colour}"}),
            self.make("name", {"val": look.font or self._font_name}), self.make("charset", {"val": 134}),
        )  # fmt: skip

    def _border(self) -> Node:
        sides = [
            self.make(side, {"style": "thin"}, self.make("color", {"rgb": "FFBFC7D1"}))
            for side in ("left", "right", "top", "bottom")
        ]
        return self.make("border", {}, *sides, self.make("diagonal"))

    def _no_border(self) -> Node:
        return self.make("border", {}, *(self.make(side) for side in ("left", "right", "top", "bottom", "diagonal")))

    def join(self) -> bytes:
        """The part as bytes."""
        return self._document.join()


def _solid(colour: str) -> bytes:
    """A plain fill as XML."""
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{colour}"/><bgColor indexed="64"/></patternFill></fill>'.encode()
    )


def _without_fill(xf: Node) -> bytes:
    """What a cell format says besides its fill, attributes in order of name."""
    attributes = sorted((name, value) for name, value in xf.attributes.items() if name not in ("fillId", "applyFill"))
    children = (child if isinstance(child, bytes) else child.join() for child in xf.children if not _is_space(child))
    return b"".join((repr(attributes).encode(), *children))


def _is_space(child: Node | bytes) -> bool:
    return isinstance(child, bytes) and not child.strip()
