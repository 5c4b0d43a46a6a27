"""Rich values: which cells with an error value are pictures that Excel shows in the cell."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING

import pytest

from rectify_xl.common.unreadable import CellError
from rectify_xl.intake.readers.rich_values import binary_picture_values, picture_values
from rectify_xl.intake.readers.xml_stream import Package
from tests.support.biff12 import by_biff12, metadata_part, number_cell, raw_sheet, record, rich_cell, wide
from tests.support.reading import column, read
from tests.support.workbooks import layout

if TYPE_CHECKING:
    from pathlib import Path

_RICH = "http://schemas.microsoft.com/office/spreadsheetml/2017/richdata"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def rich_parts(structures: str, values: str = '<rv s="0"/><rv s="1"/>') -> dict[str, str]:
    return {
        "xl/richData/rdrichvalue.xml": f'<rvData xmlns="{_RICH}">{values}</rvData>',
        "xl/richData/rdrichvaluestructure.xml": f'<rvStructures xmlns="{_RICH}">{structures}</rvStructures>',
    }


def package_of(structures: str, *, values: str = '<rv s="0"/><rv s="1"/>', metadata: bytes | None = None) -> Package:
    parts: dict[str, str | bytes] = {
        "xl/metadata.xml": (
            f'<metadata xmlns="{_MAIN}" xmlns:x="{_RICH}"><futureMetadata name="XLRICHVALUE">'
            '<bk><extLst><ext><x:rvb i="0"/></ext></extLst></bk><bk><extLst><ext><x:rvb i="1"/></ext></extLst></bk>'
            '</futureMetadata><valueMetadata><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk></valueMetadata></metadata>'
        ),
    } | rich_parts(structures, values)
    if metadata is not None:
        parts["xl/metadata.bin"] = metadata
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


def test_ill_formed_rich_values_are_no_pictures_and_refuse_nothing() -> None:
    assert picture_values(package_of("<s"), []) == frozenset()


# .xlsb: the metadata as records, the rich values as XML ---------------------------------------------------------------

IMAGES = '<s t="_error"/><s t="_localImage"/>'


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        (metadata_part(0, 1), {2}),
        (metadata_part(1, 1, 0), {1, 2}),
        (metadata_part(1, kind="XLDAPR"), set()),
        (metadata_part(1, of_cells=True), set()),
        (metadata_part(1, first=7), set()),
        (metadata_part(9), set()),
        (record(51, struct.pack("<3I", 1, 1, 0)) + record(5003, struct.pack("<II", 0, 1)), set()),
        (metadata_part(1)[:-5], set()),
        (record(337, b"\x01"), set()),
    ],
)
def test_rich_values_of_the_binary_metadata(metadata: bytes, expected: set[int]) -> None:
    assert binary_picture_values(package_of(IMAGES, metadata=metadata), []) == expected


def test_the_number_may_stand_in_the_record_that_the_specification_names() -> None:
    written = metadata_part(1).replace(record(5002, bytes(4)), record(5002, struct.pack("<II", 0, 1))).replace(
        record(5003, struct.pack("<II", 0, 1)), record(5003))  # fmt: skip
    assert binary_picture_values(package_of(IMAGES, metadata=written), []) == {1}


def test_without_metadata_or_pictures_there_is_none() -> None:
    assert binary_picture_values(package_of(IMAGES), []) == frozenset()
    assert binary_picture_values(package_of('<s t="_error"/>', metadata=metadata_part(0)), []) == frozenset()


def test_a_picture_in_a_cell_of_a_binary_list(tmp_path: Path) -> None:
    def words(column: int, text: str) -> bytes:
        return record(6, struct.pack("<II", column - 1, 0) + wide(text))

    headings = words(1, "序号") + words(2, "存在问题") + words(3, "佐证材料")
    problem = words(2, "柳湾泵站围墙破损")
    rows = [(row, number_cell(1, row - 1) + problem + rich_cell(3, vm)) for row, vm in ((2, 1), (3, 2), (4, 9))]
    rows.append((5, number_cell(1, 4) + problem + record(50, struct.pack("<I", 1)) + record(1, bytes(8)) + rich_cell(3, 2)))
    parts = {"xl/worksheets/sheet1.bin": raw_sheet((1, headings), *rows), "xl/metadata.bin": metadata_part(1, 0)}
    parts |= {name: content.encode() for name, content in rich_parts(IMAGES).items()}
    related = {"rIdM": ("sheetMetadata", "metadata.bin")}
    (table,) = read(by_biff12(tmp_path / "a.xlsb", layout([["甲"]]), parts=parts, related=related)).tables
    error = CellError("#VALUE!")
    assert column(table, "evidence") == ["[图片]", error, error, error]
