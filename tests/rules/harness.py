"""Rule cases as data: a Markdown page -> real files -> the intake -> a Collection -> the findings of one rule.

A page holds ``## pass: title`` and ``## fail: title`` sections. In a section stand ``key: value`` lines, pipe tables
and, at the end, ``expect:`` with the addresses of the findings. See ``cases/README.md`` for the keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.campaign.schema_choice import chosen_by_files
from rectify_xl.campaign.schema_settings import AUTO, SchemaChoice
from rectify_xl.campaign.settings import (
    Campaign,
    CampaignLeader,
    Closing,
    DeadlineRules,
    ExtensionRules,
    NoticeRules,
    RuleChoice,
    Unit,
)
from rectify_xl.collection.assembly import make_collection
from rectify_xl.collection.base import DIGEST, Base, BaseReport, BaseTask, LeftDecision
from rectify_xl.collection.extension_request import Request
from rectify_xl.collection.extensions import day_of, granted
from rectify_xl.common.i18n import Text
from rectify_xl.intake.discover import collect
from rectify_xl.intake.files import read_file
from rectify_xl.schema.conversion import shown
from rectify_xl.schema.loading import load_schema, shipped_schemas
from rectify_xl.tasks import joined
from rectify_xl.validation.engine import run_rules
from tests.rules.workbooks import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_xl.collection.collection import Collection
    from rectify_xl.common.findings import Finding
    from rectify_xl.schema.schema import Schema

CASES = Path(__file__).with_name("cases")
AS_OF = date(2026, 11, 21)

_HEADING = re.compile(r"## (pass|fail): (.+)")
_KEY = re.compile(r"([a-z_ ]+): (.*)")
_ROW = re.compile(r"\|(.*)\|\s*")
_RULE_LINE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+\s*")
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_CAMPAIGN_KEYS = frozenset({
    "as_of", "issued", "immediate", "long_term", "nodes", "due_soon_days", "period_before", "event", "round_due",
    "publicity_days", "publicity_unit", "first_day", "unit", "leader", "schema", "collected", "with", "name", "issuer", "round",
    "last deadline", "left decision", "office", "due", "request", "ask_before",
})  # fmt: skip
_EXPECT_KEYS = frozenset({"expect", "fix", "says"})


@dataclass
class SheetSpec:
    """One sheet to be written: its table of raw cell texts and the lines that belong to it."""

    name: str = "任务清单"
    rows: list[list[str]] = field(default_factory=list)
    keys: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class FileSpec:
    """One file to be written."""

    name: str = "市水利局.xlsx"
    sheets: list[SheetSpec] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)


@dataclass
class Case:
    """One section of a page."""

    slug: str
    kind: str
    title: str
    line: int
    campaign: list[tuple[str, str]] = field(default_factory=list)
    files: list[FileSpec] = field(default_factory=list)
    base: list[FileSpec] = field(default_factory=list)
    expect: list[str] = field(default_factory=list)
    fixes: dict[str, str] = field(default_factory=dict)
    says: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The test's name."""
        return f"{self.slug}-{self.kind}-{self.line}-{self.title}"


def read_cases(slug: str) -> list[Case]:
    """The cases of one rule."""
    return read_page(CASES / f"{slug}.md")


def read_page(page: Path) -> list[Case]:
    """The cases of one page."""
    cases: list[Case] = []
    for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
        heading = _HEADING.fullmatch(line)
        if heading:
            cases.append(Case(page.stem, heading[1], heading[2], number))
        elif cases and line.strip() and not _RULE_LINE.fullmatch(line):
            _take(cases[-1], line, f"{page.name}:{number}")
    return cases


def _take(case: Case, line: str, where: str) -> None:
    row, key = _ROW.fullmatch(line), _KEY.fullmatch(line.strip())
    if row:
        cells = [cell.strip(" ").replace(r"\|", "|") for cell in _CELL_BREAK.split(row[1])]
        sheet = case.base[-1].sheets[-1] if case.base and not case.files else _sheet(case)
        sheet.rows.append(cells)
    elif key is None:
        message = f"{where}: neither a table row nor a key: {line}"
        raise ValueError(message)
    elif key[1] in _CAMPAIGN_KEYS:
        case.campaign.append((key[1], key[2]))
    elif key[1] in _EXPECT_KEYS:
        _expect(case, key[1], key[2])
    elif key[1] == "base":
        case.base.append(FileSpec(f"{key[2]}.xlsx", [SheetSpec()]))
    elif key[1] == "file":
        case.files.append(FileSpec(key[2]))
    elif key[1] == "sheet":
        _file(case).sheets.append(SheetSpec(key[2]))
    elif key[1] in {"title", "filled", "hidden rows", "hidden columns", "filter", "footer", "above", "section"}:
        _sheet(case).keys.append((key[1], key[2]))
    elif key[1] in {"make", "modified", "hidden sheet", "link", "stamp", "dispatched", "merged in"}:
        _file(case).keys[key[1]] = key[2]
    else:
        message = f"{where}: unknown key {key[1]}"
        raise ValueError(message)


def _expect(case: Case, key: str, value: str) -> None:
    if key == "expect":
        case.expect += [part.strip() for part in value.split(",")]
    elif key == "says":
        case.says.append(value)
    else:
        cell, _, fixed = value.partition(" = ")
        case.fixes[cell.strip()] = fixed.encode().decode("unicode_escape") if "\\" in fixed else fixed


def _file(case: Case) -> FileSpec:
    if not case.files:
        case.files.append(FileSpec())
    return case.files[-1]


def _sheet(case: Case) -> SheetSpec:
    file = _file(case)
    if not file.sheets:
        file.sheets.append(SheetSpec())
    return file.sheets[-1]


def judge(case: Case, folder: Path, lang: str = "zh") -> tuple[Finding, ...]:
    """Write the case's files, read them back and return the findings of its rule."""
    return findings_of(case, written(case, folder), lang)


def findings_of(case: Case, collection: Collection, lang: str = "zh") -> tuple[Finding, ...]:
    """The findings of the case's rule."""
    others = tuple(name.strip() for name in dict(case.campaign).get("with", "").split(",") if name.strip())
    findings = run_rules(collection, RuleChoice(select=(case.slug, *others)), lang=lang)
    return tuple(finding for finding in findings if finding.slug == case.slug)


def judge_all(case: Case, folder: Path) -> tuple[Finding, ...]:
    """Write the case's files, read them back and return the findings of all rules."""
    return run_rules(written(case, folder), RuleChoice())


def written(case: Case, folder: Path) -> Collection:
    """The case's files, written and read back."""
    campaign, settings = _campaign(case), dict(case.campaign)
    for file in case.files:
        write_file(file, folder)
    found, skipped = collect([folder], frozenset())
    candidates = campaign.schema_choice.candidates if campaign.schema_choice else ()
    read = [read_file(one.path, one.relative, campaign.schema, candidates=candidates) for one in found]
    chosen = chosen_by_files(campaign, (one.fits for one in read))
    if chosen.schema is not campaign.schema:
        read = [read_file(one.path, one.relative, chosen.schema, candidates=candidates) for one in found]
    campaign = chosen
    submissions = tuple(sorted((*read, *skipped), key=lambda submission: submission.path))
    as_of = date.fromisoformat(settings.get("as_of", AS_OF.isoformat()))
    base = _base(case, campaign, as_of, folder.with_name(f"{folder.name}-base")) if case.base else None
    if base:
        sent = {file.name for file in case.files if file.keys.get("dispatched") == "yes"}
        submissions = tuple(replace(one, dispatched=_sent(base)) if one.path in sent else one for one in submissions)
        merged = {file.name: file.keys["merged in"] for file in case.files if "merged in" in file.keys}
        base = replace(base, merged={one.sha256[:DIGEST]: merged[one.path] for one in submissions if one.path in merged})
    collected = base is not None or settings.get("collected") == "yes"
    return make_collection(submissions, campaign, as_of, collected=collected, base=base)


def _base(case: Case, campaign: Campaign, as_of: date, folder: Path) -> Base:
    """The last round: every list behind ``base:`` is what one unit reported, and its rows are the tasks, in order."""
    folder.mkdir()
    for file in case.base:
        write_file(file, folder)
    read = tuple(read_file(one.path, one.relative, campaign.schema) for one in collect([folder], frozenset())[0])
    collection = make_collection(tuple(sorted(read, key=lambda one: one.path)), campaign, as_of)
    tasks = []
    changed = dict(value.partition(" = ")[::2] for key, value in case.campaign if key == "office")
    for number, task in enumerate(joined(collection), 1):
        units = collection.units[task.main.positions[0]]
        state = collection.states[task.main.positions[0]]
        reports = {one.unit: BaseReport(one.unit, one.values, "2026-10") for one in task.reports}
        roles = frozenset(units.lead or units.responsible), frozenset(units.cooperating)
        closed = bool(state and state.struck_off)
        tasks.append(BaseTask(f"T{number:04d}", {**task.values, **changed}, reports, *roles, closed=closed))
    given = dict(case.campaign)
    before = {tasks[0].key: given["last deadline"]} if "last deadline" in given else {}
    left = [value.partition(" = ")[::2] for key, value in case.campaign if key == "left decision"]
    due = {tasks[0].key: date.fromisoformat(given["due"])} if "due" in given else {}
    return Base(
        tuple(tasks), "2026-10", deadlines=before, due=due, extensions=tuple(_requests(case, tasks[0])),
        left=tuple(LeftDecision("冲突", Text(place, place), Text(why, why)) for place, why in left),
    )  # fmt: skip


def _requests(case: Case, task: BaseTask) -> Iterator[Request]:
    """What ``request: asked | new | reason | decision | approved by | on`` says of the first task."""
    for key, value in case.campaign:
        if key == "request":
            asked, new, reason, decision, *signed = (part.strip() for part in value.split("|"))
            approved_by, approved_on = signed or ("", "")
            yield Request(
                task.key, str(task.values["task_id"]), "市水利局", day_of(asked), task.values["deadline"], new, day_of(new),
                reason, granted(decision), approved_by, day_of(approved_on),
            )  # fmt: skip


def _sent(base: Base) -> dict[str, dict[str, str]]:
    """The tasks of the base as they would have been dispatched."""
    return {task.key: {key: shown(value) for key, value in task.values.items()} for task in base.tasks}


def schema_of(case: Case) -> Schema:
    """The schema that a case names; with ``auto`` the one that counts until the files have chosen."""
    return load_schema(dict(case.campaign).get("schema", "task_list").replace(AUTO, "task_list"))


def _campaign(case: Case) -> Campaign:
    given = dict(case.campaign)
    days = {key: date.fromisoformat(given[key]) for key in ("issued", "immediate", "long_term", "round_due") if key in given}
    events = [value.partition("=")[::2] for key, value in case.campaign if key == "event"]
    return Campaign(
        issued=days.get("issued"),
        schema=schema_of(case),
        schema_choice=SchemaChoice(shipped_schemas()) if given.get("schema") == AUTO else None,
        units=tuple(_unit(number, value) for number, (key, value) in enumerate(case.campaign, 1) if key == "unit"),
        leaders=tuple(CampaignLeader(*_parts(value)[:2]) for key, value in case.campaign if key == "leader"),
        deadlines=DeadlineRules(
            immediate=days.get("immediate"),
            long_term=days.get("long_term"),
            nodes=tuple(map(date.fromisoformat, _parts(given.get("nodes", ""), ","))),
            due_soon_days=int(given.get("due_soon_days", "30")),
            period_before=given.get("period_before"),
            events=dict(events),
        ),
        name=given.get("name", ""),
        issuer=given.get("issuer", ""),
        round_id=given.get("round", ""),
        round_due=days.get("round_due"),
        extension=ExtensionRules(int(given.get("ask_before", "0"))),
        closing=Closing(
            notice=NoticeRules(
                int(given.get("publicity_days", "10")),
                given.get("publicity_unit", "working"),
                given.get("first_day") != "no",
            )
        ),
    )


def _parts(value: str, separator: str = "|") -> list[str]:
    return [part.strip() for part in value.split(separator)] if value else []


def _unit(number: int, value: str) -> Unit:
    name, aliases, former, reports = (*_parts(value), "", "", "")[:4]
    said = {"yes": True, "no": False}.get(reports)
    return Unit(f"U{number:02d}", name, tuple(_parts(aliases, ",")), tuple(_parts(former, ",")), reports=said)


def addresses(case: Case, findings: tuple[Finding, ...]) -> list[str]:
    """The findings as ``expect`` writes them: a cell; ``file``, ``unit 市水利局`` or ``campaign``.

    With several files, cells and files are preceded by the file's name; with several sheets, by the sheet's.
    """
    return sorted(_address(case, finding) for finding in findings)


def _address(case: Case, finding: Finding) -> str:
    if finding.file is None:
        return f"unit {finding.unit}" if finding.unit else "campaign"
    sheets = next(len(file.sheets) for file in case.files if file.name == finding.file)
    parts = [finding.file] if len(case.files) > 1 else []
    parts += [finding.sheet] if sheets > 1 and finding.sheet and finding.cell else []
    return "!".join([*parts, finding.cell or "file"])


def all_cases() -> Iterator[Case]:
    """Every case of every page."""
    for page in sorted(CASES.glob("*.md")):
        if page.stem != "README":
            yield from read_cases(page.stem)
