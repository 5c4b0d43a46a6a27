"""The tables of closing_paths.md are what the rules say; and any chain of steps with any days is judged as a lawyer reads it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_xl.campaign.closing_steps import DAY_OF, STEP_NAMES, with_steps
from rectify_xl.campaign.settings import Campaign, Closing, NoticeRules
from rectify_xl.collection.base import Base
from rectify_xl.collection.closing import closing_faults
from rectify_xl.collection.extension_request import Request
from rectify_xl.collection.extensions import day_of, granted
from rectify_xl.schema.loading import load_schema
from rectify_xl.validation.engine import run_rules
from rectify_xl.workflow.validate import validate
from tests.rounds.comparing import WATER, base_task, collected
from tests.rules.test_closing_paths import LEGAL, RULES, day
from tests.support.counts import count
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.common.findings import Finding

PAGE = Path(__file__).with_name("closing_paths.md").read_text("utf-8")
AFTER = ("illegal-transition", "reopened-without-reason", "closed-then-changed")
EXTENSIONS = ("extension-too-late", "extension-incomplete", "extension-not-granted", "extension-again")


def table(title: str) -> list[dict[str, str]]:
    """The rows of the table below a heading."""
    (section,) = (part for part in PAGE.split("\n## ") if part.startswith(title))
    head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|")
    return [dict(zip(head, row, strict=True)) for row in rows]


def said_of(rows: Iterable[dict[str, str]]) -> dict[str, set[str]]:
    return {row["经过"]: set(row["结论"].split("、")) - {LEGAL} for row in rows}


def found_of(rows: list[dict[str, str]], findings: Iterable[Finding], rules: tuple[str, ...]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {row["经过"]: set() for row in rows}
    for one in findings:
        if one.slug in rules:
            found[rows[int(one.task_id or 0) - 1]["经过"]].add(one.slug)
    return found


def place(row: dict[str, str]) -> Campaign:
    """The campaign of a place with such steps."""
    steps, length = tuple(row["步骤"].split()), row["公示"]
    notice = NoticeRules(int(length.removesuffix("个工作日").removesuffix("天")), "working" if "工" in length else "calendar")
    return Campaign(closing=Closing(steps=steps, notice=notice), schema=with_steps(load_schema(), steps))


def days_of(row: dict[str, str]) -> dict[str, date | None]:
    """Column -> day."""
    found: dict[str, date | None] = {}
    for step, text in zip(row["步骤"].split(), row["日期"].split(), strict=True):
        first, _, last = ("" if text == "-" else text).partition("~")
        found[DAY_OF[step]] = day(first)
        if step == "notice":
            found["publicity_end"] = day(last)
    return found


def test_paths_of_other_places(tmp_path: Path) -> None:
    rows = table("各地的步骤")
    places = defaultdict(list)
    for at, row in enumerate(rows, 1):
        places[row["步骤"], row["公示"]].append((at, row))
    findings: list[Finding] = []
    for number, several in enumerate(places.values()):
        campaign = place(several[0][1])
        keys = {key: campaign.schema[key].label["zh"] for _, row in several for key in days_of(row)}
        sent = [
            {
                "task_id": at, "problem": f"第{at}号河段的排口没有截污", "status": row["状态"],
                **{keys[key]: found for key, found in days_of(row).items()},
            }
            for at, row in several
        ]  # fmt: skip
        path = write_list(tmp_path / f"{number}.xlsx", sent, unit=WATER, keys=(*CLEAN, *keys.values()))
        findings.extend(validate(path, campaign=campaign, as_of="2026-12-20").findings)
    assert found_of(rows, findings, RULES) == said_of(rows)


def test_paths_after_the_strike_off(tmp_path: Path) -> None:
    rows = table("销号以后")
    tasks, sent = [], []
    for at, row in enumerate(rows, 1):
        known = {"task_id": at, "problem": f"第{at}号河段的排口没有截污", "status": row["台账状态"]}
        tasks.append(base_task(f"T{at:04}", ours=known, last={WATER: known}, closed=row["台账状态"] == "已销号"))
        told = {"反弹日期": day(row["反弹日期"]), "反弹原因": row["反弹原因"] or None}
        sent.append({**known, "status": row["清单状态"], **told, **({"progress": row["整改进展"]} if row["整改进展"] else {})})
    write_list(tmp_path / "a.xlsx", sent, unit=WATER, keys=(*CLEAN, "反弹日期", "反弹原因"))
    collection = collected(tmp_path, Base(tuple(tasks), "2026-11"))
    assert found_of(rows, run_rules(collection, collection.campaign.rules), AFTER) == said_of(rows)


def test_paths_of_extensions(tmp_path: Path) -> None:
    rows = table("延期")
    tasks, requests = [], []
    for at, row in enumerate(rows, 1):
        known = {"task_id": at, "problem": f"第{at}号河段的排口没有截污", "status": row["状态"]}
        tasks.append(base_task(f"T{at:04}", ours=known, last={WATER: known}))
        requests.append(Request(
            f"T{at:04}", str(at), WATER, day(row["申请日期"]), known.get("deadline"), row["新时限"], day_of(row["新时限"]),
            row["理由"], granted(row["处理意见"]), row["批准人"], day(row["批准日期"]),
        ))  # fmt: skip
    due = {f"T{at:04}": found for at, row in enumerate(rows, 1) if (found := day(row["到期日"]))}
    write_list(tmp_path / "a.xlsx", [{"task_id": 99, "problem": "与延期无关"}], unit=WATER)
    collection = collected(tmp_path, Base(tuple(tasks), "2026-11", due=due, extensions=tuple(requests)))
    assert found_of(rows, run_rules(collection, collection.campaign.rules), EXTENSIONS) == said_of(rows)


def test_there_are_enough_of_both() -> None:
    rows = [*table("各地的步骤"), *table("销号以后"), *table("延期")]
    assert sum(row["结论"] != LEGAL for row in rows) >= 30
    assert sum(row["结论"] == LEGAL for row in rows) >= 15


DAYS = st.none() | st.integers(0, 90).map(lambda after: date(2026, 3, 2) + timedelta(after))
STEPS = st.permutations([*STEP_NAMES]).flatmap(lambda steps: st.integers(1, 10).map(lambda many: tuple(steps[:many])))
LEGAL_STEPS = STEPS.filter(lambda steps: "file" not in steps or "close" in steps[: steps.index("file")])


@pytest.mark.parametrize("unit", ["working", "calendar"])
@settings(max_examples=count(60, 2000), deadline=None)
@given(steps=LEGAL_STEPS, days=st.lists(DAYS, min_size=10, max_size=10), end=DAYS, length=st.integers(1, 20))
def test_any_chain_is_legal_where_every_step_waits_for_those_before(
    unit: Any, steps: tuple[str, ...], days: list[date | None], end: date | None, length: int
) -> None:
    notice = NoticeRules(length, unit)
    campaign = Campaign(closing=Closing(steps=steps, notice=notice), schema=with_steps(load_schema(), steps))
    dated = dict(zip(steps, days, strict=False))
    values: dict[str, Any] = {DAY_OF[step]: found for step, found in dated.items()}
    values["publicity_end"] = end
    gap = any(dated[step] is None and any(dated[later] for later in steps[at:]) for at, step in enumerate(steps))
    done = [(step, found) for step, found in dated.items() if found]

    def over(step: str, first: date) -> date:
        """Until when a step lasts; a notice that is written to end before it began (told by date-order) as long as it is."""
        return max(first, end or campaign.notice_end(first).day or first) if step == "notice" else first

    early = any(later < over(step, found) for at, (step, found) in enumerate(done) for _, later in done[at + 1 :])
    kinds = {fault.kind for fault in closing_faults(campaign, values)}
    assert ("skipped" in kinds) == gap
    if not (end and (start := dated.get("notice")) and end < start):
        assert bool(kinds & {"early", "order"}) == early
    assert "unknown" not in kinds
