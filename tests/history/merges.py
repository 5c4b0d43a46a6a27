"""Merges of one campaign, each the real command in a process of its own: stopped at any moment, failing at any step, at once.

Run as ``python -m tests.history.merges FOLDER WHAT SEED COUNT``; prints what came of it. The processes are forked, so that
hundreds of them cost no imports and die where it matters. In the long run worker processes read the lists, as always; the
ordinary run reads them in the merging process, which is twice as fast.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rectify_xl.cli import run
from rectify_xl.history import read_past, recording
from rectify_xl.workbook import write_master
from rectify_xl.workers.pool import Pool
from rectify_xl.workflow.merge import merge
from tests.history.conftest import check_consistent, digest
from tests.history.steps import Steps
from tests.support.counts import count
from tests.support.lists import write_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from rectify_xl.workers.process import Job

MASTER = "总台账.xlsx"
UNITS = ("市水务局", "市林业局", "市教育局", "市住建局")
TASKS = count(4, 25)  # of each unit
KILLED = -signal.SIGKILL


def tell(folder: Path, unit: str, tasks: range, said: str) -> Path:
    """A list of a unit with some of its tasks and how far they are; the folder with it alone."""
    first = TASKS * UNITS.index(unit)
    rows = [
        {"task_id": first + at, "problem": f"{unit}的第{at}处排口没有截污", "lead_unit": unit, "progress": said} for at in tasks
    ]  # fmt: skip
    return write_list(folder / f"in-{unit}" / f"{unit}.xlsx", rows, unit=unit).parent


def begin(folder: Path) -> None:
    """A campaign of which every task is in the ledger."""
    folder.mkdir()
    (folder / "campaign.yaml").write_text("name: 青禾市整改\nround: {id: 2026-11, due: 2026-11-25}\n", "utf-8")
    lists = [tell(folder, unit, range(1, TASKS + 1), "尚未开工") for unit in UNITS]
    with recording(folder):  # loads here what every merge needs
        write_master(merge(lists, campaign=folder, workers=1), folder / MASTER)
        merge(lists, campaign=folder, base=folder / MASTER, workers=1)
    (folder / MASTER).unlink()
    assert merged(folder, *lists) in (0, 1)


def read_here(pool: Pool, jobs: Iterable[Job]) -> Iterator[Any]:
    """Stands for ``Pool.answers``."""
    read = import_module(pool._module).prepare(pool._setup)
    return (read(job.request) for job in jobs)


def start(folder: Path, *lists: Path, before: Callable[[], object] = lambda: None) -> int:
    """Begin to merge lists into the master of the folder; ``before`` is called in the new process."""
    process = os.fork()
    if process == 0:
        words = [*map(str, lists), "-o", folder / MASTER, "--campaign", folder, "--as-of", "2026-11-21", "--workers", "1"]
        sys.argv = ["rectify-xl", "merge", *map(str, words)]
        with (folder / "printed.txt").open("a", encoding="utf-8") as file:
            for stream in (1, 2):
                os.dup2(file.fileno(), stream)
        try:
            before()
            run()
        finally:
            os._exit(99)  # the command does not return
    return process


def ended(process: int) -> int:
    """How a process ended: its exit status, or the signal below 0."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def merged(folder: Path, *lists: Path, before: Callable[[], object] = lambda: None) -> int:
    return ended(start(folder, *lists, before=before))


def count_steps(folder: Path) -> int:
    """How many steps a merge has at which it may be stopped."""
    counted = folder.with_name("counted")
    shutil.copytree(folder, counted)
    note = counted.with_name("steps.txt")
    lists = tell(counted, UNITS[0], range(1, 3), "数步骤")

    def watch() -> None:
        steps = Steps()
        real = os._exit

        def leave(code: int) -> None:
            note.write_bytes(str(steps.taken).encode())
            real(code)

        os._exit = leave  # type: ignore[assignment]

    assert merged(counted, lists, before=watch) in (0, 1)
    shutil.rmtree(counted)
    return int(note.read_text())


def kill(folder: Path, seed: int, kills: int) -> None:
    """Half of the kills at a step by name, all steps in turn as far as they go, the others at any moment."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    steps = count_steps(folder)
    began = time.monotonic()
    assert merged(folder, tell(folder, UNITS[0], range(1, 3), "第0次")) in (0, 1)
    longest = 1.1 * (time.monotonic() - began)
    named = max(kills // 2, min(kills - 10, steps))
    places = [1 + (at * steps // named + seed) % steps for at in range(named)] + [0] * (kills - named)
    chance.shuffle(places)
    hits, through = Counter[str](), 2
    for at, place in enumerate(places, 1):
        unit = UNITS[at % len(UNITS)]
        lists = tell(folder, unit, range(1, 3), f"第{at}次")
        before = digest(folder / MASTER)
        if place:
            status = merged(folder, lists, before=lambda place=place: Steps(place, die))
            assert status == KILLED or status in (0, 1), (place, status)
        else:
            process = start(folder, lists)
            time.sleep(chance.uniform(0, longest))
            os.kill(process, signal.SIGKILL)
            status = ended(process)
        hits["named" if place else "random"] += status == KILLED
        through += digest(folder / MASTER) != before
        check_consistent(folder, every=False)
        assert len(read_past(folder).entries) == through, (at, place)
    assert merged(folder, tell(folder, UNITS[0], range(1, 3), "最后一次")) in (0, 1)
    check_consistent(folder)
    assert not list(folder.rglob("*.tmp"))
    print(steps, hits["named"], hits["random"], through)  # noqa: T201


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail(folder: Path, seed: int, stride: int) -> None:
    """Every step of a merge fails once: the master is the old or the new one, and the merge after it puts all in order."""
    steps = count_steps(folder)
    whole = folder.with_name("whole")
    lists = tell(folder, UNITS[0], range(1, 3), "第一次")
    (folder / "printed.txt").unlink()
    shutil.copytree(folder, whole)
    assert merged(folder, lists) in (0, 1)
    old, new = digest(whole / MASTER), digest(folder / MASTER)
    assert old != new
    outcomes = Counter[str]()
    for number in range(1 + seed % stride, steps + 1, stride):
        shutil.rmtree(folder)
        shutil.copytree(whole, folder)
        status = merged(folder, lists, before=lambda number=number: Steps(number))
        printed = (folder / "printed.txt").read_text("utf-8")
        now = digest(folder / MASTER)
        assert "Traceback" not in printed, (number, printed)
        assert (now == new) if status in (0, 1) else (status == 2 and now in (old, new)), (number, status, printed)
        outcomes["written" if status < 2 else "refused"] += 1
        merges = 1 + (now == new)
        assert check_consistent(folder) == merges, number
        assert merged(folder, tell(folder, UNITS[1], range(1, 3), "第二次")) in (0, 1)
        assert check_consistent(folder) == merges + 1, number
        assert not list(folder.rglob("*.tmp")), number
        shutil.copytree(whole / f"in-{UNITS[1]}", folder / f"in-{UNITS[1]}", dirs_exist_ok=True)
    print(steps, outcomes["written"], outcomes["refused"])  # noqa: T201


def at_once(folder: Path, processes: int, merges: int) -> None:
    """Each process tells of one task of its unit after the other, all into one master: every word stays."""
    before = len(read_past(folder).entries)

    def several(unit: str) -> None:
        for task in range(1, merges + 1):
            status = merged(folder, tell(folder, unit, range(task, task + 1), f"第{task}处已完成"))
            if status not in (0, 1):
                os._exit(1)

    started = []
    for unit in UNITS[:processes]:
        process = os.fork()
        if process == 0:
            with suppress(BaseException):
                several(unit)
                os._exit(0)
            os._exit(1)
        started.append(process)
    assert [ended(process) for process in started] == [0] * processes, (folder / "printed.txt").read_text("utf-8")
    check_consistent(folder)
    from rectify_xl import read_master

    master = read_master(folder / MASTER, campaign=folder)
    said = {str(task.values["problem"]): task.values["progress"] for task in master.tasks}
    for unit in UNITS[:processes]:
        for task in range(1, merges + 1):
            assert said[f"{unit}的第{task}处排口没有截污"] == f"第{task}处已完成"
    entries = read_past(folder).entries
    assert len(entries) == before + processes * merges
    replaced = [entry.replaced_sha256 for entry in entries]
    assert replaced == ["", *(entry.master_sha256 for entry in entries[:-1])]  # each went on from the one before
    print(len(entries))  # noqa: T201


def main() -> None:
    folder, what, *numbers = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])
    if not count(0, 1):
        Pool.answers = read_here  # type: ignore[assignment, method-assign]
    begin(folder)
    {"kill": kill, "fail": fail, "at-once": at_once}[what](folder, *numbers)


if __name__ == "__main__":
    main()
