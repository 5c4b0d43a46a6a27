from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_xl.language.leaders import Leader, parse_leaders
from tests.support.counts import count

HERE = Path(__file__).parent
GOLD = HERE.parents[3] / "shared" / "gold" / "units_dev.jsonl"
CASES = [json.loads(line) for line in (HERE / "cases_invented.jsonl").read_text(encoding="utf-8").splitlines()]


def listed(case: dict[str, Any]) -> tuple[Leader, ...]:
    return tuple(Leader(person["name"], tuple(person["titles"])) for person in case["leaders"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']}-{case['text'][:24]}")
def test_invented_cell(case: dict[str, Any]) -> None:
    assert parse_leaders(case["text"]) == listed(case)


# (text, name:title+title|…): turns of phrase met after the cases above were written
MORE = [
    # Posts of companies and villages; 副总经理 and 副总队长 are longer ones.
    ("副总 汲辛", "汲辛:副总"), ("汲辛 集团副总", "汲辛:集团副总"), ("副总经理 汲辛", "汲辛:副总经理"),
    ("副总队长 汲辛", "汲辛:副总队长"),
    ("执行董事 汲辛", "汲辛:执行董事"), ("专干 汲辛", "汲辛:专干"), ("店长 汲辛", "汲辛:店长"), ("协管员 汲辛", "汲辛:协管员"),
    ("董事长 汲辛", "汲辛:董事长"),
    # A place may begin like a surname.
    ("江映雪 石溪县县长", "江映雪:石溪县县长"),
    ("江映雪 白沙区副区长", "江映雪:白沙区副区长"),
    ("温如玉 云台镇镇长", "温如玉:云台镇镇长"),
    ("石溪县县长江映雪、云台镇书记温如玉", "江映雪:石溪县县长|温如玉:云台镇书记"),
    ("江家镇副县长", "江家镇:副县长"),
    # So may a name begin like none.
    ("格桑云 石溪县副县长", "格桑云:石溪县副县长"),
    ("格桑云 市水务局局长", "格桑云:市水务局局长"),
    ("扎西次仁 云岭矿业有限公司董事长", "扎西次仁:云岭矿业有限公司董事长"),
    ("岷州 市委书记", ":岷州市委书记"),
    ("岷州 石溪县县长 江映雪", "江映雪:岷州石溪县县长"),
    ("分管 石溪县副县长", ":分管石溪县副县长"),
    ("各县区党委、政府主要负责同志", ":各县区党委、政府主要负责同志"),
    ("各县(市、区)党政主要负责人", ":各县(市、区)党政主要负责人"),
    ("成立由市长林知远任组长、副市长苏晚晴任副组长的领导小组", "林知远:市长|苏晚晴:副市长"),
    ("组长由市委书记林知远担任", "林知远:市委书记"),
    ("副市长林知远同志牵头", "林知远:副市长"),
    ("林知远、苏晚晴牵头", "林知远:|苏晚晴:"),
    ("县长:阿依努尔", "阿依努尔:县长"),
    ("林知远-副市长", "林知远:副市长"),
    ("林知远 宣传部部长、副市长(兼)", "林知远:宣传部部长+副市长"),
    ("市水利局何雨舟", "何雨舟:市水利局"),
    ("市政府林知远副市长", "林知远:市政府副市长"),
    ("县政府何岚县长", "何岚:县政府县长"),
    ("河长林知远", "林知远:河长"),
    ("县级:林知远;乡级:何雨舟", "林知远:|何雨舟:"),
    ("市林业局", ":市林业局"),
    ("镇安监站", ":镇安监站"),
    ("县公安局政治处主任", ":县公安局政治处主任"),
    ("罗岚 纪委书记", "罗岚:纪委书记"),
    ("林知远 党委委员、纪委副书记", "林知远:党委委员+纪委副书记"),
    ("纪工委书记 林知远", "林知远:纪工委书记"),
    ("林知远\n支部书记", "林知远:支部书记"),
    ("林知远及各乡镇党委书记", "林知远:|:各乡镇党委书记"),
    ("分管副县长及各单位负责人", ":分管副县长|:各单位负责人"),
    ("文 化 县长", "文化:县长"),
    ("副市长张*、李××", "张*:副市长|李××:副市长"),
    ("林知远 雾川县 人民政府县长", "林知远:雾川县人民政府县长"),
    ("副市长(兼)", ":副市长"),
    ("市委书记林知远(组长)", "林知远:市委书记"),
    ("领导小组", ":领导小组"),
    ("副市长 农业农村局", ":副市长|:农业农村局"),
    ("组长林知远、副组长苏晚晴", "林知远:|苏晚晴:"),
    ("县 水 务 局 局 长 何 岚", "何岚:县水务局局长"),
    ("县\u3000水\u3000务\u3000局\u3000局\u3000长\u3000何\u3000岚", "何岚:县水务局局长"),
    ("何 岚 县 水 务 局 局 长", "何岚:县水务局局长"),
    ("何 岚  县 水 务 局 局 长", "何岚:县水务局局长"),
    ("副 县 长 何 岚\n县 水 务 局 局 长 林 知 远", "何岚:副县长|林知远:县水务局局长"),
    ("县 水 务 局 分 管 领 导", ":县水务局分管领导"),
    ("村支书何雨舟", "何雨舟:村支书"),
    ("石桥镇 何雨舟", "何雨舟:石桥镇"), ("何新村 林岚", "何新村:|林岚:"),
    ("石桥镇 何雨舟、梅岭乡 林知远", "何雨舟:石桥镇|林知远:梅岭乡"),
    ("何雨舟 东岭村支书", "何雨舟:东岭村支书"),
    ("何雨舟支书", "何雨舟:支书"),
    ("何雨舟 党支部书记", "何雨舟:党支部书记"),
    ("何雨舟科长 林知远股长", "何雨舟:科长|林知远:股长"), ("林岚班长", "林岚:班长"), ("林知远站长", "林知远:站长"),
    ("林知远大队长", "林知远:大队长"), ("何雨舟总工程师", "何雨舟:总工程师"), ("林岚安全员", "林岚:安全员"),
    ("隋清和副经理", "隋清和:副经理"),
    ("石桥站长", ":石桥站长"), ("石桥大队长", ":石桥大队长"), ("白云校长", ":白云校长"), ("后勤科长", ":后勤科长"),
    ("施工队长", ":施工队长"),
    ("安装班长", ":安装班长"),
    # A surname that begins more words than names counts where a whole word is left to be the name.
    ("操立信 副局长;局长铁景行", "操立信:副局长|铁景行:局长"),
    ("六以安副科长", "六以安:副科长"),
    ("区闻笙", "区闻笙:"),
    ("铁路办主任", ":铁路办主任"),
    ("区人大主任", ":区人大主任"),
    ("老干局", ":老干局"),
    ("音乐系主任", ":音乐系主任"),
    ("居委会主任", ":居委会主任"),
    ("落实", ""),
    # A post in one word with a name is that name's, unless posts follow it.
    ("林知远 副局长、局长何雨舟", "林知远:副局长|何雨舟:局长"),
    ("林知远 党组成员、副局长、局长何雨舟;苏晴 科长", "林知远:党组成员+副局长|何雨舟:局长|苏晴:科长"),
    ("林知远 市委常委、常务副市长何雨舟 市委常委、宣传部部长", "林知远:市委常委+常务副市长|何雨舟:市委常委+宣传部部长"),
    ("林知远 党组成员、副局长 责任人何雨舟", "林知远:党组成员+副局长|何雨舟:"),
    # What stands before its own value is no title.
    ("姓名:林知远 职务:局长 联系方式:0399-2550123", "林知远:局长"),
    ("林知远,职务:局长", "林知远:局长"),
    ("单位负责人:林知远 具体经办人:何雨舟", "林知远:|何雨舟:"),
    # In a narrow column name and post stand in lines of their own.
    ("林知远\n副市长", "林知远:副市长"), ("林  岚\n副市长", "林岚:副市长"), ("副市长\n林知远", "林知远:副市长"),
    ("林知远\n市委常委、\n副市长", "林知远:市委常委+副市长"), ("市委常委\n副市长\n林知远", "林知远:市委常委+副市长"),
    ("林知远\n（副市长）\n何雨舟\n（副秘书长）", "林知远:副市长|何雨舟:副秘书长"),
    ("副市长\n林知远\n\n副秘书长\n何雨舟", "林知远:副市长|何雨舟:副秘书长"),
    # Whose post it is stays open where two names, or a name and nothing, stand beside it.
    ("林知远\n何雨舟\n副市长", "林知远:|何雨舟:|:副市长"), ("林知远\n副市长\n何雨舟", "林知远:|:副市长|何雨舟:"),
    ("林知远\n县水利局", "林知远:|:县水利局"), ("市委书记\n市长", ":市委书记|:市长"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MORE)
def test_turn_of_phrase(text: str, expected: str) -> None:
    found = "|".join(f"{leader.name}:{'+'.join(leader.titles)}" for leader in parse_leaders(text))
    assert found == expected


@pytest.mark.parametrize("nothing", [None, "", " ", "/", "无", "同上", "见上", "〃", 3, [], float("nan")])
def test_nobody(nothing: object) -> None:
    assert parse_leaders(nothing) == ()


@pytest.mark.skipif(not GOLD.exists(), reason="the shared gold set is not here")
def test_gold_target() -> None:
    records = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    cells = [record for record in records if record["field"] == "leaders"]
    assert sum(parse_leaders(record["text"]) == listed(record) for record in cells) / len(cells) >= 0.97


#: names with any of them lose their blanks
HAN = re.compile(r"[\u4e00-\u9fff]")

PARTS = st.sampled_from(
    ["林知远", "苏 晴", "副市长", "市委常委", "、", ",", ";", "\n", " ", "(", ")", "任组长", "由", "各县区长",
     "分管领导", "欧阳", "·", "同志", "及", "责任领导:"]
)  # fmt: skip


@settings(max_examples=count(80, 10_000), deadline=None)
@given(st.one_of(st.text(max_size=50), st.lists(PARTS, max_size=12).map("".join)))
def test_any_text(text: str) -> None:
    for leader in parse_leaders(text):
        assert leader.name or leader.titles
        assert " " not in leader.name or not HAN.search(leader.name)
        assert all(leader.titles)


FULL = str.maketrans("(),:;", "\uff08\uff09\uff0c\uff1a\uff1b")


@settings(max_examples=count(40, 1000), deadline=None)
@given(st.lists(PARTS, max_size=10).map("".join))
def test_width_of_punctuation_is_no_matter(text: str) -> None:
    assert parse_leaders(text.translate(FULL)) == parse_leaders(text)


@pytest.mark.parametrize("text", [case["text"] for case in CASES if "、" in case["text"]], ids=lambda text: text[:24])
def test_a_line_break_behind_a_mark_parts_nothing(text: str) -> None:
    assert parse_leaders(text.replace("、", "、\n")) == parse_leaders(text) == parse_leaders(text.replace("、", " 、 "))


def test_a_bracket_around_the_cell_says_nothing() -> None:
    assert parse_leaders("(副市长林知远、苏晚晴)") == parse_leaders("副市长林知远、苏晚晴")
    assert parse_leaders("无。") == ()


@pytest.mark.parametrize(
    "names", [("沈知远", "陆清和"), ("沈知远", "陆清和", "何雨舟"), ("何雨舟", "沈知远", "陆清和", "苏晚晴")]
)
def test_names_without_a_mark_between_them(names: tuple[str, ...]) -> None:
    assert tuple(leader.name for leader in parse_leaders("".join(names))) == names
    assert tuple((leader.name, leader.titles) for leader in parse_leaders("副县长" + "".join(names))) == tuple(
        (name, ("副县长",)) for name in names
    )


def test_names_that_can_be_cut_in_two_ways_are_not_guessed() -> None:
    assert [leader.name for leader in parse_leaders("陈安宁高远")] == [""]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("检验科 王芳", [("王芳", ("检验科",))]),
        ("一车间 李明", [("李明", ("一车间",))]),
        ("财政所 王芳、检验科 李明", [("王芳", ("财政所",)), ("李明", ("检验科",))]),
        ("水政科 王芳 科员", [("王芳", ("水政科科员",))]),
        ("林业站 王芳", [("王芳", ("林业站",))]),
        ("检验科 科长 王芳", [("王芳", ("检验科科长",))]),
    ],
)
def test_a_person_of_two_characters_behind_a_section_or_a_workshop(text: str, people: list[tuple[str, tuple[str, ...]]]) -> None:
    assert [(leader.name, leader.titles) for leader in parse_leaders(text)] == people
