"""A worksheet part: its cells, and the sections around them in the order that the schema demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ooxml.areas import Area
from rectify_xl.ooxml.markup import Document, Node, element, place
from rectify_xl.ooxml.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing",
    "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts",
    "extLst",
)  # fmt: skip


class SheetPart:
    """One worksheet being edited."""

    def __init__(self, part: str, data: bytes) -> None:
        self.part = part
        self._document = Document(data, "sheetData")
        self.root = self._document.root
        self.prefix = self.root.prefix
        found = self.root.find("sheetData")
        if found is None:
            found = element(f"{self.prefix}sheetData")
            place(self.root, found, ORDER)
        self._data = found
        self._columns: list[tuple[int, int, Node]] | None = None
        self.rows = Rows(b"".join(child for child in found.children if isinstance(child, bytes)), self.prefix)

    def make(self, local: str, attributes: dict[str, object] | None = None, *inside: Node | str) -> Node:
        """A new element under the part's own prefix."""
        return element(f"{self.prefix}{local}", attributes, *inside)

    def section(self, local: str) -> Node | None:
        """A section of the sheet."""
        return self.root.find(local)

    def made_section(self, local: str, attributes: dict[str, object] | None = None) -> Node:
        """A section of the sheet, put into its place where it is missing."""
        found = self.root.find(local)
        if found is None:
            found = self.make(local, attributes)
            place(self.root, found, ORDER)
        return found

    def style(self, row: int, column: int) -> int:
        """The index of the style that a cell shows: its own, its row's or its column's."""
        cell = self.rows.cell(row, column)
        if cell is not None:
            return _index(cell.get("s"))
        home = self.rows.get(row)
        if home and home.node.get("customFormat") in ("1", "true"):
            return _index(home.node.get("s"))
        entry = self.column(column)
        return _index(entry.get("style")) if entry is not None else 0

    def set_style(self, row: int, column: int, style: int) -> None:
        """Give a cell a style; a cell that was not there is made."""
        self.rows.made_cell(row, column).set("s", str(style))

    def column(self, column: int) -> Node | None:
        """The entry of ``cols`` that covers a column."""
        if self._columns is None:
            cols = self.section("cols")
            entries = cols.nodes("col") if cols is not None else ()
            self._columns = [(_index(entry.get("min")), _index(entry.get("max")), entry) for entry in entries]
        return next((entry for first, last, entry in self._columns if first <= column <= last), None)

    def columns_changed(self) -> None:
        """Say that entries of ``cols`` were edited."""
        self._columns = None

    def merges(self) -> Iterator[Area]:
        """The merged ranges."""
        section = self.section("mergeCells")
        for node in section.nodes("mergeCell") if section is not None else ():
            area = Area.read(node.get("ref"))
            if area:
                yield area

    def merge(self, area: Area) -> None:
        """Merge one more range."""
        section = self.made_section("mergeCells")
        section.append(self.make("mergeCell", {"ref": str(area)}))
        section.set("count", str(sum(1 for _ in section.nodes())))

    def unmerge(self, area: Area) -> None:
        """Undo a merged range."""
        section = self.section("mergeCells")
        for node in list(section.nodes("mergeCell")) if section is not None else ():
            if section is not None and Area.read(node.get("ref")) == area:
                section.remove(node)
                section.set("count", str(sum(1 for _ in section.nodes())))
                if not any(section.nodes()):
                    self.root.remove(section)

    def cover(self, row: int, column: int) -> None:
        """Let the sheet's dimension take in a cell."""
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
    return int(text) if text.isdigit() else 0
