"""A campaign folder with two lists, and masters merged from them on several days: their bytes differ."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from rectify_xl.history import read_past, recording
from rectify_xl.history.database import FILE
from rectify_xl.workbook import write_master
from rectify_xl.workflow.merge import merge
from tests.history.index import rows_of
from tests.support.lists import write_list

if TYPE_CHECKING:
    from pathlib import Path

    from rectify_xl.ledger.master import Master

UNITS = ("市水务局", "市林业局")


def write_lists(folder: Path, **values: object) -> None:
    for number, unit in enumerate(UNITS, 1):
        row = {"task_id": number, "problem": f"{unit}的第{number}处排口没有截污", "lead_unit": unit, **values}
        write_list(folder / "in" / f"{unit}.xlsx", [row], unit=unit)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Master]]:
    folder = tmp_path_factory.mktemp("campaign")
    (folder / "campaign.yaml").write_text("name: 青禾市整改\nround: {id: 2026-11, due: 2026-11-25}\n", "utf-8")
    write_lists(folder)
    days = [date(2026, 11, day) for day in (21, 22, 23)]
    return folder, [merge(folder / "in", campaign=folder, as_of=day, workers=1) for day in days]


@pytest.fixture
def folder(made: tuple[Path, list[Master]], tmp_path: Path) -> Path:
    return shutil.copytree(made[0], tmp_path / "活动")


@pytest.fixture
def masters(made: tuple[Path, list[Master]]) -> list[Master]:
    return made[1]


def write(folder: Path, master: Master, output: Path | None = None, base: Path | None = None) -> tuple[str, ...]:
    """What the command does once the lists are merged; returns the notes."""
    target = output or folder / "总台账.xlsx"
    with recording(folder) as history:
        history.made_of([folder / "in"], base)
        write_master(
            master, target, backup_dir=folder / "rounds", before_replacing=history.before_replacing(master, target)
        )  # fmt: skip
    return tuple(note.zh for note in history.notes)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def check_consistent(folder: Path, *, every: bool = True) -> int:
    """History after the next look at it: records, index and master agree, every past master is there. How many there are.

    ``every``: look at every past master, not at the last three of a round alone.
    """
    past = read_past(folder)
    assert past.notes == ()
    for round_id, merges in past.rounds.items():
        for number, entry in list(enumerate(merges, 1))[0 if every else -3 :]:
            assert hashlib.sha256(past.master(f"{round_id}/{number}")).hexdigest() == entry.master_sha256
    if past.entries:
        assert past.entries[-1].master_sha256 == digest(folder / "总台账.xlsx")
        assert rows_of(folder / FILE, "rounds") == [
            (one.serial, one.round_id, one.as_of, one.written, one.master, one.master_sha256, one.replaced_sha256)
            for one in past.entries
        ]
    else:
        assert not (folder / "总台账.xlsx").exists()
    assert not list(folder.rglob("*.pending"))
    assert not list(folder.rglob("*-journal"))
    return len(past.entries)
