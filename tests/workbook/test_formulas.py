"""汇总 counts by formulas over 总台账; LibreOffice gets the same figures, and the office's edits and filters count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl import load_campaign, merge
from rectify_xl.campaign.settings import Campaign
from rectify_xl.common.resources import resource
from rectify_xl.ledger.master import Master
from rectify_xl.ledger.records import Round
from rectify_xl.ledger.sheets.registry import Summary
from rectify_xl.schema.loading import load_schema
from rectify_xl.workbook import write_master
from rectify_xl.workbook.formulas import LedgerFormulas, _text
from tests.support.calc import recalculated
from tests.support.counts import count
from tests.support.office import needs_office
from tests.workbook.conftest import build
from tests.workbook.random_masters import random_master

if TYPE_CHECKING:
    from pathlib import Path

PAST = (Round("2026-09", date(2026, 9, 25), 40, 3, 9, 4, 2), Round("2026-10", date(2026, 10, 25), 41, 6, 8, 1, 2))


def cached(path: Path) -> dict[tuple[int, int, int], float]:
    """Every formula's value as the file holds it."""
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return {
        (at, cell.row, cell.column): values.worksheets[at].cell(cell.row, cell.column).value
        for at, sheet in enumerate(formulas)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def sample_round() -> Master:
    folder = resource("samples", "city")
    return merge([folder / "submissions"], campaign=load_campaign(folder), as_of=date(2026, 11, 21))


@needs_office
def test_libreoffice_gets_what_every_viewer_is_shown(tmp_path: Path) -> None:
    masters = {f"seed{seed}": replace(random_master(seed), lang="en" if seed == 3 else "zh") for seed in range(1, count(4, 7))}
    masters["seed2"] = replace(masters["seed2"], rounds=PAST)
    masters |= {"empty": empty(), "samples": sample_round()}
    for name, master in masters.items():
        write_master(master, tmp_path / f"{name}.xlsx")
    edited = tmp_path / "edited.xlsx"
    figures, filtered = edit(edited)
    *found, changed = recalculated([*(tmp_path / f"{name}.xlsx" for name in masters), edited], {edited: 6})
    for name, counted in zip(masters, found, strict=True):
        shown = cached(tmp_path / f"{name}.xlsx")
        assert len(shown) > 90, name
        assert counted == pytest.approx(shown, abs=1e-9), name
    # What the office edits counts, and so does what it filters out: the third task, which is finished.
    assert [changed[0, *place] for place in figures] == [4, 2, 0, 1, 0]
    assert [changed[0, *place] for place in filtered] == [3, 1, 0, 1, 0]


def edit(path: Path) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """A master in which the office closed a task by hand; where its figures stand, of all tasks and of the filtered."""
    write_master(build(), path)
    book = openpyxl.load_workbook(path)
    ledger = book["总台账"]
    at = {cell.value: cell.column for cell in ledger[3]}
    ledger.cell(4, at["整改状态"]).value = "已销号"
    ledger.cell(4, at["预警"]).value = "逾期完成"
    book.save(path)
    home = book["汇总"]
    figures, filtered = ([(cell.row, cell.column) for cell in home[row] if cell.data_type == "f"] for row in (5, 7))
    return figures, filtered


def test_figures_are_formulas_with_their_values(master: Master, tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    write_master(master, path)
    figures = [cell.value for cell in openpyxl.load_workbook(path, data_only=True)["汇总"][5] if cell.value is not None]
    assert figures == [count for _, count in Summary(master).overview().figures]
    formulas = [cell.value for cell in openpyxl.load_workbook(path)["汇总"][5] if cell.value is not None]
    assert all(formula.startswith(("=COUNT", "=SUMPRODUCT(COUNT")) for formula in formulas)


def test_words_are_never_wildcards() -> None:
    assert _text('已*完?成~"') == '"已~*完~?成~~"""'


def test_a_schema_without_statuses_has_none_to_count() -> None:
    schema = load_schema("task_list")
    bare = replace(schema, fields=tuple(known for known in schema.fields if known.key != "status"))
    summary = Summary(replace(empty(), campaign=Campaign(schema=bare)))
    formulas = LedgerFormulas(summary.by_key()["ledger"], summary.context)
    day: Any = date(2026, 11, 1)
    assert formulas.status_at is None
    assert {formulas.closed(), formulas.shown_closed(), formulas.due_closed(day, None)} == {"0"}


def empty() -> Master:
    return Master(Campaign(), date(2026, 11, 21))
