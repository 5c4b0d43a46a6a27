"""The registry of input formats: content decides, and the main process loads no reader."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from rectify_xl.intake.formats import formats, suffixes
from rectify_xl.intake.refusal import Refused
from rectify_xl.intake.sniff import sniff
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

LIBRARIES = ("xlrd", "olefile", "python_calamine", "defusedxml", "openpyxl")
VALIDATE = """
import sys
from rectify_xl import validate
report = validate([sys.argv[1]])
assert report.summary["rows"] == 1, report.files()
print(*sorted({name.partition(".")[0] if not name.startswith("rectify_xl") else name for name in sys.modules}))
"""


def test_every_format_declares_suffixes_in_lower_case() -> None:
    assert [known.name for known in formats()] == ["ods", "xls", "xlsb", "xlsx"]
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes())
    assert len(suffixes()) == sum(len(known.suffixes) for known in formats())


def test_validating_a_list_loads_no_library_that_reads_in_the_main_process(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{}])
    done = subprocess.run([sys.executable, "-c", VALIDATE, str(path)], capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert "rectify_xl.intake.formats.xlsx" in loaded
    assert [name for name in loaded if name.startswith(LIBRARIES)] == []


def test_a_name_decides_nothing(tmp_path: Path) -> None:
    path = write_list(tmp_path / "a.xlsx", [{}])
    assert sniff(path.rename(tmp_path / "a.xls")).name == "xlsx"


@pytest.mark.parametrize("name", ["mimetype", "MimeType"])
def test_an_opendocument_package_says_what_it_is(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr(name, "application/vnd.oasis.opendocument.spreadsheet")
    assert sniff(tmp_path / "a.ods").name == "ods"
    with zipfile.ZipFile(tmp_path / "b.ods", "w") as archive:
        archive.writestr(name, "application/vnd.oasis.opendocument.text")
    with pytest.raises(Refused) as refused:
        sniff(tmp_path / "b.ods")
    assert refused.value.slug == "disguised-file"
