"""Schemas: the shipped ones are sound, and mistakes in one's own are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.resources import resource
from rectify_xl.schema.fields import load_schema

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = [path.stem for path in resource("schemas").glob("*.yaml")]
CONTRACT_KEYS = (  # noqa: SIM905 - as the contract lists them
    "task_id category problem target measures leader lead_unit coop_units acceptance_unit deadline status progress percent "
    "completed_on evidence accepted_on publicity_start publicity_end closed_on contact phone remark"
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
        assert [key for key, _ in schema.headings[known.label["zh"]]] == [known.key]


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
    assert several == {"进度", "整改进度", "完成时间", "整改完成时间", "整改时间"}


def write(path: Path, text: str) -> str:
    (path / "mine.yaml").write_text(text, "utf-8")
    return "mine.yaml"


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
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RectifyError) as caught:
        load_schema(write(tmp_path, text), tmp_path)
    assert said in str(caught.value)
    assert "mine.yaml" in str(caught.value)


@pytest.mark.parametrize("name", ["tasklist", "nowhere/task_list", "missing.yaml"])
def test_unknown_names(name: str) -> None:
    with pytest.raises(RectifyError, match="找不到字段定义") as caught:
        load_schema(name)
    assert "task_list" in str(caught.value)


def test_nothing_ships_under_a_wrong_name() -> None:
    with pytest.raises(FileNotFoundError, match="ships no schemas/none"):
        resource("schemas", "none")
