"""The rate, the retries, and what one message's trouble means for the others."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from rectify_xl.mail import delivery
from rectify_xl.mail.connection import Limits
from rectify_xl.mail.delivery import RetryPolicy, Step, deliver_queued
from rectify_xl.mail.reasons import printable
from rectify_xl.mail.server import Server
from tests.mail.conftest import ONCE, PATIENT, SENDER, message
from tests.mail.smtp_server import Mailbox, serving

if TYPE_CHECKING:
    from collections.abc import Callable

    from rectify_xl.mail.entry import Entry
    from rectify_xl.mail.outbox import Outbox

    Go = Callable[..., tuple[Entry, ...]]

pytestmark = pytest.mark.slow

SHORT = Limits(connect=2.0, command=0.5, final=0.5, leave=0.2)


def states(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.state for entry in entries]


def test_messages_share_a_connection_and_arrive_as_they_were_recorded(go: Go, outbox: Outbox) -> None:
    with serving(Mailbox()) as mailbox:
        entries = go(mailbox, 5)
    assert states(entries) == ["sent"] * 5
    assert mailbox.connections == 1
    assert [got.recipient for got in mailbox.received] == [entry.recipient for entry in entries]
    assert {got.sender for got in mailbox.received} == {SENDER}
    assert [got.content for got in mailbox.received] == [outbox.content(entry.id) for entry in entries]


def test_a_line_that_begins_with_a_dot_arrives_whole(outbox: Outbox, go: Go) -> None:
    text = ".\r\n..\r\n.开头有点\r\n中间\r\n.\r\n末尾 ."
    numbers = outbox.record([message(1, text=text)])
    with serving(Mailbox()) as mailbox:
        go(mailbox, ids=numbers)
    assert mailbox.received[0].content.decode().partition("\r\n\r\n")[2] == text + "\r\n"


def test_what_is_sent_is_not_sent_again(go: Go) -> None:
    with serving(Mailbox()) as mailbox:
        first = go(mailbox, 3)
        assert states(go(mailbox, 3)) == ["sent"] * 3
    assert mailbox.identities == [entry.message_id for entry in first]


def test_a_refused_recipient_does_not_touch_the_others(go: Go) -> None:
    with serving(Mailbox({"rcpt": ["550 5.1.1 no such user", "450 4.2.0 greylisted"]})) as mailbox:
        entries = go(mailbox, 4)
    assert states(entries) == ["failed", "deferred", "sent", "sent"]
    assert mailbox.connections == 1
    assert [got.recipient for got in mailbox.received] == ["u003@example.gov.cn", "u004@example.gov.cn"]
    assert entries[0].reason
    assert "550 5.1.1 no such user" in entries[0].reason.text("zh")
    assert "450" in (entries[1].reason.text("en") if entries[1].reason else "")


def test_a_closing_server_is_called_again(go: Go) -> None:
    with serving(Mailbox({"mail": ["421 4.3.2 closing"]})) as mailbox:
        assert states(go(mailbox, 3, retry=PATIENT)) == ["sent"] * 3
    assert mailbox.connections >= 2
    assert len(set(mailbox.identities)) == len(mailbox.identities) == 3


@pytest.mark.parametrize("fault", ["drop", "451 cannot", "hang"])
def test_a_line_on_which_one_cannot_start_afresh_is_given_up(fault: str, go: Go) -> None:
    with serving(Mailbox({"rcpt": ["550 no such user"], "rset": [fault]})) as mailbox:
        entries = go(mailbox, 2, limits=SHORT)
    assert states(entries) == ["failed", "sent"]
    assert mailbox.connections == 2


def test_a_message_too_large_fails_with_both_sizes_and_before_a_byte_of_it_is_sent(outbox: Outbox, go: Go) -> None:
    numbers = outbox.record([message(1, text="x" * 40_000), message(2)])
    with serving(Mailbox(), most=20_000) as mailbox:
        large, small = go(mailbox, ids=numbers)
    assert (large.state, small.state) == ("failed", "sent")
    assert large.reason
    assert "39 KB > 20 KB" in large.reason.text("zh")
    assert b"u001" not in b"".join(mailbox.clear)


def test_a_message_that_breaks_the_line_does_not_starve_the_others(go: Go) -> None:
    with serving(Mailbox(poison="u001@")) as mailbox:
        entries = go(mailbox, 6, retry=RetryPolicy(first=0.05, give_up_after=0.5))
    assert states(entries) == ["deferred"] + ["sent"] * 5
    assert entries[0].tries > 1


@pytest.mark.parametrize(("phase", "found"), [("mail", ["deferred"] * 30), ("dot", ["unknown"] * 3 + ["queued"] * 27)])
def test_a_server_that_keeps_hanging_costs_three_time_limits_and_not_the_whole_list(phase: str, found: list[str], go: Go) -> None:
    with serving(Mailbox({phase: ["hang"]}, always=True)) as mailbox:
        entries = go(mailbox, 30, limits=SHORT, retry=ONCE)
    assert states(entries) == found
    assert mailbox.connections == 3
    assert mailbox.received == []


def test_a_server_that_is_busy_for_a_while_gets_everything_in_the_end(go: Go) -> None:
    with serving(Mailbox({"mail": ["421 4.3.2 busy"] * 5})) as mailbox:
        entries = go(mailbox, 10, retry=PATIENT)
    assert states(entries) == ["sent"] * 10
    assert len(set(mailbox.identities)) == len(mailbox.identities) == 10


def test_an_unreachable_server_puts_everything_off(outbox: Outbox) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        numbers = outbox.record(message(number) for number in range(3))
        server = Server("127.0.0.1", closed.getsockname()[1], "none")
        with outbox.sole_sender():
            entries = deliver_queued(
                outbox, numbers, server, SENDER, per_minute=60, retry=RetryPolicy(first=0.05, give_up_after=2.0)
            )
    assert states(entries) == ["deferred"] * 3
    assert all(entry.tries >= 3 for entry in entries)
    assert entries[0].reason
    assert "连不上邮件服务器（127.0.0.1:" in entries[0].reason.text("zh")


def test_lasting_trouble_with_the_server_fails_the_whole_list_to_a_person(go: Go) -> None:
    with serving(Mailbox({"connect": ["554 5.3.2 no service for you"]}, always=True)) as mailbox:
        entries = go(mailbox, 3, retry=PATIENT)
    assert states(entries) == ["failed"] * 3
    assert mailbox.connections == 1


@pytest.mark.parametrize("said", ["999 hello", "hello", "2", "250-" + "x" * 9000])
@pytest.mark.parametrize(("phase", "state"), [("connect", "deferred"), ("rcpt", "deferred"), ("dot", "unknown")])
def test_answers_that_make_no_sense(said: str, phase: str, state: str, go: Go) -> None:
    with serving(Mailbox({phase: [said]}, always=True)) as mailbox:
        (entry,) = go(mailbox, limits=SHORT)
    assert entry.state == state
    assert mailbox.received == []


def trickle(listener: socket.socket, cut_off: threading.Event) -> None:
    """A greeting of one byte now and then for minutes, until the other side hangs up."""
    line, _ = listener.accept()
    with line:
        for _ in range(6000):
            time.sleep(0.05)
            try:
                line.send(b"2")
            except OSError:
                cut_off.set()
                return


def test_a_server_that_trickles_is_cut_off_in_time(outbox: Outbox) -> None:
    cut_off = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=trickle, args=(listener, cut_off))
        thread.start()
        numbers = outbox.record([message(1)])
        server = Server("127.0.0.1", listener.getsockname()[1], "none")
        with outbox.sole_sender():
            (entry,) = deliver_queued(outbox, numbers, server, SENDER, per_minute=60, limits=SHORT, retry=ONCE)
        thread.join()
    assert entry.state == "deferred"
    assert cut_off.is_set()


class Clock:
    """A clock that goes on only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = time.time()

    def time(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now - 1e6

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_no_more_messages_go_in_a_minute_than_allowed_over_several_runs(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, steps, moments = Clock(), list[Step](), list[float]()
    monkeypatch.setattr(delivery, "time", clock)
    monkeypatch.setattr("rectify_xl.mail.outbox.time", clock)
    numbers = outbox.record(message(number) for number in range(7))
    with serving(Mailbox(on=lambda phase: moments.append(clock.now) if phase == "dot" else None)) as mailbox:
        server = Server("127.0.0.1", mailbox.port, "none")
        for part in (numbers[:2], numbers[2:]):
            with outbox.sole_sender():
                deliver_queued(outbox, part, server, SENDER, per_minute=3, progress=steps.append)
    assert len(moments) == 7
    assert all(later - earlier >= 60 for earlier, later in zip(moments, moments[3:], strict=False))
    assert clock.now - moments[0] < 130
    assert [step.number for step in steps if step.entry] == [1, 2, 1, 2, 3, 4, 5]
    assert [round(step.seconds) for step in steps if not step.entry] == [60, 60]


def test_pauses_double_and_the_run_ends_when_patience_does(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, moments = Clock(), list[float]()
    monkeypatch.setattr(delivery, "time", clock)
    monkeypatch.setattr("rectify_xl.mail.outbox.time", clock)
    numbers = outbox.record([message(1)])
    start = clock.now
    with serving(
        Mailbox(
            {"mail": ["451 later"]}, always=True, on=lambda phase: moments.append(clock.now - start) if phase == "mail" else None
        )
    ) as mailbox:
        server = Server("127.0.0.1", mailbox.port, "none")
        with outbox.sole_sender():
            (entry,) = deliver_queued(
                outbox, numbers, server, SENDER, per_minute=60, retry=RetryPolicy(first=2, give_up_after=60)
            )
    assert [round(moment) for moment in moments] == [0, 2, 6, 14, 30]
    assert (entry.state, entry.tries) == ("deferred", 5)
    assert round(entry.next_try - start) == 62


def test_the_longest_pause() -> None:
    assert RetryPolicy().delay(1) == 2
    assert RetryPolicy().delay(40) == 900


def test_a_message_that_another_hand_settled_meanwhile_is_left_alone(outbox: Outbox, go: Go) -> None:
    numbers = outbox.record([message(1), message(2)])

    def settle(phase: str) -> None:
        if phase == "dot":
            with open_second(outbox) as second:
                second.settle(numbers[1:], "cancelled")

    with serving(Mailbox(on=settle)) as mailbox:
        entries = go(mailbox, ids=numbers)
    assert states(entries) == ["sent", "cancelled"]
    assert len(mailbox.received) == 1


def open_second(outbox: Outbox):  # noqa: ANN201 - a context manager of the outbox
    from rectify_xl.mail.outbox import open_outbox

    return open_outbox(outbox.path.parent)


def test_the_server_says_what_it_wants_when_a_login_is_missing(go: Go) -> None:
    with serving(Mailbox({"mail": ["530 5.7.0 Authentication required"]})) as mailbox:
        (entry,) = go(mailbox)
    assert entry.state == "failed"
    assert entry.reason
    assert "RECTIFY_XL_MAIL_PASSWORD" in entry.reason.text("zh")


def test_what_a_server_says_cannot_steer_a_terminal(go: Go) -> None:
    with serving(Mailbox({"rcpt": ["550 \x1b[2J\x1b]0;x\x07 go away \x00"]})) as mailbox:
        (entry,) = go(mailbox)
    assert entry.reason
    assert entry.reason.said == "550 [2J ]0;x go away"
    assert printable("甲\u202e乙\r\n丙" + "x" * 999) == ("甲 乙 丙" + "x" * 999)[:200]


def test_a_clock_that_was_set_back_does_not_hold_mail_up(outbox: Outbox, go: Go, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    monkeypatch.setattr(delivery, "time", clock)
    monkeypatch.setattr("rectify_xl.mail.outbox.time", clock)
    with serving(Mailbox()) as mailbox:
        (first,) = go(mailbox)
        clock.now -= 86400
        (second,) = outbox.record([message(2)])
        start = clock.now
        assert states(go(mailbox, ids=(first.id, second), per_minute=2)) == ["sent", "sent"]
        assert clock.now - start < 60
