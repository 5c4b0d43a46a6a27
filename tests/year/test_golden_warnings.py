"""Golden cases of one round: ranks and ties, stages before a deadline, lights, and the day for sending again.

What stands in the tables was worked out by hand from what the settings promise (docs/settings.md, docs/papers.md); the round
is merged from real lists, and sheets, papers, mails and JSON are asked for the same facts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.campaign.light_settings import preset
from rectify_xl.campaign.settings import load_campaign
from rectify_xl.campaign.warning_settings import WarningRules
from rectify_xl.ledger.reading import read_master
from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.mail.planning import plan_reminders, plan_returns
from rectify_xl.papers import write_bulletin
from rectify_xl.papers.facts import Facts
from rectify_xl.papers.ranking import standings
from rectify_xl.workbook import write_master
from rectify_xl.workflow.merge import merge
from tests.mail.rounds import office, returned
from tests.support.lists import CLEAN, write_list
from tests.support.word import tables, texts

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.slow

AS_OF = date(2026, 11, 20)  # a Friday
CAMPAIGN = """name: 澄湖市整改
issuer: 澄湖市整改办
issued: 2026-01-05
units: units.csv
round: {id: 2026-11, due: 2026-11-18}
mail: {from: zgb@example.gov.cn, host: 127.0.0.1, port: 8025, security: none, to: [lingdao@example.gov.cn]}
"""
TURNOUT = ("按时", "按时", "按时", "迟报", "未报送")
UNITS = ("市水务局", "市城管局", "市林业局", "西湾区", "东岭县")
# number, unit, deadline, what its unit says of it
TASKS: tuple[tuple[int, str, str, dict[str, Any]], ...] = (
    (1, "市水务局", "2026-11-20", {}),  # due on the very day: 0 days left, not overdue
    (2, "市水务局", "2026-11-27", {"pace": "未达到序时进度"}),  # 7 days: the second stage
    (3, "市水务局", "2026-11-28", {"forecast": "有困难"}),  # 8 days: the first stage only
    (4, "市城管局", "2026-12-20", {"forecast": "能"}),  # 30 days: the last day of the first stage
    (5, "市城管局", "2026-12-21", {}),  # 31 days: not yet
    (6, "市城管局", "2026-11-19", {"pace": "未达到序时进度"}),  # one day overdue
    (7, "市林业局", "2026-11-25", {"status": "已完成", "completed_on": date(2026, 11, 10)}),  # done: of nothing to warn
    (8, "市林业局", "2026-06-30", {"status": "已完成", "completed_on": date(2026, 7, 5)}),  # done late
    (9, "市林业局", "长期坚持", {"status": "长期坚持"}),
    (10, "西湾区", "2027-06-30", {"pace": "未达到序时进度"}),
    (11, "西湾区", "2027-06-30", {"pace": "达到序时进度"}),
    (12, "西湾区", "2027-06-30", {"forecast": "不能"}),
    (13, "西湾区", "2026-12-31", {"status": "已完成", "completed_on": date(2026, 11, 1)}),
    (14, "东岭县", "2026-10-31", {}),  # 20 days overdue
    (15, "东岭县", "2026-09-01", {}),  # 80 days overdue
    (16, "东岭县", "2027-12-31", {}),
)
# Every task another place and another matter: nothing is to be taken for a repetition.
_WORDS = (
    "东渠排口截流", "西塘护岸垮塌", "北坡裸土覆盖", "工地扬尘围挡", "雨污管网混接", "夜间噪声投诉",
    "苗木补植保活", "矿坑边坡复绿", "林区巡护长效", "渔港油污收集", "畜禽粪污还田", "沿街油烟净化",
    "尾矿渗滤处置", "砖厂脱硫达标", "湿地补水监测", "电镀园区整治",
)  # fmt: skip
_KEYS = (*CLEAN, "completed_on", "序时进度", "预计能否按期")


def _rows(*units: str, reported: bool) -> list[dict[str, Any]]:
    found = []
    for number, unit, deadline, said in TASKS:
        if unit in units:
            row = {
                "task_id": number, "problem": _WORDS[number - 1], "measures": f"办理{_WORDS[number - 1]}", "lead_unit": unit,
                "deadline": deadline, "status": None, "progress": None,
            }  # fmt: skip
            if reported:
                words = {"序时进度": said.get("pace"), "预计能否按期": said.get("forecast")}
                row |= {"status": "整改中", "progress": f"正在办理{_WORDS[number - 1]}", **said, **words}
            found.append(row)
    return found


@pytest.fixture(scope="module")
def round_one(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Master]:
    """东岭县 is silent, 西湾区 two days late; all tasks are known from the plan's list."""
    folder = tmp_path_factory.mktemp("golden")
    (folder / "campaign.yaml").write_text(CAMPAIGN, "utf-8")
    lines = [f"U{at},{unit},u{at}@example.gov.cn,yes" for at, unit in enumerate(UNITS, 1)]
    (folder / "units.csv").write_text("\n".join(("id,name,email,reports", *lines)) + "\n", "utf-8")
    write_list(folder / "方案.xlsx", _rows(*UNITS, reported=False), keys=_KEYS)
    for unit in UNITS[:-1]:
        filled = "2026-11-20" if unit == "西湾区" else "2026-11-17"
        write_list(folder / "in" / f"{unit}.xlsx", _rows(unit, reported=True), unit=unit, filled=filled, keys=_KEYS)
    master = merge([folder / "in"], campaign=load_campaign(folder), as_of=AS_OF, base=folder / "方案.xlsx")
    assert [str(task.values["task_id"]) for task in master.tasks] == [str(number) for number, *_ in TASKS]
    return folder, master


def _numbers(tasks: Any) -> list[int]:
    return [int(task.values["task_id"]) for task in tasks]


def test_ranks_by_points_with_ties_in_the_roster_s_order(round_one: tuple[Path, Master]) -> None:
    """(80×3)/3 · (80+80+0)/3 · (100+90+80)/3 · (80×3+100)/4−5 for being late · (0+0+80)/3−10 for silence."""
    folder, master = round_one
    expected = [
        (1, "市林业局", "90.0"), (2, "市水务局", "80.0"), (2, "西湾区", "80.0"), (4, "市城管局", "53.3"), (5, "东岭县", "16.7"),
    ]  # fmt: skip
    assert [(one.rank, one.count.name, one.score) for one in standings(Facts(master))] == expected
    write_bulletin(master, folder / "通报.docx")
    head, *rows = tables(folder / "通报.docx")[0]
    shown = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(int(row["名次"]), row["单位"], row["得分"]) for row in shown] == expected


def test_the_roster_s_order_ranks_nobody(round_one: tuple[Path, Master]) -> None:
    folder, master = round_one
    in_order = replace(master, campaign=replace(master.campaign, papers=replace(master.campaign.papers, order="roster")))
    write_bulletin(in_order, folder / "通报.docx")
    head, *rows = tables(folder / "通报.docx")[0]
    assert not {"名次", "得分"} & set(head)
    shown = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["单位"], row["报送"]) for row in shown] == list(
        zip(UNITS, ("按时", "按时", "按时", "迟报", "未报送"), strict=True)
    )
    *listed, _total = Summary(in_order).by_key()["by_unit"].rows
    assert [row[0] for row in listed] == list(UNITS)


def test_the_stages_before_a_deadline_agree_in_sheet_json_and_bulletin(round_one: tuple[Path, Master]) -> None:
    folder, master = round_one
    assert _numbers(master.due_soon) == [1, 2, 3, 4]
    assert _numbers(master.overdue) == [15, 14, 6]
    said = master.to_dict()["warnings"]
    assert said["before_days"] == [30, 7]
    assert [(one["task_id"], one["days"], one["within"]) for one in said["due_soon"]] == [
        ("1", 0, 7), ("2", 7, 7), ("3", 8, 30), ("4", 30, 30),
    ]  # fmt: skip
    assert [(one["task_id"], one["forecast"]) for one in said["forecast"]] == [("3", "at-risk"), ("12", "cannot")]
    assert Summary(master).by_key()["due_soon"].note == "其中7天内到期2项"
    write_bulletin(master, folder / "通报.docx")
    assert "30天内到期的任务4项（其中7天内2项）" in "".join(texts(folder / "通报.docx"))


def _reminded(folder: Path, master: Master, **settings: Any) -> dict[str, dict[str, Any]]:
    write_master(replace(master, campaign=replace(master.campaign, **settings)), folder / "总台账.xlsx")
    desk = office(folder)
    plan = plan_reminders(replace(desk, campaign=replace(desk.campaign, **settings)), folder / "总台账.xlsx")
    assert not plan.problems
    return {letter.unit: dict(letter.facts) for letter in plan.letters}


@pytest.mark.parametrize("is_set", [False, True])
def test_who_is_reminded_of_what(round_one: tuple[Path, Master], *, is_set: bool) -> None:
    """Without ``warnings`` of what is overdue or missing; with it, of what comes, too: never of what is done."""
    folder, master = round_one
    found = _reminded(folder, master, warnings=WarningRules(is_set=is_set))
    overdue = {unit: [(one["number"], one["days"]) for one in facts["overdue"]] for unit, facts in found.items()}
    ahead = {unit: [(one["number"], one["why"]) for one in facts["ahead"]] for unit, facts in found.items()}
    late = {"市城管局": [("6", 1)], "西湾区": [], "东岭县": [("15", 80), ("14", 20)]}
    if not is_set:
        assert (overdue, ahead) == (late, {unit: [] for unit in late})
    else:
        assert overdue == late | {"市水务局": []}
        assert ahead == {
            "市水务局": [("1", "剩0天"), ("2", "剩7天"), ("3", "剩8天，预计按期有困难")], "市城管局": [("4", "剩30天")],
            "西湾区": [("12", "预计不能按期")], "东岭县": [],
        }  # fmt: skip
    assert [unit for unit, facts in found.items() if facts["missing"]] == ["东岭县"]
    assert [unit for unit, facts in found.items() if facts["late"]] == ["西湾区"]


# preset -> task -> light, and unit -> light; a task that is not named bears none.
LIGHTS: dict[str, tuple[dict[int, str], dict[str, str | None]]] = {
    "near-pace-overdue": (
        {6: "red", 14: "red", 15: "red", 2: "yellow", 10: "yellow", 1: "blue", 3: "blue", 4: "blue"},
        {"市水务局": "yellow", "市城管局": "red", "市林业局": None, "西湾区": "yellow", "东岭县": "red"},
    ),
    "forecast": (
        {6: "red", 12: "red", 14: "red", 15: "red", 3: "yellow", 1: "blue", 2: "blue"},
        {"市水务局": "yellow", "市城管局": "red", "市林业局": None, "西湾区": "red", "东岭县": "red"},
    ),
    "escalation": (
        {15: "red", 14: "blue", 16: "blue", 6: "blue"},
        {"市水务局": None, "市城管局": "blue", "市林业局": None, "西湾区": None, "东岭县": "red"},
    ),
}


@pytest.mark.parametrize("name", LIGHTS)
def test_each_preset_lights_these_tasks_and_units(name: str, round_one: tuple[Path, Master]) -> None:
    folder, master = round_one
    lit = replace(master, campaign=replace(master.campaign, lights=preset(name, (30, 7))))
    tasks, units = LIGHTS[name]
    assert {int(one["task_id"]): one["light"] for one in lit.to_dict()["lights"]} == tasks
    assert {one.count.name: one.light for one in standings(Facts(lit))} == units
    rows = Summary(lit).by_key()["ledger"]
    number, light = rows.index("task_id"), rows.index("light")
    words = {"red": "红", "yellow": "黄", "blue": "蓝"}
    assert {int(row[number]): row[light] for row in rows.rows if row[light]} == {task: words[it] for task, it in tasks.items()}
    mailed = {
        int(one["number"]): one["light"]
        for facts in _reminded(folder, master, lights=lit.campaign.lights).values()
        for one in (*facts["overdue"], *facts["ahead"])
        if one["light"]
    }
    assert mailed == {task: words[it] for task, it in tasks.items()}


@pytest.mark.parametrize(
    ("by", "is_said"), [(None, False), (date(2026, 11, 19), False), (AS_OF, True), (date(2026, 11, 27), True)]
)
def test_the_day_for_sending_again_is_said_alike_while_it_can_be_kept(
    by: date | None, is_said: bool, round_one: tuple[Path, Master]
) -> None:
    folder, master = round_one
    dated = replace(master, campaign=replace(master.campaign, round_resend_by=by))
    day = by.isoformat() if by and is_said else ""
    assert Facts(dated).resend_by == (by if is_said else None)
    assert {facts["resend_by"] for facts in _reminded(folder, master, round_resend_by=by).values()} == {day}
    returned(folder / "退回" / "甲.xlsx", "市水务局", returned=AS_OF.isoformat())
    desk = office(folder)
    plan = plan_returns(replace(desk, campaign=dated.campaign), folder / "退回")
    assert [letter.facts["resend_by"] for letter in plan.letters] == [day]


def test_days_of_another_round_are_not_said_of_this_one(round_one: tuple[Path, Master]) -> None:
    """The next round has begun in campaign.yaml: its due date is none of the last master's."""
    folder, master = round_one
    write_master(master, folder / "总台账.xlsx")
    begun = replace(master.campaign, round_id="2026-12", round_due=date(2026, 12, 18), round_resend_by=date(2026, 12, 25))
    facts = Facts(read_master(folder / "总台账.xlsx", campaign=begun))
    assert (facts.campaign.round_id, facts.campaign.round_due, facts.resend_by) == ("2026-11", None, None)
    assert facts.reply_by().day == date(2026, 11, 27)  # five working days after the as-of date
