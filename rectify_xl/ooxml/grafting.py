"""Parts of one package copied into another, with all parts that they lead to."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.ooxml.package import Package
from rectify_xl.ooxml.xml_tree import element, xml_part

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rectify_xl.ooxml.package import Relation

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_NUMBER = LazyPattern(r"\d*(?=\.[^./]*$)")
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([A-Za-z/]+)")
# Where the last part of an address differs between the strict and the transitional standard.
_RENAMED = {"extendedProperties": "extended-properties", "customProperties": "custom-properties"}


class TransitionalPackage(Package):
    """A package whose parts read as the transitional standard writes them, also where it is a strict one."""

    def read(self, part: str) -> bytes:
        """A part's bytes; see :meth:`Package.read`."""
        data = super().read(part)
        if part.endswith((".xml", ".rels")) and b"purl.oclc.org/ooxml" in data:
            return _STRICT.sub(_transitional, data)
        return data


def _transitional(match: re.Match[bytes]) -> bytes:
    """The transitional address of a strict one: ``…/ooxml/drawingml/main`` -> ``…/drawingml/2006/main``."""
    area, path = match[1].decode(), match[2].decode()
    return f"http://schemas.openxmlformats.org/{area}/2006/{_RENAMED.get(path, path)}".encode()


class Grafting:
    """Copies parts from a source package into a target; a part that is reached twice is copied once.

    Args:
        source: where the parts come from.
        target: where they go, under names that are free there.
        keep: whether a relation is followed; what it leads to is left behind otherwise, and the relation with it.
        edits: what becomes of a part's bytes, by the last word of the relation that leads to it.
    """

    def __init__(
        self,
        source: Package,
        target: Package,
        keep: Callable[[Relation], bool] = lambda _: True,
        edits: Mapping[str, Callable[[bytes], bytes]] | None = None,
    ) -> None:
        self.source, self.target = source, target
        self._keep = keep
        self._edits = edits or {}
        self._copied: dict[str, str] = {}

    def copy(self, part: str, kind: str = "", data: bytes | None = None) -> str:
        """Copy a part and what it leads to; return its name in the target. ``data`` stands for the part's own bytes."""
        if part in self._copied:
            return self._copied[part]
        pattern = _NUMBER.sub("{}", part.replace("{", "_").replace("}", "_"), count=1)
        name = self.target.free_name(pattern if "{}" in pattern else f"{pattern}{{}}")
        content = self.source.read(part) if data is None else data
        edit = self._edits.get(kind)
        self._copied[part] = name
        self.target.write(name, edit(content) if edit else content, self.source.content_type(part))
        self.relate(part, name)
        return name

    def relate(self, part: str, name: str) -> None:
        """Give the part ``name`` of the target the relations that ``part`` has in the source, under the same ids."""
        entries = []
        for relation in self.source.relations(part):
            if relation.external:
                external = {"Id": relation.id, "Type": relation.kind, "Target": relation.target, "TargetMode": "External"}
                entries.append(element("Relationship", external))
            elif relation.target in self.source and self._keep(relation):
                target = self.copy(relation.target, relation.kind.rpartition("/")[2])
                entries.append(element("Relationship", {"Id": relation.id, "Type": relation.kind, "Target": f"/{target}"}))
        if entries:
            folder, file = posixpath.split(name)
            own = posixpath.join(folder, "_rels", f"{file}.rels")
            self.target.write(own, xml_part(element("Relationships", {"xmlns": _RELATIONS}, *entries)), _RELATIONS_TYPE)
