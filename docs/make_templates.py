"""Writes templates/*.xlsx, one empty workbook per schema, or checks them.

usage: python docs/make_templates.py [--check]

``--check`` writes nothing and exits 1 when a workbook is stale. Packages are compared part by part, unpacked: the same
parts may be packed into other bytes by another zlib. Parts that XlsxWriter alone decides are left aside, so that a new
version of it makes nothing stale.
"""

from __future__ import annotations

import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from rectify_xl.campaign import Campaign  # noqa: E402 - the checkout goes first
from rectify_xl.schema import load_schema  # noqa: E402
from rectify_xl.template import make_template  # noqa: E402
from rectify_xl.workbook.form import template_package  # noqa: E402

FOLDER = ROOT / "templates"
# A fixed day, so that the workbooks change when their contents do and not with the calendar.
MADE_ON = date(2026, 1, 1)
LIBRARYS_OWN = {"docProps/app.xml", "xl/theme/theme1.xml"}


def workbook(schema: str) -> bytes:
    """The empty workbook of a schema, of no campaign and no round."""
    return template_package(make_template(Campaign(schema=load_schema(schema)), made_on=MADE_ON)).close()


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a package that are ours, by name."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist() if name not in LIBRARYS_OWN}


def main() -> int:
    """Write or check; return the exit status."""
    stale = 0
    for schema in sorted((ROOT / "schemas").glob("*.yaml")):
        path, wanted = FOLDER / f"{schema.stem}.xlsx", workbook(schema.stem)
        if path.is_file() and parts(path.read_bytes()) == parts(wanted):
            continue
        if "--check" in sys.argv[1:]:
            print(f"{path.relative_to(ROOT)} is stale: run python docs/make_templates.py")
            stale = 1
        else:
            path.write_bytes(wanted)
    return stale


if __name__ == "__main__":
    sys.exit(main())
