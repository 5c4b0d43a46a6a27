"""Prefixes declared below the root element of a sheet, and alternatives of markup: what Excel shows is read, once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from rectify_xl.intake.readers.xlsx_package import read_xlsx
from tests.support.reading import column, numbers, read
from tests.support.workbooks import MAIN, header_xml, package, sheet_xml, text_cell

if TYPE_CHECKING:
    from pathlib import Path

TASK = ("1", "西堰沉砂池淤满", "清淤", "何知远 副镇长", "陌镇", "2026年12月底前")
HERE, STRICT = "http://schemas.openxmlformats.org/markup-compatibility/2006", "http://purl.oclc.org/ooxml/spreadsheetml/main"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"


def row_xml(row: int, number: str) -> str:
    cells = "".join(text_cell(f"{letter}{row}", text) for letter, text in zip("ABCDEF", (number, *TASK[1:]), strict=True))
    return f'<row r="{row}">{cells}</row>'


def prefixed(xml: str, declaration: str = "") -> str:
    """Elements with a prefix, which the first of them declares."""
    return re.sub(r"<(/?)(\w)", r"<\1q:\2", xml).replace("<q:row", f"<q:row {declaration}".rstrip(), 1)


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_prefix_declared_below_the_root(tmp_path: Path, namespace: str, encoding: str) -> None:
    rows = prefixed(header_xml(), f'xmlns:q="{namespace}"') + prefixed(row_xml(2, "1"), f'xmlns:q="{namespace}"')
    sheet = sheet_xml(rows, namespace=namespace).replace('"1.0"', f'"1.0" encoding="{encoding.upper()}"')
    (table,) = read(package(tmp_path / "a.xlsx", sheet.encode(encoding), namespace=namespace)).tables
    assert (numbers(table), column(table, "problem")) == ([2], [TASK[1]])


def test_a_prefix_of_another_namespace_stays(tmp_path: Path) -> None:
    other = prefixed(row_xml(3, "2"), 'xmlns:q="urn:x"')
    body = header_xml() + prefixed(row_xml(2, "1"), f'xmlns:q="{MAIN}"') + other
    (table,) = read(package(tmp_path / "a.xlsx", sheet_xml(body))).tables
    assert column(table, "task_id") == ["1"]


@pytest.mark.parametrize(
    ("choices", "kept"),
    [
        ([("Choice", "x14", "1"), ("Fallback", "", "2")], ["1"]),
        ([("Choice", "evil", "1"), ("Fallback", "", "2")], ["2"]),
        ([("Choice", "evil", "1"), ("Choice", "x14", "2"), ("Fallback", "", "3")], ["2"]),
        ([("Choice", "x14 evil", "1")], []),
        ([("Choice", "x14", "1"), ("Choice", "x14", "2")], ["1"]),
    ],
)
def test_one_of_several_alternatives_is_read(tmp_path: Path, choices: list[tuple[str, str, str]], kept: list[str]) -> None:
    said = f'xmlns:mc="{HERE}" xmlns:x14="{X14}" xmlns:evil="urn:x"'
    branches = "".join(
        f'<mc:{kind} Requires="{requires}">{row_xml(3 + at, number)}</mc:{kind}>'
        for at, (kind, requires, number) in enumerate(choices)
    )
    body = header_xml() + row_xml(2, "9") + f"<mc:AlternateContent {said}>{branches}</mc:AlternateContent>" + row_xml(9, "10")
    (table,) = read(package(tmp_path / "a.xlsx", sheet_xml(body))).tables
    assert column(table, "task_id") == ["9", *kept, "10"]


def test_rows_of_shared_texts_and_the_texts_themselves(tmp_path: Path) -> None:
    """What is read without the parser stands in no alternative."""
    open_, choice = (
        f'<mc:AlternateContent xmlns:mc="{HERE}" xmlns:x14="{X14}"><mc:Choice Requires="x14">',
        "</mc:Choice><mc:Fallback>",
    )
    close = "</mc:Fallback></mc:AlternateContent>"
    rows = [f'<row r="{at}"><c r="A{at}" t="s"><v>{at}</v></c></row>' for at in range(1, 5)]
    items = "".join(f"<si><t>{text}</t></si>" for text in "零一二")
    strings = items + open_ + "".join(f"<si><t>{text}</t></si>" for text in "三四五") + choice + items * 2 + close
    sheet = sheet_xml(
        rows[0] + open_ + rows[1] + rows[2] + choice + rows[1].replace('"2"', '"8"').replace("A2", "A8") + close + rows[3]
    )
    (found,) = read_xlsx(package(tmp_path / "a.xlsx", sheet, strings=strings)).sheets
    assert {row: cells[1] for row, cells in found.cells.items() if cells} == {1: "一", 2: "二", 3: "三", 4: "四"}


def test_alternatives_behind_the_rows_cost_no_row(tmp_path: Path) -> None:
    controls = f'<mc:AlternateContent xmlns:mc="{HERE}"><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
    (table,) = read(package(tmp_path / "a.xlsx", sheet_xml(header_xml() + row_xml(2, "1"), after=controls))).tables
    assert numbers(table) == [2]
