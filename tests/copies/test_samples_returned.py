"""Every sample and real file gets its copy: nothing raises, nothing is lost, nothing of ours is found again."""

from __future__ import annotations

import zipfile
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.common.addresses import a1
from rectify_xl.common.resources import resource
from rectify_xl.copies import annotate, fix
from rectify_xl.intake.readers.ods_package import read_ods
from rectify_xl.intake.readers.xlsx_package import read_xlsx
from rectify_xl.provenance.remarks import SHEET
from rectify_xl.workflow.validate import validate
from tests.copies.books import parts
from tests.support.office import convert, needs_office

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Sheet
    from rectify_xl.validation.report import Report

pytestmark = pytest.mark.no_cover  # it reaches nothing that the others do not


SAMPLES = resource("samples", "city")
SHARED = Path(__file__).resolve().parents[3] / "shared"
DAY = date(2026, 11, 21)


def campaigns() -> list[Any]:
    real = sorted(path for path in (SHARED / "real").glob("*") if path.is_dir())
    return [pytest.param(SAMPLES, id="samples"), *(pytest.param(path, id=path.name) for path in real)]


def said(report: Report) -> Counter[tuple[Any, ...]]:
    """What is said of each accepted file, wherever it lies now and in whatever format."""
    accepted = {one.path for one in report.submissions if one.status == "accepted"}
    return Counter(
        (one.slug, Path(one.file).stem, one.sheet, one.cell, one.value)
        for one in report.findings
        if one.file in accepted and one.file is not None
    )


@pytest.mark.parametrize("folder", campaigns())
def test_copies_hold_all_parts_and_are_judged_as_the_originals(folder: Path, tmp_path: Path) -> None:
    campaign = load_campaign(folder)
    given = folder / "submissions"
    report = validate([given], campaign=campaign, as_of=DAY)
    copies = annotate(report, [given], tmp_path / "out")
    assert len(copies) == report.summary["files"]
    rejected = {one.path for one in report.submissions if one.status == "rejected"}
    for copy in copies:
        after = parts(copy.path)
        assert openpyxl.load_workbook(copy.path).sheetnames[0] == SHEET["zh"]
        original = given / copy.file
        if copy.file not in rejected and not copy.notes and zipfile.is_zipfile(original):
            before = parts(original)
            assert set(before) <= set(after)
            untouched = {name for name in before if not name.endswith((".xml", ".rels", ".vml")) or "theme" in name}
            assert {name for name in untouched if before[name] != after[name]} == set()
    again = validate([tmp_path / "out"], campaign=campaign, as_of=DAY)
    assert said(again) == said(report)
    assert {one.reason for one in again.submissions if one.status == "skipped"} <= {"own-output"}


def test_samples_that_are_corrected_are_free_of_what_was_corrected(tmp_path: Path) -> None:
    campaign = load_campaign(SAMPLES)
    report = validate([SAMPLES / "submissions"], campaign=campaign, as_of=DAY)
    result = fix(report, [SAMPLES / "submissions"], tmp_path / "out", unsafe=True)
    assert {rule for change in result.changes for rule in change.rules} == {
        "alias-unit-name", "former-unit-name", "control-characters", "untrimmed-text", "text-date", "yearless-deadline",
    }  # fmt: skip
    again = validate([tmp_path / "out"], campaign=campaign, as_of=DAY)
    assert not [one for one in again.findings if one.fix]
    gone = {(Path(one.file).stem, one.sheet, one.cell, rule) for one in result.changes for rule in one.rules}
    left = {(Path(str(one.file)).stem, one.sheet, one.cell, one.slug) for one in again.findings}
    kept = {(Path(str(one.file)).stem, one.sheet, one.cell, one.slug) for one in report.findings} - gone
    assert left >= {one for one in kept if one[2]}
    assert fix(again, [tmp_path / "out"], tmp_path / "twice", unsafe=True).changes == ()


@needs_office
def test_sample_copies_open_in_libreoffice_with_the_same_contents(tmp_path: Path) -> None:
    report = validate([SAMPLES / "submissions"], campaign=load_campaign(SAMPLES), as_of=DAY)
    copies = [copy.path for copy in annotate(report, [SAMPLES / "submissions"], tmp_path / "out")]
    books = [path for path in copies if path.suffix == ".xlsx"]
    for copy, opened in zip(books, convert(books, "ods", tmp_path / "opened"), strict=True):
        before, after = read_xlsx(copy), read_ods(opened)
        assert [texts(sheet) for sheet in after.sheets] == [texts(sheet) for sheet in before.sheets], copy.name


def texts(sheet: Sheet) -> tuple[str, dict[str, str]]:
    """A sheet's texts by cell, in characters that OpenDocument can hold."""
    held = {
        a1(row, column): "".join(one for one in value if one.isprintable() or one == "\n")
        for row, cells in sheet.cells.items()
        for column, value in cells.items()
        if isinstance(value, str)
    }
    return sheet.name, {at: text for at, text in held.items() if text}
