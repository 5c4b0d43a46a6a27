"""Read by a screen reader, seen without colours, printed in black and white."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring

from rectify_xl.collection.timing import WARNING_LABELS
from rectify_xl.ledger.records import Round
from rectify_xl.workbook import theme, write_master
from rectify_xl.workbook.symbols import FLAG_LOOKS, FLAG_SYMBOLS

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

NAME = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}cNvPr"
ENOUGH = 4.5  # contrast that WCAG 2 asks of small text


@pytest.fixture
def path(master: Master, tmp_path: Path) -> Path:
    past = (Round("2026-10", date(2026, 10, 25), 4, 1, 2, 1, 2),)
    write_master(replace(master, rounds=past), tmp_path / "m.xlsx")
    return tmp_path / "m.xlsx"


def test_every_chart_says_in_words_what_it_shows(path: Path) -> None:
    with ZipFile(path) as package:
        drawing = fromstring(package.read("xl/drawings/drawing1.xml"))
    words = [chart.get("descr") for chart in drawing.iter(NAME)]
    assert len(words) == 5
    assert words[0].endswith("未启动 1、整改中 2、已完成 1")
    assert words[1].endswith("逾期 1、即将到期 1、正常 2")
    assert words[2].endswith("逾期 市水务局 1")
    assert "2026-10 2、本期 1" in words[4]


def test_every_list_marks_its_headings(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets[1:]:
        assert sheet.print_title_rows == "$3:$3"
        cells = sheet.defined_names["ColumnTitle"].attr_text.rpartition("!")[2]
        assert cells.replace("$", "") == f"A3:{sheet.cell(3, sheet.max_column).coordinate}"
        assert sheet["A1"].value
    assert book.properties.title == "青禾市整改"
    assert not [sheet.title for sheet in book if len(sheet.title) > 31 or sheet.title.lower().startswith("sheet")]


def test_a_warning_is_told_by_word_and_symbol() -> None:
    assert set(FLAG_SYMBOLS) == set(FLAG_LOOKS) == set(WARNING_LABELS)
    assert len(set(FLAG_SYMBOLS.values())) == len(FLAG_SYMBOLS)
    assert all(symbol.encode("gb2312") for symbol in FLAG_SYMBOLS.values())


def test_stacked_parts_differ_without_colours(path: Path) -> None:
    with ZipFile(path) as package:
        charts = {name: package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")}
    stacked = [chart for chart in charts.values() if 'grouping val="stacked"' in chart]
    assert len(stacked) == 2
    for chart in stacked:
        assert chart.count("<a:pattFill") == 1
    plain = (luminance(theme.BAR_GREEN), luminance(theme.BAR_BLUE))
    assert abs(plain[0] - plain[1]) > 0.2
    trend = next(chart for chart in charts.values() if "<c:lineChart>" in chart)
    assert len(set(re.findall(r'<c:symbol val="(\w+)"', trend))) == 4


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_all_text_stands_out_from_its_ground() -> None:
    looks = {name: look for name, look in theme._NAMED.items() if "font_color" in look}
    assert len(looks) > 30
    for name, look in looks.items():
        ground = look.get("bg_color", theme.WHITE)
        assert contrast(look["font_color"], ground) >= ENOUGH, name
    colours = (theme.NAVY, theme.GREEN, theme.RED, theme.AMBER, theme.GREY)
    for part, colour in itertools.product(("label", "figure", "note", "last"), colours):
        look = theme.card(part, colour)
        assert contrast(look["font_color"], look["bg_color"]) >= ENOUGH, (part, colour)
    for ground in (theme.BAR_GREEN, theme.BAR_BLUE, theme.BAR_RED, theme.DATA_BAR):
        assert contrast(theme.INK, ground) >= ENOUGH, ground
