"""Records of .xlsb parts and the values in them. Layouts: [MS-XLSB] 2.1.4, 2.4 and 2.5."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from rectify_xl.common.visible import whole_characters

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_STRING = 0xFFFFFFFF
_RICH, _RUN = 1, 4


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The (type, body) records of a part; type and size are little-endian base-128 numbers.

    Raises:
        ValueError: the part ends within a record.
    """
    position = 0
    while position < len(content):
        kind, position = _base128(content, position, 2)
        size, position = _base128(content, position, 4)
        if position + size > len(content):
            raise ValueError("the part ends within a record")
        yield kind, content[position : position + size]
        position += size


def _base128(content: bytes, position: int, longest: int) -> tuple[int, int]:
    value = 0
    for step in range(longest):
        if position >= len(content):
            raise ValueError("the part ends within a record")
        byte = content[position]
        position += 1
        value |= (byte & 0x7F) << (7 * step)
        if byte & 0x80 == 0:
            break
    return value, position


def wide_string(body: bytes, position: int) -> tuple[str, int]:
    """A length-prefixed text, and where it ends.

    Raises:
        ValueError, struct.error: the record is too short.
    """
    (length,) = struct.unpack_from("<I", body, position)
    if length == _NO_STRING:
        return "", position + 4
    end = position + 4 + 2 * length
    if end > len(body):
        raise ValueError("a text ends beyond its record")
    return whole_characters(body[position + 4 : end].decode("utf-16-le", "surrogatepass")), end


def rich_string(body: bytes, position: int, struck_fonts: frozenset[int]) -> tuple[str, tuple[str, str] | None]:
    """A text with its runs: the whole, and, where part of it is struck out, what is not and what is.

    Raises:
        ValueError, struct.error: the record is too short.
    """
    text, end = wide_string(body, position + 1)
    if not body[position] & _RICH:
        return text, None
    (count,) = struct.unpack_from("<I", body, end)
    runs = [struct.unpack_from("<HH", body, end + 4 + _RUN * number) for number in range(count)]
    if not any(font in struck_fonts for _, font in runs):
        return text, None
    kept: list[str] = [text[: runs[0][0]]]
    struck: list[str] = []
    for (start, font), (stop, _) in zip(runs, [*runs[1:], (len(text), 0)], strict=True):
        (struck if font in struck_fonts else kept).append(text[start:stop])
    return text, ("".join(kept), "".join(struck))


def packed_number(packed: int) -> float:
    """An RK number: 30 bits of an integer or of a double, with a flag that it is to be divided by 100."""
    if packed & 2:
        value = float((packed ^ 0x80000000) - 0x80000000 >> 2)
    else:
        value = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return value / 100 if packed & 1 else value
