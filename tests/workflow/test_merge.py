"""merge(): which rows are one task, what is shown where units disagree, and who is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty

from rectify_xl.campaign.settings import Campaign, DeadlineRules, Unit, load_campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.provenance.stamp import template_stamp
from rectify_xl.workflow.merge import merge
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.sheets.tables import ListSheet

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not

DAY = date(2026, 11, 21)
ROSTER = Campaign(
    issued=date(2026, 7, 1),
    units=(
        Unit("U1", "市水务局", aliases=("市水务管理局",)),
        Unit("U2", "市住建局"),
        Unit("U3", "市农业农村局"),
        Unit("U4", "青芜县"),
    ),
)


def merged(folder: Path, campaign: Campaign = ROSTER, **options: object) -> Master:
    return merge([folder], campaign=campaign, as_of=DAY, **options)  # type: ignore[arg-type]


def sheet(master: Master, name: str) -> ListSheet:
    return next(found for found in Summary(master).sheets() if found.name == name)


def column(found: ListSheet, label: str) -> list[object]:
    at = [one.label for one in found.columns].index(label)
    return [row[at] for row in found.rows]


def test_one_task_of_two_units_is_one_ledger_row_and_two_reports(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}], unit="市水务局")
    write_list(tmp_path / "b.xlsx", [{"progress": "配合完成管线迁改一处"}], unit="市住建局")
    master = merged(tmp_path)
    assert (len(master.tasks), len(master.reports)) == (1, 2)
    assert master.conflicts == ()
    assert column(sheet(master, "总台账"), "整改进展") == [
        "【市水务局】已封堵四处排口,截污管铺设二百一十米\n【市住建局】配合完成管线迁改一处"
    ]
    assert column(sheet(master, "总台账"), "来源") == ["a.xlsx!A4\nb.xlsx!A4"]
    assert column(sheet(master, "分单位填报"), "填报单位") == ["市水务局", "市住建局"]
    assert column(sheet(master, "分单位填报"), "行") == [4, 4]


def test_disagreement_is_listed_with_both_sources_and_the_lead_units_value_marked(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"deadline": "2027年6月底前"}], unit="市住建局", filled="2026年11月20日")
    write_list(tmp_path / "b.xlsx", [{}], unit="市水务局", filled="2026年11月2日")
    master = merged(tmp_path)
    (conflict,) = master.conflicts
    assert conflict.to_dict() == {
        "task": "1",
        "field": "deadline",
        "values": [
            {"unit": "市住建局", "value": "2027年6月底前", "source": "a.xlsx!任务清单!F4"},
            {"unit": "市水务局", "value": "2026年12月31日前", "source": "b.xlsx!任务清单!F4"},
        ],
        "key": "T0001",
        "kind": "conflict",
        "ours": "2026年12月31日前",
    }
    assert column(sheet(master, "总台账"), "整改时限") == ["※2026年12月31日前"]
    assert column(sheet(master, "总台账"), "到期日") == [date(2026, 12, 31)]
    assert column(sheet(master, "冲突"), "内容2") == ["2026年12月31日前"]


def test_without_a_lead_unit_among_the_reports_a_disputed_value_is_left_open(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"status": "已完成"}], unit="市住建局")
    write_list(tmp_path / "b.xlsx", [{}], unit="市农业农村局")
    master = merged(tmp_path)
    assert [conflict.field for conflict in master.conflicts] == ["status"]
    assert column(sheet(master, "总台账"), "整改状态") == ["※"]


def test_a_disputed_figure_is_marked_as_its_column_shows_it(tmp_path: Path) -> None:
    for name, unit, share in (("a.xlsx", "市住建局", 0.9), ("b.xlsx", "市水务局", 0.45)):
        write_list(tmp_path / name, [{"percent": share}], unit=unit, keys=(*CLEAN, "percent"))
    assert column(sheet(merged(tmp_path), "总台账"), "完成率") == ["※45%"]


def test_the_same_date_in_other_words_is_no_conflict(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"deadline": date(2026, 12, 31)}], unit="市水务局")
    write_list(tmp_path / "b.xlsx", [{"deadline": "2026年底前"}], unit="市住建局")
    assert merged(tmp_path).conflicts == ()


def test_the_same_number_with_another_problem_is_another_task(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}], unit="市水务局")
    write_list(tmp_path / "b.xlsx", [{"problem": "南湖湿地违建两处未拆,挤占岸线"}], unit="市住建局")
    master = merged(tmp_path)
    assert len(master.tasks) == 2
    assert master.conflicts == ()


def test_a_typo_in_the_problem_of_one_number_is_a_conflict_of_wording(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}], unit="市水务局")
    write_list(tmp_path / "b.xlsx", [{"problem": str(CLEAN["problem"]).replace("六处", "七处")}], unit="市住建局")
    master = merged(tmp_path)
    assert len(master.tasks) == 1
    assert [conflict.field for conflict in master.conflicts] == ["problem"]


def test_units_that_number_their_own_lists_meet_in_one_task(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"task_id": 7}], unit="市水务局")
    write_list(tmp_path / "b.xlsx", [{"task_id": 1}], unit="市住建局")
    master = merged(tmp_path)
    assert len(master.tasks) == 1
    assert master.conflicts == ()
    assert column(sheet(master, "总台账"), "任务编号") == ["7"]


def test_one_problem_under_two_lead_units_and_numbers_is_two_tasks(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"task_id": 3, "lead_unit": "市水务局"}], unit="市水务局")
    write_list(tmp_path / "b.xlsx", [{"task_id": 9, "lead_unit": "青芜县"}], unit="青芜县")
    assert len(merged(tmp_path).tasks) == 2


def test_two_files_of_one_unit_under_two_names_complement_each_other(tmp_path: Path) -> None:
    write_list(tmp_path / "市水务局.xlsx", [{}], unit="市水务局")
    write_list(tmp_path / "补.xlsx", [{"task_id": 2, "problem": "东沟清淤未完成,汛期漫溢两次"}], unit="市水务管理局")
    master = merged(tmp_path)
    assert len(master.tasks) == 2
    assert master.to_dict()["same_unit_files"] == {"市水务局": ["市水务局.xlsx", "补.xlsx"]}


def test_the_later_report_of_one_unit_stands(tmp_path: Path) -> None:
    write_list(tmp_path / "b_old.xlsx", [{"status": "未启动"}], unit="市水务局", filled="2026年11月1日")
    write_list(tmp_path / "a_new.xlsx", [{}], unit="市水务局", filled="2026年11月10日")
    master = merged(tmp_path)
    assert column(sheet(master, "总台账"), "整改状态") == ["整改中"]
    assert [report.file for report in master.reports] == ["a_new.xlsx"]
    assert master.conflicts == ()


def test_two_rows_of_one_file_are_never_ordered(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}, {"status": "已完成"}], unit="市水务局", filled="2026年11月1日")
    master = merged(tmp_path)
    assert len(master.tasks) == 1
    assert [conflict.field for conflict in master.conflicts] == ["status"]


def test_missing_units_are_those_that_lead_somewhere_else(tmp_path: Path) -> None:
    write_list(
        tmp_path / "市水务局.xlsx",
        [{}, {"task_id": 2, "problem": "西坡农膜残留多,回收点少", "lead_unit": "市农业农村局牵头,青芜县配合"}],
        unit="市水务局",
    )
    master = merged(tmp_path)
    assert master.to_dict()["missing_units"] == ["市农业农村局"]
    states = dict(zip(column(sheet(master, "未报送"), "单位"), column(sheet(master, "未报送"), "情况"), strict=True))
    assert states == {"市农业农村局": "未报送", "市住建局": "仅配合，未报送", "青芜县": "仅配合，未报送"}


def test_reports_yes_and_no_decide_where_the_roster_says_so(tmp_path: Path) -> None:
    write_list(tmp_path / "市水务局.xlsx", [{}], unit="市水务局")
    units = (Unit("U1", "市水务局", reports=True), Unit("U2", "市住建局", reports=True), Unit("U3", "青芜县", reports=False))
    assert merged(tmp_path, Campaign(units=units)).to_dict()["missing_units"] == ["市住建局"]


def test_a_folder_of_counties_counts_for_its_members(tmp_path: Path) -> None:
    units = tuple(Unit(name, name, reports=True) for name in ("市水务局", "青芜县", "白堤区"))
    write_list(tmp_path / "各县区汇总.xlsx", [{}], unit="各县区")
    assert merged(tmp_path, Campaign(units=units)).to_dict()["missing_units"] == ["市水务局"]


def test_late_submissions_are_listed_with_their_file(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}], unit="市水务局", filled="2026年11月20日")
    master = merged(tmp_path, Campaign(units=ROSTER.units, round_due=date(2026, 11, 15)))
    late = [row for row in sheet(master, "未报送").rows if row[1] == "逾期报送"]
    assert [(row[0], row[-2], row[-1]) for row in late] == [("市水务局", "a.xlsx", date(2026, 11, 20))]


def test_lists_made_from_the_template_of_another_round_are_listed(tmp_path: Path) -> None:
    campaign = Campaign(name="青禾市整改", round_id="2026-11")
    for name, unit, made_for in (("a.xlsx", "市水务局", "2026-10"), ("b.xlsx", "市住建局", "2026-11")):
        book = openpyxl.load_workbook(write_list(tmp_path / name, [{"problem": name}], unit=unit))
        for key, value in template_stamp(replace(campaign, round_id=made_for)).items():
            book.custom_doc_props.append(StringProperty(name=key, value=value))
        book.save(tmp_path / name)
    rows = sheet(merged(tmp_path, campaign), "未报送").rows
    assert [(row[0], row[1], row[-2]) for row in rows] == [("市水务局", "不是本轮模板", "a.xlsx")]


def test_overdue_is_listed_longest_first_and_due_soon_nearest_first(tmp_path: Path) -> None:
    days = ["2026年11月1日", "2026年9月30日", "2026年12月20日", "2026年11月25日", "2027年6月底前", "尽快"]
    rows = [{"task_id": n, "problem": f"第{n}号点位扬尘未覆盖", "deadline": day} for n, day in enumerate(days, 1)]
    write_list(tmp_path / "a.xlsx", rows, unit="市水务局")
    master = merged(tmp_path)
    assert column(sheet(master, "逾期"), "逾期天数") == [52, 20]
    assert column(sheet(master, "即将到期"), "剩余天数") == [4, 29]
    assert column(sheet(master, "时限不明"), "任务编号") == ["6"]
    assert [label for label, _ in Summary(master).overview().figures] == ["任务总数", "已办结", "逾期", "即将到期", "无明确时限"]
    assert [count for _, count in Summary(master).overview().figures] == [6, 0, 2, 2, 1]


def test_immediate_tasks_are_due_by_the_plans_own_rule(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"deadline": "立行立改,长期坚持"}], unit="市水务局")
    rules = DeadlineRules(immediate=date(2026, 8, 31))
    master = merged(tmp_path, Campaign(deadlines=rules))
    ledger = sheet(master, "总台账")
    assert column(ledger, "到期日") == [date(2026, 8, 31)]
    assert "2026-08-31" in str(column(ledger, "到期依据")[0])
    assert column(ledger, "预警") == ["逾期"]
    undated = merged(tmp_path)
    assert column(sheet(undated, "总台账"), "预警") == ["无明确时限"]


def test_long_term_status_is_late_only_past_the_review_date(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"deadline": "2026年8月底前", "status": "长期坚持"}], unit="市水务局")
    assert column(sheet(merged(tmp_path), "总台账"), "预警") == ["无明确时限"]
    reviewed = Campaign(deadlines=DeadlineRules(long_term=date(2026, 10, 1)))
    assert column(sheet(merged(tmp_path, reviewed), "总台账"), "预警") == ["逾期"]


def test_done_late(tmp_path: Path) -> None:
    done = {"deadline": "2026年8月底前", "status": "办结", "completed_on": date(2026, 9, 9)}
    write_list(tmp_path / "a.xlsx", [done], unit="市水务局", keys=(*CLEAN, "completed_on"))
    ledger = sheet(merged(tmp_path), "总台账")
    assert (column(ledger, "整改状态"), column(ledger, "预警")) == (["已完成"], ["逾期完成"])


def test_units_and_leaders_are_counted(tmp_path: Path) -> None:
    rows = [
        {"lead_unit": "市水务管理局牵头", "status": "已完成"},
        {"task_id": 2, "problem": "乙渠淤积", "leader": "钟离岳 副市长\n冷泉 副市长"},
        {"task_id": 3, "problem": "丙渠淤积", "leader": None, "lead_unit": None},
    ]
    write_list(tmp_path / "a.xlsx", rows, unit="市水务局")
    master = merged(tmp_path)
    assert [row[:4] for row in sheet(master, "按单位").rows[:-1]] == [("市水务局", 2, 1, 0), ("（未填写）", 1, 0, 0)]
    assert [row[:3] for row in sheet(master, "按领导").rows[:-1]] == [("钟离岳", 2, 1), ("冷泉", 1, 0), ("（未填写）", 1, 0)]
    assert column(sheet(master, "缺责任领导"), "任务编号") == ["3"]


def test_unknown_columns_are_carried_along(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{"整改难度": "中"}], unit="市水务局", keys=(*CLEAN, "整改难度"))
    assert column(sheet(merged(tmp_path), "分单位填报"), "其他列") == ["整改难度：中"]


def test_strict_keeps_faulty_rows_out_and_names_them(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}, {"task_id": 2, "problem": "乙渠淤积", "status": "差不多了"}], unit="市水务局")
    assert len(merged(tmp_path).tasks) == 2
    master = merged(tmp_path, strict=True)
    assert [task.name for task in master.tasks] == ["1"]
    assert [(finding.cell, finding.slug) for finding in master.held_back] == [("G5", "not-allowed")]


def test_strict_shows_every_row_that_stays_as_it_is(tmp_path: Path) -> None:
    rows = [
        {"status": "差不多了", "lead_unit": "市农业农村局"},
        {"task_id": 2, "problem": "乙渠淤积", "deadline": "2026年10月底前", "leader": "冷泉 副市长"},
    ]
    write_list(tmp_path / "a.xlsx", rows, unit="市水务局")
    (kept,) = merged(tmp_path, strict=True).tasks
    assert (kept.lead, kept.leaders, kept.due) == (("市水务局",), ("冷泉",), date(2026, 10, 31))
    other = merged(tmp_path).tasks[1]
    assert replace(kept, key=other.key) == other


def test_both_languages_name_the_same_sheets_in_the_same_order(tmp_path: Path) -> None:
    write_list(tmp_path / "a.xlsx", [{}], unit="市水务局")
    master = merged(tmp_path)
    zh, en = (list(Summary(master, lang).sheets()) for lang in ("zh", "en"))
    assert [one.name for one in zh] == [
        "总台账", "分单位填报", "缺责任领导", "时限不明", "逾期", "即将到期",
        "延期", "销号进度", "未报送", "冲突", "待确认", "按单位", "按领导", "历次", "问题清单", "变更记录",
    ]  # fmt: skip
    assert [len(one.columns) for one in zh] == [len(one.columns) for one in en]
    assert all(len(row) == len(one.columns) for one in zh for row in one.rows)


def test_another_schema_is_one_more_file(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text("name: 验收\nschema: acceptance_ledger\n", "utf-8")
    keys = ("序号", "整改任务", "整改目标", "整改措施", "整改实施主体", "整改验收单位", "整改时限", "资料审核日期", "销号状态")
    values = (1, "关停采石口两处", "停采", "封堵", "青芜县", "市水务局", "2026年9月底前", date(2026, 10, 8), "公示中")
    row = dict(zip(keys, values, strict=True))
    write_list(tmp_path / "in" / "a.xlsx", [row], unit="青芜县", keys=keys)
    master = merged(tmp_path / "in", load_campaign(tmp_path))
    ledger = sheet(master, "总台账")
    assert column(ledger, "资料审核日期") == [date(2026, 10, 8)]
    assert column(ledger, "整改目标") + column(ledger, "整改措施") == ["停采", "封堵"]
    assert column(ledger, "销号状态") == ["公示中"]
    assert column(ledger, "预警") == ["正常"]


def test_paths_that_do_not_exist_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(RectifyError, match="没有这个文件"):
        merge([tmp_path / "none"], as_of=DAY)


def test_many_sides_of_a_conflict_go_on_in_further_rows(tmp_path: Path) -> None:
    for number in range(1, 7):
        write_list(tmp_path / f"{number}.xlsx", [{"deadline": f"2027年{number}月底前"}], unit=f"{number}号镇")
    found = sheet(merged(tmp_path), "冲突")
    units = [at for at, one in enumerate(found.columns) if one.key.startswith("unit_")]
    assert [len([row[at] for at in units if row[at]]) for row in found.rows] == [4, 2]


def test_the_list_of_unclear_deadlines_says_how_many_of_them_have_none(tmp_path: Path) -> None:
    rows = [
        {"task_id": 1, "problem": "东沟淤塞", "deadline": "尽快完成"},
        {"task_id": 2, "problem": "西沟淤塞", "deadline": "2028年前"},
    ]
    write_list(tmp_path / "a.xlsx", rows, unit="市水务局")
    unclear = sheet(merged(tmp_path), "时限不明")
    assert column(unclear, "任务编号") == ["1", "2"]
    assert unclear.note.startswith("其中1条预警为“无明确时限”")
    write_list(tmp_path / "a.xlsx", rows[:1], unit="市水务局")
    assert sheet(merged(tmp_path), "时限不明").note == ""
