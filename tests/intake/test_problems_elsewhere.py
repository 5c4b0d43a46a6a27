"""Problems on one sheet and their measures on another, joined by the number of the problem, or read as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import rectify_xl
from tests.support.reading import column, numbers, read
from tests.support.workbooks import by_openpyxl, layout

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.submission import Submission

PROBLEMS = [["问题编号", "问题描述", "问题来源"], ["W-01", "码头油污水未收集", "来信"], ["W-02", "采石场未覆盖", "巡查"]]
HEAD = ["问题编号", "整改措施", "责任领导", "责任单位", "整改时限"]
REST = ["柳青禾 副县长", "云栖县交通局", "2027年6月底前"]
MEASURES = [HEAD, *([number, said, *REST] for number, said in (("W-01", "建池"), ("W-02", "覆盖"), ("W-01", "配船")))]


def submission(path: Path, problems: list[list[Any]], measures: list[list[Any]]) -> Submission:
    made = by_openpyxl(path / "清单.xlsx", layout(problems, sheet="问题"), layout(measures, sheet="措施"))
    return read(made)


@pytest.mark.parametrize("first", ["problems", "measures"])
def test_measures_are_parts_of_the_problem_whose_number_they_bear(tmp_path: Path, first: str) -> None:
    sheets = [layout(PROBLEMS, sheet="问题"), layout(MEASURES, sheet="措施")]
    found = read(by_openpyxl(tmp_path / "清单.xlsx", *(sheets if first == "problems" else sheets[::-1])))
    above, table = found.tables if first == "problems" else found.tables[::-1]
    assert ([section.cell for section in above.sections], above.rows) == (["B2", "B3"], ())
    assert [(row.row, row.part_of) for row in table.rows] == [(2, None), (3, None), (4, 2)]
    assert column(table, "problem") == ["码头油污水未收集", "采石场未覆盖", "码头油污水未收集"]
    assert (table.sheet_of(table.rows[2], "problem"), table.cell(table.rows[2], "problem")) == ("问题", "B2")
    assert table.rows[1].extras == {"问题来源": "巡查"}
    assert [fault.slug for fault in found.faults] == ["unknown-column"]


def test_what_is_wrong_with_a_problem_is_found_once_in_its_own_cell_and_corrected_there(tmp_path: Path) -> None:
    problems = [PROBLEMS[0], ["W-01", "码头油污水\u200b未收集", "来信"], PROBLEMS[2]]
    path = by_openpyxl(tmp_path / "清单.xlsx", layout(problems, sheet="问题"), layout(MEASURES, sheet="措施"))
    found = rectify_xl.validate(path, as_of="2026-11-20", select=["control-characters"])
    assert [(one.sheet, one.cell, one.row) for one in found.findings] == [("问题", "B2", 2)]
    corrected = rectify_xl.fix(found, [path], tmp_path / "to")
    assert [(one.sheet, one.cell, one.new) for one in corrected.changes] == [("问题", "B2", "码头油污水未收集")]
    again = rectify_xl.validate(tmp_path / "to", as_of="2026-11-20", select=["control-characters"])
    assert again.findings == ()


def test_a_problem_without_a_measure_stays_where_it_stands(tmp_path: Path) -> None:
    problems, measures = submission(tmp_path, [*PROBLEMS, ["W-03", "排口异味", "来信"]], MEASURES).tables
    assert (column(problems, "task_id"), numbers(measures)) == (["W-03"], [2, 3, 4])


@pytest.mark.parametrize(("heading", "joined"), [("对应问题序号", True), ("问题序号", True), ("序号", False)])
def test_plain_numbers_lead_to_problems_only_below_a_heading_that_says_so(tmp_path: Path, heading: str, joined: bool) -> None:
    problems = [["序号", "问题描述"], [1, "码头油污水未收集"], [2, "采石场未覆盖"]]
    measures = [[heading, *HEAD[1:]], [1, "建池", *REST], [1, "配船", *REST], [2, "覆盖", *REST]]
    found = submission(tmp_path, problems, measures)
    assert [len(table.rows) for table in found.tables] == ([0, 3] if joined else [2, 3])


@pytest.mark.parametrize(
    ("problems", "measures"),
    [
        ([*PROBLEMS, ["W-02", "堆场未复绿", "巡查"]], MEASURES),  # a number twice
        (PROBLEMS, [*MEASURES, ["W-09", "复绿", *REST]]),  # a number that leads nowhere
        ([[*row, "责任领导" if row[0] == "问题编号" else "柳青禾 副县长"] for row in PROBLEMS], MEASURES),  # would be lost
    ],
)
def test_sheets_of_which_nobody_can_say_how_they_belong_together_are_read_as_they_stand(
    tmp_path: Path, problems: list[list[Any]], measures: list[list[Any]]
) -> None:
    found = submission(tmp_path, problems, measures)
    assert [len(table.rows) for table in found.tables] == [len(problems) - 1, len(measures) - 1]
    assert column(found.tables[1], "problem") == [None] * (len(measures) - 1)


def test_the_unit_above_the_problems_is_that_of_the_file(tmp_path: Path) -> None:
    found = submission(tmp_path, [["填报单位：云栖县交通局"], *PROBLEMS], MEASURES)
    assert (len(found.tables[0].rows), found.unit_text) == (0, "云栖县交通局")
