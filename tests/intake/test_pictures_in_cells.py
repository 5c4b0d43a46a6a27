"""Rich values: which cells with an error value are pictures that Excel shows in the cell."""

from __future__ import annotations

import io
import zipfile

import pytest

from rectify_xl.intake.readers.xlsx_aside import picture_values
from rectify_xl.intake.readers.xml_stream import Package

_RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def package_of(structures: str, *, values: str = '<rv s="0"/><rv s="1"/>') -> Package:
    parts = {
        "xl/metadata.xml": (
            f'<metadata xmlns="{_MAIN}" xmlns:x="{_RICH}"><futureMetadata name="XLRICHVALUE">'
            '<bk><extLst><ext><x:rvb i="0"/></ext></extLst></bk><bk><extLst><ext><x:rvb i="1"/></ext></extLst></bk>'
            '</futureMetadata><valueMetadata><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk></valueMetadata></metadata>'
        ),
        "xl/richData/rdrichvalue.xml": f'<rvData xmlns="{_RICH}">{values}</rvData>',
        "xl/richData/rdrichvaluestructure.xml": f'<rvStructures xmlns="{_RICH}">{structures}</rvStructures>',
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return Package(zipfile.ZipFile(stream))


@pytest.mark.parametrize(
    ("structures", "expected"),
    [
        ('<s t="_localImage"/><s t="_error"/>', {"1"}),
        ('<s t="_error"/><s t="_webimage"/>', {"2"}),
        ('<s t="_localImage"/><s t="_localImage"/>', {"1", "2"}),
        ('<s t="_error"/><s t="_error"/>', set()),
        ("", set()),
    ],
)
def test_only_rich_values_of_an_image_structure_are_pictures(structures: str, expected: set[str]) -> None:
    assert picture_values(package_of(structures), []) == expected


def test_numbers_that_point_nowhere_are_no_pictures() -> None:
    assert picture_values(package_of('<s t="_localImage"/>', values='<rv s="9"/><rv s="x"/>'), []) == frozenset()
