"""The files are sound by the rules of Microsoft's Open XML SDK: Excel opens them without offering to repair."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from openxml_audit import FileFormat, OpenXmlValidator

from rectify_xl.ledger.records import Round
from rectify_xl.workbook import write_master, write_report
from tests.workbook.conftest import build
from tests.workbook.random_masters import random_master

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def problems(path: Path) -> list[str]:
    """What the validator says of a file, for the oldest Excel that reads .xlsx and for a recent one."""
    found = []
    for version in (FileFormat.OFFICE_2010, FileFormat.OFFICE_2019):
        result = OpenXmlValidator(file_format=version).validate(str(path))
        found += [str(error) for error in result.errors]
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_a_master_is_a_sound_package(tmp_path: Path, seed: int) -> None:
    past = (Round("2026-10", date(2026, 10, 25), 4, 1, 2, 1, 2),)
    write_master(replace(random_master(seed), rounds=past if seed == 2 else ()), tmp_path / "m.xlsx")
    assert problems(tmp_path / "m.xlsx") == []


def test_hostile_and_empty_ones_are_too(tmp_path: Path) -> None:
    rows = [{"task_id": "1", "problem": '=HYPERLINK("http://x")', "lead_unit": "a&b<c>\"d'", "remark": "甲\x00乙_x0041_"}]
    write_master(build({"水务.xlsx": rows}), tmp_path / "hostile.xlsx")
    write_master(build({}, findings=()), tmp_path / "empty.xlsx", lang="en")
    write_report(build().report, tmp_path / "report.xlsx")
    for name in ("hostile", "empty", "report"):
        assert problems(tmp_path / f"{name}.xlsx") == [], name


def test_the_validator_would_see_what_excel_repairs(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    write_master(build(), good)
    with ZipFile(good) as whole, ZipFile(bad, "w") as spoiled:
        for name in whole.namelist():
            part = whole.read(name)
            if name == "xl/worksheets/sheet2.xml":
                part = part.replace(b"<hyperlinks>", b"<hyperlink2>").replace(b"</hyperlinks>", b"</hyperlink2>")
                part = part.replace(b'<pane xSplit="', b'<pane xSplit="wide')
            spoiled.writestr(name, part)
    assert problems(bad)
