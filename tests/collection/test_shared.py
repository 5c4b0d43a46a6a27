"""What rows with the same words share, and what is let go of when a merge is done."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from rectify_xl.campaign.rule_settings import RuleChoice
from rectify_xl.campaign.settings import Campaign
from rectify_xl.collection.assembly import make_collection
from rectify_xl.intake.submission import Submission, Table, TaskRow
from rectify_xl.validation.engine import run_rules

DAY = date(2026, 11, 21)
COLUMNS = {key: at for at, key in enumerate(("task_id", "problem", "measures", "leader", "lead_unit", "deadline", "status"), 1)}
ROWS = (
    ("1", "甲渠淤积", "2026年6月底前清淤", "赵某 副市长", "甲局", None, "整改中"),
    ("2", "乙渠淤积", "2027年6月底前清淤", "赵某 副市长", "甲局", None, "整改中"),
    ("3", "丙渠淤积", "清淤", "赵某 副市长", "甲局、乙局", "2026年10月底前", "整改中"),
    ("4", "丁渠淤积", "清淤", "", "甲局、乙局", "2026年10月底前", "已完成"),
    ("5", "戊渠淤积", "清淤", "钱某 副市长", "甲局、乙局", "尽快", None),
)


def collected(rows: tuple[tuple[str | None, ...], ...] = ROWS):  # noqa: ANN201
    table = Table(
        "清单", 1, COLUMNS, {key: key for key in COLUMNS},
        tuple(TaskRow(at, dict(zip(COLUMNS, row, strict=True))) for at, row in enumerate(rows, 2)),
    )  # fmt: skip
    return make_collection((Submission("甲局.xlsx", tables=(table,)),), Campaign(), DAY, collected=True)


def test_a_blank_deadline_is_judged_with_its_own_measures() -> None:
    verdicts = collected().verdicts
    assert [verdict.kind for verdict in verdicts] == ["missing", "missing", "dated", "dated", "vague"]
    assert [verdict.mentioned for verdict in verdicts[:2]] == [("2026年6月底前",), ("2027年6月底前",)]
    assert verdicts[2] is verdicts[3]


def test_rows_with_one_deadline_are_late_each_by_its_own_status() -> None:
    assert [timing.flag for timing in collected().timings] == ["undated", "undated", "overdue", "on-time", "undated"]


def test_every_row_is_told_that_names_several_units() -> None:
    found = run_rules(collected(), RuleChoice(select=("no-lead-unit",)))
    assert [finding.cell for finding in found] == ["E4", "E5", "E6"]


def test_a_column_that_no_list_has_is_blank_and_has_no_cells() -> None:
    rows = collected()
    assert rows.values("contact") == [None] * len(ROWS)
    assert rows.known == COLUMNS.keys()


def test_what_was_let_go_of_is_worked_out_again() -> None:
    rows = collected()
    before = run_rules(rows, RuleChoice())
    rows.forget()
    assert rows.__dict__.keys() == {known.name for known in fields(rows)}
    assert run_rules(rows, RuleChoice()) == before
