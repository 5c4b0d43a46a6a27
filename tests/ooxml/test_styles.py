from __future__ import annotations

import re

from rectify_xl.ooxml.styles import Look, Styles
from tests.support.workbooks import MAIN

_SHEET = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="170" formatCode="0.00"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.6"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="170" fontId="0" fillId="2" borderId="0" xfId="0" quotePrefix="1" applyProtection="1">'
    '<alignment horizontal="right" shrinkToFit="1"/><protection locked="0"/></xf>'
    '<xf numFmtId="14" fontId="0" borderId="0" xfId="0"/></cellXfs><dxfs count="0"/></styleSheet>'
).encode()


def test_a_fill_changes_nothing_else() -> None:
    styles = Styles(_SHEET, font="宋体")
    filled = styles.filled(1, "FBD4D1")
    assert styles.colour(filled) == "FBD4D1"
    assert (
        b'<xf numFmtId="170" fontId="0" fillId="3" borderId="0" xfId="0" quotePrefix="1" applyProtection="1" applyFill="1">'
        b'<alignment horizontal="right" shrinkToFit="1"/><protection locked="0"/></xf>'
    ) in styles.join()
    assert styles.join().replace(b"\n", b"").startswith(_SHEET[: _SHEET.index(b"<fills")])


def test_taking_a_fill_back_gives_the_very_style_it_was() -> None:
    styles = Styles(_SHEET, font="宋体")
    for style in range(3):
        before = styles.fill(style)
        filled = styles.filled(style, "FFE7B3")
        assert styles.with_fill(filled, before) == style


def test_the_same_look_is_made_once() -> None:
    styles = Styles(_SHEET, font="宋体")
    assert styles.filled(0, "D9E8F9") == styles.filled(0, "D9E8F9") != styles.filled(1, "D9E8F9")
    assert styles.look(Look()) == styles.look(Look()) != styles.look(Look(bold=True, underline=True))
    again = Styles(styles.join(), font="宋体")
    assert again.filled(0, "D9E8F9") == styles.filled(0, "D9E8F9")
    assert again.join() == styles.join()


def test_styles_are_found_by_their_colour() -> None:
    styles = Styles(_SHEET, font="宋体")
    filled = styles.filled(2, "FFE7B3")
    assert styles.in_colours(["FFE7B3", "FBD4D1"]) == {filled: "FFE7B3"}
    assert styles.colour(1) == styles.colour(0) == ""
    assert styles.fill(0) == b""
    assert b'theme="4"' in styles.fill(1)


def test_dates_get_a_date_format_and_are_no_quoted_texts() -> None:
    styles = Styles(_SHEET, font="宋体")
    dated = styles.dated(1)
    assert dated == styles.dated(1)
    written = styles.join()
    assert b'<numFmt numFmtId="171" formatCode="yyyy-mm-dd"/>' in written
    assert b'<xf numFmtId="171" fontId="0" fillId="2" borderId="0" xfId="0" applyProtection="1" applyNumberFormat="1">' in written


def test_remarks_are_wrapped_words_in_their_neighbour_s_looks() -> None:
    styles = Styles(_SHEET, font="宋体")
    worded = styles.for_remarks(1)
    assert worded == styles.for_remarks(1)
    assert (
        b'<xf numFmtId="49" fontId="0" fillId="2" borderId="0" xfId="0" quotePrefix="1" applyProtection="1" '
        b'applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left" wrapText="1"/><protection locked="0"/></xf>'
    ) in styles.join()
    styles.for_remarks(0)
    assert b'<alignment horizontal="left" wrapText="1"/></xf>' in styles.join()


def test_a_stylesheet_that_lacks_everything_is_completed() -> None:
    styles = Styles(f'<x:styleSheet xmlns:x="{MAIN}"/>'.encode(), font="宋体")
    filled = styles.filled(7, "FBD4D1")
    written = styles.join().decode()
    assert styles.colour(filled) == "FBD4D1"
    assert re.findall(r"<x:(\w+) count=\"(\d)\"", written) == [
        ("fonts", "1"), ("fills", "3"), ("borders", "1"), ("cellStyleXfs", "1"), ("cellXfs", "2"),
    ]  # fmt: skip
    assert styles.fill(filled).startswith(b"<fill><patternFill")
    assert styles.with_fill(filled, b"") == 0


def test_every_prefix_is_that_of_the_part() -> None:
    styles = Styles(_SHEET.replace(b"<", b"<x:").replace(b"<x:/", b"</x:").replace(b"xmlns=", b"xmlns:x="), font="宋体")
    kept = styles.fill(1)
    assert kept == b'<fill><patternFill patternType="solid"><fgColor theme="4" tint="0.6"/></patternFill></fill>'
    assert styles.with_fill(styles.filled(1, "FBD4D1"), kept) == 1
    styles.look(Look(date=True, fill="FFFFFF"))
    assert not re.search(rb"</?(?!x:)\w", styles.join())
