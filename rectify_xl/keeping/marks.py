"""Conditional formats, dropdowns, links and merged cells that the office added to our sheets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1, from_a1
from rectify_xl.common.i18n import Text
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.keeping.extensions import extended_checks, extended_rules
from rectify_xl.keeping.formulas import moved_formula
from rectify_xl.ooxml.areas import Area
from rectify_xl.ooxml.sheet_part import ORDER
from rectify_xl.ooxml.style_transfer import reprefixed
from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.ooxml.xml_tree import Node, place_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.keeping.places import Moves
    from rectify_xl.keeping.work import Work
    from rectify_xl.ooxml.sheet_part import SheetPart

_SPACES = LazyPattern(r"\s+")
_LENGTH_OF_TEXT = LazyPattern(r"LEN\((\"[^\"]*\")\)")
_RELATIONS = "hyperlink"
# Of one kind on one sheet. Copying rows with Excel multiplies them into thousands; each costs a tenth of a millisecond and more.
_MOST = 20_000


def keep_conditions(work: Work) -> list[Text]:
    """Conditional formats that are not ours, before ours as a program puts a new one; returns what is lost."""
    rules = list(_rules(work.old))
    if len(rules) > _MOST:
        return [_too_many(work, len(rules), Text("条件格式", "conditional formats"))]
    ours = Counter(_kind(rule, section.get("sqref")) for section, rule in _rules(work.base))
    added: list[Node] = []
    for section, rule in rules:
        kind = _kind(rule, _moved_areas(work.before, section.get("sqref")))
        if ours[kind]:
            ours[kind] -= 1
            continue
        areas = _moved_areas(work.moves, section.get("sqref"))
        if not areas:
            continue
        made = _rule(work, rule)
        first = _first(section.get("sqref"))
        for formula in made.nodes("formula"):
            formula.set_text(moved_formula(work, formula.text, first, _first(areas)) or formula.text)
        added.append(work.new.element("conditionalFormatting", {"sqref": areas}, made))
    if not added:
        return []
    for _, rule in _rules(work.new):
        rule.set("priority", str((whole_number(rule.get("priority")) or 0) + len(added)))
    for number, section in enumerate(added, 1):
        for rule in section.nodes("cfRule"):
            rule.set("priority", str(number))
    place_all(work.new.root, added, ORDER)
    return []


def _too_many(work: Work, count: int, what: Text) -> Text:
    return Text(
        f"“{work.name}”中的 {count} 条{what.zh}（最多 {_MOST} 条）", f"{count} {what.en} in “{work.name}” (at most {_MOST})"
    )


def _rule(work: Work, rule: Node) -> Node:
    """A rule of the old workbook for the new one."""
    made = reprefixed(rule, work.old.prefix, work.new.prefix)
    made.remove_all(list(made.nodes("extLst")))  # finer looks of a bar of data
    looks = made.find("dxf")
    if looks is not None:
        made.remove(looks)
        made.set("dxfId", str(work.books.new.styles.index("dxfs", reprefixed(looks, work.new.prefix, ""))))
    elif made.get("dxfId"):
        made.set("dxfId", str(work.books.transfer.differential(whole_number(made.get("dxfId")) or 0)))
    return made


def _rules(sheet: SheetPart) -> Iterator[tuple[Node, Node]]:
    for section in sheet.root.nodes("conditionalFormatting"):
        for rule in section.nodes("cfRule"):
            yield section, rule
    yield from extended_rules(sheet)


def _kind(rule: Node, areas: str) -> tuple[object, ...]:
    """What a rule asks, as every program writes it; bars and colours, which ask nothing, are distinguished by their columns."""
    formulas = (
        _LENGTH_OF_TEXT.sub(lambda match: str(len(match[1]) - 2), _SPACES.sub("", node.text)) for node in rule.nodes("formula")
    )
    operator = rule.get("operator") if rule.get("type") == "cellIs" else ""
    asked = tuple("1" if formula == "TRUE" else formula for formula in formulas)
    columns = frozenset((area.left, area.right) for one in areas.split() if (area := Area.read(one)))
    return (rule.get("type"), operator, asked or columns)


def keep_choices(work: Work) -> list[Text]:
    """Dropdowns and other checks of what is typed; returns what is lost."""
    checks = list(_checks(work.old))
    if len(checks) > _MOST:
        return [_too_many(work, len(checks), Text("数据有效性", "data validations"))]
    ours = Counter(_check(node) for node in _checks(work.base))
    added: list[Node] = []
    for node in checks:
        kind = _check(node)
        if ours[kind]:
            ours[kind] -= 1
            continue
        areas = _moved_areas(work.moves, node.get("sqref"))
        if areas:
            made = reprefixed(node, work.old.prefix, work.new.prefix)
            made.set("sqref", areas)
            added.append(made)
    if added:
        section = work.new.get_or_add_section("dataValidations")
        for made in added:
            section.append(made)
        section.set("count", str(sum(1 for _ in section.nodes())))
    return []


def _checks(sheet: SheetPart) -> Iterator[Node]:
    section = sheet.section("dataValidations")
    yield from section.nodes("dataValidation") if section is not None else ()
    yield from extended_checks(sheet)


def _check(node: Node) -> tuple[str, ...]:
    formulas = [_SPACES.sub("", one.text) for one in node.nodes()]
    # A list has one formula; LibreOffice writes a second one of no meaning.
    return (node.get("type"), *(formulas[:1] if node.get("type") == "list" else formulas))


def keep_free_ranges(work: Work) -> None:
    """Ranges that may be edited though the sheet is protected."""
    section = work.old.section("protectedRanges")
    for node in section.nodes("protectedRange") if section is not None else ():
        areas = _moved_areas(work.moves, node.get("sqref"))
        if areas:
            made = reprefixed(node, work.old.prefix, work.new.prefix)
            made.set("sqref", areas)
            work.new.get_or_add_section("protectedRanges").append(made)


def keep_links(work: Work) -> None:
    """Links that the office put on cells."""
    ours = {_link(node) for node in _links(work.base)}
    here = {node.get("ref") for node in _links(work.new)}
    own = {column for key, column in work.old_place.columns.items() if key not in work.added}
    targets = {one.id: one for one in work.books.old.package.relations(work.old.part)}
    for node in _links(work.old):
        area = Area.read(node.get("ref"))
        now = work.moves.cell(area.top, area.left) if area else None
        before = work.before.cell(area.top, area.left) if area else None
        if area is None or now is None or (before and (a1(*before), *_link(node)[1:]) in ours) or a1(*now) in here:
            continue
        relation = targets.get(node.get("*:id"))
        made = reprefixed(node, work.old.prefix, work.new.prefix)
        made.set("ref", a1(*now))
        if relation is not None and relation.external:
            made_id = work.books.new.package.relate_outside(work.new.part, relation.kind, relation.target)
            for name, value in work.books.new.package.relation_attributes(work.new.root, made_id).items():
                made.set(name, str(value))
        elif not made.get("location") or (_leads_to_us(work, made) and area.left in own):
            continue
        work.new.get_or_add_section("hyperlinks").append(made)


def _leads_to_us(work: Work, link: Node) -> bool:
    """Whether a link leads to a sheet of ours, as our own do from their columns."""
    return link.get("location").rpartition("!")[0].strip("'") in work.baseline.entries


def _links(sheet: SheetPart) -> Iterator[Node]:
    section = sheet.section("hyperlinks")
    yield from section.nodes("hyperlink") if section is not None else ()


def _link(node: Node) -> tuple[str, str]:
    return node.get("ref").partition(":")[0], node.get("location").replace("'", "").replace("$", "").removeprefix("#")


def merged_cells(work: Work) -> Iterator[Text]:
    """Cells that the office merged in a list: there is no such thing in one that is rewritten."""
    ours = set(work.base.merges())
    first = work.old_place.head
    last = work.old_place.last_row
    found = (area for area in work.old.merges() if area not in ours and first <= area.bottom and area.top <= last)
    for area in dict.fromkeys(found):
        yield Text(f"“{work.name}”{area} 的合并单元格", f"the merged cells {area} of “{work.name}”")


def _moved_areas(moves: Moves, written: str) -> str:
    areas = (Area.read(one) for one in written.split())
    return " ".join(str(now) for area in areas if area and (now := moves.area(area)))


def _first(areas: str) -> tuple[int, int]:
    try:
        return from_a1(areas.split(maxsplit=1)[0].partition(":")[0].replace("$", ""))
    except (ValueError, IndexError):
        return 1, 1
