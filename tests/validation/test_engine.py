"""The engine: choice of rules, one finding per merged cell, one voice per bad cell."""

from __future__ import annotations

import pickle
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from rectify_xl.campaign.settings import Campaign, RuleChoice
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.findings import Severity
from rectify_xl.console.rule_text import rule_lines
from rectify_xl.rules import catalogue
from rectify_xl.validation import engine
from rectify_xl.workflow.validate import validate
from tests.support.lists import CLEAN, HEADINGS, write_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rectify_xl.validation.report import Report

DAY = date(2026, 11, 21)
SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "city"


def judged(path: Path, **rules: object) -> Report:
    return validate([path], campaign=Campaign(rules=RuleChoice(**rules)), as_of=DAY)  # type: ignore[arg-type]


def places(report: Report) -> list[tuple[str | None, str]]:
    return [(finding.cell, finding.slug) for finding in report.findings]


def test_rules_judge_in_two_processes_as_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a copy of the process sends back is pickled; it is told elsewhere that the copy works."""
    alone = validate([SAMPLES / "submissions"], campaign=SAMPLES, as_of=DAY)

    @contextmanager
    def beside(work: Callable[[], object]) -> Iterator[Callable[[], object]]:
        yield lambda: pickle.loads(pickle.dumps(work()))  # noqa: S301 - our own

    monkeypatch.setattr(engine, "_MANY", 0)
    monkeypatch.setattr(engine, "beside", beside)
    assert validate([SAMPLES / "submissions"], campaign=SAMPLES, as_of=DAY).findings == alone.findings
    assert len({finding.family for finding in alone.findings}) > 5


def test_campaigns_select_ignore_and_regrade(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{"leader": None, "deadline": "尽快"}])
    assert places(judged(path, select=("L",))) == [("D4", "missing-leader")]
    assert places(judged(path, select=("L", "D502"), ignore=("missing-leader",))) == [("F4", "vague-deadline")]
    report = judged(path, severity={"vague-deadline": Severity.WARNING, "L": Severity.INFO})
    assert {finding.slug: finding.severity for finding in report.findings} == {
        "missing-leader": Severity.INFO,
        "vague-deadline": Severity.WARNING,
    }
    assert report.exit_code == 0


@pytest.mark.parametrize(
    "rules",
    [{"select": ("vague-dedline",)}, {"ignore": ("vague-dedline",)}, {"severity": {"vague-dedline": Severity.INFO}}],
)
def test_an_unknown_rule_is_an_error_that_names_the_nearest(tmp_path: Path, rules: dict[str, object]) -> None:
    path = write_list(tmp_path / "a.xlsx", [{}])
    with pytest.raises(RectifyError, match="vague-deadline"):
        judged(path, **rules)


def test_a_merged_cell_is_reported_once_at_its_top_left_cell(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{"task_id": n, "problem": f"{n}号渠淤积", "leader": None} for n in (1, 2, 3)])
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("D4:D6")
    book.save(path)
    (finding,) = judged(path).findings
    assert (finding.cell, finding.row, finding.task_id) == ("D4", 4, "1")


def test_a_cell_that_could_not_be_read_is_left_alone_by_later_families(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{"deadline": "=B4&C4"}])
    assert places(judged(path)) == [("F4", "uncached-formula")]


def test_findings_name_the_column_as_the_list_heads_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append([{"leader": "包抓领导"}.get(key, HEADINGS[key]) for key in CLEAN])
    book.active.append([CLEAN[key] if key != "leader" else None for key in CLEAN])
    book.save(path)
    (finding,) = judged(path).findings
    assert (finding.cell, finding.field) == ("D2", "leader")
    assert "领导" in finding.message


def test_order_is_by_file_sheet_row_and_column(tmp_path: Path) -> None:
    rows = [{"task_id": n, "problem": f"{n}号渠淤积", "leader": None, "deadline": "尽快"} for n in range(1, 13)]
    for name in ("乙.xlsx", "甲.xlsx"):
        write_list(tmp_path / name, rows)
    found = [(finding.file, finding.row, finding.cell) for finding in judged(tmp_path, select=("L", "D")).findings]
    assert found == sorted(found, key=lambda place: (place[0], place[1]))
    assert [cell for _, _, cell in found[:2]] == ["D4", "F4"]


@pytest.fixture
def on_trial(monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue with uncached-formula and vague-deadline in preview."""
    slugs = ("uncached-formula", "vague-deadline")
    rules = tuple(replace(rule, preview=rule.slug in slugs) for rule in catalogue())
    for module in (
        "rectify_xl.rules.registry",
        "rectify_xl.rules.selection",
        "rectify_xl.validation.engine",
        "rectify_xl.console.rule_text",
    ):
        monkeypatch.setattr(f"{module}.catalogue", lambda: rules)


@pytest.mark.usefixtures("on_trial")
def test_a_rule_in_preview_is_an_info_unless_it_is_raised_by_its_own_name(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{"deadline": "尽快", "leader": None}])
    report = judged(path)
    assert {finding.slug: str(finding.severity) for finding in report.findings} == {
        "missing-leader": "error", "vague-deadline": "info",
    }  # fmt: skip
    assert judged(path, select=("vague-deadline",)).exit_code == 0
    assert judged(path, severity={"D": Severity.ERROR}, select=("D",)).exit_code == 0
    assert judged(path, severity={"D502": Severity.ERROR}, select=("D",)).exit_code == 1


@pytest.mark.usefixtures("on_trial")
def test_a_rule_in_preview_does_not_take_the_word_from_the_others(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{"leader": "=B4&C4"}])
    assert places(judged(path, severity={"uncached-formula": Severity.WARNING})) == [("D4", "uncached-formula")]
    book = openpyxl.load_workbook(path)
    book.active["F4"] = "=B4&C4"
    book.save(path)
    assert ("F4", "uncached-formula") in places(judged(path))


@pytest.mark.usefixtures("on_trial")
def test_explain_says_that_a_rule_is_on_trial() -> None:
    assert "提示 · 试行" in next(rule_lines("vague-deadline"))
    assert "info · preview" in next(rule_lines("vague-deadline", "en"))
    assert "试行" not in next(rule_lines("missing-leader"))
