"""The tables of docs/closing.md are what the rules say: every change of state, and paths of dates, legal and not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from rectify_xl.campaign.settings import Campaign
from rectify_xl.collection.base import Base
from rectify_xl.collection.closing import closing_faults
from rectify_xl.validation.engine import run_rules
from rectify_xl.workflow.validate import validate
from tests.rounds.comparing import WATER, base_task, collected
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rectify_xl.common.findings import Finding

PAGE = Path(__file__).parents[2] / "docs" / "closing.md"
RULES = (
    "closed-without-acceptance", "closing-step-skipped", "closing-too-early", "date-order", "publicity-too-short",
)  # fmt: skip
LEGAL = "合法"


def table(first: str) -> list[list[str]]:
    """The rows of the table of the page that begins with a heading."""
    lines = iter(PAGE.read_text("utf-8").splitlines())
    head = next(line for line in lines if line.startswith(f"| {first} |"))
    next(lines)
    rows: list[str] = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append(line)
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in (head, *rows)]


def of_rules(findings: Iterable[Finding]) -> Iterator[tuple[int, str]]:
    return ((int(found.task_id or 0), found.slug) for found in findings)


def test_every_change_of_state(tmp_path: Path) -> None:
    (_, *states), *rows = table("上期＼本期")
    changes = [(before, after, mark) for before, *marks in rows for after, mark in zip(states, marks, strict=True)]
    subjects = [{"task_id": at, "problem": f"第{at}号河段的排口没有截污"} for at in range(1, len(changes) + 1)]
    tasks = tuple(
        base_task(f"T{at:04}", ours={**subject, "status": before}, last={WATER: {**subject, "status": before}})
        for at, (subject, (before, _, _)) in enumerate(zip(subjects, changes, strict=True), 1)
    )
    rows_sent = [{**subject, "status": after} for subject, (_, after, _) in zip(subjects, changes, strict=True)]
    write_list(tmp_path / "a.xlsx", rows_sent, unit=WATER)
    collection = collected(tmp_path, Base(tasks, "2026-11"))
    found = {
        number for number, slug in of_rules(run_rules(collection, collection.campaign.rules)) if slug == "illegal-transition"
    }
    assert found == {at for at, (_, _, mark) in enumerate(changes, 1) if mark != "✓"}
    assert len(found) == 19


def day(text: str) -> date | None:
    return date.fromisoformat(f"2026-{text}") if text else None


def test_every_path_of_dates(tmp_path: Path) -> None:
    _, *paths = table("经过")
    keys = ("验收日期", "公示开始", "公示结束", "销号日期")
    rows = [
        {
            "task_id": at,
            "problem": f"第{at}号河段的排口没有截污",
            "status": "已完成",
            **dict(zip(keys, map(day, dates), strict=True)),
        }
        for at, (_, *dates, _) in enumerate(paths, 1)
    ]
    write_list(tmp_path / "a.xlsx", rows, unit=WATER, keys=(*CLEAN, *keys))
    found: dict[int, set[str]] = {at: set() for at in range(1, len(paths) + 1)}
    for number, slug in of_rules(validate(tmp_path, as_of="2026-12-20").findings):
        if slug in RULES:
            found[number].add(slug)
    said = {at: set() if path[-1] == LEGAL else set(path[-1].split("、")) for at, path in enumerate(paths, 1)}
    assert {paths[at - 1][0]: slugs for at, slugs in found.items()} == {paths[at - 1][0]: slugs for at, slugs in said.items()}
    assert sum(bool(slugs) for slugs in said.values()) + 19 >= 40


DAYS = st.none() | st.integers(0, 60).map(lambda after: date(2026, 3, 2) + timedelta(after))


@given(accepted=DAYS, start=DAYS, end=DAYS, closed=DAYS)
def test_a_path_is_legal_where_every_step_has_its_day_and_none_comes_before_another(**days: Any) -> None:
    campaign = Campaign()
    accepted, start, end, closed = days.values()
    values = {"accepted_on": accepted, "publicity_start": start, "publicity_end": end, "closed_on": closed}
    steps = [accepted, start, closed]
    done = [step is not None for step in steps]
    no_gap = done == sorted(done, reverse=True)
    last = end or (campaign.notice_end(start).day if start else None)
    in_order = [accepted, start, *([last] if start else []), closed]
    known = [step for step in in_order if step]
    ordered = all(one <= other for at, one in enumerate(known) for other in known[at + 1 :])
    if start and end and end < start:
        return  # told by date-order alone
    assert (not closing_faults(campaign, values)) == (no_gap and ordered)
