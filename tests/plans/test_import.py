"""``rectify-xl import`` and what it makes: the list with keys, the campaign folder, JSON, exit status."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

import rectify_xl as rx
from rectify_xl.campaign.settings import load_campaign
from rectify_xl.cli import main
from rectify_xl.common.errors import RectifyError
from rectify_xl.plans.model import DeadlineRule
from rectify_xl.workflow.base import read_base
from rectify_xl.workflow.plan_campaign import campaign_text, make_plan_campaign

PLAN = """青屿市人民政府
关于印发《青屿市水安全专项督察反馈意见整改方案》的通知
2026年3月5日
立行立改的，2026年6月前完成。
共分解整改任务2项。
1.部分小型水库责任人公示不规范。
整改目标:公示率达到100%。
整改措施:
(1)核对信息。
(2)更换公示牌。
责任领导:陆 遥 市政府副市长
责任单位:市水利局牵头,市888彩票娱乐平台注册APP下载,各县区配合。
整改时限:立行立改
2.灌区渠系渗漏严重。
整改目标:利用系数提高。
整改措施:实施改造。
责任领导:陆 遥 市政府副市长
责任单位:市水利局牵头,市农业农村局、财政局配合。
整改时限:2027年年底
"""
NO_PLAN = "关于整改情况的报告\n今年以来，各项工作取得进展。\n确保9项整改任务按期完成。\n"


def run(*words: str, code: int = 0) -> Any:
    done = CliRunner().invoke(main, ["import", *words], prog_name="rectify-xl")
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = Path("方案.txt")
    path.write_text(PLAN, "utf-8")
    return path


def test_the_list_and_what_is_in_doubt(plan: Path) -> None:
    done = run(str(plan), "-o", "任务.xlsx")
    assert "读到任务 2 项，文件写明 2 项。" in done.stdout
    assert "提醒 任务1：单位名称混入广告" in done.stdout
    book = openpyxl.load_workbook("任务.xlsx")
    assert book.sheetnames == ["整改任务清单", "存疑", "出处", "方案信息"]
    rows = list(book["整改任务清单"].iter_rows(min_row=3, values_only=True))
    assert rows[0][0] == "任务编号"
    assert [row[-1] for row in rows] == ["任务标识", "T0001", "T0002"]
    assert rows[1][5] == "陆遥 市政府副市长"
    assert rows[2][7] == "市农业农村局、市财政局"
    assert book["整改任务清单"].column_dimensions["K"].hidden
    doubts = [row[2] for row in book["存疑"].iter_rows(min_row=4, values_only=True)]
    assert any(str(text).startswith("单位名称混入广告") for text in doubts)
    origins = [row[:3] for row in book["出处"].iter_rows(min_row=4, values_only=True)]
    assert ("1", "问题描述", 6) in origins
    facts = dict(row[:2] for row in book["方案信息"].iter_rows(min_row=4, values_only=True))
    assert facts["印发日期"] == "2026-03-05"


def test_the_same_plan_gives_the_same_bytes_and_work_is_not_overwritten(plan: Path) -> None:
    run(str(plan), "-o", "任务.xlsx")
    first = Path("任务.xlsx").read_bytes()
    run(str(plan), "-o", "任务.xlsx")
    assert Path("任务.xlsx").read_bytes() == first
    book = openpyxl.load_workbook("任务.xlsx")
    book.save("任务.xlsx")
    assert "导入后有人存过" in run(str(plan), "-o", "任务.xlsx", code=2).stderr
    Path("别的.xlsx").write_bytes(b"x")
    assert "认不出" in run(str(plan), "-o", "别的.xlsx", code=2).stderr
    assert "不能用结果覆盖" in run(str(plan), "-o", str(plan), code=2).stderr


def test_the_list_is_read_as_any_list_and_is_a_base(plan: Path) -> None:
    run(str(plan), "-o", "任务.xlsx")
    report = rx.validate("任务.xlsx", as_of="2026-04-01")
    assert {finding.slug for finding in report.findings}.isdisjoint({"unread-rows", "unknown-column", "hidden-sheet", "no-table"})
    assert [submission.status for submission in report.submissions] == ["accepted"]
    # The office takes the first task out and adds another: keys stay with their tasks, and none is given again.
    book = openpyxl.load_workbook("任务.xlsx")
    sheet = book["整改任务清单"]
    for column in range(1, sheet.max_column + 1):
        second = sheet.cell(5, column).value
        sheet.cell(4, column).value = second
        sheet.cell(5, column).value = {1: "3", 3: "增加的任务，方案中没有。", 11: None}.get(column, second)
    book.save("任务.xlsx")
    base = read_base(Path("任务.xlsx"), rx.Campaign(), None)
    assert [(task.key, task.values["task_id"]) for task in base.tasks] == [("T0002", "2"), ("T0003", "3")]
    assert base.from_list
    made = rx.dispatch("任务.xlsx", "下发", as_of="2026-04-01")
    assert {file.unit for file in made.files} >= {"市水利局", "市农业农村局", "市财政局"}


def test_json_and_exit_status(plan: Path) -> None:
    found = json.loads(run(str(plan), "--format", "json").stdout)
    assert found["version"] == 1
    assert [task["no"] for task in found["tasks"]] == ["1", "2"]
    assert found["original"] is None
    plan.write_text(PLAN.replace("共分解整改任务2项", "共分解整改任务5项"), "utf-8")
    done = run(str(plan), "--format", "json", "-o", "任务.xlsx", code=1)
    assert [one["code"] for one in json.loads(done.stdout)["doc"]["anomalies"] if one["severity"] == "error"] == [
        "count_mismatch"
    ]
    assert "已生成 任务.xlsx" in done.stderr
    plan.write_text(NO_PLAN, "utf-8")
    done = run(str(plan), "--format", "json", "-o", "没有.xlsx", "--new-campaign", "没有", code=2)
    assert json.loads(done.stdout)["tasks"] == []
    assert "文件写明有 9 项任务" in done.stderr
    assert not Path("没有.xlsx").exists()
    assert not Path("没有").exists()


def test_the_list_may_be_imported_again(plan: Path) -> None:
    """As a workbook that somebody took for a plan: its own sheets beside the list are no tasks."""
    run(str(plan), "-o", "任务.xlsx")
    again = rx.read_plan("任务.xlsx")
    first = rx.read_plan(plan)
    assert [(task.no, task.problem, task.deadline_text) for task in again.tasks] == [
        (task.no, task.problem, task.deadline_text) for task in first.tasks
    ]


def test_english(plan: Path) -> None:
    done = run(str(plan), "-o", "tasks.xlsx", "--lang", "en")
    assert "2 tasks found, 2 declared." in done.stdout
    assert openpyxl.load_workbook("tasks.xlsx").sheetnames[1:] == ["In doubt", "Origins", "The plan"]
    report = rx.validate("tasks.xlsx", as_of="2026-04-01")
    assert [submission.status for submission in report.submissions] == ["accepted"]


def test_a_campaign_folder_from_the_plan(plan: Path) -> None:
    run(str(plan), "--new-campaign", "活动")
    text = Path("活动/campaign.yaml").read_text("utf-8")
    assert "  # immediate: 2026-05-31   # 也可以理解为 2026-06-30；请选定后去掉行首的 #" in text
    assert "#   各县区" in text
    assert "# 方案写明 2 项任务" in text
    settings = load_campaign(Path("活动"))
    assert settings.deadlines.immediate is None
    assert [unit.name for unit in settings.units] == ["市水利局", "市农业农村局", "市财政局"]
    assert "已经存在" in run(str(plan), "--new-campaign", "活动", code=2).stderr
    named = run(str(plan), "-o", "任务.xlsx", "--campaign", "活动")
    assert "已生成" in named.stdout


def test_units_that_accept_stand_in_the_roster_and_have_nothing_to_report(plan: Path) -> None:
    plan.write_text(
        "1.甲问题。\n整改措施:查。\n责任单位:市水利局\n验收单位:市生态环境局牵头，市水利局配合\n整改时限:2026年\n", "utf-8"
    )
    run(str(plan), "--new-campaign", "活动")
    units = {unit.name: unit.reports for unit in load_campaign(Path("活动")).units}
    assert units == {"市水利局": True, "市生态环境局": False}
    assert "责任1项，验收1项" in Path("活动/units.csv").read_text("utf-8-sig")


def test_a_campaign_of_a_plan_that_says_little(plan: Path) -> None:
    plan.write_text("1.甲问题。\n整改措施:查。\n责任单位:市水利局\n整改时限:2026年\n", "utf-8")
    found = rx.read_plan(plan)
    assert "# issuer:  # 方案中没有读到，请填写" in campaign_text(found)
    make_plan_campaign(found, Path("活动"))
    assert load_campaign(Path("活动")).name == ""
    long = replace(found.facts, deadline_rules=(DeadlineRule("long_term", "2027-12-31", "长期坚持的问题" * 60),))
    text = campaign_text(replace(found, facts=long))
    assert "  long_term: 2027-12-31" in text
    assert "……”" in text


def test_what_cannot_be_written(plan: Path) -> None:
    found = rx.read_plan(str(plan))
    assert found.layout == "labelled"
    with pytest.raises(TypeError):
        rx.write_tasks("方案", "a.xlsx")  # type: ignore[arg-type]
    with pytest.raises(RectifyError, match="没有读到任务"):
        rx.write_tasks(replace(found, tasks=(), doubts=rx.read_plan(_empty()).doubts), "a.xlsx")
    with pytest.raises(RectifyError, match="没有这个文件"):
        rx.read_plan("没有.txt")
    with pytest.raises(TypeError):
        rx.read_plan(3)  # type: ignore[arg-type]


def _empty() -> Path:
    path = Path("空.txt")
    path.write_text("没有任务的文字。", "utf-8")
    return path


def test_doubts_of_one_kind_stand_on_one_line(plan: Path) -> None:
    tasks = "".join(f"{number}.问题{number}。\n整改措施:查。\n责任单位:市水利局\n整改时限:\n" for number in range(1, 51))
    plan.write_text(tasks, "utf-8")
    shown = run(str(plan)).stdout.splitlines()
    assert sum("没有读到整改时限" in line for line in shown) < 50
    assert any("另有" in line for line in shown)
    assert sum("没有写明谁牵头" in line for line in shown) == 1


def test_a_day_of_issue_that_the_campaign_gives_is_missed_in_no_plan(plan: Path, tmp_path: Path) -> None:
    plan.write_text(PLAN.replace("2026年3月5日\n", ""), "utf-8")
    assert "没有读到印发日期" in run(str(plan)).stdout
    (tmp_path / "campaign.yaml").write_text("name: 青屿市整改\nissued: 2026-03-05\n", "utf-8")
    done = run(str(plan), "--campaign", str(tmp_path), "-o", "任务.xlsx")
    doubts = openpyxl.load_workbook("任务.xlsx")["存疑"].iter_rows(values_only=True)
    assert "没有读到印发日期" not in done.stdout + str([*doubts])


def test_a_master_is_no_plan(tmp_path: Path) -> None:
    rx.write_master(rx.Master(rx.Campaign(name="甲市整改"), date(2026, 3, 5)), tmp_path / "总台账.xlsx")
    with pytest.raises(RectifyError, match=r"不能导入：这是本软件生成的总台账.*merge --base"):
        rx.read_plan(tmp_path / "总台账.xlsx")
