"""The office's desk: the commands in its campaign folder, and what it does to its master between two rounds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import openpyxl
from click.testing import CliRunner

from rectify_xl.cli import main
from tests.year.acts import LABELS, Rows
from tests.year.closing import HOLIDAYS
from tests.year.model import Change

if TYPE_CHECKING:
    from pathlib import Path

    from tests.year.events import Event
    from tests.year.model import Model


class Desk:
    """A campaign folder, and what the script expects of its master."""

    folder: Path
    model: Model

    @property
    def master(self) -> Path:
        return self.folder / "总台账.xlsx"

    def run(self, command: str, *words: object) -> Any:
        """A command; what it prints as JSON, else as text. Findings are expected of a merge, trouble of none."""
        form = () if command in ("round", "lookback", "summarize") else ("--format", "json")
        done = CliRunner().invoke(main, [command, *map(str, words), "--campaign", str(self.folder), *form])
        assert done.exit_code in (0, 1), (command, done.output)
        return json.loads(done.stdout) if form and "--rebuild" not in words else done.stdout

    def paper(self, command: str, *words: object) -> None:
        """A command that writes papers; what somebody should look at is printed, and no matter here."""
        done = CliRunner().invoke(main, [command, str(self.master), *map(str, words), "--campaign", str(self.folder)])
        assert done.exit_code in (0, 1), (command, done.output)

    def _office(self, events: list[Event]) -> None:
        if not events:
            return
        book = openpyxl.load_workbook(self.master)
        later = [event for event in events if event.act == "looks back"]
        for event in (one for one in events if one not in later):
            getattr(self, f"_office_{event.act.replace(' ', '_')}")(book, event)
        book.save(self.master)
        for event in later:
            self._look_back(event)

    def _office_corrects(self, book: openpyxl.Workbook, event: Event) -> None:
        rows, key = Rows(book["总台账"]), f"T{event.task:04d}"
        rows.put(rows.row_of(event.task), event.field, event.value)
        self.model.tasks[key].values[event.field] = event.value
        self.model.tasks[key].corrected.add(event.field)

    def _office_closes(self, book: openpyxl.Workbook, event: Event) -> None:
        self._write(book, event, status="已销号")

    def _office_dates(self, book: openpyxl.Workbook, event: Event) -> None:
        self._write(book, event, **event.value)

    def _office_reopens(self, book: openpyxl.Workbook, event: Event) -> None:
        day, reason = event.value
        self._write(book, event, status="反弹", reopened_on=day, reopen_reason=reason)

    def _write(self, book: openpyxl.Workbook, event: Event, **values: Any) -> None:
        rows = Rows(book["总台账"])
        for name, value in values.items():
            rows.put(rows.row_of(event.task), name, value)
        self.model.write(f"T{event.task:04d}", **values)

    def _office_answers(self, book: openpyxl.Workbook, event: Event) -> None:
        register = Rows(book["延期"])
        for heading, value in zip(("处理意见", "批准人", "批准日期", "文号"), event.value, strict=True):
            register.put(register.row_of(event.task), heading, value)
        self.model.extensions[f"T{event.task:04d}"].extend(event.value[:1])

    def _office_adds_the_holidays(self, _book: openpyxl.Workbook, _event: Event) -> None:
        (self.folder / "holidays.csv").write_text(HOLIDAYS, "utf-8")
        with (self.folder / "campaign.yaml").open("a", encoding="utf-8") as settings:
            settings.write("calendar: holidays.csv\n")

    def _look_back(self, event: Event) -> None:
        """Every task that was struck off is looked at; one has come back, the others have not."""
        day, reason = event.value
        notes = self.folder / "回头看.xlsx"
        as_of = ("--as-of", f"{day}")
        self.run("lookback", self.master, "--seed", 7, "-o", notes, *as_of)
        book = openpyxl.load_workbook(notes)
        rows = Rows(book["回头看"])
        for row in rows.rows():
            key = rows.get(row, "key")
            back = key == f"T{event.task:04d}"
            line = "；".join((f"{day}", "反弹", reason) if back else (f"{day}", "巩固"))
            self.model.now.logged.append(Change(key, "", "回头看", "", line, "decided"))
            for heading, value in (
                ("核查日期", day),
                ("核查结果", "反弹" if back else "巩固"),
                ("现场情况", reason if back else None),
            ):
                rows.put(row, heading, value)
        book.save(notes)
        self.run("summarize", self.master, "--lookback", notes, *as_of)
        self.model.log(f"T{event.task:04d}", reopened_on=day, reopen_reason=reason, status="反弹")

    def _office_decides(self, book: openpyxl.Workbook, event: Event) -> None:
        rows, key = Rows(book["冲突"]), f"T{event.task:04d}"
        label = LABELS[event.field]
        row = next(
            row for row in range(rows.head + 1, rows.sheet.max_row + 1)
            if (rows.get(row, "key"), rows.get(row, "字段")) == (key, label)
        )  # fmt: skip
        decision, _, value = str(event.value).partition("：")
        rows.put(row, "处理意见", decision)
        rows.put(row, "核定值", value or None)
        self.model.decide(key, event.field, event.value)

    def _office_decides_the_row_of(self, book: openpyxl.Workbook, event: Event) -> None:
        sheet = book["待确认"]
        head = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "填报单位")
        column = next(cell.column for cell in sheet[head] if cell.value == "处理意见")
        for row in range(head + 1, sheet.max_row + 1):
            if sheet.cell(row, 1).value == event.field:
                sheet.cell(row, column).value = event.value
                self.model.now.outcomes["decided"] += 1
        for values in self.model.waiting.pop(event.field):
            if event.value == "新增为任务":
                self.model.add(event.field, values)
