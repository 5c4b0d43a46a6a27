"""Runs that are killed at any moment, or stopped by Ctrl-C: what was there is whole, and nothing is left behind."""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.lists import write_list

pytestmark = [
    pytest.mark.kill,
    pytest.mark.usefixtures("interruptible"),
    pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX"),
]

ROOT = Path(__file__).resolve().parents[2]
UNITS = ("市水务局", "市住建局", "市教育局", "市财政局", "市农业局", "市林业局")
STATES = ("old", "new")
_SOME, _MANY = 3, 100
_PATIENCE = 300  # seconds after which something has not happened, on a machine however busy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two states of the same lists, in folders of the same files: what is made of one differs from what is made of the other."""
    for state in STATES:
        for number, unit in enumerate(UNITS):
            same = {"deadline": "尽快", "lead_unit": unit, "progress": f"{state} 已封堵"}
            rows = [{**same, "task_id": 20 * number + row, "problem": f"{unit}第{row}处排口没有截污"} for row in range(1, 15)]
            write_list(tmp_path / state / f"{unit}.xlsx", rows, unit=unit)
    return tmp_path


def command(folder: Path, kind: str, state: str = "new") -> list[str]:
    out = folder / "out"
    words = {
        "merge": ["merge", folder / state, "-o", out / "master.xlsx", "--fresh"],
        "annotate": [
            "validate",
            folder / state,
            "--annotate",
            folder / "out" / "copies",
            "--fix",
            "--fixed",
            folder / "out" / "fixed",
        ],
    }[kind]
    return [sys.executable, "-m", "rectify_xl", *map(str, words), "--as-of", "2026-11-21", "--workers", "2"]


def finish(folder: Path, kind: str, state: str) -> dict[str, bytes]:
    """What a run that nobody kills makes of a state, by path."""
    assert subprocess.run(command(folder, kind, state), cwd=ROOT, check=False, capture_output=True).returncode in (0, 1)
    return outputs(folder)


def outputs(folder: Path) -> dict[str, bytes]:
    out = folder / "out"
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.xlsx")}


def start(folder: Path, kind: str, state: str = "new") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(folder, kind, state), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def digests(folder: Path) -> dict[str, str]:
    """Of the originals."""
    originals = [path for state in STATES for path in (folder / state).iterdir()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in originals}


def processes_of(session: int) -> list[str]:
    """The processes of a session that still run."""
    done = subprocess.run(["ps", "-eo", "sid=,stat=,args="], capture_output=True, text=True, check=True)
    lines = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    return [line[2] for line in lines if line[0] == str(session) and not line[1].startswith("Z")]


def check_gone(session: int) -> None:
    until = time.monotonic() + _PATIENCE
    while (left := processes_of(session)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not left


def killed_at_any_moment(folder: Path, kind: str, times: int) -> None:
    before = digests(folder)
    began = time.monotonic()
    finish(folder, kind, "new")
    usual = time.monotonic() - began
    new = outputs(folder)
    old = finish(folder, kind, "old")
    assert not [path for path in new if old[path] == new[path]]
    dice = random.Random(14)  # noqa: S311 - not a secret
    for number in range(times):
        # By turns, so that what stands there is nearly always of the other state than what the killed run makes.
        process = start(folder, kind, STATES[(number + 1) % 2])
        time.sleep(dice.uniform(0.05, 1.1) * usual)
        process.kill()
        process.wait()
        check_gone(process.pid)
        assert digests(folder) == before
        check_old_or_new(outputs(folder), old, new)
    assert finish(folder, kind, "new").items() >= new.items()
    assert not list(folder.rglob("*.tmp"))


def check_old_or_new(there: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Each output is byte by byte what one of the two runs makes, and so is each copy that a master was kept in."""
    assert new.keys() <= there.keys()
    for path, data in there.items():
        of = "master.xlsx" if path.startswith("master.") else path
        assert data in (old[of], new[of]), path


@pytest.mark.parametrize("kind", ["merge", "annotate"])
def test_some_kills(folder: Path, kind: str) -> None:
    killed_at_any_moment(folder, kind, _SOME)


@pytest.mark.long
@pytest.mark.parametrize("kind", ["merge", "annotate"])
def test_all_kills(folder: Path, kind: str) -> None:
    killed_at_any_moment(folder, kind, _MANY)


# Ctrl-C -------------------------------------------------------------------------------------------------------------

_SOON, _ATTEMPTS = 2.0, 3


def stopped_after(folder: Path, kind: str, seconds: float) -> tuple[int | None, float, str]:
    """Exit status, seconds from the signal to the end and what was said of a run that gets Ctrl-C as a terminal sends it.

    The seconds are those of a processor that a process beside the run gets meanwhile, this one: on a quiet machine they are
    those of the clock, on a busy one a fair share of them.
    """
    with subprocess.Popen(
        command(folder, kind), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            began = time.thread_time()
            os.killpg(process.pid, signal.SIGINT)
            while process.poll() is None and time.thread_time() - began < _PATIENCE:
                pass
            took = time.thread_time() - began
            check_gone(process.pid)
            assert process.stderr
            return process.returncode, took, process.stderr.read().decode("utf-8", "replace")
    return None, 0.0, ""  # it was done before


def stopped_at_any_moment(folder: Path, kind: str, moments: int, seed: int) -> None:
    """From the loading of the program to the last file: it ends within 2 s, and the old master and the originals stay.

    A machine that is busy with other things may miss 2 s now and then; a program that waits for something misses them always.
    """
    for number in range(8):
        (folder / "new" / f"{number}.xlsx").write_bytes((folder / "new" / f"{UNITS[number % 6]}.xlsx").read_bytes())
    began = time.monotonic()
    new = finish(folder, kind, "new").get("master.xlsx")
    usual = time.monotonic() - began
    before, old = digests(folder), finish(folder, "merge", "old")["master.xlsx"]
    dice = random.Random(seed)  # noqa: S311 - not a secret
    for moment in range(moments):
        seconds = 0.1 + (moment + dice.random()) / moments * 0.8 * usual
        for attempt in range(1, _ATTEMPTS + 1):
            code, took, said = stopped_after(folder, kind, seconds)
            # Python itself, before it runs a line of ours, ends by the signal: 130 to a shell as well. Or all was done just then.
            done = code in (0, 1, None) and outputs(folder)["master.xlsx"] == (new or old)
            assert done or code in (130, -signal.SIGINT), (seconds, code, said)
            assert code == -signal.SIGINT or not any(word in said for word in ("Traceback", "Abort")), (seconds, said)
            assert digests(folder) == before
            assert outputs(folder)["master.xlsx"] in (old, new), (seconds, code)
            if took <= _SOON:
                break
            assert attempt < _ATTEMPTS, (seconds, took)
        (folder / "out" / "master.xlsx").write_bytes(old)


@pytest.mark.parametrize("kind", ["merge", "annotate"])
def test_ctrl_c_ends_a_run_at_once(folder: Path, kind: str) -> None:
    stopped_at_any_moment(folder, kind, 2, seed=14)


INTO_A_CALLBACK = """
import signal, sys, time, weakref
import rectify_xl.__main__ as program
import rectify_xl.cli

class Module:
    pass

def command():
    module = Module()
    seen = weakref.ref(module, lambda _: signal.raise_signal(signal.SIGINT))
    del module
    time.sleep(60)

rectify_xl.cli.run = command
program.run()
"""


def test_ctrl_c_that_falls_into_a_callback_ends_the_run_too() -> None:
    """Python drops it there; the import of a module is such a place."""
    ended = subprocess.run([sys.executable, "-c", INTO_A_CALLBACK], capture_output=True, text=True, timeout=50, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "")


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", ["merge", "annotate"])
def test_ctrl_c_at_many_moments(folder: Path, kind: str, seed: int) -> None:
    stopped_at_any_moment(folder, kind, 20, seed)
