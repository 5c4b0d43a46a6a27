"""``rectify-xl`` and ``python -m rectify_xl``."""

from __future__ import annotations

import os
from typing import NoReturn

STOPPED = 130  # what shells expect of a program that SIGINT ended


def run() -> NoReturn:
    """The console script. Ctrl-C while the program is still being loaded ends it without a traceback."""
    try:
        from rectify_xl.cli import run as command  # noqa: PLC0415 - what takes time to load

        command()
    except KeyboardInterrupt:
        os._exit(STOPPED)


if __name__ == "__main__":
    run()
