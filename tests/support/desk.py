"""A clerk at LibreOffice: subs of Basic for what an office does in its workbooks, and a run of them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tests.support.office import profile, run_office

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xls": "MS Excel 97", ".ods": "calc8"}
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">{}
</script:module>
"""
_SUBS = """
Function Load(url)
  Dim none()
  Load = StarDesktop.loadComponentFromURL(url, "_blank", 0, none())
End Function
Sub Store(doc, url, filter)
  Dim how(0) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName" : how(0).Value = filter
  doc.storeToURL(url, how())
End Sub
Sub Picture(doc, sheet, url, x, y)
  Dim source(0) As New com.sun.star.beans.PropertyValue
  source(0).Name = "URL" : source(0).Value = url
  shape = doc.createInstance("com.sun.star.drawing.GraphicObjectShape")
  shape.Graphic = createUnoService("com.sun.star.graphic.GraphicProvider").queryGraphic(source())
  Dim where As New com.sun.star.awt.Point, size As New com.sun.star.awt.Size
  where.X = x : where.Y = y : size.Width = 3000 : size.Height = 3000
  shape.setPosition(where) : shape.setSize(size)
  sheet.DrawPage.add(shape)
End Sub
Sub Chart(sheet, name, range)
  Dim frame As New com.sun.star.awt.Rectangle
  frame.X = 9000 : frame.Y = 1500 : frame.Width = 9000 : frame.Height = 6000
  Dim ranges(0) As New com.sun.star.table.CellRangeAddress
  ranges(0) = sheet.getCellRangeByName(range).RangeAddress
  sheet.Charts.addNewByName(name, frame, ranges(), True, True)
End Sub
Sub Comment(sheet, cell, text)
  sheet.Annotations.insertNew(sheet.getCellRangeByName(cell).CellAddress, text)
End Sub
Sub SortBy(sheet, range, field, ascending)
  Dim keys(0) As New com.sun.star.table.TableSortField
  keys(0).Field = field : keys(0).IsAscending = ascending
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields" : how(0).Value = keys()
  how(1).Name = "ContainsHeader" : how(1).Value = False
  sheet.getCellRangeByName(range).sort(how())
End Sub
Sub FilterOn(doc, sheet, column, text)
  ' in the AutoFilter that is there
  Dim filtered
  number = sheet.RangeAddress.Sheet
  unnamed = doc.getPropertyValue("UnnamedDatabaseRanges")
  If unnamed.hasByTable(number) Then
    filtered = unnamed.getByTable(number)
  Else
    For at = 0 To doc.DatabaseRanges.Count - 1
      If doc.DatabaseRanges.getByIndex(at).DataArea.Sheet = number Then filtered = doc.DatabaseRanges.getByIndex(at)
    Next
  End If
  Dim fields(0) As New com.sun.star.sheet.TableFilterField
  fields(0).Field = column : fields(0).IsNumeric = False : fields(0).StringValue = text
  fields(0).Operator = com.sun.star.sheet.FilterOperator.EQUAL
  how = filtered.getFilterDescriptor()
  how.ContainsHeader = True
  how.setFilterFields(fields())
  filtered.refresh()
End Sub
Function Offered(sheet, cell, number)
  ' the words at a place, from 0, of a cell's dropdown
  words = Split(sheet.getCellRangeByName(cell).Validation.getFormula1(), ";")
  Offered = Join(Split(words(number), Chr(34)), "")
End Function
"""


def at_the_desk(*runs: str) -> None:
    """Run pieces of Basic one after the other in one LibreOffice; each has a Sub of its own, which must not grow too long."""
    subs = [f"Sub Work{number}\n{run}\nEnd Sub\n" for number, run in enumerate(runs)]
    calls = "\n".join(f"Work{number}" for number in range(len(runs)))
    with TemporaryDirectory() as scratch:
        failed = Path(scratch, "failed.txt")
        main = f'Sub Main\nOn Error GoTo Failed\n{calls}\nExit Sub\nFailed:\nOpen "{failed}" For Output As #1\n'
        main += 'Print #1, "line " & Erl & ": " & Error$\nClose #1\nStarDesktop.terminate()\nEnd Sub\n'
        run_macro(f"{main}{''.join(subs)}{_SUBS}")
        # Without a handler an error would wait for somebody to press a key.
        assert not failed.exists(), failed.read_text("utf-8")


def run_macro(code: str) -> None:
    """Run a Basic module's Main in LibreOffice."""
    with profile() as own:
        # The first start makes the profile, with an empty module in it.
        run_office(own, "--terminate_after_init")
        module = own / "user" / "basic" / "Standard" / "Module1.xba"
        module.write_text(_MODULE.format(escape(code)), "utf-8")
        run_office(own, "macro:///Standard.Module1.Main")


def opened(path: Path, lines: Iterable[str], *saved: Path) -> str:
    """Basic that opens a workbook as ``doc``, runs lines and saves it under each of the names, in the format of its suffix."""
    stores = (f'Store(doc, "{target.resolve().as_uri()}", "{FILTERS[target.suffix]}")' for target in saved)
    return "\n".join([f'doc = Load("{path.resolve().as_uri()}")', *lines, *stores, "doc.close(True)"])


def typed(cell: str, value: str | float) -> str:
    """Basic that types into a cell of ``sheet``."""
    if isinstance(value, str):
        quoted = value.replace('"', '""')
        return f'sheet.getCellRangeByName("{cell}").setString("{quoted}")'
    return f'sheet.getCellRangeByName("{cell}").setValue({value!r})'


def type_and_save(path: Path, cells: Mapping[str, str | float], folder: Path) -> list[Path]:
    """Type into cells of a workbook's first sheet (a number is typed as one) and save it as .xlsx, .xls and .ods."""
    folder.mkdir(parents=True, exist_ok=True)
    saved = [folder / f"{path.stem}{suffix}" for suffix in FILTERS]
    lines = ["sheet = doc.Sheets.getByIndex(0)", *(typed(cell, value) for cell, value in cells.items())]
    at_the_desk(opened(path, lines, *saved))
    return saved
