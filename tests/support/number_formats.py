"""Cells of every number format: what we read of each, and what LibreOffice shows of it (recorded in tests/data)."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

from rectify_xl.common.addresses import a1
from rectify_xl.intake.readers.xlsx_package import read_xlsx
from tests.support.office import convert
from tests.support.workbooks import package, sheet_xml

RECORD = Path(__file__).resolve().parents[1] / "data" / "number_formats_office.json"
VALUES = ("0", "1", "1.1", "1.2", "-3.5", "80", "0.5", "46327", "46357.5")
# ECMA-376 part 1, 18.8.30; those without a code here are shown as the language of the system has them.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "", 6: "", 7: "", 8: "", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "m/d/yyyy h:mm", **dict.fromkeys(range(23, 27), ""), 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"',
    29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00", **dict.fromkeys(range(41, 45), ""), 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
OWN = (
    'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"', 'yyyy"年"m"月";@', '[$-804]yyyy"年"m"月"', "yyyy-mm", "yyyy/m", "mmm-yy", "mmm yyyy",
    'yyyy"年"', "yyyy", 'yyyy"年"m"月底前"', '"截至"yyyy"年"m"月"', 'yyyy"年"m"月1日"', "yyyy-mm-dd", "yyyy/m/d", "yyyy.mm.dd",
    "yyyy-mm-dd hh:mm", "yyyy-mm-dd hh:mm:ss", 'm"月"d"日"', 'm"月"', "dddd", "hh:mm", "[h]:mm", '"ST-"000', "000", "0.00", "0.0",
    "0.000", '0"项"', '0"%"', "0\\%", "0.0%", "0;-0;;@", "[Red]0.0;[Blue]-0.0", "#,##0.0", "¥#,##0.00", '"第"0"项"', "# ?/?",
    "0.00E+00", "[>100]0.0;General", "@", ";;;",
)  # fmt: skip
FORMATS: list[tuple[int, str]] = [*BUILT_IN.items(), *((164 + at, code) for at, code in enumerate(OWN))]
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
)
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {"workbook": "sheet.main", "worksheets/sheet1": "worksheet", "styles": "styles"}


def workbook(path: Path) -> Path:
    """A row per format, a column per value; built-in formats by their number alone."""
    body = "".join(
        f'<row r="{row}">' + "".join(
            f'<c r="{a1(row, at)}" s="{row - 1}"><v>{value}</v></c>' for at, value in enumerate(VALUES, 1)
        ) + "</row>"
        for row in range(1, len(FORMATS) + 1)
    )  # fmt: skip
    own = "".join(f'<numFmt numFmtId="{at}" formatCode="{escape(code)}"/>' for at, code in FORMATS if at not in BUILT_IN)
    styles = f'<numFmts count="{len(OWN)}">{own}</numFmts><fonts count="1"><font><sz val="10"/></font></fonts><fills count="1">'
    styles += '<fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
    styles += '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs>'
    styles += "".join(f'<xf numFmtId="{at}" xfId="0" applyNumberFormat="1"/>' for at, _ in FORMATS) + "</cellXfs>"
    types = _TYPES + "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in _PARTS.items()
    )
    return package(path, sheet_xml(body), styles=styles, parts={"[Content_Types].xml": f"{types}</Types>"})


def read(path: Path) -> list[list[Any]]:
    """What we read of each cell of such a workbook."""
    (sheet,) = read_xlsx(path).sheets
    return [[sheet.value(row, at) for at in range(1, len(VALUES) + 1)] for row in range(1, len(FORMATS) + 1)]


def text(value: Any) -> str:
    """A value in the words of the table."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def shown_by_office(path: Path, folder: Path) -> list[list[str]]:
    """What LibreOffice shows of each cell."""
    (shown,) = convert([path], "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true", folder)
    with shown.open(encoding="utf-8", newline="") as stream:
        return [row + [""] * (len(VALUES) - len(row)) for row in csv.reader(stream)]


def recorded() -> list[list[str]]:
    """What LibreOffice showed when it was asked last."""
    found: list[list[str]] = json.loads(RECORD.read_text("utf-8"))
    return found
