"""Half of a computation in a copy of the process: the same result, whatever becomes of the copy, and nothing is left of it."""

from __future__ import annotations

import os
import sys

import pytest

from rectify_xl.workers.beside import beside
from tests.support.scripts import outlives, said

pytestmark = pytest.mark.slow

linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux only")
HEAD = "import os, signal, sys, threading, time\nfrom rectify_xl.workers.beside import beside\n"


@linux
def test_a_copy_does_the_work_and_ends() -> None:
    script = """
here = os.getpid()
with beside(os.getpid) as answer:
    other = answer()
print(other != here, os.path.exists(f"/proc/{other}"))
"""
    assert said(HEAD + script).split() == ["True", "False"]


@linux
@pytest.mark.parametrize("end", ["os._exit(1)", "1 / 0", "os.kill(os.getpid(), signal.SIGKILL)", "(lambda: 0,)[0].x"])
def test_what_ends_the_copy_is_done_here(end: str) -> None:
    script = f"""
here = os.getpid()
def work():
    if os.getpid() != here:
        {end}
    return "whole"
with beside(work) as answer:
    print(answer())
"""
    assert said(HEAD + script) == "whole\n"


@linux
def test_an_answer_that_cannot_be_sent_is_made_here() -> None:
    assert said(HEAD + "with beside(lambda: lambda: 7) as answer: print(answer()())") == "7\n"


@linux
@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_here_ends_the_copy() -> None:
    script = """
try:
    with beside(lambda: time.sleep(1000)) as answer:
        os.kill(os.getpid(), signal.SIGINT)
        answer()
except KeyboardInterrupt:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        print("nobody is left")
"""
    assert said(HEAD + script) == "nobody is left\n"


@linux
@pytest.mark.kill
def test_a_copy_dies_with_the_process_that_it_is_of() -> None:
    script = (
        "import os, time\nfrom rectify_xl.workers.beside import beside\n"
        "def work():\n    print(os.getpid(), flush=True)\n    time.sleep(1000)\n"
        "with beside(work) as answer:\n    answer()\n"
    )
    assert not outlives(script)


@linux
def test_with_threads_there_is_no_copy() -> None:
    script = """
threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
with beside(os.getpid) as answer:
    print(answer() == os.getpid())
"""
    assert said(HEAD + script) == "True\n"


def test_without_a_copy_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rectify_xl.workers.beside.copy_process", lambda _: None)
    with beside(os.getpid) as answer:
        assert answer() == os.getpid()
