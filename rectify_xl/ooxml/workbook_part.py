"""The workbook part: sheets in order, defined names and views. Inserting a sheet shifts everything that counts sheets."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.ooxml.properties import add_title, remove_title
from rectify_xl.ooxml.xml_text import Unsupported, whole_number
from rectify_xl.ooxml.xml_tree import Node, element, place, xml_part

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rectify_xl.ooxml.package import Package

ORDER = (
    "fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets", "functionGroups",
    "externalReferences", "definedNames", "calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr",
    "smartTagTypes", "webPublishing", "fileRecoveryPr", "webPublishObjects", "extLst",
)  # fmt: skip
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
PRINT_AREA, PRINT_TITLES, FILTER = "_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm._FilterDatabase"
_LONGEST_NAME = 31
_MOST_SHEETS, _MOST_NAMES = 2_000, 20_000
_LAST_SHEET_ID = 65_534


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet of the workbook: its name, its index from 0, its part and whether it is visible."""

    name: str
    index: int
    part: str
    visible: bool


class WorkbookPart:
    """The workbook part of a package."""

    def __init__(self, package: Package) -> None:
        self.package = package
        named = (one.target for one in package.relations("") if posixpath.basename(one.target).lower() == "workbook.xml")
        self.part = package.related("", "officeDocument") or next(named, "xl/workbook.xml")
        self._document = package.document(self.part)
        self.root = self._document.root
        self._prefix = self.root.prefix
        if len(self.entries()) > _MOST_SHEETS or len(self.names()) > _MOST_NAMES:
            raise Unsupported("too-many", self.part)

    @property
    def date1904(self) -> bool:
        """Whether days are counted from 1904."""
        found = self.root.find("workbookPr")
        return found is not None and found.get("date1904") in ("1", "true")

    def entries(self) -> list[Node]:
        """The elements of the sheets in order."""
        sheets = self.root.find("sheets")
        return list(sheets.nodes("sheet")) if sheets is not None else []

    def sheets(self) -> Iterator[SheetEntry]:
        """The sheets in order."""
        targets = {one.id: one.target for one in self.package.relations(self.part) if not one.external}
        for index, node in enumerate(self.entries()):
            yield SheetEntry(
                node.get("name"), index, targets.get(node.get("*:id"), ""), node.get("state", "visible") == "visible"
            )

    def free_sheet_name(self, wanted: str) -> str:
        """The wanted name, numbered where a sheet has it."""
        taken = {node.get("name").casefold() for node in self.entries()}
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
        attributes: dict[str, object] = {"name": name, "sheetId": self._free_sheet_id()}
        attributes |= {"state": state} if state else {}
        entry = element(f"{self._prefix}sheet", {**attributes, **self.package.relation_attributes(self.root, relation)})
        sheets = self.root.find("sheets")
        if sheets is None:
            sheets = element(f"{self._prefix}sheets")
            place(self.root, sheets, ORDER)
        if not first:
            sheets.append(entry)
            return part
        sheets.insert(0, entry)
        self._shift_indexes(from_index=0, by=1)
        add_title(self.package, name)
        return part

    def remove_sheet(self, sheet: SheetEntry) -> None:
        """Remove a sheet, with its local names."""
        self.undefine(node for node in self.names() if node.get("localSheetId") == str(sheet.index))
        entry = self.entries()[sheet.index]
        sheets = self.root.find("sheets")
        assert sheets is not None  # noqa: S101 - it holds the entry
        sheets.remove(entry)
        self._shift_indexes(from_index=sheet.index, by=-1)
        self.package.unrelate(self.part, sheet.part)
        self.package.remove(sheet.part)
        remove_title(self.package, sheet.name)

    def _free_sheet_id(self) -> int:
        used = {whole_number(node.get("sheetId")) or 0 for node in self.entries()}
        after = max(used, default=0) + 1
        return after if after <= _LAST_SHEET_ID else min(set(range(1, len(used) + 2)) - used)

    def _shift_indexes(self, *, from_index: int, by: int) -> None:
        """Shift the sheet indexes in names and views."""
        for node in self.names():
            at = whole_number(node.get("localSheetId"))
            if at is not None and at >= from_index:
                node.set("localSheetId", str(at + by))
        views = self.root.find("bookViews")
        for view in views.nodes("workbookView") if views is not None else ():
            for key, default in (("activeTab", "0"), ("firstSheet", "")):
                at = whole_number(view.get(key, default))
                if at is not None and at >= from_index and (at or by > 0):
                    view.set(key, str(at + by))

    def show_first(self) -> None:
        """Make the first sheet the active one."""
        views = self.root.find("bookViews")
        if views is None:
            views = element(f"{self._prefix}bookViews", {}, element(f"{self._prefix}workbookView", {"activeTab": 0}))
            place(self.root, views, ORDER)
        for view in views.nodes("workbookView"):
            for key in ("activeTab", "firstSheet"):
                if view.get(key, "0") != "0":
                    view.set(key, "0")

    def names(self, name: str = "", *, prefix: str = "") -> list[Node]:
        """Defined names: all, those called ``name``, or those that begin with ``prefix``."""
        section = self.root.find("definedNames")
        found = list(section.nodes("definedName")) if section is not None else []
        if name:
            return [node for node in found if node.get("name") == name]
        return [node for node in found if node.get("name").startswith(prefix)] if prefix else found

    def name_of(self, name: str, index: int) -> Node | None:
        """The defined name that belongs to the sheet at an index."""
        return next((node for node in self.names(name) if node.get("localSheetId") == str(index)), None)

    def define(self, name: str, formula: str, *, index: int | None = None, hidden: bool = False, comment: str = "") -> None:
        """Add a defined name, to one sheet or to the workbook."""
        section = self.root.find("definedNames")
        if section is None:
            section = element(f"{self._prefix}definedNames")
            place(self.root, section, ORDER)
        attributes: dict[str, object] = {"name": name}
        attributes |= {} if index is None else {"localSheetId": index}
        attributes |= {"comment": comment} if comment else {}
        attributes |= {"hidden": 1} if hidden else {}
        section.append(element(f"{self._prefix}definedName", attributes, formula))

    def undefine(self, names: Iterable[Node]) -> None:
        """Remove defined names."""
        section = self.root.find("definedNames")
        if section is not None:
            section.remove_all(names)
            if not any(section.nodes()):
                self.root.remove(section)

    def styles_part(self) -> str:
        """The styles part; an empty one is added where the package has none."""
        part = self.package.related(self.part, "styles")
        if not part:
            part = posixpath.join(posixpath.dirname(self.part), "styles.xml")
            namespace = self.root.get(f"xmlns:{self._prefix[:-1]}" if self._prefix else "xmlns")
            normal = element("cellStyle", {"name": "Normal", "xfId": 0, "builtinId": 0})
            root = element("styleSheet", {"xmlns": namespace}, element("cellStyles", {"count": 1}, normal))
            self.package.write(part, xml_part(root), _STYLES_TYPE)
            if not any(one.target == part for one in self.package.relations(self.part)):
                self.package.relate(self.part, "styles", part)
        return part

    def save(self) -> None:
        """Write the part back if it was changed."""
        data = self._document.join()
        if data != self.package.read(self.part):
            self.package.write(self.part, data)
