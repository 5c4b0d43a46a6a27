"""A minimal writer of OLE compound files ([MS-CFB] version 3), for the macro project and the encrypted workbook."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5

Tree = dict[str, "bytes | Tree"]


@dataclass
class _Entry:
    """A directory entry; sibling and child links are entry numbers."""

    name: str
    kind: int
    content: bytes = b""
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    start: int = _END
    size: int = 0


@dataclass
class _Chains:
    """Blocks of one size and the table that chains them."""

    block: int
    data: bytearray = field(default_factory=bytearray)
    table: list[int] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        """Append a stream; its first block."""
        if not content:
            return _END
        first, count = len(self.table), -(-len(content) // self.block)
        self.data += content.ljust(count * self.block, b"\0")
        self.table += [*range(first + 1, first + count), _END]
        return first


def compound_file(tree: Tree) -> bytes:
    """An OLE file with the given storages (dicts) and streams (bytes)."""
    entries = [_Entry("Root Entry", _ROOT)]
    entries[0].child = _add_children(entries, tree)
    big, mini = _Chains(_SECTOR), _Chains(_MINI)
    for entry in entries:
        if entry.kind == _STREAM:
            entry.size = len(entry.content)
            entry.start = (big if entry.size >= _CUTOFF else mini).add(entry.content)
    root = entries[0]
    root.start, root.size = big.add(bytes(mini.data)), len(mini.data)
    mini_table = struct.pack(f"<{len(mini.table)}I", *mini.table)
    mini_start = big.add(_filled(mini_table))
    directory = b"".join(map(_packed, entries))
    directory += _packed(_Entry("", 0)) * (-len(entries) % (_SECTOR // 128))
    directory_start = big.add(directory)
    return _assembled(big, directory_start, mini_start, -(-len(mini_table) // _SECTOR))


def _add_children(entries: list[_Entry], tree: Tree) -> int:
    """Append one storage's entries as a balanced tree; the number of its root."""
    numbers = []
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        content = tree[name]
        entry = _Entry(name, _STREAM, content) if isinstance(content, bytes) else _Entry(name, _STORAGE, start=0)
        numbers.append(len(entries))
        entries.append(entry)
    for number in numbers:
        content = tree[entries[number].name]
        if isinstance(content, dict):
            entries[number].child = _add_children(entries, content)
    return _balanced(entries, numbers)


def _balanced(entries: list[_Entry], numbers: list[int]) -> int:
    if not numbers:
        return _NONE
    middle = len(numbers) // 2
    entry = entries[numbers[middle]]
    entry.left = _balanced(entries, numbers[:middle])
    entry.right = _balanced(entries, numbers[middle + 1 :])
    return numbers[middle]


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    length = len(name) + 2 if entry.name else 0
    head = struct.pack("<64sHBB3I", name, length, entry.kind, 1, entry.left, entry.right, entry.child)
    return head + bytes(16 + 4 + 16) + struct.pack("<IQ", entry.start, entry.size)


def _assembled(big: _Chains, directory: int, mini: int, mini_sectors: int) -> bytes:
    used, fat_sectors = len(big.table), 1
    while fat_sectors * (_SECTOR // 4) < used + fat_sectors:
        fat_sectors += 1
    table = big.table + [_FAT] * fat_sectors
    fat = _filled(struct.pack(f"<{len(table)}I", *table))
    places = [*range(used, used + fat_sectors)]
    header = struct.pack("<8s16x5H6x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<4I", 0, fat_sectors, directory, 0)
    header += struct.pack("<5I", _CUTOFF, mini, mini_sectors, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - fat_sectors))
    return header + bytes(big.data) + fat


def _filled(table: bytes) -> bytes:
    return table + b"\xff" * (-len(table) % _SECTOR)
