"""Documents that hold more than their list, or write it in an unusual way: nothing of the rest becomes part of a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.plans.document import Value
from rectify_xl.plans.measures import split_measures
from rectify_xl.plans.model import Plan
from rectify_xl.plans.worker import read_file
from tests.support.plan_documents import add_table

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.plans.model import PlanTask

PROBLEMS = ("渡口没有救生设备。", "航标灯损坏。", "码头夜间无照明。")


def plan_of(text: str, folder: Path) -> Plan:
    (folder / "方案.txt").write_text(text, "utf-8")
    found = read_file(folder / "方案.txt")
    assert isinstance(found, Plan)
    return found


def roles(task: PlanTask) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return task.lead_units, task.coop_units, task.resp_units


def labelled(task: str, *, first: int = 1) -> str:
    """Every problem in the words of a task: ``{no}`` and ``{problem}`` are its own."""
    return "".join(task.format(no=at, problem=problem) for at, problem in enumerate(PROBLEMS, first))


def test_measures_with_units_in_the_text_do_not_replace_the_list_behind_it(tmp_path: Path) -> None:
    body = "".join(f"（{sign}）加强{sign}类船舶管理。（责任单位：市交通运输局）\n" for sign in "一二三四五六")
    task = "{no}.{problem}\n整改目标：配齐。\n整改措施：采购。\n责任单位：市海事处\n整改时限：5月底前\n"
    plan = plan_of(f"汐渡市水上安全检查整改方案\n一、重点工作\n{body}二、问题清单\n{labelled(task)}", tmp_path)
    assert [(one.problem, one.resp_units) for one in plan.tasks] == [(problem, ("市海事处",)) for problem in PROBLEMS]
    assert [doubt.code for doubt in plan.doubts if doubt.code == "measures_beside"] == ["measures_beside"]
    assert "6 条" in next(doubt.message.zh for doubt in plan.doubts if doubt.code == "measures_beside")


@pytest.mark.parametrize("mark", ["▌", "▍", "■ ", "❖", "✦", "➤"])
def test_marks_before_labels_of_which_a_blank_parts_the_value(mark: str, tmp_path: Path) -> None:
    fields = (("整改目标", "配齐。"), ("整改措施", "采购。"), ("责任单位", "市海事处"), ("整改时限", "5月底前"))
    task = "{no}.{problem}\n" + "".join(f"{mark}{label} {value}\n" for label, value in fields)
    plan = plan_of(f"汐渡市水上安全问题整改方案\n{labelled(task)}", tmp_path)
    assert [(one.problem, one.target, one.measures, one.deadline_text) for one in plan.tasks] == [
        (problem, "配齐。", ("采购。",), "5月底前") for problem in PROBLEMS
    ]


def test_a_label_that_only_heads_others_is_no_measure(tmp_path: Path) -> None:
    task = (
        "（{no}）{problem}\n1.整改措施：\n（1）采购。\n（2）培训。\n"
        "2.责任分工：\n牵头单位：市海事处\n配合单位：市财政局\n3.整改时限：5月底前\n"
    )
    plan = plan_of(f"汐渡市水上安全问题整改方案\n{labelled(task)}", tmp_path)
    assert [one.measures for one in plan.tasks] == [("采购。", "培训。")] * 3
    assert [roles(one) for one in plan.tasks] == [(("市海事处",), ("市财政局",), ())] * 3


def test_five_duties_of_a_hazard(tmp_path: Path) -> None:
    task = (
        "隐患{no}：{problem}\n治理措施：采购。\n治理责任单位：市海事处\n治理责任人：何 汀 副处长\n"
        "治理资金：自筹。\n治理时限：5月底前\n应急预案：专人值守。\n"
    )
    plan = plan_of(f"汐渡市水上安全隐患治理方案\n{labelled(task)}", tmp_path)
    assert [[leader.name for leader in one.leaders] for one in plan.tasks] == [["何汀"]] * 3
    assert [one.other for one in plan.tasks] == [{"治理资金": "自筹。", "应急预案": "专人值守。"}] * 3
    assert [doubt.code for one in plan.tasks for doubt in one.anomalies if doubt.code == "unplaced_text"] == []


@pytest.mark.parametrize("site", ["网站标识码：0000000000", "（完）"])
def test_who_runs_a_page_does_not_lead_a_task(site: str, tmp_path: Path) -> None:
    task = "（{no}）{problem}\n整改措施：采购。\n责任单位：市海事处\n整改时限：5月底前\n"
    foot = f"二、保障\n（1）加强领导。\n主办单位：汐渡市人民政府　承办单位：汐渡市大数据局\n{site}\n"
    plan = plan_of(f"汐渡市水上安全问题整改方案\n一、任务\n{labelled(task)}{foot}", tmp_path)
    assert [(one.problem, roles(one)) for one in plan.tasks] == [(problem, ((), (), ("市海事处",))) for problem in PROBLEMS]


def test_units_whose_label_is_that_of_a_page_lead_their_tasks(tmp_path: Path) -> None:
    task = "{no}.{problem}\n整改措施：采购。\n主办单位：市海事处\n协办单位：市财政局\n整改时限：5月底前\n"
    plan = plan_of(f"汐渡市水上安全问题整改方案\n{labelled(task)}", tmp_path)
    assert [roles(one) for one in plan.tasks] == [(("市海事处",), ("市财政局",), ())] * 3


def test_of_two_numbers_before_a_problem_the_plan_s_own_counts(tmp_path: Path) -> None:
    task = "（一）反馈问题{no}：{problem}\n整改措施：采购。\n责任单位：市海事处\n整改时限：5月底前\n"
    plan = plan_of(f"汐渡市水上安全问题整改方案\n{labelled(task, first=7)}", tmp_path)
    assert [(one.no, one.problem) for one in plan.tasks] == list(zip("789", PROBLEMS, strict=True))


def test_units_and_their_people_behind_one_label(tmp_path: Path) -> None:
    task = "{no}.{problem}\n整改措施：采购。\n责任单位及责任人：市海事处　何 汀\n整改时限：5月底前\n"
    plan = plan_of(f"汐渡市水上安全问题整改方案\n{labelled(task)}", tmp_path)
    assert [(one.resp_units, [leader.name for leader in one.leaders]) for one in plan.tasks] == [(("市海事处",), ["何汀"])] * 3
    vague = plan_of(f"汐渡市水上安全问题整改方案\n{labelled(task.replace('　何 汀', '牵头'))}", tmp_path)
    assert [roles(one)[0] for one in vague.tasks] == [("市海事处",)] * 3


def test_two_leaders_in_a_card_do_not_part_it(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for at, problem in enumerate(PROBLEMS, 1):
        rows = (
            ("问题编号", str(at), "包案领导", "何汀 副市长\n陶澜 市政府党组成员"), ("具体问题", problem, "整改措施", "采购。"),
            ("责任单位", "市海事处", "整改时限", "5月底前"), ("验收单位", "市应急管理局", "备注", ""),
        )  # fmt: skip
        document.add_paragraph(f"第{at}号责任卡")
        add_table(document, rows)
    document.save(str(tmp_path / "a.docx"))
    plan = read_file(tmp_path / "a.docx")
    assert isinstance(plan, Plan)
    assert [(one.no, one.problem, len(one.leaders)) for one in plan.tasks] == [
        (str(at), problem, 2) for at, problem in enumerate(PROBLEMS, 1)
    ]


def test_a_line_holds_several_measures_of_which_a_line_above_is_the_first() -> None:
    def measures(*texts: str) -> list[tuple[str, str]]:
        return [(sign, value.text) for sign, value in split_measures([Value(text, 0, len(text), 1) for text in texts])]

    assert measures("（1）采购。", "（2）培训。（3）演练。", "（4）验收。") == [
        ("（1）", "采购。"), ("（2）", "培训。"), ("(3)", "演练。"), ("（4）", "验收。"),
    ]  # fmt: skip
    assert measures("（1）采购。", "（2）培训。（3）见附件。", "（3）演练。") == [
        ("（1）", "采购。"), ("（2）", "培训。（3）见附件。"), ("（3）", "演练。"),
    ]  # fmt: skip


@pytest.mark.parametrize(("units", "count"), [(("市海事处",) * 3, 3), (("市农业农村局",) * 3, 6)], ids=["summary", "other tasks"])
def test_a_table_numbered_as_the_tasks_sums_them_up_where_it_has_their_units(
    units: tuple[str, ...], count: int, tmp_path: Path
) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("汐渡市水上安全检查整改方案")
    names = ("救生管理", "航标管理", "码头管理")
    add_table(
        document, [["序号", "问题", "责任单位"], *([str(at), *row] for at, row in enumerate(zip(names, units, strict=True), 1))]
    )
    task = "{no}.{problem}\n整改措施：采购。\n责任单位：市海事处\n整改时限：5月底前\n"
    for line in labelled(task).splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "方案.docx"))
    found = read_file(tmp_path / "方案.docx")
    assert isinstance(found, Plan)
    assert len(found.tasks) == count
    assert [one.problem for one in found.tasks if one.measures] == list(PROBLEMS)
