"""Who has reported in a round, and how: every kind is told apart, the counts add up, and a late file merged alone loses none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl import merge, read_master, summarize, write_master
from rectify_xl.campaign.settings import Campaign, Unit
from rectify_xl.ledger.sheets.registry import Summary
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

IN_TIME, LATE, ZERO, UNREADABLE, EMPTY, MISSING, TWICE = (
    "市水务局", "市住建局", "市农业农村局", "市财政局", "市商务局", "市林业局", "市公安局",
)  # fmt: skip
UNITS = tuple(
    Unit(str(at), name, reports=True)
    for at, name in enumerate((IN_TIME, LATE, ZERO, UNREADABLE, EMPTY, MISSING, TWICE), 1)
)  # fmt: skip
KINDS = {
    "on-time": (IN_TIME, TWICE), "late": (LATE,), "zero": (ZERO,), "unusable": (UNREADABLE, EMPTY), "missing": (MISSING,),
    "again": (TWICE,),
}  # fmt: skip


def merged(folder: Path, month: int = 11, base: Path | None = None, *files: str) -> Master:
    campaign = Campaign(
        name="青禾市整改", round_id=f"2026-{month}", round_due=date(2026, month, 20), issued=date(2026, 7, 1), units=UNITS
    )
    given = [folder / name for name in files] or [folder]
    return merge(given, campaign=campaign, as_of=date(2026, month, 25), base=base, workers=1)


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "11"
    write_list(folder / "w.xlsx", [{}], unit=IN_TIME, filled="2026年11月18日")
    write_list(
        folder / "h.xlsx", [{"task_id": 2, "problem": "北桥泵站未建成", "lead_unit": LATE}], unit=LATE, filled="2026年11月23日"
    )
    write_list(folder / "z.xlsx", [dict.fromkeys(ALL) | {"problem": "本期零报告"}], unit=ZERO)
    write_list(folder / f"{EMPTY}.xlsx", [], unit=EMPTY)
    (folder / f"{UNREADABLE}.xlsx").write_bytes(b"PK\x03\x04 damaged")
    police = {"task_id": 3, "problem": "南溪夜间偷排", "lead_unit": TWICE}
    write_list(folder / "p1.xlsx", [police], unit=TWICE, filled="2026年11月10日")
    write_list(folder / "p2.xlsx", [{**police, "progress": "已查处两起"}], unit=TWICE, filled="2026年11月17日")
    return folder


ALL = ("task_id", "problem", "measures", "leader", "lead_unit", "deadline", "status", "progress")


def test_every_kind_is_told_apart_and_the_counts_add_up(lists: Path) -> None:
    master = merged(lists)
    assert dict(master.turnout) == KINDS
    kinds = {(row.unit, row.kind) for row in master.absences}
    assert kinds == {(unit, kind) for kind, units in KINDS.items() if kind != "on-time" for unit in units}
    sheets = Summary(master).by_key()
    states = {row[0]: row[1] for row in sheets["not_reported"].rows}
    assert states[ZERO] == "零报告"
    assert states[TWICE] == "重报，以后报的为准"
    assert states[UNREADABLE] == states[EMPTY] == "报来的表没有可用内容"
    assert sheets["not_reported"].note == "本轮7个单位：按时2、迟报1、零报告1、无可用内容2、未报送1；其中重报1个"
    ((row),) = sheets["rounds"].rows
    shown = dict(zip((column.label for column in sheets["rounds"].columns), row, strict=True))
    assert [shown[label] for label in ("按时", "迟报", "零报告", "轮次不对", "无可用内容", "未报送")] == [2, 1, 1, 0, 2, 1]
    assert (shown["单位数"], shown["其中重报"], shown["本期未报任务"]) == (7, 1, None)
    assert f"未报送：{MISSING}\n迟报：{LATE}" in shown["报送情况"]


def test_a_master_keeps_it_and_a_list_merged_alone_adds_to_it(lists: Path) -> None:
    """Nobody who has reported before is missing because only the late list was merged this time."""
    path = lists.with_name("m.xlsx")
    write_master(merged(lists), path)
    assert dict(read_master(path).turnout) == KINDS
    assert dict(summarize(path, as_of=date(2026, 11, 26)).turnout) == KINDS
    write_list(
        lists / "f.xlsx",
        [{"task_id": 4, "problem": "西岗采石未复绿", "lead_unit": MISSING}],
        unit=MISSING,
        filled="2026年11月24日",
    )
    write_list(lists / "w2.xlsx", [{"progress": "闸门已安装"}], unit=IN_TIME, filled="2026年11月19日")
    master = merged(lists, 11, path, "f.xlsx", "w2.xlsx")
    assert dict(master.turnout) == {
        "on-time": (IN_TIME, TWICE), "late": (LATE, MISSING), "zero": (ZERO,), "unusable": (UNREADABLE, EMPTY),
        "again": (TWICE, IN_TIME),
    }  # fmt: skip
    assert not [finding for finding in master.findings if finding.slug == "not-submitted"]
    assert {(row.unit, row.kind) for row in master.absences} >= {(ZERO, "zero"), (LATE, "late"), (UNREADABLE, "unusable")}
    write_master(master, path)
    again = merged(lists, 11, path)
    assert dict(again.turnout) == dict(master.turnout)
    assert sorted(again.absences, key=repr) == sorted(master.absences, key=repr)
    alone = merged(lists, 11, path, "w2.xlsx")
    assert [row for row in alone.absences if row.kind == "again"] == [row for row in master.absences if row.kind == "again"]


def test_rounds_add_up_one_row_each(lists: Path) -> None:
    path = lists.with_name("m.xlsx")
    write_master(merged(lists), path)
    december = lists.with_name("12")
    write_list(december / "w.xlsx", [{"progress": "管网已通水", "status": "已完成"}], unit=IN_TIME, filled="2026年12月10日")
    for _ in range(2):
        master = merged(december, 12, path)
        rows = Summary(master).by_key()["rounds"].rows
        assert [row[0] for row in rows] == ["2026-11", "2026-12"]
        write_master(master, path)
    first, second = (
        dict(zip((column.key for column in Summary(master).by_key()["rounds"].columns), row, strict=True)) for row in rows
    )
    assert [first[key] for key in ("on-time", "late", "zero", "unusable", "missing")] == [2, 1, 1, 2, 1]
    assert [second[key] for key in ("on-time", "missing", "units", "not_reported", "changed")] == [1, 6, 7, 2, 2]


def test_what_the_office_writes_beside_a_round_stays(lists: Path) -> None:
    path = lists.with_name("m.xlsx")
    write_master(merged(lists), path)
    book = openpyxl.load_workbook(path)
    sheet: Any = book["历次"]
    at = sheet.max_column + 1
    sheet.cell(3, at, "会议纪要")
    sheet.cell(4, at, "〔2026〕9号")
    book.save(path)
    done = summarize(path, as_of=date(2026, 11, 26))
    assert Summary(done).by_key()["rounds"].rows[0][-1] == "〔2026〕9号"
    write_master(done, path)
    december = lists.with_name("12")
    write_list(december / "w.xlsx", [{"status": "已完成"}], unit=IN_TIME, filled="2026年12月10日")
    rows = Summary(merged(december, 12, path)).by_key()["rounds"].rows
    assert [row[-1] for row in rows] == ["〔2026〕9号", None]
