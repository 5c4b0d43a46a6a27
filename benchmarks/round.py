"""Times a whole merge against what people write by hand, as ratios within one run (absolute times mean little).

    python benchmarks/round.py [FILES] [ROWS]        default: 200 files of 40 rows

(a) is the script everybody writes: pandas.read_excel with openpyxl, concat, to_excel; (b) the same with calamine and
XlsxWriter; (c) the floor: calamine reading every file plus XlsxWriter writing exactly the master's cells. Each runs as
a process of its own, start-up included, in turn: wall time, and processor time with all child processes, which a busy machine
disturbs less.
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 7
HEADINGS = (
    "序号", "问题类别", "存在问题", "整改目标", "整改措施", "责任领导",
    "责任单位", "整改时限", "整改状态", "整改进展", "完成率", "备注",
)  # fmt: skip
# Most rows of a real list are in order; about one in seven has something to say about its deadline.
DEADLINES = (
    "2026年12月底前", "2027年6月30日前", "2027年三季度", "2027年底", "2028年6月底前", "2026年12月31日", "立行立改,长期坚持",
)  # fmt: skip

BY_HAND = """
import glob, sys, pandas as pd
frames = [pd.read_excel(path, header=2, engine={reader!r}) for path in sorted(glob.glob(sys.argv[1] + "/*.xlsx"))]
pd.concat(frames).to_excel(sys.argv[2], index=False, engine={writer!r})
"""
PROBE = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(done.returncode)
"""
FLOOR = """
import glob, sys, xlsxwriter
from python_calamine import CalamineWorkbook
for path in glob.glob(sys.argv[1] + "/*.xlsx"):
    CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
master = CalamineWorkbook.from_path(sys.argv[3])
book = xlsxwriter.Workbook(sys.argv[2])
for name in master.sheet_names:
    sheet = book.add_worksheet(name)
    for row, values in enumerate(master.get_sheet_by_name(name).to_python()):
        for column, value in enumerate(values):
            if isinstance(value, (int, float)): sheet.write_number(row, column, value)
            elif value != "": sheet.write_string(row, column, str(value))
book.close()
"""


def make_folder(folder: Path, files: int, rows: int, month: int = 0) -> None:
    """Write ``files`` lists of ``rows`` tasks each, like a unit's: title, subtitle, header, tasks, footer.

    ``month``: of every third task the progress is one of its own every month.
    """
    chance = random.Random(0)  # noqa: S311 - repeatable, not secret
    for number in range(files):
        book = xlsxwriter.Workbook(folder / f"市第{number:03d}局.xlsx")
        sheet = book.add_worksheet("任务清单")
        sheet.merge_range(0, 0, 0, len(HEADINGS) - 1, f"市第{number:03d}局整改任务清单")
        sheet.write_string(1, 0, f"填报单位:市第{number:03d}局    填报日期:2026年11月5日")
        sheet.write_row(2, 0, HEADINGS)
        for row in range(rows):
            task = number * rows + row + 1
            news = f"第{month}月又有进展。" if month and row % 3 == 0 else ""
            where = f"{task}号点位{chance.randrange(10**6)}"
            sheet.write_row(3 + row, 0, (
                task, f"第{task % 7}类问题", f"{where}污水直排,周边群众反映强烈。" * 2, f"{where}污水全部收集处理。",
                f"(1)对{where}开展排查。(2)铺设管网{chance.randrange(900)}米。(3)建立巡查台账。" * 3,
                f"赵{'甲乙丙丁戊'[task % 5]}明 副市长", f"市第{number:03d}局牵头,市第{(number + 1) % files:03d}局配合",
                chance.choice(DEADLINES), "整改中", f"已完成{where}第{chance.randrange(9)}标段施工。{news}",
                chance.randrange(5, 95) / 100, "",
            ))  # fmt: skip
        sheet.write_string(4 + rows, 0, "填表人:钱某    审核人:孙某")
        book.close()


def timed(command: list[str]) -> tuple[float, float, float]:
    """Wall and processor seconds, and the peak memory in MB of the largest process of the command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, "-c", PROBE, *command], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"{command}: {done.stderr}")
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, busy, int(done.stdout.split()[-1]) / 1024


def main(files: int = 200, rows: int = 40) -> None:
    """Lists as most units hand them in."""
    compare(make_folder, files, rows)


def compare(make: Callable[[Path, int, int], None], files: int = 200, rows: int = 40) -> None:
    """Make the folder, run everything in turn, print ratios."""
    folder = Path(tempfile.mkdtemp(prefix="rectify-xl-bench-"))
    try:
        inputs = folder / "in"
        inputs.mkdir()
        make(inputs, files, rows)
        master = str(folder / "master.xlsx")
        python = sys.executable
        commands = {
            "merge": [python, "-m", "rectify_xl", "merge", str(inputs), "-o", master, "--as-of", "2026-11-21"],
            "a": [python, "-c", BY_HAND.format(reader="openpyxl", writer="openpyxl"), str(inputs), str(folder / "a.xlsx")],
            "b": [python, "-c", BY_HAND.format(reader="calamine", writer="xlsxwriter"), str(inputs), str(folder / "b.xlsx")],
            "c": [python, "-c", FLOOR, str(inputs), str(folder / "c.xlsx"), master],
        }
        walls: dict[str, list[float]] = {name: [] for name in commands}
        busy: dict[str, list[float]] = {name: [] for name in commands}
        memory: dict[str, float] = dict.fromkeys(commands, 0.0)
        for _ in range(RUNS):
            (folder / "master.xlsx").unlink(missing_ok=True)
            for name, command in commands.items():
                wall, processor, peak = timed(command)
                walls[name].append(wall)
                busy[name].append(processor)
                memory[name] = max(memory[name], peak)
        print(f"{files} files x {rows} rows, {RUNS} runs each; merge: peak {memory['merge']:.0f} MB")
        ratios = {f"{name}_wall": ratio for name, ratio in report("wall", walls).items()}
        print(json.dumps(ratios | {f"{name}_processor": ratio for name, ratio in report("processor", busy).items()}))
    finally:
        shutil.rmtree(folder)


def report(kind: str, seconds: dict[str, list[float]]) -> dict[str, float]:
    """Print the figures of one kind of time; the ratios of merge to each of the others.

    A ratio is the median of the ratios run by run: what runs one after the other shares the machine's mood.
    """
    names = {
        "a": "(a) pandas + openpyxl, by hand", "b": "(b) pandas + calamine + XlsxWriter", "c": "(c) floor: the same cells",
    }  # fmt: skip
    merge = seconds["merge"]
    print(f"{kind}: merge {statistics.median(merge):.2f} s (best {min(merge):.2f})")
    ratios = {}
    for name, words in names.items():
        pairs = sorted(mine / other for mine, other in zip(merge, seconds[name], strict=True))
        ratios[name] = round(statistics.median(pairs), 3)
        spread = f"{pairs[0]:.2f} to {pairs[-1]:.2f}"
        print(f"{words:<36} {statistics.median(seconds[name]):.2f} s   merge takes {ratios[name]:.2f} x ({spread})")
    return ratios


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
