"""The light of a task: the first condition that holds; what is warned of ahead; columns that come and go with the setting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_xl.campaign.light_settings import PRESETS, LightCondition, preset
from rectify_xl.campaign.paper_settings import PaperRules
from rectify_xl.campaign.settings import DeadlineRules
from rectify_xl.ledger.lights import days_left
from rectify_xl.ledger.reading import read_master
from rectify_xl.ledger.records import Round, TaskRecord
from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.workbook import write_master
from tests.support.counts import count
from tests.support.ledgers import AS_OF, CAMPAIGN, a_master, a_task, in_doubt

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master


def lit(task: TaskRecord, *conditions: LightCondition, **others: Any) -> tuple[str, str] | None:
    campaign = replace(CAMPAIGN, lights=conditions, issued=date(2026, 1, 1))
    light = a_master([task], campaign, **others).lights.of(task)
    return (light.light, light.why.zh) if light else None


BEHIND = LightCondition("yellow", pace="behind")
NEAR_AND_HARD = LightCondition("red", due_within_days=7, forecast="cannot")


@pytest.mark.parametrize(
    ("task", "condition", "why"),
    [
        (a_task(flag="overdue", days=30), LightCondition("red", overdue_days=30), "逾期30天"),
        (a_task(flag="overdue", days=29), LightCondition("red", overdue_days=30), None),
        (in_doubt(a_task(flag="overdue", days=30)), LightCondition("red", overdue_days=1), "逾期30天（存疑）"),
        (a_task(flag="due-soon", days=7), LightCondition("blue", due_within_days=7), "剩7天"),
        (a_task(flag="due-soon", days=8), LightCondition("blue", due_within_days=7), None),
        (a_task(flag="overdue", days=2), LightCondition("blue", due_within_days=7), None),
        (a_task(flag="undated"), LightCondition("blue", due_within_days=7), None),
        (a_task(), LightCondition("blue", due_within_days=300), "剩222天"),  # wider than the list of tasks due soon
        (a_task(pace="未达到序时进度"), BEHIND, "未达到序时进度"),
        (a_task(pace="达到序时进度"), BEHIND, None),
        (a_task(status="已完成", pace="未达到序时进度"), BEHIND, None),
        (a_task(status=None, completed_on=date(2026, 10, 1), pace="未达到序时进度"), BEHIND, None),
        (a_task(status="反弹", pace="未达到序时进度"), BEHIND, "未达到序时进度"),
        (a_task(forecast="不能"), LightCondition("red", forecast="cannot"), "预计不能按期"),
        (a_task(forecast="有困难"), LightCondition("red", forecast="cannot"), None),
        (a_task(), LightCondition("blue", forecast="unsaid"), "没有填写预计能否按期"),
        (a_task(percent=0.5), LightCondition("red", percent_behind=9), "完成率落后9个百分点"),  # 323 of 545 days have passed
        (a_task(percent=0.5), LightCondition("red", percent_behind=10), None),
        (a_task(percent="过半"), LightCondition("red", percent_behind=1), None),
        (a_task(flag="undated", percent=0), LightCondition("red", percent_behind=1), None),
        (a_task(forecast="不能", flag="due-soon", days=3), NEAR_AND_HARD, "剩3天，预计不能按期"),
        (a_task(), LightCondition("green"), ""),
    ],
)  # fmt: skip
def test_what_each_condition_asks(task: TaskRecord, condition: LightCondition, why: str | None) -> None:
    assert lit(task, condition) == (None if why is None else (condition.light, why))


def test_the_first_condition_that_holds_counts() -> None:
    task = a_task(flag="overdue", days=3, pace="未达到序时进度")
    assert lit(task, BEHIND, LightCondition("red", overdue_days=1)) == ("yellow", "未达到序时进度")
    assert lit(task, LightCondition("red", overdue_days=1), BEHIND) == ("red", "逾期3天")


def test_silence_is_counted_over_rounds_that_are_known() -> None:
    def rounds(*missing: tuple[str, ...] | None) -> tuple[Round, ...]:
        return tuple(
            Round(f"2026-{at:02}", date(2026, at, 20), 1, 0, 0, 0, 0, turnout={} if units is None else {"missing": units})
            for at, units in enumerate(missing, 5)
        )

    task, shared = a_task("1", "市水务局"), a_task("1", "市水务局", "市城管局")
    three = LightCondition("red", silent_rounds=3)
    absent = [("市水务局", "未报送")]
    assert lit(task, three, rounds=rounds(("市水务局",), ("市水务局",)), absent=absent) == ("red", "连续3轮未报送")
    assert lit(task, three, rounds=rounds(("市水务局",), ("市水务局",))) is None  # reported this time
    assert lit(task, three, rounds=rounds(("市水务局",), None, ("市水务局",)), absent=absent) is None  # nobody knows
    assert lit(task, three, rounds=rounds(("市水务局",), ("市城管局",)), absent=absent) is None
    assert lit(shared, three, rounds=rounds(("市水务局",), ("市水务局",)), absent=absent) is None  # the other one has reported
    assert lit(a_task("1"), LightCondition("blue", silent_rounds=1), absent=absent) is None


FLAGS = st.sampled_from(("overdue", "due-soon", "on-time", "undated"))
FORECASTS = st.sampled_from((None, "不能", "有困难", "能"))
PACES = st.sampled_from((None, "未达到序时进度", "达到序时进度"))
ROWS = st.tuples(FLAGS, st.integers(1, 90), FORECASTS, PACES, st.sampled_from(("整改中", "已完成", None)))


@settings(max_examples=count(20, 400))
@given(st.lists(ROWS, max_size=6), st.sampled_from(PRESETS))
def test_every_open_task_bears_at_most_one_light_and_no_closed_one_any(rows: list[Any], name: str) -> None:
    tasks = [
        a_task(str(at), "市水务局", flag=flag, days=days, forecast=forecast, pace=pace, status=status)
        for at, (flag, days, forecast, pace, status) in enumerate(rows)
    ]
    master = a_master(tasks, replace(CAMPAIGN, lights=preset(name, (30, 7))))
    counts = master.lights.counts()
    assert sum(counts.values()) == sum(master.lights.of(task) is not None for task in tasks) == len(master.lights.lit)
    assert all(master.lights.of(task) is None for task in tasks if task.is_closed)
    assert all(master.lights.of(task) for task in tasks if task.timing.flag == "overdue" and not task.is_closed)
    assert [one["light"] for one in master.to_dict()["lights"]] == [
        lit.light for task in tasks if (lit := master.lights.of(task))
    ]


def test_the_frame_of_tasks_has_the_lights() -> None:
    tasks = [a_task("1", flag="overdue", days=30), a_task("2", status="已销号"), a_task("3")]
    frame = a_master(tasks, replace(CAMPAIGN, lights=preset("forecast", (30, 7)))).tasks_frame()
    assert list(frame["light"].astype("string").fillna("")) == ["red", "", ""]
    assert list(a_master(tasks).tasks_frame()["light"].isna()) == [True] * len(tasks)


def test_what_is_ahead_stands_in_json_with_its_stage() -> None:
    tasks = [
        a_task("1", flag="due-soon", days=7), a_task("2", flag="due-soon", days=8), a_task("3", forecast="有困难"),
        a_task("4", forecast="能"), a_task("5", flag="overdue", days=3, forecast="不能"),
        a_task("6", status="已销号", forecast="不能"),
    ]  # fmt: skip
    found = a_master(tasks).to_dict()
    assert found["lights"] == []
    assert found["warnings"] == {
        "before_days": [30, 7],
        "due_soon": [{"key": "", "task_id": "1", "days": 7, "within": 7}, {"key": "", "task_id": "2", "days": 8, "within": 30}],
        "forecast": [{"key": "", "task_id": "3", "forecast": "at-risk"}],
    }
    assert [task.values["task_id"] for task in a_master(tasks).at_risk] == ["3"]
    assert Summary(a_master(tasks)).by_key()["due_soon"].note == "其中7天内到期1项"
    assert Summary(a_master(tasks), "en").by_key()["due_soon"].note == "of them 1 due within 7 days"
    few = replace(CAMPAIGN, deadlines=DeadlineRules(due_soon_days=5))
    assert a_master(tasks, few).campaign.stages == (5,)
    assert days_left(a_task(flag="overdue", days=3), AS_OF) is None


def saved(master: Master, path: Path) -> dict[str, list[Any]]:
    """Sheet -> the headings of its list, after the master was written, read back and written over."""
    write_master(master, path)
    back = read_master(path, campaign=master.campaign)
    assert not back.notes
    return {key: [column.label for column in sheet.columns if not column.hidden] for key, sheet in Summary(back).by_key().items()}


@pytest.mark.slow
def test_the_column_of_lights_comes_and_goes_with_the_setting(tmp_path: Path) -> None:
    tasks = [
        replace(a_task("1", "市水务局", flag="overdue", days=3), key="T0001"),
        replace(a_task("2", "市水务局", flag="due-soon", days=3), key="T0002"),
    ]
    plain = a_master(tasks, last_key=2)
    with_lights = replace(plain, campaign=replace(CAMPAIGN, lights=preset("near-pace-overdue", (30, 7))))
    path = tmp_path / "总台账.xlsx"
    assert "预警灯" not in saved(plain, path)["ledger"]
    headings = saved(with_lights, path)
    assert all("预警灯" in headings[key] for key in ("ledger", "overdue", "due_soon"))
    rows = Summary(with_lights).by_key()["overdue"]
    assert rows.rows[0][rows.index("light")] == "红"
    again = read_master(path, campaign=CAMPAIGN)  # the setting is gone: no column of the office's own is left of it
    assert not again.added
    assert not any(task.extras for task in again.tasks)
    assert "预警灯" not in saved(again, path)["ledger"]


def test_units_stand_in_the_rosters_order_with_the_silent_ones() -> None:
    tasks = [a_task("1", "西湾区", flag="overdue", days=3), a_task("2", "市水务局"), a_task("3", "市档案馆")]
    campaign = replace(CAMPAIGN, papers=PaperRules(order="roster"))
    *rows, total = Summary(a_master(tasks, campaign)).by_key()["by_unit"].rows
    assert [row[:3] for row in rows] == [
        ("市水务局", 1, 0), ("市城管局", 0, 0), ("市林业局", 0, 0), ("西湾区", 1, 0), ("东岭县", 0, 0), ("市档案馆", 1, 0),
    ]  # fmt: skip
    assert total[1] == 3
    assert {len(row) for row in (*rows, total)} == {len(total)}
