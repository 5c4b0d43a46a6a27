"""Labels and numbers as offices write them: two in one, numbered, before a full stop, in one character; lists told twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.plans.document import Value, fold
from rectify_xl.plans.labels import field_of
from rectify_xl.plans.measures import split_measures
from rectify_xl.plans.model import Plan
from rectify_xl.plans.numbering import enumerator
from rectify_xl.plans.worker import read_file
from tests.support.plan_documents import add_table

if TYPE_CHECKING:
    from pathlib import Path

PROBLEMS = ("索道检修记录不全。", "景区厕所数量不足。", "游步道护栏松动。")
TITLE = "岑溪湾旅游区安全问题整改方案"


def plan_of(task: str, folder: Path, before: str = "", behind: str = "") -> Plan:
    """Every problem in the words of a task: ``{no}`` and ``{problem}`` are its own."""
    tasks = "".join(task.format(no=at, problem=problem, han="一二三"[at - 1]) for at, problem in enumerate(PROBLEMS, 1))
    (folder / "方案.txt").write_text(f"{TITLE}\n{before}{tasks}{behind}", "utf-8")
    found = read_file(folder / "方案.txt")
    assert isinstance(found, Plan)
    return found


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("整改措施及办法", "measures"), ("整改目标和要求", "target"), ("牵头单位及责任人", "lead"),
        ("责任单位与配合单位", "responsible"), ("整改措施三", "measures"), ("整改举措12", "measures"),
        ("整改资金", "other"), ("治理责任人", "leaders"), ("责任分工", "responsible"),
        ("整改措施及落实情况", "measures"), ("整改情况", "other"), ("整改任务一", None), ("党委和政府", None),
    ],
)  # fmt: skip
def test_labels_of_two_and_numbered_ones(label: str, field: str | None) -> None:
    assert field_of(label, sure=False) == field


@pytest.mark.parametrize(
    ("text", "kind", "sign", "value"),
    [
        ("㈢加强管理", "han-bracket", "三", 3), ("⑵培训", "digit-bracket", "2", 2), ("⒒演练", "digit", "11", 11),
        ("❷采购", "circle", "❷", 2), ("➉验收", "circle", "➉", 10), ("➊整改", "circle", "➊", 1),
    ],
)  # fmt: skip
def test_numbers_of_one_character(text: str, kind: str, sign: str, value: int) -> None:
    found = enumerator(fold(text))
    assert found
    assert (found.kind, found.sign, found.value, found.width) == (kind, sign, value, 1)


@pytest.mark.parametrize("text", ["⑴采购。⑵培训。", "㈠采购。㈡培训。", "⒈采购。⒉培训。", "❶采购。❷培训。"])
def test_measures_with_such_numbers_in_one_line(text: str) -> None:
    assert [value.text for _, value in split_measures([Value(text, 0, len(text), 1)])] == ["采购。", "培训。"]
    assert [value.text for _, value in split_measures([Value("1.5公里护栏。2.5公里护栏。", 0, 17, 1)])] == [
        "1.5公里护栏。2.5公里护栏。"
    ]


@pytest.mark.parametrize(("first", "second"), [("一", "二"), ("1", "2"), ("（一）", "（二）"), ("(1)", "(2)")])
def test_a_label_for_every_measure(first: str, second: str, tmp_path: Path) -> None:
    measured = f"整改措施{first}：采购。\n整改措施{second}：培训。\n"
    plan = plan_of("{no}.{problem}\n整改目标：达标。\n" + measured + "责任单位：区文旅局\n", tmp_path)
    assert [(one.target, one.measures) for one in plan.tasks] == [("达标。", ("采购。", "培训。"))] * 3


def test_why_a_problem_came_about_is_no_part_of_it(tmp_path: Path) -> None:
    task = "{no}.{problem}\n原因分析：管理不严。\n制度不全。\n整改措施：采购。\n责任单位：区文旅局\n整改时限：5月底前\n"
    plan = plan_of(task, tmp_path)
    assert [(one.no, one.problem, one.other) for one in plan.tasks] == [
        (str(at), problem, {"原因分析": "管理不严。\n制度不全。"}) for at, problem in enumerate(PROBLEMS, 1)
    ]
    plan = plan_of(task.replace("{no}.{problem}", "{no}.存在问题：{problem}"), tmp_path)
    assert [one.problem for one in plan.tasks] == list(PROBLEMS)


def test_units_behind_the_shortest_label(tmp_path: Path) -> None:
    plan = plan_of("{no}.问题：{problem}\n措施：采购。\n单位：区文旅局\n时限：5月底前\n", tmp_path)
    assert [(one.measures, one.resp_units) for one in plan.tasks] == [(("采购。",), ("区文旅局",))] * 3
    plan = plan_of("{no}.问题：{problem}\n措施：采购以下设备。\n单位：万元\n时限：5月底前\n", tmp_path)
    assert [one.resp_units for one in plan.tasks] == [()] * 3


def test_labels_before_a_full_stop(tmp_path: Path) -> None:
    task = "{han}、{problem}\n（一）整改目标。达标。\n（二）整改措施。采购。\n（三）责任单位。区文旅局\n（四）整改时限。5月底前\n"
    plan = plan_of(task, tmp_path)
    assert [(one.problem, one.target, one.measures, one.deadline_text) for one in plan.tasks] == [
        (problem, "达标。", ("采购。",), "5月底前") for problem in PROBLEMS
    ]


def test_who_found_a_problem_is_no_part_of_it_and_no_problem_in_the_preface(tmp_path: Path) -> None:
    before = "反馈意见指出：旅游区存在3个问题。\n二、反馈问题及整改任务（3项）\n"
    task = "（{han}）反馈意见指出：{problem}\n整改措施：采购。\n责任单位：区文旅局\n整改时限：5月底前\n"
    plan = plan_of(task, tmp_path, before)
    assert [(one.problem, one.category) for one in plan.tasks] == [(problem, "") for problem in PROBLEMS]


def test_a_table_that_tells_the_tasks_again(tmp_path: Path) -> None:
    """Annex 1 has them with labels; annex 2 only shares them out, and shortens one, or knows a limit that the first does not."""
    import docx

    document = docx.Document()
    document.add_paragraph(TITLE)
    for at, problem in enumerate(PROBLEMS, 1):
        for text in (f"{at}.{problem}", "整改目标：达标。", "整改措施：采购。", "责任单位：区文旅局牵头，区城管局配合"):
            document.add_paragraph(text)
    document.add_paragraph("附件2 任务分工表")
    rows = [("序号", "整改任务", "牵头单位", "完成时限")]
    rows += [(str(at), problem.removesuffix("不全。"), "区文旅局", "5月底前") for at, problem in enumerate(PROBLEMS, 1)]
    add_table(document, rows)
    document.save(str(tmp_path / "a.docx"))
    plan = read_file(tmp_path / "a.docx")
    assert isinstance(plan, Plan)
    assert [(one.problem, one.measures, one.coop_units, one.deadline_text) for one in plan.tasks] == [
        (problem, ("采购。",), ("区城管局",), "5月底前") for problem in PROBLEMS
    ]


@pytest.mark.parametrize("brackets", ["〔〕", "〖〗", "「」", "()", "（）", "〈〉"])
def test_labels_in_other_brackets(brackets: str, tmp_path: Path) -> None:
    left, right = brackets
    fields = (("整改目标", "达标。"), ("整改措施", "采购。"), ("责任单位", "区文旅局"), ("整改时限", "5月底前"))
    plan = plan_of("{no}.{problem}\n" + "".join(f"{left}{label}{right}{value}\n" for label, value in fields), tmp_path)
    assert [(one.problem, one.target, one.measures, one.resp_units, one.deadline_text) for one in plan.tasks] == [
        (problem, "达标。", ("采购。",), ("区文旅局",), "5月底前") for problem in PROBLEMS
    ]


def test_numbered_parts_of_a_problem_are_no_tasks(tmp_path: Path) -> None:
    task = (
        "{no}.{problem}具体为：\n（1）台账缺失；\n（2）责任不清。\n整改目标：达标。\n整改措施：\n（1）采购。\n（2）培训。\n"
        "责任单位：区文旅局\n整改时限：5月底前\n"
    )
    plan = plan_of(task, tmp_path, "一、整改清单\n")
    assert [(one.no, one.problem, one.measures) for one in plan.tasks] == [
        (str(at), f"{problem}具体为：\n（1）台账缺失；\n（2）责任不清。", ("采购。", "培训。"))
        for at, problem in enumerate(PROBLEMS, 1)
    ]


def measures(*texts: str) -> list[str]:
    return [value.text for _, value in split_measures([Value(text, 0, len(text), 1) for text in texts])]


def test_measures_that_begin_with_a_year(tmp_path: Path) -> None:
    assert measures("1.采购。", "2.2026年底前完成。", "3.2.5公里护栏。") == ["采购。", "2026年底前完成。\n3.2.5公里护栏。"]
    assert measures("1.2026年5月采购。2.2027年验收。") == ["2026年5月采购。", "2027年验收。"]
    plan = plan_of("{no}.2025年{problem}\n整改措施：采购。\n责任单位：区文旅局\n整改时限：5月底前\n", tmp_path)
    assert [(one.no, one.problem) for one in plan.tasks] == [
        (str(at), f"2025年{problem}") for at, problem in enumerate(PROBLEMS, 1)
    ]


def test_ordinals_on_lines_of_their_own() -> None:
    assert measures("一是采购。", "二是培训。", "三是，演练。") == ["采购。", "培训。", "演练。"]
    assert measures("一是采购。二是培训。", "三是演练。") == ["采购。", "培训。", "演练。"]
    assert measures("1.采购。", "一是登记。", "二是招标。", "2.培训。") == ["采购。\n一是登记。\n二是招标。", "培训。"]
    assert measures("一是采购：一是登记；二是招标。", "二是培训。") == ["采购：一是登记；二是招标。", "培训。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是采购：一是登记；二是招标。二是培训。", ["采购：一是登记；二是招标。", "培训。"]),
        (
            "一是采购。分两步，一是登记，二是招标。二是培训；三是演练。",
            ["采购。分两步，一是登记，二是招标。", "培训；", "演练。"],
        ),
        ("一是采购，二是培训，三是演练。", ["采购，", "培训，", "演练。"]),
        ("一是采购；二是培训，三是演练。", ["采购；", "培训，", "演练。"]),
    ],
)
def test_ordinals_within_ordinals(text: str, expected: list[str]) -> None:
    assert measures(text) == expected


@pytest.mark.parametrize(
    "end", ["特此报告。\n", "特此报告。\n岑溪湾旅游区管委会\n2026年2月3日\n", "岑溪湾旅游区管委会\n2026年2月3日\n"]
)
def test_the_end_of_a_paper_is_no_measure(end: str, tmp_path: Path) -> None:
    task = "{han}、{problem}\n责任单位：区文旅局\n完成时限：5月底前\n整改措施：\n1.采购。\n2.培训。\n"
    (tmp_path / "b").mkdir()
    for contact, folder in (("", tmp_path), ("联系人：何汀\n", tmp_path / "b")):
        plan = plan_of(task, folder, behind=end + contact)
        assert [one.measures for one in plan.tasks] == [("采购。", "培训。")] * 3


def test_the_number_of_a_problem_in_brackets(tmp_path: Path) -> None:
    plan = plan_of("问题（{han}）：{problem}\n1.整改措施：采购。\n2.责任单位：区文旅局\n3.整改时限：5月底前\n", tmp_path)
    assert [(one.no, one.no_printed, one.problem) for one in plan.tasks] == [
        (han, True, problem) for han, problem in zip("一二三", PROBLEMS, strict=True)
    ]


def test_a_table_without_problems_tells_no_task_again(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for text in (
        TITLE,
        *(f"{at}.整改目标：达标。\n整改措施：检修{at}。\n责任单位：区文旅局\n整改时限：5月底前" for at in (1, 2, 3)),
    ):
        for line in text.split("\n"):
            document.add_paragraph(line)
    rows = [("序号", "整改措施", "责任单位", "完成时限"), *((str(at), f"绿化{at}。", "区林业局", "6月底前") for at in (4, 5, 6))]
    add_table(document, rows)
    document.save(str(tmp_path / "a.docx"))
    plan = read_file(tmp_path / "a.docx")
    assert isinstance(plan, Plan)
    assert [measure for one in plan.tasks for measure in one.measures] == [f"{what}{at}。" for what, at in (
        ("检修", 1), ("检修", 2), ("检修", 3), ("绿化", 4), ("绿化", 5), ("绿化", 6),
    )]  # fmt: skip
