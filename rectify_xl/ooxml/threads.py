"""Threaded comments: in a cell that has a thread, newer Excel shows the thread and not the note behind it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.ooxml.markup import Document, Node, element
from rectify_xl.ooxml.parts import xml_part

if TYPE_CHECKING:
    from rectify_xl.ooxml.package import Package

_PERSONS_TYPE = "application/vnd.ms-excel.person+xml"
_PERSONS_RELATION = "http://schemas.microsoft.com/office/2017/10/relationships/person"
_NAMESPACE = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_OWN = uuid.UUID("6d0c8a53-1f0e-4a53-9a2c-72c1f5a7e0b4")
PERSON = "{" + str(_OWN).upper() + "}"


class Threads:
    """The threads of one sheet; none where the sheet has no such part."""

    def __init__(self, package: Package, sheet_part: str, book_part: str) -> None:
        self._package, self._book_part = package, book_part
        self._part = package.related(sheet_part, "threadedComment")
        self._document = package.document(self._part) if self._part else None
        self._persons_needed = ""

    def _entries(self) -> list[Node]:
        return list(self._document.root.nodes("threadedComment")) if self._document else []

    def reply(self, cell: tuple[int, int], author: str, words: str, moment: str) -> None:
        """Add an answer to a cell's thread, if it has one."""
        root = next((node for node in self._entries() if node.get("ref") == a1(*cell) and not node.get("parentId")), None)
        if root is None or self._document is None:
            return
        prefix = self._document.root.prefix
        own_id = "{" + str(uuid.uuid5(_OWN, f"{self._part}!{a1(*cell)}")).upper() + "}"
        attributes: dict[str, object] = {
            "ref": a1(*cell), "dT": moment, "personId": PERSON, "id": own_id, "parentId": root.get("id"),
        }  # fmt: skip
        entry = element(f"{prefix}threadedComment", attributes, element(f"{prefix}text", {}, words))
        last = [node for node in self._entries() if node is root or node.get("parentId") == root.get("id")][-1]
        at = next(index for index, child in enumerate(self._document.root.children) if child is last)
        self._document.root.insert(at + 1, entry)
        self._persons_needed = author

    def remove_replies(self) -> None:
        """Take out what we added."""
        for node in self._entries():
            if node.get("personId") == PERSON and self._document:
                self._document.root.remove(node)

    def save(self) -> None:
        """Write the parts that changed."""
        if self._document and self._document.join() != self._package.read(self._part):
            self._package.write(self._part, self._document.join())
        if self._persons_needed:
            self._name_person(self._persons_needed)

    def _name_person(self, author: str) -> None:
        part = self._package.related(self._book_part, "person")
        if part:
            document = self._package.document(part)
        else:
            part = self._package.free_name("xl/persons/person{}.xml")
            document = Document(xml_part(element("personList", {"xmlns": _NAMESPACE})))
            self._package.relate(self._book_part, _PERSONS_RELATION, part)
        if not any(node.get("id") == PERSON for node in document.root.nodes()):
            attributes: dict[str, object] = {"displayName": author, "id": PERSON, "userId": author, "providerId": "None"}
            document.root.append(element(f"{document.root.prefix}person", attributes))
            self._package.write(part, document.join(), _PERSONS_TYPE)


def remove_person(package: Package, book_part: str) -> None:
    """Take us out of the list of persons."""
    part = package.related(book_part, "person")
    if not part:
        return
    document = package.document(part)
    for node in list(document.root.nodes()):
        if node.get("id") == PERSON:
            document.root.remove(node)
            package.write(part, document.join())
