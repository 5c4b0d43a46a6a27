"""Which task a row is: its key, unless the words contradict it; else its words; never its place or its number alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rounds.comparing import WATER, base_task, compared
from tests.support.lists import CLEAN, write_list

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rectify_xl.rounds import Comparison

FIRST = {"task_id": 1, "problem": "北渠沿岸六处排口没有截污,雨后黑水入河"}
SECOND = {"task_id": 2, "problem": "南渠淤积三公里没有清理", "measures": "清淤三公里。"}
THIRD = {"task_id": 3, "problem": "西渠堤防裂缝四处没有加固", "measures": "灌浆加固。"}


def against_three(folder: Path, rows: list[Mapping[str, object]]) -> Comparison:
    """A list of the water bureau with keys against three tasks of its own."""
    write_list(folder / "a.xlsx", rows, unit=WATER, keys=(*CLEAN, "任务标识"))
    tasks = [base_task(f"T000{at}", ours=one, last={WATER: one}) for at, one in enumerate((FIRST, SECOND, THIRD), 1)]
    return compared(folder, *tasks)


def done(comparison: Comparison) -> set[str]:
    return {one.key for one in comparison.fields if one.field == "status" and one.theirs == "已完成"}


def test_the_order_of_rows_means_nothing(tmp_path: Path) -> None:
    rows = [THIRD | {"任务标识": "T0003"}, FIRST | {"任务标识": "T0001", "status": "已完成"}, SECOND | {"任务标识": "T0002"}]
    comparison = against_three(tmp_path, rows)
    assert done(comparison) == {"T0001"}
    assert (comparison.key_changes, comparison.unmatched, comparison.absent) == ((), (), ())


def test_a_key_typed_over_is_told_and_the_words_count(tmp_path: Path) -> None:
    rows = [FIRST | {"任务标识": "T0001"}, SECOND | {"任务标识": "T0003", "status": "已完成"}, THIRD | {"任务标识": ""}]
    comparison = against_three(tmp_path, rows)
    assert done(comparison) == {"T0002"}
    assert [(one.claimed, one.found) for one in comparison.key_changes] == [("T0003", "T0002")]


def test_a_key_pasted_twice_is_told_and_both_rows_are_read(tmp_path: Path) -> None:
    rows = [FIRST | {"任务标识": "T0001"}, SECOND | {"任务标识": "T0001", "status": "已完成"}]
    comparison = against_three(tmp_path, rows)
    assert done(comparison) == {"T0002"}
    assert [(one.claimed, one.found) for one in comparison.key_changes] == [("T0001", "T0002")]


def test_a_row_pasted_over_another_waits(tmp_path: Path) -> None:
    rows = [FIRST | {"任务标识": "T0001"}, {"problem": "东湖岸线围垦二十亩未退", "measures": "退还水面。", "任务标识": "T0002"}]
    comparison = against_three(tmp_path, rows)
    (waiting,) = comparison.unmatched
    assert waiting.reason == "key_elsewhere"
    assert [(one.claimed, one.found) for one in comparison.key_changes] == [("T0002", "")]


@pytest.mark.parametrize(
    "problem",
    ["南渠淤积三公里没有清理到位,群众反映强烈", "南渠于积三公里没有清理", "南渠清淤滞后,淤积约三公里没有清理"],
)
def test_a_rewording_under_its_own_key_is_the_same_task(tmp_path: Path, problem: str) -> None:
    comparison = against_three(tmp_path, [SECOND | {"problem": problem, "任务标识": "T0002", "status": "已完成"}])
    assert done(comparison) == {"T0002"}
    assert comparison.key_changes == ()


def test_without_keys_the_words_tell_and_never_the_number(tmp_path: Path) -> None:
    rows = [THIRD | {"task_id": 1, "status": "已完成"}, FIRST | {"task_id": 2}]
    comparison = against_three(tmp_path, rows)
    assert done(comparison) == {"T0003"}
    assert comparison.unmatched == ()


def test_a_key_that_the_ledger_has_no_longer_is_found_by_its_words(tmp_path: Path) -> None:
    comparison = against_three(tmp_path, [SECOND | {"任务标识": "T0009", "status": "已完成"}])
    assert done(comparison) == {"T0002"}
    assert [(one.claimed, one.found) for one in comparison.key_changes] == [("T0009", "T0002")]


def test_parts_of_a_task_come_back_as_one(tmp_path: Path) -> None:
    parts = [
        SECOND | {"measures": text, "任务标识": f"T0002.{at}"} for at, text in enumerate(("清淤一公里。", "清淤两公里。"), 1)
    ]
    comparison = against_three(tmp_path, [FIRST | {"任务标识": "T0001"}, *parts])
    (report,) = (one for one in comparison.reports if one.task.key == "T0002")
    assert [len(one.positions) for one in report.reported] == [2]
    assert comparison.key_changes == ()


def test_a_file_of_another_round_waits_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rectify_xl.rounds.identity._names_another_round", lambda *_: True)
    comparison = against_three(tmp_path, [FIRST, SECOND])
    assert [one.reason for one in comparison.unmatched] == ["other_round", "other_round"]
    assert comparison.fields == ()


def test_rows_that_became_two_tasks_are_each_one_of_them_again(tmp_path: Path) -> None:
    row = {"problem": "石料厂扬尘未覆盖,居民投诉不断", "measures": "覆盖并建围挡", "progress": "已订购防尘网"}
    keys = ("problem", "measures", "progress")
    write_list(tmp_path / "a.xlsx", [row, THIRD | {"progress": "正在招标"}, row], unit=WATER, keys=keys)
    twins = [base_task(key, ours=row, last={WATER: row}) for key in ("T0001", "T0002")]
    comparison = compared(tmp_path, *twins, base_task("T0003", ours=THIRD, last={WATER: THIRD}))
    assert (comparison.unmatched, comparison.absent) == ((), ())


@pytest.mark.parametrize("number", [1, 2, None])
def test_of_tasks_with_one_problem_it_is_the_one_with_its_measures(tmp_path: Path, number: int | None) -> None:
    shares = [
        {"task_id": at, "problem": "老街管线杂乱没有入地", "measures": text}
        for at, text in ((1, "迁改电缆"), (2, "（二）埋设套管。"))
    ]
    write_list(tmp_path / "a.xlsx", [{**shares[1], "task_id": number, "measures": "埋设套管", "status": "已完成"}], unit=WATER)
    comparison = compared(tmp_path, *[base_task(f"T000{at}", ours=one, last={WATER: one}) for at, one in enumerate(shares, 1)])
    assert (done(comparison), comparison.unmatched) == ({"T0002"}, ())
