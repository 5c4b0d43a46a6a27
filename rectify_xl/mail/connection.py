"""One connection to a mail server, opened safely or not at all; every step has a time limit. smtplib speaks the protocol."""

from __future__ import annotations

import ipaddress
import smtplib
import socket
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import TYPE_CHECKING

from rectify_xl.common.os_reasons import os_reason
from rectify_xl.mail.reasons import Reason, printable
from rectify_xl.mail.replies import ASKS_LOGIN, accepted, for_good, for_now
from rectify_xl.mail.server import base64_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader

    from rectify_xl.mail.server import Server


_LONGEST_REPLY = 64 << 10  # bytes; the longest honest one lists a server's extensions


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that a step may take; ``rate`` is the slowest line, in bytes a second, over which a message may go."""

    connect: float = 20.0
    command: float = 60.0
    final: float = 300.0
    leave: float = 3.0
    rate: int = 8192


class ServerTrouble(Exception):  # noqa: N818 - about the server, not about a message
    """No connection came about; nothing was sent. ``lasting`` trouble needs a person, other trouble may pass."""

    def __init__(self, reason: Reason, *, lasting: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lasting = lasting


class _Counted:
    """The lines of one reply after another, up to a limit on the bytes of each."""

    def __init__(self, stream: BufferedReader) -> None:
        self._stream = stream
        self._left = 0

    def begin(self) -> None:
        """Begin a reply."""
        self._left = _LONGEST_REPLY

    def readline(self, most: int) -> bytes:
        """The next line."""
        line = self._stream.readline(most)
        self._left -= len(line)
        if self._left < 0:
            raise smtplib.SMTPServerDisconnected("reply too long")
        return line

    def close(self) -> None:
        """Close the stream."""
        self._stream.close()


class _ShortReplies(smtplib.SMTP):
    """smtplib's protocol, which would gather the lines of a reply for as long as the server talks."""

    def getreply(self) -> tuple[int, bytes]:
        """A reply of a limited length."""
        if self.file is None and self.sock is not None:
            self.file = _Counted(self.sock.makefile("rb"))
        if isinstance(self.file, _Counted):
            self.file.begin()
        return super().getreply()


class Connection:
    """An open, verified, logged-in connection."""

    def __init__(self, server: Server, limits: Limits) -> None:
        """Connect, encrypt, verify and log in, in this order.

        Raises:
            ServerTrouble: one of these did not succeed.
        """
        self._server, self.limits = server, limits
        self.smtp = _ShortReplies(timeout=limits.connect, local_hostname="localhost")
        self._line: socket.socket | None = None
        try:
            self._open()
        except (smtplib.SMTPException, OSError) as error:
            self.drop()
            raise self._not_opened(error) from error
        except BaseException:
            self.drop()
            raise

    @property
    def alive(self) -> bool:
        """Whether a further message can go over this connection."""
        return self._line is not None and self.smtp.sock is not None

    def _open(self) -> None:
        server, limits = self._server, self.limits
        line = socket.create_connection((server.host, server.port), limits.connect)
        self.smtp.sock = line
        # A second handle on the connection: it stays valid while TLS takes the first one over.
        self._line = line.dup()
        if server.security == "none":
            _check_loopback(line)
        self.smtp.local_hostname = _literal(str(line.getsockname()[0]))
        if server.security == "tls":
            self._encrypt()
        with self.within(limits.command):
            self._expect(*self.smtp.getreply())
        self._hello()
        if server.security == "starttls":
            if not self.smtp.has_extn("starttls"):
                raise ServerTrouble(Reason("no-starttls"), lasting=True)
            with self.within(limits.command):
                self._expect(*self.smtp.docmd("STARTTLS"))
            self._encrypt()
            self._hello()
        if server.password and server.security != "none":
            self._login(server.password)

    def _hello(self) -> None:
        with self.within(self.limits.command):
            self._expect(*self.smtp.ehlo())

    def _encrypt(self) -> None:
        """Go over to TLS with a verified certificate for this very host; what was said in the clear is forgotten."""
        smtp = self.smtp
        assert smtp.sock  # noqa: S101 - connected
        with self.within(self.limits.command):
            smtp.sock = ssl.create_default_context().wrap_socket(smtp.sock, server_hostname=self._server.host)
        smtp.file = None
        smtp.esmtp_features = {}

    def _login(self, password: str) -> None:
        """One attempt by one method: each further one would count towards the account being locked."""
        smtp, server = self.smtp, self._server
        methods = smtp.esmtp_features.get("auth", "").upper().split()
        if not methods:
            return  # a relay that knows its clients; if it does not, it says so at the first message
        plain = base64_of("\0", server.user, "\0", password)
        with self.within(self.limits.command):
            if "PLAIN" in methods:
                code, _ = smtp.docmd("AUTH", f"PLAIN {plain}")
            elif "LOGIN" in methods:
                code, _ = smtp.docmd("AUTH", "LOGIN")
                for part in (server.user, password):
                    if code == ASKS_LOGIN:
                        code, _ = smtp.docmd(base64_of(part))
            else:
                raise ServerTrouble(Reason("login-unknown", printable(" ".join(methods))), lasting=True)
        # The words of the answer are not repeated anywhere: a server may quote what it was given.
        if not accepted(code):
            raise ServerTrouble(Reason("login-refused", str(code)), lasting=for_good(code))

    def _expect(self, code: int, said: bytes) -> None:
        if not accepted(code):
            slug = "refused" if for_good(code) else "later" if for_now(code) else "strange"
            raise ServerTrouble(Reason(slug, self.answer(code, said)), lasting=for_good(code))

    def answer(self, code: int, said: bytes) -> str:
        """A reply as it may be shown and kept."""
        return printable(self._server.hide(f"{code} {said.decode('utf-8', 'replace')}"))

    def _not_opened(self, error: OSError) -> ServerTrouble:
        if isinstance(error, ssl.SSLCertVerificationError):
            return ServerTrouble(Reason("bad-certificate", printable(error.verify_message)), lasting=True)
        if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return ServerTrouble(Reason("no-encryption", printable(error.reason or str(error))), lasting=True)
        said = f"{self._server.host}:{self._server.port}, {os_reason(error).en}"
        return ServerTrouble(Reason("unreachable", printable(said)), lasting=False)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let a step take so long in all. A socket's own limit begins again with every byte that arrives."""
        assert self._line and self.smtp.sock  # noqa: S101, PT018 - connected
        self.smtp.sock.settimeout(seconds)
        timer = Timer(seconds, _cut, (self._line,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def leave(self) -> None:
        """Say goodbye, if the server listens, and close."""
        if self.alive:
            with suppress(smtplib.SMTPException, OSError), self.within(self.limits.leave):
                self.smtp.docmd("QUIT")
        self.drop()

    def drop(self) -> None:
        """Close without a word."""
        self.smtp.close()
        if self._line:
            self._line.close()
            self._line = None


def _cut(line: socket.socket) -> None:
    """Shut a connection down from another thread; a call that waits on it fails at once."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _check_loopback(line: socket.socket) -> None:
    peer = str(line.getpeername()[0])
    if not ipaddress.ip_address(peer).is_loopback:
        raise ServerTrouble(Reason("not-loopback", peer), lasting=True)


def _literal(address: str) -> str:
    """How this machine introduces itself: its address. Its name would have to be looked up and says more than it should."""
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
