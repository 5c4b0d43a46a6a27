"""Master -> the bytes of the master workbook (contract section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.stamp import MASTER
from rectify_xl.summary import Summary
from rectify_xl.workbook.dashboard import Dashboard
from rectify_xl.workbook.digest import KEYS, make_digest
from rectify_xl.workbook.lists import FIRST_ROW, RowLinks, Setting, write_list
from rectify_xl.workbook.package import Package
from rectify_xl.workbook.theme import AMBER, BLUE, GREEN, MUTED, NAVY, RED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.ledger import Master
    from rectify_xl.summary import ListSheet

_TASK_LISTS = ("without_leader", "unclear_deadline", "overdue", "due_soon")
_TABS = {
    "ledger": BLUE, "by_report": BLUE, "by_unit": "#2E8B8B", "by_leader": "#2E8B8B", "findings": AMBER, "changes": MUTED,
}  # fmt: skip


def master_package(master: Master, lang: str) -> Package:
    """All sheets of a master, written."""
    summary = Summary(master, lang)
    lists = dict(zip(KEYS, summary.sheets(), strict=True))
    home = summary.view.say("汇总", "Overview")
    setting = Setting(lang, master.as_of, master.campaign.name, home)
    package = Package(MASTER, master.campaign, setting)
    dashboard = package.add_sheet(home, NAVY)
    # All sheets exist before the first link to one is written.
    papers = {key: package.add_sheet(content.name, _tab(key, content)) for key, content in lists.items()}
    Dashboard(package.book, dashboard, make_digest(master, summary, lists, setting), setting).write()
    links = _links(master, summary, lists)
    for key, content in lists.items():
        write_list(papers[key], content, setting, links.get(key))
    return package


def _tab(key: str, content: ListSheet) -> str:
    """Lists of trouble are red while there is any."""
    return _TABS.get(key) or (RED if content.rows else GREEN)


def _links(master: Master, summary: Summary, lists: Mapping[str, ListSheet]) -> dict[str, RowLinks]:
    """From every flagged row to its task's row in 总台账."""
    ledger = lists["ledger"]
    rows = {f"{at}": f"A{FIRST_ROW + at + 1}" for at in range(len(ledger.rows))}
    label, source = summary.view.label("task_id"), summary.view.say("来源", "Source")
    at_source = _position(ledger, source)
    # The sources of a task are its own and nobody else's, so they find its row.
    homes = {row[at_source]: rows[str(at)] for at, row in enumerate(ledger.rows)}
    links = {}
    for key in _TASK_LISTS:
        content = lists[key]
        at_source = _position(content, source)
        cells = {at: homes[row[at_source]] for at, row in enumerate(content.rows) if row[at_source] in homes}
        links[key] = RowLinks(ledger.name, (_position(content, label), 1), cells)
    conflicts = [at for at, task in enumerate(master.tasks) for _ in task.conflicts]
    links["conflicts"] = RowLinks(ledger.name, (0,), {at: rows[str(home)] for at, home in enumerate(conflicts)})
    findings = lists["findings"]
    message = next(at for at, column in enumerate(findings.columns) if column.kind == "long_text")
    links["findings"] = RowLinks(ledger.name, (_position(findings, label), message), _finding_homes(master))
    return links


def _finding_homes(master: Master) -> dict[int, str]:
    """Finding -> the ledger row of the task that it is about."""
    homes: dict[tuple[str | None, str | None, int | None], str] = {}
    for at, task in enumerate(master.tasks):
        for report in (*task.reports, *task.superseded):
            for position in report.positions:
                place = report.book.places[position]
                homes[place.submission.path, place.table.sheet, place.task.row] = f"A{FIRST_ROW + at + 1}"
    found = {}
    for index, finding in enumerate(master.report.findings):
        home = homes.get((finding.file, finding.sheet, finding.row))
        if home:
            found[index] = home
    return found


def _position(content: ListSheet, label: str) -> int:
    return next(at for at, column in enumerate(content.columns) if column.label == label)
