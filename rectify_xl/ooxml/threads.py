"""Threaded comments: newer Excel shows a cell's thread and not the note behind it."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.ooxml.style_transfer import reprefixed
from rectify_xl.ooxml.xml_tree import Document, Node, element, xml_part

if TYPE_CHECKING:
    from rectify_xl.ooxml.package import Package

_PERSONS_TYPE = "application/vnd.ms-excel.person+xml"
_PERSONS_RELATION = "http://schemas.microsoft.com/office/2017/10/relationships/person"
_THREADS_TYPE = "application/vnd.ms-excel.threadedcomments+xml"
_THREADS_RELATION = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_NAMESPACE = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_OWN = uuid.UUID("6d0c8a53-1f0e-4a53-9a2c-72c1f5a7e0b4")
PERSON = "{" + str(_OWN).upper() + "}"


class Threads:
    """The threads of one sheet; none where the sheet has no such part."""

    def __init__(self, package: Package, sheet_part: str, workbook_part: str) -> None:
        self._package, self._workbook_part = package, workbook_part
        self._sheet_part = sheet_part
        self._part = package.related(sheet_part, "threadedComment")
        self._document = package.document(self._part) if self._part else None
        self._persons_needed = ""
        self._replies: list[tuple[Node, Node]] = []

    def _entries(self) -> list[Node]:
        return list(self._document.root.nodes("threadedComment")) if self._document else []

    @cached_property
    def _last_of(self) -> dict[str, tuple[Node, Node]]:
        """Address -> the first entry of the cell's thread and the last one."""
        found: dict[str, tuple[Node, Node]] = {}
        first_of: dict[str, Node] = {}
        for node in self._entries():
            if not node.get("parentId"):
                found.setdefault(node.get("ref"), (node, node))
                first_of.setdefault(node.get("id"), node)
        for node in self._entries():
            first = first_of.get(node.get("parentId"))
            if first is not None and found[first.get("ref")][0] is first:
                found[first.get("ref")] = (first, node)
        return found

    def reply(self, cell: tuple[int, int], author: str, words: str, moment: str) -> None:
        """Add an answer to a cell's thread, if it has one."""
        if self._document is None or a1(*cell) not in self._last_of:
            return
        root, last = self._last_of[a1(*cell)]
        prefix = self._document.root.prefix
        own_id = "{" + str(uuid.uuid5(_OWN, f"{self._part}!{a1(*cell)}")).upper() + "}"
        attributes: dict[str, object] = {
            "ref": a1(*cell), "dT": moment, "personId": PERSON, "id": own_id, "parentId": root.get("id"),
        }  # fmt: skip
        entry = element(f"{prefix}threadedComment", attributes, element(f"{prefix}text", {}, words))
        self._replies.append((last, entry))
        self._persons_needed = author

    def of(self, cell: tuple[int, int]) -> list[Node]:
        """The entries of a cell's thread, answers among them."""
        return [node for node in self._entries() if node.get("ref").replace("$", "") == a1(*cell)]

    def adopt(self, cell: tuple[int, int], entries: list[Node]) -> None:
        """Take over a thread of another sheet; the persons that it names have to be there."""
        if not entries:
            return
        if self._document is None:
            self._part = self._package.free_name("xl/threadedComments/threadedComment{}.xml")
            self._document = Document(xml_part(element("ThreadedComments", {"xmlns": _NAMESPACE})))
            self._package.relate(self._sheet_part, _THREADS_RELATION, self._part)
            self._package.write(self._part, self._document.join(), _THREADS_TYPE)
        root = self._document.root
        for entry in entries:
            copy = reprefixed(entry, entry.prefix, root.prefix)
            copy.set("ref", a1(*cell))
            root.append(copy)

    def remove_replies(self) -> None:
        """Remove what we added."""
        if self._document:
            self._document.root.remove_all([node for node in self._entries() if node.get("personId") == PERSON])

    def save(self) -> None:
        """Write the parts that changed."""
        if self._document and self._replies:
            after: dict[int, list[Node]] = {}
            for last, entry in self._replies:
                after.setdefault(id(last), []).append(entry)
            root = self._document.root
            root.children = [one for child in root.children for one in (child, *after.get(id(child), ()))]
            self._replies = []
        if self._document and self._document.join() != self._package.read(self._part):
            self._package.write(self._part, self._document.join())
        if self._persons_needed:
            self._name_person(self._persons_needed)

    def _name_person(self, author: str) -> None:
        part = self._package.related(self._workbook_part, "person")
        if part:
            document = self._package.document(part)
        else:
            part = self._package.free_name("xl/persons/person{}.xml")
            document = Document(xml_part(element("personList", {"xmlns": _NAMESPACE})))
            self._package.relate(self._workbook_part, _PERSONS_RELATION, part)
        if not any(node.get("id") == PERSON for node in document.root.nodes()):
            attributes: dict[str, object] = {"displayName": author, "id": PERSON, "userId": author, "providerId": "None"}
            document.root.append(element(f"{document.root.prefix}person", attributes))
            self._package.write(part, document.join(), _PERSONS_TYPE)


def remove_person(package: Package, workbook_part: str) -> None:
    """Remove us from the list of persons."""
    part = package.related(workbook_part, "person")
    if not part:
        return
    document = package.document(part)
    own = [node for node in document.root.nodes() if node.get("id") == PERSON]
    if own:
        document.root.remove_all(own)
        package.write(part, document.join())
