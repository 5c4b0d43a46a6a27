"""The workbook part: sheets in order, defined names, views; a sheet put first moves everything that counts sheets."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.ooxml.markup import Node, element, place
from rectify_xl.ooxml.properties import remove_title, titled_first

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.ooxml.package import Package

_ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr",
    "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
PRINT_AREA, PRINT_TITLES, FILTER = "_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm._FilterDatabase"
_LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet of the workbook: its name, its place from 0, its part and whether it is shown."""

    name: str
    index: int
    part: str
    visible: bool


class Book:
    """The workbook part of a package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        main = (one.target for one in package.relations("") if posixpath.basename(one.target).lower() == "workbook.xml")
        self.part = next(main, "xl/workbook.xml")
        self._document = package.document(self.part)
        self.root = self._document.root
        self._prefix = self.root.prefix

    @property
    def date1904(self) -> bool:
        """Whether days are counted from 1904."""
        found = self.root.find("workbookPr")
        return found is not None and found.get("date1904") in ("1", "true")

    def _entries(self) -> list[Node]:
        sheets = self.root.find("sheets")
        return list(sheets.nodes("sheet")) if sheets is not None else []

    def sheets(self) -> Iterator[SheetEntry]:
        """The sheets in order."""
        targets = {one.id: one.target for one in self.package.relations(self.part) if not one.external}
        for index, node in enumerate(self._entries()):
            yield SheetEntry(
                node.get("name"), index, targets.get(node.get("*:id"), ""), node.get("state", "visible") == "visible"
            )

    def free_sheet_name(self, wanted: str) -> str:
        """The wanted name, numbered where a sheet has it."""
        taken = {node.get("name").casefold() for node in self._entries()}
        number, name = 1, wanted
        while name.casefold() in taken:
            number += 1
            name = f"{wanted[: _LONGEST_NAME - 5]}({number})"
        return name

    def insert_sheet(self, name: str, data: bytes, *, first: bool = True, state: str = "") -> str:
        """Add a worksheet before the others (or behind them) and return its part's name."""
        part = self.package.free_name(posixpath.join(posixpath.dirname(self.part), "worksheets/sheet{}.xml"))
        self.package.write(part, data, SHEET_TYPE)
        relation = self.package.relate(self.part, "worksheet", part)
        used = [int(node.get("sheetId")) for node in self._entries() if node.get("sheetId").isdigit()]
        attributes: dict[str, object] = {"name": name, "sheetId": max(used, default=0) + 1}
        attributes |= {"state": state} if state else {}
        entry = element(f"{self._prefix}sheet", {**attributes, **self.package.relation_attributes(self.root, relation)})
        sheets = self.root.find("sheets")
        if sheets is None:
            sheets = element(f"{self._prefix}sheets")
            place(self.root, sheets, _ORDER)
        if not first:
            sheets.append(entry)
            return part
        sheets.insert(0, entry)
        self._move_indexes(from_index=0, by=1)
        titled_first(self.package, name)
        return part

    def remove_sheet(self, sheet: SheetEntry) -> None:
        """Take a sheet out, with the names that are its own."""
        for node in list(self._names()):
            if node.get("localSheetId") == str(sheet.index):
                self._remove_name(node)
        entry = self._entries()[sheet.index]
        sheets = self.root.find("sheets")
        assert sheets is not None  # noqa: S101 - it holds the entry
        sheets.remove(entry)
        self._move_indexes(from_index=sheet.index, by=-1)
        self.package.unrelate(self.part, sheet.part)
        self.package.remove(sheet.part)
        remove_title(self.package, sheet.name)

    def _move_indexes(self, *, from_index: int, by: int) -> None:
        """Count sheets anew in names and views."""
        for node in self._names():
            at = node.get("localSheetId")
            if at.isdigit() and int(at) >= from_index:
                node.set("localSheetId", str(int(at) + by))
        views = self.root.find("bookViews")
        for view in views.nodes("workbookView") if views is not None else ():
            for key, default in (("activeTab", "0"), ("firstSheet", "")):
                at = view.get(key, default)
                if at.isdigit() and int(at) >= from_index and (int(at) or by > 0):
                    view.set(key, str(int(at) + by))

    def show_first(self) -> None:
        """Let the workbook open at its first sheet."""
        views = self.root.find("bookViews")
        if views is None:
            views = element(f"{self._prefix}bookViews", {}, element(f"{self._prefix}workbookView", {"activeTab": 0}))
            place(self.root, views, _ORDER)
        for view in views.nodes("workbookView"):
            for key in ("activeTab", "firstSheet"):
                if view.get(key, "0") != "0":
                    view.set(key, "0")

    def _names(self) -> Iterator[Node]:
        home = self.root.find("definedNames")
        return home.nodes("definedName") if home is not None else iter(())

    def names(self, name: str = "", *, prefix: str = "") -> list[Node]:
        """Defined names: those called ``name``, or those that begin with ``prefix``."""
        return [node for node in self._names() if (node.get("name") == name if name else node.get("name").startswith(prefix))]

    def name_of(self, name: str, index: int) -> Node | None:
        """The defined name that belongs to the sheet at an index."""
        return next((node for node in self.names(name) if node.get("localSheetId") == str(index)), None)

    def define(self, name: str, formula: str, *, index: int | None = None, hidden: bool = False, comment: str = "") -> None:
        """Add a defined name, to one sheet or to the workbook."""
        home = self.root.find("definedNames")
        if home is None:
            home = element(f"{self._prefix}definedNames")
            place(self.root, home, _ORDER)
        attributes: dict[str, object] = {"name": name}
        attributes |= {} if index is None else {"localSheetId": index}
        attributes |= {"comment": comment} if comment else {}
        attributes |= {"hidden": 1} if hidden else {}
        home.append(element(f"{self._prefix}definedName", attributes, formula))

    def undefine(self, node: Node) -> None:
        """Remove a defined name."""
        self._remove_name(node)

    def _remove_name(self, node: Node) -> None:
        home = self.root.find("definedNames")
        if home is not None:
            home.remove(node)
            if not any(home.nodes()):
                self.root.remove(home)

    def styles_part(self) -> str:
        """The styles part; an empty one is added where the package has none."""
        part = self.package.related(self.part, "styles")
        if not part:
            part = posixpath.join(posixpath.dirname(self.part), "styles.xml")
            namespace = self.root.get(f"xmlns:{self._prefix[:-1]}" if self._prefix else "xmlns")
            normal = element("cellStyle", {"name": "Normal", "xfId": 0, "builtinId": 0})
            root = element("styleSheet", {"xmlns": namespace}, element("cellStyles", {"count": 1}, normal))
            self.package.write(part, b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + root.join(), _STYLES_TYPE)
            if not any(one.target == part for one in self.package.relations(self.part)):
                self.package.relate(self.part, "styles", part)
        return part

    def save(self) -> None:
        """Write the part back if it was changed."""
        data = self._document.join()
        if data != self.package.read(self.part):
            self.package.write(self.part, data)
