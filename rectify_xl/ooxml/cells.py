"""The value of a cell element: its text read, and a text or a number written into it; runs of a rich text keep their looks."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.visible import whole_characters
from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.ooxml.xml_tree import ATTRIBUTES, SKIPPED, TAG, Document, Node, element, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_ITEM_TAG = TAG.replace(rb"[^\s/>!?]+", rb"(?:[\w.-]+:)?si(?=[\s/>])", 1)
_ITEM = re.compile(SKIPPED + rb"|(?P<close></(?:[\w.-]+:)?si\s*>)|" + _ITEM_TAG, re.DOTALL)
_PLAIN_ITEM = re.compile(rb"<si(?=[\s/>])" + ATTRIBUTES + rb">")
_PLAIN_CLOSE = re.compile(rb"</si\s*>")
_RUN = re.compile(rb"<(?:\w+:)?r>(?:<(?:\w+:)?rPr>(.*?)</(?:\w+:)?rPr>)?<(?:\w+:)?t(?: [^<>]*)?>([^<]*)<", re.DOTALL)
_MARK = re.compile(rb"<(?:\w+:)?((?:b|i|u|strike|vertAlign|color)(?: (?!val=\"(?:0|false|none|baseline)\")[^<>]*)?)/>")
_ESCAPED = LazyPattern(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = LazyPattern(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = LazyPattern("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_MOST_COMPARED = 1_000_000  # pairs of characters
_LONGEST_TEXT = 32_767  # UTF-16 code units, as Excel counts


class SharedStrings:
    """The items of the shared strings part, parsed on demand."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = data

    def item(self, index: int) -> Node | None:
        """The item (``si``) at an index; None when there is none."""
        if not 0 <= index < len(self._places):
            return None
        start, end = self._places[index]
        (node,) = parse(self._data[start:end])
        return node if isinstance(node, Node) else None

    def like(self, fits: Callable[[bytes], bool]) -> frozenset[int]:
        """The indexes of the items whose XML fits."""
        return frozenset(at for at, (start, end) in enumerate(self._places) if fits(self._data[start:end]))

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """Where items begin and end: by their own tags alone, which is many times faster, where nothing but elements stands."""
        head = _ITEM.search(self._data, self._data.find(b"<sst"))
        usual = head is not None and head["name"] == b"si" and b":si" not in self._data
        if usual and head and not any(self._data.find(sign, head.start()) >= 0 for sign in (b"<!", b"<?")):
            return list(self._scan_plain())
        return list(self._scan_all())

    def _scan_plain(self) -> Iterator[tuple[int, int]]:
        for match in _PLAIN_ITEM.finditer(self._data):
            close = None if match[0].endswith(b"/>") else _PLAIN_CLOSE.search(self._data, match.end())
            yield match.start(), close.end() if close else match.end()

    def _scan_all(self) -> Iterator[tuple[int, int]]:
        start = 0
        for match in _ITEM.finditer(self._data):
            if match["close"]:
                yield start, match.end()
            elif match["name"]:
                start = match.start()
                if match[0].endswith(b"/>"):
                    yield start, match.end()


def has_formula(cell: Node) -> bool:
    """Whether a formula gives the cell's value."""
    return cell.find("f") is not None


def is_blank(cell: Node) -> bool:
    """Whether a cell holds nothing but looks."""
    return not any(True for _ in cell.nodes("v", "is", "f"))


def rich_text(cell: Node, strings: SharedStrings) -> Node | None:
    """The element that holds a text cell's runs: its own ``is``, or a copy of the shared item; None for other cells."""
    if cell.get("t") == "inlineStr":
        return cell.find("is")
    value = cell.find("v")
    index = whole_number(value.text) if cell.get("t") == "s" and value is not None else None
    return None if index is None else strings.item(index)


def texts(rich: Node) -> list[Node]:
    """The ``t`` elements whose texts make up a rich text, phonetic guides left out."""
    return [node for child in rich.nodes("t", "r") for node in ([child] if child.local == "t" else child.nodes("t"))]


def text_of(rich: Node) -> str:
    """A rich text as plain text."""
    return "".join(unescaped(node.text) for node in texts(rich))


def unescaped(text: str) -> str:
    """Undo the _xHHHH_ escapes of ECMA-376."""
    return whole_characters(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)) if "_x" in text else text


def escaped(text: str) -> str:
    """A text in which nothing reads as an escape, and what XML cannot hold is one."""
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def text_node(name: str, text: str) -> Node:
    """A ``t`` element; spaces and line breaks are kept, what is longer than a cell may be is cut off."""
    return element(name, {"xml:space": "preserve"}, escaped(_fitting(text)))


def _fitting(text: str) -> str:
    if 2 * len(text) <= _LONGEST_TEXT:
        return text
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * _LONGEST_TEXT]
    halved = len(units) == 2 * _LONGEST_TEXT and 0xD8 <= units[-1] < 0xDC  # noqa: PLR2004 - the first half of a pair
    return (units[:-2] if halved else units).decode("utf-16-le", "surrogatepass")


def is_marked(rich: bytes) -> bool:
    """Whether words of a rich text look unlike the others: another font or size alone is what programs write between scripts."""
    return len({frozenset(_MARK.findall(looks)) for looks, text in _RUN.findall(rich) if text.strip()}) > 1


def change_text(rich: Node, new: str) -> None:
    """Replace the wording of a rich text; characters that stay keep their looks."""
    holders = texts(rich)
    old = [unescaped(holder.text) for holder in holders]
    replaced = _replacements("".join(old), new) if any(old) else []
    at = 0
    for holder, text in zip(holders, old, strict=True):
        changed = "".join(replaced[at : at + len(text)])
        at += len(text)
        if changed != text:
            holder.set("xml:space", "preserve")
            holder.set_text(escaped(changed))
    for child in list(rich.nodes("rPh", "phoneticPr")):
        rich.remove(child)


def _replacements(old: str, new: str) -> list[str]:
    """What each character of the old text becomes. Most changes only strip something, so that is tried first."""
    at = old.find(new)
    if at >= 0:
        return [*[""] * at, *new, *[""] * (len(old) - at - len(new))]
    pieces = list(old)
    for kind, start, end, left, right in _differences(old, new):
        if kind == "insert" and start == len(old):
            pieces[-1] += new[left:right]
        elif kind == "insert":
            pieces[start] = new[left:right] + pieces[start]
        elif kind != "equal":
            pieces[start:end] = [new[left:right], *[""] * (end - start - 1)]
    return pieces


def _differences(old: str, new: str) -> Sequence[tuple[str, int, int, int, int]]:
    """The edit operations from one text to another; one replacement where a comparison would take too long."""
    if len(old) * len(new) <= _MOST_COMPARED:
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    before = _alike(old, new)
    after = _alike(old[before:][::-1], new[before:][::-1])
    return [("replace" if before + after < len(old) else "insert", before, len(old) - after, before, len(new) - after)]


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    shorter = min(len(one), len(other))
    return next((at for at in range(shorter) if one[at] != other[at]), shorter)


def write_text(cell: Node, text: str, rich: Node | None = None) -> None:
    """Make a cell hold a text, in the runs of ``rich`` where one is given."""
    prefix = cell.prefix
    _clear(cell)
    holder = element(f"{prefix}is", {}, text_node(f"{prefix}t", text))
    if rich is not None and rich.prefix == prefix and any(rich.nodes("r")):
        change_text(rich, text)
        holder.children = list(rich.children)
    cell.set("t", "inlineStr")
    cell.append(holder)


def write_number(cell: Node, number: float) -> None:
    """Make a cell hold a number, which may be the day number of a date."""
    _clear(cell)
    cell.append(element(f"{cell.prefix}v", {}, repr(number)))


def _clear(cell: Node) -> None:
    cell.children = []
    for name in ("t", "cm", "vm"):
        cell.drop(name)


def shared_strings(data: bytes) -> SharedStrings:
    """The shared strings of a part that may have any encoding."""
    document = Document(data, "sst")
    return SharedStrings(b"".join(child for child in document.root.children if isinstance(child, bytes)))
