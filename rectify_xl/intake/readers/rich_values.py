"""Rich values: which cells with an error value are pictures that Excel shows in the cell.

Newer Excel stores a value that older versions do not know as an error, with the number of its value metadata beside it; the
metadata part leads to the rich value, its structure says what it is. [MS-XLSX] 2.3.9 and 2.6.207; [MS-XLSB] 2.1.7.34 for the
metadata part of .xlsb, the parts of the rich values are XML there too.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, TypeVar

from rectify_xl.intake.readers.biff12 import records, wide_string

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from rectify_xl.intake.readers.xml_stream import Package

T = TypeVar("T")
PICTURE = "[图片]"
_IMAGES = frozenset({"_localImage", "_webimage"})
_RICH_VALUE = "XLRICHVALUE"
# BrtMdb, BrtBeginFmd, BrtBeginEsmdb (its second number: of cells or of values), BrtEndEsmdb, BrtBeginEsfmd with the name of its
# kind, and the two records of a rich value: the specification has its number in the first, Excel writes it into the second.
_BLOCK, _FUTURE_BLOCK, _BLOCKS, _BLOCKS_END, _FUTURE_BLOCKS, _RICH_VALUES = 51, 52, 337, 338, 339, (5002, 5003)


def picture_values(package: Package, parts: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The numbers (``vm`` of a cell) of the values of an .xlsx that are pictures placed in cells."""
    named = dict(parts)
    metadata = package.side_tree(named.get("sheetmetadata", "xl/metadata.xml"))
    pictures = _pictures(package, named)
    if metadata is None or not pictures:
        return frozenset()
    blocks = [
        {entry.get("i") for entry in block.iter() if entry.tag.endswith("}rvb")}
        for block in metadata.iterfind(f"{{*}}futureMetadata[@name='{_RICH_VALUE}']/{{*}}bk")
    ]
    found = set()
    for number, block in enumerate(metadata.iterfind("{*}valueMetadata/{*}bk"), 1):
        record = block.find("{*}rc")
        if record is not None and (_at(blocks, record.get("v")) or set()) & pictures:
            found.add(str(number))
    return frozenset(found)


def binary_picture_values(package: Package, parts: Iterable[tuple[str, str]]) -> frozenset[int]:
    """The numbers (of the BrtValueMeta before a cell) of the values of an .xlsb that are pictures placed in cells.

    No cell depends on the metadata: where its records are damaged the errors stay errors, and are reported.
    """
    named = dict(parts)
    part = named.get("sheetmetadata", "xl/metadata.bin")
    pictures = _pictures(package, named)
    if part not in package or not pictures:
        return frozenset()
    try:
        return frozenset(_of_records(b"".join(package.chunks(part)), pictures))
    except (ValueError, struct.error):
        return frozenset()


def _of_records(content: bytes, pictures: Collection[str]) -> Iterator[int]:
    of_rich_values = of_values = False
    blocks: list[bool] = []  # of the future metadata of rich values: whether each is a picture
    number = 0
    for kind, body in records(content):
        if kind == _FUTURE_BLOCKS:
            of_rich_values = wide_string(body, 4)[0] == _RICH_VALUE
        elif kind == _FUTURE_BLOCK and of_rich_values:
            blocks.append(False)
        elif kind in _RICH_VALUES and of_rich_values and blocks:
            blocks[-1] |= _number(body, 4) in pictures
        elif kind in (_BLOCKS, _BLOCKS_END):
            of_values = kind == _BLOCKS and _number(body, 4) == "0"
        elif kind == _BLOCK and of_values:
            number += 1
            if _at(blocks, _number(body, 8)):
                yield number


def _pictures(package: Package, named: dict[str, str]) -> set[str]:
    """The rich values that are pictures, by their place."""
    values = package.side_tree(named.get("rdrichvalue", "xl/richData/rdrichvalue.xml"))
    structures = package.side_tree(named.get("rdrichvaluestructure", "xl/richData/rdrichvaluestructure.xml"))
    if values is None or structures is None:
        return set()
    kinds = [structure.get("t") for structure in structures.iterfind("{*}s")]
    return {str(index) for index, value in enumerate(values.iterfind("{*}rv")) if (_at(kinds, value.get("s")) or "") in _IMAGES}


def _number(body: bytes, at: int) -> str | None:
    """The number at a place of a record, spelled as in XML; None where the record ends before."""
    return str(int.from_bytes(body[at : at + 4], "little")) if body[at:] else None


def _at(items: list[T], index: str | None) -> T | None:
    return items[int(index)] if index is not None and index.isdecimal() and int(index) < len(items) else None
