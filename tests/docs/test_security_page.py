"""Every promise of docs/security.md names tests that are there, and its figures are the program's."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from rectify_xl.campaign import csv_table, text_files
from rectify_xl.copies import copy_writer
from rectify_xl.intake import files, reading, refusal
from rectify_xl.intake.grid import MOST_CELLS
from rectify_xl.ledger.saved_workbook import MOST_CELLS as MOST_CELLS_OF_A_MASTER
from rectify_xl.workbook import office_work
from rectify_xl.workers.process import MEMORY_BYTES

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")


def named(text: str) -> list[tuple[str, str]]:
    """The tests that a text names, as file and function; ``::name`` alone is of the file before it."""
    found, file = [], ""
    for path, function in re.findall(r"(tests/[\w/]+\.py)?(?:::(\w+))?", text):
        file = path or file
        if path or function:
            found.append((file, function))
    return found


def test_the_tests_named_exist() -> None:
    functions: dict[str, set[str]] = {}
    for file, function in named(PAGE.partition("## What is promised")[2]):
        if file not in functions:
            tree = ast.parse((ROOT / file).read_text("utf-8"))
            functions[file] = {one.name for one in tree.body if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")}
        assert function in functions[file], f"{file}::{function}"
    assert len(functions) > 10


def test_every_promise_names_a_test() -> None:
    promises = PAGE.partition("## What is promised")[2].partition("## Limits")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert rows
    assert not [row for row in rows if not named(row)]


def test_the_limits_are_those_of_the_program() -> None:
    assert f"{refusal.MOST_BYTES >> 20} MB as sent" in PAGE
    assert f"{MOST_CELLS:,} cells, {files.MOST_ROWS:,} task rows, {files.MOST_CHARACTERS:,} characters" in PAGE
    assert f"{MOST_CELLS_OF_A_MASTER:,} cells, some" in PAGE
    assert f"{office_work.LARGEST_AREA:,} cells; beyond" in PAGE
    assert f"{text_files.LARGEST_SETTINGS >> 10} KB; {text_files.LARGEST_LIST >> 20} MB and {csv_table.MOST_ROWS:,} rows" in PAGE
    assert f"memory ({MEMORY_BYTES >> 30} GiB)" in PAGE
    assert (
        f"{reading._LEAST_SECONDS:g} s of processor time and {reading._SECONDS_PER_MB:g} s more for each MB,"
        f" at most {reading._MOST_SECONDS:g} s" in PAGE
    )
    assert (
        f"{copy_writer._LEAST_SECONDS:g} s of processor time, and {copy_writer._SECONDS_PER_ROW * 1000:g} ms for each row and"
        f" {copy_writer._SECONDS_PER_REMARK * 1000:g} ms for each finding" in PAGE
    )
