"""Times writing the master against a plain XlsxWriter dump of the same cells, as ratios within one run.

    python benchmarks/write.py [FILES] [ROWS] [--office]        default: 125 files of 40 rows, 5,000 tasks

The master is written as ``merge`` writes it: tables put together, looks, links, charts, read back and compared. The dump
is what a script would do with the finished cells: a loop over write_string and write_number, nothing else. Both in one
process, in turn. ``--office`` also has LibreOffice open the master, filter 总台账 and print it, with times.
"""

from __future__ import annotations

import gc
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter
from python_calamine import CalamineWorkbook
from round import make_folder

from rectify_xl import merge, write_master

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 9
AS_OF = date(2026, 11, 21)
Cells = dict[str, list[list[object]]]


def cells_of(master: Path) -> Cells:
    """Sheet -> rows of a master, read once."""
    book = CalamineWorkbook.from_path(master)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def dump(sheets: Cells, target: Path) -> None:
    """Write the cells and nothing else."""
    book = xlsxwriter.Workbook(target)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, int | float):
                    sheet.write_number(row, column, value)
                elif value != "":
                    sheet.write_string(row, column, str(value))
    book.close()


def seconds(job: Callable[[], None]) -> float:
    """How long a job takes, with no garbage of the one before."""
    gc.collect()
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def print_in_office(master: Path, folder: Path) -> None:
    """Have LibreOffice load, lay out and print the whole master."""
    office = shutil.which("soffice")
    if not office:
        sys.exit("LibreOffice (soffice) is not installed")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(master)]
    took = seconds(lambda: subprocess.run(command, check=True, capture_output=True))
    size = master.with_suffix(".pdf").stat().st_size
    print(f"LibreOffice opens and prints it in {took:.0f} s ({size:,} bytes of PDF)")


def main(files: int = 125, rows: int = 40, *, office: bool = False) -> None:
    """Make a master, write both files in turn, print ratios."""
    folder = Path(tempfile.mkdtemp(prefix="rectify-xl-bench-"))
    try:
        (folder / "in").mkdir()
        make_folder(folder / "in", files, rows)
        merged = merge([folder / "in"], as_of=AS_OF)
        master, plain = folder / "master.xlsx", folder / "plain.xlsx"
        write_master(merged, master)
        sheets = cells_of(master)
        mine, theirs = [], []
        for _ in range(RUNS):
            mine.append(seconds(lambda: write_master(merged, master)))
            theirs.append(seconds(lambda: dump(sheets, plain)))
        pairs = sorted(one / other for one, other in zip(mine, theirs, strict=True))
        cells = sum(value != "" for table in sheets.values() for line in table for value in line)
        print(f"{files * rows:,} tasks, {cells:,} cells, {RUNS} runs each")
        print(f"master      {statistics.median(mine):.2f} s (best {min(mine):.2f}), {master.stat().st_size:,} bytes")
        print(f"plain dump  {statistics.median(theirs):.2f} s (best {min(theirs):.2f}), {plain.stat().st_size:,} bytes")
        ratio = round(statistics.median(pairs), 3)
        print(f"the master takes {ratio:.2f} x the plain dump ({pairs[0]:.2f} to {pairs[-1]:.2f})")
        if office:
            print_in_office(master, folder)
        print(json.dumps({"ratio": ratio, "bytes": master.stat().st_size, "plain_bytes": plain.stat().st_size}))
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    numbers = [int(given) for given in sys.argv[1:] if given.isdigit()]
    main(*numbers[:2], office="--office" in sys.argv)
