"""Pictures, charts and shapes that the office put into our sheets."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.ooxml.xml_tree import Node, element, parse, xml_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.keeping.own_sheets import OwnSheets
    from rectify_xl.keeping.work import Work

_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_UNNAMED = LazyPattern(r"Chart \d+")
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"


def keep_drawings(work: Work, own: OwnSheets) -> None:
    """Put what the office drew over cells where these cells have gone."""
    old, new = work.books.old.package, work.books.new.package
    source = old.related(work.old.part, "drawing")
    if not source or work.old.section("drawing") is None:
        return
    document = old.document(source)
    anchors = [node for node in document.root.nodes(*_ANCHORS, "AlternateContent") if not _is_ours(node, work)]
    if not anchors:
        return
    target = new.related(work.new.part, "drawing")
    if not target:
        root = element("xdr:wsDr", {"xmlns:xdr": _DRAWING, "xmlns:a": _MAIN})
        target = new.free_name("xl/drawings/drawing{}.xml")
        new.write(target, xml_part(root), _TYPE)
        relation = new.relate(work.new.part, "drawing", target)
        work.new.get_or_add_section("drawing", new.relation_attributes(work.new.root, relation))
    drawing = new.document(target)
    ids = _relations(own, source, target, b"".join(anchor.join() for anchor in anchors))
    number = max((whole_number(node.get("id")) or 0 for node in _named(drawing.root)), default=0)
    declared = {name: uri for name, uri in document.root.attributes.items() if name.startswith("xmlns")}
    for anchor in anchors:
        made = _with_ids(anchor, ids)
        for name, uri in declared.items():
            if drawing.root.get(name) != uri:
                made.set(name, uri)
        for node in _named(made):
            number += 1
            node.set("id", str(number))
        _move(work, made)
        drawing.root.append(made)
    new.write(target, drawing.join())


def _is_ours(anchor: Node, work: Work) -> bool:
    """Whether a chart is one of those that we draw: by its name, or where an older version did not name it, by its place."""
    base = work.baseline.package
    part = base.related(work.base.part, "drawing")
    if not part or not _is_chart(anchor):
        return False
    ours = list(base.document(part).root.nodes(*_ANCHORS))
    names = {node.get("name") for one in ours for node in _named(one)}
    unnamed = any(_UNNAMED.fullmatch(node.get("name")) for node in _named(anchor))
    return any(node.get("name") in names for node in _named(anchor)) or (unnamed and _start(anchor) in map(_start, ours))


def _start(anchor: Node) -> tuple[str, ...]:
    """Row and column of the upper left corner."""
    start = next(anchor.every("from"), None)
    return tuple(node.text for node in start.nodes("row", "col")) if start is not None else ()


def _is_chart(anchor: Node) -> bool:
    return next(anchor.every("graphicFrame"), None) is not None


def _named(node: Node) -> Iterator[Node]:
    """The elements that name a shape."""
    return node.every("cNvPr")


def _relations(own: OwnSheets, source: str, target: str, content: bytes) -> dict[str, str]:
    """Copy what the anchors lead to; the ids of the relations in the new drawing by those in the old one."""
    old, new = own.grafting.source, own.grafting.target
    ids: dict[str, str] = {}
    for relation in old.relations(source):
        if f'"{relation.id}"'.encode() not in content:
            continue
        if relation.external:
            ids[relation.id] = new.relate_outside(target, relation.kind, relation.target)
        elif relation.target in old:
            part = own.grafting.copy(relation.target, posixpath.basename(relation.kind))
            ids[relation.id] = new.relate(target, relation.kind, part)
    return ids


def _with_ids(anchor: Node, ids: dict[str, str]) -> Node:
    """A copy of an anchor that leads to the same things by their new ids."""
    (copy,) = (child for child in parse(anchor.join()) if isinstance(child, Node))
    waiting = [copy]
    while waiting:
        node = waiting.pop()
        for name, value in node.attributes.items():
            if name.partition(":")[2] in ("id", "embed", "link", "pict") and value in ids:
                node.set(name, ids[value])
        waiting += node.nodes()
    return copy


def _move(work: Work, anchor: Node) -> None:
    """Shift an anchor with the cell at its upper left corner."""
    start = next(anchor.every("from"), None)
    if start is None:
        return
    row, column = (whole_number(node.text) if node is not None else None for node in (start.find("row"), start.find("col")))
    if row is None or column is None:
        return
    now_row, now_column = work.moves.row(row + 1), work.moves.column(column + 1)
    down, right = (now_row or row + 1) - row - 1, (now_column or column + 1) - column - 1
    for corner in (*anchor.every("from"), *anchor.every("to")):
        for name, by in (("row", down), ("col", right)):
            node = corner.find(name)
            if node is not None and by:
                node.set_text(str(max(0, (whole_number(node.text) or 0) + by)))
