"""A master -> the bytes of the master workbook (docs/workbook.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rectify_xl.ledger.deleted_questions import OpenQuestions
from rectify_xl.ledger.records import FindingRecord
from rectify_xl.ledger.reports_by_source import ReportsByRow
from rectify_xl.ledger.sheets.registry import Summary, master_sheets
from rectify_xl.provenance.stamp import (
    CHECKED_ON,
    FILES,
    FROM_LIST,
    HELD_ROWS,
    LAST_KEY,
    LONGEST,
    MADE_FROM,
    MASTER,
    OPEN_QUESTIONS,
    PLANNED,
    SCHEMA,
)
from rectify_xl.rounds import VALUE_MARK
from rectify_xl.workbook.dashboard import Dashboard
from rectify_xl.workbook.digest import make_digest
from rectify_xl.workbook.lists import FIRST_ROW, RowLinks, Setting, write_list
from rectify_xl.workbook.new_workbook import NewWorkbook
from rectify_xl.workbook.theme import AMBER, BLUE, GREEN, MUTED, NAVY, RED, TEAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rectify_xl.keeping import Widths
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord
    from rectify_xl.ledger.sheets.entry import MasterSheet, Topic
    from rectify_xl.ledger.sheets.tables import ListSheet

_TABS: Mapping[Topic, str] = {"tasks": BLUE, "figures": TEAL, "findings": AMBER, "history": MUTED}


def master_package(master: Master, lang: str, widths: Widths | None = None) -> NewWorkbook:
    """All sheets of a master, written; ``widths`` are those that the office gave to columns, by list and column."""
    summary = Summary(master, lang)
    lists = summary.by_key()
    setting = Setting(lang, master.as_of, master.campaign.name, summary.context.overview_name)
    counts = {FILES: str(master.files), HELD_ROWS: str(master.held_rows), LAST_KEY: str(master.last_key)}
    counts[SCHEMA] = master.campaign.schema.name
    if master.conflicts or master.pending:
        counts[OPEN_QUESTIONS] = str(OpenQuestions(len(master.conflicts), len(master.pending)))
    if master.from_list:
        counts[FROM_LIST] = "yes"
        counts |= _planned(master)
    if master.made_from:
        counts[MADE_FROM] = master.made_from
    if master.checked_on:
        counts[CHECKED_ON] = master.checked_on.isoformat()
    package = NewWorkbook(MASTER, master.campaign, setting, counts)
    dashboard = package.add_sheet(setting.overview, NAVY)
    # All sheets exist before the first link to one is written.
    papers = {sheet.key: package.add_sheet(lists[sheet.key].name, _tab(sheet, lists[sheet.key])) for sheet in master_sheets()}
    Dashboard(package.book, dashboard, make_digest(summary, lists, setting), setting).write(master.campaign.round_id)
    links = _Links(summary, lists)
    for key, content in lists.items():
        write_list(papers[key], content, setting, links.of(content), widths=(widths or {}).get(key, {}))
    package.lists = lists
    return package


def _planned(master: Master) -> dict[str, str]:
    """The marks of what the plan's list said, as many whole ones in a property as Excel allows."""
    marks = sorted(master.planned)
    several = LONGEST // VALUE_MARK
    parts = ("".join(marks[at : at + several]) for at in range(0, len(marks), several))
    return {f"{PLANNED}{number}": text for number, text in enumerate(parts, 1)}


def _tab(sheet: MasterSheet, content: ListSheet) -> str:
    """Lists of trouble are red while there is any."""
    return _TABS.get(sheet.topic) or (RED if content.rows and not content.calm else GREEN)


class _Links:
    """From every flagged row to its task in 总台账, and to what the unit reported in 分单位填报.

    A link to the unit's file itself would be one out of the workbook: dead as soon as the master is mailed or moved, a
    warning in Excel, and its target a name that somebody else chose. 分单位填报 names file, sheet and row beside the
    report.
    """

    def __init__(self, summary: Summary, lists: Mapping[str, ListSheet]) -> None:
        master = summary.master
        self._lists = lists
        # By identity: two tasks may be equal in everything.
        self._tasks = {id(task): _row(at) for at, task in enumerate(master.tasks)}
        self._task_keys = {task.key: _row(at) for at, task in enumerate(master.tasks) if task.key}
        self._reports = {id(report): _row(at) for at, report in enumerate(master.reports)}
        self._by_row = ReportsByRow(master.reports, master.campaign.round_id)

    def of(self, content: ListSheet) -> list[RowLinks]:
        """The links of one list, from the columns that say where they lead."""
        to_task, to_report = (
            tuple(at for at, column in enumerate(content.columns) if column.leads_to == target) for target in ("task", "report")
        )
        found = []
        if to_task:
            found.append(self._to("ledger", to_task, map(self._task_of, content.records)))
        if to_report:
            found.append(self._to("by_report", to_report, map(self._report_of, content.records)))
        return found

    def _task_of(self, record: Any) -> str | None:  # noqa: ANN401 - a record of any sheet
        """The cell of a record's task: the task itself, the one with its key, or the one on which it was found."""
        key = getattr(record, "key", "")
        if isinstance(record, FindingRecord) and (report := self._by_row.of_finding(record)):
            key = report.key
        return self._tasks.get(id(record)) or self._task_keys.get(key)

    def _report_of(self, record: TaskRecord | FindingRecord) -> str | None:
        rows = self._by_row
        report = rows.of_finding(record) if isinstance(record, FindingRecord) else rows.of_task(record)
        return self._reports[id(report)] if report else None

    def _to(self, sheet: str, columns: tuple[int, ...], cells: Iterable[str | None]) -> RowLinks:
        return RowLinks(self._lists[sheet].name, columns, {at: cell for at, cell in enumerate(cells) if cell})


def _row(at: int) -> str:
    """The first cell of a row of a list."""
    return f"A{FIRST_ROW + at + 1}"
