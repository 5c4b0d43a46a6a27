"""Round after round: the figures of earlier masters are carried on, and a master read back keeps them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from click.testing import CliRunner

from rectify_xl import merge, summarize, write_master
from rectify_xl.campaign.settings import Campaign
from rectify_xl.cli import main
from rectify_xl.common.errors import RectifyError
from rectify_xl.ledger.reading import read_master
from tests.support.lists import write_list

if TYPE_CHECKING:
    from rectify_xl.ledger.master import Master

ROWS: list[dict[str, Any]] = [
    {"task_id": 1, "deadline": "2026年10月底前"},
    {"task_id": 2, "problem": "北桥泵站未建成", "deadline": "2026年12月10日"},
    {"task_id": 3, "problem": "南溪垃圾堆放", "deadline": "尽快完成"},
]
SEPTEMBER = ("2026-09", date(2026, 9, 21), (3, 0, 0, 0, 1))
OCTOBER = ("2026-10", date(2026, 10, 21), (3, 0, 0, 1, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return with_list(tmp_path)


def with_list(folder: Path) -> Path:
    write_list(folder / "in" / "市水务局.xlsx", ROWS, unit="市水务局")
    return folder


def brief(master: Master) -> tuple[tuple[Any, ...], ...]:
    """The rounds before, with the figures of 汇总."""
    return tuple((one.id, one.as_of, one.figures) for one in master.rounds)


def a_round(folder: Path, month: int, base: str | None, **given: Any) -> Master:
    campaign = Campaign(name="青禾市整改", round_id=f"2026-{month:02}")
    named = folder / base if base else None
    return merge([folder / "in"], campaign=campaign, as_of=date(2026, month, 21), base=named, workers=1, **given)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three rounds, one after the other."""
    folder = with_list(tmp_path_factory.mktemp("rounds"))
    write_master(a_round(folder, 9, None), folder / "9.xlsx")
    write_master(a_round(folder, 10, "9.xlsx", lang="en"), folder / "10.xlsx", lang="en")
    write_master(a_round(folder, 11, "10.xlsx"), folder / "11.xlsx")
    return folder


@pytest.fixture
def third(made: Path, tmp_path: Path) -> Path:
    """The master of November, which knows September and October."""
    return Path(shutil.copytree(made, tmp_path / "rounds")) / "11.xlsx"


def test_a_first_round_has_no_history(folder: Path) -> None:
    assert a_round(folder, 9, None).rounds == ()


def test_each_round_carries_on_the_ones_before(third: Path) -> None:
    assert brief(read_master(third)) == (SEPTEMBER, OCTOBER)
    assert brief(read_master(third.with_name("10.xlsx"))) == (SEPTEMBER,)


def test_the_same_round_again_replaces_itself(third: Path) -> None:
    again = a_round(third.parent, 11, "11.xlsx")
    assert brief(again) == (SEPTEMBER, OCTOBER)
    write_master(again, third)
    assert brief(read_master(third)) == (SEPTEMBER, OCTOBER)


def test_rounds_without_an_id_are_known_by_their_day(folder: Path) -> None:
    days = (date(2026, 9, 21), date(2026, 10, 21))
    write_master(merge([folder / "in"], as_of=days[0], workers=1), folder / "a.xlsx")
    assert merge([folder / "in"], as_of=days[0], base=folder / "a.xlsx", workers=1).rounds == ()
    (before,) = merge([folder / "in"], as_of=days[1], base=folder / "a.xlsx", workers=1).rounds
    assert (before.id, before.as_of, before.figures) == ("", days[0], (3, 0, 0, 0, 1))


def test_summarize_keeps_the_history_and_counts_this_round_anew(third: Path, tmp_path: Path) -> None:
    write_master(summarize(third, as_of=date(2026, 11, 21)), tmp_path / "same.xlsx")
    assert (tmp_path / "same.xlsx").read_bytes() == third.read_bytes()
    write_master(summarize(third, as_of=date(2026, 12, 20)), tmp_path / "later.xlsx")
    assert brief(read_master(tmp_path / "later.xlsx")) == (SEPTEMBER, OCTOBER)


def test_how_many_were_silent_in_a_past_round_is_not_counted_by_what_the_office_has_changed_since(third: Path) -> None:
    """A task struck off, added or given to another lead between the rounds was another one's when it was asked for."""
    edited(third, beside(cell_of(third, "整改中", "总台账"), 0), "已销号", "总台账")
    after = a_round(third.parent, 12, "11.xlsx")
    assert [(one.id, one.closed, one.not_reported) for one in after.rounds[1:]] == [("2026-10", 0, 3), ("2026-11", 1, 3)]


def edited(path: Path, cell: str, value: object, sheet: str = "历次") -> Path:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    return path


def without(path: Path, *sheets: str) -> Path:
    book = openpyxl.load_workbook(path)
    for sheet in sheets:
        del book[sheet]
    book.save(path)
    return path


def cell_of(path: Path, wanted: object, sheet: str = "历次") -> str:
    first = 16 if sheet == "汇总" else 1  # the table stands beside the page
    cells = (cell for row in openpyxl.load_workbook(path)[sheet].iter_rows(min_col=first) for cell in row)
    return next(str(cell.coordinate) for cell in cells if cell.value == wanted)


def beside(cell: str, shift: int) -> str:
    column, row = openpyxl.utils.cell.coordinate_from_string(cell)
    return f"{openpyxl.utils.get_column_letter(openpyxl.utils.column_index_from_string(column) + shift)}{row}"


def test_a_spoiled_past_round_is_told_with_its_place(third: Path) -> None:
    name = cell_of(third, "2026-09")
    with pytest.raises(RectifyError, match="“历次”中轮次2026-09的“已办结”不是数字（四项）"):
        read_master(edited(third, beside(name, 3), "四项"))
    edited(third, beside(name, 3), 4.0)
    assert read_master(third).rounds[0].closed == 4
    with pytest.raises(RectifyError, match="“历次”中轮次2026-09的“统计截至”不是日期（九月）"):
        read_master(edited(third, beside(name, 1), "九月"))


def test_a_master_from_before_the_sheet_has_its_rounds_on_the_overview(third: Path) -> None:
    without(third, "历次")
    assert brief(read_master(third)) == (SEPTEMBER, OCTOBER)
    name = cell_of(third, "2026-09", "汇总")
    number, day = (beside(name, shift) for shift in (3, 1))
    with pytest.raises(RectifyError, match=rf"“汇总”{number}. ?历次表中不是数字.四项"):
        read_master(edited(third, number, "四项", "汇总"))
    edited(third, number, 4.0, "汇总")
    assert read_master(third).rounds[0].closed == 4
    with pytest.raises(RectifyError, match=rf"“汇总”{day}. ?历次表中不是日期.九月"):
        read_master(edited(third, day, "九月", "汇总"))


def test_a_master_without_any_table_has_no_history(third: Path) -> None:
    without(third, "历次")
    assert read_master(edited(third, cell_of(third, "轮次", "汇总"), "期次", "汇总")).rounds == ()
    assert read_master(without(third, "汇总")).rounds == ()


def test_the_command_takes_the_last_master(third: Path) -> None:
    folder = third.parent
    result = CliRunner().invoke(
        main, ["merge", str(folder / "in"), "-o", str(folder / "n.xlsx"), "--base", str(third), "--as-of", "2026-12-21"]
    )
    assert result.exit_code in (0, 1), result.output
    assert [one.id for one in read_master(folder / "n.xlsx").rounds] == ["2026-09", "2026-10", "2026-11"]


def test_a_base_of_another_campaign_or_no_master_stops_the_merge(third: Path) -> None:
    folder = third.parent
    with pytest.raises(RectifyError, match="这是“青禾市整改”的台账"):
        merge([folder / "in"], campaign=Campaign(name="乙市整改"), base=third, workers=1)
    (folder / "notes.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(RectifyError, match="既不是总台账，也读不出任务清单"):
        merge([folder / "in"], base=folder / "notes.xlsx", workers=1)


@pytest.mark.parametrize(("name", "sheet", "words"), [
    ("9.xlsx", "变更记录", "本次为首次汇总，没有可对比的上期台账。"),
    ("10.xlsx", "Changes", "Nothing has changed yet."),
    ("11.xlsx", "变更记录", "还没有变更。"),
])  # fmt: skip
def test_the_changes_say_what_was_compared(made: Path, name: str, sheet: str, words: str) -> None:
    assert openpyxl.load_workbook(made / name)[sheet]["B2"].value.endswith(words)
