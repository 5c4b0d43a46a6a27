"""What the office typed beside, below or above a list, and the formulas in columns that it added."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.common.i18n import Text
from rectify_xl.keeping.formulas import moved_formula, shifted
from rectify_xl.keeping.own_sheets import inline_text
from rectify_xl.ooxml.cells import is_blank
from rectify_xl.ooxml.style_transfer import reprefixed
from rectify_xl.ooxml.xml_text import whole_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from rectify_xl.keeping.work import Work
    from rectify_xl.ooxml.xml_tree import Node

Cell = tuple[int, int]
_SHOWN = 40
# On one sheet: hundreds of times what an office types beside a list, and a quarter of a minute of work.
MOST_CELLS = 100_000


def keep_free_cells(work: Work) -> tuple[dict[Cell, str | None], list[Text]]:
    """Carry over what stands in no column of the list, and formulas.

    Returns:
        The cells that were added with their texts, None for one that is no text; and what there is no room for.
    """
    added: dict[Cell, str | None] = {}
    lost: list[Text] = []
    filled = list(islice(_filled(work), MOST_CELLS + 1))
    if len(filled) > MOST_CELLS:
        below = ((row, column) for row, column, _ in filled if row > work.old_place.head)
        return added, [too_many(work, next(below, filled[0][:2]))]
    columns = {column: key for key, column in work.old_place.columns.items()}
    rows = {*work.old_place.rows.values(), *work.old_place.stale}
    headings = _above(work)
    for row, column, cell in filled:
        inside = column in columns and (row in rows or row == work.old_place.head)
        ours = work.before.cell(row, column)
        if inside:
            if row in rows and columns[column] in work.added and cell.find("f") is not None:
                lost += _keep_formula(work, (row, column), cell, added)
            continue
        if row < work.old_place.head and (_is_ours(work, ours) or work.books.old.text(work.name, row, column) in headings):
            continue  # title and note are ours
        now = work.moves.cell(row, column)
        if now is None or not is_free(work.books.new.cell(work.new_place.name, *now)):
            where, text = f"“{work.name}”{a1(row, column)}", work.books.old.text(work.name, row, column)[:_SHOWN]
            lost.append(Text(f"{where} 的内容“{text}”", f"what stands at {where}: “{text}”"))
            continue
        added[now] = put(work, cell, (row, column), now)
    cover(work, added)
    return added, lost


def too_many(work: Work, first: Cell) -> Text:
    """Cells of a sheet that are too many to be written one by one; ``first`` is the first of them."""
    where = f"“{work.name}”{a1(*first)}"
    return Text(
        f"{where} 起，表格以外超过 {MOST_CELLS} 个有内容的单元格",
        f"from {where} on, more than {MOST_CELLS} filled cells outside of the table",
    )


def cover(work: Work, added: Collection[Cell]) -> None:
    """Extend the dimension of the new sheet to the cells that were added."""
    rows, columns = zip(*added, strict=True) if added else ((), ())
    if rows:
        work.new.cover(min(rows), min(columns))
        work.new.cover(max(rows), max(columns))


def _is_ours(work: Work, cell: Cell | None) -> bool:
    return cell is not None and not is_free(work.baseline.cell(work.base_place.name, *cell))


def _above(work: Work) -> frozenset[str]:
    """What we write above the headings; the office may have moved it down by lines of its own."""
    rows = work.base.rows
    cells = ((row, column) for row in range(1, work.base_place.head) for column in rows.styles(row))
    return frozenset(work.baseline.text(work.base_place.name, *cell) for cell in cells)


def _filled(work: Work) -> Iterator[tuple[int, int, Node]]:
    """The cells that may be none of ours: of rows that are not, and of columns that are not or were added."""
    ours = {column for key, column in work.old_place.columns.items() if key not in work.added}
    rows = {*work.old_place.rows.values(), *work.old_place.stale, work.old_place.head}
    others: dict[int, list[int]] = {}  # of the rows of a list nearly all have the same columns: the same dictionary
    for row in work.old.rows.filled():
        columns = work.old.rows.styles(row)
        if row in rows and id(columns) not in others:
            others[id(columns)] = [column for column in columns if column not in ours]
        for column in others[id(columns)] if row in rows else columns:
            cell = work.old.rows.look(row, column)
            if cell is not None and not is_free(cell):
                yield row, column, cell


def is_free(cell: Node | None) -> bool:
    """Whether there is room for a value."""
    return cell is None or is_blank(cell)


def put(work: Work, cell: Node, was: Cell, now: Cell) -> str | None:
    """Write a cell of the old sheet, with its looks, at a place in the new one."""
    made = work.new.rows.get_or_add_cell(*now)
    made.children = []
    for name in ("t", "cm", "vm"):
        made.drop(name)
    made.set("s", str(work.books.transfer.style(whole_number(cell.get("s")) or 0)))
    kind = cell.get("t")
    value = cell.find("v")
    if kind == "s" and value is not None:
        made.set("t", "inlineStr")
        made.append(inline_text(work.books, whole_number(value.text) or 0, work.new.prefix))
    else:
        if kind:
            made.set("t", kind)
        for child in cell.nodes("f", "v", "is"):
            made.append(reprefixed(child, work.old.prefix, work.new.prefix))
    formula = made.find("f")
    if formula is not None:
        moved = None if formula.get("t") else moved_formula(work, formula.text, was, now)
        if moved is None:
            made.remove(formula)
        else:
            formula.set_text(moved)
    return work.books.new.text(work.new_place.name, *now) if made.get("t") in ("inlineStr", "str") else None


def _keep_formula(work: Work, old: Cell, cell: Node, added: dict[Cell, str | None]) -> list[Text]:
    """Put the formula of an added column back into its cell, which holds the value that it had."""
    now = work.moves.cell(*old)
    target = work.new.rows.cell(*now) if now else None
    source = cell.find("f")
    if now is None or target is None or source is None:
        return []
    text = source.text or _shared(work, source, old)
    moved = moved_formula(work, text, old, now) if text and source.get("t", "normal") in ("normal", "shared") else None
    if moved is None:
        where = f"“{work.name}”{a1(*old)}"
        return [Text(f"{where} 的公式（保留其数值）", f"the formula at {where} (its value is kept)")]
    formula = work.new.element("f")
    formula.set_text(moved)
    added[now] = None
    words = work.books.new.text(work.new_place.name, *now)
    if target.get("t") in ("s", "inlineStr"):
        added[now] = "" if words.startswith("=") else words
        target.set("t", "str")
        target.children = []
        if not words.startswith("="):  # a program that left no value: the formula itself was read
            value = work.new.element("v")
            value.set_text(words)
            target.append(value)
    target.insert(0, formula)
    return []


def _shared(work: Work, formula: Node, old: Cell) -> str:
    """The text of a formula that several cells share, as the cell ``old`` has it; "" where it is not found."""
    if formula.get("t") != "shared":
        return ""
    for number in work.old_place.rows.values():
        row = work.old.rows.get(number)
        for column, cell in row.cells.items() if row else ():
            first = cell.find("f")
            if first is not None and first.get("t") == "shared" and first.get("si") == formula.get("si") and first.text:
                return shifted(first.text, old[0] - number, old[1] - column)
    return ""
