"""The parts of reading a plan: numbers, labels, measures, units, facts, rules for deadlines, cleaning, doubts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_xl.plans import facts
from rectify_xl.plans.cleaning import clean_document
from rectify_xl.plans.deadline_rules import deadline_rules
from rectify_xl.plans.document import Line, Value, fold
from rectify_xl.plans.labels import field_of, hits_in
from rectify_xl.plans.listing import campaign_name, list_rows, named_leaders, named_units
from rectify_xl.plans.measures import split_measures
from rectify_xl.plans.model import Plan
from rectify_xl.plans.numbering import enumerator, number_of
from rectify_xl.plans.source import Paragraph, Source
from rectify_xl.plans.units import UnitRoles
from rectify_xl.plans.worker import read_file

if TYPE_CHECKING:
    from pathlib import Path


def lines(*texts: str) -> list[Line]:
    found, at = [], 0
    for number, text in enumerate(texts, 1):
        found.append(Line(text, at, number))
        at += len(text) + 1
    return found


def plan_of(text: str, folder: Path) -> Plan:
    (folder / "方案.txt").write_text(text, "utf-8")
    found = read_file(folder / "方案.txt")
    assert isinstance(found, Plan)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("一、总体要求", "han", 1), ("十三、问题", "han", 13), ("二十.问题", "han", 20), ("（三）目标", "han-bracket", 3),
        ("12.问题", "digit", 12), ("3、问题", "digit", 3), ("(4)措施", "digit-bracket", 4), ("5)措施", "digit-bracket", 5),
        ("⑥措施", "circle", 6), ("第八项 问题", "item", 8), ("第9号", "item", 9), ("序号12", "item", 12), ("问题3：描述",
        "item", 3),
        ("反馈问题一", "item", 1), ("1 河道淤积", "digit", 1), ("一 河道", "han", 1),
    ],
)  # fmt: skip
def test_numbers(text: str, kind: str, value: int) -> None:
    found = enumerator(fold(text))
    assert found
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize(
    "text", ["2020年底前", "1.5米", "三产业", "第三产业", "问题多", "任务重", "整改", "一是", "", "5月底", "10.5%"]
)
def test_what_is_no_number(text: str) -> None:
    assert enumerator(fold(text)) is None


def test_values_of_numbers() -> None:
    assert [number_of(sign) for sign in ("〇", "十", "十五", "二十一", "一百", "②", "7", "甲", "")] == [
        0,
        10,
        15,
        21,
        100,
        2,
        7,
        None,
        None,
    ]


@given(st.text(max_size=60))
def test_folding_keeps_places(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("整改目标", "target"), ("牵头单位", "lead"), ("责任单位", "responsible"), ("牵头责任单位", "lead"), ("配合单位",
        "cooperating"),
        ("整改实施主体", "responsible"), ("验收单位", "acceptance"), ("公示时间", "other"), ("整改完成情况", "other"),
        ("责任人", "leaders"),
        ("办结时限", "deadline"), ("反馈问题", "problem"), ("序号", "number"), ("领导", None), ("河道方面", None),
    ],
)  # fmt: skip
def test_labels_that_lists_know(label: str, field: str | None) -> None:
    assert field_of(label) == field


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("市级包保领导同志", "leaders"), ("整改销号时限", "deadline"), ("主要负责落实部门", "responsible"), ("督导检查单位",
        "other"),
        ("整治工作目标", "target"), ("督察组反馈问题", "problem"), ("协同配合部门", "cooperating"), ("县区完成情况", "other"),
        ("具体整改举措", "measures"), ("河道清淤方面", None),
    ],
)  # fmt: skip
def test_labels_by_their_last_words(label: str, field: str | None) -> None:
    assert field_of(label, sure=False) == field


def test_labels_within_a_line() -> None:
    (line,) = lines("（一）清淤。责任领导：王五；牵头单位：市水利局（责任单位：甲；配合单位：乙）；完成时限：6月底。")
    assert [hit.field for hit in hits_in(0, line)] == ["leaders", "lead", "deadline"]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["(1)甲。", "(2)乙。"], [("(1)", "甲。"), ("(2)", "乙。")]),
        (["1.甲。2.乙。3.丙。"], [("1.", "甲。"), ("2.", "乙。"), ("3.", "丙。")]),
        (["①甲；②乙"], [("①", "甲；"), ("②", "乙")]),
        (["一是甲；二是乙。"], [("一是", "甲；"), ("二是", "乙。")]),
        (["甲。"], [("", "甲。")]),
        (["甲。", "乙。"], [("", "甲。"), ("", "乙。")]),
        (["主要做好以下工作：", "1.甲：", "接着说。", "2.乙。"], [("主要做好以下工作：\n1.", "甲：\n接着说。"), ("2.", "乙。")]),
        (["近期：", "1.甲。", "长期：", "2.乙。", "备注："], [("近期：\n1.", "甲。"), ("长期：\n2.", "乙。\n备注：")]),
        (["前言。", "1.甲。", "2.乙。"], [("", "前言。"), ("1.", "甲。"), ("2.", "乙。")]),
        (["2020年投资1.5亿元，3.2公里。"], [("", "2020年投资1.5亿元，3.2公里。")]),
        ([], []),
    ],
)  # fmt: skip
def test_measures_one_by_one(texts: list[str], found: list[tuple[str, str]]) -> None:
    values, at = [], 0
    for text in texts:
        values.append(Value(text, at, at + len(text), 1))
        at += len(text) + 1
    assert [(sign, value.text) for sign, value in split_measures(values)] == found


def test_units_stand_as_they_are_written() -> None:
    units = UnitRoles()
    units.add("市审计局、园林局牵头，雾川、澜屏市政府，各县区配合。", "responsible")
    units.add("无", "responsible")
    assert (units.lead, units.cooperating) == (["市审计局", "园林局"], ["雾川、澜屏市政府", "各县区"])
    assert units.expanded == {"园林局": ("市园林局",), "雾川、澜屏市政府": ("雾川市政府", "澜屏市政府")}
    measured = UnitRoles()
    measured.add("甲市监察局和甲市财政局(牵头负责第1、3条)、甲市水利局(牵头负责第2条)、甲市司法局", "responsible")
    assert measured.measures == [(("甲市监察局", "甲市财政局"), (1, 3)), (("甲市水利局",), (2,))]
    assert measured.responsible == ["甲市司法局"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("共分解整改任务6个方面31项,制定清单如下。", 31), ("确保9项整改任务按期完成", 9), ("归纳出4个方面16项61个问题", 61),
        ("针对反馈的3个问题,制定方案", 3),
        ("共3项。", 3), ("合计十二个问题。", 12), ("已完成整改23项", None), ("交办的13件群众举报", None),
        ("第十二项整改任务完成情况", None),
        ("每季度完成1项任务", None), ("公开曝光的3个典型案例", None), ("完善制度12项", None),
    ],
)  # fmt: skip
def test_declared_numbers_of_tasks(text: str, count: int | None) -> None:
    assert facts.find_declared(lines(text)).tasks == count


def test_facts_of_a_notice() -> None:
    shown = lines("青办〔2026〕3号", "中共青屿市委办公室", "关于印发青屿市督察", "反馈意见整改方案的通知", "各县区：",
        "现印发给你们。", "二〇二六年三月五日",
                  "2026年1月5日至1月20日,省委第二水安全督察组到我市督察。3月1日反馈了意见。",
                                    "对照《甲市任务分解》和《乙市反馈问题清单》(见附件)",
                                    "附件：1.青屿市整改任务清单")  # fmt: skip
    assert facts.find_doc_no(shown) == "青办〔2026〕3号"
    assert facts.find_issued(shown) == ("关于印发青屿市督察反馈意见整改方案的通知", "青屿市督察反馈意见整改方案")
    assert facts.find_title(shown, "") == "青屿市督察反馈意见整改方案"
    assert facts.find_issue_date(shown)[:2] == ("2026-03-05", "二〇二六年三月五日")
    assert facts.find_issuers(shown, 6) == ("中共青屿市委办公室",)
    assert [title for title, _ in facts.find_attachments(shown)] == ["甲市任务分解", "乙市反馈问题清单", "青屿市整改任务清单"]
    text = "\n".join(line.text for line in shown)
    assert facts.find_inspection(text) == ("省委第二水安全督察组", "2026年1月5日至1月20日", "3月1日")
    assert facts.find_title(lines("正文。"), "某市专项整治工作方案") == "某市专项整治工作方案"
    assert facts.find_title(lines("正文。"), "某市门户网站") == ""
    assert facts.number_in_title("关于第十八项整改任务完成情况的公示") == "十八"


def test_the_plan_s_own_rules_for_deadlines() -> None:
    source = Source("txt")
    texts = ("能立即解决的，立行立改，2026年5月31日前完成；需要分阶段推进的，按2026年年底、2027年年底两个节点完成。",
        "立行立改的问题,2026年6月底前验收。",
             "长期坚持的问题，2027年12月31日前评估。", "1.甲。立行立改，2020年底前。")  # fmt: skip
    for text in texts:
        source.add(Paragraph(text))
    document = clean_document(source)
    found = deadline_rules(document.lines, document, date(2026, 3, 5), [range(4, 5)])
    assert [(rule.kind, rule.due) for rule in found] == [
        ("immediate", "2026-05-31"), ("node", "2026-12-31"), ("node", "2027-12-31"), ("long_term", "2027-12-31"),
    ]  # fmt: skip
    assert found[0].sentence == "能立即解决的，立行立改，2026年5月31日前完成"
    assert found[0].place
    assert texts[0][: found[0].place.end] == found[0].sentence


def test_places_survive_the_cleaning(tmp_path: Path) -> None:
    text = (
        "1.農(nóng)村污水設(shè)施不運行。\n整改目標(biāo)?\n"
        "整改措施:維護(hù)。\n責(zé)任單位:縣農(nóng)業(yè)局\n整改時限:著力推進(jìn)\n"
    )
    plan = plan_of(text, tmp_path)
    (task,) = plan.tasks
    assert (task.problem, task.resp_units, task.deadline_text) == ("农村污水设施不运行。", ("县农业局",), "着力推进")
    place = task.places["problem"]
    assert text[place.start : place.end] == "農(nóng)村污水設(shè)施不運行。"
    assert plan.original == text
    assert {one.kind for one in plan.substitutions} == {"pinyin", "traditional", "invisible"}
    found = plan.to_dict()
    assert found["original"] == text
    assert all(text[one["char_start"] : one["char_end"]] == one["found"] for one in found["substitutions"])


def test_torn_characters_are_marked_and_left(tmp_path: Path) -> None:
    plan = plan_of("1.重點領域?qū)m棏?zhàn)役。\n整改措施:地?zé)崮芄┡⑴c供暖匹配。\n責(zé)任單位:縣局\n整改時限:2020年", tmp_path)
    broken = [one.found for one in plan.substitutions if one.kind == "mojibake"]
    assert "地?zé)崮芄┡⑴c" in broken
    assert "地?zé)崮芄┡⑴c供暖匹配。" in plan.tasks[0].measures


LABELS = "整改措施:{}\n责任单位:{}\n整改时限:{}\n"


def test_every_doubt_about_tasks(tmp_path: Path) -> None:
    tasks = [
        ("清淤。", "市水利局", "2026年6月底前"),
        ("", "市水利局", "无"),
        ("查处。", "", "已整改到位"),
        ("2013年至,底前完成。", "市*局、市住建局", "长期"),
    ]
    text = "某市整改任务清单\n共6项整改任务。\n" + "".join(
        f"{number}.问题{number}。\n" + LABELS.format(*task) for number, task in zip((1, 2, 2, 5), tasks, strict=True)
    )
    plan = plan_of(text, tmp_path)
    document = [(doubt.code, doubt.text) for doubt in plan.doubts]
    assert ("count_mismatch", "共6项整改任务。") in document
    assert {code for code, _ in document} >= {"duplicate_number", "number_gap"}
    assert [text for code, text in document if code == "number_gap"] == ["3", "4"]
    found = [[doubt.code for doubt in task.anomalies if str(doubt.severity) != "info"] for task in plan.tasks]
    assert found[1] == ["missing_measures", "missing_deadline"]
    assert found[2] == ["missing_units"]
    assert {"censored_text", "lost_year"} <= set(found[3])
    assert plan.has_errors
    assert [doubt.code for doubt in plan.tasks[2].anomalies] == ["already_done", "missing_units"]


def test_text_between_tasks_is_not_lost(tmp_path: Path) -> None:
    text = (
        f"1.甲问题。\n{LABELS.format('清淤。', '市水利局', '2026年')}以上由市水利局汇总。\n"
        f"2.乙问题。\n{LABELS.format('加固。', '市水利局', '2027年')}"
    )
    plan = plan_of(text, tmp_path)
    assert [doubt.text for task in plan.tasks for doubt in task.anomalies if doubt.code == "unplaced_text"] == [
        "以上由市水利局汇总。"
    ]


def test_a_list_that_breaks_off(tmp_path: Path) -> None:
    plan = plan_of(
        f"一、甲问题。\n{LABELS.format('清淤。', '市水利局', '2026年')}二、乙问题突出。\n相关阅读\n心得体会范文", tmp_path
    )
    assert [task.problem for task in plan.tasks] == ["甲问题。", "乙问题突出。"]
    assert [doubt.code for doubt in plan.doubts if str(doubt.severity) == "error"] == ["list_truncated"]


def test_numbers_that_begin_anew_in_every_category(tmp_path: Path) -> None:
    parts = ((1, "一、水(2项)\n"), (2, ""), (1, "二、气(2项)\n"))
    text = "".join(
        f"{head}{number}.问题{number}{head[:1]}。\n{LABELS.format('治理。', '市水利局', '2026年')}" for number, head in parts
    )
    plan = plan_of(text, tmp_path)
    assert [(task.no, task.category) for task in plan.tasks] == [("1", "水(2项)"), ("2", "水(2项)"), ("1", "气(2项)")]
    assert [doubt.code for doubt in plan.doubts if str(doubt.severity) != "info"] == ["title_absent", "category_count_mismatch"]


def test_tasks_without_numbers(tmp_path: Path) -> None:
    text = "某市整改任务清单\n" + "".join(
        f"{name}问题突出。\n{LABELS.format('治理。', '市水利局', '2026年')}" for name in "甲乙丙"
    )
    plan = plan_of(text, tmp_path)
    assert [(task.no, task.no_printed, task.problem) for task in plan.tasks] == [
        ("1", False, "甲问题突出。"), ("2", False, "乙问题突出。"), ("3", False, "丙问题突出。"),
    ]  # fmt: skip
    assert "numbers_absent" in [doubt.code for doubt in plan.doubts]


def test_signatures_are_no_measure(tmp_path: Path) -> None:
    text = "1.甲。\n责任单位:县水利局\n整改时限:2026年\n整改措施:\n(1)清淤。\n(2)巡查。\n县整改工作领导小组办公室\n2026年3月1日\n"
    assert plan_of(text, tmp_path).tasks[0].measures == ("清淤。", "巡查。")
    numbered = "1.甲。\n责任单位:县局\n整改时限:2026年\n整改措施:\n(1)清淤。\n\n二、工作要求\n加强领导。"
    assert plan_of(numbered, tmp_path).tasks[0].measures == ("清淤。",)


def test_brackets_of_many_kinds(tmp_path: Path) -> None:
    text = (
        "某市河湖管理实施方案\n一、主要任务\n(一)加强清淤。【牵头单位:市水利局，责任单位:各县区】\n"
        "(二)加强巡查，每月一次。\n每次两人。(市水利局牵头,市财政局配合,2026年12月底前完成)\n(三)加强宣传。(市委宣传部、市水利局负责)\n"
        "(四)加强执法(试行)。\n(五)完善制度。(责任单位:市司法局;\n配合单位:市水利局)\n"
    )
    plan = plan_of(text, tmp_path)
    assert [(task.no, task.lead_units, task.coop_units, task.resp_units, task.deadline_text) for task in plan.tasks] == [
        ("一(一)", ("市水利局",), (), ("各县区",), ""), ("一(二)", ("市水利局",), ("市财政局",), (), "2026年12月底前"),
        ("一(三)", (), (), ("市委宣传部", "市水利局"), ""), ("一(五)", (), ("市水利局",), ("市司法局",), ""),
    ]  # fmt: skip
    assert plan.tasks[1].measures == ("加强巡查，每月一次。\n每次两人。",)


def test_units_behind_single_measures(tmp_path: Path) -> None:
    text = (
        "1.甲。\n整改目标:好。\n整改措施:\n(1)排查。(责任单位:市水利局)\n"
        "(2)建账。(责任单位:市环保局;配合单位:各县区)\n整改时限:2026年\n"
    )
    (task,) = plan_of(text * 1, tmp_path).tasks
    assert (task.measures, task.resp_units, task.coop_units) == (("排查。", "建账。"), ("市水利局", "市环保局"), ("各县区",))


def test_a_notice_of_aims_and_measures_is_no_task(tmp_path: Path) -> None:
    text = (
        "关于开展专项整治的通知\n现就有关事项通知如下。\n"
        "一、整治目标：消除隐患。\n二、整治措施：加强巡查。\n三、责任单位：各单位要高度重视。\n"
    )
    assert plan_of(text, tmp_path).tasks == ()


def test_rows_of_the_list(tmp_path: Path) -> None:
    text = (
        "某市督察反馈意见整改方案\n六、对于甲湖和乙河问题。\n(一)“甲湖”问题。\n整改措施:\n1、清淤。\n2、截污。\n"
        "责任单位:市水利局(牵头负责第1条)、市住建局(牵头负责第2条)。\n整改时限:2026年\n"
        "(二)“乙河”问题。\n整改措施:1、治理。\n2、巡河。\n责任领导:赵 丹 副市长\n"
        "牵头单位:市审计局、园林局\n责任单位:各县区\n配合单位:市财政局\n整改时限:2027年\n"
    )
    plan = plan_of(text, tmp_path)
    *parts, second = list_rows(plan)
    assert [(row["task_id"], row["key"]) for row in parts] == [("六(一)", "T0001.1"), ("六(一)", "T0001.2")]
    assert {row["problem"] for row in parts} == {"对于甲湖和乙河问题。\n“甲湖”问题。"}
    assert [(row["measures"], row["lead_unit"]) for row in parts] == [("1、清淤。", "市水利局"), ("2、截污。", "市住建局")]
    assert (second["key"], second["measures"]) == ("T0002", "1、治理。\n2、巡河。")
    assert (second["lead_unit"], second["coop_units"]) == ("市审计局、市园林局", "市财政局、各县区")
    assert second["leader"] == "赵丹 副市长"
    units = {unit.name: (unit.lead, unit.cooperating, unit.responsible, unit.collective) for unit in named_units(plan)}
    assert units["市园林局"] == (1, 0, 0, False)
    assert units["各县区"] == (0, 0, 1, True)
    assert named_leaders(plan) == (("赵丹", ("副市长",)),)
    assert campaign_name(plan) == "某市督察反馈意见整改"
    assert [task.no_norm for task in plan.tasks] == ["6.1", "6.2"]


@pytest.mark.parametrize(
    ("units", "rows"),
    [
        # Each measure has a lead; who has no role cooperates in all that it does not lead.
        ("市水利局(牵头负责第1、3条)、市住建局(牵头负责第2条)、市水利局、市财政局",
         [("市水利局", "市财政局"), ("市住建局", "市水利局、市财政局"), ("市水利局", "市财政局")]),
        # One measure without a lead, one that there is not: only the plan's words say it.
        ("市水利局(牵头负责第1条)、市住建局(牵头负责第2条)。", [("市水利局(牵头负责第1条)、市住建局(牵头负责第2条)", "")]),
        ("甲局(牵头负责第1、3条)、乙局(牵头负责第2、8条)", [("甲局(牵头负责第1、3条)、乙局(牵头负责第2、8条)", "")]),
        # One unit leads all.
        ("市水利局(牵头负责第1、2、3条)", [("市水利局(牵头负责第1、2、3条)", "")]),
    ],
)  # fmt: skip
def test_measures_led_by_different_units_are_rows_of_their_own(units: str, rows: list[tuple[str, str]], tmp_path: Path) -> None:
    measures = "整改措施:\n1、清淤。\n2、截污。\n3、巡湖。"
    text = f"某市督察反馈意见整改方案\n一、甲湖问题。\n{measures}\n责任单位:{units}\n整改时限:2026年\n"
    assert [(row["lead_unit"], row["coop_units"]) for row in list_rows(plan_of(text, tmp_path))] == rows


TASK = {"整改目标": "好。", "整改措施": "查。", "责任单位": "市水利局", "整改时限": "2026年6月底前"}


def labelled(**changed: str) -> str:
    return "".join(f"{label}：{value}\n" for label, value in (TASK | changed).items())


def told(plan: Plan) -> list[tuple[object, ...]]:
    return [(task.no, task.category, task.problem, task.measures, task.resp_units, task.deadline_text) for task in plan.tasks]


def test_two_labels_of_one_field_are_one_task(tmp_path: Path) -> None:
    text = "".join(
        f"{number}.甲问题。\n牵头领导：副市长王五\n责任领导：李四（市水利局局长）\n督导单位：督查室\n{labelled()}"
        for number in (1, 2)
    )
    plan = plan_of(text, tmp_path)
    assert [[leader.name for leader in task.leaders] for task in plan.tasks] == [["王五", "李四"], ["王五", "李四"]]
    assert plan.tasks[0].other == {"督导单位": "督查室"}


def test_parts_of_a_problem_are_no_headers(tmp_path: Path) -> None:
    text = f"一、河道方面\n1.管理不到位。\n（1）河道淤积。\n（2）岸线被占。\n{labelled()}2.水库渗漏。\n{labelled()}"
    assert [(no, category, problem) for no, category, problem, *_ in told(plan_of(text, tmp_path))] == [
        ("1", "河道方面", "管理不到位。\n（1）河道淤积。\n（2）岸线被占。"), ("2", "河道方面", "水库渗漏。"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["（{}）", "{}、"])
def test_measures_at_the_end_stay_measures_however_they_are_numbered(kind: str, tmp_path: Path) -> None:
    measures = "".join(f"{kind.format(sign)}措施{sign}。\n" for sign in "一二")
    text = "".join(
        f"第{sign}项\n问题描述：问题{sign}。\n责任单位：市水利局\n整改时限：2026年\n整改措施：\n{measures}" for sign in "一二"
    )
    plan = plan_of(f"{text}附件2\n联络员名单\n", tmp_path)
    assert [(task.no, task.measures) for task in plan.tasks] == [
        ("一", ("措施一。", "措施二。")),
        ("二", ("措施一。", "措施二。")),
    ]


def test_a_notice_of_several_tasks_without_units(tmp_path: Path) -> None:
    text = "关于整改任务完成情况的公示\n" + "".join(
        f"序号{number}：问题{number}\n整改目标：建成。\n整改措施：开工。\n整改完成情况：在建，责任单位：县局正在推进。\n公示期限：3月1日—3月10日\n"
        for number in (5, 6)
    )
    plan = plan_of(text, tmp_path)
    assert [(task.no, task.problem, task.resp_units) for task in plan.tasks] == [("5", "问题5", ()), ("6", "问题6", ())]
    assert plan.tasks[0].other["整改完成情况"] == "在建，责任单位：县局正在推进。"


def test_tasks_on_one_line(tmp_path: Path) -> None:
    one = "".join(f"{label}：{value}。" for label, value in TASK.items()).replace("。。", "。")
    plan = plan_of(f"某市整改清单\n1.甲问题。{one}2.乙问题。{one}\n", tmp_path)
    assert [(task.no, task.problem, task.deadline_text.rstrip("。")) for task in plan.tasks] == [
        ("1", "甲问题。", "2026年6月底前"), ("2", "乙问题。", "2026年6月底前"),
    ]  # fmt: skip


def test_labels_before_a_blank(tmp_path: Path) -> None:
    one = "".join(f"{label}\u3000{value}\n" for label, value in TASK.items())
    plan = plan_of(f"1.甲问题。\n{one}2.乙问题。\n{one}", tmp_path)
    assert [(task.problem, task.resp_units) for task in plan.tasks] == [("甲问题。", ("市水利局",)), ("乙问题。", ("市水利局",))]
    assert plan_of("整改目标 要明确。\n整改措施 要具体。\n责任单位 要落实。\n", tmp_path).tasks == ()


def test_a_form_of_labels_and_values(tmp_path: Path) -> None:
    cells = (("序号", "1", "类别", "水环境"), ("反馈问题", "河道淤积。"), ("整改措施", "1.清淤。<br>2.巡查。"), ("责任单位",
        "市水利局", "责任人", "王五"),
             ("整改时限", "2026年6月", "验收单位", "市整改办"))  # fmt: skip
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)
    (tmp_path / "a.html").write_text(f"<html><body><p>某市整改任务清单</p><table>{rows}</table></body></html>", "utf-8")
    plan = read_file(tmp_path / "a.html")
    assert isinstance(plan, Plan)
    assert told(plan) == [("1", "水环境", "河道淤积。", ("清淤。", "巡查。"), ("市水利局",), "2026年6月")]
    assert (plan.tasks[0].leaders[0].name, plan.tasks[0].acceptance_unit) == ("王五", "市整改办")


HEADS = "序号\t反馈问题\t整改措施\t责任单位\t整改时限\n"


def test_a_table_copied_as_text_and_tasks_beside_it(tmp_path: Path) -> None:
    rows = "1\t河道淤积\t清淤\t市水利局\t2026年6月\n2\t水库渗漏\t加固\t市水利局\t2026年9月\n"
    plan = plan_of(f"某市整改任务清单\n{HEADS}{rows}3.甲问题。\n{labelled()}4.水库渗漏\n{labelled()}", tmp_path)
    assert [(task.no, task.problem, task.source["line_start"]) for task in plan.tasks] == [
        ("1", "河道淤积", 3), ("2", "水库渗漏", 4), ("3", "甲问题。", 5),
    ]  # fmt: skip
    place = plan.tasks[1].places["problem"]
    assert (tmp_path / "方案.txt").read_text("utf-8")[place.start : place.end] == "水库渗漏"
    plan = plan_of(f"某市整改方案\n一、加强巡查。(责任单位:市水利局)\n{HEADS}{rows}", tmp_path)
    assert len(plan.tasks) == 2
    assert [doubt.code for doubt in plan.doubts if doubt.code == "measures_beside"] == ["measures_beside"]


def test_numbers_before_problems_and_units_without_a_role_beside_a_lead(tmp_path: Path) -> None:
    heads = "重点任务\t工作措施\t完成时限\t牵头单位\t责任单位\n"
    rows = "".join(f"{sign}、加强{what}治理\t治理\t2026年\t市水利局\t各县区\n" for sign, what in (("一", "河道"), ("二", "水库")))
    plan = plan_of(f"某市重点任务清单\n{heads}{rows}", tmp_path)
    assert [(task.no, task.problem, task.lead_units, task.coop_units, task.resp_units) for task in plan.tasks] == [
        ("一", "加强河道治理", ("市水利局",), (), ("各县区",)), ("二", "加强水库治理", ("市水利局",), (), ("各县区",)),
    ]  # fmt: skip


def test_a_header_whose_labels_are_lost_is_a_task_all_the_same(tmp_path: Path) -> None:
    plan = plan_of(f"某市整改清单\n1.甲问题。\n{labelled()}2.乙问题丢了栏目。\n3.丙问题。\n{labelled()}", tmp_path)
    assert [(task.no, task.problem, [doubt.code for doubt in task.anomalies][:1]) for task in plan.tasks] == [
        ("1", "甲问题。", ["no_lead_marker"]), ("2", "乙问题丢了栏目。", ["truncated"]), ("3", "丙问题。", ["no_lead_marker"]),
    ]  # fmt: skip
    assert plan.has_errors


def test_a_category_may_end_in_a_full_stop(tmp_path: Path) -> None:
    plan = plan_of(f"一、水环境方面。\n1.甲问题。\n{labelled()}二、大气方面。\n2.乙问题。\n{labelled()}", tmp_path)
    assert [(task.no, task.category, task.parent_problem) for task in plan.tasks] == [
        ("1", "水环境方面。", ""),
        ("2", "大气方面。", ""),
    ]


def test_numbers_of_a_part_of_the_tasks_have_no_gaps(tmp_path: Path) -> None:
    plan = plan_of(f"某市整改任务清单\n省序号3：甲问题。\n{labelled()}省序号5：乙问题。\n{labelled()}", tmp_path)
    assert [task.no for task in plan.tasks] == ["3", "5"]
    assert [doubt.code for doubt in plan.doubts if str(doubt.severity) != "info"] == []


def test_measures_of_a_narrow_cell_whose_lines_are_wrapped() -> None:
    """A line that goes on may hold the next measure; figures in it are none."""
    lines = ["1.更换门", "锁12把。2.接入监控。3.每月检", "查2次。5.不相连。", "4.公布结果。"]
    found = split_measures([Value(text, 0, len(text)) for text in lines])
    assert [(sign, value.text) for sign, value in found] == [
        ("1.", "更换门\n锁12把。"), ("2.", "接入监控。"), ("3.", "每月检\n查2次。5.不相连。"), ("4.", "公布结果。"),
    ]  # fmt: skip


@pytest.mark.parametrize(("line", "sign"), [
    ("1.2 乡村振兴", "1.2"), ("2.10、台账", "2.10"), ("1.1建立台账", "1.1"), ("1.2.3 台账", "1.2.3"),
    ("1.2万亩耕地", None), ("3.5公里道路", None), ("2026.3.1 印发", None),
])  # fmt: skip
def test_numbers_of_two_levels_are_no_figures(line: str, sign: str | None) -> None:
    found = enumerator(line)
    assert (found.sign if found and found.kind == "level" else None) == sign
