"""LibreOffice, for the formats that only an office suite writes."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
# Ends a LibreOffice that hangs, however slow the machine; no test is about its speed.
_HANGS = 1800
# LibreOffice writes no more than 247 files for one command line, and says nothing of the others.
_AT_ONCE = 100

needs_office = pytest.mark.office


@contextmanager
def profile() -> Iterator[Path]:
    """A user profile of its own: two LibreOffices on one profile wait for each other."""
    with tempfile.TemporaryDirectory(prefix="rectify-lo-") as folder:
        yield Path(folder)


def run_office(profile_folder: Path, *words: str) -> None:
    """Run LibreOffice without a window.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    assert PROGRAM, "LibreOffice (soffice) is not installed, and RECTIFY_XL_NO_SKIP is set"
    subprocess.run(
        [PROGRAM, "--headless", f"-env:UserInstallation={profile_folder.as_uri()}", *words],
        check=True, capture_output=True, timeout=_HANGS, env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip


def convert(paths: list[Path], to: str, folder: Path) -> list[Path]:
    """Convert workbooks, e.g. to ``xls`` or ``ods``, into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with profile() as own:
        for at in range(0, len(paths), _AT_ONCE):
            run_office(own, "--convert-to", to, "--outdir", str(folder), *map(str, paths[at : at + _AT_ONCE]))
    made = [folder / f"{path.stem}.{to.partition(':')[0]}" for path in paths]
    assert [path.name for path in made if not path.exists()] == []
    return made
