"""An .xlsx package: parts by name, relations, content types. Parts that are not written are copied as they are."""

from __future__ import annotations

import posixpath
import shutil
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.common.archive_damage import ARCHIVE_DAMAGE
from rectify_xl.ooxml.xml_text import Unsupported, check_well_formed
from rectify_xl.ooxml.xml_tree import Document, Node, element, xml_part

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

CONTENT_TYPES = "[Content_Types].xml"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)  # our own parts bear no time, so that the same input gives the same bytes
_LARGEST_PART = 200 << 20
_LARGEST_PACKAGE = 600 << 20
_MOST_PARTS = 20_000


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a part to another; ``target`` is a part's name, or what is written where it leads outside."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """Parts by name, without regard to case as the format has it."""

    def __init__(self, source: IO[bytes]) -> None:
        """Open a package that the intake has accepted.

        Raises:
            Unsupported: it is damaged, or holds too much for copying.
        """
        try:
            self._archive = zipfile.ZipFile(source)
        except ARCHIVE_DAMAGE as error:
            raise Unsupported("damaged") from error
        # Of two parts with one name the last counts, as for every reader of zip files.
        self._infos = {_key(info.filename): info for info in self._archive.infolist() if not info.is_dir()}
        if sum(info.file_size for info in self._infos.values()) > _LARGEST_PACKAGE:
            raise Unsupported("too-large")
        if len(self._infos) > _MOST_PARTS:
            raise Unsupported("too-many")
        self._written: dict[str, bytes] = {}
        self._names = {key: info.filename for key, info in self._infos.items()}

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._names

    def under(self, folder: str) -> list[str]:
        """The names of the parts in a folder."""
        return [name for key, name in self._names.items() if key.startswith(_key(folder))]

    @property
    def changed(self) -> list[str]:
        """The names of the parts that were written."""
        return [self._names[key] for key in self._written]

    def read(self, part: str) -> bytes:
        """A part's bytes.

        Raises:
            Unsupported: there is no such part, or it cannot be read.
        """
        key = _key(part)
        if key in self._written:
            return self._written[key]
        info = self._infos.get(key) if key in self._names else None
        if info is None:
            raise Unsupported("missing-part", part)
        if info.file_size > _LARGEST_PART:
            raise Unsupported("too-large", part)
        try:
            return self._archive.read(info)
        except ARCHIVE_DAMAGE as error:
            raise Unsupported("damaged") from error

    def document(self, part: str, opaque: str = "") -> Document:
        """A part as a tree."""
        return Document(self.read(part), opaque)

    def content_type(self, part: str) -> str:
        """The content type of a part; "" where none is declared."""
        name = f"/{part}".lower()
        by_default = ""
        for node in self.document(CONTENT_TYPES).root.nodes() if CONTENT_TYPES in self else ():
            if node.get("PartName").lower() == name:
                return node.get("ContentType")
            if node.local == "Default" and node.get("Extension").lower() == name.rpartition(".")[2]:
                by_default = node.get("ContentType")
        return by_default

    def write(self, part: str, data: bytes, content_type: str = "") -> None:
        """Replace a part, or add one with its content type."""
        key = _key(part)
        self._names.setdefault(key, part)
        self._written[key] = data
        if content_type:
            self._declare(f"/{part}", content_type)

    def remove(self, part: str) -> None:
        """Remove a part, with its relations and its content type."""
        for name in (part, _relations_part(part)):
            key = _key(name)
            self._written.pop(key, None)
            if self._names.pop(key, None):
                self._undeclare(f"/{name}")

    def free_name(self, pattern: str) -> str:
        """The first part name of a pattern (``xl/comments{}.xml``) that is not in use."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> Iterator[Relation]:
        """The relations of a part ("" for those of the package)."""
        own = _relations_part(part)
        if own not in self:
            return
        folder = posixpath.dirname(part)
        for entry in self.document(own).root.nodes("Relationship"):
            target, external = entry.get("Target").replace("\\", "/"), entry.get("TargetMode") == "External"
            if not external:
                absolute = target.startswith("/")
                target = target.lstrip("/") if absolute else posixpath.normpath(posixpath.join(folder, target))
            yield Relation(entry.get("Id"), entry.get("Type"), target, external)

    def related(self, part: str, kind: str) -> str:
        """The part to which a relation of a kind leads (the last word of its type); "" when there is none."""
        # The strict standard writes extendedProperties where the transitional one has extended-properties.
        found = (one for one in self.relations(part) if _last_word(one.kind) == _last_word(kind))
        return next((one.target for one in found if not one.external and one.target in self), "")

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation; ``kind`` is the last word of an office type or a whole type. Returns its id."""
        own = _relations_part(part)
        blank = xml_part(element("Relationships", {"xmlns": _RELATIONS}))
        document = Document(self.read(own) if own in self else blank)
        taken = {entry.get("Id") for entry in document.root.nodes()}
        number = next(number for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        folder = posixpath.dirname(part)
        shown = posixpath.relpath(target, folder) if folder else target
        type_ = kind if "/" in kind else f"{self._office_base}/{kind}"
        prefix = document.root.prefix
        entry = element(f"{prefix}Relationship", {"Id": f"rId{number}", "Type": type_, "Target": shown})
        document.root.append(entry)
        self.write(own, document.join())
        return f"rId{number}"

    def relate_outside(self, part: str, kind: str, target: str) -> str:
        """Add a relation to something outside of the package. Returns its id."""
        relation = self.relate(part, kind, part)
        own = _relations_part(part)
        document = self.document(own)
        for entry in document.root.nodes("Relationship"):
            if entry.get("Id") == relation:
                entry.set("Target", target)
                entry.set("TargetMode", "External")
        self.write(own, document.join())
        return relation

    def unrelate(self, part: str, *targets: str) -> None:
        """Remove the relations of a part to other parts; the relations themselves go with the last of them."""
        gone = {relation.id for relation in self.relations(part) if not relation.external and relation.target in targets}
        if not gone:
            return
        own = _relations_part(part)
        document = self.document(own)
        document.root.remove_all([entry for entry in document.root.nodes() if entry.get("Id") in gone])
        if any(document.root.nodes()):
            self.write(own, document.join())
        else:
            self.remove(own)

    def relation_attributes(self, root: Node, relation: str) -> dict[str, object]:
        """The attributes by which an element of a part points to a relation, its prefix declared where the root does not."""
        for name, uri in root.attributes.items():
            if name.startswith("xmlns:") and uri in (_TRANSITIONAL, _STRICT):
                return {f"{name[6:]}:id": relation}
        return {"xmlns:r": self._office_base, "r:id": relation}

    @property
    def _office_base(self) -> str:
        """Whether relations of this package are named as the transitional or as the strict standard has it."""
        strict = any(relation.kind.startswith(_STRICT) for relation in self.relations(""))
        return _STRICT if strict else _TRANSITIONAL

    def _declare(self, name: str, content_type: str) -> None:
        if CONTENT_TYPES not in self:
            self.write(CONTENT_TYPES, xml_part(element("Types", {"xmlns": _TYPES})))
        document = self.document(CONTENT_TYPES)
        prefix, entries = document.root.prefix, list(document.root.nodes())
        extension = name.rpartition(".")[2]
        by_default = next((node for node in entries if node.get("Extension").lower() == extension), None)
        if extension == "vml" or content_type == _RELATIONS_TYPE:
            if by_default is None:
                entry = element(f"{prefix}Default", {"Extension": extension, "ContentType": content_type})
                document.root.insert(0, entry)
        elif not any(node.get("PartName").lower() == name.lower() for node in entries):
            document.root.append(element(f"{prefix}Override", {"PartName": name, "ContentType": content_type}))
        self.write(CONTENT_TYPES, document.join())

    def _undeclare(self, name: str) -> None:
        if CONTENT_TYPES not in self:
            return
        document = self.document(CONTENT_TYPES)
        own = [node for node in document.root.nodes("Override") if node.get("PartName").lower() == name.lower()]
        if own:
            document.root.remove_all(own)
            self.write(CONTENT_TYPES, document.join())

    def save(self, path: Path | IO[bytes]) -> None:
        """Write the package: parts in their old order, new ones behind.

        Raises:
            Unsupported: a part that was written is not well-formed, or an old one cannot be read.
        """
        for key, data in self._written.items():
            if key.endswith((".xml", ".rels")):  # not drawings: Excel writes HTML into them
                check_well_formed(data, self._names[key])
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for key, name in self._names.items():
                old = self._infos.get(key)
                info = zipfile.ZipInfo(name, old.date_time if old and key not in self._written else _FIXED_TIME)
                info.compress_type = old.compress_type if old else zipfile.ZIP_DEFLATED
                if old:
                    info.external_attr = old.external_attr
                if key in self._written:
                    target.writestr(info, self._written[key])
                    continue
                assert old  # noqa: S101 - what is not written is old
                try:
                    with self._archive.open(old) as source, target.open(info, "w") as sink:
                        shutil.copyfileobj(source, sink)
                except ARCHIVE_DAMAGE as error:
                    raise Unsupported("damaged") from error


def _last_word(kind: str) -> str:
    return kind.rpartition("/")[2].replace("-", "").lower()


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
