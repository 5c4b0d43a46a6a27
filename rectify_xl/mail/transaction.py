"""One message over an open connection.

smtplib's own sendmail() is not used: the outbox has to know on which side of the final dot a message was when a line
broke. Before it nobody has the message; after it somebody may.
"""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from rectify_xl.mail.reasons import Reason, printable, shown_size
from rectify_xl.mail.replies import CLOSING, GO_AHEAD, LOGIN_NEEDED, accepted, for_good, for_now

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.mail.connection import Connection

State = Literal["queued", "sending", "sent", "deferred", "failed", "unknown", "cancelled"]
_LONGEST_SIZE = 20  # digits; a server may send anything
_CHUNK = 1 << 15


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message."""

    state: State
    reason: Reason | None = None


def deliver(connection: Connection, sender: str, recipient: str, content: bytes, before_final_dot: Callable[[], None]) -> Outcome:
    """Hand over one message for one recipient.

    Args:
        connection: an open one; it is closed if it is of no more use afterwards.
        sender: the envelope's sender.
        recipient: the envelope's recipient.
        content: the message, its lines ending in CRLF.
        before_final_dot: called when all of it is over there but the final dot, which makes it the server's.
    """
    data_sent = False

    def finish() -> None:
        nonlocal data_sent
        before_final_dot()
        data_sent = True

    try:
        return _transact(connection, sender, recipient, content, finish)
    except (smtplib.SMTPException, OSError) as error:
        connection.drop()
        return Outcome("unknown", Reason("no-answer")) if data_sent else Outcome("deferred", _broken(error))
    except BaseException:
        connection.drop()  # without the final dot the server throws away what it has
        raise


def _transact(connection: Connection, sender: str, recipient: str, content: bytes, finish: Callable[[], None]) -> Outcome:
    smtp, limits = connection.smtp, connection.limits
    most = smtp.esmtp_features.get("size", "")
    if most.isdecimal() and len(most) <= _LONGEST_SIZE and 0 < int(most) < len(content):
        return Outcome("failed", Reason("too-large", f"{shown_size(len(content))} > {shown_size(int(most))}"))
    size = f" SIZE={len(content)}" if smtp.has_extn("size") else ""
    for command, argument in (("MAIL", f"FROM:<{sender}>{size}"), ("RCPT", f"TO:<{recipient}>"), ("DATA", "")):
        with connection.within(limits.command):
            code, said = smtp.docmd(command, argument)
        if not (code == GO_AHEAD if command == "DATA" else accepted(code)):
            return _refused(connection, code, said)
    with connection.within(limits.command + len(content) / limits.rate):
        body = _dotted(content)
        for start in range(0, len(body), _CHUNK):
            smtp.send(body[start : start + _CHUNK])
    finish()
    with connection.within(limits.final):
        smtp.send(b".\r\n")
        code, said = smtp.getreply()
    if accepted(code):
        return Outcome("sent")
    if for_now(code) or for_good(code):
        return _refused(connection, code, said)
    connection.drop()
    return Outcome("unknown", Reason("no-answer"))


def _refused(connection: Connection, code: int, said: bytes) -> Outcome:
    """The outcome of a refusal; the connection is kept if the server agrees to start afresh."""
    answer = connection.answer(code, said)
    if code == CLOSING or not (for_now(code) or for_good(code)) or not _start_afresh(connection):
        connection.drop()
    if for_good(code):
        return Outcome("failed", Reason("login-needed" if code == LOGIN_NEEDED else "refused", answer))
    return Outcome("deferred", Reason("later" if for_now(code) else "strange", answer))


def _start_afresh(connection: Connection) -> bool:
    try:
        with connection.within(connection.limits.leave):
            code, _ = connection.smtp.rset()
    except (smtplib.SMTPException, OSError):
        return False
    return accepted(code)


def _broken(error: OSError) -> Reason:
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return Reason("hung")
    return Reason("broken", printable(str(error)))


def _dotted(content: bytes) -> bytes:
    """Lines that begin with a dot get a second one (RFC 5321, 4.5.2); the last line ends."""
    body = content if content.endswith(b"\r\n") else content + b"\r\n"
    body = body.replace(b"\r\n.", b"\r\n..")
    return b"." + body if body.startswith(b".") else body
