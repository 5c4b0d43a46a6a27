"""Plays the calendar: the real commands in a real campaign folder, beside the script's own model of what is to come of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import openpyxl

from tests.support.lists import HEADINGS
from tests.year.acts import ACTS, NEW_PROBLEM, Rows, save
from tests.year.closing import SETTINGS
from tests.year.events import FIRST_UNITS, OFFICE, Event
from tests.year.model import Model, Report, plan
from tests.year.office import Desk

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# The rules that compare with the last round: each is expected by an event, or is a false alarm.
OF_ROUNDS = {
    "progress-copied", "percent-regressed", "illegal-transition", "reopened-without-reason", "task-vanished", "deadline-moved",
    "closed-then-changed", "missing-task", "unknown-task", "foreign-task", "protected-field-changed", "blanked-value",
    "key-changed", "column-deleted", "handed-in-again", "superseded-submission", "conflicting-reports", "unread-rows",
    "unknown-column", "incomplete-decision", "wrong-template",
}  # fmt: skip
PLAN = ("task_id", "problem", "measures", "leader", "lead_unit", "coop_units", "deadline")
HEADING = {**HEADINGS, "coop_units": "配合单位", "lead_unit": "牵头单位"}


class Year(Desk):
    """A campaign folder and what its months make of it."""

    def __init__(self, folder: Path, units: tuple[str, ...] = FIRST_UNITS) -> None:
        self.folder = folder
        self.units = units
        self.model = Model(plan(units))
        self.names = {unit: unit for unit in units}  # the name in the list of the plan -> today's
        self.masters: list[bytes] = []  # of each merge
        self.told: list[dict[str, Any]] = []  # what each merge has printed
        self.months: list[str] = []
        (folder / "campaign.yaml").write_text(
            "name: 青禾市整改\nissued: 2026-07-23\nunits: units.csv\nround: {id: 2026-10, due: 2026-10-25}\n" + SETTINGS, "utf-8"
        )
        self._write_roster()
        rows = [[HEADING[key] for key in PLAN], *([task.values.get(key) for key in PLAN] for task in self.model.tasks.values())]
        self.plan = write_rows(folder / "方案.xlsx", "青禾市整改任务清单", rows)

    def play(self, month: str, events: Iterable[Event]) -> None:
        """One round from the office's desk to the office's desk."""
        by_unit = defaultdict(list)
        for event in events:
            by_unit[event.who].append(event)
        self.months.append(month)
        self.model.begin(month)
        self._office(by_unit.pop(OFFICE, []))
        self.run("round", month, "--due", f"{month}-25", "--as-of", f"{month}-01")
        back = self.folder / "报送件" / month
        late = [unit for unit, acts in by_unit.items() if any(event.act == "is late" for event in acts)]
        if len(self.months) == 1:
            self._first_lists(back, by_unit)
        else:
            out = self.folder / "下发" / month
            self.run("dispatch", self.master, "-o", out, "--as-of", f"{month}-01")
            before = dict(self.names)
            self._rename(by_unit)
            for unit in dict.fromkeys(before.values()):
                if unit not in late:
                    self._answer(unit, out / f"{unit}.xlsx", back, by_unit.get(unit, []))
        self._merge(month, back)
        for unit in late:
            self.model.begin(month)
            self._answer(unit, self.folder / "下发" / month / f"{unit}.xlsx", back, by_unit[unit])
            self._merge(month, back)

    # The units -----------------------------------------------------------------------------------------------------

    def _write_roster(self) -> None:
        formers = defaultdict(list)
        for first, now in self.names.items():
            if first != now:
                formers[now].append(first)
        lines = [f"U{at:02d},{name},{'；'.join(formers[name])}" for at, name in enumerate(dict.fromkeys(self.names.values()), 1)]
        (self.folder / "units.csv").write_text("\n".join(["id,name,former_names", *lines, ""]), "utf-8")

    def _rename(self, by_unit: dict[str, list[Event]]) -> None:
        for unit, events in by_unit.items():
            for event in events:
                if event.act in ("is renamed", "is merged"):
                    self.names = {first: event.value if now == unit else now for first, now in self.names.items()}
                    for task in self.model.tasks.values():
                        task.lines = {event.value if one == unit else one: text for one, text in task.lines.items()}
        self._write_roster()

    def today(self, unit: str) -> str:
        return self.names.get(unit, unit)

    def _news(self, task: int) -> tuple[str, float]:
        """What a unit says on its task this month."""
        step = len(self.months)
        return f"第{task}号排口第{step}段完工，铺管{10 * step + task}米", step * 5 / 100

    def _first_lists(self, folder: Path, by_unit: dict[str, list[Event]]) -> None:
        for unit in self.units:
            if by_unit.get(unit):
                continue
            own = [key for key, task in self.model.tasks.items() if task.lead == unit]
            self._own_table(folder / f"{unit}.xlsx", unit, own)

    def _own_table(self, path: Path, unit: str, keys: list[str]) -> None:
        """A unit's old table: its own numbers, its own order, no keys."""
        rows: list[list[Any]] = [["序号", "存在问题", "整改措施", "牵头单位", "整改进展", "完成率"]]
        for at, key in enumerate(keys, 1):
            values = self.model.tasks[key].values
            progress, percent = self._news(int(key[1:]))
            rows.append([at, values["problem"], values["measures"], unit, progress, percent])
            self._report(unit, key, progress, percent)
        write_rows(path, f"{unit}整改任务清单", rows, f"填报单位：{unit}")

    def _report(self, unit: str, key: str, progress: str, percent: float | None) -> None:
        self.model.state(unit, key, "progress", progress)
        if percent is not None:
            self.model.state(unit, key, "percent", f"{percent:.0%}")
        self.model.now.reports.append(Report(key, unit, progress, f"{percent:.0%}" if percent is not None else ""))

    def _answer(self, unit: str, sent: Path, back: Path, events: list[Event]) -> None:
        """What a unit hands in."""
        acts = {event.act: event for event in events}
        name = back / f"{unit}.xlsx"
        if "is silent" in acts:
            return
        if "sends last month's file again" in acts:
            old = back.parent / self.months[-2] / name.name
            name.parent.mkdir(parents=True, exist_ok=True)
            name.write_bytes(old.read_bytes())
            return
        signed = self.today(unit)
        if "answers in its own table" in acts:
            own = [key for key, task in self.model.tasks.items() if task.lead == unit]
            self._own_table(name, unit, own)
            return
        stale = "answers in last month's workbook" in acts
        source = sent.parent.parent / self.months[-2] / sent.name if stale else sent
        shares = 2 if "sends two files" in acts else 1
        for share in range(shares):
            book = openpyxl.load_workbook(source)
            rows = Rows(book["整改任务清单"])
            self._fill(rows, signed, acts, lambda at, share=share: at % shares == share, stale=stale)  # type: ignore[misc]
            for event in events:
                if event.act in ACTS:
                    ACTS[event.act](rows, event)
            suffix = next((act.split()[1] for act in acts if act.startswith("sends .")), ".xlsx")
            save(book, name.with_name(f"{unit}{share or ''}{suffix}"))
        for event in events:
            self._expect(signed, event)

    def _fill(self, rows: Rows, unit: str, acts: dict[str, Event], mine: Any, *, stale: bool) -> None:
        left_out = {acts[act].task for act in ("leaves out", "deletes a row") if act in acts}
        gone = acts["deletes a column"].field if "deletes a column" in acts else ""
        shared = acts["shares"].task if "shares" in acts else 0
        for at, row in enumerate(rows.rows()):
            key = rows.get(row, "key")
            task, leads = int(key[1:]), rows.get(row, "role") == "牵头"
            if stale:
                self.model.wait(unit, {})
            if task in left_out or not mine(at) or not (leads or task == shared):
                continue
            progress, percent = self._news(task)
            progress = progress if leads else f"配合完成第{task}号排口管线迁改{len(self.months)}处"
            rows.put(row, "progress", progress)
            if leads:
                rows.put(row, "percent", percent)
            if not stale:
                self._report(unit, key, progress, percent if leads and gone != "percent" else None)

    def _expect(self, unit: str, event: Event) -> None:
        """What the merge makes of an act, beside what is reported as always."""
        key, now = f"T{event.task:04d}", self.model.now
        if event.outcome in ("refused", "conflict"):
            self.model.dispute(unit, key, event.field, event.value, event.outcome)
        elif event.outcome == "filled":
            self.model.change(key, unit, event.field, event.value, "filled")
        elif event.outcome in ("reported", "unchanged") and event.field:
            self.model.state(unit, key, event.field, event.value)
        elif event.outcome == "unmatched" and event.act in ACTS:
            number = next(int(key[1:]) for key, task in self.model.tasks.items() if task.lead == unit)
            progress, percent = self._news(number)
            values = {"task_id": "", "problem": NEW_PROBLEM, "progress": progress, "percent": f"{percent:.0%}"}
            self.model.wait(unit, {**self.model.tasks[f"T{number:04d}"].values, **values})
        elif event.act == "asks to extend":
            self.model.extensions[key] = list(event.value)
        elif event.outcome in ("absent", "blanked"):
            now.outcomes[event.outcome] += 1

    # The merge -----------------------------------------------------------------------------------------------------

    def _merge(self, month: str, back: Path) -> None:
        base = () if self.master.exists() else ("--base", self.plan)
        told = self.run("merge", back, *base, "-o", self.master, "--as-of", f"{month}-21", "--workers", 1)
        self.model.end()
        self.masters.append(self.master.read_bytes())
        self.told.append(told)


def write_rows(path: Path, title: str, rows: Iterable[Iterable[Any]], signed: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.append([signed or None])
    for row in rows:
        sheet.append(list(row))
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path
