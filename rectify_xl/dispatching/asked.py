"""本期要求: what the office asks of a unit this month, on one page, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rectify_xl.common.findings import Severity
from rectify_xl.common.i18n import Text, listed, localise
from rectify_xl.ledger.decided import decided_cells
from rectify_xl.ledger.reports_by_source import ReportsByRow
from rectify_xl.ledger.turnout import is_answered
from rectify_xl.schema.conversion import shown, shown_in
from rectify_xl.schema.fields import STATUS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rectify_xl.dispatching.assignments import Assigned, Role
    from rectify_xl.ledger.decision_records import ConflictRecord
    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import FindingRecord, ReportRecord, TaskRecord

_LONGEST = 60
_MOST = 40  # requests of one section: what is asked has to be read
# What other sections say of the tasks themselves, and what is about the old file.
_TOLD = frozenset({
    "overdue", "due-soon", "missing-leader", "missing-deadline", "vague-deadline", "undated-deadline", "unreadable-deadline",
    "conflicting-reports", "contradicts-ledger", "superseded-submission", "not-submitted", "late-submission",
    "closed-then-changed",  # what is sent out again has been opened again since
})  # fmt: skip

# Of a task that came back they are what is meant, and of a value that the office has decided on, what it knew.
_STEPS_BACK = frozenset({"illegal-transition", "percent-regressed"})

_ABSENT = {
    "missing": (
        Text("没有报送", "no list came in"),
        Text("请本期按时报送，上期的进展一并写明。", "Please report in time, with the progress of the last round."),
    ),
    "late": (Text("报送晚于截止日期", "the list came in late"), Text("请本期按时报送。", "Please report in time.")),
    "wrong-round": (
        Text("用的是别的轮次的表", "the list was of another round"), Text("请用本表填报。", "Please use this workbook."),
    ),
    "unusable": (
        Text("报来的表没有可用内容", "nothing in the list could be used"), Text("请用本表填报。", "Please use this workbook."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """One thing asked: about which task (its number, or how it begins), how it stands, what is to be done."""

    task: str
    state: str
    please: str


@dataclass(frozen=True, slots=True)
class Section:
    """Requests of one kind."""

    title: str
    requests: tuple[Request, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """All that is asked of a unit: sentences first, then the requests by kind."""

    sentences: tuple[str, ...]
    sections: tuple[Section, ...] = ()

    @property
    def count(self) -> int:
        """How many requests there are."""
        return sum(len(section.requests) for section in self.sections)


class Asking:
    """What a master gives to ask of its units; made once for all of them."""

    def __init__(self, master: Master, lang: str) -> None:
        self._master = master
        self._lang = lang
        self._tasks = {task.key: task for task in master.tasks}
        self._by_row = ReportsByRow(master.reports, master.campaign.round_id)
        self._decided = {(master.tasks[at].key, field) for field, places in decided_cells(master).items() for at in places}

    def of(self, unit: str, assigned: Sequence[Assigned], sentences: tuple[str, ...]) -> Asked:
        """What is asked of one unit."""
        say = self._say
        found = (
            (say("上期报送", "The last report"), self._absences(unit)),
            (say("已经逾期", "Overdue"), self._late(assigned)),
            (say("即将到期", "Due soon"), self._soon(assigned)),
            (say("有出入、等核定的内容", "Values in dispute"), self._conflicts(unit, assigned)),
            (say("等整改办确认的行", "Rows to be confirmed"), self._pending(unit)),
            (say("上期清单里要核对改正的", "To be corrected since the last list"), self._findings(unit, assigned)),
            (say("时限、责任领导不明确", "No clear deadline or leader"), self._unclear(assigned)),
        )
        sections = ((title, self._shortened(tuple(requests))) for title, requests in found)
        return Asked(sentences, tuple(Section(title, requests) for title, requests in sections if requests))

    def _say(self, zh: str, en: str) -> str:
        return localise(self._lang, zh, en)

    def _shortened(self, requests: tuple[Request, ...]) -> tuple[Request, ...]:
        rest = len(requests) - _MOST
        if rest <= 0:
            return requests
        more = self._say(f"另有 {rest} 条，与以上同类", f"and {rest} more of the kind")
        return (*requests[:_MOST], Request("", more, self._say("请一并办理。", "Please see to them too.")))

    def _absences(self, unit: str) -> Iterator[Request]:
        name = self._master.campaign.round_id
        for absence in self._master.absences:
            if absence.unit == unit and absence.kind in _ABSENT and not is_answered(self._master, absence):
                state, please = (text.in_language(self._lang) for text in _ABSENT[absence.kind])
                yield Request("", f"{name} {state}".strip(), please)

    def _late(self, assigned: Sequence[Assigned]) -> Iterator[Request]:
        late = sorted((one for one in assigned if one.task.timing.flag == "overdue"), key=lambda one: -one.task.timing.days)
        for one in late:
            day, days = shown(one.task.judged_by), one.task.timing.days
            doubt = self._say("（存疑）", " (in doubt)") if one.task.doubts else ""
            state = self._say(f"{day} 到期，逾期 {days} 天{doubt}", f"due {day}, {days} days late{doubt}")
            please = self._say(
                "请写明原因和完成日期；已经完成的，填“整改状态”和“实际完成日期”。",
                "Please say why and by when; if it is done, fill in status and completion date.",
            )
            if one.role != "lead":
                please = self._say(
                    "请配合牵头单位抓紧完成，写明本单位承担部分的进展。",
                    "Please help the lead to finish it, and report your own share.",
                )
            yield self._about(one, state, please)

    def _soon(self, assigned: Sequence[Assigned]) -> Iterator[Request]:
        soon = sorted((one for one in assigned if one.task.timing.flag == "due-soon"), key=lambda one: one.task.timing.days)
        for one in soon:
            day, days = shown(one.task.judged_by), one.task.timing.days
            state = self._say(f"{day} 到期，还剩 {days} 天", f"due {day}, {days} days left")
            yield self._about(one, state, self._say("请确保按期完成，写明进度。", "Please see that it is done in time."))

    def _unclear(self, assigned: Sequence[Assigned]) -> Iterator[Request]:
        for one in assigned:
            if one.role != "lead":
                continue
            if not one.task.is_clear and not one.task.is_standing and not one.task.is_closed:
                cell = _short(one.task.values.get("deadline"))
                state = self._say(f"整改时限：{cell or '空白'}", f"deadline: {cell or 'blank'}")
                yield self._about(one, state, self._say("请把具体完成日期报整改办核定。", "Please name the day to the office."))
            if not one.task.has_leader and not one.task.is_closed:
                state = self._say("没有责任领导", "no responsible leader")
                yield self._about(
                    one, state, self._say("请明确一名责任领导，写姓名和职务。", "Please name one leader, with the post.")
                )

    def _conflicts(self, unit: str, assigned: Sequence[Assigned]) -> Iterator[Request]:
        mine = {one.task.key for one in assigned}
        names = {one.task.name for one in assigned}
        for conflict in self._master.conflicts:
            open_here = conflict.key in mine if conflict.key else conflict.task in names
            if open_here and not conflict.decision and any(side.unit == unit for side in conflict.sides):
                yield self._conflict(conflict)

    def _conflict(self, conflict: ConflictRecord) -> Request:
        schema = self._master.campaign.schema
        label = schema[conflict.field].label[self._lang] if conflict.field in schema else conflict.field
        ours = _short(conflict.ours)
        by_unit: dict[str, list[str]] = {}
        for side in conflict.sides:
            by_unit.setdefault(side.unit, []).append(f"“{_short(side.value)}”")
        said = [self._said(unit, values) for unit, values in by_unit.items()]
        office = [self._say(f"台账为“{ours}”", f"the ledger says “{ours}”")] if ours else []
        text = self._say("，", ", ").join((*said, *office))
        if conflict.kind == "refused":
            please = self._say(
                "所提修改还没有采纳，本表仍按台账下发；请与整改办联系。", "Not accepted so far; please contact the office."
            )
        else:
            please = self._say(
                "请核对，以事实为准；需要更正的在本表中更正。", "Please check, and correct your own value where it is wrong."
            )
        return Request(conflict.task, f"{label}{self._say('：', ': ')}{text}", please)

    def _said(self, unit: str, values: Sequence[str]) -> str:
        """What a unit says; where its own rows or files differ, that it says several things."""
        if len(values) == 1:
            return self._say(f"{unit}填{values[0]}", f"{unit} says {values[0]}")
        return self._say(f"{unit}前后填了不同的内容：{'、'.join(values)}", f"{unit} says different things: {', '.join(values)}")

    def _pending(self, unit: str) -> Iterator[Request]:
        for waiting in self._master.pending:
            if waiting.unit == unit and not waiting.decision:
                text = _short(waiting.values.get("problem") or waiting.values.get("measures"))
                state = self._say(f"对不上台账中的任务：{text}", f"no task of the ledger for certain: {text}")
                please = self._say(
                    "已经在本表中的，请填在本表对应的行；是新任务的，请告知整改办。",
                    "Fill in the row of this workbook if it is there; tell the office if it is a new task.",
                )
                yield Request(shown(waiting.values.get("task_id")), state, please)

    def _findings(self, unit: str, assigned: Sequence[Assigned]) -> Iterator[Request]:
        """Errors and warnings of the last list about what the unit itself fills in, equal ones together."""
        roles = {one.task.key: one.role for one in assigned}
        found = [(finding, task) for finding in self._master.findings if (task := self._open(unit, finding, roles))]
        found.sort(key=lambda pair: (pair[0].rule, pair[0].message))
        for (_, message), group in groupby(found, key=lambda pair: (pair[0].rule, pair[0].message)):
            tasks = listed(self._lang, dict.fromkeys(task.name for _, task in group))
            yield Request(tasks, message, self._say("请在本表中改正。", "Please correct it in this workbook."))

    def _open(self, unit: str, finding: FindingRecord, roles: Mapping[str, Role]) -> TaskRecord | None:
        """The task of a finding that the unit can still do something about."""
        schema = self._master.campaign.schema
        if finding.unit != unit or finding.severity not in (Severity.ERROR, Severity.WARNING) or finding.slug in _TOLD:
            return None
        if finding.field not in schema or schema[finding.field].owner != "unit":
            return None
        report = self._by_row.of_finding(finding)
        task = self._tasks.get(report.key) if report and report.key in roles else None
        overruled = report and task and roles[task.key] == "lead" and self._is_overruled(finding, report, task)
        return None if overruled else task

    def _is_overruled(self, finding: FindingRecord, report: ReportRecord, task: TaskRecord) -> bool:
        """Whether the office has put something else where its lead had said what was found, or knows of a step back."""
        schema = self._master.campaign.schema
        state = schema.states.get(task.values.get(STATUS))
        is_known = (state is not None and state.reopened) or (task.key, finding.field) in self._decided
        if finding.slug in _STEPS_BACK and is_known:
            return True
        known = schema[finding.field]
        ours, theirs = (shown_in(known, record.values.get(known.key)) for record in (task, report))
        return known.grain == "task" and not (report.parts or task.parts) and bool(ours) and ours != theirs

    def _about(self, one: Assigned, state: str, please: str) -> Request:
        role = "" if one.role == "lead" else self._say("（配合）", " (cooperating)")
        return Request(
            f"{one.task.name}{role}", f"{_short(one.task.subject).rstrip('。.')}{self._say('。', '. ')}{state}", please
        )


def _short(value: Any) -> str:  # noqa: ANN401 - a cell holds anything
    text = " ".join(shown(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
