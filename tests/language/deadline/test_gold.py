"""The shared labelled phrases, where they are present."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from rectify_xl.language.deadline import parse_deadline

GOLD = Path(__file__).parents[3] / ".." / "shared" / "gold" / "deadline_dev.jsonl"

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="the shared gold set is not here")


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_targets() -> None:
    """Single dates, sets of dates, kinds, and no dates out of nowhere."""
    single, sets, kinds, false = [], [], [], []
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        read = parse_deadline(gold["text"], anchor=date.fromisoformat(gold["anchor"]))
        due = [day.isoformat() for day in read.due]
        if len(gold["due"]) == 1 and not gold["ambiguous"]:
            single.append(due[-1:] == gold["due"])
        if not gold["due"]:
            false.append(bool(due))
        sets.append(due == sorted(set(gold["due"])))
        kinds.append(set(read.kinds) == set(gold["kinds"]))
    assert _share(single) >= 0.98
    assert _share(sets) >= 0.96
    assert _share(kinds) >= 0.95
    assert _share(false) <= 0.01
