"""The masters of the workbook's tests, written before the office works in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.workbook.conftest import make_master, master, written, written_once

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["make_master", "master", "written", "written_once"]


@pytest.fixture
def path(written: Path) -> Path:
    return written
