"""XML as a tree of the file's own bytes: parse, change a few nodes, join; all other bytes stay as they are.

Well-formed XML needs no grammar to be split into tags: ``<`` stands nowhere else than at the beginning of markup, and
every comment has an end. So a part is checked by expat first, and once more when it has been written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.ooxml.xml_text import Unsupported, as_utf8, check_well_formed, escape, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# Of a start tag: a ">" inside of a quoted value does not end it.
ATTRIBUTES = rb"[^<>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^<>\"']*)*"
SKIPPED = rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>"
TAG = rb"<(?P<name>[^\s/>!?]+)(?P<rest>" + ATTRIBUTES + rb")>"
_TOKEN = re.compile(SKIPPED + rb"|</(?P<close>[^\s>]+)\s*>|" + TAG, re.DOTALL)
_NAME = re.compile(rb"<([^\s/>]+)")
_ATTRIBUTE = re.compile(rb"\s([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_DEEPEST = 100


class Node:
    """An element: its start tag, what stands inside, and its end tag (empty where the start tag closes itself)."""

    __slots__ = ("children", "close", "open")

    def __init__(self, start: bytes, children: list[Node | bytes] | None = None, close: bytes = b"") -> None:
        self.open = start
        self.children = children if children is not None else []
        self.close = close

    @property
    def name(self) -> str:
        """The name as written, with its prefix."""
        match = _NAME.match(self.open)
        return match[1].decode() if match else ""

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix with its colon, or nothing."""
        return "".join(self.name.rpartition(":")[:2])

    @property
    def attributes(self) -> dict[str, str]:
        """Attributes by name as written."""
        return {name.decode(): unescape((double or single).decode()) for name, double, single in _ATTRIBUTE.findall(self.open)}

    @property
    def plain_attributes(self) -> dict[str, str]:
        """The attributes of no namespace: those of another one mean nothing where it is not declared."""
        return {name: value for name, value in self.attributes.items() if ":" not in name}

    def get(self, name: str, default: str = "") -> str:
        """An attribute; ``*:id`` finds ``r:id`` whatever the prefix."""
        wanted = name.encode().removeprefix(b"*")
        for match in _ATTRIBUTE.finditer(self.open):
            if match[1] == wanted or (name[0] == "*" and match[1].endswith(wanted)):
                return unescape((match[2] if match[2] is not None else match[3]).decode())
        return default

    def set(self, name: str, value: str) -> None:
        """Set an attribute, leaving the others as they are written."""
        written = f' {name}="{escape(value)}"'.encode()
        for match in _ATTRIBUTE.finditer(self.open):
            if match[1].decode() == name:
                self.open = self.open[: match.start()] + written + self.open[match.end() :]
                return
        end = b"/>" if self.open.endswith(b"/>") else b">"
        self.open = self.open[: -len(end)].rstrip() + written + end

    def drop(self, name: str) -> None:
        """Remove an attribute."""
        for match in _ATTRIBUTE.finditer(self.open):
            if match[1].decode() == name:
                self.open = self.open[: match.start()] + self.open[match.end() :]
                return

    def nodes(self, *locals_: str) -> Iterator[Node]:
        """The child elements, or those with one of the given local names."""
        return (child for child in self.children if isinstance(child, Node) and (not locals_ or child.local in locals_))

    def find(self, *path: str) -> Node | None:
        """The first descendant along a path of local names."""
        found: Node | None = self
        for step in path:
            found = next(found.nodes(step), None) if found is not None else None
        return found

    def every(self, local: str) -> Iterator[Node]:
        """All descendants with a local name."""
        for child in self.nodes():
            if child.local == local:
                yield child
            yield from child.every(local)

    @property
    def text(self) -> str:
        """The text directly inside."""
        return "".join(map(_chunk_text, (child for child in self.children if isinstance(child, bytes))))

    def insert(self, at: int, child: Node | bytes) -> None:
        """Insert a child before the ``at``-th one."""
        if not self.close:
            self.open = self.open[: -len(b"/>")].rstrip() + b">"
            self.close = f"</{self.name}>".encode()
        self.children.insert(at, child)

    def append(self, child: Node | bytes) -> None:
        """Append a child."""
        self.insert(len(self.children), child)

    def remove(self, child: Node) -> None:
        """Remove a child, found by identity."""
        self.remove_all([child])

    def remove_all(self, children: Iterable[Node]) -> None:
        """Remove several children at once, found by identity."""
        gone = set(map(id, children))
        self.children = [other for other in self.children if id(other) not in gone]

    def set_text(self, text: str) -> None:
        """Replace everything inside by a text."""
        self.children = []
        if text:
            self.append(escape(text).encode())

    def join(self) -> bytes:
        """The element as bytes."""
        inside = (child if isinstance(child, bytes) else child.join() for child in self.children)
        return b"".join((self.open, *inside, self.close))


class Document:
    """A part: what stands before and behind its root element, and the root."""

    def __init__(self, data: bytes, opaque: str = "", *, ours: bool = False) -> None:
        """Parse a part. What stands inside the element named ``opaque`` stays one piece of bytes.

        Args:
            data: the part; where it is ``ours``, written by this very run, nothing of it is doubted.
            opaque: see above.
            ours: see above.

        Raises:
            Unsupported: the part is no well-formed XML, declares a document type, or is nested too deeply.
        """
        if not ours:
            data = as_utf8(data)
            check_well_formed(data)
        top = parse(data, opaque)
        at, self.root = next((index, child) for index, child in enumerate(top) if isinstance(child, Node))
        self.before, self.after = top[:at], top[at + 1 :]

    def join(self) -> bytes:
        """The part as bytes."""
        outside = [child if isinstance(child, bytes) else child.join() for child in (*self.before, self.root, *self.after)]
        return b"".join(outside)


def parse(data: bytes, opaque: str = "") -> list[Node | bytes]:
    """Split a piece of well-formed UTF-8 XML into nodes and the bytes between them.

    Raises:
        Unsupported: tags do not match, as in a piece that was no whole one, or are nested too deeply.
    """
    top: list[Node | bytes] = []
    open_nodes: list[Node] = []
    inside, position = top, 0
    while (start := data.find(b"<", position)) >= 0:
        match = _TOKEN.match(data, start)
        if match is None:
            raise Unsupported("not-well-formed")
        if start > position:
            inside.append(data[position:start])
        position = match.end()
        if match["close"]:
            _close(open_nodes, match)
            inside = open_nodes[-1].children if open_nodes else top
        elif match["name"]:
            node = Node(match[0])
            inside.append(node)
            if not match[0].endswith(b"/>"):
                _open(open_nodes, node)
                inside = node.children
                if node.local == opaque:
                    end = max(position, data.rfind(b"</" + match["name"]))
                    inside.append(data[position:end])
                    position = end
        else:
            inside.append(match[0])
    if open_nodes:
        raise Unsupported("not-well-formed")
    if position < len(data):
        top.append(data[position:])
    return top


def _open(open_nodes: list[Node], node: Node) -> None:
    if len(open_nodes) > _DEEPEST:
        raise Unsupported("too-deep")
    open_nodes.append(node)


def _close(open_nodes: list[Node], match: re.Match[bytes]) -> None:
    node = open_nodes.pop() if open_nodes else None
    if node is None or node.name.encode() != match["close"]:
        raise Unsupported("not-well-formed")
    node.close = match[0]


def element(name: str, attributes: Mapping[str, object] | None = None, *inside: Node | str) -> Node:
    """A new element; texts are escaped."""
    written = "".join(f' {key}="{escape(str(value))}"' for key, value in (attributes or {}).items())
    if not inside:
        return Node(f"<{name}{written}/>".encode())
    children: list[Node | bytes] = [escape(child).encode() if isinstance(child, str) else child for child in inside]
    return Node(f"<{name}{written}>".encode(), children, f"</{name}>".encode())


def xml_part(root: Node) -> bytes:
    """A new part around its root element."""
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + root.join()


def place(parent: Node, child: Node, order: Iterable[str]) -> None:
    """Insert a child where the schema's ``order`` of local names wants it, after others of its name."""
    place_all(parent, [child], order)


def place_all(parent: Node, made: Sequence[Node], order: Iterable[str]) -> None:
    """Insert children of one name, one after the other, where the schema's ``order`` wants them."""
    if not made:
        return
    ranks = {local: rank for rank, local in enumerate(order)}
    own = ranks[made[0].local]
    places = (at for at, other in enumerate(parent.children) if isinstance(other, Node) and _rank(other, ranks) > own)
    at = next(places, len(parent.children))
    parent.insert(at, made[0])
    parent.children[at + 1 : at + 1] = made[1:]


def _rank(node: Node, ranks: Mapping[str, int]) -> int:
    """Where an element stands in the order; a choice of markup (mc:AlternateContent) stands where its content would."""
    if node.local in ranks:
        return ranks[node.local]
    inner = [ranks[found.local] for branch in node.nodes() for found in branch.nodes() if found.local in ranks]
    return min(inner, default=-1)


def _chunk_text(chunk: bytes) -> str:
    if chunk.startswith((b"<!--", b"<?")):
        return ""
    if chunk.startswith(b"<![CDATA["):
        return chunk[9:-3].decode()
    return unescape(chunk.decode())
