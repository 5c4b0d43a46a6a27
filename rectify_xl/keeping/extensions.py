"""What Excel keeps in a sheet's list of extensions, as the plain elements that mean the same, and what has no such element.

Rules and dropdowns that refer to other sheets stand there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.ooxml.style_transfer import reprefixed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.keeping.work import Work
    from rectify_xl.ooxml.sheet_part import SheetPart
    from rectify_xl.ooxml.xml_tree import Node

# A bar of data has a plain rule beside it, which is kept.
_DRAWN = frozenset({"dataBar", "iconSet", "colorScale"})
_LOST = {
    "sparklineGroups": Text("迷你图", "sparklines"),
    "slicerList": Text("切片器", "slicers"),
    "timelineRefs": Text("日程表", "timelines"),
}
_ICONS = Text("自定义的图标集", "a custom set of icons")


def extended_checks(sheet: SheetPart) -> Iterator[Node]:
    """Dropdowns and other checks of what is typed that refer to other sheets, as plain ones."""
    for node in _extended(sheet, "dataValidations", "dataValidation"):
        formulas = ((f"formula{number}", node.find(f"formula{number}", "f")) for number in (1, 2))
        inside = [sheet.element(name, {}, formula.text) for name, formula in formulas if formula is not None]
        yield sheet.element("dataValidation", {**_attributes(node), "sqref": _area(node)}, *inside)


def extended_rules(sheet: SheetPart) -> Iterator[tuple[Node, Node]]:
    """Conditional formats that refer to other sheets, as plain ones; how they look stands in the rule itself (``dxf``)."""
    for section in _extended(sheet, "conditionalFormattings", "conditionalFormatting"):
        plain = sheet.element("conditionalFormatting", {"sqref": _area(section)})
        for rule in section.nodes("cfRule"):
            if rule.get("type") not in _DRAWN:
                inside = [sheet.element("formula", {}, formula.text) for formula in rule.nodes("f")]
                looks = [reprefixed(node, node.prefix, sheet.prefix) for node in rule.nodes("dxf")]
                yield plain, sheet.element("cfRule", _attributes(rule), *inside, *looks)


def extensions_lost(work: Work) -> Iterator[Text]:
    """What the office added that there is no plain element for."""
    for what in _without_plain_form(work.old) - _without_plain_form(work.base):
        yield Text(f"“{work.name}”中的{what.zh}", f"{what.en} in “{work.name}”")


def _without_plain_form(sheet: SheetPart) -> set[Text]:
    kinds = {group.local for ext in _entries(sheet) for group in ext.nodes()}
    rules = (rule for section in _extended(sheet, "conditionalFormattings", "conditionalFormatting") for rule in section.nodes())
    icons = {_ICONS for rule in rules if rule.get("type") == "iconSet"}
    return {_LOST[kind] for kind in kinds & _LOST.keys()} | icons


def _extended(sheet: SheetPart, group: str, local: str) -> Iterator[Node]:
    for entry in _entries(sheet):
        for holder in entry.nodes(group):
            yield from holder.nodes(local)


def _entries(sheet: SheetPart) -> Iterator[Node]:
    extensions = sheet.section("extLst")
    yield from extensions.nodes("ext") if extensions is not None else ()


def _area(node: Node) -> str:
    area = node.find("sqref")
    return area.text if area is not None else ""


def _attributes(node: Node) -> dict[str, object]:
    """The attributes without those of the extension alone."""
    return {name: value for name, value in node.plain_attributes.items() if name != "id"}
