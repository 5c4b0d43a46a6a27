"""Runs that are killed at any moment, or stopped by Ctrl-C: what was there is whole, and nothing is left behind."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from tests.support.lists import write_list

pytestmark = [pytest.mark.kill, pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")]

ROOT = Path(__file__).resolve().parents[2]
UNITS = ("市水务局", "市住建局", "市教育局", "市财政局", "市农业局", "市林业局")
_TENTH, _ALL = 10, 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, unit in enumerate(UNITS):
        rows = [{"task_id": 20 * number + row, "problem": f"{unit}第{row}处排口没有截污", "deadline": "尽快", "lead_unit": unit}
                for row in range(1, 15)]  # fmt: skip
        write_list(tmp_path / "in" / f"{unit}.xlsx", rows, unit=unit)
    return tmp_path


def command(folder: Path, kind: str) -> list[str]:
    words = {
        "merge": ["merge", folder / "in", "-o", folder / "master.xlsx"],
        "annotate": ["validate", folder / "in", "--annotate", folder / "copies", "--fix", "--fixed", folder / "fixed"],
    }[kind]
    return [sys.executable, "-m", "rectify_xl", *map(str, words), "--as-of", "2026-11-21", "--workers", "2"]


def start(folder: Path, kind: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(folder, kind), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (folder / "in").iterdir()}


def processes_of(session: int) -> list[str]:
    """The processes of a session that still run."""
    done = subprocess.run(["ps", "-eo", "sid=,stat=,args="], capture_output=True, text=True, check=True)
    lines = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    return [line[2] for line in lines if line[0] == str(session) and not line[1].startswith("Z")]


def check_gone(session: int) -> None:
    until = time.monotonic() + 20
    while (left := processes_of(session)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not left


def killed_at_any_moment(folder: Path, kind: str, times: int) -> None:
    before = digests(folder)
    began = time.monotonic()
    assert subprocess.run(command(folder, kind), cwd=ROOT, check=False, capture_output=True).returncode in (0, 1)
    usual = time.monotonic() - began
    whole = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.xlsx")}
    dice = random.Random(14)  # noqa: S311 - not a secret
    for _ in range(times):
        process = start(folder, kind)
        time.sleep(dice.uniform(0.05, 1.1) * usual)
        process.kill()
        process.wait()
        check_gone(process.pid)
        assert digests(folder) == before
        for path in folder.rglob("*.xlsx"):
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None
        assert {path: (folder / path).read_bytes() for path in whole} == whole  # the same inputs give the same bytes
    assert subprocess.run(command(folder, kind), cwd=ROOT, check=False, capture_output=True).returncode in (0, 1)
    assert not list(folder.rglob("*.tmp"))


@pytest.mark.parametrize("kind", ["merge", "annotate"])
def test_some_kills(folder: Path, kind: str) -> None:
    killed_at_any_moment(folder, kind, _TENTH)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["merge", "annotate"])
def test_all_kills(folder: Path, kind: str) -> None:
    killed_at_any_moment(folder, kind, _ALL)


@pytest.mark.parametrize("kind", ["merge", "annotate"])
def test_ctrl_c_ends_a_run_at_once(folder: Path, kind: str) -> None:
    """Sent to the command and its workers, as a terminal does it."""
    assert subprocess.run(command(folder, "merge"), cwd=ROOT, check=False, capture_output=True).returncode in (0, 1)
    master = (folder / "master.xlsx").read_bytes()
    for number in range(200):
        (folder / "in" / f"{number}.xlsx").write_bytes((folder / "in" / f"{UNITS[number % 6]}.xlsx").read_bytes())
    process = start(folder, kind)
    until = time.monotonic() + 30
    while not any("worker" in line for line in processes_of(process.pid)) and time.monotonic() < until:
        time.sleep(0.05)
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(30) == 130
    assert time.monotonic() - began < 6  # 2 s on a machine that does nothing else
    check_gone(process.pid)
    assert (folder / "master.xlsx").read_bytes() == master
