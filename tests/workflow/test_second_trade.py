"""Another trade by a schema alone: hazard ledgers in three layouts, an English action log through nine fields of its own."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl import merge
from rectify_xl.campaign.settings import Campaign
from rectify_xl.schema.loading import load_schema
from tests.support import hazards
from tests.support.workbooks import by_openpyxl, by_xlsxwriter, layout

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.ledger.master import Master


AS_OF = date(2026, 10, 20)
DATA = Path(__file__).resolve().parents[1] / "data"
HAZARDS = hazards.hazards()
LAYOUTS: dict[str, tuple[list[list[Any]], tuple[str, ...]]] = {
    "plain": (hazards.plain(HAZARDS), ()),
    "grouped": hazards.grouped(HAZARDS),
    "shifted": (hazards.shifted(HAZARDS), ()),
}


def merged(folder: Path, schema: Any, write: Callable[..., Path], rows: list[list[Any]], merges: tuple[str, ...] = ()) -> Master:
    path = write(folder / "台账.xlsx", layout(rows, merges))
    return merge([path], campaign=Campaign(schema=schema, issued=date(2026, 8, 31)), as_of=AS_OF, workers=1)


def told(master: Master) -> dict[str, Counter[str]]:
    """Severity -> how often each rule speaks."""
    found: dict[str, Counter[str]] = {"error": Counter(), "warning": Counter(), "info": Counter()}
    for finding in master.report.findings:  # type: ignore[union-attr]  # made by a merge
        found[finding.severity][finding.slug] += 1
    return found


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@pytest.mark.parametrize("name", LAYOUTS)
def test_hazard_ledgers_are_read_row_exact_without_a_false_error(tmp_path: Path, name: str, write: Callable[..., Path]) -> None:
    master = merged(tmp_path, load_schema("hazard_list"), write, *LAYOUTS[name])
    read = [(task.values["problem"], task.values["measures"], task.values["lead_unit"], task.due) for task in master.tasks]
    assert read == [(one.problem, one.remedy, one.unit, one.due) for one in HAZARDS]
    assert [task.is_closed for task in master.tasks] == [one.done is not None for one in HAZARDS]
    assert all(one.person in "".join(task.leaders) for task, one in zip(master.tasks, HAZARDS, strict=True))
    found = told(master)
    assert (found["error"], sum(found["warning"].values()) <= 1) == (Counter(), True), found
    assert master.to_dict()["summary"]["unread"] == 0


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
def test_an_english_log_through_a_schema_of_nine_fields(tmp_path: Path, write: Callable[..., Path]) -> None:
    schema = load_schema("action_log.yaml", DATA)
    assert len(schema.fields) == 9
    rows = hazards.action_log()
    master = merged(tmp_path, schema, write, rows)
    assert [[task.values[key] for key in ("task_id", "problem", "leader")] for task in master.tasks] == [
        [row[0], row[1], row[4]] for row in rows[2:]
    ]
    assert [task.is_closed for task in master.tasks] == [one.done is not None for one in HAZARDS]
    assert all(task.has_leader for task in master.tasks)
    found = told(master)
    assert (found["error"], sum(found["warning"].values()) <= 1) == (Counter(), True), found


def test_the_sample_ledger() -> None:
    folder = Path(__file__).resolve().parents[2] / "samples" / "hazards"
    master = merge([folder / "submissions"], campaign=folder, as_of=date(2026, 11, 21), workers=1)
    assert [task.is_closed for task in master.tasks] == [True, True, False, False, False]
    found = told(master)
    assert found["error"] == Counter({"vague-deadline": 1})
    assert found["warning"] == Counter({"overdue": 1, "due-soon": 1})


@pytest.mark.parametrize("name", ["task_list", "acceptance_ledger", "hazard_list"])
@pytest.mark.parametrize(
    ("word", "closed"), [("基本完成", False), ("闭环", True), ("Closed", True), ("Open", False), ("未完成", False)]
)
def test_status_words_of_other_trades_are_known_to_every_shipped_list(name: str, word: str, closed: bool) -> None:
    schema = load_schema(name)
    state = schema.states.get(schema["status"].choice_of[word.casefold()])
    assert state is not None
    assert state.closed is closed
