"""A campaign folder, an outbox with messages, certificates, and a server."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import pytest

from rectify_xl.mail.connection import Limits
from rectify_xl.mail.delivery import RetryPolicy, deliver_queued
from rectify_xl.mail.entry import Composed, Entry
from rectify_xl.mail.outbox import Outbox, open_outbox
from rectify_xl.mail.server import Server
from tests.mail.rounds import make_round
from tests.mail.smtp_server import PASSWORD, USER, Certificates, make_certificates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.mail.smtp_server import Mailbox

SENDER = "zgb@example.gov.cn"
QUICK = Limits(connect=2.0, command=0.6, final=0.6, leave=0.2)
USUAL = Limits(connect=10.0, command=10.0, final=10.0, leave=1.0)
ONCE = RetryPolicy(first=0.05, give_up_after=0.0)
PATIENT = RetryPolicy(first=0.05, give_up_after=5.0)


def message(number: int, *, serial: int = 1, text: str = "你好") -> Composed:
    recipient = f"u{number:03d}@example.gov.cn"
    key = hashlib.sha256(recipient.encode()).hexdigest()
    identity = f"<{key[:40]}.{serial}@example.gov.cn>"
    content = f"From: <{SENDER}>\r\nTo: <{recipient}>\r\nMessage-ID: {identity}\r\n\r\n{text}\r\n".encode()
    return Composed(key, serial, identity, "return", f"单位{number}", recipient, "校验结果", "2026-11", (), content)


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    with open_outbox(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def trusted(certificates: Certificates, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificates.bundle))
    return certificates


@pytest.fixture
def go(outbox: Outbox) -> Callable[..., tuple[Entry, ...]]:
    """Record messages and send them to a mailbox's server."""

    def send(
        mailbox: Mailbox, count: int = 1, *, security: str = "none", retry: RetryPolicy = ONCE, host: str = "127.0.0.1",
        password: str | None = None, limits: Limits = USUAL, ids: tuple[int, ...] | None = None, per_minute: int = 100_000,
    ) -> tuple[Entry, ...]:  # fmt: skip
        server = Server(host, mailbox.port, security, USER, PASSWORD if password is None and security != "none" else password)
        with outbox.sole_sender():
            numbers = outbox.record(message(number) for number in range(1, count + 1)) if ids is None else ids
            return deliver_queued(outbox, numbers, server, SENDER, per_minute=per_minute, limits=limits, retry=retry)

    return send


@pytest.fixture(scope="session")
def made_round(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_round(tmp_path_factory.mktemp("round"))


@pytest.fixture
def folder(made_round: Path, tmp_path: Path) -> Path:
    """A campaign folder of one's own, with a master."""
    return shutil.copytree(made_round, tmp_path / "活动")
