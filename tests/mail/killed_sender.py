"""Sends an outbox in a child process that is killed at a random moment, over and over, then once in peace.

Run as ``python -m tests.mail.killed_sender FOLDER PORT SEED KILLS``; prints how many kills hit a sender at work. The
children are forked, so that a hundred of them cost no imports. How long a child may live is measured first, so that the
kills meet every step on slow machines and fast ones.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from rectify_xl.mail.connection import Limits
from rectify_xl.mail.delivery import RetryPolicy, deliver_queued
from rectify_xl.mail.outbox import open_outbox
from rectify_xl.mail.server import Server

SENDER = "zgb@example.gov.cn"


def send(folder: Path, port: int) -> None:
    with open_outbox(folder) as outbox, outbox.sole_sender():
        ids = [entry.id for entry in outbox.entries()]
        server = Server("127.0.0.1", port, "none")
        deliver_queued(outbox, ids, server, SENDER, per_minute=100_000, limits=Limits(), retry=RetryPolicy(first=0.01))


def child(folder: Path, port: int) -> int:
    number = os.fork()
    if number == 0:
        try:
            send(folder, port)
        except BaseException as error:  # noqa: BLE001 - the end of the process, told by its status
            print(repr(error), file=sys.stderr)  # noqa: T201
            os._exit(1)
        os._exit(0)
    return number


def main() -> int:
    folder, (port, seed, kills) = Path(sys.argv[1]), map(int, sys.argv[2:])
    chance = random.Random(seed)  # noqa: S311 - no secret
    start = time.monotonic()
    os.waitpid(child(folder / "one", port), 0)
    longest = 1.5 * (time.monotonic() - start)
    hits = 0
    for _ in range(kills):
        number = child(folder, port)
        time.sleep(chance.uniform(0, longest))
        os.kill(number, signal.SIGKILL)
        _, status = os.waitpid(number, 0)
        hits += os.WIFSIGNALED(status)
    print(hits)  # noqa: T201
    _, status = os.waitpid(child(folder, port), 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
