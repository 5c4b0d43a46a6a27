"""A real SMTP server on the loopback address that can fail at every step of the protocol, and remembers what it got."""

from __future__ import annotations

import asyncio
import email
import email.policy
import random
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage
    from pathlib import Path

USER, PASSWORD = "zgb@example.gov.cn", "Mi-ma,9 pàss"
FOREVER = 3600.0


@dataclass(frozen=True)
class Certificates:
    """An authority made up for the test, which ``SSL_CERT_FILE`` makes trusted, and what it signed."""

    folder: Path
    authority: trustme.CA

    @property
    def bundle(self) -> Path:
        return self.folder / "ca.pem"

    def context(self, *names: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.authority.issue_cert(*(names or ("localhost", "127.0.0.1"))).configure_cert(context)
        return context


def make_certificates(folder: Path) -> Certificates:
    made = Certificates(folder, trustme.CA())
    made.authority.cert_pem.write_to_path(made.bundle)
    return made


@dataclass
class Received:
    """A message that the server took, for one recipient."""

    sender: str
    recipient: str
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.content, policy=email.policy.default)

    @property
    def identity(self) -> str:
        return str(self.message["message-id"])


@dataclass
class Mailbox:
    """What the server does and what it saw.

    ``faults``: phase -> what happens there, each used up from the front and then over (``always`` keeps the last one).
    Faults: a reply such as "451 later", "drop", "hang". Phases: connect, ehlo, starttls, ehlo-tls, auth, mail, rcpt,
    data, dot (before it takes the message), answer (after it took it), rset, quit.
    """

    faults: dict[str, list[str]] = field(default_factory=dict)
    always: bool = False
    answer_to: Callable[[Envelope], str | None] | None = None
    on: Callable[[str], None] | None = None  # told of every phase as it begins
    slow: float = 0.0  # every step takes up to so many seconds
    poison: str = ""  # a recipient at whose name the line breaks
    received: list[Received] = field(default_factory=list)
    clear: list[bytes] = field(default_factory=list)
    encrypted: list[bytes] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    transports: list[asyncio.Transport] = field(default_factory=list)

    def fault(self, phase: str) -> str | None:
        waiting = self.faults.get(phase)
        if not waiting:
            return None
        return waiting[0] if self.always and len(waiting) == 1 else waiting.pop(0)

    @property
    def identities(self) -> list[str]:
        return [received.identity for received in self.received]


class Scripted(SMTP):
    """aiosmtpd's server with a fault before each command."""

    def __init__(self, mailbox: Mailbox, **options: Any) -> None:
        self.mailbox = mailbox
        super().__init__(_Handler(mailbox), hostname="mail.example.gov.cn", **options)

    def connection_made(self, transport: Any) -> None:
        self.mailbox.transports.append(transport)
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        where = self.mailbox.clear if self.transport is None or self._over_plain() else self.mailbox.encrypted
        where.append(data)
        super().data_received(data)

    def _over_plain(self) -> bool:
        return self.transport.get_extra_info("ssl_object") is None

    async def _handle_client(self) -> None:
        self.mailbox.connections += 1
        if not await self.failed("connect"):
            await super()._handle_client()

    async def failed(self, phase: str) -> bool:
        if self.mailbox.on:
            self.mailbox.on(phase)
        if self.mailbox.slow:
            await asyncio.sleep(random.uniform(0, self.mailbox.slow))  # noqa: S311 - no secret
        fault = self.mailbox.fault(phase)
        if fault is None:
            return False
        if fault == "drop":
            if not self.transport.is_closing():  # Python 3.11.2 cannot abort a closed TLS transport
                self.transport.abort()
            await asyncio.sleep(FOREVER)  # the handler is cancelled with the connection
        if fault == "hang":
            await asyncio.sleep(FOREVER)
        await self.push(fault)
        return True

    async def smtp_EHLO(self, hostname: str) -> None:  # noqa: N802 - aiosmtpd's names
        if not await self.failed("ehlo" if self._over_plain() else "ehlo-tls"):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:  # noqa: N802
        if not await self.failed("starttls"):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:  # noqa: N802
        if not await self.failed("auth"):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802
        if not await self.failed("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802
        if self.mailbox.poison and self.mailbox.poison in arg:
            self.mailbox.faults["rcpt"] = ["drop"]
        if not await self.failed("rcpt"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if not await self.failed("data"):
            await super().smtp_DATA(arg)

    async def smtp_RSET(self, arg: str) -> None:  # noqa: N802
        if not await self.failed("rset"):
            await super().smtp_RSET(arg)

    async def smtp_QUIT(self, arg: str) -> None:  # noqa: N802
        if not await self.failed("quit"):
            await super().smtp_QUIT(arg)


class _Handler:
    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_DATA(self, server: Scripted, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802
        mailbox = self.mailbox
        if (mailbox.faults.get("dot") or ["drop"])[0] in ("drop", "hang"):
            await server.failed("dot")
        else:  # the reply of this phase is returned and not pushed
            return str(mailbox.fault("dot"))
        said = mailbox.answer_to(envelope) if mailbox.answer_to else None
        if said:
            return said
        content = envelope.original_content or b""
        mailbox.received += [Received(str(envelope.mail_from), str(to), content) for to in envelope.rcpt_tos]
        await server.failed("answer")
        return "250 OK"


@contextmanager
def serving(
    mailbox: Mailbox,
    *,
    tls: ssl.SSLContext | None = None,
    implicit: bool = False,
    login: bool = False,
    most: int | None = None,
    without: tuple[str, ...] = (),
    kind: type[Scripted] = Scripted,
) -> Iterator[Mailbox]:
    """Run the server on a free port. ``tls``: offers STARTTLS, or speaks TLS from the start (``implicit``)."""

    def authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:  # noqa: ARG001
        told = (data.login.decode(), data.password.decode())
        mailbox.logins.append(told)
        return AuthResult(success=told == (USER, PASSWORD), handled=False)

    def protocol() -> Scripted:
        return kind(
            mailbox,
            tls_context=None if implicit else tls,
            authenticator=authenticate if login else None,
            auth_required=login,
            auth_require_tls=not implicit,
            auth_exclude_mechanism=without,
            data_size_limit=most,
        )

    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(loop.create_server(protocol, "127.0.0.1", 0, ssl=tls if implicit else None))
    mailbox.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield mailbox
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server, mailbox), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _stop(server: asyncio.Server, mailbox: Mailbox) -> None:
    server.close()
    for transport in mailbox.transports:
        if not transport.is_closing():  # Python 3.11.2 cannot abort a closed TLS transport
            transport.abort()
    await asyncio.sleep(0.02)
    tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
