"""Measures memory and processor time of merges that grow, which should both grow in a line.

    python benchmarks/memory.py [FILES ...]        default: 250 500 1000, each of 40 rows

Memory is the peak of the largest process, above that of a merge of one list of one row, by the rows of the lists.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from round import make_folder, timed

ROWS = 40


def measured(folder: Path, files: int, rows: int = ROWS) -> tuple[float, float]:
    """Peak memory in MB and processor seconds of one merge."""
    inputs = folder / f"{files} x {rows}"
    inputs.mkdir()
    make_folder(inputs, files, rows)
    command = [sys.executable, "-m", "rectify_xl", "merge", str(inputs), "-o", str(folder / "master.xlsx"), "--fresh"]
    _, busy, peak = timed([*command, "--as-of", "2026-11-21"])
    shutil.rmtree(inputs)
    return peak, busy


def main(*sizes: int) -> None:
    """Merge ever more lists; print KB and milliseconds per row."""
    folder = Path(tempfile.mkdtemp(prefix="rectify-xl-bench-"))
    try:
        start, begun = measured(folder, 1, 1)
        print(f"one row: {start:.0f} MB, {begun:.2f} s of processor time")
        found = {}
        for files in sizes or (250, 500, 1000):
            peak, seconds = measured(folder, files)
            rows = files * ROWS
            found[files] = {"kb_per_row": round((peak - start) * 1024 / rows, 1), "ms_per_row": round(seconds / rows * 1000, 3)}
            print(f"{files} files, {rows} rows: {peak:.0f} MB, {found[files]['kb_per_row']} KB per row above the start;"
                  f" {seconds:.1f} s, {found[files]['ms_per_row']} ms per row")  # fmt: skip
        print(json.dumps(found))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
