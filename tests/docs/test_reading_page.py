"""docs/reading.md: what is read of a cell under each number format, beside what LibreOffice shows."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import number_formats as cells
from tests.support.office import needs_office

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(ROOT / "docs")
        yield importlib.import_module("make_reading")


def test_the_page_is_what_is_read(made: ModuleType) -> None:
    assert (ROOT / "docs" / "reading.md").read_text("utf-8") == made.page(), "run python3 docs/make_reading.py"


def test_every_built_in_format_and_forty_own_ones() -> None:
    numbers = [number for number, _ in cells.FORMATS]
    assert set(numbers) >= set(range(59))
    assert len(set(cells.OWN)) >= 40


def test_every_difference_has_a_reason_and_every_reason_a_difference(made: ModuleType) -> None:
    found = [(cell, made.reason(cell)) for line in made.compared() for cell in line]
    assert [cell for cell, reason in found if reason is None] == []
    assert {reason for _, reason in found} == {"", *made.REASONS}


@needs_office
def test_libreoffice_still_shows_what_was_recorded(tmp_path: Path) -> None:
    assert cells.shown_by_office(cells.workbook(tmp_path / "a.xlsx"), tmp_path / "shown") == cells.recorded()
