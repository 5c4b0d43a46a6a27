"""Columns for months under one heading: texts, dates under any format, merged or not; the latest filled one is the progress."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.common.shown_month import ShownMonth
from rectify_xl.intake.readers.number_formats import as_shown, shows
from rectify_xl.intake.tables.periods import heading_text, in_order, period_of
from rectify_xl.intake.tables.tables import read_tables
from tests.support.office import convert, needs_office
from tests.support.reading import SCHEMA, column, read
from tests.support.workbooks import HEADINGS, layout, task

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.intake.tables.tables import ReadTable

SAID = ["9月已清淤1处", "10月已清淤3处", "11月已清淤6处"]
DATES = [date(2026, month, 1) for month in (9, 10, 11)]


def rows(months: list[Any], said: list[str], group: str = "整改进展") -> list[list[Any]]:
    """A list whose last columns are months under one heading."""
    above = [*HEADINGS, group, *[""] * (len(months) - 1)]
    return [above, [""] * len(HEADINGS) + months, [*task(1, "东河排口异味"), *said], [*task(2, "西山矿坑未复绿"), *said]]


MERGED = ["G1:I1", *(f"{letter}1:{letter}2" for letter in "ABCDEF")]


@pytest.mark.parametrize(
    "months",
    [
        ["9月", "10月", "11月"], ["9月份", "10月份", "11月份"], ["2026年9月", "2026年10月", "2026年11月"],
        ["九月", "十月", "十一月"],
        ["2026.9", "2026.10", "2026.11"], ["9月进展", "10月进展", "11月进展"], ["9月30日", "10月31日", "11月30日"],
        ["二季度", "三季度", "四季度"], ["2026年12月", "2027年1月", "2027年2月"], ["11月", "12月", "1月"], DATES,
        [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)], [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)],
        [as_shown(46266 + days, shows(164, 'm"月"'), date1904=False) for days in (0, 30, 61)],
        [as_shown(46266 + days, shows(164, 'm"月进展"'), date1904=False) for days in (0, 30, 61)],
    ],
)  # fmt: skip
@pytest.mark.parametrize("merges", [MERGED, MERGED[1:]])
def test_the_latest_month_is_the_progress(months: list[Any], merges: list[str]) -> None:
    (found,) = read_tables(layout(rows(months, SAID), merges).in_memory, SCHEMA)
    assert column(found.table, "progress") == [SAID[-1]] * 2
    assert [fault.slug for fault in found.faults] == []


@pytest.mark.parametrize(
    "months", [["11月", "10月", "9月"], DATES[::-1], ["2027年1月", "2026年12月", "2026年11月"], ["本月", "上月", ""]]
)
def test_months_from_the_latest_to_the_earliest(months: list[Any]) -> None:
    (found,) = read_tables(layout(rows(months, SAID[::-1]), MERGED).in_memory, SCHEMA)
    assert column(found.table, "progress") == [SAID[-1]] * 2


def test_the_latest_month_that_is_filled() -> None:
    (found,) = read_tables(layout(rows(DATES, [*SAID[:2], ""]), MERGED).in_memory, SCHEMA)
    assert column(found.table, "progress") == [SAID[1]] * 2
    assert found.table.headings["progress"] == "2026年10月"


def test_a_group_that_is_no_field_leaves_its_months_alone() -> None:
    (found,) = read_tables(layout(rows(["9月", "10月", "11月"], ["3", "4", "5"], "降雨量"), MERGED).in_memory, SCHEMA)
    assert "progress" not in found.table.columns
    assert {fault.slug for fault in found.faults} == {"unknown-column"}


def test_dates_below_headings_are_no_headings() -> None:
    made = layout(
        [[*HEADINGS, "整改进展"], ["1", "东河排口异味", "清运", "柳青禾 副局长", "市水务局", date(2026, 9, 1), "已动工"]]
    )
    (found,) = read_tables(made.in_memory, SCHEMA)
    assert (found.table.header_row, column(found.table, "deadline")) == (1, [date(2026, 9, 1)])


def test_periods() -> None:
    assert period_of("整改进展") is None
    assert heading_text(12) is None
    assert heading_text(date(2026, 9, 30)) == "2026年9月30日"
    assert heading_text(ShownMonth("2026年9月", date(2026, 9, 1))) == "2026年9月"
    assert in_order({1: "11月", 2: "整改进展"}) == [1, 2]
    assert in_order({3: "下半年", 4: "上半年"}) == [4, 3]


@needs_office
@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_date_headings_in_other_formats(tmp_path: Path, kind: str) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "list.xlsx")
    sheet = book.add_worksheet("任务清单")
    month = book.add_format({"num_format": 'm"月"'})
    for at, row in enumerate(rows(DATES, SAID)):
        for across, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, across, value, month)  # type: ignore[arg-type]
            else:
                sheet.write(at, across, value)
    for reference in MERGED:
        first = reference.partition(":")[0]
        sheet.merge_range(reference, "")
        sheet.write(first, rows(DATES, SAID)[0]["ABCDEFGHI".index(first[0])])
    book.close()
    (path,) = convert([tmp_path / "list.xlsx"], kind, tmp_path / "out")
    found = read(path)
    assert column(found.tables[0], "progress") == [SAID[-1]] * 2
    assert found.faults == ()


MONTHS = ["序号", "反馈问题", "整改措施", "责任领导", "责任单位", "整改时限"]
DUE = ["晏清 副局长", "市水务局", "2026年底"]


def by_month(
    headings: list[Any], said: list[list[Any]], above: list[Any] | None = None, merges: tuple[str, ...] = ()
) -> ReadTable:
    rows: list[list[Any]] = [[*MONTHS, *(above or headings)], *([[*[None] * 6, *headings]] if above else [])]
    rows += [[number, f"渗漏点{number}", "修补", *DUE, *texts] for number, texts in enumerate(said, 1)]
    (found,) = read_tables(layout(rows, merges).in_memory, SCHEMA)
    return found


def test_months_without_a_group_that_tell_what_has_been_done_are_the_progress() -> None:
    found = by_month(["8月", "9月", "10月", "11月"], [["测绘", "招标", "已封堵", None], ["询价", "签约", "正在安装", None]])
    assert column(found.table, "progress") == ["已封堵", "正在安装"]
    assert found.table.rows[0].extras == {"8月": "测绘", "9月": "招标"}
    assert [(fault.slug, fault.cell, fault.facts["key"]) for fault in found.faults] == [("unknown-column", "I1", "progress")]


def test_what_was_done_stands_beside_what_was_planned() -> None:
    merges = (*(f"{letter}1:{letter}2" for letter in "ABCDEF"), "G1:H1", "I1:J1")
    above, said = ["10月", None, "11月", None], [["封堵", "已封堵", "接管", "已完成六成"]]
    found = by_month(["计划", "实际", "计划", "实际"], said, above, merges)
    assert column(found.table, "progress") == ["已完成六成"]
    assert found.table.rows[0].extras == {"10月计划": "封堵", "10月实际": "已封堵", "11月计划": "接管"}


@pytest.mark.parametrize("said", [["完成招标", "完成封堵"], ["拟招标", "计划完成60%"], ["■", "■"], [0.4, 0.6]])
def test_a_plan_by_months_tells_no_progress(said: list[Any]) -> None:
    found = by_month(["11月", "12月"], [said])
    assert "progress" not in found.table.columns
    assert [fault.cell for fault in found.faults] == ["G1", "H1"]


@pytest.mark.parametrize("years", [["2026年", "", "2027年", ""], ["2026年度", "", "2027年", ""]])
def test_months_below_their_years_below_the_heading_of_the_progress(years: list[Any]) -> None:
    above = [
        [*HEADINGS, "整改进展", "", "", ""],
        [""] * len(HEADINGS) + years,
        [""] * len(HEADINGS) + ["11月", "12月", "1月", "2月"],
    ]
    said = ["已勘察", "已招标", "已清淤3处", ""]
    merges = ["G1:J1", "G2:H2", "I2:J2", *(f"{letter}1:{letter}3" for letter in "ABCDEF")]
    (found,) = read_tables(layout([*above, [*task(1, "东河排口异味"), *said]], merges).in_memory, SCHEMA)
    (row,) = found.table.rows
    assert (row.values["progress"], found.table.columns["progress"], found.faults) == ("已清淤3处", len(HEADINGS) + 3, [])


def test_the_latest_of_two_years_is_the_progress_in_whatever_order_they_stand() -> None:
    above = [
        [*HEADINGS, "整改进展", "", "", ""],
        [""] * 6 + ["2027年", "", "2026年", ""],
        [""] * 6 + ["1月", "2月", "11月", "12月"],
    ]
    merges = ["G1:J1", "G2:H2", "I2:J2", *(f"{letter}1:{letter}3" for letter in "ABCDEF")]
    rows = [*above, [*task(1, "东河排口异味"), "已清淤3处", "已清淤6处", "已勘察", "已招标"]]
    (found,) = read_tables(layout(rows, merges).in_memory, SCHEMA)
    assert column(found.table, "progress") == ["已清淤6处"]
