"""Documents that hold more than their list, or write it in an unusual way: nothing of the rest becomes part of a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_xl.plans.model import Plan
from rectify_xl.plans.worker import read_file

if TYPE_CHECKING:
    from pathlib import Path

PROBLEMS = ("渡口没有救生设备。", "航标灯损坏。", "码头夜间无照明。")


def plan_of(text: str, folder: Path) -> Plan:
    (folder / "方案.txt").write_text(text, "utf-8")
    found = read_file(folder / "方案.txt")
    assert isinstance(found, Plan)
    return found


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
