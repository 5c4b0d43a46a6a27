"""Workbooks from a seed: every kind of cell and format, and every omission that the standard allows."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any

from rectify_xl.common.addresses import a1
from rectify_xl.common.unreadable import CellError
from tests.support.biff8 import Book, Sheet
from tests.support.biff12 import raw_sheet, record, wide
from tests.support.workbooks import MAIN, package

if TYPE_CHECKING:
    from pathlib import Path

# By style: number and code of the format.
FORMATS: list[tuple[int, str | None]] = [
    (0, None), (1, None), (2, None), (4, None), (9, None), (10, None), (14, None), (17, None), (20, None), (22, None), (27, None),
    (31, None), (49, None), (57, None), (164, 'yyyy"年"m"月"d"日"'), (165, 'yyyy"年"m"月"'), (166, "yyyy-mm-dd hh:mm:ss"),
    (167, '0"%"'), (168, '"ST-"000'), (169, "0.00"), (170, "[红色]0.0;[蓝色]-0.0"), (171, "h:mm"),
]  # fmt: skip
NUMBERS = (
    "0", "1", "-3", "3.5", "1.1", "0.8", "1.2", "80", "46357", "46357.5", "46327.35434027", "0.5", "0.99999", "59", "60", "61",
    "1E2", "1.0", "110101199003071234", "0.1", "2958465", "99999999", "-46357",
)  # fmt: skip
TEXTS = (
    "整改",
    "东河排口异味 ",
    " 已完成",
    "甲\n乙",
    "a&amp;b",
    "_x0041_",
    "甲_x000D_乙",
    "007",
    "是",
    "",
    "  ",
    "⺠政局",
    "1-2",
)
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "workbook": "sheet.main", "worksheets/sheet1": "worksheet", "styles": "styles", "sharedStrings": "sharedStrings",
}  # fmt: skip
ERRORS = ("#REF!", "#N/A", "#DIV/0!")


@dataclass
class Made:
    """A workbook and what it is made of: the kind of each cell by its place."""

    path: Path
    kinds: dict[tuple[int, int], str] = field(default_factory=dict)
    styled: bool = True
    merged: frozenset[tuple[int, int]] = frozenset()  # covered by a merge and not its first cell


def xlsx(path: Path, seed: int) -> Made:
    """An .xlsx package of one sheet."""
    random = Random(seed)  # noqa: S311 - no secret
    made = Made(path, styled=random.random() > 0.1)
    strings: list[str] = []
    body, row = "", 0
    for _ in range(random.randint(1, 8)):
        step = random.choice((1, 1, 1, 2, 5))
        row += step
        cells = _cells(random, row, made, strings)
        told = step > 1 or random.random() < 0.6
        hidden = random.choice(("", "", ' hidden="1"'))
        body += (f'<row r="{row}"' if told else "<row") + f"{hidden}>{cells}</row>"
    after = random.choice(("", '<mergeCells count="1"><mergeCell ref="B2:C3"/></mergeCells>'))
    made.merged = frozenset({(2, 3), (3, 2), (3, 3)}) if after else frozenset()
    dimension = random.choice(("", '<dimension ref="A1"/>', '<dimension ref="A1:Z99"/>'))
    sheet = f'<worksheet xmlns="{MAIN}">{dimension}<sheetData>{body}</sheetData>{after}</worksheet>'
    codes = "".join(f'<numFmt numFmtId="{at}" formatCode="{_quoted(code)}"/>' for at, code in FORMATS if code is not None)
    styles = f'<numFmts count="{codes.count("/>")}">{codes}</numFmts><fonts count="1"><font/></fonts><fills count="1">'
    styles += '<fill><patternFill patternType="none"/></fill></fills>'
    styles += '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs>'
    styles += "".join(f'<xf numFmtId="{at}" xfId="0" applyNumberFormat="1"/>' for at, _ in FORMATS) + "</cellXfs>"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    for part, kind in _PARTS.items():
        types += f'<Override PartName="/xl/{part}.xml" ContentType="{_KIND}.{kind}+xml"/>'
    types += "</Types>"
    package(
        path, sheet, strings="".join(strings), styles=styles if made.styled else None, parts={"[Content_Types].xml": types},
        book='<workbookPr date1904="1"/>' if random.random() < 0.1 else "",
    )  # fmt: skip
    return made


def _quoted(code: str) -> str:
    return code.replace('"', "&quot;")


def _cells(random: Random, row: int, made: Made, strings: list[str]) -> str:
    made_cells, column = "", 0
    for _ in range(random.randint(0, 7)):
        step = random.choice((1, 1, 1, 2, 4))
        column += step
        told = f' r="{a1(row, column)}"' if step > 1 or random.random() < 0.5 else ""
        style = random.choice(("", f' s="{random.randrange(len(FORMATS))}"')) if made.styled else ""
        kind, text = random.choice(_KINDS)(random, strings)
        made.kinds[row, column] = kind
        made_cells += f"<c{told}{style}{text}"
    return made_cells


def _space(random: Random) -> str:
    return random.choice(("", ' xml:space="preserve"'))


def _empty(random: Random, _: list[str]) -> tuple[str, str]:
    return "empty", random.choice(("/>", "></c>"))


def _number(random: Random, _: list[str]) -> tuple[str, str]:
    return "number", random.choice(("", ' t="n"')) + f"><v>{random.choice(NUMBERS)}</v></c>"


def _shared(random: Random, strings: list[str]) -> tuple[str, str]:
    strings.append(f"<si>{_text(random)}</si>")
    return "text", f' t="s"><v>{len(strings) - 1}</v></c>'


def _inline(random: Random, _: list[str]) -> tuple[str, str]:
    return "text", f' t="inlineStr"><is>{_text(random)}</is></c>'


def _text(random: Random) -> str:
    first, second = random.choice(TEXTS), random.choice(TEXTS)
    plain = f"<t{_space(random)}>{first}</t>"
    rich = f"<r><t{_space(random)}>{first}</t></r><r><rPr><b/></rPr><t{_space(random)}>{second}</t></r>"
    spoken = f'{plain}<rPh sb="0" eb="1"><t>zhenggai</t></rPh><phoneticPr fontId="0"/>'
    return random.choice((plain, plain, rich, spoken))


def _formula(random: Random, _: list[str]) -> tuple[str, str]:
    number, text = random.choice(NUMBERS), random.choice(TEXTS)
    return random.choice((
        ("formula", f"><f>B9+1</f><v>{number}</v></c>"), ("formula", "><f>B9+1</f></c>"), ("formula", "><f>B9+1</f><v/></c>"),
        ("text", f' t="str"><f>B9</f><v{_space(random)}>{text}</v></c>'), ("formula", ' t="str"><f>B9</f></c>'),
        ("formula", ' t="str"><f>B9</f><v></v></c>'), ("formula", ' t="b"><f>A1=1</f><v>1</v></c>'),
        ("formula", f' t="e"><f>1/0</f><v>{random.choice(ERRORS)}</v></c>'),
    ))  # fmt: skip


def _other(random: Random, _: list[str]) -> tuple[str, str]:
    return random.choice((
        ("truth", ' t="b"><v>1</v></c>'), ("truth", ' t="b"><v>0</v></c>'),
        ("error", f' t="e"><v>{random.choice(ERRORS)}</v></c>'),
        ("iso date", ' t="d"><v>2026-12-01</v></c>'), ("iso date", ' t="d"><v>2026-12-01T08:30:00</v></c>'),
        ("twice", ' t="inlineStr"><v>甲</v><is><t>乙</t></is></c>'),
    ))  # fmt: skip


_KINDS = (_empty, _empty, _number, _number, _number, _shared, _inline, _formula, _other)


def _plain(random: Random) -> Any:
    number = float(random.choice(NUMBERS))
    packed = int(number) if number.is_integer() and abs(number) < 1 << 29 else number
    return random.choice((packed, number, random.choice(TEXTS[:9]), random.random() < 0.5, CellError(random.choice(ERRORS))))


def _places(random: Random, last: int) -> dict[tuple[int, int], Any]:
    return {(random.randint(1, last), random.randint(1, 9)): _plain(random) for _ in range(random.randint(1, 40))}


def xls(path: Path, seed: int) -> Made:
    """A stream of BIFF8 records in an OLE container."""
    from tests.support.biff8 import container

    random = Random(seed)  # noqa: S311
    cells = _places(random, random.choice((9, 40, 3000)))
    styles = {at: random.randrange(len(FORMATS)) for at in cells if random.random() < 0.6}
    book = Book([Sheet("Sheet1", cells, styles)], FORMATS, date1904=random.random() < 0.1)
    path.write_bytes(container(book.stream()))
    return Made(path, dict.fromkeys(cells, "xls"))


def xlsb(path: Path, seed: int) -> Made:
    """An .xlsb package without styles, which python-calamine reads as it finds them."""
    from tests.support.biff12 import by_biff12
    from tests.support.workbooks import layout

    random = Random(seed)  # noqa: S311
    cells = _places(random, random.choice((9, 40, 3000)))
    rows: dict[int, bytes] = {}
    for (row, column), value in sorted(cells.items(), key=lambda one: one[0]):
        rows[row] = rows.get(row, b"") + _binary(column, value)
    by_biff12(path, layout([]), parts={"xl/worksheets/sheet1.bin": raw_sheet(*rows.items())})
    return Made(path, dict.fromkeys(cells, "xlsb"))


def _binary(column: int, value: Any) -> bytes:
    import struct

    head = struct.pack("<II", column - 1, 0)
    if isinstance(value, CellError):
        return record(3, head + bytes([{"#REF!": 23, "#N/A": 42, "#DIV/0!": 7}[value.code]]))
    if isinstance(value, bool):
        return record(4, head + bytes([value]))
    if isinstance(value, int):
        return record(2, head + struct.pack("<I", (value << 2 | 2) & 0xFFFFFFFF))
    if isinstance(value, float):
        return record(5, head + struct.pack("<d", value))
    return record(6, head + wide(value))
