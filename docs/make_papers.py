"""Writes templates/papers/*.docx, the Word templates of bulletin, notice and card, or checks them.

usage: python docs/make_papers.py [--check]

``--check`` writes nothing and exits 1 when a template is stale. Packages are compared part by part, unpacked: the same
parts may be packed into other bytes by another zlib.
"""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from pathlib import Path

from papers.bulletin import bulletin
from papers.card import card
from papers.notice import notice

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "templates" / "papers"
PAPERS = {"通报.docx": bulletin, "督办函.docx": notice, "任务卡.docx": card}


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def main() -> int:
    """Write or check; return the exit status."""
    stale = 0
    for name, make in PAPERS.items():
        path, wanted = FOLDER / name, make()
        if path.is_file() and parts(path.read_bytes()) == parts(wanted):
            continue
        if "--check" in sys.argv[1:]:
            print(f"{path.relative_to(ROOT)} is stale: run python docs/make_papers.py")
            stale = 1
        else:
            path.write_bytes(wanted)
    return stale


if __name__ == "__main__":
    sys.exit(main())
