"""Lists of which every task fills two rows below two rows of headings: read at their true cells, or refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl import annotate, validate
from rectify_xl.intake.submission import RowKind
from tests.support.reading import column, numbers, table_of
from tests.support.workbooks import by_openpyxl, layout

if TYPE_CHECKING:
    from pathlib import Path

HEADS = [["序号", "存在问题", "责任单位", "完成时限"], [None, "整改措施", "责任领导", "进展情况"]]
FIRST = [[1, "排洪渠淤积", "县水利局", "2026年9月底"], [None, "清淤3公里", "江晚 副县长", "已清淤2公里"]]
SECOND = [[2, "料场未覆盖", "县住建局", "2026年10月底"], [None, "建设料棚", "蓝天野 副县长", None]]
MERGES = ("A2:A3", "A4:A5", "A6:A7")
Rows = list[list[Any]]


@pytest.mark.parametrize("merges", [MERGES, ()])
def test_each_second_row_has_the_other_fields(merges: tuple[str, ...]) -> None:
    table = table_of(layout([["某县整改台账"], *HEADS, *FIRST, *SECOND, ["填表人：王嘉", None, "审核人："]], merges))
    assert numbers(table) == [4, 6]
    keys = ("task_id", "problem", "measures", "lead_unit", "leader", "deadline", "progress")
    assert [[task.values[key] for key in keys] for task in table.rows] == [
        [1, "排洪渠淤积", "清淤3公里", "县水利局", "江晚 副县长", "2026年9月底", "已清淤2公里"],
        [2, "料场未覆盖", "建设料棚", "县住建局", "蓝天野 副县长", "2026年10月底", None],
    ]
    assert [table.cell(table.rows[1], key) for key in keys] == ["A6", "B6", "B7", "C6", "C7", "D6", "D7"]
    assert (table.header_row, table.kinds[7], table.kinds[8]) == (3, RowKind.CARD, RowKind.NOTE)


def test_groups_between_them_and_a_column_over_both_rows() -> None:
    rows = [[*HEADS[0], "备注"], HEADS[1], ["一、水环境"], [*FIRST[0], "重点"], FIRST[1], ["二、大气环境"], *SECOND]
    table = table_of(layout(rows, ("A1:A2", "E1:E2", "A3:E3", "A4:A5", "E4:E5", "A6:E6", "A7:A8")))
    assert column(table, "category") == ["水环境", "大气环境"]
    assert column(table, "remark") == ["重点", None]
    assert column(table, "measures") == ["清淤3公里", "建设料棚"]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([*HEADS, *FIRST, [None, "测量", "县财政局", None], *SECOND], id="a third row"),
        pytest.param([*HEADS, *FIRST, SECOND[0], [3, "扬尘", "县城管局", "2026年底"]], id="no second row"),
        pytest.param([*HEADS, *FIRST, *SECOND, [], *HEADS, *FIRST], id="headings again"),
    ],
)
def test_what_is_in_doubt_is_refused_by_name(tmp_path: Path, rows: Rows) -> None:
    report = validate([by_openpyxl(tmp_path / "a.xlsx", layout(rows))], as_of="2026-11-21")
    (finding,) = report.findings
    assert (finding.slug, len(report.collection)) == ("no-task-table", 0)
    assert "一项任务占两行" in finding.message


def test_a_first_task_that_is_worded_like_headings() -> None:
    rows = [HEADS[0], [1, "整改措施不实", "县水利局", "2026年底"], [2, "责任领导未到位", "县住建局", "2026年底"]]
    assert column(table_of(rows), "problem") == ["整改措施不实", "责任领导未到位"]


def test_findings_and_copies_at_the_cells_of_the_second_rows(tmp_path: Path) -> None:
    made = layout([*HEADS, *FIRST, SECOND[0], [None, "建设料棚", "副县长"]], ("A1:A2",))
    path = by_openpyxl(tmp_path / "a.xlsx", made)
    report = validate([path], as_of="2026-08-01")
    assert [(finding.slug, finding.cell) for finding in report.findings] == [
        ("leader-without-name", "C6"),
        ("empty-progress", "D6"),
    ]
    (copy,) = annotate(report, [path], tmp_path / "back")
    assert validate([copy.path], as_of="2026-08-01").rows_frame()["measures"].tolist() == ["清淤3公里", "建设料棚"]
