"""汇总: a page without rows of its own. What the office did there is known by its cell."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.common.i18n import Text
from rectify_xl.keeping.cell_looks import keep_looks
from rectify_xl.keeping.drawings import keep_drawings
from rectify_xl.keeping.free_cells import MOST_CELLS, cover, is_free, put, too_many
from rectify_xl.keeping.left_over import LeftOver
from rectify_xl.keeping.marks import keep_choices, keep_conditions, keep_links
from rectify_xl.keeping.notes import keep_notes
from rectify_xl.keeping.places import page_place
from rectify_xl.keeping.sizes import keep_columns, keep_rows, office_widths
from rectify_xl.keeping.views import keep_paper, keep_view
from rectify_xl.keeping.work import Work
from rectify_xl.ooxml.cells import is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.keeping.books import Book, Books
    from rectify_xl.keeping.own_sheets import OwnSheets
    from rectify_xl.ooxml.xml_tree import Node

Cell = tuple[int, int]
_SHOWN = 40


def keep_overview(
    books: Books, baseline: Book, names: tuple[str, str, str], own: OwnSheets
) -> tuple[dict[Cell, str | None], list[Text]]:
    """Do the office's work on 汇总 again.

    Args:
        books: the workbooks.
        baseline: the workbook that we would have written.
        names: what the sheet is called in the old workbook, in the baseline and in the new one.
        own: copies what the office drew.

    Returns:
        The cells that were added, and what there is no room for; see :func:`keep_free_cells`.
    """
    old, base = books.old.sheet(names[0]), baseline.sheet(names[1])
    cells = [*old.rows.addresses(), *base.rows.addresses()]
    rows, columns = (max((cell[at] for cell in cells), default=1) for at in (0, 1))
    work = Work(books, baseline, *(page_place(name, rows, columns) for name in names))
    keep_looks(work)
    keep_columns(work, office_widths(work.old, work.old_place, work.base, work.base_place))
    keep_rows(work)
    keep_view(work)
    keep_paper(work)
    marks_lost = [*keep_conditions(work), *keep_choices(work)]
    keep_links(work)
    added, lost = _keep_cells(work)
    lost += marks_lost
    keep_drawings(work, own)
    lost += keep_notes(work, lambda *_: None)
    return added, lost


def _keep_cells(work: Work) -> tuple[dict[Cell, str | None], list[Text]]:
    added: dict[Cell, str | None] = {}
    lost: list[Text] = []
    left_over = LeftOver(work)
    filled = list(islice(_filled(work), MOST_CELLS + 1))
    if len(filled) > MOST_CELLS:
        return added, [too_many(work, filled[0][0])]
    for at, cell in filled:
        if left_over.holds(at):
            continue
        if is_free(work.books.new.cell(work.new_place.name, *at)):
            added[at] = put(work, cell, at, at)
        else:
            where, text = f"“{work.name}”{a1(*at)}", work.books.old.text(work.name, *at)[:_SHOWN]
            lost.append(Text(f"{where} 的内容“{text}”", f"what stands at {where}: “{text}”"))
    cover(work, added)
    return added, lost


def _filled(work: Work) -> Iterator[tuple[Cell, Node]]:
    """The filled cells that we would have left empty."""
    for at in work.old.rows.addresses():
        cell = work.old.rows.look(*at)
        if cell is not None and not is_blank(cell) and is_free(work.baseline.cell(work.base_place.name, *at)):
            yield at, cell
