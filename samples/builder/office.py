"""LibreOffice: .xlsx -> .xls, .ods; and the same bytes from every run."""

from __future__ import annotations

import re
import struct
import subprocess
import tempfile
from pathlib import Path

from builder.package import SAVED, fix_dates, pack, read_parts

FILTERS = {".xls": "xls:MS Excel 97", ".et": "xls:MS Excel 97", ".ods": "ods:calc8"}
_EPOCH_1601 = 11_644_473_600


def convert(data: bytes, suffix: str) -> bytes:
    """The workbook ``data`` (.xlsx) as .xls, .et (the same container and records as .xls) or .ods."""
    target = FILTERS[suffix]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "book.xlsx")
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)  # noqa: S603 - fixed arguments
        result = source.with_suffix("." + target.split(":")[0]).read_bytes()
    return _fixed_ods(result) if suffix == ".ods" else _fixed_xls(result)


def _fixed_ods(data: bytes) -> bytes:
    parts = read_parts(data)
    fix_dates(parts)
    parts["meta.xml"] = re.sub(rb"<meta:editing-duration>[^<]*", b"<meta:editing-duration>PT0S", parts["meta.xml"])
    return pack(parts)


def _fixed_xls(data: bytes) -> bytes:
    """Overwrite the times in the directory entries and the property sets, which are plain FILETIME values."""
    ticks = struct.pack("<Q", (int(SAVED.timestamp()) + _EPOCH_1601) * 10_000_000)
    return re.sub(rb"(\x40\x00\x00\x00).{6}[\xdc-\xde]\x01", lambda found: found[1] + ticks, data, flags=re.DOTALL)
