"""What a round leaves in the office's sight: marks in 总台账, questions on 汇总, totals, and a few lines on the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from rectify_xl import merge, read_master, summarize, write_master
from rectify_xl.campaign.settings import Campaign, Unit
from rectify_xl.cli import main
from rectify_xl.console.report_text import master_lines
from rectify_xl.console.round_text import round_lines
from rectify_xl.ledger.sheets.registry import Summary
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

WATER, HOUSING = "市水务局", "市住建局"
DITCH = {"task_id": 2, "problem": "东沟清淤未完成,汛期漫溢两次", "lead_unit": WATER}
SHARED = {"task_id": 3, "problem": "西岗泵站年久失修", "lead_unit": f"{WATER}、{HOUSING}"}
DONE = {"task_id": 4, "problem": "南溪垃圾堆放", "lead_unit": WATER, "status": "已销号"}


def a_round(folder: Path, month: int, base: Path | None = None) -> Master:
    units = tuple(Unit(str(at), name) for at, name in enumerate((WATER, HOUSING), 1))
    campaign = Campaign(name="青禾市整改", round_id=f"2026-{month}", issued=date(2026, 7, 1), units=units)
    return merge([folder / str(month)], campaign=campaign, as_of=date(2026, month, 21), base=base, workers=1)


@pytest.fixture
def november(tmp_path: Path) -> Path:
    write_list(tmp_path / "11" / "w.xlsx", [{}, DITCH, SHARED, DONE], unit=WATER)
    write_list(tmp_path / "11" / "h.xlsx", [SHARED], unit=HOUSING)
    write_master(a_round(tmp_path, 11), tmp_path / "m11.xlsx")
    return tmp_path / "m11.xlsx"


@pytest.fixture
def december(november: Path) -> Path:
    """Water leaves out one task, proposes a deadline for another and sends a row of no task; housing is silent."""
    rows = [
        {"status": "已完成", "deadline": "2027年6月底前"}, {**SHARED, "progress": "泵站已检修"},
        {"task_id": 9, "problem": "北桥下违建未拆除", "lead_unit": WATER},
    ]  # fmt: skip
    write_list(november.parent / "12" / "w.xlsx", rows, unit=WATER)
    path = november.with_name("m12.xlsx")
    write_master(a_round(november.parent, 12, november), path)
    return path


def reported(master: Master, lang: str = "zh") -> list[str | None]:
    ledger = Summary(master, lang).by_key()["ledger"]
    return [row[ledger.index("reported")] for row in ledger.rows]


def test_a_task_that_its_lead_left_out_is_marked(november: Path, december: Path) -> None:
    assert reported(read_master(november)) == [None] * 4, "a first round has nothing to compare with"
    master = read_master(december)
    assert reported(master) == [None, "本期未报", "部分未报：市住建局", None]
    assert reported(master, "en") == [None, "not reported", "not reported: 市住建局", None]
    assert reported(summarize(december, as_of=date(2026, 12, 30))) == reported(master)


def test_a_decided_value_stays_recognisable_until_it_changes(december: Path) -> None:
    def marked(master: Master) -> dict[str, frozenset[int]]:
        return dict(Summary(master).by_key()["ledger"].marked)

    master = read_master(december)
    assert marked(master) == {}
    (conflict,) = master.conflicts
    write_master(replace(master, conflicts=(replace(conflict, decision="采用市水务局填报"),)), december)
    done = summarize(december, as_of=date(2026, 12, 22))
    assert marked(done) == {"deadline": frozenset({0})}
    assert "由整改办核定" in Summary(done).by_key()["ledger"].note
    write_master(done, december)
    sheet = openpyxl.load_workbook(december)["总台账"]
    at = next(cell.column for cell in sheet[3] if cell.value == "整改时限")
    looks = [(sheet.cell(row, at).value, sheet.cell(row, at).font.bold) for row in (4, 5)]
    assert looks == [("2027年6月底前", True), ("2026年12月31日前", False)]
    write_list(december.parent / "1" / "w.xlsx", [{"progress": "已全部封堵"}], unit=WATER)
    units = master.campaign.units
    january = Campaign(name="青禾市整改", round_id="2027-01", issued=date(2026, 7, 1), units=units)
    later = merge([december.parent / "1"], campaign=january, as_of=date(2027, 1, 21), base=december, workers=1)
    assert marked(later) == {"deadline": frozenset({0})}, "the mark survives the next merge"
    book = openpyxl.load_workbook(december)
    book["总台账"].cell(4, at).value = "2027年9月底前"
    book.save(december)
    assert marked(read_master(december)) == {}


def test_the_overview_leads_to_the_first_decision(december: Path, november: Path) -> None:
    page = openpyxl.load_workbook(december)["汇总"]
    links = {cell.value: cell.hyperlink.location for cell in page[2] if cell.hyperlink}
    assert list(links) == ["冲突：1处待核定 →", "待确认：1行待处理 →"]
    book = openpyxl.load_workbook(december)
    for target in links.values():
        name, _, cell = target.partition("!")
        sheet = book[name.strip("'")]
        assert sheet.cell(3, sheet[cell].column).value == "处理意见"
        assert sheet[cell].row == 4
    assert not [cell.value for cell in openpyxl.load_workbook(november)["汇总"][2] if cell.hyperlink]


def test_counts_per_unit_have_a_total_that_counts_every_task_once(december: Path) -> None:
    sheet = Summary(read_master(december)).by_key()["by_unit"]
    assert [row[:3] for row in sheet.rows] == [(WATER, 4, 2), (HOUSING, 1, 0), ("合计", 4, 2)]
    assert "各行相加为5，合计每项只计一次" in sheet.note
    assert sheet.count == 2
    rows = {row[0].value: row for row in openpyxl.load_workbook(december)["按单位"].iter_rows(min_row=4)}
    assert set(rows) == {WATER, HOUSING, "合计"}


def test_the_screen_says_in_a_few_lines_what_changed_and_where_to_look(november: Path, december: Path) -> None:
    master = a_round(november.parent, 12, november)
    lines = list(master_lines(master, "m12.xlsx"))
    told = [line for line in lines if any(sheet in line for sheet in ("变更记录", "“冲突”", "“待确认”", "“总台账”"))]
    assert [line.split("：")[0].split("，")[0] for line in told] == [
        f"与 {november.as_posix()} 相比", "单位建议修改 1 处", "不能确定是哪项任务的有 1 行", "牵头单位本期未报的任务 1 项",
    ]  # fmt: skip
    assert "按填报更新 2 处；2 项任务有变化，逐条记在“变更记录”。" in told[0]
    english = "\n".join(master_lines(master, "m12.xlsx", "en"))
    assert "2 values as reported; 2 tasks changed, see Changes." in english
    again = "\n".join(master_lines(a_round(november.parent, 12, december), "m12.xlsx"))
    assert "没有新的内容；没有任务有变化。" in again
    assert "相比" not in "\n".join(master_lines(a_round(november.parent, 11), "m11.xlsx"))


def test_rows_that_wait_are_counted_by_what_is_asked_about_them(december: Path) -> None:
    master = a_round(december.parent, 12, december.with_name("m11.xlsx"))
    (row,) = master.pending
    foreign, first, second = (replace(row, reason=reason) for reason in ("foreign", "other_round", "other_round"))
    (line,) = (text for text in round_lines(replace(master, pending=(row, foreign, first, second)), "zh") if "“待确认”" in text)
    assert line == (
        "不能确定是哪项任务的有 1 行、不是该单位任务的有 1 行、另一轮次的表有 1 份（2 行），列在“待确认”表中，请选处理意见。"
    )
    (line,) = (text for text in round_lines(replace(master, pending=(first, second)), "en") if "To confirm" in text)
    assert line == "1 lists of another round (2 rows), listed in To confirm."


def test_new_tasks_are_told_with_the_units_whose_lists_they_come_from(tmp_path: Path) -> None:
    write_list(tmp_path / "in" / "w.xlsx", [{}], unit=WATER)
    merge(tmp_path / "in", as_of="2026-11-21").to_excel(tmp_path / "m.xlsx")
    write_list(tmp_path / "in" / "f.xlsx", [{**DITCH, "lead_unit": "市农业局"}], unit="市农业局")
    after = merge(tmp_path / "in", base=tmp_path / "m.xlsx", as_of="2026-12-21")
    assert any("新增任务 1 项（市农业局 1 项）" in line for line in round_lines(after, "zh"))
    assert any("1 new tasks (市农业局 1)" in line for line in round_lines(after, "en"))


def test_a_task_that_was_deleted_from_the_ledger_is_told_by_the_next_merge_and_no_more(tmp_path: Path) -> None:
    folder, master = tmp_path / "活动", tmp_path / "台账.xlsx"
    folder.mkdir()
    write_list(tmp_path / "in" / "w.xlsx", [{}, DITCH], unit=WATER)
    told = []
    for month in (10, 11, 12):
        (folder / "campaign.yaml").write_text(f"name: 青禾市整改\nround: {{id: 2026-{month}}}\n", "utf-8")
        done = CliRunner().invoke(
            main, ["merge", str(tmp_path / "in"), "-o", str(master), "--campaign", str(folder), "--as-of", f"2026-{month}-21"]
        )
        told.append([line for line in done.stdout.splitlines() if "删去" in line])
        if month == 10:
            book = openpyxl.load_workbook(master)
            book["总台账"].delete_rows(5)
            book.save(master)
            summarized = CliRunner().invoke(main, ["summarize", str(master), "--campaign", str(folder)])
            assert (summarized.exit_code, "处理意见" in summarized.stderr) == (0, False)
    line = "上次汇总以后，“总台账”中删去了 1 项任务：2（东沟清淤未完成,汛期漫溢两次）；误删的请从备份中恢复。"
    assert told == [[], [line], []]


def test_summarize_says_how_many_decisions_it_has_applied(december: Path) -> None:
    book = openpyxl.load_workbook(december)
    rows = book["冲突"]
    rows.cell(4, {cell.value: cell.column for cell in rows[3]}["处理意见"]).value = "保留台账"
    book.save(december)
    assert [note.zh for note in summarize(december, as_of=date(2026, 12, 22)).notes] == [
        "已按处理意见和整改办改定的内容核定 1 条，记在“变更记录”"
    ]
    assert summarize(december.with_name("m11.xlsx"), as_of=date(2026, 12, 22)).notes == ()


def test_a_merge_names_what_it_does_not_read_of_a_plans_list(tmp_path: Path) -> None:
    plan = write_list(tmp_path / "方案.xlsx", [{**DITCH, "所在流域": "东沟"}], keys=(*CLEAN, "所在流域"))
    write_list(tmp_path / "11" / "w.xlsx", [DITCH], unit=WATER)
    heading = next(cell for row in openpyxl.load_workbook(plan).active.iter_rows() for cell in row if cell.value == "所在流域")
    (note,) = a_round(tmp_path, 11, plan).notes
    assert f"{heading.coordinate}：“所在流域”不是清单规定的列" in note.zh
    assert f"{heading.coordinate}: " in note.en
    assert a_round(tmp_path, 11, write_list(tmp_path / "方案2.xlsx", [DITCH])).notes == ()
