"""Words that the office marked within a cell: 请【务必】督办 in red, bold, underlined."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.keeping.looks import FALLBACKS
from rectify_xl.keeping.own_sheets import inline_text
from rectify_xl.ooxml.cells import change_text, is_marked, text_of
from rectify_xl.ooxml.style_transfer import reprefixed
from rectify_xl.ooxml.xml_text import whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.keeping.work import Work
    from rectify_xl.ooxml.xml_tree import Node


def keep_marked_words(work: Work) -> None:
    """Mark the same words again, in cells that still say the same."""
    rows = {*work.old_place.rows.values(), *work.old_place.stale}
    columns = frozenset(work.old_place.columns.values())
    for row, column, rich in _marked(work):
        now = work.moves.cell(row, column) if row in rows and column in columns else None
        said = work.books.new.text(work.new_place.name, *now) if now else ""
        if now is None or not said or said != text_of(rich).strip():
            continue
        change_text(rich, said)
        cell = work.new.rows.get_or_add_cell(*now)
        _set_font(rich, str(work.books.new.looks.of(whole_number(cell.get("s")) or 0)["font.name"]))
        cell.children = [rich]
        cell.set("t", "inlineStr")


def _set_font(rich: Node, name: str) -> None:
    """Give runs the font of their cell where a program named one in its place that is not installed where it ran."""
    for font in rich.every("rFont"):
        if font.get("val").startswith(FALLBACKS):
            font.set("val", name)


def _marked(work: Work) -> Iterator[tuple[int, int, Node]]:
    """The cells with marked words, and these as the element ``is`` of a cell."""
    shared = work.books.old.marked_texts
    for row, column, index in work.old.rows.shared_texts(shared):
        yield row, column, inline_text(work.books, index, work.new.prefix)
    for row, column in work.old.rows.own_runs():
        cell = work.old.rows.look(row, column)
        rich = cell.find("is") if cell is not None else None
        if rich is not None and is_marked(rich.join()):
            yield row, column, reprefixed(rich, work.old.prefix, work.new.prefix)
