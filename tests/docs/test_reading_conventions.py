"""Every line of the tables in docs/reading-conventions.md is how the cell is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rectify_xl import parse_deadline, parse_leaders, parse_units
from rectify_xl.schema.conversion import convert, shown
from rectify_xl.schema.loading import load_schema

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "reading-conventions.md").read_text("utf-8")
SCHEMA = load_schema()


def lines_under(*heads: str) -> list[list[str]]:
    """The lines of all tables with these headings."""
    found: list[list[str]] = []
    inside = False
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if tuple(cells) == heads:
            inside = True
        elif not cells:
            inside = False
        elif inside and set(cells) != {"---"}:
            found.append(cells)
    return found


DEADLINES = lines_under("written", "anchor", "due", "also", "kinds")
UNITS = lines_under("written", "lead", "cooperating", "no role")
LEADERS = lines_under("written", "leaders")
VALUES = lines_under("column", "written", "read")


@pytest.mark.parametrize("line", DEADLINES, ids=lambda line: line[0])
def test_deadlines(line: list[str]) -> None:
    written, anchor, due, also, kinds = line
    read = parse_deadline(written, anchor=date.fromisoformat(anchor))
    assert " ".join(map(str, read.due)) == due
    assert " ".join(map(str, read.alternatives)) == also
    assert set(read.kinds) == set(kinds.split())


@pytest.mark.parametrize("line", UNITS, ids=lambda line: line[0])
def test_units(line: list[str]) -> None:
    read = parse_units(line[0])
    assert [" ".join(names) for names in (read.lead, read.cooperating, read.responsible)] == line[1:]


@pytest.mark.parametrize("line", LEADERS, ids=lambda line: line[0])
def test_leaders(line: list[str]) -> None:
    read = parse_leaders(line[0])
    assert "; ".join(f"{leader.name or '–'} ({' '.join(leader.titles)})" for leader in read) == line[1]


@pytest.mark.parametrize("line", VALUES, ids="-".join)
def test_values(line: list[str]) -> None:
    key, written, read = line
    raw = float(written) if written.replace(".", "").isdecimal() else written
    assert shown(convert(SCHEMA[key], raw)) == read


def test_every_convention_has_a_number_of_its_own() -> None:
    numbers = [int(part.partition(".")[0]) for part in PAGE.split("\n**")[1:] if part[0].isdecimal()]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(DEADLINES) + len(UNITS) + len(LEADERS) + len(VALUES) > 50
