"""What belongs to the workbook as a whole: its order of sheets, names, links to other workbooks, persons, the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.ooxml.properties import set_written_properties, written_properties
from rectify_xl.ooxml.style_transfer import reprefixed
from rectify_xl.ooxml.workbook_part import ORDER
from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.ooxml.xml_tree import element, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rectify_xl.keeping.books import Book, Books
    from rectify_xl.keeping.own_sheets import OwnSheets

# Relations of the workbook, by the last word of their type: what we write ourselves, and what goes along with the sheets.
_OURS = frozenset({
    "worksheet", "chartsheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet", "styles", "theme", "sharedStrings", "calcChain",
})  # fmt: skip
_CARRIED = frozenset({
    "person", "sheetMetadata", "cellImage", "externalLink", "externalLinkPath", "rdRichValue", "rdRichValueStructure",
    "rdRichValueTypes", "richValueRel", "rdArray", "rdSupportingPropertyBag", "rdSupportingPropertyBagStructure",
    "FeaturePropertyBag", "pivotCacheDefinition", "customXml",
})  # fmt: skip
_NAMED = {
    "vbaProject": Text("宏（VBA）", "macros (VBA)"),
    "slicerCache": Text("切片器", "slicers"),
    "timelineCache": Text("日程表", "timelines"),
    "connections": Text("外部数据连接", "connections to outside data"),
    "xmlMaps": Text("XML 映射", "XML maps"),
    "dialogsheet": Text("对话框工作表", "dialog sheets"),
    "xlMacrosheet": Text("宏表", "macro sheets"),
    "xlIntlMacrosheet": Text("宏表", "macro sheets"),
    "revisionHeaders": Text("共享工作簿的修订记录", "the revisions of a shared workbook"),
}
_SILENT = frozenset({"usernames", "volatileDependencies", "attachedToolbars", "printerSettings", "vbaProjectSignature"})
_BY_PROGRAMS = ("openpyxl",)  # as authors
SHEET_KINDS = frozenset({"worksheet", "chartsheet"})


def not_carried(book: Book) -> Iterator[Text]:
    """What the workbook as a whole has and cannot be kept."""
    for kind in dict.fromkeys(relation.kind.rpartition("/")[2] for relation in book.package.relations(book.part)):
        if kind in _NAMED:
            yield _NAMED[kind]
        elif kind not in _OURS | _CARRIED | _SILENT:
            yield Text(f"工作簿的附加内容（{kind}）", f"something the workbook holds ({kind})")


def carry_facts(books: Books, baseline: Book, own: OwnSheets) -> None:
    """Carry over what goes along with the sheets, and what somebody wrote into the properties of the document."""
    old, new = books.old, books.new
    ids: dict[str, str] = {}
    for relation in list(old.package.relations(old.part)):
        if relation.external or relation.target not in old.package or relation.kind.rpartition("/")[2] not in _CARRIED:
            continue
        part = own.grafting.copy(relation.target, relation.kind.rpartition("/")[2])
        ids[relation.id] = new.package.relate(new.part, relation.kind, part)
    for section, entry in (("externalReferences", "externalReference"), ("pivotCaches", "pivotCache")):
        found = old.workbook.root.find(section)
        kept = [node for node in found.nodes(entry) if node.get("*:id") in ids] if found is not None else []
        if kept:
            related = [new.package.relation_attributes(new.workbook.root, ids[node.get("*:id")]) for node in kept]
            made = [element(entry, {**node.plain_attributes, **relation}) for node, relation in zip(kept, related, strict=True)]
            place(new.workbook.root, element(section, {}, *made), ORDER)
    for name in ("workbookProtection",):
        section_node = old.workbook.root.find(name)
        if section_node is not None and section_node.attributes:
            place(new.workbook.root, reprefixed(section_node, old.workbook.root.prefix, ""), ORDER)
    _carry_theme(books)
    said, ours = written_properties(old.package), written_properties(baseline.package)
    changed = {name: text for name, text in said.items() if text not in (ours.get(name), *_BY_PROGRAMS)}
    if changed:
        set_written_properties(new.package, changed)


def _carry_theme(books: Books) -> None:
    """The office's charts and cells may name colours and fonts of its theme; ours name none."""
    parts = [book.package.related(book.part, "theme") for book in (books.old, books.new)]
    if all(parts):
        data = books.old.package.read(parts[0])
        if data != books.new.package.read(parts[1]) and not any(books.old.package.relations(parts[0])):
            books.new.package.write(parts[1], data)


def order_of(old: Sequence[str], new: Sequence[str], old_names: Mapping[str, str]) -> list[tuple[str, bool]]:
    """The sheets of the finished workbook: as the office has them, ours that are new behind the one they follow.

    Args:
        old: the sheets of the old workbook.
        new: those that we write.
        old_names: what those of the old workbook that are ours are called in the new one.

    Returns:
        Names with whether the sheet is the office's own.
    """
    found = [(old_names.get(name, name), name not in old_names) for name in old]
    found = [(name, own) for name, own in found if own or name in new]
    for at, name in enumerate(new):
        if (name, False) not in found:
            before = next((found.index((other, False)) for other in reversed(new[:at]) if (other, False) in found), -1)
            found.insert(before + 1, (name, False))
    return found


def arrange(
    books: Books, order: Sequence[tuple[str, bool]], parts: Mapping[str, str], names: Mapping[str, str]
) -> list[tuple[str, bool]]:
    """Enter the sheets in their order, with the defined names of the office.

    Args:
        books: the workbooks.
        order: see :func:`order_of`.
        parts: the new parts of the office's own sheets, by their names.
        names: what a sheet of ours is called in the new workbook, by its name in the old one.

    Returns:
        The order with the names that the sheets have now.
    """
    new, old = books.new.workbook, books.old.workbook
    sheets = new.root.find("sheets")
    assert sheets is not None  # noqa: S101 - we have written it
    ours = {node.get("name"): node for node in sheets.nodes()}
    before = {at: node.get("name") for at, node in enumerate(sheets.nodes())}
    states = {names[node.get("name")]: node.get("state") for node in old.entries() if node.get("name") in names}
    sheets.children = []
    number = max(whole_number(node.get("sheetId")) or 0 for node in ours.values())
    places: dict[tuple[str, bool], int] = {}
    taken = {name.casefold() for name in ours}
    for at, (name, own) in enumerate(order):
        places[name, own] = at
        if not own:
            if states.get(name) in ("hidden", "veryHidden"):
                ours[name].set("state", states[name])
            sheets.append(ours[name])
            continue
        entry = next(node for node in old.entries() if node.get("name") == name)
        number += 1
        relation = new.package.relate(new.part, books.old.kind_of(name), parts[name])
        attributes: dict[str, object] = {"name": _free(name, taken), "sheetId": number}
        if entry.get("state", "visible") != "visible":
            attributes["state"] = entry.get("state")
        sheets.append(element(f"{sheets.prefix}sheet", {**attributes, **new.package.relation_attributes(new.root, relation)}))
    for node in new.names():
        local = whole_number(node.get("localSheetId"))
        if local is not None:
            node.set("localSheetId", str(places[before[local], False]))
    _carry_names(books, places, names)
    _first_visible(books, order)
    return [(node.get("name"), own) for node, (_, own) in zip(new.entries(), order, strict=True)]


def _free(name: str, taken: set[str]) -> str:
    number, found = 1, name
    while found.casefold() in taken:
        number += 1
        found = f"{name[:26]}({number})"
    taken.add(found.casefold())
    return found


def _carry_names(books: Books, places: Mapping[tuple[str, bool], int], names: Mapping[str, str]) -> None:
    """The defined names of the office's own sheets, and of the workbook."""
    old, new = books.old.workbook, books.new.workbook
    sheet_names = [node.get("name") for node in old.entries()]
    known = {(node.get("name").casefold(), node.get("localSheetId")) for node in new.names()}
    for node in old.names():
        local = whole_number(node.get("localSheetId"))
        index: int | None = None
        if local is not None:
            if local >= len(sheet_names):
                continue
            name = sheet_names[local]
            ours = name in names
            if ours and node.get("name").startswith("_xlnm."):
                continue
            index = places.get((names.get(name, name), not ours))
            if index is None:
                continue
        if (node.get("name").casefold(), "" if index is None else str(index)) not in known:
            new.define(
                node.get("name"), node.text, index=index, hidden=node.get("hidden") in ("1", "true"), comment=node.get("comment")
            )


def _first_visible(books: Books, order: Sequence[tuple[str, bool]]) -> None:
    """Open the workbook on the first sheet of ours that can be seen, as it opens without the office's sheets."""
    sheets = books.new.workbook.entries()
    at = next((at for at, (_, own) in enumerate(order) if not own and sheets[at].get("state", "visible") == "visible"), 0)
    views = books.new.workbook.root.find("bookViews")
    for view in views.nodes("workbookView") if views is not None else ():
        if view.get("activeTab", "0") != str(at):
            view.set("activeTab", str(at))
