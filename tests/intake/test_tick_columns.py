"""A field whose values are columns with ticks: the word above the tick is the value, its cell the tick's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl import validate
from rectify_xl.intake.tables.tables import read_tables
from rectify_xl.schema.loading import load_schema
from tests.support.reading import SCHEMA, column, table_of
from tests.support.workbooks import HEADINGS, by_openpyxl, layout, task

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.submission import Table

STATES = ["已完成", "整改中", "未完成", "按序时进度"]
MERGED = ["G1:J1", *(f"{letter}1:{letter}2" for letter in "ABCDEF")]
PROBLEMS = ["东河排口异味", "西山矿坑未复绿", "北桥护栏缺失", "南堤裂缝未处理"]


def rows(group: str, words: list[str], *ticks: list[Any]) -> list[list[Any]]:
    """A list whose last columns are words under one heading, with one row of ticks per task."""
    above = [*HEADINGS, group, *[""] * (len(words) - 1)]
    below = [*[""] * len(HEADINGS), *words]
    return [above, below, *([*task(at, PROBLEMS[at - 1]), *row] for at, row in enumerate(ticks, 1))]


def one(made: list[list[Any]], merges: list[str] | None = None) -> tuple[Table, set[str]]:
    (found,) = read_tables(layout(made, MERGED if merges is None else merges).in_memory, SCHEMA)
    return found.table, {fault.slug for fault in found.faults}


def diagonal(sign: Any, other: Any = "") -> list[list[Any]]:
    return [[sign if at == row else other for at in range(4)] for row in range(4)]


@pytest.mark.parametrize(("sign", "other"), [
    ("√", ""), ("✓", ""), ("✔", "×"), ("☑", "□"), ("■", "□"), ("●", "○"), ("是", "否"), (1, ""), (1, 0), ("√ ", "/"), ("v", ""),
])  # fmt: skip
@pytest.mark.parametrize("merges", [MERGED, MERGED[1:], []])
def test_the_word_above_the_tick_is_the_status(sign: Any, other: Any, merges: list[str]) -> None:
    table, faults = one(rows("完成情况", STATES, *diagonal(sign, other)), merges)
    assert column(table, "status") == STATES
    assert [table.cell(row, "status") for row in table.rows] == ["G3", "H4", "I5", "J6"]
    assert "progress" not in table.columns
    assert (table.header_row, table.headings["status"], faults) == (2, "完成情况", set())
    assert [row.extras for row in table.rows] == [{}] * 4


@pytest.mark.parametrize(
    "group",
    ["完成情况", "整改情况", "整改状态", "整改进展", "进度", "是否完成整改", "整改完成情况（打√）", "状态（在相应栏打√）"],
)
def test_whatever_the_heading_above_is_called(group: str) -> None:
    table, faults = one(rows(group, STATES, *diagonal("√")))
    assert (column(table, "status"), faults) == (STATES, set())


def test_yes_and_no_below_a_question() -> None:
    table, faults = one(rows("是否完成整改", ["是", "否"], ["√", ""], ["", "√"]), ["G1:H1", *MERGED[1:]])
    assert (column(table, "status"), faults) == (["是", "否"], set())


def test_states_as_headings_of_their_own_are_said_to_be_the_status() -> None:
    made = [[*HEADINGS, *STATES], *([*task(at, PROBLEMS[at - 1]), *row] for at, row in enumerate(diagonal("√"), 1))]
    table, faults = one(made, [])
    assert (column(table, "status"), faults) == (STATES, {"unknown-column"})


def test_words_beside_the_states_are_no_tick() -> None:
    made = rows("治理进度", ["未完成", "治理中", "已完成", "说明"], ["", "√", "", "待停电"], ["", "", "√", "试压合格"])
    table, _ = one(made)
    assert column(table, "status") == ["治理中", "已完成"]
    assert column(table, "remark") == ["待停电", "试压合格"]


def test_columns_beside_the_ticks_stay_what_they_are() -> None:
    made = rows("完成情况", STATES, *diagonal("√"))
    made = [[*row, text] for row, text in zip(made, ["整改进展", "", "已清淤", "已复绿", "已装", "已灌浆"], strict=True)]
    table, faults = one(made, [*MERGED, "K1:K2"])
    assert column(table, "progress") == ["已清淤", "已复绿", "已装", "已灌浆"]
    assert (column(table, "status"), faults) == (STATES, set())


@pytest.mark.parametrize(("row", "status"), [
    (["", "", "", ""], None),
    (["√", "", "√", ""], "已完成、未完成"),
    (["", "", "√（资金未到位）", ""], "未完成（资金未到位）"),
    (["", "", "待资金到位", ""], "未完成（待资金到位）"),
])  # fmt: skip
def test_rows_without_one_tick_alone(row: list[str], status: str | None) -> None:
    table, _ = one(rows("完成情况", STATES, *diagonal("√")[:3], row, *diagonal("√")[:0]))
    assert column(table, "status")[3] == status


def test_two_ticks_are_a_finding_at_the_first(tmp_path: Path) -> None:
    made = rows("完成情况", STATES, ["√", "", "", ""], ["√", "", "√", ""], ["", "", "", ""], ["", "√", "", ""])
    path = by_openpyxl(tmp_path / "市水务局.xlsx", layout(made, MERGED))
    found = [(one.slug, one.cell) for one in validate(path, as_of="2026-11-21").findings if one.field == "status"]
    assert found == [("not-allowed", "G4")]


def test_totals_and_repeated_headings_are_no_ticks() -> None:
    made = rows("完成情况", STATES, *diagonal("√"))
    made = [*made[:4], *made[:2], *made[4:], ["合计", "", "", "", "", "", 1, 1, 1, 1]]
    table, faults = one(made, [*MERGED, *(merge.replace("1", "5").replace("2", "6") for merge in MERGED)])
    assert (column(table, "status"), faults) == (STATES, set())


def test_a_tick_over_the_rows_of_a_task() -> None:
    made = rows("完成情况", STATES, ["", "√", "", ""], ["", "", "", ""], ["√", "", "", ""])
    made[3][0] = ""
    table, _ = one(made, [*MERGED, "A3:A4", "H3:H4"])
    assert [(row.values["status"], table.cell(row, "status")) for row in table.rows] == [
        ("整改中", "H3"), ("整改中", "H3"), ("已完成", "G5"),
    ]  # fmt: skip


@pytest.mark.parametrize(("group", "words", "key"), [
    ("问题类别", ["制度", "执行", "监督", "其他"], "category"),
    ("配合单位", ["市住建局", "市城管局", "市公安局", "市财政局"], "coop_units"),
    ("佐证材料", ["照片", "文件", "视频"], "evidence"),
    ("预计能否按期", ["能", "有困难", "不能"], "forecast"),
])  # fmt: skip
def test_other_fields_that_are_ticked(group: str, words: list[str], key: str) -> None:
    table, faults = one(
        rows(group, words, *(row[: len(words)] for row in diagonal("√"))), [f"G1:{'IJ'[len(words) - 3]}1", *MERGED[1:]]
    )
    assert column(table, key)[:3] == words[:3]
    assert faults == set()


def test_several_units_that_are_ticked() -> None:
    table, _ = one(rows("配合单位", ["市住建局", "市城管局", "市公安局"], ["√", "", "√"], ["", "√", ""]), ["G1:I1", *MERGED[1:]])
    assert column(table, "coop_units") == ["市住建局、市公安局", "市城管局"]


@pytest.mark.parametrize("cells", [
    ["已清淤", "正在复绿", "护栏未到货", "按计划灌浆"], [3, 4, 5, 6], ["", "", "", ""],
])  # fmt: skip
def test_words_figures_and_blanks_are_no_ticks(cells: list[Any]) -> None:
    table, _ = one(rows("完成情况", STATES, cells, cells, cells, cells))
    assert "status" not in table.columns or column(table, "status") == [None] * 4


def test_a_status_column_counts_before_ticks() -> None:
    made = rows("完成情况", STATES, *diagonal("√"))
    made = [[*row, text] for row, text in zip(made, ["整改状态", "", *STATES], strict=True)]
    table, faults = one(made, [*MERGED, "K1:K2"])
    assert table.columns["status"] == 11
    assert "unknown-column" in faults


def test_the_level_of_a_hazard() -> None:
    made = rows("隐患等级", ["一般", "重大"], ["√", ""], ["", "√"])
    (found,) = read_tables(layout(made, ["G1:H1", *MERGED[1:]]).in_memory, load_schema("hazard_list"))
    assert column(found.table, "level") == ["一般", "重大"]


def test_a_limit_that_is_ticked() -> None:
    above = [*HEADINGS[:-1], "整改时限", "", ""]
    made = [above, [""] * 5 + ["立行立改", "三个月内", "长期坚持"]]
    made += [[*task(at, PROBLEMS[at])[:5], *("√" if at == one else "" for one in range(3))] for at in range(3)]
    table, faults = one(made, ["F1:H1", *(f"{letter}1:{letter}2" for letter in "ABCDE")])
    assert (column(table, "deadline"), faults) == (["立行立改", "三个月内", "长期坚持"], set())


def test_of_units_a_full_sign_leads_and_a_hollow_one_cooperates() -> None:
    units = ["市住建局", "市城管局", "市公安局", "市财政局"]
    above = [*HEADINGS[:4], "整改时限", "责任单位", "", "", ""]
    signs = [["●", "○", "", "○"], ["", "●", "", ""], ["★", "", "☆", ""], ["", "", "○", ""]]
    made = [above, ["", "", "", "", "", *units]]
    made += [[at, PROBLEMS[at], "清运", "柳青禾 副局长", "2026年12月底前", *row] for at, row in enumerate(signs)]
    table, faults = one(made, ["F1:I1", *(f"{letter}1:{letter}2" for letter in "ABCDE")])
    assert column(table, "lead_unit") == [
        "市住建局牵头，市城管局、市财政局配合",
        "市城管局",
        "市住建局牵头，市公安局配合",
        "市公安局配合",
    ]
    assert [table.cell(row, "lead_unit") for row in table.rows] == ["F3", "G4", "F5", "H6"]
    assert faults == set()
    boxes = [[sign or "○" for sign in row] for row in (["●", "", "", ""], ["", "●", "", ""])]
    made = [*made[:2], *([*made[2 + at][:5], *row] for at, row in enumerate(boxes))]
    assert column(one(made, ["F1:I1"])[0], "lead_unit") == units[:2]


def test_what_tells_the_progress_beside_ticks_below_that_heading() -> None:
    above = ["序号", "问题清单", "措施清单", "责任清单", "", "时限清单", "进展（打√）", "", "", "进展说明"]
    below = ["", "", "", "责任领导", "责任科室", "", "已完成", "推进中", "未启动", ""]
    tasks = [
        [1, PROBLEMS[0], "清淤", "晏清 局长", "业务科", "2026年底", "√", "", "", "已清淤"],
        [2, PROBLEMS[1], "复绿", "方竹 局长", "办公室", "2027年底", "", "√", "", "已栽植"],
    ]
    table, _ = one([above, below, *tasks], ["D1:E1", "G1:I1", *(f"{letter}1:{letter}2" for letter in "ABCFJ")])
    assert column(table, "status") == ["已完成", "推进中"]
    assert column(table, "progress") == ["已清淤", "已栽植"]
    assert column(table, "leader") == ["晏清 局长", "方竹 局长"]
    assert column(table, "lead_unit") == ["业务科", "办公室"]


def test_counts_of_a_unit_are_no_ticks() -> None:
    heads = ["序号", "单位", "问题总数", "已完成", "未完成", "整改措施", "责任领导", "整改时限"]
    rows = [
        heads,
        [1, "县水利局", 5, 4, 1, "封堵", "江晚 副县长", "2026年底"],
        [2, "县住建局", 1, 1, 0, "覆盖", "江晚 副县长", "2026年底"],
    ]
    table = table_of(rows)
    assert "status" not in table.columns
    assert table.rows[0].extras == {"问题总数": "5", "已完成": "4", "未完成": "1"}
