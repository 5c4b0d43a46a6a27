"""汇总: what stands on the page, and that it agrees with the lists."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl.ledger.naming import WRONG_NAME
from rectify_xl.ledger.records import AbsenceRecord, Round
from rectify_xl.ledger.sheets.registry import Summary, master_sheets
from rectify_xl.workbook import write_master
from tests.support.ledgers import a_master, a_task, in_doubt
from tests.workbook.random_masters import random_master

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow

SHEETS = [sheet.name.zh for sheet in master_sheets()]
PAST = (Round("2026-09", date(2026, 9, 25), 40, 3, 9, 4, 2), Round("2026-10", date(2026, 10, 25), 4, 1, 2, 1, 2))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "总台账.xlsx"


def opened(master: Master, path: Path, **options: Any) -> openpyxl.Workbook:
    write_master(master, path, **options)
    return openpyxl.load_workbook(path, data_only=True)


def said(book: openpyxl.Workbook) -> list[Any]:
    return [cell.value for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]


@pytest.mark.parametrize(("lang", "words"), [("zh", "逾期中1项时限存疑，见“逾期”"), ("en", "1 overdue by a date in doubt")])
def test_tasks_overdue_by_a_date_in_doubt_are_told(lang: str, words: str, path: Path) -> None:
    late = a_task("1", "市水务局", flag="overdue", days=9)
    assert any(words in str(value) for value in said(opened(a_master([late, in_doubt(late)]), path, lang=lang)))


def test_charts_and_lists_mark_tasks_overdue_by_a_date_in_doubt(path: Path) -> None:
    late = a_task("1", "市水务局", flag="overdue", days=9)
    tasks = [late, in_doubt(late), a_task("3", "市林业局", flag="overdue", days=2), a_task("4", "市林业局")]
    book = opened(a_master(tasks, rounds=PAST), path)
    assert table(book, "预警", "任务数", "占比") == [
        ("逾期", 2, 0.5), ("逾期（存疑）", 1, 0.25), ("逾期完成", 0, 0), ("即将到期", 0, 0), ("正常", 1, 0.25),
        ("无明确时限", 0, 0),
    ]  # fmt: skip
    assert [row[0] for row in table(book, "单位", "任务数", "已办结", "未到期", "逾期")] == ["市水务局（存疑1）", "市林业局"]
    assert [row[:4] for row in table(book, "任务总数", "已办结", "逾期", "即将到期")][-1] == (4, 0, 3, 0)
    ledger = book["总台账"]
    flag = next(cell.column for cell in ledger[3] if cell.value == "预警")
    assert [ledger.cell(row, flag).value for row in range(4, 8)] == ["逾期", "逾期（存疑）", "逾期", "正常"]
    for name in ("按单位", "按领导"):
        heads = [cell.value for cell in book[name][3]]
        counted = [[cell.value for cell in row] for row in book[name].iter_rows(min_row=4) if row[0].value != "合计"]
        assert sum(row[heads.index("其中存疑")] for row in counted if row[0]) == 1
        assert sum(row[heads.index("逾期")] for row in counted if row[0]) == 3
    with zipfile.ZipFile(path) as package:
        drawing = package.read("xl/drawings/drawing1.xml").decode()
    assert drawing.count("（逾期中1项存疑）") == 3
    assert "市水务局 2（存疑1）" in drawing
    assert "逾期（存疑） 1" in drawing


def links(book: openpyxl.Workbook) -> dict[str, str]:
    return {cell.coordinate: cell.hyperlink.location for row in book["汇总"].iter_rows() for cell in row if cell.hyperlink}


def table(book: openpyxl.Workbook, *labels: str) -> list[tuple[Any, ...]]:
    """The rows below a row of headings, down to the first blank one."""
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            found = tuple(sheet.cell(cell.row, cell.column + at).value for at in range(len(labels)))
            if found == labels:
                return list(below(sheet, cell, len(labels)))
    raise AssertionError(labels)


def below(sheet: Any, head: Any, wide: int) -> Iterator[tuple[Any, ...]]:
    for row in range(head.row + 1, sheet.max_row + 1):
        values = tuple(sheet.cell(row, head.column + at).value for at in range(wide))
        if not any(value is not None for value in values):
            return
        yield values


def test_it_leads_to_every_sheet_and_they_lead_back(master: Master, path: Path) -> None:
    book = opened(master, path)
    named = {cell.value: cell.hyperlink.location for row in book["汇总"].iter_rows() for cell in row if cell.hyperlink}
    assert {name: named[name] for name in SHEETS} == {name: f"'{name}'!A1" for name in SHEETS}
    assert {book[name]["A2"].hyperlink.location for name in SHEETS} == {"'汇总'!A1"}


def test_every_large_figure_leads_to_its_list(master: Master, path: Path) -> None:
    book = opened(master, path)
    figures = {cell.column: cell.coordinate for cell in book["汇总"][5] if cell.value is not None}
    homes = [links(book)[cell] for _, cell in sorted(figures.items())]
    assert homes == ["'总台账'!A1", "'总台账'!K3", "'逾期'!A1", "'即将到期'!A1", "'时限不明'!A1"]
    assert book["总台账"]["K3"].value == "整改状态"


def test_it_says_what_is_urgent_and_who_is_missing(master: Master, path: Path) -> None:
    book = opened(master, path)
    shown = said(book)
    assert "● 逾期144天" in shown
    assert "▲ 剩19天" in shown
    assert "■ 剩100天" in shown
    assert "市规划局" in shown
    assert any("错误2个、提醒1个、提示1个" in str(value) for value in shown)
    urgent = table(book, "编号", "预警", "牵头单位", "问题", "到期日")
    assert [row[0] for row in urgent] == ["1", "2", "4"]
    problems = {cell.value: cell.hyperlink.location for row in book["汇总"].iter_rows() for cell in row if cell.hyperlink}
    assert problems["东渠排口未截流"] == "'总台账'!A4"


def test_a_first_round_says_nothing_of_change_and_draws_no_trend(master: Master, path: Path) -> None:
    book = opened(master, path)
    home = book["汇总"]
    formats = {cell.number_format for row in home.iter_rows(max_row=9) for cell in row}
    assert not any("较上期" in one for one in formats)
    assert len(home._charts) == 4
    calendar = home._charts[-1].anchor
    assert (calendar._from.col, calendar.to.col) == (0, 9)  # the whole width that tables and charts have


def test_a_later_round_says_what_changed(master: Master, path: Path) -> None:
    contents = replace(master, rounds=PAST)
    book = opened(contents, path)
    home = book["汇总"]
    changes = [cell for cell in home[7] if cell.value is not None]
    assert [cell.value for cell in changes] == [0, 0, -1, 0, -2]
    assert changes[2].number_format == '"较上期 "+0;"较上期 "-0;"较上期持平"'
    assert len(home._charts) == 5
    rounds = table(book, "轮次", "统计截至", "任务总数", "已办结", "逾期", "即将到期", "无明确时限")
    assert [row[0] for row in rounds] == ["2026-09", "2026-10", "2026-11"]
    assert rounds[1][2:] == (4, 1, 2, 1, 2)
    assert rounds[2][2:] == (4, 1, 1, 1, 0)


def test_the_trend_shows_the_last_year_and_the_table_all_rounds(master: Master, path: Path) -> None:
    past = tuple(replace(PAST[0], id="", as_of=date(2025, at, 25)) for at in range(1, 13))
    past += tuple(replace(PAST[0], id="", as_of=date(2026, at, 25)) for at in range(1, 11))
    book = opened(replace(master, rounds=past), path)
    assert len(table(book, "轮次", "统计截至", "任务总数", "已办结", "逾期", "即将到期", "无明确时限")) == 23
    trend = book["汇总"]._charts[-1]
    categories = trend.ser[0].cat.numRef or trend.ser[0].cat.strRef
    first, last = categories.f.rpartition("!")[2].replace("$", "").split(":")
    assert book["汇总"][first].value.date() == date(2025, 12, 25)
    assert book["汇总"][last].value.date() == date(2026, 11, 21)


def test_without_tasks_or_roster(make_master: Callable[..., Master], path: Path) -> None:
    book = opened(make_master({}, findings=(), units=(), name="", round_id="", issuer=""), path)
    shown = said(book)
    assert "整改任务汇总" in shown
    assert any("没有单位名册" in str(value) for value in shown)
    assert "没有未办结的有期限任务。" in shown
    assert not book["汇总"]._charts


def test_when_everybody_reported(master: Master, path: Path) -> None:
    assert "应报送的单位都已报送。" in said(opened(replace(master, absences=()), path))


def test_many_missing_units_have_room(master: Master, path: Path) -> None:
    units = tuple(f"第{at}街道办事处综合行政执法中心" for at in range(60))
    absences = tuple(AbsenceRecord(unit, "missing") for unit in units)
    home = opened(replace(master, absences=absences), path)["汇总"]
    (box,) = [area for area in home.merged_cells.ranges if home.cell(area.min_row, area.min_col).value == "、".join(units)]
    high = sum(home.row_dimensions[row].height for row in range(box.min_row, box.max_row + 1))
    assert high > 60 * 17 / 40 * 15
    assert int(home.print_area.rpartition("$")[2]) >= box.max_row


def test_rows_held_back_are_told(master: Master, path: Path) -> None:
    shown = said(opened(replace(master, held_rows=2), path))
    assert any("2行有错误" in str(value) for value in shown)


def test_many_units_are_cut_to_the_worst(make_master: Callable[..., Master], path: Path) -> None:
    rows = [{"task_id": str(at), "problem": f"问题{at}", "lead_unit": f"第{at}街道办事处综合行政执法中心"} for at in range(1, 18)]
    book = opened(make_master({"水务.xlsx": rows}, findings=(), units=()), path)
    title = book["汇总"]._charts[2].title.tx.rich.p[0].r[0].t
    assert "另有2家见“按单位”" in title
    assert len(table(book, "单位", "任务数", "已办结", "未到期", "逾期")) == 15


def test_a_damaged_name_is_counted_as_one_and_never_shown(make_master: Callable[..., Master], path: Path) -> None:
    rows = [
        {"task_id": "1", "problem": "甲", "lead_unit": "市财神娱乐城官网_手机版", "deadline": "2026年1月底前"},
        {"task_id": "2", "problem": "乙", "lead_unit": "市水务局 sw@example.com"},
        {"task_id": "3", "problem": "丙", "lead_unit": "市审计局(0370-6612345)"},
    ]
    book = opened(make_master({"水务.xlsx": rows}, findings=()), path)
    units = [row[0] for row in table(book, "单位", "任务数", "已办结", "未到期", "逾期")]
    assert sorted(units) == sorted([WRONG_NAME.zh, "市水务局", "市审计局"])
    assert not any("娱乐城" in str(value) for value in said(book))
    assert [book["按单位"].cell(row, 1).value for row in range(4, 7)] == [WRONG_NAME.zh, "市审计局", "市水务局"]
    assert "娱乐城" in str(book["总台账"].cell(4, 7).value)


@pytest.mark.parametrize("seed", range(8))
def test_the_page_the_lists_and_the_json_agree(path: Path, seed: int) -> None:
    master = random_master(seed)
    book = opened(master, path)
    home, told = book["汇总"], master.to_dict()
    figures = dict(
        zip(
            ("任务总数", "已办结", "逾期", "即将到期", "无明确时限"),
            (cell.value for cell in home[5] if cell.value is not None),
            strict=True,
        )
    )
    ledger = list(book["总台账"].iter_rows(min_row=4, values_only=True))
    at = {cell.value: index for index, cell in enumerate(book["总台账"][3])}
    warned = [row[at["预警"]] for row in ledger]
    flags = ["逾期" if word == "逾期（存疑）" else word for word in warned]
    assert figures["任务总数"] == told["tasks"] == len(ledger)
    assert figures["逾期"] == flags.count("逾期") == book["逾期"].max_row - 3
    assert figures["即将到期"] == flags.count("即将到期") == book["即将到期"].max_row - 3
    assert figures["无明确时限"] == flags.count("无明确时限")
    assert book["分单位填报"].max_row - 3 == told["reports"]
    assert len({row[:2] for row in book["冲突"].iter_rows(min_row=4, values_only=True)}) <= len(told["conflicts"])
    assert bool(told["conflicts"]) == (book["冲突"].max_row > 3)
    missing = [row[0] for row in book["未报送"].iter_rows(min_row=4, values_only=True) if row[1] == "未报送"]
    assert missing == told["missing_units"]
    statuses = table(book, "状态", "任务数", "占比")
    assert sum(count for _, count, _ in statuses) == figures["任务总数"]
    assert sum(count for word, count, _ in statuses if word in {"已完成", "已验收", "公示中", "已销号"}) == figures["已办结"]
    words = ("逾期", *(["逾期（存疑）"] if told["in_doubt"] else []), "逾期完成", "即将到期", "正常", "无明确时限")
    assert dict(row[:2] for row in table(book, "预警", "任务数", "占比")) == {word: warned.count(word) for word in words}
    assert warned.count("逾期（存疑）") == len(told["in_doubt"])
    months = table(book, "月份", "任务数", "已办结", "未到期", "逾期")
    assert sum(row[1] for row in months) == sum(bool(row[at["到期日"]] or row[at["当前节点"]]) for row in ledger)
    assert sum(row[4] for row in months) == figures["逾期"]
    assert all(row[1] == sum(row[2:]) for row in months)
    by_unit = {row[0]: row for row in book["按单位"].iter_rows(min_row=4, values_only=True)}
    for name, tasks, _, _, late in table(book, "单位", "任务数", "已办结", "未到期", "逾期"):
        unit, doubted = re.fullmatch(r"(.*?)(?:（存疑(\d+)）)?", name).groups("0")  # type: ignore[union-attr]
        assert (by_unit[unit][1], by_unit[unit][3], by_unit[unit][4]) == (tasks, late, int(doubted))


def test_the_summary_and_the_page_count_alike(master: Master, path: Path) -> None:
    shown = [cell.value for cell in opened(master, path)["汇总"][5] if cell.value is not None]
    assert shown == [count for _, count in Summary(master).overview().figures]
