"""Times the reading of many lists by this computer's worker processes against executors; the figures of docs/scale.md.

    python benchmarks/scale.py [FILES] [ROWS]        default: 400 files of 40 rows; needs the extra [cluster]

Each way in turn, three times: seconds by the clock, and of processor time with all child processes. What is judged and written
afterwards is the same for all and is not timed.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from distributed import Client, LocalCluster
from round import make_folder

from rectify_xl.intake.reading import Reading
from rectify_xl.schema.loading import load_schema

if TYPE_CHECKING:
    from concurrent.futures import Executor

RUNS = 3


def main(files: int = 400, rows: int = 40) -> None:
    """Print a line for every way."""
    with (
        tempfile.TemporaryDirectory(prefix="rectify-xl-bench-") as folder,
        ThreadPoolExecutor(2) as threads,
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        make_folder(Path(folder), files, rows)
        ways: dict[str, Executor | None] = {"local": None, "threads": threads, "cluster": client.get_executor()}
        figures: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
        for _ in range(RUNS):
            for name, executor in ways.items():
                before, start = _busy(client), time.perf_counter()
                with Reading([folder], load_schema(), executor=executor) as reading:
                    reading.result()
                figures[name].append((time.perf_counter() - start, _busy(client) - before))
        for name, measured in figures.items():
            wall, busy = (statistics.median(one) for one in zip(*measured, strict=True))
            print(f"{name:<8} {wall:6.1f} s   processor {busy:6.1f} s   {1000 * busy / files:5.1f} ms per file")


def _busy(client: Client) -> float:
    """Processor time so far, that of the cluster's workers and their children among it."""
    return _own() + sum(client.run(_own).values())


def _own() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    os.environ["DASK_DISTRIBUTED__LOGGING__DISTRIBUTED"] = "error"
    main(*map(int, sys.argv[1:3]))
