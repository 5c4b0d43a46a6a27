"""Document properties: the custom ones, and the list of sheet titles that a file manager shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.ooxml.xml_tree import Document, Node, element, xml_part

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ooxml.package import Package

_USUAL_PART = "docProps/custom.xml"
# Core properties with what a person writes into them; dates, revisions and who saved last are the programs' own.
_WRITTEN = ("dc:title", "dc:subject", "dc:creator", "cp:keywords", "dc:description", "cp:category")
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FIRST_ID = 2  # 0 and 1 are reserved
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def custom_properties(package: Package) -> dict[str, str]:
    """The custom document properties as texts."""
    part = _custom_part(package)
    if part not in package:
        return {}
    root = package.document(part).root
    return {node.get("name"): "".join(value.text for value in node.nodes()) for node in root.nodes("property")}


def _custom_part(package: Package) -> str:
    return package.related("", "custom-properties") or _USUAL_PART


def set_custom_properties(package: Package, values: Mapping[str, str | None]) -> None:
    """Set custom document properties; those given as None are removed, and with the last one the part."""
    part = _custom_part(package)
    if part in package:
        document = package.document(part)
    elif any(value is not None for value in values.values()):
        document = Document(xml_part(element("Properties", {"xmlns": _CUSTOM, "xmlns:vt": _VALUES})))
    else:
        return
    root = document.root
    root.remove_all([node for node in root.nodes("property") if node.get("name") in values])
    first = max([_FIRST_ID - 1, *(whole_number(node.get("pid")) or 0 for node in root.nodes())]) + 1
    for number, (name, value) in enumerate(((k, v) for k, v in values.items() if v is not None), first):
        entry: dict[str, object] = {"fmtid": _FORMAT, "pid": number, "name": name}
        root.append(element(f"{root.prefix}property", entry, _text_value(root, value)))
    if any(root.nodes("property")):
        package.write(part, document.join(), _CUSTOM_TYPE)
        if not any(one.target == part for one in package.relations("")):
            package.relate("", "custom-properties", part)
    else:
        package.unrelate("", part)
        package.remove(part)


def _text_value(root: Node, value: str) -> Node:
    declared = next((name[6:] for name, uri in root.attributes.items() if uri == _VALUES and name.startswith("xmlns:")), "")
    if declared:
        return element(f"{declared}:lpwstr", {}, value)
    return element("vt:lpwstr", {"xmlns:vt": _VALUES}, value)


def written_properties(package: Package) -> dict[str, str]:
    """The core properties that people write (title, author, keywords …), those that say something, by their usual name."""
    part = package.related("", "core-properties")
    root = package.document(part).root if part else None
    found = {name: node.text for name in _WRITTEN if root is not None and (node := root.find(name.partition(":")[2])) is not None}
    return {name: text for name, text in found.items() if text.strip()}


def set_written_properties(package: Package, values: Mapping[str, str]) -> None:
    """Set core properties of a package that has the part with the usual prefixes, as every one of ours."""
    part = package.related("", "core-properties")
    document = package.document(part)
    for name, text in values.items():
        node = document.root.find(name.partition(":")[2])
        if node is None:
            document.root.append(element(name, {}, text))
        else:
            node.set_text(text)
    package.write(part, document.join())


def add_title(package: Package, name: str) -> None:
    """Add the name of a new first sheet to the titles of parts, where the list has the usual form."""
    _edit_titles(package, name, add=True)


def remove_title(package: Package, name: str) -> None:
    """Remove a sheet's name from the titles of parts."""
    _edit_titles(package, name, add=False)


def _edit_titles(package: Package, name: str, *, add: bool) -> None:
    part = package.related("", "extended-properties")
    if not part:
        return
    document = package.document(part)
    pairs, titles = document.root.find("HeadingPairs", "vector"), document.root.find("TitlesOfParts", "vector")
    # Pairs of a heading and a count; the worksheets come first, whatever the heading's language.
    counts = list(pairs.every("i4")) if pairs is not None else []
    worksheets = whole_number(counts[0].text) if counts else None
    if worksheets is None or titles is None:
        return
    shown = list(titles.nodes("lpstr"))
    if add:
        titles.insert(next(at for at, child in enumerate(titles.children) if child is shown[0]) if shown else 0,
                      element(f"{titles.prefix}lpstr", {}, name))  # fmt: skip
    else:
        named = next((node for node in shown[:worksheets] if node.text == name), None)
        if named is None:
            return
        titles.remove(named)
    counts[0].set_text(str(worksheets + (1 if add else -1)))
    titles.set("size", str(sum(1 for _ in titles.nodes())))
    package.write(part, document.join())
