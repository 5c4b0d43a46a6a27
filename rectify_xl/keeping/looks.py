"""How a cell looks, as values that can be compared whatever program wrote them, and what the office changed in it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.ooxml.style_transfer import reprefixed
from rectify_xl.ooxml.xml_text import decimal_number, whole_number
from rectify_xl.ooxml.xml_tree import Node, place

if TYPE_CHECKING:
    from rectify_xl.keeping.colours import Colours
    from rectify_xl.ooxml.styles import Styles

# What a cell shows, by aspect: "font.b", "fill", "border.left", "align.wrapText", "format", "protection.locked".
Look = dict[str, object]
Key = tuple[tuple[str, object], ...]
_FONT = ("b", "i", "strike", "u", "vertAlign", "sz", "color", "name")
_FONT_ORDER = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family",
    "charset", "scheme",
)  # fmt: skip
_WITH_NAME = ("name", "family", "charset", "scheme")
_SIDES = ("left", "right", "top", "bottom", "diagonal")
_ALIGNED = ("horizontal", "vertical", "wrapText", "indent", "textRotation", "shrinkToFit")
_USUAL = {"horizontal": "general", "vertical": "bottom"}
_XF_ORDER = ("alignment", "protection", "extLst")
# Fonts that a program names in place of one that is not installed where it runs; nobody chose them.
FALLBACKS = ("Noto ", "Droid Sans", "WenQuanYi", "DejaVu", "Liberation", "AR PL")
_LOCALE = LazyPattern(r"\[\$-[0-9A-Fa-f]*\]")
_LARGEST_SIZE = 409.0
_BUILT_IN = {
    "0": "General", "1": "0", "2": "0.00", "9": "0%", "10": "0.00%", "14": "mm-dd-yy", "22": "m/d/yy h:mm", "49": "@",
}  # fmt: skip


class Looks:
    """The looks of a workbook's cell styles."""

    def __init__(self, styles: Styles, colours: Colours) -> None:
        self.styles = styles
        self._colours = colours
        self._known: dict[int, Look] = {}
        self._keys: dict[int, Key] = {}

    def of(self, style: int) -> Look:
        """What a style shows."""
        if style not in self._known:
            self._known[style] = self._read(style)
        return self._known[style]

    def key(self, style: int) -> Key:
        """What a style shows, to compare it with."""
        if style not in self._keys:
            self._keys[style] = tuple(sorted((aspect, value) for aspect, value in self.of(style).items() if aspect != "format"))
        return self._keys[style]

    def xf(self, style: int) -> Node:
        """The record of a style; of the first one where there is none."""
        found = self.styles.items("cellXfs")
        return found[style if style < len(found) else 0]

    def part(self, style: int, section: str) -> Node:
        """The font, fill or border of a style."""
        found = self.styles.items(section)
        at = whole_number(self.xf(style).get(f"{section[:-1]}Id", "0")) or 0
        return found[at if at < len(found) else 0]

    def _read(self, style: int) -> Look:
        xf, font, border = self.xf(style), self.part(style, "fonts"), self.part(style, "borders")
        look: Look = {f"font.{name}": self._font(font, name) for name in _FONT}
        look["fill"] = self._fill(self.part(style, "fills"))
        look |= {f"border.{side}": self._side(border, side) for side in _SIDES}
        alignment = xf.find("alignment")
        for name in _ALIGNED:
            value = alignment.get(name) if alignment is not None else ""
            look[f"align.{name}"] = _plain(value) or _USUAL.get(name, "0")
        look["format"] = self._format(xf.get("numFmtId", "0"))
        protection = xf.find("protection")
        look["protection.locked"] = _plain(protection.get("locked", "1") if protection is not None else "1")
        return look

    def _font(self, font: Node, name: str) -> object:
        node = font.find(name)
        if name == "color":
            return self._colours.value(node)
        if node is None:
            return ""
        if name == "sz":
            return decimal_number(node.get("val"), _LARGEST_SIZE)
        usual = {"u": "single"}.get(name, "1")
        value = _plain(node.get("val", usual))
        return "" if value in ("0", "none", "baseline") else value

    def _fill(self, fill: Node) -> object:
        pattern = fill.find("patternFill")
        if pattern is None:
            return fill.join() if fill.find("gradientFill") is not None else ""
        kind = pattern.get("patternType", "none")
        if kind == "none":
            return ""
        front = self._colours.value(pattern.find("fgColor"))
        return (kind, front) if kind == "solid" else (kind, front, self._colours.value(pattern.find("bgColor")))

    def _side(self, border: Node, name: str) -> object:
        node = border.find(name)
        style = node.get("style", "none") if node is not None else "none"
        if node is None or style == "none":
            return ""
        directions = (_plain(border.get("diagonalUp")), _plain(border.get("diagonalDown"))) if name == "diagonal" else ()
        return (style, self._colours.value(node.find("color")), *directions)

    def _format(self, number: str) -> str:
        """A number format without what programs write differently: escapes, quotes and languages."""
        code = self._codes.get(number) or _BUILT_IN.get(number) or number
        return re.sub(r"[\\\"]", "", _LOCALE.sub("", code)).removesuffix(";@").lower()

    @cached_property
    def _codes(self) -> dict[str, str]:
        return {node.get("numFmtId"): node.get("formatCode") for node in self.styles.items("numFmts")}

    def code(self, style: int) -> str:
        """The number format of a style as written; "" for one that every program knows by its number."""
        return self._codes.get(self.xf(style).get("numFmtId", "0"), "")


def _plain(value: str) -> str:
    return {"true": "1", "false": "0"}.get(value, value)


def changes(old: Look, ours: Look, usual: Look | None = None) -> frozenset[str]:
    """The aspects in which a cell differs from what we wrote; with ``usual`` also from a cell that nobody touched."""
    found = frozenset(
        aspect for aspect, value in old.items() if value != ours[aspect] and (usual is None or value != usual[aspect])
    )
    return found - {"font.name"} if str(old["font.name"]).startswith(FALLBACKS) else found


class Repainter:
    """Gives styles of a new workbook aspects of styles of an old one."""

    def __init__(self, old: Looks, new: Styles) -> None:
        self._old, self._new = old, new
        self._made: dict[tuple[int, int, frozenset[str]], int] = {}

    def repainted(self, style: int, old: int, aspects: frozenset[str]) -> int:
        """The new workbook's ``style`` but with some aspects of the old workbook's style ``old``."""
        key = (style, old, aspects)
        if key not in self._made:
            self._made[key] = self._repaint(style, old, aspects)
        return self._made[key]

    def _repaint(self, style: int, old: int, aspects: frozenset[str]) -> int:
        found = self._new.items("cellXfs")
        xf = self._copy(found[style if style < len(found) else 0], self._new.root.prefix)
        font = {aspect[5:] for aspect in aspects if aspect.startswith("font.")}
        if font:
            made = self._font(xf, old, font)
            xf.set("fontId", str(self._new.index("fonts", made)))
            xf.set("applyFont", "1")
        if "fill" in aspects:
            xf.set("fillId", str(self._new.index("fills", self._from_old(self._old.part(old, "fills")))))
            xf.set("applyFill", "1")
        sides = {aspect[7:] for aspect in aspects if aspect.startswith("border.")}
        if sides:
            xf.set("borderId", str(self._new.index("borders", self._border(xf, old, sides))))
            xf.set("applyBorder", "1")
        if "format" in aspects:
            code = self._old.code(old)
            xf.set("numFmtId", str(self._new.format_id(code)) if code else self._old.xf(old).get("numFmtId", "0"))
            xf.set("applyNumberFormat", "1")
        for section, flag in (("alignment", "applyAlignment"), ("protection", "applyProtection")):
            prefix = f"{'align' if section == 'alignment' else section}."
            names = sorted(aspect.removeprefix(prefix) for aspect in aspects if aspect.startswith(prefix))
            if names:
                self._set(xf, section, self._old.xf(old).find(section), names)
                xf.set(flag, "1")
        return self._new.index("cellXfs", xf)

    def _copy(self, node: Node, prefix: str) -> Node:
        return reprefixed(node, prefix, self._new.root.prefix)

    def _from_old(self, node: Node) -> Node:
        return self._copy(node, self._old.styles.root.prefix)

    def _new_part(self, xf: Node, section: str) -> Node:
        found = self._new.items(section)
        at = whole_number(xf.get(f"{section[:-1]}Id", "0")) or 0
        return self._copy(found[at if at < len(found) else 0], self._new.root.prefix)

    def _font(self, xf: Node, old: int, names: set[str]) -> Node:
        font, source = self._new_part(xf, "fonts"), self._old.part(old, "fonts")
        taken = [*(name for name in _FONT if name in names and name != "name"), *(_WITH_NAME if "name" in names else ())]
        font.remove_all(list(font.nodes(*taken)))
        for name in taken:
            node = source.find(name)
            if node is not None:
                place(font, self._from_old(node), _FONT_ORDER)
        return font

    def _border(self, xf: Node, old: int, sides: set[str]) -> Node:
        border, source = self._new_part(xf, "borders"), self._old.part(old, "borders")
        border.remove_all(list(border.nodes(*sides)))
        for side in _SIDES:
            if side in sides:
                node = source.find(side)
                place(border, self._new.make(side) if node is None else self._from_old(node), _SIDES)
        if "diagonal" in sides:
            for name in ("diagonalUp", "diagonalDown"):
                border.set(name, _plain(source.get(name, "0")))
        return border

    def _set(self, xf: Node, section: str, source: Node | None, names: list[str]) -> None:
        node = xf.find(section)
        if node is None:
            node = self._new.make(section)
            place(xf, node, _XF_ORDER)
        for name in names:
            value = source.get(name) if source is not None else ""
            if value:
                node.set(name, value)
            else:
                node.drop(name)
