"""A worksheet part: its cells, and the sections around them in the order that the schema requires."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ooxml.areas import Area
from rectify_xl.ooxml.rows import Rows
from rectify_xl.ooxml.xml_text import Unsupported, whole_number
from rectify_xl.ooxml.xml_tree import Document, Node, element, place

if TYPE_CHECKING:
    from collections.abc import Container

ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip


_LAST_COLUMN = 16_384
_MOST_SPANNED = 200_000  # columns that all entries of cols span together; one that is no attack spans each once


class SheetPart:
    """One worksheet being edited."""

    def __init__(self, part: str, data: bytes, *, ours: bool = False) -> None:
        self.part = part
        self._document = Document(data, "sheetData", ours=ours)
        self.root = self._document.root
        self.prefix = self.root.prefix
        found = self.root.find("sheetData")
        if found is None:
            found = element(f"{self.prefix}sheetData")
            place(self.root, found, ORDER)
        self._data = found
        self._columns: dict[int, Node] | None = None
        self._merges: tuple[Area, ...] | None = None
        self.rows = Rows(b"".join(child for child in found.children if isinstance(child, bytes)), self.prefix)

    def element(self, local: str, attributes: dict[str, object] | None = None, *inside: Node | str) -> Node:
        """A new element under the part's own prefix."""
        return element(f"{self.prefix}{local}", attributes, *inside)

    def section(self, local: str) -> Node | None:
        """A section of the sheet."""
        return self.root.find(local)

    def get_or_add_section(self, local: str, attributes: dict[str, object] | None = None) -> Node:
        """A section of the sheet, added in its place where it is missing."""
        found = self.root.find(local)
        if found is None:
            found = self.element(local, attributes)
            place(self.root, found, ORDER)
        return found

    def style(self, row: int, column: int) -> int:
        """The index of the style that a cell shows: its own, its row's or its column's."""
        cell = self.rows.cell(row, column)
        if cell is not None:
            return _index(cell.get("s"))
        parent = self.rows.get(row)
        if parent and parent.node.get("customFormat") in ("1", "true"):
            return _index(parent.node.get("s"))
        entry = self.column(column)
        return _index(entry.get("style")) if entry is not None else 0

    def set_style(self, row: int, column: int, style: int) -> None:
        """Set a cell's style; the cell is added where there is none."""
        self.rows.get_or_add_cell(row, column).set("s", str(style))

    def column(self, column: int) -> Node | None:
        """The entry of ``cols`` that covers a column.

        Where several do, the last: programs that change one column of a span write it so, and those that read it let it win.
        """
        if self._columns is None:
            self._columns = {}
            for entry in self._column_entries():
                for at in _spanned(entry):
                    self._columns[at] = entry
        return self._columns.get(column)

    def _column_entries(self) -> list[Node]:
        cols = self.section("cols")
        entries = list(cols.nodes("col")) if cols is not None else []
        if len(entries) > _LAST_COLUMN or sum(len(_spanned(entry)) for entry in entries) > _MOST_SPANNED:
            raise Unsupported("too-many", "cols")
        return entries

    def forget_columns(self) -> None:
        """Read the entries of ``cols`` again after they were edited."""
        self._columns = None

    def merges(self) -> tuple[Area, ...]:
        """The merged ranges."""
        if self._merges is None:
            section = self.section("mergeCells")
            nodes = section.nodes("mergeCell") if section is not None else ()
            self._merges = tuple(area for node in nodes if (area := Area.read(node.get("ref"))))
        return self._merges

    def merge(self, area: Area) -> None:
        """Merge one more range."""
        section = self.get_or_add_section("mergeCells")
        section.append(self.element("mergeCell", {"ref": str(area)}))
        self._merges = None
        section.set("count", str(sum(1 for _ in section.nodes())))

    def unmerge(self, areas: Container[Area]) -> None:
        """Undo merged ranges."""
        section = self.section("mergeCells")
        if section is None:
            return
        section.remove_all([node for node in section.nodes("mergeCell") if Area.read(node.get("ref")) in areas])
        self._merges = None
        section.set("count", str(sum(1 for _ in section.nodes())))
        if not any(section.nodes()):
            self.root.remove(section)

    def cover(self, row: int, column: int) -> None:
        """Extend the sheet's dimension to a cell."""
        node = self.section("dimension")
        area = Area.read(node.get("ref")) if node is not None else None
        if node is not None and area is not None:
            node.set("ref", str(area.with_cell(row, column)))

    def join(self) -> bytes:
        """The part as bytes."""
        self._data.children = []
        content = self.rows.join()
        if content:
            self._data.append(content)
        return self._document.join()


def _index(text: str) -> int:
    return whole_number(text) or 0


def _spanned(entry: Node) -> range:
    """The columns of an entry of ``cols``, as far as the sheet goes."""
    return range(max(1, _index(entry.get("min"))), min(_LAST_COLUMN, _index(entry.get("max"))) + 1)
