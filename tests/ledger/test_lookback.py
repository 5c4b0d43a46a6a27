"""回头看: which tasks are drawn, and what becomes of the results."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_xl import merge, read_master, summarize, write_master
from rectify_xl.campaign.settings import load_campaign
from rectify_xl.common.errors import RectifyError
from rectify_xl.ledger.lookback import allot, sample_of
from rectify_xl.workbook import write_lookback
from tests.support.commands import run
from tests.support.ledgers import UNITS, a_master, a_task
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master
    from rectify_xl.ledger.records import TaskRecord


def struck(number: int, unit: str = "市水务局", **others: Any) -> TaskRecord:
    given = {"status": "已销号", "closed_on": date(2026, 10, 1), **others}
    return replace(a_task(str(number), unit, **given), key=f"T{number:04}")


def numbers(master: Master, **wanted: Any) -> list[str]:
    return [task.name for task in sample_of(master, **wanted).tasks]


MANY = a_master([struck(at, UNITS[at % 3].name) for at in range(1, 31)])


def test_the_same_seed_draws_the_same_tasks_in_any_order() -> None:
    drawn = numbers(MANY, count=7, seed=5)
    assert len(drawn) == 7
    assert numbers(replace(MANY, tasks=MANY.tasks[::-1]), count=7, seed=5) == drawn[::-1]
    assert len({tuple(numbers(MANY, count=7, seed=seed)) for seed in range(20)}) > 10


def test_every_unit_has_its_share() -> None:
    tasks = [struck(at, UNITS[0 if at <= 20 else 1 if at <= 29 else 2].name) for at in range(1, 31)]
    sample = sample_of(a_master(tasks), count=10, seed=1)
    assert {unit: drawn for unit, (_, drawn) in sample.units.items()} == {"市水务局": 6, "市城管局": 3, "市林业局": 1}
    assert (len(numbers(MANY, ratio=0.07)), len(numbers(MANY, ratio=0.1)), len(numbers(MANY))) == (3, 3, 6)
    assert len(numbers(MANY, count=99)) == 30


def test_what_came_back_is_always_there() -> None:
    again = [struck(at, reopened_on=date(2026, 9, 1)) for at in (31, 32)]
    back = replace(a_task("33", "市水务局", status="反弹"), key="T0033")
    master = a_master([*MANY.tasks, *again, back, a_task("34", "市水务局", status="已完成")])
    for seed in range(5):
        drawn = numbers(master, count=5, seed=seed)
        assert len(drawn) == 5
        assert drawn[-3:] == ["31", "32", "33"]
    assert numbers(master, count=1) == ["31", "32", "33"]


@given(st.integers(0, 60), st.dictionaries(st.sampled_from("甲乙丙丁戊己"), st.integers(0, 12)), st.integers(0, 9))
def test_shares_add_up_and_no_unit_gives_more_than_it_has(count: int, sizes: dict[str, int], seed: int) -> None:
    shares = allot(count, sizes, seed)
    assert sum(shares.values()) == min(count, sum(sizes.values()))
    assert all(0 <= shares[unit] <= size for unit, size in sizes.items())
    if count >= len([size for size in sizes.values() if size]):
        assert all(shares[unit] for unit, size in sizes.items() if size)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("一.xlsx", "二.xlsx"):
        write_lookback(MANY, sample_of(MANY, count=5, seed=42), tmp_path / name)
    assert (tmp_path / "一.xlsx").read_bytes() == (tmp_path / "二.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(tmp_path / "一.xlsx")["回头看"]
    said = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "随机种子42" in said
    assert openpyxl.load_workbook(tmp_path / "一.xlsx")["抽样说明"]["A4"].value == "市城管局"
    assert "2026-12-30" in said  # ninety days after it was struck off
    with pytest.raises(RectifyError, match="可能填有核查结果"):
        write_lookback(MANY, sample_of(MANY), tmp_path / "一.xlsx")


ROW = {"status": "已销号", "accepted_on": date(2026, 9, 1), "closed_on": date(2026, 10, 1), "deadline": "2026年8月底前"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "campaign.yaml").write_text("name: 澄湖市整改\n", "utf-8")
    rows = [{"task_id": at, "problem": f"第{at}处排口没有截污", **ROW} for at in range(1, 6)]
    write_list(tmp_path / "in" / "市水务局.xlsx", rows, unit="市水务局")
    write_master(merge([tmp_path / "in"], campaign=load_campaign(tmp_path), as_of="2026-11-20"), tmp_path / "台账.xlsx")
    return tmp_path


def fill(path: Path, filled: dict[int, tuple[Any, ...]]) -> None:
    """Write day, person, result and notes into rows of the list, from 0."""
    book = openpyxl.load_workbook(path)
    sheet = book["回头看"]
    (head,) = [row for row in sheet.iter_rows() if any(cell.value == "核查日期" for cell in row)]
    (first,) = [cell for cell in head if cell.value == "核查日期"]
    for at, values in filled.items():
        for offset, value in enumerate(values):
            sheet.cell(first.row + 1 + at, first.column + offset, value)
    book.save(path)


def test_the_command_and_its_results(folder: Path) -> None:
    master, output = folder / "台账.xlsx", folder / "回头看.xlsx"
    drawn = run("lookback", master, "-n", 4, "--seed", 1, "-o", output, "--campaign", folder)
    assert drawn.exit_code == 0, drawn.output
    assert "从 5 项已销号（含反弹）任务中抽查 4 项，其中反弹过的 0 项，涉及 1 个单位；随机种子 1" in drawn.stdout
    fill(output, {
        0: (date(2026, 11, 25), "钟离岳", "巩固", "未见排污"), 1: ("2026年11月25日", "钟离岳", "反弹", "又有污水直排"),
        2: (None, "钟离岳", "巩固", ""), 3: (date(2026, 11, 25), "", "", "没有去"),
    })  # fmt: skip
    words = ("--lookback", output, "--campaign", folder, "--as-of", "2026-11-28")
    done = run("summarize", master, *words)
    assert done.exit_code == 0, done.output
    for said in ("采用了 2 项核查结果", "没有填核查日期", "没有填核查结果"):
        assert said in done.output
    after = read_master(master, campaign=folder)
    (back,) = [task for task in after.tasks if task.values["reopened_on"]]
    assert (back.status, back.values["reopened_on"], back.values["reopen_reason"]) == ("反弹", date(2026, 11, 25), "又有污水直排")
    assert not back.is_closed
    assert [change.new for change in after.changes if change.field == "回头看"] == [
        "2026-11-25；巩固；钟离岳；未见排污", "2026-11-25；反弹；钟离岳；又有污水直排"
    ]  # fmt: skip
    assert "采用了 0 项核查结果" in run("summarize", master, *words).output
    assert len(read_master(master, campaign=folder).changes) == len(after.changes)
    again = run("lookback", master, "-n", 1, "--campaign", folder)
    assert f"{back.name}（反弹过）" in again.stdout


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((date(2026, 11, 25), "甲", "还行", ""), "核查结果“还行”应为"),
        (("月底", "甲", "巩固", ""), "看不出是哪一天"),
    ],
)
def test_a_result_that_cannot_be_read_is_named(folder: Path, row: tuple[Any, ...], said: str) -> None:
    output = folder / "回头看.xlsx"
    write_lookback(read_master(folder / "台账.xlsx"), sample_of(read_master(folder / "台账.xlsx"), count=1), output)
    fill(output, {0: row})
    result = summarize(folder / "台账.xlsx", as_of="2026-11-28", lookback=output)
    assert any(said in note.zh for note in result.notes)
    assert not result.changes


def test_a_row_pasted_twice_or_of_no_task(folder: Path) -> None:
    output, master = folder / "回头看.xlsx", read_master(folder / "台账.xlsx")
    write_lookback(master, sample_of(master, count=2), output)
    fill(output, {0: (date(2026, 11, 25), "甲", "巩固", ""), 1: (date(2026, 11, 25), "甲", "反弹", "")})
    book = openpyxl.load_workbook(output)
    sheet = book["回头看"]
    rows = [row for row in sheet.iter_rows() if str(row[-1].value).startswith("T0")]
    sheet.append([cell.value for cell in rows[0][:-1]] + ["T0099"])
    rows[1][-1].value = rows[0][-1].value
    book.save(output)
    result = summarize(folder / "台账.xlsx", as_of="2026-11-28", lookback=output)
    said = "\n".join(note.zh for note in result.notes)
    assert said.count("互相矛盾") == 2
    assert "不在总台账中" in said
    assert not result.changes


def test_another_workbook_is_no_lookback(folder: Path) -> None:
    with pytest.raises(RectifyError, match="不是回头看清单"):
        summarize(folder / "台账.xlsx", lookback=folder / "台账.xlsx")
    with pytest.raises(RectifyError, match="不是回头看清单"):
        summarize(folder / "台账.xlsx", lookback=folder / "campaign.yaml")
    write_lookback(MANY, sample_of(MANY), folder / "他处.xlsx")
    with pytest.raises(RectifyError, match="与总台账不同"):
        summarize(folder / "台账.xlsx", lookback=folder / "他处.xlsx")
    both = run("lookback", folder / "台账.xlsx", "-n", 1, "--ratio", 0.5)
    assert both.exit_code == 2


def test_nothing_is_struck_off(folder: Path) -> None:
    write_master(a_master([a_task()]), folder / "空.xlsx")
    assert run("lookback", folder / "空.xlsx").stdout == "没有已销号的任务。\n"


def test_what_came_back_is_known_also_where_the_schema_has_no_word_for_it(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text("name: 澄湖市整改\nschema: acceptance_ledger\n", "utf-8")
    book = openpyxl.Workbook()
    book.active.append(["序号", "整改任务", "整改实施主体", "整改时限", "销号状态", "验收日期", "销号日期"])
    for at in (1, 2):
        book.active.append([at, f"第{at}处清淤", "市水务局", "2026年9月底前", "已销号", date(2026, 10, 9), date(2026, 11, 9)])
    book.save(tmp_path / "市水务局.xlsx")
    made = merge(tmp_path / "市水务局.xlsx", campaign=tmp_path, as_of="2026-11-20")
    write_master(made, tmp_path / "台账.xlsx")
    master = read_master(tmp_path / "台账.xlsx", campaign=tmp_path)
    write_lookback(master, sample_of(master, count=2), tmp_path / "回头看.xlsx")
    fill(tmp_path / "回头看.xlsx", {1: (date(2026, 11, 25), "", "反弹", "又淤积")})
    result = summarize(tmp_path / "台账.xlsx", campaign=tmp_path, as_of="2026-11-28", lookback=tmp_path / "回头看.xlsx")
    assert any("任务2的状态没有改" in note.zh for note in result.notes)
    assert sample_of(result, count=1).reopened == {"T0002"}
