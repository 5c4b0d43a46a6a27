"""A heading merged over several columns without others below it is that of the column which holds what it names."""

from __future__ import annotations

from typing import Any

from rectify_xl.intake.tables.tables import read_tables
from tests.support.reading import SCHEMA, column, numbers, table_of
from tests.support.workbooks import layout


def test_the_measure_and_not_its_number() -> None:
    rows = [
        ["序号", "存在问题", "整改措施", None, "责任领导", "责任单位", "整改时限"],
        [1, "堤岸塌陷未修复", "①", "修复堤岸", "晏清 副市长", "市水利局", "2026年底"],
        [2, "排口未封堵", 1, "封堵排口", "晏清 副市长", "市水利局", "2026年底"],
    ]
    table = table_of(rows, ["C1:D1"])
    assert column(table, "measures") == ["修复堤岸", "封堵排口"]
    assert [table.cell(task, "measures") for task in table.rows] == ["D2", "D3"]
    assert [list(task.extras.values()) for task in table.rows] == [["①"], ["1"]]


def test_a_name_beside_its_post_stays_the_leader() -> None:
    rows = [
        ["序号", "存在问题", "整改措施", "责任领导", None, "责任单位", "整改时限"],
        [1, "堤岸塌陷未修复", "修复堤岸", "晏清", "副市长", "市水利局", "2026年底"],
    ]
    table = table_of(rows, ["D1:E1"])
    assert column(table, "leader") == ["晏清"]
    assert list(table.rows[0].extras.values()) == ["副市长"]


def test_the_number_of_a_task_and_not_of_its_group() -> None:
    rows = [
        ["序号", None, "存在问题", "整改措施", "责任领导", "责任单位", "整改时限"],
        ["一", 1, "堤岸塌陷未修复", "修复堤岸", "晏清 副市长", "市水利局", "2026年底"],
        [None, 2, "排口未封堵", "封堵排口", "晏清 副市长", "市水利局", "2026年底"],
        ["二", 3, "料堆未覆盖", "覆盖料堆", "晏清 副市长", "市住建局", "2026年底"],
    ]
    table = table_of(rows, ["A1:B1", "A2:A3"])
    assert numbers(table) == [2, 3, 4]
    assert column(table, "task_id") == [1, 2, 3]
    assert [task.part_of for task in table.rows] == [None, None, None]


def test_the_number_of_a_task_and_not_of_its_measures() -> None:
    rows = [
        ["序号", None, "存在问题", "整改措施", "责任领导", "责任单位", "整改时限"],
        [1, "1", "堤岸塌陷未修复", "修复堤岸", "晏清 副市长", "市水利局", "2026年底"],
        [None, "3", None, "加固护坡", "晏清 副市长", "市水利局", "2027年底"],
        [2, "4", "排口未封堵", "封堵排口", "晏清 副市长", "市水利局", "2026年底"],
    ]
    table = table_of(rows, ["A1:B1", "A2:A3", "C2:C3"])
    assert column(table, "task_id") == [1, 1, 2]
    assert [task.part_of for task in table.rows] == [2, 2, None]


def test_texts_in_two_columns_below_one_heading_are_both_measures() -> None:
    rows: list[list[Any]] = [["序号", "存在问题", "整改措施", "", "责任单位", "整改时限"]]
    rows += [
        [1, "渣土乱倒", "源头管控", "末端执法", "市城管局", "2026年底"],
        [2, "餐饮油烟", "安装净化器", "", "市城管局", "2026年底"],
    ]
    (found,) = read_tables(layout(rows, ("C1:D1",)).in_memory, SCHEMA)
    assert column(found.table, "measures") == ["源头管控\n末端执法", "安装净化器"]
    assert {fault.slug for fault in found.faults} == {"missing-column"}  # the leader
    assert found.table.rows[0].extras == {}
