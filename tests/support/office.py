"""LibreOffice, for the formats that only an office suite writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

_PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
_SECONDS = 120

# Where CI promises every program, a missing one is a failure and not a skip.
needs_office = pytest.mark.skipif(
    _PROGRAM is None and not os.environ.get("RECTIFY_XL_NO_SKIP"),
    reason="LibreOffice (soffice) is not installed; it writes the .xls and .ods files of this test",
)


def convert(paths: list[Path], to: str, folder: Path) -> list[Path]:
    """Convert workbooks, e.g. to ``xls`` or ``ods``, into ``folder``."""
    assert _PROGRAM, "LibreOffice (soffice) is not installed, and RECTIFY_XL_NO_SKIP is set"
    folder.mkdir(parents=True, exist_ok=True)
    # A profile of its own: two LibreOffices on one profile wait for each other.
    with tempfile.TemporaryDirectory(prefix="rectify-lo-") as profile:
        subprocess.run(
            [
                *(_PROGRAM, "--headless", f"-env:UserInstallation={Path(profile).as_uri()}"),
                *("--convert-to", to, "--outdir", str(folder), *map(str, paths)),
            ],
            check=True,
            capture_output=True,
            timeout=_SECONDS,
        )
    return [folder / f"{path.stem}.{to.partition(':')[0]}" for path in paths]
