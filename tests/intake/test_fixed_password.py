"""Workbooks encrypted with Excel's own password open; others are refused in one sentence."""

from __future__ import annotations

import struct
from hashlib import md5, sha256
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.rc4 import DocumentRC4

from rectify_xl.intake.files import read_workbook
from tests.support.biff8 import Book, Sheet, container, record
from tests.support.biff12 import by_biff12
from tests.support.reading import column, read, slugs
from tests.support.workbooks import HEADINGS, by_openpyxl, layout, task

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

FIXED = "VelvetSweatshop"
# More than 4 KB when compressed: smaller packages are stored otherwise, which the encrypting library does not.
ROWS = [HEADINGS, *(task(number, f"排口{sha256(bytes([number])).hexdigest()}异味") for number in range(1, 120))]
PROBLEMS = [row[1] for row in ROWS[1:]]
_PLAIN = frozenset({0x0809, 0x002F})  # records that are never encrypted; of another the place where a sheet begins is not
_SHEET = 0x0085


def encrypted(path: Path, password: str) -> Path:
    """The package encrypted as Excel does it."""
    plain = path.read_bytes()
    with path.open("wb") as stream:
        OOXMLFile(BytesIO(plain)).encrypt(password, stream)
    return path


def encrypted_xls(path: Path, password: str) -> Path:
    """The list as .xls with 40-bit encryption, [MS-OFFCRYPTO] 2.3.6: every record's body but not its head."""
    cells = {(at, across): value for at, row in enumerate(ROWS[:30], 1) for across, value in enumerate(row, 1)}
    salt, verifier = bytes(range(16)), bytes(range(16, 32))
    check = DocumentRC4.decrypt(password, salt, BytesIO(verifier + md5(verifier).digest())).getvalue()  # noqa: S324 - as specified
    filepass = record(0x002F, struct.pack("<HHH", 1, 1, 1) + salt + check)
    stream = Book([Sheet(cells=cells)], first=filepass).stream()
    cipher = DocumentRC4.decrypt(password, salt, BytesIO(bytes(len(stream))), blocksize=1024).getvalue()
    made, position = bytearray(stream), 0
    while position < len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        if kind not in _PLAIN:
            for at in range(position + (8 if kind == _SHEET else 4), position + 4 + size):
                made[at] ^= cipher[at]
        position += 4 + size
    path.write_bytes(container(bytes(made)))
    return path


def test_a_workbook_that_nobody_gave_a_password(tmp_path: Path) -> None:
    path = encrypted(by_openpyxl(tmp_path / "a.xlsx", layout(ROWS)), FIXED)
    found = read(path)
    assert (found.status, slugs(found), found.format) == ("accepted", [], "xlsx")
    assert column(found.tables[0], "problem") == PROBLEMS
    assert read_workbook(path).sheets[0].value(1, 2) == "反馈问题"


def test_the_same_as_xlsb_and_as_xls(tmp_path: Path) -> None:
    for path in (
        encrypted(by_biff12(tmp_path / "a.xlsb", layout(ROWS)), FIXED), encrypted_xls(tmp_path / "a.xls", FIXED),
    ):  # fmt: skip
        found = read(path)
        assert (slugs(found), f".{found.format}") == ([], path.suffix)
        read_back = column(found.tables[0], "problem")
        assert read_back == PROBLEMS[: len(read_back)]
        assert len(read_back) == {".xls": 29, ".xlsb": 119}[path.suffix]


def test_another_password_is_refused_in_one_sentence(tmp_path: Path) -> None:
    for path in (
        encrypted(by_openpyxl(tmp_path / "a.xlsx", layout(ROWS)), "123456"), encrypted_xls(tmp_path / "a.xls", "123456"),
    ):  # fmt: skip
        assert slugs(read(path)) == ["encrypted-file"]


@pytest.mark.parametrize("at", [600, 1200, 3000, 5000])
def test_a_damaged_one_is_refused(tmp_path: Path, at: int) -> None:
    path = encrypted(by_openpyxl(tmp_path / "a.xlsx", layout(ROWS)), FIXED)
    data = path.read_bytes()
    path.write_bytes(data[:at] + bytes(200) + data[at + 200 :])
    assert {*slugs(read(path))} <= {"encrypted-file", "unreadable-file"}
    path.write_bytes(data[: len(data) - at])
    assert slugs(read(path))[0] in ("encrypted-file", "unreadable-file")
