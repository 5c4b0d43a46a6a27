"""Chinese lists mix full-width and half-width punctuation; which of the two a clerk typed changes nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from rectify_xl.campaign.settings import load_campaign
from rectify_xl.collection.assembly import make_collection
from rectify_xl.common.resources import resource
from rectify_xl.intake import files
from rectify_xl.intake.discover import collect
from rectify_xl.intake.files import read_file
from rectify_xl.intake.sniff import sniff
from rectify_xl.tasks import joined
from rectify_xl.validation.engine import run_rules

if TYPE_CHECKING:
    from rectify_xl.intake.grid import Workbook

pytestmark = pytest.mark.slow

HALF = ",:;()!?%"
FULL = "".join(chr(ord(mark) + 0xFEE0) for mark in HALF)
WAYS = {"full": str.maketrans(HALF, FULL), "half": str.maketrans(FULL, HALF)}
REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
CAMPAIGNS = [resource("samples", "city"), *sorted(path.parent for path in REAL.glob("*/submissions"))]


def judged(folder: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, ...]:
    """Places of all findings, and the tasks, with every text's punctuation turned one way."""

    def turned(workbook: Workbook) -> Workbook:
        for sheet in workbook.sheets:
            for row in sheet.cells.values():
                row.update({at: value.translate(WAYS[way]) for at, value in row.items() if isinstance(value, str)})
        return workbook

    def sniffed(path: Path) -> SimpleNamespace:
        kind = sniff(path)
        return SimpleNamespace(name=kind.name, read=lambda path: turned(kind.read(path)))

    with monkeypatch.context() as patched:
        patched.setattr(files, "sniff", sniffed)
        campaign = load_campaign(folder)
        found, _ = collect([folder / "submissions"], frozenset())
        submissions = tuple(read_file(one.path, one.relative, campaign.schema) for one in found)
    collection = make_collection(submissions, campaign, date(2026, 11, 21), collected=True)
    places = {(finding.file, finding.sheet, finding.cell, finding.slug) for finding in run_rules(collection, campaign.rules)}
    readings = [(deadline.kinds, deadline.due) for deadline in collection.deadlines]
    units = [(len(one.lead), len(one.cooperating), len(one.responsible)) for one in collection.units]
    names = [[leader.name for leader in leaders] for leaders in collection.leaders]
    return places, readings, units, names, len(joined(collection))


@pytest.mark.parametrize("folder", CAMPAIGNS, ids=lambda folder: folder.name)
def test_full_and_half_width_punctuation_read_alike(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    half, full = (judged(folder, way, monkeypatch) for way in ("half", "full"))
    assert half[0] ^ full[0] == set()  # type: ignore[operator]
    assert half[1:] == full[1:]
