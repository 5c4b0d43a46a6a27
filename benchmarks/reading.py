"""Times reading against an earlier commit, as a ratio of processor time within one run (absolute times mean little).

    python benchmarks/reading.py [COMMIT]        default: 86312585, before cells were read as they are shown

The commit is laid out beside this checkout (git worktree) and reads the same workbooks of every format in turn with it, each
reading in a process of its own, libraries loaded and one file read before the clock starts.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter
from round import make_folder

ROOT = Path(__file__).resolve().parent.parent
BEFORE = "86312585"
RUNS = 9
FILES, ROWS = 6, 1500
READ = """
import sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from rectify_xl.intake.files import read_file
from rectify_xl.schema.loading import load_schema
schema, paths = load_schema(), [Path(path) for path in sys.argv[2:]]
assert sys.modules["rectify_xl"].__file__.startswith(sys.argv[1])
read_file(paths[0], "", schema)
start = time.process_time()
rows = sum(len(table.rows) for path in paths for table in read_file(path, "", schema).tables)
print(time.process_time() - start, rows)
"""


def make_formatted(folder: Path) -> None:
    """Lists whose cells have formats, links and struck-out text: what has to be looked at more closely than plain cells."""
    for number in range(FILES):
        book = xlsxwriter.Workbook(folder / f"格式{number}.xlsx")
        sheet = book.add_worksheet("任务清单")
        sheet.write_row(0, 0, ("序号", "存在问题", "整改措施", "责任领导", "责任单位", "整改时限", "完成率", "备注"))
        codes = ("0.00", "yyyy-mm-dd", '"第"0"项"', "0%", 'yyyy"年"m"月"')
        formats = {code: book.add_format({"num_format": code}) for code in codes}
        struck = book.add_format({"font_strikeout": True})
        for row in range(1, ROWS + 1):
            sheet.write_number(row, 0, row + 0.1, formats["0.00"])
            sheet.write_row(row, 1, (f"{row}号点位污水直排", f"对{row}号点位铺设管网", "赵甲明 副市长", "市水务局"))
            sheet.write_number(row, 5, 46327 + row % 300, formats["yyyy-mm-dd" if row % 2 else 'yyyy"年"m"月"'])
            sheet.write_number(row, 6, row % 120 / 100, formats["0%"])
            if row % 20:
                sheet.write_number(row, 7, row, formats['"第"0"项"'])
            else:
                sheet.write_string(row, 7, "旧的说明", struck)
        book.close()


def timed(checkout: Path, paths: list[Path]) -> float:
    """Processor seconds that a checkout needs for the files."""
    command = [sys.executable, "-c", READ, str(checkout), *map(str, paths)]
    seconds, rows = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    if int(rows) < FILES * ROWS:
        sys.exit(f"{checkout} read {rows} rows")
    return float(seconds)


def inputs(folder: Path) -> dict[str, list[Path]]:
    """The files by kind; those of other formats where LibreOffice is installed."""
    (folder / "plain").mkdir()
    (folder / "formatted").mkdir()
    make_folder(folder / "plain", FILES, ROWS)
    make_formatted(folder / "formatted")
    found = {kind: sorted((folder / kind).glob("*.xlsx")) for kind in ("plain", "formatted")}
    if office := shutil.which("soffice"):
        for kind in ("xls", "ods"):
            profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
            words = [office, "--headless", profile, "--convert-to", kind, "--outdir", str(folder / kind)]
            subprocess.run([*words, *map(str, found["plain"])], check=True, capture_output=True)
            found[kind] = sorted((folder / kind).iterdir())
    return found


def main(commit: str = BEFORE) -> None:
    """Read everything in turn, print the ratios: the median of those run by run."""
    folder = Path(tempfile.mkdtemp(prefix="rectify-xl-reading-"))
    before = folder / "before"
    subprocess.run(["git", "-C", str(ROOT), "worktree", "add", "--detach", str(before), commit], check=True, capture_output=True)
    try:
        for kind, paths in inputs(folder).items():
            pairs = [(timed(before, paths), timed(ROOT, paths)) for _ in range(RUNS)]
            ratio = statistics.median(now / then for then, now in pairs)
            best = min(now for _, now in pairs) / min(then for then, _ in pairs)
            then, now = (statistics.median(times) for times in zip(*pairs, strict=True))
            print(f"{kind:<10} {then:.2f} s then, {now:.2f} s now: {ratio:.3f} x (best against best {best:.3f})")
    finally:
        subprocess.run(["git", "-C", str(ROOT), "worktree", "remove", "--force", str(before)], check=True, capture_output=True)
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(*sys.argv[1:2])
