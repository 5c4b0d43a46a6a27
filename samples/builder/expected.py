"""``expected.csv``: every finding a right validator reports on the built folder."""

from __future__ import annotations

import csv
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, order=True)
class Expected:
    """One finding. ``cell`` is the A1 address in the unit's own file, empty where a file or unit is meant."""

    file: str
    sheet: str
    cell: str
    slug: str
    note: str


def write_expected(path: Path, findings: Iterable[Expected]) -> None:
    """Write the findings in file order, as UTF-8 with a header."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(field.name for field in fields(Expected))
        writer.writerows(astuple(finding) for finding in sorted(findings))
