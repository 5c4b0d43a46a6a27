"""The workbook as we would have left it, made while the next master is: the same workbook comes of it, or it is made later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import rectify_xl as rx
from rectify_xl.common.errors import RectifyError
from rectify_xl.workbook import office_work, write_master
from rectify_xl.workbook.office_work import Baseline, baseline_beside
from tests.keeping.office_edits import add_own_sheet, edit, work_in_ours
from tests.workbook.conftest import CAMPAIGN

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not


def with_baseline(path: Path) -> Master:
    base = rx.read_master(path, campaign=CAMPAIGN)
    assert base.saved is not None
    with baseline_beside(base.saved) as finished:
        return finished(base)


def baseline(master: Master) -> object:
    assert master.saved is not None
    return master.saved.baseline


def test_the_same_bytes_come_of_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(path, add_own_sheet, work_in_ours)
    write_master(rx.read_master(path, campaign=CAMPAIGN), path.with_name("later.xlsx"))
    master = with_baseline(path)
    assert isinstance(baseline(master), Baseline)
    monkeypatch.setattr(office_work, "baseline_of", lambda *_: pytest.fail("made once more"))
    write_master(master, path.with_name("beside.xlsx"))
    assert path.with_name("beside.xlsx").read_bytes() == path.with_name("later.xlsx").read_bytes()


def test_why_none_can_be_made_is_said_when_it_is_needed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(path, add_own_sheet)
    monkeypatch.setattr(office_work, "LARGEST_AREA", 1)
    master = with_baseline(path)
    assert baseline(master) is None
    with pytest.raises(RectifyError, match="Ctrl\\+End"):
        write_master(master, path.with_name("next.xlsx"))
    write_master(master, path.with_name("next.xlsx"), drop=True)
