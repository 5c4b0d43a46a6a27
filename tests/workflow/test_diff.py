"""diff: two masters compared task by task, as data, as text, as a workbook."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

import rectify_xl as rx
from tests.support.commands import run
from tests.support.ledgers import a_master, a_task

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord


def keyed(key: str, *words: str, extras: dict[str, object] | None = None, **values: object) -> TaskRecord:
    return replace(a_task(*words, **values), key=key, extras=extras or {})  # type: ignore[arg-type]


@pytest.fixture
def old() -> Master:
    return a_master([
        keyed("T0001", "1", "市水务局", deadline="2026年12月底前", percent=0.5, extras={"备考": "甲"}),
        keyed("T0002", "2", "市水务局"),
        keyed("T0003", "3", "市水务局", progress="已  开工。"),
    ])  # fmt: skip


@pytest.fixture
def new() -> Master:
    return a_master([
        keyed("T0003", "13", "市水务局", problem="问题3", progress="已开工"),
        keyed("T0001", "1", "市水务局", deadline=date(2026, 12, 31), percent=0.75, status="已完成", extras={"批示": "乙"}),
        keyed("T0004", "4", "市林业局"),
    ])  # fmt: skip


def test_tasks_are_joined_by_key_and_values_compared_as_read(old: Master, new: Master) -> None:
    told = rx.diff(old, new).to_dict()
    assert told["added"] == [{"key": "T0004", "task_id": "4", "text": "问题4"}]
    assert told["removed"] == [{"key": "T0002", "task_id": "2", "text": "问题2"}]
    assert [tuple(one.values()) for one in told["changed"]] == [
        ("T0003", "13", "task_id", "3", "13"),
        ("T0001", "1", "status", "整改中", "已完成"),
        ("T0001", "1", "percent", "50%", "75%"),
        ("T0001", "1", "备考", "甲", ""),
        ("T0001", "1", "批示", "", "乙"),
    ]
    assert (told["version"], told["unchanged"]) == (1, 0)


def test_a_master_equals_itself(old: Master) -> None:
    same = rx.diff(old, old)
    assert not same
    assert same.unchanged == 3
    assert (same.added, same.removed, same.changed) == ((), (), ())


def test_backwards_it_is_the_mirror(old: Master, new: Master) -> None:
    there, back = rx.diff(old, new), rx.diff(new, old)
    assert (there.added, there.removed) == (back.removed, back.added)
    assert {(one.key, one.field, one.old, one.new) for one in there.changed} == {
        (one.key, one.field, one.new, one.old) for one in back.changed
    }


def test_the_command(old: Master, new: Master, tmp_path: Path) -> None:
    paths = tmp_path / "旧.xlsx", tmp_path / "新.xlsx"
    for master, path in zip((old, new), paths, strict=True):
        rx.write_master(master, path)
    result = run("diff", *paths, "-o", tmp_path / "差异.xlsx")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "新增任务 4（T0004）问题4",
        "少了任务 2（T0002）问题2",
        "任务 13（T0003）有变化：",
        "  任务编号：3 → 13",
        "任务 1（T0001）有变化：",
        "  整改状态：整改中 → 已完成",
        "  完成率：50% → 75%",
        "  备考：甲 → （空）",
        "  批示：（空） → 乙",
        "新增 1 项，减少 1 项，有变化 2 项（5 处），没有变化 0 项。",
        f"差异明细已写到 {tmp_path / '差异.xlsx'}。",
    ]
    assert json.loads(run("diff", *paths, "--format", "json").stdout) == rx.diff(*paths).to_dict()
    book = openpyxl.load_workbook(tmp_path / "差异.xlsx")
    assert [[cell.value for cell in row] for row in book["差异明细"]["A4:E6"]] == [
        ["4", "新增", None, None, "问题4"], ["2", "减少", None, "问题2", None], ["13", "变化", "任务编号", "3", "13"],
    ]  # fmt: skip
    assert run("diff", *paths, "-o", paths[0]).exit_code == 2
    assert run("diff", paths[0], tmp_path / "差异.xlsx").exit_code == 2
    again = run("diff", paths[0], paths[0], "--lang", "en", "-o", tmp_path / "差异.xlsx")
    assert again.stdout.splitlines()[0] == "0 added, 0 removed, 0 changed (0 values), 3 unchanged."
