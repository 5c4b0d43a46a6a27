"""How the office set a sheet up: what stays in sight, zoom, the colour of the tab, the filter, paper, protection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.keeping.sizes import hidden
from rectify_xl.ooxml.areas import Area
from rectify_xl.ooxml.sheet_part import ORDER
from rectify_xl.ooxml.style_transfer import reprefixed
from rectify_xl.ooxml.xml_text import whole_number
from rectify_xl.ooxml.xml_tree import Node, place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.keeping.books import Book
    from rectify_xl.keeping.work import Work
    from rectify_xl.ooxml.sheet_part import SheetPart

_USUAL_ZOOM = ("", "100")
_PAPER = ("orientation", "paperSize", "scale", "fitToWidth", "fitToHeight", "pageOrder", "blackAndWhite")
_MARGINS = ("left", "right", "top", "bottom")
_MARGIN_MATTERS = 0.02  # inches
_UNDER_SHEET = ("tabColor", "outlinePr", "pageSetUpPr")


def keep_view(work: Work) -> None:
    """Panes, zoom and colour of the tab, where the office changed them; what a program lost is not taken for a change."""
    old, base, new = (_view(sheet) for sheet in (work.old, work.base, work.new))
    if old is not None and new is not None:
        zoom = old.get("zoomScale")
        if zoom not in _USUAL_ZOOM and (base is None or zoom != base.get("zoomScale")):
            new.set("zoomScale", zoom)
            new.set("zoomScaleNormal", zoom)
        panes = [_pane(view) for view in (old, base)]
        if panes[0] and panes[0] != panes[1]:
            _set_pane(work, old, new)
    colours = [_tab(sheet) for sheet in (work.old, work.base)]
    if colours[0] is not None and work.books.old.colour(colours[0]) != work.baseline.colour(colours[1]):
        _set_tab(work, colours[0])


def _view(sheet: SheetPart) -> Node | None:
    views = sheet.section("sheetViews")
    return views.find("sheetView") if views is not None else None


def _pane(view: Node | None) -> tuple[str, ...]:
    pane = view.find("pane") if view is not None else None
    return () if pane is None else tuple(pane.get(name, "0").removesuffix(".0") for name in ("xSplit", "ySplit", "state"))


def _set_pane(work: Work, old: Node, new: Node) -> None:
    """The panes of the old sheet; those that froze the rows up to the headings do so again."""
    new.remove_all(list(new.nodes("pane", "selection")))
    parts = [reprefixed(node, work.old.prefix, work.new.prefix) for node in old.nodes("pane", "selection")]
    for at, node in enumerate(parts):
        new.insert(at, node)


def _tab(sheet: SheetPart) -> Node | None:
    properties = sheet.section("sheetPr")
    return properties.find("tabColor") if properties is not None else None


def _set_tab(work: Work, colour: Node) -> None:
    properties = work.new.get_or_add_section("sheetPr")
    properties.remove_all(list(properties.nodes("tabColor")))
    made = work.new.element("tabColor", {"rgb": f"FF{work.books.old.colour(colour) or '000000'}"})
    place(properties, made, _UNDER_SHEET)


def keep_paper(work: Work) -> None:
    """Orientation, paper, scale and margins that the office set for printing, and a protection that it put on."""
    for section, names in (("pageSetup", _PAPER), ("pageMargins", _MARGINS)):
        old, base = work.old.section(section), work.base.section(section)
        if old is None or base is None:
            continue
        changed = [name for name in names if old.get(name) and not _same(old.get(name), base.get(name), section)]
        if section == "pageSetup":
            changed = [name for name in changed if (name, old.get(name)) not in _PROGRAMS_OWN]
        for name in changed:
            work.new.get_or_add_section(section).set(name, old.get(name))
    protection = work.old.section("sheetProtection")
    if protection is not None and work.base.section("sheetProtection") is None:
        own = work.new.section("sheetProtection")
        if own is not None:
            work.new.root.remove(own)
        place(work.new.root, reprefixed(protection, work.old.prefix, work.new.prefix), ORDER)


# What programs write where nothing was set, and which therefore says nothing.
_PROGRAMS_OWN = frozenset({
    ("pageOrder", "downThenOver"), ("blackAndWhite", "false"), ("blackAndWhite", "0"), ("scale", "100"), ("fitToWidth", "1"),
    ("fitToHeight", "1"),
})  # fmt: skip


def _same(one: str, other: str, section: str) -> bool:
    if section == "pageMargins":
        try:
            return abs(float(one) - float(other or "0")) < _MARGIN_MATTERS
        except ValueError:
            return True
    return {"true": "1", "false": "0"}.get(one, one) == other


def keep_filter(work: Work) -> None:
    """The filter as the office set it: its criteria, and the rows that it leaves out."""
    old, new = work.old.section("autoFilter"), work.new.section("autoFilter")
    area, now = Area.read(old.get("ref")) if old is not None else None, Area.read(new.get("ref")) if new is not None else None
    if old is None or new is None or area is None or now is None:
        return
    new.children = []
    for node in old.nodes("filterColumn"):
        at = whole_number(node.get("colId"))
        column = work.moves.column(area.left + at) if at is not None else None
        if column is None or not now.left <= column <= now.right or not any(node.nodes()):
            continue
        made = reprefixed(node, work.old.prefix, work.new.prefix)
        made.set("colId", str(column - now.left))
        for coloured in made.every("colorFilter"):
            coloured.set("dxfId", str(work.books.transfer.differential(whole_number(coloured.get("dxfId")) or 0)))
        new.append(made)
    if any(new.nodes()):
        new.children = [*sorted(new.nodes(), key=lambda node: whole_number(node.get("colId")) or 0)]
        properties = work.new.get_or_add_section("sheetPr")
        properties.set("filterMode", "1")
        _hide_others(work, new, now)


def _hide_others(work: Work, criteria: Node, area: Area) -> None:
    """Apply criteria that are lists of values to the rows as they are now; a row that was hidden by hand stays hidden."""
    wanted: dict[int, tuple[frozenset[str], bool]] = {}
    for node in criteria.nodes():
        values = node.find("filters")
        if values is None or any(values.nodes("dateGroupItem")):
            return  # rows stay hidden as they were, as in Excel until somebody applies the filter again
        texts = frozenset(one.get("val") for one in values.nodes("filter"))
        wanted[area.left + (whole_number(node.get("colId")) or 0)] = texts, values.get("blank") in ("1", "true")
    back = {now: old for old, _, now, _ in work.columns() if now is not None}

    def fits(book: Book, name: str, row: int, columns: Mapping[int, int]) -> bool:
        shown = ((book.text(name, row, columns.get(at) or 0), *wanted[at]) for at in wanted)
        return all(text in texts if text else blank for text, texts, blank in shown)

    for key, number in work.new_place.rows.items():
        was = work.old_place.rows.get(key)
        by_hand = was is not None and hidden(work.old, was) and fits(work.books.old, work.name, was, back)
        left_out = by_hand or not fits(work.books.new, work.new_place.name, number, {at: at for at in wanted})
        row = work.new.rows.get_or_add(number).node
        if left_out:
            row.set("hidden", "1")
        else:
            row.drop("hidden")


def keep_breaks(work: Work) -> None:
    """Page breaks that the office set, before the same rows."""
    for section, moved in (("rowBreaks", work.moves.row), ("colBreaks", work.moves.column)):
        old, base = work.old.section(section), work.base.section(section)
        if old is None or base is not None or work.new.section(section) is not None:
            continue
        # A break stands behind the row that it names.
        found = [
            (node, moved((whole_number(node.get("id")) or 0) + 1))
            for node in old.nodes("brk")
            if node.get("man") in ("1", "true")
        ]
        kept = [
            work.new.element("brk", {"id": at - 1, "max": node.get("max", "16383"), "man": 1})
            for node, at in found
            if at and at > 1
        ]
        if kept:
            place(work.new.root, work.new.element(section, {"count": len(kept), "manualBreakCount": len(kept)}, *kept), ORDER)
