"""What a merge put into 冲突, and what the office had changed by its own hand before it, stand in a task's life."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import openpyxl
import pytest
from click.testing import CliRunner

from rectify_xl.cli import main
from rectify_xl.history.entry import from_json
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def run(*words: object) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code in (0, 1), result.output
    return result.output


def month(folder: Path, number: int, row: dict[str, object]) -> None:
    campaign, lists = folder / "活动", folder / str(number)
    campaign.mkdir(exist_ok=True)
    (campaign / "campaign.yaml").write_text(f"name: 青禾市整改\nissued: 2026-07-01\nround: {{id: 2026-{number}}}\n", "utf-8")
    write_list(lists / "a.xlsx", [row], unit="市水务局")
    run("merge", lists, "-o", folder / "总台账.xlsx", "--campaign", campaign, "--as-of", f"2026-{number}-20")


def office_writes(master: Path, **values: str | None) -> None:
    book = openpyxl.load_workbook(master)
    sheet = book["总台账"]
    columns = {cell.value: cell.column for cell in sheet[3]}
    for heading, value in values.items():
        sheet.cell(4, columns[heading]).value = value
    book.save(master)


def test_the_life_of_a_task_tells_disputes_and_edits_of_the_office(tmp_path: Path) -> None:
    month(tmp_path, 11, {})
    office_writes(tmp_path / "总台账.xlsx", 整改状态="未启动", 责任领导=None)
    month(tmp_path, 12, {"status": "已完成", "deadline": "2027年6月底前"})
    month(tmp_path, 12, {"status": "已完成", "deadline": "2027年6月底前"})  # once more: nothing is told twice
    campaign = tmp_path / "活动"
    life = json.loads(run("history", 1, "--campaign", campaign, "--format", "json"))["life"]
    said = [
        [(one["outcome"], one["field"], one["old"], one["new"], one["unit"]) for one in (*moment["edits"], *moment["disputes"])]
        for moment in life
    ]
    edited = ("edited", "status", "整改中", "未启动", "")
    emptied = ("edited", "leader", "钟离岳 副市长", "", "")
    disputed = ("conflict", "status", "未启动", "已完成", "市水务局")
    refused = ("refused", "deadline", "2026年12月31日前", "2027年6月底前", "市水务局")
    assert [sorted(one) for one in said] == [[], sorted([edited, emptied, disputed, refused]), []]
    assert all(one["outcome"] not in ("conflict", "refused", "edited") for moment in life for one in moment["changes"])
    text = run("history", 1, "--campaign", campaign)
    assert "整改办改动 整改状态：整改中 → 未启动" in text
    assert "填报不一致，列入冲突：整改状态：未启动 → 已完成（市水务局，" in text
    assert "单位建议修改，台账未改：整改时限：2026年12月31日前 → 2027年6月底前（市水务局，" in text
    assert "2 处列入冲突，此前整改办改动 2 处" in run("history", "--campaign", campaign)
    assert "2 put into Conflicts, edited by the office before: 2" in run("--lang", "en", "history", "--campaign", campaign)


def test_a_decision_is_no_edit(tmp_path: Path) -> None:
    month(tmp_path, 11, {})
    month(tmp_path, 12, {"deadline": "2027年6月底前"})
    master, campaign = tmp_path / "总台账.xlsx", tmp_path / "活动"
    book = openpyxl.load_workbook(master)
    sheet = book["冲突"]
    columns = {cell.value: cell.column for cell in sheet[3]}
    sheet.cell(4, columns["处理意见"]).value = "采用市水务局填报"
    book.save(master)
    run("summarize", master, "--campaign", campaign, "--as-of", "2026-12-22")
    month(tmp_path, 12, {"deadline": "2027年6月底前", "progress": "全部封堵"})
    last = json.loads(run("history", 1, "--campaign", campaign, "--format", "json"))["life"][-1]
    assert last["edits"] == []
    assert ("deadline", "decided") in {(one["field"], one["outcome"]) for one in last["changes"]}
    assert "  核定 整改时限：2026年12月31日前 → 2027年6月底前" in run("history", 1, "--campaign", campaign)
    assert "  decided by the office: Deadline: 2026年12月31日前" in run("--lang", "en", "history", 1, "--campaign", campaign)


def test_a_question_of_two_units_counts_once_and_what_they_share_names_both_cells(tmp_path: Path) -> None:
    shared = {"problem": "西闸漏水", "lead_unit": "市水务局", "coop_units": "市住建局"}
    for unit, status in (("市水务局", "整改中"), ("市住建局", "已完成")):
        write_list(tmp_path / "11" / f"{unit}.xlsx", [{**shared, "status": "整改中", "progress": f"{unit}进场"}], unit=unit)
        write_list(tmp_path / "12" / f"{unit}.xlsx", [{**shared, "status": status, "progress": f"{unit}完工"}], unit=unit)
    master, campaign = tmp_path / "总台账.xlsx", tmp_path / "活动"
    campaign.mkdir()
    for number in (11, 12):
        (campaign / "campaign.yaml").write_text(f"name: 青禾市整改\nround: {{id: 2026-{number}}}\n", "utf-8")
        run("merge", tmp_path / str(number), "-o", master, "--campaign", campaign, "--as-of", f"2026-{number}-20")
    assert "，1 处列入冲突；" in run("history", "--campaign", campaign)
    said = next(line for line in run("history", 1, "--campaign", campaign).splitlines() if "完工 →" in line or "→ 【" in line)
    assert "市住建局.xlsx!任务清单!" in said
    assert said.endswith("）")
    assert "、市" in said.rpartition("（")[2]
    assert "\n" not in said
    book = openpyxl.load_workbook(master)
    sheet = book["冲突"]
    sheet.cell(4, {cell.value: cell.column for cell in sheet[3]}["处理意见"]).value = "保留台账"
    book.save(master)
    run("merge", tmp_path / "12", "-o", master, "--campaign", campaign, "--as-of", "2026-12-21")
    assert "  核定保留台账 整改状态：整改中（" in run("history", 1, "--campaign", campaign)


def test_a_decision_that_was_applied_in_the_round_before_is_told_once(tmp_path: Path) -> None:
    """The office decides when all lists are in, and begins the next round with what it has decided."""
    month(tmp_path, 10, {})
    month(tmp_path, 11, {"deadline": "2027年6月底前"})
    master, campaign = tmp_path / "总台账.xlsx", tmp_path / "活动"
    book = openpyxl.load_workbook(master)
    sheet = book["冲突"]
    sheet.cell(4, {cell.value: cell.column for cell in sheet[3]}["处理意见"]).value = "采用市水务局填报"
    book.save(master)
    run("summarize", master, "--campaign", campaign, "--as-of", "2026-11-28")
    for progress in ("全部封堵", "已经通水"):
        month(tmp_path, 12, {"deadline": "2027年6月底前", "progress": progress})
    life = json.loads(run("history", 1, "--campaign", campaign, "--format", "json"))["life"]
    changes = [[(one["field"], one["outcome"]) for one in moment["changes"]] for moment in life]
    assert [several.count(("deadline", "decided")) for several in changes] == [0, 0, 1, 0]
    assert "整改时限：2026年12月31日前 → 2027年6月底前（市水务局" in run("history", 1, "--campaign", campaign)


def test_a_number_that_several_tasks_have_is_told_with_the_keys_of_the_others(tmp_path: Path) -> None:
    """Units number their own lists from 1, and nobody has numbered the ledger since."""
    campaign = tmp_path / "活动"
    campaign.mkdir()
    (campaign / "campaign.yaml").write_text("name: 青禾市整改\nround: {id: 2026-11}\n", "utf-8")
    for at, (unit, problem) in enumerate(
        (("市水务局", "南堤渗漏"), ("市住建局", "北桥限高架损坏"), ("市园林局", "东园树池破损"))
    ):
        write_list(tmp_path / "in" / f"{at}.xlsx", [{"problem": problem, "lead_unit": unit}], unit=unit)
    run("merge", tmp_path / "in", "-o", tmp_path / "总台账.xlsx", "--campaign", campaign)
    said = CliRunner().invoke(main, ["history", "1", "--campaign", str(campaign)])
    first, second, third = (f"T000{at}" for at in (1, 2, 3))
    assert said.stderr.startswith(f"请核对：编号“1”的任务有 3 项，以下是 {first}；另有 {second} ")
    assert f"、{third} " in said.stderr
    assert said.stdout.startswith(f"1（{first}）")
    assert CliRunner().invoke(main, ["history", second, "--campaign", str(campaign)]).stderr == ""


def test_records_of_before_have_neither() -> None:
    names = {"files", "tasks", "reports", "changes"}
    single = ("serial", "round_id", "as_of", "written", "master", "master_sha256", "replaced_sha256")
    kept = {"version": 1, **dict.fromkeys(single, ""), "serial": 1, **{name: {"columns": [], "rows": []} for name in names}}
    entry = from_json(json.dumps(kept), "0001.json")
    assert (entry.disputes, entry.edits) == ((), ())
