"""Workers that are copies of this process: the same promises as of those that are started, and where none can be made."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.scripts import outlives, said
from tests.support.workbooks import HEADINGS, by_xlsxwriter, layout, task

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
# Lists read by workers that do what file names tell them; prints their outcome, and whether any process is left.
READ = """
import os, subprocess
from rectify_xl.intake import reading, worker
from rectify_xl.intake.discover import Found
from rectify_xl.workers.pool import Pool
from pathlib import Path
from tests.support.hanging_worker import misbehaving
from rectify_xl.schema.loading import load_schema
started = []
start = subprocess.Popen
def counted(*args, **options):
    started.append(start(*args, **options))
    return started[-1]
subprocess.Popen = counted
worker.read_file = misbehaving
reading._LEAST_SECONDS = 1.0
files = [Found(Path({path!r}), name) for name in {names!r}]
with Pool("rectify_xl.intake.worker", (load_schema(), frozenset(), ()), processes={workers}, batch=8) as pool:
    pool.begin(len(files))
    for one in reading.read_all(files, pool):
        print(one.path, one.status)
print(len(started))
try:
    print(os.waitpid(-1, os.WNOHANG))
except ChildProcessError:
    print("nobody is left")
"""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A readable list."""
    return by_xlsxwriter(tmp_path_factory.mktemp("copying") / "a.xlsx", layout([[*HEADINGS], task(1, "东河排口异味")]))


@linux
@pytest.mark.kill
@pytest.mark.parametrize("workers", [pytest.param(1, marks=pytest.mark.long), 2])
@pytest.mark.parametrize("fate", ["none", "kill", "memory", "spin", "garbage"])
def test_a_file_costs_itself_only(good: Path, fate: str, workers: int) -> None:
    names = ["1.xlsx", f"2 {fate}.xlsx", "3.xlsx", "4.xlsx"]
    printed = said(READ.format(path=str(good), names=names, workers=workers)).splitlines()
    outcome = "accepted" if fate == "none" else "rejected"
    assert printed[:4] == ["1.xlsx accepted", f"2 {fate}.xlsx {outcome}", "3.xlsx accepted", "4.xlsx accepted"]
    # What takes the place of a copy that ended is a new process: by then this one has threads.
    assert int(printed[4]) <= (fate in ("kill", "spin", "garbage"))
    assert printed[5] == "nobody is left"


@linux
def test_more_memory_than_a_worker_may_take_is_no_matter_where_the_program_has_it(good: Path) -> None:
    """Its address space comes on top of the worker's own limit."""
    hoard = "import mmap\nhoard = mmap.mmap(-1, 2 << 30)\n"
    assert "a.xlsx accepted" in said(hoard + READ.format(path=str(good), names=["a.xlsx"], workers=1))


@linux
def test_what_a_worker_prints_goes_nowhere(good: Path) -> None:
    loud = "import rectify_xl.intake.files as files\nread = files.read_file\n"
    loud += "def louder(*args):\n    print('loud', flush=True)\n    os.write(2, b'loud')\n    return read(*args)\n"
    script = READ.replace("worker.read_file = misbehaving", "worker.read_file = louder")
    assert "loud" not in said(loud + "import os\n" + script.format(path=str(good), names=["a.xlsx"], workers=1))


@linux
@pytest.mark.kill
def test_a_copy_dies_with_the_process_that_it_is_of(good: Path) -> None:
    script = READ.format(path=str(good), names=["hang.xlsx"], workers=1)
    script = script.replace("    for one in", "    print(pool._begun[0]._process.pid, flush=True)\n    for one in")
    assert not outlives(script)


@linux
@pytest.mark.parametrize(
    "before",
    [
        "threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()",
        "os.close(0)",
        "copying.Path = lambda _: Path('/nowhere')",
        "os.fork = lambda: os.open('/nowhere', 0)",
    ],
)
def test_where_there_is_no_copy(good: Path, before: str) -> None:
    head = f"import os, threading, time\nfrom pathlib import Path\nfrom rectify_xl.workers import copying\n{before}\n"
    head += "assert copying.copy_process(lambda requests, answers: None) is None\n"
    printed = said(head + READ.format(path=str(good), names=["1.xlsx", "2.xlsx"], workers=2)).splitlines()
    assert printed == ["1.xlsx accepted", "2.xlsx accepted", "2", "nobody is left"]


@linux
def test_a_copy_is_waited_for() -> None:
    script = """
import subprocess
from rectify_xl.workers.copying import copy_process
copy = copy_process(lambda requests, answers: answers.write(requests.read() + b"!"))
try:
    copy.wait(0.01)
except subprocess.TimeoutExpired:
    print("it runs")
copy.stdin.write(b"words")
copy.stdin.close()
print(copy.stdout.read(), copy.wait(100), copy.poll())
copy.end()
other = copy_process(lambda requests, answers: requests.read())
import os
os.kill(other.pid, 9)
os.waitpid(other.pid, 0)
print(other.poll())
other.end()
"""
    assert said(script).splitlines() == ["it runs", "b'words!' 0 0", "1"]
