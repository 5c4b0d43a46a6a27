"""The task texts in ``data/*.yaml``, as values per field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parents[1] / "data"

WATER = "一、水环境保护（12项）"
AIR = "二、大气污染防治"
WASTE = "三、固体废物与土壤污染防治"
ECOLOGY = "四、自然生态保护修复"
DUTY = "五、监管执法与责任落实"
LAST_ID = {WATER: 12, AIR: 24, WASTE: 36, ECOLOGY: 46, DUTY: 70}


@dataclass(frozen=True)
class Fault:
    """A planted fault: the rule that must speak, and the field whose cell it must name."""

    field: str
    slug: str
    note: str


@dataclass(frozen=True)
class Part:
    """One sheet row: the whole of a task, or one part of a task that several units share."""

    task_id: int
    values: dict[str, Any]
    faults: tuple[Fault, ...] = ()

    def changed(self, values: dict[str, Any], faults: tuple[Fault, ...]) -> Part:
        """The same row as another unit, or another file, reports it."""
        return replace(self, values={**self.values, **values}, faults=faults)


def load_tasks() -> dict[int, tuple[Part, ...]]:
    """Task number -> its rows (one, unless several units hold parts of it)."""
    tasks: dict[int, tuple[Part, ...]] = {}
    for path in sorted(DATA.glob("tasks_*.yaml")):
        for record in yaml.safe_load(path.read_text(encoding="utf-8")):
            tasks[record["id"]] = _parts(record)
    return tasks


def _parts(record: dict[str, Any]) -> tuple[Part, ...]:
    shared = {key: value for key, value in record.items() if key not in {"parts", "faults"}}
    shared["task_id"] = record["id"]
    shared["category"] = next(name for name, last in LAST_ID.items() if record["id"] <= last)
    pieces = record.get("parts", [{"faults": record.get("faults", [])}])
    return tuple(
        Part(
            record["id"],
            {**shared, **{key: value for key, value in piece.items() if key != "faults"}},
            tuple(Fault(*fault) for fault in piece.get("faults", [])),
        )
        for piece in pieces
    )
