"""Every promise of docs/security.md names tests that are there, and its figures are the program's."""

from __future__ import annotations

import re
from pathlib import Path

from rectify_xl.copies import copy_writer
from rectify_xl.intake import files, reading, refusal
from rectify_xl.intake.grid import MOST_CELLS
from rectify_xl.workers.process import MEMORY_BYTES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")


def test_the_tests_named_exist() -> None:
    named = set(re.findall(r"tests/[\w/]+\.py", PAGE))
    assert len(named) > 10
    assert not [name for name in named if not (ROOT / name).is_file()]


def test_every_promise_names_a_test() -> None:
    promises = PAGE.partition("## What is promised")[2].partition("## Limits")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert rows
    assert not [row for row in rows if "tests/" not in row]


def test_the_limits_are_those_of_the_program() -> None:
    assert f"{refusal.MOST_BYTES >> 20} MB as sent" in PAGE
    assert f"{MOST_CELLS:,} cells, {files.MOST_ROWS:,} task rows, {files.MOST_CHARACTERS:,} characters" in PAGE
    assert f"memory ({MEMORY_BYTES >> 30} GiB)" in PAGE
    assert (
        f"{reading._LEAST_SECONDS:g} s of processor time and {reading._SECONDS_PER_MB:g} s more for each MB,"
        f" at most {reading._MOST_SECONDS:g} s" in PAGE
    )
    assert (
        f"{copy_writer._LEAST_SECONDS:g} s of processor time, and {copy_writer._SECONDS_PER_ROW * 1000:g} ms for each row and"
        f" {copy_writer._SECONDS_PER_REMARK * 1000:g} ms for each finding" in PAGE
    )
