"""Comments of the office in our sheets: notes with their boxes, threads with their persons, each at its task and column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.common.i18n import Text
from rectify_xl.ooxml.comments import Comments

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.keeping.work import Work

Cell = tuple[int, int]
_FONT = "宋体"
_SHOWN = 40  # characters of a comment in a message


def keep_notes(work: Work, elsewhere: Callable[[Work, int, int], tuple[Work, Cell] | None]) -> list[Text]:
    """Put the comments of the old sheet at the cells that have taken the place of theirs.

    Args:
        work: the sheet.
        elsewhere: the sheet and cell that take a comment whose cell is in the new sheet no more.

    Returns:
        The comments for which there is no place.
    """
    old = work.books.old
    if not old.package.related(work.old.part, "comments"):
        return []
    source = Comments(old.package, work.old, old.part, font=_FONT)
    lost: list[Text] = []
    for (row, column), words in source.texts().items():
        now = work.moves.cell(row, column)
        target = (work, now) if now else elsewhere(work, row, column)
        if target is None:
            where = f"“{work.name}”{a1(row, column)}"
            lost.append(Text(f"{where} 的批注“{words[:_SHOWN]}”", f"the comment at {where}: “{words[:_SHOWN]}”"))
        else:
            there, cell = target
            there.books.new.comments(there.new_place.name).adopt(cell, source, (row, column))
    return lost
