"""Old workbook, baseline and new workbook -> the new workbook with the office's work in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rectify_xl.common.i18n import Text
from rectify_xl.keeping.books import Books
from rectify_xl.keeping.cell_looks import keep_looks
from rectify_xl.keeping.drawings import keep_drawings
from rectify_xl.keeping.extensions import extensions_lost
from rectify_xl.keeping.free_cells import keep_free_cells
from rectify_xl.keeping.marked_words import keep_marked_words
from rectify_xl.keeping.marks import keep_choices, keep_conditions, keep_free_ranges, keep_links, merged_cells
from rectify_xl.keeping.notes import keep_notes
from rectify_xl.keeping.overview import keep_overview
from rectify_xl.keeping.own_sheets import LEFT_BEHIND, OwnSheets
from rectify_xl.keeping.page_texts import keep_page_texts
from rectify_xl.keeping.sizes import keep_columns, keep_rows, office_widths
from rectify_xl.keeping.views import keep_breaks, keep_filter, keep_paper, keep_view
from rectify_xl.keeping.work import Work
from rectify_xl.keeping.workbook_facts import SHEET_KINDS, arrange, carry_facts, not_carried, order_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rectify_xl.keeping.books import Book
    from rectify_xl.keeping.places import Place
    from rectify_xl.ooxml.package import Package

_LEFT_BEHIND = {
    **LEFT_BEHIND,
    "table": Text("套用的表格格式", "the table format"),
    "pivotTable": Text("数据透视表", "a pivot table"),
    "oleObject": Text("嵌入的对象", "an embedded object"),
    "package": Text("嵌入的对象", "an embedded object"),
    "control": Text("控件", "a control"),
    "ctrlProp": Text("控件", "a control"),
    "image": Text("页眉页脚或背景图片", "a picture behind the cells"),
}
# By key of the list, then by key or heading of the column: digits.
Widths = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Sheets:
    """The sheets of ours in one workbook: 汇总 by name, the lists by key; of lists only those that are there."""

    overview: str
    lists: Mapping[str, Place]


@dataclass
class Kept:
    """The finished workbook.

    Attributes:
        content: its bytes.
        order: its sheets, with whether each is the office's own.
        added: the cells that were added to sheets of ours, by sheet and cell, with their texts; None for one that is no text.
        lost: what of the office's work could not be kept.
    """

    content: bytes = b""
    order: list[tuple[str, bool]] = field(default_factory=list)
    added: dict[str, dict[tuple[int, int], str | None]] = field(default_factory=dict)
    lost: list[Text] = field(default_factory=list)


def widths_of(old: Book, baseline: Book, there: Sheets, ours: Sheets) -> Widths:
    """The widths that the office gave to columns: by key of the list, then by id of the column."""
    found = {}
    for key, place in there.lists.items():
        if key in ours.lists:
            base = ours.lists[key]
            found[key] = office_widths(old.sheet(place.name), place, baseline.sheet(base.name), base)
    return {key: widths for key, widths in found.items() if widths}


def keep(
    old: Book, baseline: Book, new: bytes, there: Sheets, ours: Sheets, now: Sheets, widths: Widths,
    seal: Callable[[Package], None],
) -> Kept:  # fmt: skip
    """Do the office's work again in a new workbook.

    Args:
        old: the workbook in which the office worked.
        baseline: the workbook that we would have written from what the old one says.
        new: the workbook that takes its place.
        there: our sheets in the old workbook.
        ours: our sheets in the baseline.
        now: our sheets in the new workbook.
        widths: see :func:`widths_of`; the new workbook was written with them.
        seal: marks the finished package.

    Raises:
        Unsupported: the old workbook cannot be edited.
    """
    books, base = Books(old, new), baseline
    kept = Kept(lost=list(not_carried(books.old)))
    own = OwnSheets(books)
    works = {
        key: Work(books, base, place, ours.lists[key], now.lists[key])
        for key, place in there.lists.items()
        if key in ours.lists and key in now.lists
    }
    names = {work.old_place.name: work.new_place.name for work in works.values()}
    if there.overview:
        names[there.overview] = now.overview
    kept.order = order_of(list(books.old.entries), list(books.new.entries), names)
    parts = {
        name: own.copy(books.old.entries[name])
        for name, is_own in kept.order
        if is_own and books.old.kind_of(name) in SHEET_KINDS
    }
    kept.order = [(name, is_own) for name, is_own in kept.order if not is_own or name in parts]
    for key, work in works.items():
        _keep_list(work, own, widths.get(key, {}), works, kept)
    if there.overview:
        added, lost = keep_overview(books, base, (there.overview, ours.overview, now.overview), own)
        kept.added |= {now.overview: added} if added else {}
        kept.lost += lost
    carry_facts(books, base, own)
    kept.lost += own.lost
    kept.order = arrange(books, kept.order, parts, names)
    kept.content = books.new.content(seal)
    return kept


def _keep_list(work: Work, own: OwnSheets, widths: Mapping[str, float], works: Mapping[str, Work], kept: Kept) -> None:
    keep_looks(work)
    keep_columns(work, widths)
    keep_rows(work)
    keep_view(work)
    keep_paper(work)
    keep_page_texts(work)
    keep_filter(work)
    keep_breaks(work)
    kept.lost += [*keep_conditions(work), *keep_choices(work)]
    keep_free_ranges(work)
    keep_links(work)
    keep_marked_words(work)
    added, lost = keep_free_cells(work)
    if added:
        kept.added[work.new_place.name] = added
    kept.lost += [*lost, *_columns_gone(work), *merged_cells(work), *extensions_lost(work), *_left_behind(work)]
    keep_drawings(work, own)
    kept.lost += keep_notes(work, lambda there, row, column: _at_the_task(there, row, column, works))


def _at_the_task(work: Work, row: int, column: int, works: Mapping[str, Work]) -> tuple[Work, tuple[int, int]] | None:
    """The task's row in 总台账, for a comment on a row of another list that is there no more."""
    ledger = works.get("ledger")
    at = work.old_place.columns.get("key")
    if ledger is None or at is None or work is ledger:
        return None
    key = work.books.old.text(work.name, row, at)
    found = next((now for identity, now in ledger.new_place.rows.items() if identity[0] == key), None)
    id_ = next((name for name, where in work.old_place.columns.items() if where == column), "")
    if found is None:
        return None
    return ledger, (found, ledger.new_place.columns.get(id_, 1))


def _columns_gone(work: Work) -> Iterator[Text]:
    """Columns that the office added and that no record has carried on."""
    for heading in sorted(work.added - work.new_place.columns.keys()):
        yield Text(f"“{work.name}”中增加的列“{heading}”", f"the column {heading} added to “{work.name}”")


def _left_behind(work: Work) -> Iterator[Text]:
    """What hangs on a sheet of ours and is not carried over."""
    for kind in dict.fromkeys(one.kind.rpartition("/")[2] for one in work.books.old.package.relations(work.old.part)):
        if kind in _LEFT_BEHIND:
            what = _LEFT_BEHIND[kind]
            yield Text(f"“{work.name}”中的{what.zh}", f"{what.en} in “{work.name}”")
