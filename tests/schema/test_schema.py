"""Schemas: the shipped ones are sound, and mistakes in one's own are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.resources import resource
from rectify_xl.common.text_keys import heading_key
from rectify_xl.schema.loading import load_schema

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = [path.stem for path in resource("schemas").glob("*.yaml")]
CONTRACT_KEYS = (  # noqa: SIM905 - as the contract lists them
    "task_id category problem target measures leader lead_unit coop_units acceptance_unit deadline status progress percent "
    "pace forecast completed_on evidence applied_on accepted_on accepted_by publicity_start publicity_end notice_medium "
    "closed_on reopened_on reopen_reason contact phone remark"
).split()
FIELD = "fields:\n  problem:\n    label: 问题\n    kind: text\n"


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_schema(name: str) -> None:
    schema = load_schema(name)
    assert schema.name == name
    assert schema.required_groups
    for known in schema.fields:
        assert known.label["zh"]
        assert known.hint["zh"]
        assert known.hint["en"]
        assert all(choice in known.choice_of.values() for choice in known.choices)
        # The label names its own field, whatever aliases others have.
        assert [key for key, _ in schema.headings[heading_key(known.label["zh"]).casefold()]] == [known.key]


def test_the_task_list_is_the_contracts() -> None:
    schema = load_schema()
    assert set(CONTRACT_KEYS) == set(schema.keys)
    assert schema.required_groups == (("problem", "measures"), ("leader",), ("lead_unit",), ("deadline",))
    status = schema["status"]
    assert status.choices == ("未启动", "整改中", "已完成", "已验收", "公示中", "已销号", "长期坚持", "反弹")
    assert (status.choice_of["未达到序时进度"], status.choice_of["完成交账销号"], status.choice_of.get("申请销号")) == (
        "整改中", "已销号", None,
    )  # fmt: skip
    assert schema.with_role("units") == ("lead_unit", "coop_units", "acceptance_unit")
    assert "deadline" in schema
    assert "nonsense" not in schema


@pytest.mark.parametrize(("heading", "keys"), [("进度", {"progress", "percent"}), ("整改完成时间", {"deadline", "completed_on"})])
def test_headings_that_name_two_fields(heading: str, keys: set[str]) -> None:
    assert {key for key, _ in load_schema().headings[heading]} == keys


def test_only_headings_known_to_be_ambiguous_are() -> None:
    several = {heading for heading, homes in load_schema().headings.items() if len(homes) > 1}
    assert several == {
        "进度", "整改进度",  # prose or a percentage
        "完成时间", "整改完成时间", "整改时间", "完成日期",  # a limit or the day of completion
        "完成情况", "整改情况", "整改完成情况",  # prose, a status word, a percentage or a day
    }  # fmt: skip


def write(path: Path, text: str) -> str:
    (path / "mine.yaml").write_text(text, "utf-8")
    return "mine.yaml"


STATUS = "  status:\n    label: 状态\n    kind: choice\n    role: status\n"


def status(states: str, more: str = "") -> str:
    return f"{FIELD}{STATUS}    states: {states}\n{more}"


def test_states_say_what_they_mean(tmp_path: Path) -> None:
    states = load_schema(
        write(tmp_path, status("{未动: {started: false}, 在办: , 长管: {standing: true}, 办完: {closed: true}, "
                               "出账: {closed: true, struck_off: true}, 复发: {reopened: true}}")), tmp_path
    ).states  # fmt: skip
    assert states.words == ("未动", "在办", "长管", "办完", "出账", "复发")
    assert states.closed == ("办完", "出账")
    assert [state.word for state in states if state.under_way] == ["在办"]
    assert [state.word for state in states if state.struck_off] == ["出账"]
    assert (states.get("办完") in states.all, states.get("快好了"), states.get(None), states.get(3)) == (True, None, None, None)
    assert "复发" in states
    assert "已完成" not in states


def test_a_schema_need_not_have_states(tmp_path: Path) -> None:
    schema = load_schema(write(tmp_path, f"{FIELD}  status: {{label: 状态, kind: text}}\n"), tmp_path)
    assert schema.states.words == schema.states.closed == ()


def test_a_schema_of_ones_own(tmp_path: Path) -> None:
    done = "  done:\n    label: {zh: 办结}\n    kind: choice\n    choices: [是, 否]\n"
    text = f"{FIELD}    hint: {{en: What}}\n    aliases:\n{done}"
    schema = load_schema(write(tmp_path, text), tmp_path)
    assert (schema.name, schema.version, schema.label["zh"]) == ("mine", 1, "mine")
    assert schema["problem"].hint == {"zh": "What", "en": "What"}
    assert schema["done"].choices == ("是", "否")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fields: []", "需要 fields 一节"),
        ("[", "无法读取"),
        ("fields: {problem: text}", "字段 problem 应为"),
        ("fields: {problem: {label: 甲, kind: txt}}", "可用：text"),
        ("fields: {problem: {kind: text}}", "需要 label"),
        (f"{FIELD}    alias: [甲]\n", "不认识的项 alias（最接近的是 aliases）"),
        (f"{FIELD}    aliases: 甲\n", "aliases 应为列表"),
        (f"{FIELD}    owner: mine\n", "owner 不能是 mine；可用：office、unit"),
        (f"{FIELD}    role: lead\n", "role 不能是 lead"),
        (f"{FIELD}    grain: row\n", "grain 不能是 row"),
        (f"{FIELD}    width: wide\n", "width 应为数字"),
        (f"{FIELD}    synonyms: [甲]\n", "synonyms 应为"),
        (f"{FIELD}    choices: [已完成]\n    synonyms: {{完成: [办结]}}\n", "synonyms 指向 完成"),
        (f"{FIELD}    choices: [完成]\n    synonyms: {{完成: 办结}}\n", "应为列表"),
        (f"version: two\n{FIELD}", "version 应为整数"),
        (FIELD.replace("problem", "reporting_unit"), "字段 reporting_unit 的名称已用于结果表中的列"),
        (FIELD.replace("problem", "percent_as_written"), "请换一个"),
        (f"{FIELD}{FIELD.partition(chr(10))[2]}", "problem 写了两次"),
        (f"{FIELD}    choices: [yes, no]\n", "choices 中 True 不是文字；请加上引号"),
        (f"{FIELD}{STATUS}", "字段 status 需要 states 一节"),
        (f"{FIELD}{STATUS}    choices: [甲, 乙]\n", "请删去 choices"),
        (f"{FIELD}{STATUS.replace('role: status', 'owner: unit')}    choices: [甲]\n", "字段 status 需要 role: status"),
        (f"{FIELD}    role: status\n", "role: status 只能用在字段 status"),
        (f"{FIELD}    states: {{甲: {{closed: true}}}}\n", "字段 problem 不是状态列"),
        (status("[甲, 乙]"), "字段 status 的 states 应写成"),
        (status("{}"), "states 应写成"),
        (status("{甲: , 乙: }"), "没有一个写 closed: true"),
        (status("{甲: true}"), "状态“甲”后面应写成"),
        (status("{甲: {close: true}}"), "状态“甲”中有不认识的项 close（最接近的是 closed）"),
        (status("{甲: {closed: 是}}"), "closed 只能写 true 或 false，不能写 是"),
        (status("{甲: {closed: true, standing: true}}"), "不能既是 closed 又是 standing"),
        (status("{甲: {closed: true, started: false}}"), "不能既是 closed 又是 started: false"),
        (status("{甲: {closed: true}, 乙: {struck_off: true}}"), "就也要写 closed: true"),
        (status("{甲: {closed: true}, yes: }"), "状态 True 不是文字；请加上引号"),
        (status("{甲: {closed: true}, 2: }"), "状态 2 不是文字"),
        (status("{甲: {closed: true}, 无: }"), "状态“无”不能用"),
        (status(f"{{甲: {{closed: true}}, {'长' * 33}: }}"), "应为 1 到 32 个字"),
        (status("{甲: {closed: true}, '>5': }"), "Excel 会把它们当作条件"),
        (status("{甲: {closed: true}, '好了?': }"), "Excel 会把它们当作条件"),
        (status("{Done: {closed: true}, done: }"), "“Done”和“done”读来一样"),
        (status("{甲: {closed: true}, 甲: }"), "甲 写了两次"),
        (status("{甲: {closed: true}, 乙: }", "    synonyms: {甲: [丙], 乙: [丙]}\n"), "“丙”既指“甲”又指“乙”"),
        (status("{甲: {closed: true}, 乙: }", "    synonyms: {甲: [乙]}\n"), "“乙”既指“乙”又指“甲”"),
        (status("{甲: {closed: true}}", "    synonyms: {丁: [丙]}\n"), "synonyms 指向 丁"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RectifyError) as caught:
        load_schema(write(tmp_path, text), tmp_path)
    assert said in str(caught.value)
    assert "mine.yaml" in str(caught.value)
    english = caught.value.message.en
    assert "mine.yaml" in english
    assert "字段" not in english


@pytest.mark.parametrize("name", ["tasklist", "nowhere/task_list", "missing.yaml"])
def test_unknown_names(name: str) -> None:
    with pytest.raises(RectifyError, match="找不到字段定义") as caught:
        load_schema(name)
    assert "task_list" in str(caught.value)


def test_nothing_ships_under_a_wrong_name() -> None:
    with pytest.raises(FileNotFoundError, match="ships no schemas/none"):
        resource("schemas", "none")


@pytest.mark.parametrize("nested", ["[" * 3000, "".join(" " * at + "a:\n" for at in range(1500))])
def test_a_schema_that_is_nested_without_an_end(tmp_path: Path, nested: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(f"fields:\n {nested}" if nested.startswith("[") else nested, "utf-8")
    with pytest.raises(RectifyError, match="层数太多") as caught:
        load_schema(path)
    assert "recursion" not in str(caught.value)
