"""Every crafted package costs at most its own copy: the run ends in time, within memory, and the list beside it gets its due.

Several attacks share a run, so that all of them take minutes and not hours. The limits on time and memory are those of one
package: a run that keeps them shows that each of its packages does, any other is repeated package by package.
"""

from __future__ import annotations

import json
import zipfile
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from tests.copies.books import rich
from tests.hostile.attacks import ATTACKS, Parts, zipped
from tests.support.lists import write_list

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.hostile.conftest import Done

GOOD = "市住建局.xlsx"


def kind_of(name: str) -> str:
    return name.partition(":")[0]


KINDS = {kind: [*names] for kind, names in groupby(sorted(ATTACKS, key=kind_of), key=kind_of)}
SAMPLE = [name for names in KINDS.values() for name in names[::12]]  # of each kind
MOST_SECONDS, MOST_MEMORY = 20.0, 1536 << 20
_BATCH = 11  # a run takes seconds before it comes to its packages


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The parts of a list with comments, pictures, tables, names and properties."""
    with zipfile.ZipFile(rich(tmp_path_factory.mktemp("base") / "市水务局.xlsx")) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def craft(parts: Parts, names: list[str], folder: Path) -> None:
    folder.mkdir(parents=True)
    write_list(folder / GOOD, [{"deadline": "尽快", "leader": " 钟离岳 副市长"}], unit="市住建局")
    for number, name in enumerate(names):
        own = dict(parts)
        (folder / f"{number:03d}.xlsx").write_bytes(ATTACKS[name](own) or zipped(own))


def faults(done: Done, work: Path, count: int) -> list[str]:
    """What is wrong with a run on ``count`` crafted files and the good one."""
    found = [f"exit {done.code}: {done.stderr[-300:]}"] if done.code not in (0, 1) else []
    found += ["traceback"] if "Traceback" in done.stderr else []
    # In processor time, since a busy machine gives a run a part of a processor only.
    found += [f"{done.processor:.0f} s of processor time"] if done.processor > MOST_SECONDS else []
    found += [f"{done.memory >> 20} MB"] if done.memory > MOST_MEMORY else []
    copies = {path.name for path in (work / "copies").glob("*.xlsx")}
    found += [f"{len(copies)} copies"] if len(copies) != count + 1 or GOOD not in copies else []
    found += ["no corrected copy"] if not (work / "fixed" / GOOD).exists() else []
    found += [f"{path} left" for path in work.rglob("*.tmp")]
    try:
        report = json.loads(done.stdout)
    except ValueError:
        return [*found, "no JSON"]
    rows = {one["path"]: one["rows"] for one in report["files"]}
    return found + ([] if rows.get(GOOD) == 1 else [f"rows of the good list: {rows.get(GOOD)}"])


def check(rectify: Callable[..., Done], parts: Parts, names: list[str], work: Path) -> list[str]:
    craft(parts, names, work / "in")
    done = rectify(
        "validate", work / "in", "--annotate", work / "copies", "--fix", "--fixed", work / "fixed", "--format", "json",
        "--as-of", "2026-11-21", "--workers", "2",
    )  # fmt: skip
    return faults(done, work, len(names))


def test_a_good_package_is_edited_in_place(rectify: Callable[..., Done], parts: Parts, tmp_path: Path) -> None:
    """Without this one the others would show nothing: a rebuilt copy has no pictures."""
    craft(parts, [], tmp_path / "in")
    (tmp_path / "in" / "市水务局.xlsx").write_bytes(zipped(parts))
    rectify("validate", tmp_path / "in", "--annotate", tmp_path / "copies", "--as-of", "2026-11-21", "--workers", "1")
    with zipfile.ZipFile(tmp_path / "copies" / "市水务局.xlsx") as archive:
        assert set(parts) <= set(archive.namelist())


def test_there_are_attacks_of_every_kind() -> None:
    assert len(ATTACKS) >= 120
    assert KINDS.keys() >= {
        "cells", "cols", "comments", "encodings", "media", "names", "properties", "relations", "styles", "types", "vml", "zip",
    }  # fmt: skip


@pytest.mark.parametrize("start", range(0, len(SAMPLE), _BATCH))
def test_crafted_packages(rectify: Callable[..., Done], parts: Parts, tmp_path: Path, start: int) -> None:
    """Every eighth attack of each kind."""
    check_all(rectify, parts, tmp_path, SAMPLE[start : start + _BATCH])


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_every_crafted_package(rectify: Callable[..., Done], parts: Parts, tmp_path: Path, kind: str) -> None:
    check_all(rectify, parts, tmp_path, KINDS[kind])


def check_all(rectify: Callable[..., Done], parts: Parts, tmp_path: Path, names: list[str]) -> None:
    wrong: dict[str, list[str]] = {}
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        if not check(rectify, parts, batch, tmp_path / f"{start}"):
            continue
        for number, name in enumerate(batch):
            if found := check(rectify, parts, [name], tmp_path / f"{start}-{number}"):
                wrong[name] = found
    assert not wrong
