"""New parts, and the check that every written part passes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from rectify_xl.ooxml.text import Unsupported

if TYPE_CHECKING:
    from rectify_xl.ooxml.markup import Node


def xml_part(root: Node) -> bytes:
    """A new part around its root element."""
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + root.join()


def check_well_formed(name: str, data: bytes) -> None:
    """See that a part is well-formed XML. Others pass, drawings too: Excel writes HTML into them.

    Raises:
        Unsupported: it is not.
    """
    if not name.lower().endswith((".xml", ".rels")):
        return
    try:
        expat.ParserCreate().Parse(data, True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        raise Unsupported(f"{name} 改写后不是有效的 XML") from error
