"""The invented plans of tests/plans/data, as documents of every format: their tasks, facts and doubts are those of the labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.plans.model import Plan
from rectify_xl.plans.worker import read_file
from tests.support.counts import count
from tests.support.office import profile, run_office
from tests.support.plan_documents import differences, paired, plans

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.plan_documents import Plan as Labelled

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

PLANS = plans()
CASES = [(plan, kind) for plan in PLANS for kind in plan.formats if kind != "pdf"]
FACTS = {"title": "title", "docno": "doc_no", "date": "issue_date_text", "issuer": "issuer"}
ERRORS = {"nothing": {"no_tasks_declared"}, "refused": {"no_tasks"}, "rows": set()}


def read(path: Path) -> Plan:
    found = read_file(path)
    assert isinstance(found, Plan), found.zh
    return found


def codes(found: dict[str, Any], *severities: str) -> set[str]:
    doubts = [*found["doc"]["anomalies"], *(doubt for task in found["tasks"] for doubt in task["anomalies"])]
    return {doubt["code"] for doubt in doubts if not severities or doubt["severity"] in severities}


@pytest.mark.parametrize(("plan", "kind"), CASES, ids=[f"{plan.name}.{kind}" for plan, kind in CASES])
def test_tasks_facts_and_doubts_are_those_of_the_labels(plan: Labelled, kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{plan.name}.{kind}"
    path.write_bytes(plan.bytes_as(kind))
    found = read(path).to_dict()
    pairs = paired(plan.tasks, found["tasks"])
    assert len(pairs) == len(plan.tasks) == len(found["tasks"])
    assert {gold["no"]: differing for gold, task in pairs if (differing := differences(gold, task))} == {}
    assert {key: found["doc"][FACTS[key]] for key in plan.facts} == plan.facts
    declared = plan.about.get("declared")
    assert found["doc"]["declared_counts"]["tasks"] == (int(declared) if declared else None)
    expected = set(plan.about.get("anomalies", "").split())
    assert expected <= codes(found)
    assert codes(found, "error") <= ERRORS[plan.expected] | expected
    assert ERRORS[plan.expected] <= codes(found, "error")


def test_the_set_is_as_large_as_it_says() -> None:
    assert len(PLANS) >= 25
    assert len({plan.about["layout"] for plan in PLANS}) >= 8


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_files_in_every_encoding(encoding: str, tmp_path: Path) -> None:
    plan = next(one for one in PLANS if one.name.startswith("20"))
    path = tmp_path / "清单.txt"
    path.write_bytes(plan.bytes_as("txt", encoding))
    assert [task.problem for task in read(path).tasks] == [task["problem"] for task in plan.tasks]


# What nobody who copies a plan thinks of: none of it changes a task.
VARIANTS = {
    "full width": str.maketrans(":;,()", "：；，（）"),
    "half width": str.maketrans("：；，（）", ":;,()"),
}


@pytest.mark.parametrize("plan", [plan for plan in PLANS if "txt" in plan.formats][:: count(5, 1)], ids=lambda plan: plan.name)
@pytest.mark.parametrize("how", [*VARIANTS, "indented", "blank lines", "windows"])
def test_spelling_and_blanks_change_no_task(plan: Labelled, how: str, tmp_path: Path) -> None:
    text = plan.text()
    if how in VARIANTS:
        text = text.translate(VARIANTS[how])
    elif how == "indented":
        text = "".join(f"\u3000\u3000{line}\n" for line in text.splitlines())
    elif how == "blank lines":
        text = text.replace("\n", "\n\n")
    else:
        text = text.replace("\n", "\r\n")
    path = tmp_path / "方案.txt"
    path.write_bytes(text.encode())
    found = read(path).to_dict()["tasks"]
    pairs = paired(plan.tasks, found)
    assert len(pairs) == len(plan.tasks) == len(found)
    assert {gold["no"]: differing for gold, task in pairs if (differing := differences(gold, task))} == {}


@pytest.mark.office
@pytest.mark.slow
def test_through_libreoffice(tmp_path: Path) -> None:
    """Of the tables of a PDF one thing is lost: whether a line break in a narrow cell was a blank."""
    some = PLANS[:: count(3, 1)]
    for plan in some:
        if "docx" in plan.formats:
            (tmp_path / f"{plan.name}.docx").write_bytes(plan.docx())
    figures = {}
    with profile() as folder:
        for kind in ("html", "pdf"):
            run_office(folder, "--convert-to", kind, "--outdir", str(tmp_path), *map(str, tmp_path.glob("*.docx")))
            whole = tasks = 0
            for plan in some:
                path = tmp_path / f"{plan.name}.{kind}"
                if not path.exists():
                    continue
                found = read(path).to_dict()["tasks"]
                pairs = paired(plan.tasks, found)
                assert len(pairs) == len(plan.tasks) == len(found), path.name
                tasks += len(pairs)
                whole += sum(not differences(gold, task) for gold, task in pairs)
            figures[kind] = whole / tasks
    assert figures["html"] == 1
    assert figures["pdf"] >= 0.95
