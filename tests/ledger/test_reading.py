"""A master read back: the same workbook on the same day, another judgement on another day, the office's edits kept."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from rectify_xl import merge, summarize, write_master
from rectify_xl.campaign.settings import Campaign, Unit, load_campaign
from rectify_xl.cli import main
from rectify_xl.common.errors import RectifyError
from rectify_xl.common.resources import resource
from rectify_xl.intake import grid
from rectify_xl.language.deadline import reason_code, reason_text
from rectify_xl.language.deadline.reasons import CODES
from rectify_xl.ledger import saved_workbook
from rectify_xl.ledger.reading import read_master
from rectify_xl.ledger.sheets.registry import Summary
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow

AS_OF = date(2026, 11, 21)
ROWS: list[dict[str, Any]] = [
    {"task_id": 1, "deadline": "2026年10月底前", "status": "整改中"},
    {"task_id": 2, "problem": "北桥泵站未建成", "deadline": "2026年12月10日", "leader": None},
    {"task_id": 3, "problem": "南溪垃圾堆放", "deadline": "尽快完成", "lead_unit": "市城管局牵头,市水务局配合"},
    {"task_id": 4, "problem": "西岸护坡垮塌", "deadline": "2026年6月底前和2027年6月底前", "status": "已完成"},
    {"task_id": 5, "problem": "东湖水质反复", "deadline": "2026年12月底前", "percent": 0.4},
]


def flags(master: Master) -> list[str]:
    return [task.timing.flag for task in master.tasks]


@pytest.fixture
def master(tmp_path: Path) -> Path:
    write_list(tmp_path / "in" / "市水务局.xlsx", ROWS, unit="市水务局")
    write_list(tmp_path / "in" / "市城管局.xlsx", [{**ROWS[4], "deadline": "2027年3月底前"}], unit="市城管局")
    write_master(merge([tmp_path / "in"], as_of=AS_OF), tmp_path / "m.xlsx")
    return tmp_path / "m.xlsx"


def test_a_master_may_hold_more_cells_than_a_list(master: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MOST_CELLS", 5)
    assert len(read_master(master).tasks) == len(ROWS)
    monkeypatch.setattr(saved_workbook, "MOST_CELLS", 5)
    with pytest.raises(RectifyError, match="打不开"):
        read_master(master)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_same_day_gives_the_same_bytes(tmp_path: Path, lang: str) -> None:
    folder = resource("samples", "city")
    campaign = load_campaign(folder)
    write_master(merge([folder / "submissions"], campaign=campaign, as_of=AS_OF, lang=lang), tmp_path / "a.xlsx", lang=lang)
    write_master(summarize(tmp_path / "a.xlsx", campaign=campaign, as_of=AS_OF), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_another_day_is_another_judgement(master: Path) -> None:
    assert flags(read_master(master)) == ["overdue", "due-soon", "undated", "on-time", "on-time"]
    assert flags(summarize(master, as_of=date(2026, 12, 11))) == ["overdue", "overdue", "undated", "on-time", "due-soon"]
    assert flags(summarize(master, as_of=date(2026, 9, 1))) == ["on-time", "on-time", "undated", "on-time", "on-time"]
    assert summarize(master).as_of == date.today()  # noqa: DTZ011


def test_a_part_that_is_late_stays_late_though_the_whole_is_due_later(tmp_path: Path) -> None:
    parts = [
        {"task_id": 1, "problem": "两处排口", "measures": "封堵北口", "deadline": "2026年10月底前"},
        {"task_id": 1, "problem": "两处排口", "measures": "封堵南口", "deadline": "2027年6月底前"},
    ]
    path = write_list(tmp_path / "in" / "市水务局.xlsx", parts, unit="市水务局")
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    for column in ("A", "B"):
        sheet.merge_cells(f"{column}4:{column}5")
    book.save(path)
    write_master(merge([tmp_path / "in"], as_of=AS_OF), tmp_path / "m.xlsx")
    (task,) = read_master(tmp_path / "m.xlsx").tasks
    assert (task.due, task.timing.flag, task.timing.due) == (date(2027, 6, 30), "overdue", date(2026, 10, 31))


def edit(path: Path, sheet: str, cells: dict[str, Any]) -> None:
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)


def column(path: Path, label: str) -> str:
    sheet = openpyxl.load_workbook(path)["总台账"]
    return next(str(cell.column_letter) for cell in sheet[3] if cell.value == label)


def test_what_the_office_changes_in_the_ledger_counts(master: Path) -> None:
    at = {label: column(master, label) for label in ("整改时限", "整改状态", "责任领导", "来源")}
    edit(master, "总台账", {
        f"{at['整改时限']}6": "2027年1月底前", f"{at['整改状态']}4": "已完成", f"{at['责任领导']}5": "方砚 副市长",
    })  # fmt: skip
    changed = summarize(master, as_of=AS_OF)
    assert flags(changed) == ["on-time", "due-soon", "on-time", "on-time", "on-time"]
    lists = Summary(changed).by_key()
    assert (lists["unclear_deadline"].rows, lists["without_leader"].rows) == ((), ())
    assert [row[:2] for row in lists["by_leader"].rows] == [("钟离岳", 4), ("方砚", 1), ("合计", 5)]


def test_columns_and_lines_that_the_office_added_stay(master: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(master)
    sheet = book["总台账"]
    sheet.insert_cols(3)
    sheet["C3"], sheet["C5"] = "督办领导", "市长"
    sheet.insert_rows(2)
    book.save(master)
    write_master(summarize(master, as_of=AS_OF), tmp_path / "again.xlsx")
    again = read_master(tmp_path / "again.xlsx")
    assert [task.extras for task in again.tasks] == [{"督办领导": leader} for leader in (None, "市长", None, None, None)]
    assert flags(again) == flags(read_master(master))


def test_conflicts_keep_their_marks(master: Path) -> None:
    kept = read_master(master)
    assert [sorted(task.disputed) for task in kept.tasks if task.disputed] == [["deadline"]]
    assert len(kept.conflicts) == 1


def test_the_roster_of_the_campaign_counts_units_by_their_names(master: Path) -> None:
    campaign = Campaign(units=(Unit("1", "市水务局"), Unit("2", "市城市管理局", aliases=("市城管局",))))
    assert "市城市管理局" in [row[0] for row in Summary(read_master(master, campaign=campaign)).by_key()["by_unit"].rows]


def test_it_says_what_is_wrong_with_the_file(master: Path, tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match=r"不是 \.xlsx 台账"):
        read_master(tmp_path / "none.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(RectifyError, match=r"broken\.xlsx: 打不开"):
        read_master(tmp_path / "broken.xlsx")
    with pytest.raises(RectifyError, match="没有台账标记"):
        read_master(write_list(tmp_path / "list.xlsx", ROWS[:1], unit="市水务局"))
    book = openpyxl.load_workbook(master)
    book["总台账"]["A3"] = "号"
    book.save(tmp_path / "head.xlsx")
    with pytest.raises(RectifyError, match="找不到表头“任务编号”"):
        read_master(tmp_path / "head.xlsx")
    edit(master, "总台账", {f"{column(master, '整改时限')}3": "期限"})
    with pytest.raises(RectifyError, match="“总台账”: 缺少列“整改时限”"):
        read_master(master)
    del book["分单位填报"]
    book["总台账"]["A3"] = "任务编号"
    book.save(tmp_path / "sheet.xlsx")
    with pytest.raises(RectifyError, match="缺少工作表“分单位填报”"):
        read_master(tmp_path / "sheet.xlsx")


def test_a_sheet_that_is_not_indispensable_may_be_missing(master: Path) -> None:
    book = openpyxl.load_workbook(master)
    del book["冲突"], book["按领导"], book["变更记录"]
    book.save(master)
    again = read_master(master)
    assert [one.field for one in again.conflicts] == ["deadline"]  # 总台账 bears its mark
    missing, put_back = again.notes
    assert "没有工作表“冲突”、“变更记录”" in missing.zh
    assert "“冲突”中任务5“整改时限”一行被删去" in put_back.zh
    write_master(again, master)
    assert {"冲突", "按领导", "变更记录"} <= set(openpyxl.load_workbook(master).sheetnames)
    assert read_master(master).notes == ()


def test_a_master_of_another_campaign_is_refused(tmp_path: Path) -> None:
    write_list(tmp_path / "in" / "市水务局.xlsx", ROWS[:1], unit="市水务局")
    write_master(merge([tmp_path / "in"], campaign=Campaign(name="甲市整改"), as_of=AS_OF), tmp_path / "m.xlsx")
    assert read_master(tmp_path / "m.xlsx").campaign.name == "甲市整改"
    with pytest.raises(RectifyError, match="这是“甲市整改”的台账"):
        read_master(tmp_path / "m.xlsx", campaign=Campaign(name="乙市整改"))


def test_the_command_rewrites_the_master_or_another_file(master: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["summarize", str(master), "-o", str(tmp_path / "n.xlsx"), "--as-of", "2026-12-11"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert "统计截至 2026-12-11，5 项任务；逾期 2 项" in result.stdout
    assert read_master(tmp_path / "n.xlsx").as_of == date(2026, 12, 11)
    assert read_master(master).as_of == AS_OF
    assert CliRunner().invoke(main, ["summarize", str(master), "--as-of", "2026-12-12"]).exit_code == 0
    assert read_master(master).as_of == date(2026, 12, 12)


def sheets_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Sheet -> its rows without title and note."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: list(sheet.iter_rows(min_row=3, values_only=True)) for sheet in book}


def command(*words: object) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


def test_another_language_and_back_keeps_every_value(tmp_path: Path) -> None:
    folder = resource("samples", "city")
    given = ("--campaign", folder, "--as-of", AS_OF)
    zh, en, back, first = (tmp_path / f"{name}.xlsx" for name in ("zh", "en", "back", "first"))
    campaign = load_campaign(folder)
    write_master(merge([folder / "submissions"], campaign=campaign, as_of=AS_OF), zh)
    write_master(merge([folder / "submissions"], campaign=campaign, as_of=AS_OF, lang="en"), first, lang="en")
    result = command("summarize", zh, "-o", en, "--lang", "en", *given)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(f"Wrote {en}: as of 2026-11-21")
    assert command("summarize", en, "-o", back, "--lang", "zh", *given).exit_code == 0
    assert back.read_bytes() == zh.read_bytes()
    # The workbook is that of an English merge but for the sentences of the checks and the cells of other columns.
    made, wanted = sheets_of(en), sheets_of(first)
    assert list(made) == list(wanted)
    for name in wanted.keys() - {"Findings", "Reports"}:
        assert made[name] == wanted[name], name
    assert [row[:8] for row in made["Findings"]] == [row[:8] for row in wanted["Findings"]]
    assert made["Findings"][1][8] == sheets_of(zh)["问题清单"][1][8]


def test_the_reason_of_a_date_and_of_none_changes_its_language(master: Path, tmp_path: Path) -> None:
    english = summarize(master, as_of=AS_OF, lang="en")
    write_master(english, tmp_path / "en.xlsx")
    sheets = sheets_of(tmp_path / "en.xlsx")
    at = sheets["Ledger"][0].index("Why this date")
    assert [row[at] for row in sheets["Ledger"][1:3]] == ["the last date written in the cell"] * 2
    assert sheets["Unclear deadlines"][1][7] == "“尽快完成” names no day that could be checked"
    write_master(summarize(tmp_path / "en.xlsx", as_of=AS_OF, lang="zh"), tmp_path / "zh.xlsx")
    sheets = sheets_of(tmp_path / "zh.xlsx")
    assert sheets["时限不明"][1][7] == "“尽快完成”没有可以核对的日期"
    assert [row[at] for row in sheets["总台账"][1:3]] == ["按填写的日期"] * 2


def test_without_a_language_the_master_keeps_its_own(master: Path, tmp_path: Path) -> None:
    assert command("summarize", master, "--as-of", AS_OF, "--lang", "en").exit_code == 0
    assert command("summarize", master, "--as-of", AS_OF).exit_code == 0
    assert read_master(master).lang == "en"
    result = command("bulletin", master, "-o", tmp_path / "b.docx")
    assert result.exit_code == 0
    assert "未报送 0 个单位" in result.stdout


@pytest.mark.parametrize("code", CODES)
def test_every_reason_is_found_again_in_the_other_language(code: str) -> None:
    day = "2026-06-30"
    code = f"{code}:{day}" if day in reason_text(f"{code}:{day}") else code
    zh, en = reason_text(code), reason_text(code, "en")
    assert (reason_code(zh), reason_code(en), reason_code("另一句")) == (code, code, "另一句")


def test_findings_are_said_to_be_of_the_day_of_the_checks(master: Path) -> None:
    def said() -> tuple[str, str]:
        book = openpyxl.load_workbook(master)
        home, findings = book.worksheets[0], book.worksheets[-2]
        return home["A2"].value, f"{findings['B2'].value} / {findings.oddHeader.right.text} {findings.oddFooter.right.text}"

    before, bytes_before = said(), master.read_bytes()
    assert "校验：错误" in before[0]
    assert before[1].startswith("截至2026-11-21")
    for day in ("2026-12-11", "2026-12-24"):  # the second time too, the checks are of the first day
        assert command("summarize", master, "--as-of", day).exit_code == 0
        subtitle, findings = said()
        assert f"统计截至 {day}" in subtitle
        assert "校验于2026-11-21：错误" in subtitle
        assert findings.startswith("校验于2026-11-21  |  共")
        assert day not in findings
        assert openpyxl.load_workbook(master)["逾期"]["B2"].value.startswith(f"截至{day}")
    assert command("summarize", master, "--as-of", "2026-12-24", "--lang", "en").exit_code == 0
    assert "checked on 2026-11-21: " in said()[0]
    assert said()[1].startswith("Checked on 2026-11-21  |  ")
    assert command("summarize", master, "--as-of", AS_OF, "--lang", "zh").exit_code == 0
    assert (said(), master.read_bytes()) == (before, bytes_before)


@pytest.mark.parametrize("target", [(), ("-o", "other.xlsx")])
def test_it_warns_where_the_settings_of_the_campaign_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "campaign.yaml").write_text("name: 青禾市整改\nissuer: 青禾市整改办\n", encoding="utf-8")
    write_list(tmp_path / "in" / "市水务局.xlsx", ROWS[:1], unit="市水务局")
    write_master(merge([tmp_path / "in"], campaign=load_campaign(tmp_path), as_of=AS_OF), tmp_path / "m.xlsx")
    given = ("summarize", "m.xlsx", *target, "--as-of", AS_OF)
    assert command(*given, "--campaign", tmp_path).stderr == ""
    result = command(*given)
    assert result.exit_code == 0
    (line,) = result.stderr.splitlines()
    assert line.startswith("请核对：没有用 --campaign 指定“青禾市整改”的活动文件夹")
    assert (target or given)[1] in line
    assert all(lost in line for lost in ("发文机关", "别称", "时限", "请加 --campaign"))
