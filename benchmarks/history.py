"""Years of rounds in one campaign folder: what each merge takes, what ``rounds/`` grows by, how long ``history`` takes.

    python benchmarks/history.py [ROUNDS] [UNITS] [TASKS]        default: 36 rounds, 60 units, 2,000 tasks

Each figure is of a process of its own; growth shows as the last rounds against the first ones.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path

from round import make_folder

RECTIFY = [sys.executable, "-m", "rectify_xl"]


def processor_seconds(*words: object) -> float:
    """What a command takes, its reading processes with it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*RECTIFY, *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{words}: {done.stderr}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def size(path: Path) -> float:
    """MB of a file, or of all files of a folder."""
    return sum(one.stat().st_size for one in ([path] if path.is_file() else path.rglob("*")) if one.is_file()) / 1e6


def main(rounds: int = 36, units: int = 60, tasks: int = 2000) -> None:
    """Merge round after round into one master, print what it takes."""
    folder = Path(tempfile.mkdtemp(prefix="rectify-xl-bench-"))
    try:
        master, seconds, grown = folder / "总台账.xlsx", [], [0.0]
        for number in range(1, rounds + 1):
            month = f"{2026 + (number - 1) // 12}-{(number - 1) % 12 + 1:02}"
            (folder / "campaign.yaml").write_text(f"name: 青禾市整改\nround: {{id: {month}, due: {month}-25}}\n", "utf-8")
            lists = folder / "lists"
            shutil.rmtree(lists, ignore_errors=True)
            lists.mkdir()
            make_folder(lists, units, -(-tasks // units), number)
            day = f"{month}-21"
            seconds.append(processor_seconds("merge", lists, "-o", master, "--campaign", folder, "--as-of", day))
            grown.append(size(folder / "rounds"))
        steps = [later - earlier for earlier, later in pairwise(grown)]
        report("merge", seconds[1:], "s")
        report("growth of rounds/", steps[1:], "MB")
        print(
            f"rounds/ {grown[-1]:.0f} MB, history.sqlite {size(folder / 'history.sqlite'):.0f} MB, master {size(master):.1f} MB"
        )
        kinds = {"": [], " TASK": ["T0007"], " --rebuild": ["--rebuild", "2026-02", "-o", folder / "old.xlsx"]}
        looks = {f"history{kind}": processor_seconds("history", *words, "--campaign", folder) for kind, words in kinds.items()}
        for name, took in looks.items():
            print(f"{name}: {took:.2f} s")
        print(json.dumps({"first": seconds[1], "last": seconds[-1], **looks}))
    finally:
        shutil.rmtree(folder)


def report(what: str, figures: list[float], unit: str) -> None:
    """The first and the last of many figures."""
    few = max(1, len(figures) // 4)
    first, last = statistics.median(figures[:few]), statistics.median(figures[-few:])
    print(f"{what}: {first:.2f} {unit} in the first rounds, {last:.2f} {unit} in the last ones ({last / first:.2f} x)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
