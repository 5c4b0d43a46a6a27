"""What a cell element holds: its text, and writing a text, a number or nothing into it; texts keep their runs' looks."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rectify_xl.ooxml.markup import ASIDE, TAG, Document, Node, element, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM_TAG = TAG.replace(rb"[^\s/>!?]+", rb"(?:[\w.-]+:)?si(?=[\s/>])", 1)
_ITEM = re.compile(ASIDE + rb"|(?P<close></(?:[\w.-]+:)?si\s*>)|" + _ITEM_TAG, re.DOTALL)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LONG = 2000


class SharedStrings:
    """The items of the shared strings part, cut out when asked for."""

    def __init__(self, data: bytes = b"") -> None:
        self._data = data
        self._places: list[tuple[int, int]] | None = None

    def item(self, index: int) -> Node | None:
        """The item (``si``) at an index; None when there is none."""
        if self._places is None:
            self._places = list(self._scan())
        if not 0 <= index < len(self._places):
            return None
        start, end = self._places[index]
        (node,) = parse(self._data[start:end])
        return node if isinstance(node, Node) else None

    def _scan(self) -> Iterator[tuple[int, int]]:
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
    if cell.get("t") == "s" and value is not None and value.text.strip().isdigit():
        return strings.item(int(value.text))
    return None


def texts(rich: Node) -> list[Node]:
    """The ``t`` elements whose texts make up a rich text, phonetic guides left out."""
    return [node for child in rich.nodes("t", "r") for node in ([child] if child.local == "t" else child.nodes("t"))]


def text_of(rich: Node) -> str:
    """A rich text as plain text."""
    return "".join(unescaped(node.text) for node in texts(rich))


def unescaped(text: str) -> str:
    """Undo the _xHHHH_ escapes of ECMA-376."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def escaped(text: str) -> str:
    """A text in which nothing reads as an escape, and what XML cannot hold is one."""
    return _UNWRITABLE.sub(lambda match: f"_x{ord(match[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def text_node(name: str, text: str) -> Node:
    """A ``t`` element; spaces and line breaks are kept."""
    return element(name, {"xml:space": "preserve"}, escaped(text))


def change_text(rich: Node, new: str) -> None:
    """Give a rich text another wording; what stays of the old one keeps its looks."""
    holders = texts(rich)
    old = [unescaped(holder.text) for holder in holders]
    replaced = _replacements("".join(old), new)
    at = 0
    for holder, text in zip(holders, old, strict=True):
        changed = "".join(replaced[at : at + len(text)])
        at += len(text)
        if changed != text:
            holder.set("xml:space", "preserve")
            holder.rename_text(escaped(changed))
    for child in list(rich.nodes("rPh", "phoneticPr")):
        rich.remove(child)


def _replacements(old: str, new: str) -> list[str]:
    """What each character of the old text becomes. Most changes only cut something off; so that is looked for first."""
    at = old.find(new)
    if at >= 0:
        return [*[""] * at, *new, *[""] * (len(old) - at - len(new))]
    pieces = list(old)
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) > _LONG)
    for kind, start, end, left, right in matcher.get_opcodes():
        if kind == "insert" and start == len(old):
            pieces[-1] += new[left:right]
        elif kind == "insert":
            pieces[start] = new[left:right] + pieces[start]
        elif kind != "equal":
            pieces[start:end] = [new[left:right], *[""] * (end - start - 1)]
    return pieces


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
