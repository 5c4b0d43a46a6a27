"""Small hand-built masters: no file is read, no rule speaks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.campaign.settings import Campaign, DeadlineRules, Unit
from rectify_xl.collection.assembly import make_collection
from rectify_xl.common.findings import Finding, Severity
from rectify_xl.intake.submission import Submission, Table, TaskRow
from rectify_xl.ledger import merging
from rectify_xl.tasks import joined
from rectify_xl.validation.report import Report
from rectify_xl.workbook import write_master

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from rectify_xl.ledger.master import Master

AS_OF = date(2026, 11, 21)
CAMPAIGN = Campaign(
    name="青禾市整改",
    issuer="青禾市整改办",
    issued=date(2026, 1, 5),
    units=(Unit("1", "市水务局"), Unit("2", "市林业局"), Unit("3", "市规划局", reports=None)),
    deadlines=DeadlineRules(),
    round_id="2026-11",
    round_due=date(2026, 11, 25),
)
WATER: tuple[dict[str, Any], ...] = (
    {
        "task_id": "1", "problem": "东渠排口未截流", "measures": "敷设截污管", "leader": "程一 副市长", "lead_unit": "市水务局",
        "deadline": "2026年6月30日", "status": "整改中", "progress": "已完成勘察", "percent": 0.4, "contact": "甲",
    },
    {
        "task_id": "2", "problem": "西塘护岸垮塌", "measures": "重建护岸", "leader": "程一 副市长", "lead_unit": "市水务局",
        "deadline": "2026年12月10日", "status": "整改中", "percent": 120,
    },
    {
        "task_id": "3", "problem": "巡河记录缺失", "measures": "补齐记录", "leader": None, "lead_unit": "市水务局",
        "deadline": "尽快完成", "status": "已完成", "completed_on": date(2026, 5, 4),
    },
)  # fmt: skip
WOODS: tuple[dict[str, Any], ...] = (
    {
        "task_id": "1", "problem": "东渠排口未截流", "measures": "敷设截污管", "leader": "程一 副市长", "lead_unit": "市水务局",
        "deadline": "2026年9月30日", "status": "整改中",
    },
    {
        "task_id": "4", "problem": "北坡裸土", "measures": "=1+1", "leader": "余二", "lead_unit": "市林业局、市规划局",
        "deadline": date(2027, 3, 1), "status": "未启动", "phone": "13800000000",
    },
)  # fmt: skip


def finding(**given: Any) -> Finding:
    standard: dict[str, Any] = {
        "code": "D502", "slug": "vague-deadline", "severity": Severity.ERROR, "message": "写明日期", "file": "水务.xlsx",
        "sheet": "任务清单", "cell": "J6", "row": 6, "field": "deadline", "task_id": "3", "value": "尽快完成",
    }  # fmt: skip
    return Finding(**standard | given)


FINDINGS = (
    finding(),
    finding(code="U401", slug="unknown-unit", severity=Severity.WARNING, file="林业.xlsx", row=5, cell="G5", task_id=None),
    finding(code="S101", slug="hidden-sheet", severity=Severity.INFO, sheet="附表", row=None, cell=None, field=None, value=None),
    finding(code="M701", slug="missing-unit", file=None, sheet=None, row=None, cell=None, unit="市规划局", value="=cmd"),
)


def submission(path: str, rows: Sequence[dict[str, Any]], **given: Any) -> Submission:
    keys = tuple(known.key for known in CAMPAIGN.schema.fields)
    columns = {key: at for at, key in enumerate(keys, 1)}
    headings = {known.key: known.label["zh"] for known in CAMPAIGN.schema.fields}
    tasks = tuple(TaskRow(row, {**dict.fromkeys(keys), **values}) for row, values in enumerate(rows, 4))
    table = Table("任务清单", 3, columns, headings, tasks)
    return Submission(path, tables=(table,), **{"unit_text": f"市{path.partition('.')[0]}局", **given})


def build(
    files: dict[str, Sequence[dict[str, Any]]] | None = None, findings: tuple[Finding, ...] = FINDINGS, **campaign: Any
) -> Master:
    given = {"水务.xlsx": WATER, "林业.xlsx": WOODS} if files is None else files
    submissions = tuple(submission(path, rows) for path, rows in given.items())
    return master_of(submissions, findings, replace(CAMPAIGN, **campaign))


def master_of(submissions: tuple[Submission, ...], findings: tuple[Finding, ...], campaign: Campaign) -> Master:
    collection = make_collection(submissions, campaign, AS_OF, collected=True)
    report = Report(AS_OF, collection, findings)
    return merging.make_master(report, joined(collection))


@pytest.fixture
def make_master() -> Callable[..., Master]:
    return build


@pytest.fixture
def master() -> Master:
    return build()


@pytest.fixture(scope="session")
def written_once(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("written") / "总台账.xlsx"
    write_master(build(), path)
    return path.read_bytes()


@pytest.fixture
def written(written_once: bytes, tmp_path: Path) -> Path:
    """The master as a workbook of the test's own."""
    path = tmp_path / "总台账.xlsx"
    path.write_bytes(written_once)
    return path
