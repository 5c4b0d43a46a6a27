from __future__ import annotations

from datetime import date, datetime, time, timezone
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook

from rectify_xl.common.unreadable import CellError, Rounded, Uncached
from rectify_xl.workbook.cells import CUT_MARK, MAX_UNITS, clean, looks_like_formula, typed, utf16_length
from tests.support.counts import count


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("整改", "整改"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("甲\x0b乙\x00", "甲␋乙␀"),
        ("\x7f", "␡"),
        ("\ud800\ufffe", "��"),
        ("制表\t符", "制表\t符"),
        ("_x0041_", "_x0041_"),
        ("_x005F_x0041_", "_x005F\uff3fx0041_"),
        ("<r><t>粗</t></r>", "\uff1cr><t>粗</t></r>"),
        ("<r>开头", "<r>开头"),
        ("=1+1", "=1+1"),
    ],
)
def test_what_a_cell_cannot_hold_is_replaced_visibly(raw: str, written: str) -> None:
    assert clean(raw) == written


@pytest.mark.parametrize("character", ["长", "𠮷"])
def test_a_text_over_excels_limit_is_cut_with_a_mark(character: str) -> None:
    text = clean(character * 40_000)
    assert text.endswith(CUT_MARK)
    assert MAX_UNITS - 1 <= utf16_length(text) <= MAX_UNITS
    assert clean(text) == text


def test_a_text_of_exactly_the_limit_is_whole() -> None:
    assert clean("长" * MAX_UNITS) == "长" * MAX_UNITS
    assert clean("x" * 20_000) == "x" * 20_000


@settings(max_examples=count(50, 3000), deadline=None)
@given(
    st.lists(
        st.text(max_size=12) | st.from_regex(r"\A(<r>.*</r>|(_x00[0-9A-F]{2}){1,3}_|[=+@-].{0,5})\Z"), min_size=1, max_size=8
    )
)
def test_every_text_reads_back_as_it_was_cleaned(texts: list[str]) -> None:
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    paper = book.add_worksheet()
    for row, text in enumerate(texts):
        paper.write_string(row, 0, clean(text) or "空")
    book.close()
    # Not with openpyxl: it drops every x005F_ from a text.
    rows = CalamineWorkbook.from_filelike(BytesIO(buffer.getvalue())).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[0] for row in rows] == [clean(text) or "空" for text in texts]
    assert all(clean(clean(text)) == clean(text) for text in texts)


@pytest.mark.parametrize(
    ("value", "content", "look"),
    [
        (None, None, "text"),
        (5, 5, "number"),
        (0.25, 0.25, "number"),
        (float("nan"), "nan", "text"),
        (float("inf"), "inf", "text"),
        (10**17, str(10**17), "text"),
        (True, "TRUE", "text"),
        (date(2026, 1, 1), 46023, "date"),
        (datetime(2026, 1, 1), 46023, "date"),  # noqa: DTZ001 - cells have no zone
        (datetime(2026, 1, 1, 12), 46023.5, "moment"),  # noqa: DTZ001
        (datetime(2026, 1, 1, 12, tzinfo=timezone.utc), "2026-01-01 12:00:00+00:00", "text"),  # noqa: UP017
        (date(1899, 5, 1), "1899-05-01", "text"),
        (datetime(1899, 5, 1, 3), "1899-05-01 03:00:00", "text"),  # noqa: DTZ001
        (time(8, 30), "08:30:00", "text"),
        (Decimal("1.5"), "1.5", "text"),
        (CellError("#REF!"), "#REF!", "text"),
        (Uncached("A1+B1"), "=A1+B1", "text"),
        (Rounded("411100199001011234"), "411100199001011234", "text"),
    ],
)
def test_values_keep_their_type_where_excel_has_it(value: Any, content: Any, look: str) -> None:
    assert typed(value) == (content, look)


def test_beginnings_of_formulas_are_known() -> None:
    assert all(map(looks_like_formula, ("=A", "+1", "-1", "@x")))
    assert not any(map(looks_like_formula, ("", "a=b", "1-2")))
