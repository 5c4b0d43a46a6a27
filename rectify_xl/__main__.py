"""``rectify-xl`` and ``python -m rectify_xl``."""

from __future__ import annotations

import _thread
import os
import signal
import sys
import time
from typing import NoReturn

STOPPED = 130  # what shells expect of a program that SIGINT ended
_A_MOMENT = 0.01  # s; the callback that took the first interruption has returned by then


def run() -> NoReturn:
    """The console script. Ctrl-C while the program is still being loaded ends it without a traceback."""
    sys.unraisablehook = interrupt_again
    fill_closed_streams()
    # Of numpy's threads, for which there is nothing to do here: each takes memory, and where there is none they end the process.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from rectify_xl.cli import run as command  # noqa: PLC0415 - what takes time to load

        command()
    except KeyboardInterrupt:
        os._exit(STOPPED)


def fill_closed_streams() -> None:
    """Lead the standard streams that this process was started without (``>&-``, a program without a console) nowhere.

    Python has None in their place, and a file that is opened would get the number of one: what is printed would go into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - pathlib takes time to load


def interrupt_again(dropped: sys.UnraisableHookArgs) -> None:
    """Python drops a Ctrl-C that falls into a callback of a weak reference or a finalizer, and the run would go on.

    ``importlib`` has such a callback for every module that is loaded. The interruption is raised once more, a moment later and
    from a thread without locks of its own: here it would be dropped again.
    """
    if issubclass(dropped.exc_type, KeyboardInterrupt):
        _thread.start_new_thread(_interrupt, ())
    else:
        sys.__unraisablehook__(dropped)


def _interrupt() -> None:
    time.sleep(_A_MOMENT)
    if sys.platform == "win32":  # where os.kill would end the process
        _thread.interrupt_main()
    else:  # wakes what waits for a worker, too
        os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    run()
