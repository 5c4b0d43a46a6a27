"""Facts that a right reading of real submissions must give. They are kept beside the project, and skipped where absent."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.workflow.merge import merge

if TYPE_CHECKING:
    from rectify_xl.ledger.master import Master

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
pytestmark = pytest.mark.skipif(not REAL.is_dir(), reason="the real submissions are not beside the project")


def merged(name: str) -> Master:
    folder = REAL / name
    return merge([folder / "submissions"], campaign=load_campaign(folder), as_of=date(2020, 8, 6))


def found(master: Master, slug: str) -> list[str]:
    return sorted(finding.task_id or finding.unit or "" for finding in master.report.findings if finding.slug == slug)


def column(master: Master, label: str) -> list[object]:
    ledger = next(Summary(master).sheets())
    at = [one.label for one in ledger.columns].index(label)
    return [row[at] for row in ledger.rows]


def test_luohe() -> None:
    master = merged("luohe")
    result = master.to_dict()
    assert (result["tasks"], result["summary"]["rows"], result["summary"]["files"]) == (31, 31, 12)
    assert result["conflicts"] == []
    assert found(master, "missing-leader") == found(master, "unknown-unit") == found(master, "duplicate-task") == []
    assert found(master, "polluted-text") == ["15", "29", "30", "31", "8"]
    assert found(master, "deadline-is-status") == ["22", "23"]
    dated = {verdict.due for task in master.tasks for verdict in task.deadlines if verdict.kind == "dated"}
    assert dated == {date(2020, 8, 31), date(2020, 12, 31), date(2022, 12, 31)}
    assert sum(1 for task in master.tasks if "immediate" in task.kinds) == 26
    assert result["same_unit_files"] == {"市市场监督管理局": ["市市场监督管理局.xlsx", "市市场监管局散煤.xlsx"]}
    assert sum(1 for units in column(master, "配合单位") if units) == 27
    assert found(master, "number-gap") == found(master, "count-mismatch") == []


def test_jiangxi() -> None:
    master = merged("jiangxi")
    assert len(master.tasks) == 11
    assert len(found(master, "missing-leader")) == 11
    assert len(found(master, "vague-deadline")) == 5
    assert len(found(master, "undated-deadline")) == 4
    assert len(found(master, "missing-deadline")) == 1
    assert [due for due in column(master, "到期日") if due] == [date(2017, 3, 31)]
    assert sum(1 for units in master.report.collection.units if units.per_measure) == 6


def test_lincang() -> None:
    master = merged("lincang")
    assert len(master.tasks) == 22
    assert sum(1 for units in column(master, "配合单位") if units) == 12
    assert len(found(master, "missing-deadline")) == 22
    assert found(master, "required-missing") == []
    assert Counter(task.timing.flag for task in master.tasks) == {"undated": 22}
