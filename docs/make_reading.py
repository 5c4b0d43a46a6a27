"""Write docs/reading.md from the cells of the tests, or check it.

usage: python docs/make_reading.py [--check | --office]

``--check`` writes nothing and exits 1 when the page is stale; ``--office`` first asks LibreOffice anew what it shows.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from packages import ROOT, write_or_check

sys.path.insert(0, str(ROOT))

from rectify_xl.intake.readers.numbers import NO_DAY, date_of
from tests.support import number_formats as cells

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = ROOT / "docs" / "reading.md"
HEAD = """# What a cell shows, and what is read

<!-- Written by docs/make_reading.py from tests/support/number_formats.py. Do not edit. -->

A cell is a stored number and a number format. The clerk sees what the format makes of it, and that is read wherever it changes
the meaning: 46327 is 1 November 2026, or November 2026, or 46327. What texts then mean is in
[reading-conventions.md](reading-conventions.md), every wording of a deadline in [deadlines.md](deadlines.md).

Each row is a format, each column a stored number, each cell what is read of it. Where LibreOffice shows the same cell otherwise,
its text stands behind ⟨ ⟩ with a letter that says why. The LibreOffice is an English one; a test compares the page with it.
"""
_AGREED = 61  # 1 March 1900
_ACCOUNTANT = re.compile(r"^\((.*)\)$")
_DATE = re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d)?")


@dataclass(frozen=True)
class Cell:
    """One cell: its format and number, what is read of it, and what LibreOffice shows."""

    number: int
    code: str
    value: float
    read: str
    shown: str

    @property
    def is_stored(self) -> bool:
        """Whether the number is read as it is stored."""
        return self.read == f"{self.value:.15g}"


def _is_day(cell: Cell) -> bool:
    stored = date_of(cell.value, date1904=False)
    return bool(_DATE.fullmatch(cell.read)) and cells.text(stored).startswith(cell.read[:10])


REASONS: dict[str, tuple[Callable[[Cell], bool], str]] = {
    "a": (
        lambda cell: cell.read == NO_DAY,
        "A number below 1 under a format that shows a day is no day: Excel shows 1900-01-00, LibreOffice 30 December 1899.",
    ),
    "b": (
        lambda cell: 1 <= cell.value < _AGREED and "1900" in cell.read,
        "Excel's calendar begins with 1 = 1 January 1900, LibreOffice's a day earlier; they agree from March 1900 on.",
    ),
    "c": (
        lambda cell: bool(re.search("年|月", cell.read)),
        "A month or a year is read in Chinese and with its year, the words around it as they are.",
    ),
    "d": (_is_day, "A date is read as year, month and day, in whatever order, language or part it is shown."),
    "e": (
        lambda cell: bool(re.fullmatch(r"\d\d:\d\d(:\d\d)?", cell.read)),
        "A time is read as hours and minutes, whatever the signs around them.",
    ),
    "f": (
        lambda cell: cell.is_stored and 0 <= cell.value <= 1 and cell.shown.endswith("%"),
        "A percentage from 0 to 1 is read as the fraction that is stored; above, it keeps its sign.",
    ),
    "g": (
        lambda cell: cell.read == f"{cell.value:.15g}%",
        "A number under a % that is only written behind it keeps its decimals.",
    ),
    "h": (
        lambda cell: cell.read == _ACCOUNTANT.sub(r"-\1", cell.shown.replace(",", "").strip()),
        "Separators of thousands, brackets instead of a minus and the blank that stands for their width mean nothing.",
    ),
    "i": (
        lambda cell: cell.is_stored and bool(re.search(r"[/E]", cell.code)),
        "Fractions and powers of ten are read as the number that is stored.",
    ),
    "j": (
        lambda cell: cell.is_stored and cells.BUILT_IN.get(cell.number) == "",
        "These built-in formats depend on the language of the system; the number is read as it is stored.",
    ),
    "k": (
        lambda cell: cell.read.endswith("%") and cell.shown.endswith("%") and float(cell.read[:-1]) == float(cell.shown[:-1]),
        "The decimals that a percent format adds mean nothing.",
    ),
    "l": (lambda cell: cell.is_stored and not cell.shown, "What a format hides is still there."),
    "m": (
        lambda cell: cell.is_stored and "[>" in cell.code,
        "Under a format with a condition the number is read as it is stored.",
    ),
    "n": (
        lambda cell: cell.value < 0 and cell.is_stored and bool(cell.shown),
        "A negative number is no date: Excel shows ####, LibreOffice counts back from 1899. The number is read.",
    ),
}


def compared() -> list[list[Cell]]:
    """Every cell, row by row, as it is read now and as LibreOffice showed it when it was asked last."""
    with tempfile.TemporaryDirectory() as folder:
        read = cells.read(cells.workbook(Path(folder) / "formats.xlsx"))
    return [
        [
            Cell(number, code, float(value), cells.text(one), shown)
            for value, one, shown in zip(cells.VALUES, line, office, strict=True)
        ]
        for (number, code), line, office in zip(cells.FORMATS, read, cells.recorded(), strict=True)
    ]


def reason(cell: Cell) -> str | None:
    """The letter of what explains a difference; "" where there is none, None where nothing explains it."""
    if cell.read == cell.shown:
        return ""
    return next((letter for letter, (explains, _) in REASONS.items() if explains(cell)), None)


def _text(cell: Cell) -> str:
    letter = reason(cell)
    read = cell.read or "(blank)"
    return read if letter == "" else f"{read} ⟨{cell.shown or 'blank'}⟩{letter or '?'}"


def _row(line: list[Cell]) -> str:
    first = line[0]
    named = f"{first.number} " if first.number in cells.BUILT_IN else ""
    code = f"`{first.code}`" if first.code else ""
    return "| " + f"{named}{code}".strip() + " | " + " | ".join(map(_text, line)) + " |"


def page() -> str:
    """Return the whole page."""
    lines = compared()
    used = {reason(cell) for line in lines for cell in line}
    head = "| format | " + " | ".join(cells.VALUES) + " |\n" + "|---" * (len(cells.VALUES) + 1) + "|\n"
    parts = {
        "Built-in formats": [line for line in lines if line[0].number in cells.BUILT_IN],
        "Own formats": [line for line in lines if line[0].number not in cells.BUILT_IN],
    }
    tables = "".join(f"\n## {name}\n\n{head}" + "\n".join(map(_row, found)) + "\n" for name, found in parts.items())
    whys = "\n".join(f"* **{letter}** {why}" for letter, (_, why) in REASONS.items() if letter in used)
    return f"{HEAD}{tables}\n## Where LibreOffice shows it otherwise\n\n{whys}\n"


def main() -> int:
    """Write or check; return the exit status."""
    if "--office" in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            shown = cells.shown_by_office(cells.workbook(Path(folder) / "formats.xlsx"), Path(folder) / "shown")
        text = ",\n".join(json.dumps(line, ensure_ascii=False) for line in shown)
        cells.RECORD.write_text(f"[\n{text}\n]\n", "utf-8")
    return write_or_check({PAGE: page().encode()})


if __name__ == "__main__":
    sys.exit(main())
