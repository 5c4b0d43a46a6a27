"""What the office did in the master that a new one goes on from, as far as no record holds it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import a1
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.obstacles import obstacle_text
from rectify_xl.keeping import Book, Kept, Sheets, keep, widths_of
from rectify_xl.keeping.places import found_place, written_place
from rectify_xl.ledger.reading import read_saved
from rectify_xl.ledger.saved_workbook import read_stamp
from rectify_xl.ledger.sheets.context import OVERVIEW
from rectify_xl.ledger.sheets.registry import master_sheets
from rectify_xl.ooxml.xml_text import Unsupported
from rectify_xl.workbook.fingerprint import seal
from rectify_xl.workbook.master import master_package
from rectify_xl.workers.beside import beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rectify_xl.campaign.settings import Campaign
    from rectify_xl.intake.grid import Workbook
    from rectify_xl.ledger.master import Master, Saved
    from rectify_xl.ledger.sheets.tables import ListSheet

LARGEST_AREA = 15_000_000  # cells; 250,000 tasks have fewer


@dataclass(frozen=True, slots=True)
class Baseline:
    """A workbook as we would have left it, from which the office's differs by its work.

    Attributes:
        content: its bytes.
        there: our sheets in the office's workbook.
        ours: our sheets in this one.
    """

    content: bytes
    there: Sheets
    ours: Sheets


def baseline_of(saved: Saved, path: Path) -> Baseline:
    """The workbook that we would have written of what a workbook says.

    Args:
        saved: the workbook, judged on its own day.
        path: how it is called in messages.

    Raises:
        RectifyError: a cell lies too far out.
    """
    master, workbook = saved.master, saved.workbook
    _check_extent(workbook, path)
    package = master_package(master, master.lang)
    lists = {sheet.name: sheet for sheet in workbook.sheets}
    found = {
        sheet.key: found_place(
            lists[package.lists[sheet.key].name], package.lists[sheet.key], sheet.identity, in_order=sheet.in_order
        )
        for sheet in master_sheets()
        if package.lists[sheet.key].name in lists
    }
    overview = OVERVIEW.in_language(master.lang)
    there = Sheets(overview if overview in lists else "", {key: place for key, place in found.items() if place})
    return Baseline(package.close(), there, _sheets(overview, package.lists))


@contextmanager
def baseline_beside(saved: Saved) -> Iterator[Callable[[Master], Master]]:
    """Make the baseline of a workbook in a copy of this process, while this one makes the next master of it.

    With a base of 2,000 tasks in which an office worked: half a second of four.

    Yields:
        What gives the next master back, the workbook that it goes on from with its baseline.
    """

    def made() -> Baseline | None:
        try:
            return baseline_of(saved, Path())
        except (RectifyError, Unsupported):
            return None  # said when the master is written, unless its work may be lost

    with beside(made) as result:
        yield lambda master: replace(master, saved=replace(saved, baseline=result()))


class OfficeWork:
    """The work of the office in one workbook.

    Raises:
        RectifyError: the workbook cannot be read back, or a cell lies too far out.
    """

    def __init__(self, content: bytes, path: Path, campaign: Campaign, saved: Saved | None = None) -> None:
        if saved is None or saved.master.as_of != read_stamp(saved.workbook, path).as_of:
            # The workbook that we would have written is one of its own day.
            saved = read_saved(content, path, campaign, workbook=saved.workbook if saved else None)
        baseline = saved.baseline if isinstance(saved.baseline, Baseline) else baseline_of(saved, path)
        self._old, self._baseline = Book(content), Book(baseline.content, ours=True)
        self._there, self._ours = baseline.there, baseline.ours
        self.widths = widths_of(self._old, self._baseline, self._there, self._ours)

    def kept(self, new: bytes, lists: Mapping[str, ListSheet], lang: str) -> Kept:
        """The new workbook with the work done again.

        Raises:
            Unsupported: the old one cannot be edited.
        """
        now = _sheets(OVERVIEW.in_language(lang), lists)
        return keep(self._old, self._baseline, new, self._there, self._ours, now, self.widths, seal)


def find_work(content: bytes, path: Path, campaign: Campaign, saved: Saved | None = None, *, drop: bool) -> OfficeWork | None:
    """The work of the office in a workbook; None where it cannot be found, and need not be kept.

    Args:
        content: the workbook.
        path: how it is called in messages.
        campaign: the settings.
        saved: the same workbook where it was read back already.
        drop: whether its work may be lost.

    Raises:
        RectifyError: it cannot be found, and ``drop`` is not set.
    """
    try:
        return OfficeWork(content, path, campaign, saved)
    except Unsupported as error:
        if not drop:
            raise _unusual(path, error) from error
    except RectifyError:
        if not drop:
            raise
    return None


def keep_work(work: OfficeWork, path: Path, new: bytes, lists: Mapping[str, ListSheet], lang: str, *, drop: bool) -> Kept | None:
    """The new workbook with the work done again; None where that cannot be, and need not.

    Raises:
        RectifyError: it cannot be, and ``drop`` is not set.
    """
    try:
        return work.kept(new, lists, lang)
    except Unsupported as error:
        if drop:
            return None
        raise _unusual(path, error) from error


def _check_extent(workbook: Workbook, path: Path) -> None:
    """See that no sheet reaches so far that to compare it with what was written, cell by cell, would fill the memory."""
    for sheet in workbook.sheets:
        if sheet.last_row * sheet.last_column > LARGEST_AREA:
            far = a1(sheet.last_row, sheet.last_column)
            raise RectifyError(
                f"{path}: “{sheet.name}”离表格很远处还有内容（按 Ctrl+End 会到 {far}），无法逐格核对，没有覆盖；"
                "请删去那里的内容后重试，确实不要的，加 --drop",
                f"{path}: something stands far from the table of “{sheet.name}” (Ctrl+End leads to {far}), which cannot be"
                " checked cell by cell; the master was not overwritten; delete what is there and try again, or add --drop",
            )


def _unusual(path: Path, error: Unsupported) -> RectifyError:
    why = obstacle_text(error.obstacle, error.where)
    return RectifyError(
        f"{path}: 原台账的结构无法处理（{why.zh}），其中整改办自己的内容无法保留，没有覆盖；"
        "请用 Excel 或 WPS 另存一份后重试，确实不要的，加 --drop",
        f"{path}: the old master is built in a way that cannot be worked with ({why.en}), so that the office's own work"
        " in it cannot be kept; it was not overwritten; save it again with Excel or WPS, or add --drop",
    )


def _sheets(overview: str, lists: Mapping[str, ListSheet]) -> Sheets:
    return Sheets(overview, {sheet.key: written_place(lists[sheet.key], sheet.identity) for sheet in master_sheets()})
