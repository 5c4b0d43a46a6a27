"""Times a merge that goes on from the last round's master against one that begins from nothing, as ratios within one run.

    python benchmarks/rounds.py [UNITS] [TASKS] [PAIRS]        default: 60 units, 2,000 tasks, 5 pairs

Once with the master as it was written, and once with one that the office worked in: an own sheet with a picture and a chart,
200 coloured cells, comments, remarks, a column of its own. Every merge is a process of its own, start-up included, in turn.
"""

from __future__ import annotations

import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from round import make_folder

RECTIFY = [sys.executable, "-m", "rectify_xl"]


def next_round(folder: Path, lists: Path) -> Path:
    """The lists of the month after: every third task has gone on, every seventh is finished."""
    target = folder / "next"
    target.mkdir()
    for path in sorted(lists.iterdir()):
        book = openpyxl.load_workbook(path)
        sheet = book.active
        for row in range(4, sheet.max_row):
            if row % 3 == 0:
                sheet.cell(row, 10).value = f"{sheet.cell(row, 10).value}十一月完成第{row}段。"
            if row % 7 == 0:
                sheet.cell(row, 9).value, sheet.cell(row, 11).value = "已办结", 1
        book.save(target / path.name)
    return target


def work_in(master: Path, target: Path) -> Path:
    """What an office does in its master in a month."""
    book = openpyxl.load_workbook(master)
    ledger = book["总台账"]
    columns = {cell.value: cell.column for cell in ledger[3]}
    own = ledger.max_column + 1
    ledger.cell(3, own, "分管处")
    last = ledger.max_row
    for number, row in enumerate(range(4, last + 1)):
        ledger.cell(row, own, f"督查{number % 5}处")
    for number in range(200):
        cell = ledger.cell(4 + number * (last - 4) // 200, 2 + number % 8)
        cell.fill = PatternFill("solid", fgColor=("FFFFFF00", "FFFFC000", "FF92D050")[number % 3])
    for number in range(50):
        row = 4 + number * (last - 4) // 50
        ledger.cell(row, 3).comment = Comment(f"第{number}条：12月10日前办结", "整改办")
        ledger.cell(row, columns["备注"]).value = f"已电话催办{number}次"
    sheet = book.create_sheet("领导批示", 2)
    for row in range(1, 40):
        sheet.cell(row, 1, f"第{row}号批示：抓紧")
        sheet.cell(row, 2, row % 9)
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=39))
    sheet.add_chart(chart, "D5")
    book.save(target)
    return target


def timed(command: list[str], output: Path) -> tuple[float, float]:
    """Wall and processor seconds of a merge; the workbook is removed again."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run([*command, "-o", str(output)], capture_output=True, text=True, check=False)
    wall = time.perf_counter() - start
    if done.returncode not in (0, 1):
        sys.exit(f"{command}: {done.stderr}")
    output.unlink()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(units: int = 60, tasks: int = 2000, pairs: int = 5) -> None:
    """Make two rounds, merge the second in turn without and with its base, print ratios."""
    folder = Path(tempfile.mkdtemp(prefix="rectify-xl-bench-"))
    try:
        lists = folder / "lists"
        lists.mkdir()
        make_folder(lists, units, -(-tasks // units))
        plain = folder / "plain.xlsx"
        first = [*RECTIFY, "merge", str(lists), "-o", str(plain), "--as-of", "2026-10-21"]
        subprocess.run(first, capture_output=True, check=False)
        bases = {"plain": plain, "worked": work_in(plain, folder / "worked.xlsx")}
        merge = [*RECTIFY, "merge", str(next_round(folder, lists)), "--as-of", "2026-11-21"]
        ratios = {}
        for name, base in bases.items():
            ratios |= compare(name, merge, [*merge, "--base", str(base)], folder / "new.xlsx", pairs)
        print(json.dumps(ratios))
    finally:
        shutil.rmtree(folder)


def compare(name: str, without: list[str], based: list[str], output: Path, pairs: int) -> dict[str, float]:
    """Both merges in turn; the ratio is the median of the ratios pair by pair: neighbours share the machine's mood."""
    runs = [(timed(without, output), timed(based, output)) for _ in range(pairs)]
    found = {}
    for at, kind in enumerate(("wall", "processor")):
        each = sorted(two[at] / one[at] for one, two in runs)
        first, second = (statistics.median(run[which][at] for run in runs) for which in (0, 1))
        found[f"{name}_{kind}"] = round(statistics.median(each), 3)
        print(f"{name} base, {kind:9} {second:.2f} s, without {first:.2f} s: {found[f'{name}_{kind}']:.2f} x"
              f" ({each[0]:.2f} to {each[-1]:.2f})")  # fmt: skip
    return found


if __name__ == "__main__":
    main(*map(int, sys.argv[1:4]))
