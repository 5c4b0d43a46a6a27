"""The shorter loop writes what the stock worksheet writes."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from xlsxwriter import Workbook

from rectify_xl.workbook.paper import Paper


def parts(worksheet_class: Any) -> dict[str, bytes]:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": __import__("datetime").datetime(2026, 11, 21)})
    paper = book.add_worksheet("表", worksheet_class)
    look = book.add_format({"border": 1})
    put = paper.put_text if worksheet_class is Paper else paper.write_string
    if worksheet_class is Paper:
        paper.reserve(0, 2, 0)
        paper.reserve(0, 2, 702)
    for row in range(3):
        for column in (0, 25, 26, 701, 702):
            put(row, column, f"<第{row}行> & “{column}”", look)
    paper.write_string(4, 0, "没有格式")
    paper.write_number(4, 1, 0.5, look)
    paper.write_blank(4, 2, None, look)
    paper.write_url(5, 0, "internal:'表'!A1", look, "回到开头")
    book.close()
    with ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_every_part_is_the_same_but_for_the_optional_spans() -> None:
    stock = {name: re.sub(rb' spans="[0-9:]+"', b"", part) for name, part in parts(None).items()}
    assert parts(Paper) == stock
