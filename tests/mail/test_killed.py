"""A sender that is killed at any moment: every message goes out once, or a person is told that it may have."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from rectify_xl.mail.outbox import open_outbox
from tests.mail.conftest import message
from tests.mail.smtp_server import Mailbox, serving
from tests.support.counts import count

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rectify_xl.mail.entry import Entry

ROOT = Path(__file__).resolve().parents[2]
MESSAGES, KILLS = 50, count(50, 1000)

pytestmark = [pytest.mark.kill, pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork")]


def check(entries: Iterable[Entry], mailbox: Mailbox) -> Counter[str]:
    """Nothing lost, nothing sent twice; returns the states."""
    arrived = Counter(mailbox.identities)
    states: Counter[str] = Counter()
    for entry in entries:
        states[entry.state] += 1
        count = arrived.pop(entry.message_id, 0)
        assert (entry.state, count) in {("sent", 1), ("unknown", 0), ("unknown", 1)}, entry
    assert not arrived
    return states


def test_kills_while_sending_fifty_messages(tmp_path: Path) -> None:
    kills = 0
    states: Counter[str] = Counter()
    for seed in range(20):
        folder = tmp_path / str(seed)
        (folder / "one").mkdir(parents=True)
        with open_outbox(folder / "one") as one, open_outbox(folder) as outbox, serving(Mailbox(slow=0.008)) as mailbox:
            outbox.record(message(number) for number in range(MESSAGES))
            one.record([message(MESSAGES)])
            words = [folder, mailbox.port, seed, KILLS - kills]
            done = subprocess.run(
                [sys.executable, "-m", "tests.mail.killed_sender", *map(str, words)],
                cwd=ROOT, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            kills += int(done.stdout)
            states += check([*outbox.entries(), *one.entries()], mailbox)
        if kills >= KILLS:
            break
    assert kills >= KILLS
    assert states["sent"] > 0
    assert states["unknown"] > 0
