"""Generated pages and packages (.xlsx, .docx) that are committed: written, or checked, packages part by part."""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).resolve().parents[1]


def write_or_check(wanted: Mapping[Path, bytes], *, aside: frozenset[str] = frozenset()) -> int:
    """Write the files that are stale, or with ``--check`` name them and return 1.

    Packages are compared unpacked: the same parts may be packed into other bytes by another zlib. Parts ``aside`` are not
    compared.
    """
    stale = 0
    for path, content in wanted.items():
        if path.is_file() and _is_same(path.read_bytes(), content, aside):
            continue
        if "--check" in sys.argv[1:]:
            print(f"{path.relative_to(ROOT)} is stale: run python docs/{Path(sys.argv[0]).name}")
            stale = 1
        else:
            path.write_bytes(content)
    return stale


def _is_same(old: bytes, new: bytes, aside: frozenset[str]) -> bool:
    return old == new or (zipfile.is_zipfile(BytesIO(new)) and _parts(old, aside) == _parts(new, aside))


def _parts(content: bytes, aside: frozenset[str]) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist() if name not in aside}
