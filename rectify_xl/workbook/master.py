"""A master's contents -> the bytes of the master workbook (contract section 4)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rectify_xl.common.addresses import from_a1
from rectify_xl.ledger.sheets import Summary
from rectify_xl.provenance.stamp import CHECKED_ON, FILES, HELD_ROWS, MASTER
from rectify_xl.schema.conversion import shown
from rectify_xl.workbook.dashboard import Dashboard
from rectify_xl.workbook.digest import make_digest
from rectify_xl.workbook.lists import FIRST_ROW, RowLinks, Setting, write_list
from rectify_xl.workbook.new_workbook import Package
from rectify_xl.workbook.theme import AMBER, BLUE, GREEN, MUTED, NAVY, RED, TEAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.ledger.entries import Home
    from rectify_xl.ledger.sheets import Contents, ListSheet

_TASK_LISTS = ("without_leader", "unclear_deadline", "overdue", "due_soon")
_SOURCE_1 = 4  # column of 冲突: where the first value stands
_FILE, _CELL = 3, 5  # columns of 问题清单
_PARTS = 3
_ROWS = re.compile(r"(\d{1,7})(?:-(\d{1,7}))?")
_PLACE = -3  # file, sheet and row end every row of 分单位填报
_TABS = {
    "ledger": BLUE, "by_report": BLUE, "by_unit": TEAL, "by_leader": TEAL, "findings": AMBER, "changes": MUTED,
}  # fmt: skip


def master_package(contents: Contents) -> Package:
    """All sheets of a master, written."""
    summary = Summary(contents)
    lists = summary.by_key()
    setting = Setting(contents.lang, contents.as_of, contents.campaign.name, summary.view.home)
    counts = {FILES: str(contents.files), HELD_ROWS: str(contents.held_rows)}
    if contents.checked_on:
        counts[CHECKED_ON] = contents.checked_on.isoformat()
    package = Package(MASTER, contents.campaign, setting, counts)
    dashboard = package.add_sheet(setting.home, NAVY)
    # All sheets exist before the first link to one is written.
    papers = {key: package.add_sheet(content.name, _tab(key, content)) for key, content in lists.items()}
    Dashboard(package.book, dashboard, make_digest(summary, lists, setting), setting).write(contents.campaign.round_id)
    links = _Links(summary, lists)
    for key, content in lists.items():
        write_list(papers[key], content, setting, links.of(key))
    return package


def _tab(key: str, content: ListSheet) -> str:
    """Lists of trouble are red while there is any."""
    return _TABS.get(key) or (RED if content.rows else GREEN)


class _Links:
    """From every flagged row to its task in 总台账, and to what the unit reported in 分单位填报.

    A link to the unit's file itself would be one out of the workbook: dead as soon as the master is mailed or moved, a
    warning in Excel, and its target a name that somebody else chose. 分单位填报 names file, sheet and row beside the
    report.
    """

    def __init__(self, summary: Summary, lists: Mapping[str, ListSheet]) -> None:
        entries = summary.contents.entries
        self._lists = lists
        self._label = summary.view.label
        # The sources of a task are its own and nobody else's, so they find its row; so do its number and its reports.
        self._by_source = {entry.source: _row(at) for at, entry in enumerate(entries)}
        self._by_home: dict[Home | None, str] = {home: _row(at) for at, entry in enumerate(entries) for home in entry.homes}
        self._first_home = {entry.source: entry.homes[0] for entry in entries if entry.homes}
        self._reports = _reported(lists["by_report"].rows)

    def of(self, key: str) -> list[RowLinks]:
        """The links of one list."""
        content = self._lists[key]
        if key in _TASK_LISTS:
            sources = [row[-1] for row in content.rows]
            columns = (self._column(content, self._label("task_id")), self._column(content, self._label("problem")))
            return [
                self._to_ledger(columns, ((at, self._by_source.get(source)) for at, source in enumerate(sources))),
                self._to_reports(len(content.columns) - 1, ((at, self._first_home.get(one)) for at, one in enumerate(sources))),
            ]
        if key == "conflicts":
            places = [_place_in(row[_SOURCE_1]) for row in content.rows]
            return [self._to_ledger((0,), ((at, self._by_home.get(place)) for at, place in enumerate(places)))]
        if key == "findings":
            message = next(at for at, column in enumerate(content.columns) if column.kind == "long_text")
            found = [(at, _place(row[_FILE], row[_FILE + 1], row[_CELL])) for at, row in enumerate(content.rows)]
            columns = (self._column(content, self._label("task_id")), message)
            return [
                self._to_ledger(columns, ((at, self._by_home.get(place)) for at, place in found)),
                self._to_reports(_FILE, found),
            ]
        return []

    def _to_ledger(self, columns: tuple[int, ...], cells: Iterable[tuple[int, str | None]]) -> RowLinks:
        return RowLinks(self._lists["ledger"].name, columns, {at: cell for at, cell in cells if cell})

    def _to_reports(self, column: int, homes: Iterable[tuple[int, Home | None]]) -> RowLinks:
        cells = {at: self._reports[home] for at, home in homes if home in self._reports}
        return RowLinks(self._lists["by_report"].name, (column,), cells)

    @staticmethod
    def _column(content: ListSheet, label: str) -> int:
        return next(at for at, column in enumerate(content.columns) if column.label == label)


def _reported(rows: Iterable[tuple[object, ...]]) -> dict[Home | None, str]:
    """Where a row of a unit's list stands in 分单位填报."""
    found: dict[Home | None, str] = {}
    for at, (file, sheet, span) in enumerate(row[_PLACE:] for row in rows):
        rows_said = _ROWS.fullmatch(shown(span))
        if rows_said:
            for row in range(int(rows_said[1]), int(rows_said[2] or rows_said[1]) + 1):
                found[shown(file), shown(sheet), row] = _row(at)
    return found


def _place_in(source: object) -> Home | None:
    """File, sheet and row of ``file!sheet!cell``."""
    parts = shown(source).rsplit("!", 2)
    return _place(*parts) if len(parts) == _PARTS else None


def _place(file: object, sheet: object, cell: object) -> Home | None:
    """A place in a unit's list; None where there is none, or the office has written something else there."""
    try:
        return shown(file), shown(sheet), from_a1(shown(cell))[0]
    except ValueError:
        return None


def _row(at: int) -> str:
    """The first cell of a row of a list."""
    return f"A{FIRST_ROW + at + 1}"
