"""Importing the readers is cheap: no library, and no pattern is compiled before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rectify_xl.language.han_pattern import HanPattern

READERS = ["rectify_xl.language", *(f"rectify_xl.language.{name}" for name in ("deadline", "units", "leaders", "text"))]
LIBRARIES = ("pandas", "numpy", "yaml", "openpyxl", "xlsxwriter", "click", "opencc", "chinese_calendar", "csv", "difflib")
_PROBE = """
import re, sys
compiled, compile_ = [], re.compile
re.compile = lambda source, flags=0: (compiled.append(source), compile_(source, flags))[1]
import {module}
print([name for name in {libraries!r} if name in sys.modules], [source for source in compiled if not source.isascii()])
"""


@pytest.mark.parametrize("module", READERS)
def test_importing_a_reader_loads_no_library_and_compiles_no_pattern(module: str) -> None:
    code = _PROBE.format(module=module, libraries=LIBRARIES)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[] []"


def test_a_pattern_is_compiled_by_its_first_call() -> None:
    pattern = HanPattern(r"(?P<place>[\u4e00-\u9fff]+)县")
    found = pattern.fullmatch("雾川县")
    assert found
    assert found["place"] == "雾川"
    assert pattern.search("kreis") is None
    assert pattern.sub("市", "在雾川县") == "市"


def test_a_pattern_has_the_methods_of_one_and_no_others() -> None:
    with pytest.raises(AttributeError, match="groups"):
        _ = HanPattern("x").groups  # type: ignore[attr-defined]
