from __future__ import annotations

import copy
import json
import pickle
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_xl.language.units import FrozenMap, Units, is_collective, parse_units
from tests.support.counts import count

HERE = Path(__file__).parent
GOLD = HERE.parents[3] / "shared" / "gold" / "units_dev.jsonl"
CASES = [json.loads(line) for line in (HERE / "cases_invented.jsonl").read_text(encoding="utf-8").splitlines()]
ROLES = ("lead", "cooperating", "responsible")


def measures(units: Units) -> dict[str, list[int]]:
    return {name: list(numbers) for name, numbers in units.per_measure.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['text'][:24]}")
def test_invented_cell(case: dict[str, Any]) -> None:
    units = parse_units(case["text"])
    for role in (*ROLES, "collective"):
        assert set(getattr(units, role)) == set(case[role]), role
    assert measures(units) == case["per_measure"]
    assert dict(units.expanded) == case["expanded"]
    assert units.open_list is ("deng" in case["flags"] and not any(name.startswith("等") for name in units.names))


# (text, lead, cooperating, responsible): turns of phrase met after the cases above were written
MORE = [
    ("泰和县政府、云和县、市政府和政和县人民政府", "", "", "泰和县政府|云和县|市政府|政和县人民政府"),
    ("(责任单位:市委办、市府办,各县区党委、政府)", "市委办|市府办|各县区党委、政府", "", ""),
    ("加强巡查。(牵头单位:市水利局;配合单位:市公安局)", "市水利局", "市公安局", ""),
    ("(市水利局)(市林业局)", "", "", "(市水利局)(市林业局)"),
    ("(市水利局、市林业局)", "", "", "市水利局|市林业局"),
    ("市水利局负责牵头,市林业局负责配合", "市水利局", "市林业局", ""),
    ("市水利局为牵头单位,市林业局为配合单位", "市水利局", "市林业局", ""),
    ("以市水利局为主,市林业局配合", "市水利局", "市林业局", ""),
    ("市水利局牵头抓总、统筹协调,市林业局具体实施", "市水利局", "", "市林业局"),
    ("市水利局牵头组织实施,市财政局保障经费", "市水利局", "", "市财政局"),
    ("市水利局督促指导,雾川区政府负责落实", "", "", "市水利局|雾川区政府"),
    ("市水利局(牵头)市林业局(配合)", "市水利局", "市林业局", ""),
    ("市水利局（主要责任单位）、市林业局", "", "", "市水利局|市林业局"),
    ("市生态环境保护委员会办公室、政协办公室", "", "", "市生态环境保护委员会办公室|市政协办公室"),
    ("市发展改革委会同有关部门负责", "市发展改革委", "有关部门", ""),
    ("财政部会同生态环境部,会同水利部", "财政部", "生态环境部|水利部", ""),
    ("会同县水利局", "", "", "会同县水利局"),
    ("各市、特区、区人民政府", "", "", "各市、特区、区人民政府"),
    ("各镇人民政府、各街道办事处、开发区管委会", "", "", "各镇人民政府|各街道办事处|开发区管委会"),
    ("市、县(区)水利局,省、市、县三级河长办", "", "", "市、县(区)水利局|省、市、县三级河长办"),
    ("雾川、澜屏两县人民政府", "", "", "雾川县人民政府|澜屏县人民政府"),
    ("水利厅,雾川、澜屏、岚浦市委、市政府", "", "", "水利厅|雾川市委、市政府|澜屏市委、市政府|岚浦市委、市政府"),
    ("雾川县委、县政府", "", "", "雾川县委|雾川县政府"),
    ("雾川州、岚镇、澜屏市政府", "", "", "雾川州政府|岚镇市政府|澜屏市政府"),
    ("岚州、澜屏市政府", "", "", "岚州市政府|澜屏市政府"),
    ("雾川镇、澜屏街道办事处", "", "", "雾川镇|澜屏街道办事处"),
    ("高新区、雾川区、临汐新区管委会", "", "", "高新区|雾川区|临汐新区管委会"),
    ("各县区、雾川市、澜屏市人民政府", "", "", "各县区|雾川市人民政府|澜屏市人民政府"),
    ("团市委、妇联", "", "", "团市委|市妇联"),
    ("市水利局、港务局、雾川港务局", "", "", "市水利局|市港务局|雾川港务局"),
    ("市委办、组织部、编办", "", "", "市委办|市委组织部|市委编办"),
    ("市财政局、编办、政府办公室", "", "", "市财政局|市编办|市政府办公室"),
    ("市水务局、供水公司、雾川建投集团", "", "", "市水务局|市供水公司|雾川建投集团"),
    ("措施1、2由市水利局牵头,措施3由市林业局牵头", "市水利局|市林业局", "", ""),
    ("(1)市水利局(2)市林业局", "", "", "市水利局|市林业局"),
    ("市级部门:市水利局;县级:各县区", "", "", "市水利局|各县区"),
    ("市领导:王小丁;责任单位:市水利局", "市水利局", "", ""),
    ("详见附件", "", "", ""),
    ("市发展改革委\n员会", "", "", "市发展改革委员会"),
    ("雾川县 水利局 团委 妇联", "", "", "雾川县水利局|雾川县团委|雾川县妇联"),
    ("国家税务总局 雾川市税务局", "", "", "国家税务总局雾川市税务局"),
    ("雾川区 国网雾川供电公司", "", "", "雾川区|国网雾川供电公司"),
    ("市水利局/市林业局、A/B专班", "", "", "市水利局|市林业局|A/B专班"),
    ("★市水利局、市林业局*", "", "", "市水利局|市林业局"),
    ("高等学校、市教育局等", "", "", "高等学校|市教育局"),
    ("市教育局和体育局", "", "", "市教育局|市体育局"),
    ("市水利局(", "", "", "市水利局("),
    ("市(县]水利局)、市林业局", "", "", "市(县]水利局)|市林业局"),
    ("牵头", "", "", ""),
    ("市水利局(牵头),市林业局、市审计局(配合)", "市水利局", "市林业局|市审计局", ""),
    ("市水利局(牵头)、市林业局,市审计局、市公安局(配合)", "市水利局", "市林业局|市审计局|市公安局", ""),
    ("市水利局(牵头单位),市林业局、市审计局(配合单位),市公安局", "市水利局", "市林业局|市审计局", "市公安局"),
    ("市水利局(牵头第1条)、市林业局、市审计局(配合第2条)", "市水利局", "市审计局", "市林业局"),
    ("市水利局,市林业局、市审计局(配合)", "", "市林业局|市审计局", "市水利局"),
    ("市水利局、市林业局(配合)", "", "市林业局", "市水利局"),
    ("市水利局(牵头)、市林业局", "市水利局", "", "市林业局"),
    ("市水利局、市林业局(共同牵头),市审计局(配合)", "市水利局|市林业局", "市审计局", ""),
    ("市水利局、市林业局、市审计局(联合牵头)", "市水利局|市林业局|市审计局", "", ""),
    ("市水利局(牵头)、市林业局、市审计局(共同负责)", "市水利局", "", "市林业局|市审计局"),
    ("牵头单位:市水利局、市林业局(配合)", "市水利局", "市林业局", ""),
    ("市水利局,市林业局配合", "", "市林业局", "市水利局"),
    ("市水利局;市林业局、市审计局配合", "", "市林业局|市审计局", "市水利局"),
    ("市水利局\n市林业局配合", "", "市林业局", "市水利局"),
    ("市水利局\n市林业局 市审计局配合", "", "市林业局|市审计局", "市水利局"),
    ("市水利局,市林业局,市审计局配合", "", "市审计局", "市水利局|市林业局"),
    ("市水利局、市林业局配合", "", "市水利局|市林业局", ""),
    ("责任单位:市水利局,市林业局配合", "市水利局", "市林业局", ""),
    ("市水利局牵头,市林业局,市审计局配合", "市水利局", "市林业局|市审计局", ""),
    ("市林业局,市审计局配合,市水利局牵头", "市水利局", "市林业局|市审计局", ""),
    ("县水利局会同县林业局", "县水利局", "县林业局", ""),
    ("县水利局牵头,会同县林业局、县审计局", "县水利局", "县林业局|县审计局", ""),
    ("县水利局牵头会同县林业局", "县水利局", "县林业局", ""),
    ("县水利局(会同县林业局、县审计局)", "县水利局", "县林业局|县审计局", ""),
    ("市水利局牵头(市林业局配合)", "市水利局", "市林业局", ""),
    ("由市水利局商市林业局、市审计局负责", "市水利局", "市林业局|市审计局", ""),
    ("市水利局协同市林业局", "市水利局", "市林业局", ""),
    ("市水利局牵头,联合市林业局", "市水利局", "市林业局", ""),
    ("市商务局、会同县水利局", "", "", "市商务局|会同县水利局"),
    ("各乡镇人民政府、街道办事处、市水利局", "", "", "各乡镇人民政府、街道办事处|市水利局"),
    ("各乡(镇)人民政府、街道办事处,县水利局配合", "", "县水利局", "各乡(镇)人民政府、街道办事处"),
    ("各有关乡镇、街道办事处", "", "", "各有关乡镇、街道办事处"),
    ("各县(市、区)党委、人民政府、管委会", "", "", "各县(市、区)党委、人民政府、管委会"),
    ("各县区人民政府、高新区管委会、市政府", "", "", "各县区人民政府|高新区管委会|市政府"),
    ("市委办公室市政府办公室", "", "", "市委办公室|市政府办公室"),
    ("市政府办公室市财政局", "", "", "市政府办公室|市财政局"),
    ("市财政局市教育委员会", "", "", "市财政局|市教育委员会"),
    ("县住建局会同县应急局,组织各乡镇开展", "县住建局", "县应急局", ""),
    ("市发展改革委(项目审批)、市财政局(资金保障)", "", "", "市发展改革委|市财政局"),
    ("青棠县政府(具体负责桐溪镇段),柏渚区政府", "", "", "青棠县政府|柏渚区政府"),
    ("同上", "", "", ""),
    ("等", "", "", ""),
    # One of the list is named again as its lead, or not.
    ("市公安局、市财政局(市公安局牵头)", "市公安局", "", "市财政局"),
    ("市公安局、市财政局、市住建局(财政局牵头,其他部门配合)", "市财政局", "市公安局|市住建局", ""),
    ("市公安局,市财政局(牵头单位:市财政局)", "市财政局", "", "市公安局"),
    ("市公安局、市财政局,由市财政局负责牵头。", "市财政局", "", "市公安局"),
    ("市公安局、市财政局,由市审计局牵头", "市公安局|市财政局|市审计局", "", ""),
    ("市公安局、市财政局(牵头单位:市审计局)", "市审计局", "", "市公安局|市财政局"),
    ("市公安局、市财政局、市公安局牵头", "市公安局|市财政局", "", ""),
    ("市公安局牵头,市财政局牵头", "市公安局|市财政局", "", ""),
    # People with their posts in a bracket are no part of the name.
    ("市水利局(局长林岚)牵头,市财政局(林知远、何雨舟)配合", "市水利局", "市财政局", ""),
    ("市水利局(何雨舟局长)", "", "", "市水利局"),
    ("市水利局(河长办、排水科)", "", "", "市水利局(河长办、排水科)"),
    ("第二中学食堂", "", "", "第二中学食堂"),
    ("第一中心小学、第三中医院", "", "", "第一中心小学|第三中医院"),
    ("第二中市水利局牵头", "市水利局", "", ""),
    ("市公安局、市城管局联合整治", "", "", "市公安局|市城管局"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lead", "cooperating", "responsible"), MORE)
def test_turn_of_phrase(text: str, lead: str, cooperating: str, responsible: str) -> None:
    units = parse_units(text)
    found = tuple("|".join(getattr(units, role)) for role in ROLES)
    assert found == (lead, cooperating, responsible)


def test_measures_in_all_positions() -> None:
    assert measures(parse_units("市水利局牵头(1-3),市林业局牵头(4)")) == {"市水利局": [1, 2, 3], "市林业局": [4]}
    assert measures(parse_units("市水利局(第十一、二十条)、市林业局(第1-3项措施)")) == {
        "市水利局": [11, 20],
        "市林业局": [1, 2, 3],
    }
    assert measures(parse_units("牵头单位:市水利局、市林业局(第2条)")) == {"市林业局": [2]}
    assert measures(parse_units("市水利局(第一责任单位)")) == {}
    assert measures(parse_units("市水利局(牵头第1、2条,配合第3条)")) == {"市水利局": [1, 2]}
    assert measures(parse_units("市水利局(第3至1条)、市水利局(第2条)")) == {"市水利局": [1, 2, 3]}
    assert parse_units("牵头单位:市水利局、市林业局(第2条)").lead == ("市水利局", "市林业局")


@pytest.mark.parametrize("nothing", [None, "", "  ", "/", "无", "\n—\n", 0, 44074, [], float("nan")])
def test_nothing_to_read(nothing: object) -> None:
    units = parse_units(nothing)
    assert units.names == ()
    assert units.unread == ("" if nothing is None or isinstance(nothing, str) else str(nothing))


def test_first_leads_is_an_option() -> None:
    text = "市水利局、市林业局"
    assert parse_units(text).lead == ()
    assert parse_units(text, first_leads=True).lead == ("市水利局",)
    assert parse_units(text, first_leads=True).responsible == ("市林业局",)
    assert parse_units("市水利局", first_leads=True).lead == ()
    assert parse_units("市水利局,市林业局牵头", first_leads=True).lead == ("市水利局", "市林业局")


def test_roles_of_a_name() -> None:
    units = parse_units("市水利局牵头,市水利局、市林业局配合,市财政局负责")
    assert units.in_both_roles == ("市水利局",)
    assert [units.role_of(name) for name in ("市水利局", "市林业局", "市财政局", "市审计局")] == [
        "lead", "cooperating", "responsible", None,
    ]  # fmt: skip
    assert units.names == ("市水利局", "市林业局", "市财政局")


def test_what_was_not_a_unit_is_kept() -> None:
    assert "王小丁" in parse_units("责任单位:市水利局;责任人:王小丁").unread


def test_result_travels_and_cannot_change() -> None:
    units = parse_units("市水利局(牵头负责第1条)、林业局")
    assert pickle.loads(pickle.dumps(units)) == units  # noqa: S301 - our own bytes
    assert copy.deepcopy(units) == units
    assert hash(units) == hash(parse_units("市水利局(牵头负责第1条)、林业局"))
    assert json.dumps(units.per_measure, ensure_ascii=False) == '{"市水利局": [1]}'
    with pytest.raises(TypeError, match="cannot be changed"):
        units.per_measure["x"] = (1,)  # type: ignore[index]
    with pytest.raises(TypeError):
        FrozenMap({"a": 1}).update(b=2)
    assert Units() == Units()


@pytest.mark.parametrize(
    "name",
    [
        "各县区",
        "市直有关部门",
        "等有关单位",
        "成员单位",
        "各级党委、政府",
        "属地政府",
        "驻雾各单位",
        "17个镇街",
        "县区政府",
        "县市区工业园区",
        "街道办事处",
    ],
)
def test_collective(name: str) -> None:
    assert is_collective(name)


@pytest.mark.parametrize(
    "name",
    [
        "市水利局",
        "雾川县",
        "高新区管委会",
        "市直机关工委",
        "县政府",
        "市发展改革委",
        "国网雾川供电公司",
        "",
        "市区划办",
        "县工业园区管委会",
        "市产业园区",
        "区园区管委会",
    ],
)
def test_one_body(name: str) -> None:
    assert not is_collective(name)


@pytest.mark.skipif(not GOLD.exists(), reason="the shared gold set is not here")
def test_gold_targets() -> None:
    trad = re.compile(r"\([a-z\u00e0-\u01dc]{1,7}\)|\s")

    def norm(names: list[str] | tuple[str, ...]) -> set[str]:
        return {trad.sub("", unicodedata.normalize("NFKC", name)).removeprefix("等") for name in names}

    records = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    cells = [(record, parse_units(record["text"])) for record in records if record["field"] == "units"]
    sets = [norm([name for k in ROLES for name in r[k]]) == norm(u.names) for r, u in cells]
    roles = [all(norm(r[k]) == norm(getattr(u, k)) for k in ROLES) for r, u in cells]
    collective = [norm(r["collective"]) == norm(u.collective) for r, u in cells]
    assert sum(sets) / len(sets) >= 0.97
    assert sum(roles) / len(roles) >= 0.95
    assert sum(collective) / len(collective) >= 0.95
    assert all(measures(u) == r["per_measure"] for r, u in cells)


PARTS = st.sampled_from(
    [
        "市水利局", "林业局", "各县区(功能区)人民政府(管委会)", "雾川", "澜屏县政府", "牵头", "配合", "负责", "会同", "由", "和",
        "及", "等", "等部门",
        "第1、8条", "(牵头负责第2条)", "(", ")", "责任单位:", "配合单位:", "、", ",", ";", "。", "\n", " ", "/", "1.", "(一)",
        "农(nóng)", "縣", "\U000f0001",
        "\ufff0", "36500投注", "责任人:", "措施2", "分局", "委", "两县政府",
    ]
)  # fmt: skip
CELLS = st.one_of(st.text(max_size=60), st.lists(PARTS, max_size=14).map("".join))


@settings(max_examples=count(100, 10_000), deadline=None)
@given(CELLS)
def test_any_text_gives_a_partition(text: str) -> None:
    units = parse_units(text)
    assert set(units.names) == {*units.lead, *units.cooperating, *units.responsible}
    assert not set(units.responsible) & {*units.lead, *units.cooperating}
    assert set(units.collective) <= set(units.names)
    assert set(units.per_measure) <= set(units.names)
    assert all(name and not re.search(r"\s", name) for name in units.names)
    assert len(set(units.names)) == len(units.names)


FULL = str.maketrans("(),:;", "\uff08\uff09\uff0c\uff1a\uff1b")


@settings(max_examples=count(50, 1000), deadline=None)
@given(st.lists(PARTS, max_size=10).map("".join))
def test_width_of_punctuation_is_no_matter(text: str) -> None:
    assert parse_units(text.translate(FULL)) == parse_units(text)


@given(st.lists(st.sampled_from(["市水利局", "市林业局", "市财政局", "各县区"]), min_size=1, max_size=4, unique=True))
def test_separators_are_equal(names: list[str]) -> None:
    read = {parse_units(mark.join(names)).responsible for mark in ("、", ",", "\uff0c", ";", "\n", " ", "\u3000")}
    assert read == {tuple(names)}


@pytest.mark.parametrize("text", [case["text"] for case in CASES if "、" in case["text"]], ids=lambda text: text[:24])
def test_a_line_break_behind_a_mark_parts_nothing(text: str) -> None:
    assert parse_units(text.replace("、", "、\n")) == parse_units(text) == parse_units(text.replace("、", " 、 "))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("市水务局、各县区党\n委、政\n府,县直各部\n门", "市水务局、各县区党委、政府,县直各部门"),
        ("责任\n单位:市水务局\n配 合 单 位:市财政局", "责任单位:市水务局\n配合单位:市财政局"),
        ("市环境保护督察工作领导小组\n办公室", "市环境保护督察工作领导小组办公室"),
        ("市水投集团\n有限公司\n市水务局", "市水投集团有限公司\n市水务局"),
        ("市水务局\n和市财政局", "市水务局和市财政局"),
        ("各县\n区人民政府", "各县区人民政府"),
        ("各县(市、区)\n人民政府\n(管委会)", "各县(市、区)人民政府(管委会)"),
        ("鹤汀街道\n办事处\n市水务局", "鹤汀街道办事处\n市水务局"),
    ],
)
def test_a_line_break_within_a_word_parts_nothing(text: str, whole: str) -> None:
    assert parse_units(text) == parse_units(whole)


@pytest.mark.parametrize(
    "names",
    [
        ("市交通运输局", "国网云砀供电公司"),
        ("县档案馆", "县总工会", "砚湖区政府"),
        ("县生态环境局", "柏渚区住建局"),
        ("各乡镇", "县水利局"),
        ("市安委办", "云砀经济开发区管委会"),
        ("县公安局交警支队", "县政府办公室"),
        ("市纪委监委", "市司法局"),
    ],
)
def test_names_without_a_mark_between_them(names: tuple[str, ...]) -> None:
    assert parse_units("".join(names)).names == names


def test_a_labelled_name_alone_is_one_name() -> None:
    lines = [line for file in HERE.glob("cases_*.jsonl") for line in file.read_text(encoding="utf-8").splitlines()]
    names = {name for case in map(json.loads, lines) for role in ROLES for name in case[role]}
    assert len(names) > 700
    assert [name for name in sorted(names) if len(parse_units(name).names) != 1] == []


@pytest.mark.parametrize("body", ["市妇联", "市党校", "县供销社", "县档案馆"])
def test_a_body_takes_no_suffix_of_the_government_behind_it(body: str) -> None:
    assert parse_units(f"{body}、砚湖区政府").names == (body, "砚湖区政府")
