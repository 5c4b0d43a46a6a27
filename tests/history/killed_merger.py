"""Merges into a campaign folder in a child process that is killed at a random moment, over and over.

Run as ``python -m tests.history.killed_merger FOLDER SEED KILLS``; prints how many kills hit, and how many merges got through.
The children are forked, so that hundreds of them cost no imports and the lists are judged once. After each the master is whole,
and history agrees with it. With ``PROCESSES`` as a fourth word so many processes merge at the same time, and none is killed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_xl.history import read_past
from rectify_xl.workflow.merge import merge
from tests.history.conftest import check_consistent, digest, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.ledger.master import Master


def child(work: Callable[[], object]) -> int:
    number = os.fork()
    if number == 0:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - the end of the process, told by its status
            print(repr(error), file=sys.stderr)  # noqa: T201
            os._exit(1)
        os._exit(0)
    return number


def killed(folder: Path, masters: list[Master], seed: int, kills: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    start = time.monotonic()
    os.waitpid(child(lambda: write(folder, masters[0])), 0)
    longest = 1.2 * (time.monotonic() - start)
    hits, through = 0, 1
    for at in range(1, kills + 1):
        before = digest(folder / "总台账.xlsx")
        number = child(lambda at=at: write(folder, masters[at % len(masters)], base=folder / "总台账.xlsx"))
        time.sleep(chance.uniform(0, longest))
        os.kill(number, signal.SIGKILL)
        _, status = os.waitpid(number, 0)
        hits += os.WIFSIGNALED(status)
        through += digest(folder / "总台账.xlsx") != before
        assert check_consistent(folder) == through, at
    write(folder, masters[(kills + 1) % len(masters)])
    assert not list(folder.rglob("*.tmp"))
    print(hits, through)  # noqa: T201


def at_once(folder: Path, masters: list[Master], merges: int, processes: int) -> None:
    def several(first: int) -> None:
        for at in range(first, merges * processes, processes):
            write(folder, masters[at % len(masters)], base=folder / "总台账.xlsx")

    for number in [child(lambda first=first: several(first)) for first in range(processes)]:
        _, status = os.waitpid(number, 0)
        assert os.waitstatus_to_exitcode(status) == 0
    check_consistent(folder)
    entries = read_past(folder).entries
    assert len(entries) == merges * processes
    replaced = [entry.replaced_sha256 for entry in entries]
    assert replaced == ["", *(entry.master_sha256 for entry in entries[:-1])]  # each went on from the one before


def main() -> None:
    folder, (seed, times, *processes) = Path(sys.argv[1]), map(int, sys.argv[2:])
    days = [date(2026, 11, 21) + timedelta(day) for day in range(7)]
    masters = [merge(folder / "in", campaign=folder, as_of=day, workers=1) for day in days]
    if processes:
        at_once(folder, masters, times, *processes)
    else:
        killed(folder, masters, seed, times)


if __name__ == "__main__":
    main()
