"""Damaged copies of a good list, hundreds in one folder: the run ends, every unit gets an answer, the good list its rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.biff12 import by_biff12
from tests.support.lists import write_list
from tests.support.mutants import damaged, damaged_parts
from tests.support.office import convert, needs_office
from tests.support.workbooks import HEADINGS, by_openpyxl, by_xlsxwriter, layout, task

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.hostile.conftest import Done

LIST = layout([["整改任务清单"], [*HEADINGS], task(1, "东河排口异味", deadline="尽快"), task(2, "西山矿坑未复绿")], ["A1:F1"])
GOOD = "市住建局.xlsx"
_SOME, _MANY = 50, 3000


def by_office(path: Path) -> Path:
    (converted,) = convert([by_xlsxwriter(path.with_suffix(".xlsx"), LIST)], path.suffix[1:], path.parent / "out")
    return converted


WRITERS: dict[str, Callable[[Path], Path]] = {
    "xlsx": lambda path: by_openpyxl(path, LIST),
    "xlsm": lambda path: by_xlsxwriter(path, LIST),
    "xlsb": lambda path: by_biff12(path, LIST),
    "xls": by_office,
    "ods": by_office,
}
FORMATS = [pytest.param(name, marks=needs_office if writer is by_office else ()) for name, writer in WRITERS.items()]


def run(rectify: Callable[..., Done], tmp_path: Path, suffix: str, count: int, first: int) -> None:
    good = WRITERS[suffix](tmp_path / f"a.{suffix}").read_bytes()
    ways = [damaged] if suffix == "xls" else [damaged, damaged_parts]
    folder = tmp_path / "in"
    write_list(folder / GOOD, [{"deadline": "尽快"}], unit="市住建局")
    for seed in range(first, first + count):
        (folder / f"{seed:05d}.{suffix}").write_bytes(ways[seed % len(ways)](good, seed))
    words = ("validate", folder, "--annotate", tmp_path / "copies", "--format", "json", "--as-of", "2026-11-21")
    done = rectify(*words, most_seconds=600 + 2 * count)
    assert done.code in (0, 1), done.stderr
    assert "Traceback" not in done.stderr
    assert done.memory < 1536 << 20
    report = json.loads(done.stdout)
    rows = {one["path"]: one["rows"] for one in report["files"]}
    assert (len(rows), rows[GOOD]) == (count + 1, 1)
    explained = {one["file"] for one in report["findings"]}
    assert {one["path"] for one in report["files"] if one["status"] == "rejected"} <= explained
    assert not [one for one in report["findings"] if "读取程序出错" in one["message"]]
    assert len(list((tmp_path / "copies").glob("*.xls*"))) == count + 1


@pytest.mark.parametrize("suffix", FORMATS)
def test_some_mutants(rectify: Callable[..., Done], tmp_path: Path, suffix: str) -> None:
    run(rectify, tmp_path, suffix, _SOME, 0)


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize("suffix", FORMATS)
def test_many_mutants(rectify: Callable[..., Done], tmp_path: Path, suffix: str, part: int) -> None:
    run(rectify, tmp_path, suffix, _MANY // 10, part * (_MANY // 10))
