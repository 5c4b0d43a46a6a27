"""The numbers that Word puts before paragraphs: they stand in no text of the document, only in its numbering part."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.figures import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from rectify_xl.intake.readers.xml_stream import Package

_DIGITS = "〇一二三四五六七八九"
_CIRCLED = {at: chr(0x245F + at) for at in range(1, 21)}
_CHINESE = frozenset({
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "taiwaneseCounting",
    "taiwaneseCountingThousand", "ideographDigital", "japaneseCounting", "ideographLegalTraditional",
})  # fmt: skip
_LEVELS = 9
_MOST = 99


@dataclass(frozen=True, slots=True)
class _Level:
    format: str
    text: str
    start: int


class Numbering:
    """Counts the paragraphs of a document's lists as Word does."""

    def __init__(self, package: Package) -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._styles: dict[str, tuple[str, str]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        numbering, styles = package.side_tree("word/numbering.xml"), package.side_tree("word/styles.xml")
        if numbering is not None:
            self._read(numbering)
        if styles is not None:
            self._read_styles(styles)

    def _read(self, root: Element) -> None:
        abstract = {_attribute(one, "abstractNumId"): _levels(one) for one in _children(root, "abstractNum")}
        for one in _children(root, "num"):
            link = next(_children(one, "abstractNumId"), None)
            name = _attribute(one, "numId")
            base = _attribute(link, "val") if link is not None else ""
            levels = dict(abstract.get(base, {}))
            for override in _children(one, "lvlOverride"):
                levels |= _levels(override)
            self._lists[name], self._abstract_of[name] = levels, base

    def _read_styles(self, root: Element) -> None:
        based: dict[str, str] = {}
        for style in _children(root, "style"):
            name = _attribute(style, "styleId")
            for one in style:
                if _local(one) == "basedOn":
                    based[name] = _attribute(one, "val")
                for numbers in _children(one, "numPr") if _local(one) == "pPr" else ():
                    said = {_local(part): _attribute(part, "val") for part in numbers}
                    self._styles[name] = said.get("numId", ""), said.get("ilvl", "0")
        for name in based:
            seen, at = {name}, name
            while at not in self._styles and based.get(at) and based[at] not in seen:
                at = based[at]
                seen.add(at)
            if at in self._styles:
                self._styles.setdefault(name, self._styles[at])

    def next(self, style: str, number: str, level: str) -> str:
        """What Word shows before the next paragraph; empty where it is in no list."""
        given, at = self._styles.get(style, ("", "0"))
        number, level = number or given, level or (at if not number else "0")
        levels = self._lists.get(number)
        depth = whole_number(level)
        if number in ("", "0") or not levels or depth is None or depth not in levels:
            return ""
        counts = self._counts[self._abstract_of.get(number, number)]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if levels[depth].format in ("bullet", "none"):
            return ""
        text = levels[depth].text
        for one in range(depth + 1):
            if f"%{one + 1}" in text:
                known = levels.get(one, levels[depth])
                text = text.replace(f"%{one + 1}", _shown(counts.get(one, known.start), known.format))
        return text


def _levels(parent: Element) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for one in _children(parent, "lvl"):
        said = {_local(part): _attribute(part, "val") for part in one}
        at, start = whole_number(_attribute(one, "ilvl")), whole_number(said.get("start", "1"))
        if at is not None and at < _LEVELS:
            found[at] = _Level(said.get("numFmt", "decimal"), said.get("lvlText", ""), 1 if start is None else start)
    return found


def _shown(count: int, style: str) -> str:
    if style in _CHINESE and 0 < count <= _MOST:
        tens, ones = divmod(count, 10)
        return ("" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十") + (_DIGITS[ones] if ones else "")
    if style.startswith("decimalEnclosedCircle"):
        return _CIRCLED.get(count, str(count))
    if style in ("lowerLetter", "upperLetter") and 0 < count <= 26:  # noqa: PLR2004 - letters of the alphabet
        return chr((97 if style == "lowerLetter" else 65) + count - 1)
    return str(count)


def _children(parent: Element, name: str) -> Iterator[Element]:
    return (one for one in parent if _local(one) == name)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
