"""Rules and dropdowns that Excel keeps apart because they refer to other sheets, and bars of data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from rectify_xl.workbook import NotKeptError, write_master
from tests.keeping.office_edits import GREEN, again
from tests.support.workbooks import patch
from tests.workbook.conftest import AS_OF

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # it reaches nothing that the others do not
_LEDGER = "xl/worksheets/sheet2.xml"
_SPACES = (
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    ' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
)
_CHECK = (
    '<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>按单位!$A$4:$A$5</xm:f>'
    "</x14:formula1><xm:sqref>C4:C5</xm:sqref></x14:dataValidation></x14:dataValidations>"
)
_RULE = (
    '<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression" priority="99" id="{A}">'
    f'<xm:f>LEN(按单位!$A$4)&gt;1</xm:f><x14:dxf><fill><patternFill><bgColor rgb="{GREEN}"/></patternFill></fill></x14:dxf>'
    "</x14:cfRule><xm:sqref>C4:C5</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings>"
)
_ICONS = _RULE.replace('type="expression"', 'type="iconSet"')
_LINES = "<x14:sparklineGroups><x14:sparklineGroup/></x14:sparklineGroups>"


def extended(path: Path, content: str) -> Path:
    """The ledger with something more in its list of extensions, as Excel writes it."""
    entry = f'<ext uri="{{B}}" {_SPACES}>{content}</ext>'.encode()

    def change(part: bytes) -> bytes:
        has_list = b"</extLst></worksheet>" in part
        end, made = (b"</extLst></worksheet>", entry) if has_list else (b"</worksheet>", b"<extLst>" + entry + b"</extLst>")
        return part.replace(end, made + end)

    return patch(path, {_LEDGER: change})


def ledger(path: Path) -> Any:
    write_master(again(path, AS_OF), path)
    return openpyxl.load_workbook(path)["总台账"]


def test_a_dropdown_from_another_sheet_stays(path: Path) -> None:
    extended(path, _CHECK)
    for _ in range(2):
        checks = {check.formula1: str(check.sqref) for check in ledger(path).data_validations.dataValidation}
        assert checks["按单位!$A$4:$A$5"] == "C4:C5"


def test_a_rule_about_another_sheet_stays_with_its_looks(path: Path) -> None:
    extended(path, _RULE)
    for _ in range(2):
        rules = [(str(section.sqref), rule) for section in ledger(path).conditional_formatting for rule in section.rules]
        found = [(area, rule) for area, rule in rules if rule.formula and "按单位" in rule.formula[0]]
        assert [(area, rule.dxf.fill.bgColor.rgb) for area, rule in found] == [("C4:C5", GREEN)]


def test_bars_of_data_stay_though_their_finer_looks_do_not(path: Path) -> None:
    bar = (
        '<conditionalFormatting sqref="A4:A5"><cfRule type="dataBar" priority="98"><dataBar><cfvo type="min"/><cfvo type="max"/>'
        f'<color rgb="{GREEN}"/></dataBar><extLst><ext uri="{{C}}" {_SPACES}><x14:id>{{D}}</x14:id></ext></extLst></cfRule>'
        "</conditionalFormatting>"
    )
    patch(path, {_LEDGER: lambda part: part.replace(b"<conditionalFormatting", bar.encode() + b"<conditionalFormatting", 1)})
    assert any(
        str(section.sqref) == "A4:A5" and rule.type == "dataBar" and rule.dataBar.color.rgb == GREEN
        for section in ledger(path).conditional_formatting
        for rule in section.rules
    )


@pytest.mark.parametrize(("content", "name"), [(_LINES, "迷你图"), (_ICONS, "自定义的图标集")])
def test_what_has_no_plain_form_is_named_before_anything_is_written(path: Path, content: str, name: str) -> None:
    before = extended(path, content).read_bytes()
    with pytest.raises(NotKeptError, match=name):
        ledger(path)
    assert path.read_bytes() == before


def test_ranges_that_may_be_edited_stay(path: Path) -> None:
    ranges = b'</sheetData><protectedRanges><protectedRange sqref="C4:C5" name="A"/></protectedRanges>'
    patch(path, {_LEDGER: lambda part: part.replace(b"</sheetData>", ranges)})
    ledger(path)
    patch(path, {_LEDGER: lambda part: part if b'<protectedRange sqref="C4:C5" name="A"/>' in part else pytest.fail("lost")})
