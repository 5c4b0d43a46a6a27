"""Generated workbooks read by ours and by other readers: every difference has a name."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rectify_xl.intake.readers import xlsx_package, xml_stream
from tests.differential import generate, readers
from tests.differential.rules import RULES, Difference, explained, same
from tests.support.counts import count

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.differential.generate import Made
    from tests.differential.readers import Values

FORMATS: dict[str, tuple[Callable[[Path, int], Made], dict[str, Callable[[Path], Values]]]] = {
    "xlsx": (generate.xlsx, {"openpyxl": readers.by_openpyxl, "calamine": readers.by_calamine}),
    "xls": (generate.xls, {"xlrd": readers.by_xlrd, "calamine": readers.by_calamine}),
    "xlsb": (generate.xlsb, {"calamine": readers.by_calamine}),
}


def compare(folder: Path, suffix: str, seeds: range) -> tuple[Counter[str], list[str]]:
    """How often each rule explained a difference, and the differences that none explains."""
    make, others = FORMATS[suffix]
    found: Counter[str] = Counter()
    unexplained = []
    for seed in seeds:
        made = make(folder / f"a.{suffix}", seed)
        ours = readers.ours(made.path)
        for name, reader in others.items():
            theirs = reader(made.path)
            for at in sorted(ours.keys() | theirs.keys()):
                one = Difference(name, ours.get(at), theirs.get(at), merged=at in made.merged)
                if same(one.ours, one.theirs):
                    found["same"] += 1
                    continue
                rule = explained(one)
                found[rule or ""] += 1
                if rule is None:
                    unexplained.append(f"seed {seed}, {at}: {one.ours!r}, by {name} {one.theirs!r}")
    return found, unexplained


def test_every_difference_has_a_name_and_every_name_a_difference(tmp_path: Path) -> None:
    named: Counter[str] = Counter()
    for suffix in FORMATS:
        found, unexplained = compare(tmp_path, suffix, range(count(150, 4000)))
        assert not unexplained, "\n".join(unexplained[:20])
        assert found["same"] > sum(found.values()) / 3
        named += found
    assert set(RULES) <= set(named)


def test_shifted_cells_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The thinning as it was: whatever is empty and has an address goes, whatever follows.
    monkeypatch.setattr(xml_stream, "_USUAL_EMPTY_CELL", re.compile(rb'<c r="[^<>]*/>'))
    assert len(compare(tmp_path, "xlsx", range(60))[1]) > 20


def test_shifted_rows_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Rows that are taken out before are not thinned.
    monkeypatch.setattr(xlsx_package, "without_plain_rows", lambda chunks, _: chunks)
    row = rb"<row\b(?=[^<>]*\br=)(?![^<>]*hidden=)(?:[^<>]*/>|[^<>]*[^<>/]>\s*</row>)"
    monkeypatch.setattr(xml_stream, "_EMPTY_ROW", re.compile(row))
    assert len(compare(tmp_path, "xlsx", range(60))[1]) > 10
