"""What a file says of itself is a claim: it steers neither where a copy goes nor whether a list is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty

from rectify_xl.copies import annotate, fix
from rectify_xl.intake.document_properties import RETURNED_TO, read_marks
from rectify_xl.ledger.sheets.ledger import NAME as LEDGER
from rectify_xl.provenance.remarks import ASKED, RETURNED
from rectify_xl.provenance.stamp import CAMPAIGN, KIND, MASTER, NOTICE, REPORT, ROUND, SHEETS_OF, TEMPLATE, UNIT
from rectify_xl.workflow.validate import validate
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.validation.report import Report


UNITS = ("市水务局", "市住建局", "市教育局")


def claim(path: Path, **claims: str) -> None:
    book: Any = openpyxl.load_workbook(path)
    for name, value in claims.items():
        book.custom_doc_props.append(StringProperty(name=name.replace("__", "."), value=value))
    book.save(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, unit in enumerate(UNITS):
        rows = [{"task_id": number + 1, "problem": f"{unit}的排口没有截污", "deadline": "尽快", "lead_unit": unit}]
        write_list(tmp_path / "in" / f"{unit}.xlsx", rows, unit=unit)
    return tmp_path


def judge(folder: Path) -> Report:
    return validate([folder / "in"], workers=1)


def properties(path: Path) -> dict[str, str]:
    return dict(read_marks(path.read_bytes()).properties)


@pytest.mark.parametrize("key", [RETURNED_TO, RETURNED_TO.upper(), UNIT, RETURNED, "rectify_xl.anything"])
def test_a_copy_goes_where_the_check_says(folder: Path, key: str) -> None:
    for unit in UNITS:
        claim(folder / "in" / f"{unit}.xlsx", **{key.replace(".", "__"): "市住建局", "own": "kept"})
    for copy in annotate(judge(folder), [folder / "in"], folder / "out"):
        unit = copy.path.stem
        found = properties(copy.path)
        assert (found[RETURNED_TO], found["own"]) == (unit, "kept")
        assert [name for name in found if name.casefold().startswith("rectify_xl.")] == [RETURNED, ASKED, RETURNED_TO]


@pytest.mark.parametrize("key", [RETURNED_TO, RETURNED])
def test_corrected_copies_claim_nothing(folder: Path, key: str) -> None:
    claim(folder / "in" / "市水务局.xlsx", **{key.replace(".", "__"): "市住建局"})
    result = fix(judge(folder), [folder / "in"], folder / "fixed")
    assert len(result.copies) == len(UNITS)
    assert not any(name.startswith("rectify_xl") for copy in result.copies for name in properties(copy.path))
    clean = folder / "in" / "市教育局.xlsx"
    assert (folder / "fixed" / "市教育局.xlsx").read_bytes() == clean.read_bytes()


@pytest.mark.parametrize("kind", [MASTER, REPORT, NOTICE])
def test_a_list_that_claims_to_be_ours_is_read_all_the_same(folder: Path, kind: str) -> None:
    claim(folder / "in" / "市水务局.xlsx", **{KIND.replace(".", "__"): kind})
    report = judge(folder)
    assert [one.status for one in report.submissions] == ["accepted"] * len(UNITS)
    assert report.summary["rows"] == len(UNITS)


def test_a_template_s_stamp_stays_but_for_a_unit_that_the_list_contradicts(folder: Path) -> None:
    for unit in UNITS:
        claim(
            folder / "in" / f"{unit}.xlsx",
            **{KIND.replace(".", "__"): TEMPLATE, ROUND.replace(".", "__"): "2026-10", UNIT.replace(".", "__"): "市住建局"},
        )
    annotate(judge(folder), [folder / "in"], folder / "out")
    for unit in UNITS:
        found = properties(folder / "out" / f"{unit}.xlsx")
        assert (found[KIND], found[ROUND], found[RETURNED_TO]) == (TEMPLATE, "2026-10", unit)
        assert found.get(UNIT) == (unit if unit == "市住建局" else None)
        assert CAMPAIGN not in found


def test_hidden_tasks_are_reported_whatever_their_sheet_is_called(folder: Path) -> None:
    path = folder / "in" / "市水务局.xlsx"
    claim(path, **{KIND.replace(".", "__"): TEMPLATE})
    book: Any = openpyxl.load_workbook(path)
    hidden = book.copy_worksheet(book.worksheets[0])
    hidden.title, hidden.sheet_state = "下拉选项", "hidden"
    book.save(path)
    assert [one.sheet for one in judge(folder).findings if one.slug == "hidden-sheet"] == ["下拉选项"]


def test_the_sheets_by_which_our_workbooks_are_known_are_theirs() -> None:
    assert SHEETS_OF[MASTER][0] == LEDGER
