"""时限不明 comes from the verdicts on the deadlines: what rules are chosen, and what they say, changes no sheet of tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl import merge, read_master, summarize, write_master
from rectify_xl.campaign.settings import Campaign, DeadlineRules, RuleChoice, load_campaign
from rectify_xl.common.resources import resource
from rectify_xl.ledger.sheets.registry import Summary
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow

AS_OF = date(2026, 11, 21)


def merged(folder: Path, campaign: Campaign | None = None, **options: Any) -> Master:
    return merge([folder], campaign=campaign, as_of=AS_OF, workers=1, **options)


def reasons(master: Master) -> dict[str, str]:
    """Task number -> why it stands in 时限不明."""
    sheet = Summary(master).by_key()["unclear_deadline"]
    at = [column.label for column in sheet.columns].index("原因")
    return {row[0]: row[at] for row in sheet.rows}


@pytest.mark.parametrize("ignore", [("D",), ("D", "S", "L", "U", "V", "P"), ("vague-deadline", "missing-deadline")])
def test_ignoring_rules_changes_no_sheet_but_the_one_of_findings(ignore: tuple[str, ...]) -> None:
    folder = resource("samples", "city")
    campaign = load_campaign(folder)
    full = Summary(merged(folder / "submissions", campaign)).by_key()
    quiet = Summary(merged(folder / "submissions", replace(campaign, rules=RuleChoice(ignore=ignore)))).by_key()
    assert full["unclear_deadline"].rows
    assert full["without_leader"].rows
    assert [key for key in full if full[key].rows != quiet[key].rows] == ["findings"]
    assert len(quiet["findings"].rows) < len(full["findings"].rows)


def test_a_silenced_finding_leaves_the_task_in_the_list(tmp_path: Path) -> None:
    silence = "{rule: vague-deadline, task: 1, reason: 已报市领导, until: 2027-01-01}"
    (tmp_path / "campaign.yaml").write_text(f"name: 青禾市整改\nrules:\n  silence:\n  - {silence}\n", "utf-8")
    write_list(tmp_path / "in" / "市水务局.xlsx", [{"deadline": "尽快完成"}], unit="市水务局")
    master = merged(tmp_path / "in", load_campaign(tmp_path))
    assert master.report is not None
    assert [silenced.finding.slug for silenced in master.report.silenced] == ["vague-deadline"]
    assert reasons(master) == {"1": "“尽快完成”没有可以核对的日期"}


WHY = {
    None: "没有填写整改时限",
    "已整改到位": "填的是状态“已整改到位”，没有写应当完成的日期",
    "2026年2月30日前": "“2026年2月30日前”中的日期不存在",
    "2028年前": "“2028年前”不止一种理解：“某月前”“某年前”可理解为该期间开始之前，也可理解为该期间结束之前；现按 2027-12-31 计",
    "尽快完成": "“尽快完成”没有可以核对的日期",
    "长期坚持": "“长期坚持”没有日期",
    "同上表": "“同上表”无法识别",
    "#REF!": "是错误值 #REF!，原来的内容已经丢失",
    "=A1": "是没有计算结果的公式“=A1”",
}


@pytest.mark.parametrize(("deadline", "why"), WHY.items())
def test_every_verdict_has_its_words(tmp_path: Path, deadline: str | None, why: str) -> None:
    path = write_list(tmp_path / "in" / "市水务局.xlsx", [{"deadline": deadline}, {"task_id": 2, "problem": "乙渠淤积"}])
    if deadline == "#REF!":
        book = openpyxl.load_workbook(path)
        book.worksheets[0]["F4"].data_type = "e"
        book.save(path)
    master = merged(tmp_path / "in")
    assert reasons(master) == {"1": why}
    write_master(master, tmp_path / "m.xlsx")
    assert reasons(summarize(tmp_path / "m.xlsx", as_of=AS_OF)) == {"1": why}


def test_the_days_among_the_measures_are_named(tmp_path: Path) -> None:
    row = {"deadline": None, "measures": "2027年底前建成泵站，2027年6月30日前完成招标"}
    write_list(tmp_path / "a.xlsx", [row], unit="市水务局")
    assert reasons(merged(tmp_path)) == {"1": "没有填写整改时限；措施中写有“2027年底前、2027年6月30日前”，可核对后填入"}


def test_a_list_without_the_column_has_no_deadlines(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}], unit="市水务局", keys=tuple(key for key in CLEAN if key != "deadline"))
    master = merged(tmp_path)
    assert reasons(master) == {"1": "没有填写整改时限"}
    assert "missing-deadline" not in {finding.slug for finding in master.findings}


def test_a_task_is_judged_by_the_deadline_that_the_ledger_shows(tmp_path: Path) -> None:
    write_list(tmp_path / "市水务局.xlsx", [{}], unit="市水务局")
    write_list(tmp_path / "市住建局.xlsx", [{"deadline": "尽快完成"}], unit="市住建局")
    master = merged(tmp_path)
    assert [conflict.field for conflict in master.conflicts] == ["deadline"]
    assert reasons(master) == {}


def doubts(master: Master) -> dict[str, str | None]:
    """Task number -> what 逾期 says of the day by which it is overdue."""
    sheet = Summary(master).by_key()["overdue"]
    at = [column.label for column in sheet.columns].index("存疑")
    return {row[0]: row[at] for row in sheet.rows}


def test_a_task_overdue_by_a_doubtful_day_is_marked(tmp_path: Path) -> None:
    days = ("2026年9月前", "2026年10月31日前", "2025年12月底前")
    rows = [{"task_id": number, "problem": f"{number}号渠未清淤", "deadline": day} for number, day in enumerate(days, 1)]
    write_list(tmp_path / "市水务局.xlsx", rows, unit="市水务局")
    master = merged(tmp_path, Campaign(issued=date(2026, 7, 23)))
    found = doubts(master)
    assert found["1"] is not None
    assert found["1"].startswith("存疑：“2026年9月前”不止一种理解")
    assert (found["2"], found["3"]) == (None, "存疑：时限早于方案印发日期，年份待核实")
    messages = {finding.task_id: finding.message for finding in master.report.findings if finding.slug == "overdue"}
    assert {number for number, message in messages.items() if "存疑" in message} == {"1", "3"}
    told = {task.key: task.values["task_id"] for task in master.tasks}
    assert {told[key] for key in master.to_dict()["in_doubt"]} == {"1", "3"}
    frame = master.tasks_frame()
    assert set(frame.loc[frame["in_doubt"], "task_id"]) == {"1", "3"}
    assert set(frame.loc[frame["in_doubt"], "flag"]) == {"overdue"}
    master.to_excel(tmp_path / "总台账.xlsx")
    back = read_master(tmp_path / "总台账.xlsx", campaign=master.campaign)
    assert [task.warning for task in back.tasks] == [task.warning for task in master.tasks]


def test_units_that_disagree_without_a_lead_unit_leave_it_open(tmp_path: Path) -> None:
    write_list(tmp_path / "市住建局.xlsx", [{"deadline": "2027年6月底前"}], unit="市住建局")
    write_list(tmp_path / "市农业农村局.xlsx", [{}], unit="市农业农村局")
    assert reasons(merged(tmp_path)) == {"1": "各单位填报的整改时限不一致，见“冲突”"}


def test_a_standing_task_is_listed_until_a_review_is_set(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"status": "长期坚持"}], unit="市水务局")
    assert reasons(merged(tmp_path)) == {"1": "状态为“长期坚持”，没有规定复核日期"}
    assert reasons(merged(tmp_path, Campaign(deadlines=DeadlineRules(long_term=date(2027, 1, 1))))) == {}


def test_a_day_that_the_campaign_or_the_office_gives_is_clear(tmp_path: Path) -> None:
    write_list(tmp_path / "in" / "a.xlsx", [{"deadline": "立行立改"}], unit="市水务局")
    given = merged(tmp_path / "in", Campaign(deadlines=DeadlineRules(immediate=date(2026, 12, 31))))
    assert reasons(given) == {}
    write_master(given, tmp_path / "given.xlsx")
    # Without the campaign's rules the day that stands in the ledger counts.
    assert reasons(summarize(tmp_path / "given.xlsx", as_of=AS_OF)) == {}
    write_master(merged(tmp_path / "in"), tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    sheet = book["总台账"]
    at = next(cell.column for cell in sheet[3] if cell.value == "到期日")
    sheet.cell(4, at).value = date(2026, 12, 1)
    book.save(tmp_path / "m.xlsx")
    again = summarize(tmp_path / "m.xlsx", as_of=AS_OF)
    assert (again.tasks[0].due, again.tasks[0].timing.flag, reasons(again)) == (date(2026, 12, 1), "due-soon", {})


@pytest.mark.parametrize(
    ("before", "now", "due"),
    [("2026年12月31日前", "尽快完成", None), ("2026年12月31日前", None, None), ("立行立改", "尽快完成", None),
     ("立行立改", "立行立改，长期坚持", date(2026, 11, 30)), ("尽快完成", "2027年6月底前", date(2027, 6, 30))],
)  # fmt: skip
def test_the_due_date_goes_with_a_deadline_that_the_office_has_written_over(
    tmp_path: Path, before: str, now: str | None, due: date | None
) -> None:
    write_list(tmp_path / "in" / "w.xlsx", [{"deadline": before}], unit="市水务局")
    campaign = Campaign(deadlines=DeadlineRules(immediate=date(2026, 11, 30)))
    write_master(merged(tmp_path / "in", campaign), tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    columns = {cell.value: cell.column for cell in book["总台账"][3]}
    book["总台账"].cell(4, columns["整改时限"]).value = now
    book.save(tmp_path / "m.xlsx")
    (task,) = summarize(tmp_path / "m.xlsx", campaign=campaign, as_of=AS_OF).tasks
    assert (task.due, task.timing.flag) == (due, "undated" if due is None else "due-soon" if due.year == 2026 else "on-time")
    # The settings are needed for no more than that.
    (alone,) = summarize(tmp_path / "m.xlsx", as_of=AS_OF).tasks
    assert alone.due == due


def test_a_day_that_the_office_writes_beside_a_vague_deadline_counts(tmp_path: Path) -> None:
    write_list(tmp_path / "in" / "w.xlsx", [{"deadline": "尽快完成"}], unit="市水务局")
    write_master(merged(tmp_path / "in"), tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    columns = {cell.value: cell.column for cell in book["总台账"][3]}
    book["总台账"].cell(4, columns["到期日"]).value = date(2026, 12, 5)
    book.save(tmp_path / "m.xlsx")
    assert [task.due for task in summarize(tmp_path / "m.xlsx", as_of=AS_OF).tasks] == [date(2026, 12, 5)]
