"""A master that somebody saved as .xls or .ods, or wrote anew: it is known again, and taken for no list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

import rectify_xl as rx
from rectify_xl.intake.readers.xls_records import read_xls
from rectify_xl.ledger.sheets.registry import master_sheets
from rectify_xl.provenance.stamp import CAMPAIGN, KIND, MASTER, SHEETS_OF_MASTER
from tests.support.lists import write_list
from tests.support.office import convert, needs_office

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = needs_office


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list, and the master made of it in other formats."""
    folder = tmp_path_factory.mktemp("formats")
    write_list(folder / "报送" / "a.xlsx", [{}], unit="市水务局")
    master = rx.merge(folder / "报送", campaign=rx.Campaign(name="青禾市整改"), as_of="2026-11-21")
    master.to_excel(folder / "总台账.xlsx")
    for kind in ("xls", "ods"):
        convert([folder / "总台账.xlsx"], kind, folder)
    return folder


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_it_is_skipped_among_lists_and_is_no_base(folder: Path, kind: str) -> None:
    master = folder / f"总台账.{kind}"
    report = rx.validate([folder / "报送", master], as_of="2026-11-21")
    assert [(one.path, one.status, one.reason) for one in report.submissions if one.path == master.name] == [
        (master.name, "skipped", "own-output")
    ]
    with pytest.raises(rx.RectifyError, match=r"另存为 \.xlsx"):
        rx.merge(folder / "报送", base=master, as_of="2026-11-22")
    with pytest.raises(rx.RectifyError, match=r"另存为 \.xlsx"):
        rx.dispatch(master, folder / "下发", as_of="2026-11-22")


def test_the_marks_of_an_xls_are_read_in_their_own_letters(folder: Path) -> None:
    properties = read_xls(folder / "总台账.xls").properties
    assert (properties[KIND], properties[CAMPAIGN]) == (MASTER, "青禾市整改")


def test_a_master_that_another_program_has_written_anew_is_known_by_its_sheets(folder: Path) -> None:
    assert set(SHEETS_OF_MASTER[1:]) <= {sheet.name for sheet in master_sheets()}
    written = openpyxl.Workbook()
    for sheet in openpyxl.load_workbook(folder / "总台账.xlsx"):
        copy = written.create_sheet(sheet.title)
        for row in sheet.iter_rows(values_only=True):
            copy.append(row)
    del written["Sheet"]
    written.save(folder / "重写.xlsx")
    report = rx.validate([folder / "报送", folder / "重写.xlsx"], as_of="2026-11-21")
    assert [(one.path, one.reason) for one in report.submissions if one.status == "skipped"] == [("重写.xlsx", "own-output")]
    with pytest.raises(rx.RectifyError, match="台账标记已经丢失"):
        rx.merge(folder / "报送", base=folder / "重写.xlsx", as_of="2026-11-22")
    del written["变更记录"]
    written.save(folder / "改作清单.xlsx")
    (own,) = rx.validate([folder / "改作清单.xlsx"], as_of="2026-11-21").submissions
    assert own.status == "accepted"
