"""Ten phases of the protocol, each refused for now, refused for good, broken off and left hanging."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.mail.conftest import ONCE, PATIENT, QUICK, USUAL
from tests.mail.smtp_server import PASSWORD, USER, Certificates, Mailbox, serving

if TYPE_CHECKING:
    from rectify_xl.mail.connection import Limits

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # it reaches nothing that the others do not

PHASES = ("connect", "ehlo", "starttls", "ehlo-tls", "auth", "mail", "rcpt", "data", "dot", "answer", "quit")
FAULTS = ("451 4.3.0 later", "554 5.0.0 never", "drop", "hang")
Go = "Callable[..., tuple[Entry, ...]]"


def expected(phase: str, fault: str) -> str:
    if phase == "quit":
        return "sent"
    if fault in ("drop", "hang"):
        return "unknown" if phase in ("dot", "answer") else "deferred"
    return "deferred" if fault.startswith("4") else "failed"


def limits_for(fault: str) -> Limits:
    return QUICK if fault == "hang" else USUAL


CASES = [(phase, fault) for phase in PHASES for fault in FAULTS if phase != "answer" or fault in ("drop", "hang")]


@pytest.mark.parametrize(("phase", "fault"), CASES)
def test_every_outcome_is_in_the_right_state(phase: str, fault: str, trusted: Certificates, go: Go) -> None:
    with serving(Mailbox({phase: [fault]}, always=True), tls=trusted.context(), login=True) as mailbox:
        (entry,) = go(mailbox, security="starttls", retry=ONCE, limits=limits_for(fault))
    assert entry.state == expected(phase, fault)
    assert len(mailbox.received) == (phase in ("answer", "quit"))
    if entry.state == "deferred":
        assert entry.next_try > entry.changed
        assert entry.reason
    assert not any(PASSWORD.encode() in seen for seen in mailbox.clear)


@pytest.mark.parametrize(("phase", "fault"), CASES)
def test_what_was_put_off_arrives_once_and_nothing_else_is_repeated(
    phase: str, fault: str, trusted: Certificates, go: Go
) -> None:
    with serving(Mailbox({phase: [fault]}), tls=trusted.context(), login=True) as mailbox:
        entries = go(mailbox, 3, security="starttls", retry=PATIENT, limits=limits_for(fault))
    states = [entry.state for entry in entries]
    first = expected(phase, fault)
    hurt = len(entries) if first == "failed" and phase in PHASES[:5] else 1
    rest = "sent" if first in ("deferred", "sent") else first
    assert states == [rest] * hurt + ["sent"] * (len(entries) - hurt)
    arrived = [entry.message_id for entry in entries if entry.state == "sent"]
    if phase == "answer":
        arrived.append(entries[0].message_id)
    assert sorted(mailbox.identities) == sorted(arrived)
    assert all(login == (USER, PASSWORD) for login in mailbox.logins)
