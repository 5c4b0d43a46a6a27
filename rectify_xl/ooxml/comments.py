"""The comments of one sheet: notes with their boxes, and the threads that newer Excel shows in their stead."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.ooxml.cells import change_text, text_node, text_of
from rectify_xl.ooxml.geometry import box, size
from rectify_xl.ooxml.note_boxes import EMPTY, NoteBoxes
from rectify_xl.ooxml.style_transfer import reprefixed
from rectify_xl.ooxml.threads import Threads
from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.ooxml.xml_tree import Document, Node, element, xml_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rectify_xl.ooxml.package import Package
    from rectify_xl.ooxml.sheet_part import SheetPart

Cell = tuple[int, int]
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_WIDTH, _LINE, _EDGE = 320, 17, 14  # pixels: of a box, of a line of 9 point text, above and below the text
_PER_LINE = 50  # Latin digits that fit on a line; a Chinese character takes two
_TALLEST = 420
_POINTS = 0.75


class Comments:
    """Comments of a sheet, read on construction and written by :meth:`save`. ``font`` is the font of what is added."""

    def __init__(self, package: Package, sheet: SheetPart, workbook_part: str, *, font: str) -> None:
        self._package, self._sheet, self._font = package, sheet, font
        self.part = package.related(sheet.part, "comments")
        self._drawing = self._linked_drawing()
        self._document = package.document(self.part) if self.part else _new_comments(sheet)
        self.root = self._document.root
        self._prefix = self.root.prefix
        self._notes = NoteBoxes(package.read(self._drawing) if self._drawing else EMPTY)
        self.threads = Threads(package, sheet.part, workbook_part)
        self._at = dict(self._all())
        self._authors: dict[str, int] = {}

    def _linked_drawing(self) -> str:
        """The drawing with the notes' boxes; one for pictures in headers has the same kind of relation."""
        linked = self._sheet.section("legacyDrawing")
        if linked is None:
            return ""
        relations = {one.id: one.target for one in self._package.relations(self._sheet.part) if not one.external}
        target = relations.get(linked.get("*:id"), "")
        return target if target in self._package else ""

    def _list(self) -> Node:
        found = self.root.find("commentList")
        if found is None:
            found = element(f"{self._prefix}commentList")
            self.root.append(found)
        return found

    def _all(self) -> Iterator[tuple[Cell, Node]]:
        for node in self._list().nodes("comment"):
            try:
                yield from_a1(node.get("ref").replace("$", "")), node
            except ValueError:  # a comment on no cell cannot be shown, or edited
                continue

    def texts(self) -> dict[Cell, str]:
        """The text of each cell's comment."""
        return {cell: text_of(text) for cell, node in self._at.items() if (text := node.find("text")) is not None}

    def nodes(self) -> dict[Cell, Node]:
        """The element of each cell's comment."""
        return dict(self._at)

    def author(self, node: Node) -> str:
        """The author of a comment."""
        authors = self.root.find("authors")
        names = [one.text for one in authors.nodes("author")] if authors is not None else []
        at = whole_number(node.get("authorId", "0")) or 0
        return names[at] if at < len(names) else ""

    def adopt(self, cell: Cell, other: Comments, source: Cell) -> None:
        """Take over a comment of another sheet, with its box and its thread; below what the cell's comment says already."""
        node = other._at[source]
        text = node.find("text")
        old, own = other.root.prefix, self._prefix
        holder = reprefixed(text, old, own) if text is not None else element(f"{own}text")
        if cell in self._at:
            self._append_runs(self._at[cell], holder)
        else:
            attributes: dict[str, object] = {"ref": a1(*cell), "authorId": self._author(other.author(node))}
            self._at[cell] = element(f"{own}comment", attributes, holder)
            self._list().append(self._at[cell])
            anchor = other._notes.anchor(source)
            width, height = size(other._sheet, anchor) if anchor else (_WIDTH, _LINE + _EDGE)
            placed = box(self._sheet, *cell, max(1, width), max(1, height))
            if not self._notes.adopt(cell, other._notes.shape(source), placed):
                self._notes.add(cell, placed, (int(width * _POINTS), int(height * _POINTS)))
        self.threads.adopt(cell, other.threads.of(source))

    def _append_runs(self, node: Node, more: Node) -> None:
        text = node.find("text")
        if text is None:
            node.append(more)
            return
        prefix = self._prefix
        pieces = [element(f"{prefix}r", {}, text_node(f"{prefix}t", "\n")), *more.nodes("r", "t")]
        for piece in pieces:
            text.append(element(f"{prefix}r", {}, piece) if piece.local == "t" else piece)
        for at, child in enumerate(text.children):
            if isinstance(child, Node) and child.local == "t":
                text.children[at] = element(f"{prefix}r", {}, child)

    def append(self, cell: Cell, author: str, lines: Sequence[str]) -> None:
        """Add lines below what a cell's comment says, the first of them in bold; a new comment where there is none."""
        node = self._at.get(cell)
        if node is None:
            attributes: dict[str, object] = {"ref": a1(*cell), "authorId": self._author(author)}
            node = element(f"{self._prefix}comment", attributes, element(f"{self._prefix}text"))
            self._list().append(node)
            self._at[cell] = node
        text = node.find("text")
        if text is None:
            text = element(f"{self._prefix}text")
            node.insert(0, text)
        for at, child in enumerate(text.children):
            if isinstance(child, Node) and child.local == "t":
                # A plain text becomes a run, since only runs can follow.
                text.children[at] = element(f"{self._prefix}r", {}, child)
        before = "\n" if text_of(text) else ""
        self._add_run(text, before + lines[0], bold=True)
        self._add_run(text, "".join(f"\n{line}" for line in lines[1:]), bold=False)
        self._fit(cell, text_of(text))

    def _add_run(self, text: Node, words: str, *, bold: bool) -> None:
        if not words:
            return
        prefix = self._prefix
        looks = [element(f"{prefix}b")] if bold else []
        looks += [
            element(f"{prefix}sz", {"val": 9}), element(f"{prefix}rFont", {"val": self._font}),
            element(f"{prefix}charset", {"val": 134}),
        ]  # fmt: skip
        run = element(f"{prefix}r", {}, element(f"{prefix}rPr", {}, *looks), text_node(f"{prefix}t", words))
        behind = [
            at for at, child in enumerate(text.children) if isinstance(child, Node) and child.local in ("rPh", "phoneticPr")
        ]
        text.insert(behind[0] if behind else len(text.children), run)

    def _author(self, name: str) -> int:
        authors = self.root.find("authors")
        if authors is None:
            authors = element(f"{self._prefix}authors")
            self.root.insert(0, authors)
        if name not in self._authors:
            known = [node.text for node in authors.nodes("author")]
            if name not in known:
                known.append(name)
                authors.append(element(f"{self._prefix}author", {}, name))
            self._authors[name] = known.index(name)
        return self._authors[name]

    def _fit(self, cell: Cell, words: str) -> None:
        """Enlarge a cell's box to fit its text; a box that is larger stays."""
        lines = sum(1 + _units(line) // _PER_LINE for line in words.split("\n"))
        height = min(_TALLEST, lines * _LINE + _EDGE)
        anchor = self._notes.anchor(cell)
        if cell not in self._notes:
            points = (int(_WIDTH * _POINTS), int(height * _POINTS))
            self._notes.add(cell, box(self._sheet, *cell, _WIDTH, height), points)
        elif anchor is None:
            self._notes.resize(cell, box(self._sheet, *cell, _WIDTH, height))
        else:
            old_width, old_height = size(self._sheet, anchor)
            if old_width < _WIDTH or old_height < height:
                grown = box(self._sheet, anchor[2] + 2, anchor[0], max(_WIDTH, old_width), max(height, old_height))
                self._notes.resize(cell, grown)

    def set_texts(self, texts: Mapping[Cell, str]) -> None:
        """Replace the texts of cells' comments; a comment whose text becomes blank is removed with its box."""
        removed = []
        for cell, words in texts.items():
            text = self._at[cell].find("text")
            if text is not None and words.strip():
                change_text(text, words)
                text.remove_all([run for run in text.nodes("r") if not text_of(_holding(run))])
            else:
                removed.append(self._at.pop(cell))
                self._notes.remove(cell)
        self._list().remove_all(removed)

    def drop_author(self, name: str) -> None:
        """Remove an author who is the last of the list and has no comment; comments refer to authors by their index."""
        authors = self.root.find("authors")
        named = list(authors.nodes("author")) if authors is not None else []
        used = {node.get("authorId") for node in self._at.values()}
        if authors is not None and named and named[-1].text == name and str(len(named) - 1) not in used:
            authors.remove(named[-1])

    def save(self) -> None:
        """Write the parts that changed; parts in which nothing is left are removed."""
        self.threads.save()
        if not any(self._list().nodes("comment")):
            self._remove()
            return
        folder = posixpath.dirname(posixpath.dirname(self._sheet.part)) or "xl"
        if not self.part:
            self.part = self._package.free_name(posixpath.join(folder, "comments{}.xml"))
            self._package.relate(self._sheet.part, "comments", self.part)
        data = self._document.join()
        if self.part not in self._package or data != self._package.read(self.part):
            self._package.write(self.part, data, _COMMENTS_TYPE)
        self._save_drawing(folder)

    def _save_drawing(self, folder: str) -> None:
        if not self._drawing:
            self._drawing = self._package.free_name(posixpath.join(folder, "drawings/vmlDrawing{}.vml"))
            relation = self._package.relate(self._sheet.part, "vmlDrawing", self._drawing)
            self._sheet.get_or_add_section("legacyDrawing", self._package.relation_attributes(self._sheet.root, relation))
        if self._drawing not in self._package or self._notes.data != self._package.read(self._drawing):
            self._package.write(self._drawing, self._notes.data, _DRAWING_TYPE)

    def _remove(self) -> None:
        """Remove the part, and the drawing when it holds nothing else."""
        if self.part:
            self._package.unrelate(self._sheet.part, self.part)
            self._package.remove(self.part)
            self.part = ""
        if self._drawing and self._notes.empty:
            linked = self._sheet.section("legacyDrawing")
            if linked is not None:
                self._sheet.root.remove(linked)
            self._package.unrelate(self._sheet.part, self._drawing)
            self._package.remove(self._drawing)
            self._drawing = ""
        elif self._drawing and self._notes.data != self._package.read(self._drawing):
            self._package.write(self._drawing, self._notes.data)


def _new_comments(sheet: SheetPart) -> Document:
    uri = sheet.root.get(f"xmlns:{sheet.prefix[:-1]}" if sheet.prefix else "xmlns")
    return Document(xml_part(element("comments", {"xmlns": uri}, element("authors"), element("commentList"))))


def _holding(run: Node) -> Node:
    """A run as a rich text of its own."""
    return Node(b"<text>", [run], b"</text>")


def _units(line: str) -> int:
    return (len(line.encode("utf-8", "replace")) + len(line)) // 2
