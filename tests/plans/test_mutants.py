"""Plans with lines lost, swapped and cut: whatever is left of them is read without an error of the program."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from rectify_xl.plans.parse import parse_source
from rectify_xl.plans.source import Paragraph, Source
from tests.support.counts import count
from tests.support.plan_documents import plans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rectify_xl.plans.model import Plan

LINES = [line for plan in plans() for line in plan.text().splitlines()]
PLANS = [plan.text().splitlines() for plan in plans()]


def mutant(chance: random.Random) -> list[str]:
    lines = list(chance.choice(PLANS))
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(lines) + 1)
        kind = chance.randrange(6)
        if kind == 0 and len(lines) > 1:
            del lines[min(at, len(lines) - 1)]
        elif kind == 1:
            lines.insert(at, chance.choice(LINES))
        elif kind == 2 and len(lines) > 1:
            other = chance.randrange(len(lines))
            at = min(at, len(lines) - 1)
            lines[at], lines[other] = lines[other], lines[at]
        elif kind == 3 and lines:
            at = min(at, len(lines) - 1)
            lines[at] = lines[at][: chance.randint(0, len(lines[at]))]
        elif kind == 4 and len(lines) > 1:
            at = min(at, len(lines) - 2)
            lines[at : at + 2] = [lines[at] + lines[at + 1]]
        else:
            lines.insert(
                at, chance.choice(("", "（", "）", "：", "整改目标：", "1.", "（一）", "附件：清单", "责任单位：", "①", "?"))
            )
    return lines


def read(lines: Sequence[str]) -> Plan:
    source = Source("txt")
    for line in lines:
        source.add(Paragraph(line))
    return parse_source(source, "方案.txt")


@pytest.mark.parametrize("seed", range(count(60, 3000)))
def test_mutants_are_read(seed: int) -> None:
    lines = mutant(random.Random(seed))  # noqa: S311 - repeatable
    plan = read(lines)
    text = "\n".join(lines) + "\n"
    original = plan.original or text
    plan.to_dict()
    for task in plan.tasks:
        for place in task.places.values():
            assert 0 <= place.start <= place.end <= len(original)
        # Nothing of a field is made up: every measure stands in the document.
        if not plan.substitutions:
            assert all(part in text for measure in task.measures for part in measure.split("\n"))
            assert all(part in text for part in task.problem.split("\n"))
