"""What cells show otherwise than they hold, by hand in every format: dates as task numbers and headings, rare characters."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any

import pytest

from rectify_xl.common.unreadable import TurnedDate
from rectify_xl.schema.conversion import convert
from tests.intake.test_xls_ods import cell as ods_cell
from tests.intake.test_xls_ods import ods
from tests.intake.test_xls_ods import row as ods_row
from tests.support.biff8 import Book, Sheet, container
from tests.support.biff12 import by_biff12, number_cell, raw_sheet, record, styles_part, wide
from tests.support.reading import SCHEMA, column, read
from tests.support.workbooks import HEADINGS, layout, package, sheet_xml, task, text_cell

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("xlsx", "xls", "ods", "xlsb")
SEPTEMBER, OCTOBER, NOVEMBER, DAY = 46266, 46296, 46327, 46024  # 2026-09-01, -10-01, -11-01, 2026-01-02
MONTH, DAY_OF_MONTH = 'm"月"', 'm"月"d"日"'
ODS_DAYS = {SEPTEMBER: "2026-09-01", OCTOBER: "2026-10-01", NOVEMBER: "2026-11-01", DAY: "2026-01-02"}
ODS_STYLES = (
    '<number:date-style style:name="N1"><number:month/><number:text>月</number:text></number:date-style>'
    '<number:date-style style:name="N2"><number:month/><number:text>月</number:text><number:day/>'
    "<number:text>日</number:text></number:date-style>"
    '<style:style style:name="f1" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="f2" style:family="table-cell" style:data-style-name="N2"/>'
)
Shown = tuple[int, int]  # a day as a number, and its format: 1 or 2


def xlsx(path: Path, rows: list[list[Any]]) -> Path:
    lines = []
    for at, row in enumerate(rows, 1):
        cells = ""
        for across, value in enumerate(row):
            address = f"{'ABCDEFGHIJ'[across]}{at}"
            if isinstance(value, tuple):
                cells += f'<c r="{address}" s="{value[1]}"><v>{value[0]}</v></c>'
            elif value not in ("", None):
                # Excel writes characters beyond the basic plane whole; some programs in two escaped halves.
                cells += text_cell(address, "".join(map(halves, str(value))))
        lines.append(f'<row r="{at}">{cells}</row>')
    codes = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for at, code in enumerate((MONTH, DAY_OF_MONTH))
    )
    styles = f'<numFmts count="2">{codes}</numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    return package(path, sheet_xml("".join(lines)), styles=styles)


def halves(character: str) -> str:
    if ord(character) < 0x10000:
        return character
    high, low = struct.unpack("<HH", character.encode("utf-16-le"))
    return f"_x{high:04X}__x{low:04X}_"


def xls(path: Path, rows: list[list[Any]]) -> Path:
    sheet = Sheet()
    for at, row in enumerate(rows, 1):
        for across, value in enumerate(row, 1):
            if isinstance(value, tuple):
                sheet.cells[at, across], sheet.styles[at, across] = value
            elif value not in ("", None):
                sheet.cells[at, across] = str(value)
    path.write_bytes(container(Book([sheet], formats=[(0, None), (164, MONTH), (165, DAY_OF_MONTH)]).stream()))
    return path


def by_ods(path: Path, rows: list[list[Any]]) -> Path:
    lines = []
    for row in rows:
        cells = ""
        for value in row:
            if isinstance(value, tuple):
                day = ODS_DAYS[value[0]]
                shown = f"{int(day[5:7])}月" + (f"{int(day[8:])}日" if value[1] == 2 else "")
                cells += ods_cell(shown, f'table:style-name="f{value[1]}" office:value-type="date" office:date-value="{day}"')
            else:
                cells += ods_cell("" if value is None else str(value))
        lines.append(ods_row(cells))
    return ods(path, "".join(lines), styles=ODS_STYLES)


def xlsb(path: Path, rows: list[list[Any]]) -> Path:
    lines = []
    for at, row in enumerate(rows, 1):
        cells = b""
        for across, value in enumerate(row, 1):
            if isinstance(value, tuple):
                cells += number_cell(across, *value)
            elif value not in ("", None):
                cells += record(6, struct.pack("<II", across - 1, 0) + wide(str(value)))
        lines.append((at, cells))
    parts = {
        "xl/worksheets/sheet1.bin": raw_sheet(*lines),
        "xl/styles.bin": styles_part((0, None), (164, MONTH), (165, DAY_OF_MONTH)),
    }
    return by_biff12(path, layout([]), parts=parts, related={"rIdS": ("styles", "styles.bin")})


WRITE = {"xlsx": xlsx, "xls": xls, "ods": by_ods, "xlsb": xlsb}


@pytest.mark.parametrize("kind", FORMATS)
def test_a_task_number_that_became_a_date(tmp_path: Path, kind: str) -> None:
    rows = [[*HEADINGS], task((DAY, 2), "东河排口异味"), task("1-3", "西山矿坑未复绿")]
    found = read(WRITE[kind](tmp_path / f"a.{kind}", rows))
    numbers = [convert(SCHEMA["task_id"], value) for value in column(found.tables[0], "task_id")]
    assert numbers == [TurnedDate("1月2日"), "1-3"]


@pytest.mark.parametrize("kind", FORMATS)
def test_months_as_headings_that_are_dates(tmp_path: Path, kind: str) -> None:
    said = ["9月已清淤1处", "10月已清淤3处", "11月已清淤6处"]
    months = [(month, 1) for month in (SEPTEMBER, OCTOBER, NOVEMBER)]
    rows = [
        [*HEADINGS, "整改进展"], [*[""] * len(HEADINGS), *months],
        *([*task(at, f"第{at}处排口异味"), *said] for at in (1, 2)),
    ]  # fmt: skip
    found = read(WRITE[kind](tmp_path / f"a.{kind}", rows))
    assert column(found.tables[0], "progress") == [said[-1]] * 2
    assert found.faults == ()


@pytest.mark.parametrize("kind", FORMATS)
def test_characters_beyond_the_basic_plane(tmp_path: Path, kind: str) -> None:
    rows = [[*HEADINGS], task(1, "东河排口异味", leader="𠮷叙白 市水利局局长"), task(2, "西山矿坑未复绿👍")]
    found = read(WRITE[kind](tmp_path / f"a.{kind}", rows))
    assert column(found.tables[0], "leader")[0] == "𠮷叙白 市水利局局长"
    assert column(found.tables[0], "problem")[1] == "西山矿坑未复绿👍"
    assert found.faults == ()
