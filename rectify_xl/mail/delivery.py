"""Delivers what is queued in the outbox: rate-limited, with retries, and each message once."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rectify_xl.mail.connection import Connection, Limits, ServerTrouble
from rectify_xl.mail.transaction import deliver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rectify_xl.mail.entry import Entry
    from rectify_xl.mail.outbox import Outbox
    from rectify_xl.mail.reasons import Reason
    from rectify_xl.mail.server import Server
    from rectify_xl.mail.transaction import Outcome

_MINUTE = 60.0
_MOST_BREAKS = 3


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Exponential backoff for what the server puts off: ``first`` seconds, then twice as long each time, up to ``longest``.

    What is still put off ``give_up_after`` seconds after the start stays in the outbox for the next run.
    """

    first: float = 2.0
    longest: float = 900.0
    give_up_after: float = 60.0

    def delay(self, attempts: int) -> float:
        """Seconds to wait after so many attempts."""
        return min(self.first * 2.0 ** max(0, min(attempts, 30) - 1), self.longest)


@dataclass(frozen=True, slots=True)
class Step:
    """What a run is doing: sending message ``number`` of ``total``, or waiting (``seconds``)."""

    number: int
    total: int
    entry: Entry | None = None
    seconds: float = 0.0


def deliver_queued(
    outbox: Outbox,
    ids: Iterable[int],
    server: Server,
    sender: str,
    *,
    per_minute: int,
    limits: Limits | None = None,
    retry: RetryPolicy | None = None,
    progress: Callable[[Step], None] | None = None,
) -> tuple[Entry, ...]:
    """Deliver messages of the outbox, as far as the server lets.

    The caller must be the outbox's sole sender. Messages that are not queued or deferred are left alone.

    Returns:
        The messages asked for, as they stand now.
    """
    wanted = tuple(ids)
    _Run(outbox, wanted, server, sender, per_minute, limits or Limits(), retry or RetryPolicy(), progress).run()
    return outbox.entries(wanted)


class _Run:
    """One run over some messages of the outbox."""

    def __init__(
        self, outbox: Outbox, ids: Sequence[int], server: Server, sender: str, per_minute: int, limits: Limits,
        retry: RetryPolicy, progress: Callable[[Step], None] | None,
    ) -> None:  # fmt: skip
        self._outbox, self._ids, self._server, self._sender = outbox, ids, server, sender
        self._limits, self._retry, self._progress = limits, retry, progress
        self._rate = _RateLimit(per_minute, outbox.sent_since(time.time() - _MINUTE))
        self._done = 0
        # Until when each message waits, by a clock that nobody sets. What was put off in an earlier run does not wait: a
        # person has asked for this one.
        self._waiting: dict[int, float] = {}

    def run(self) -> None:
        """Batches of what is left, until nothing is, or time is up, or the server keeps breaking off."""
        until = time.monotonic() + self._retry.give_up_after
        while batch := self._due():
            later = min(self._waiting.get(entry.id, 0.0) for entry in batch)
            if later > until:
                return
            self._wait(later - time.monotonic())
            now = time.monotonic()
            if not self._deliver_batch([entry for entry in batch if self._waiting.get(entry.id, 0.0) <= now]):
                return

    def _due(self) -> list[Entry]:
        """What is left to send, those tried least first: a message that breaks the line cannot starve the others."""
        left = [entry for entry in self._outbox.entries(self._ids) if entry.state in ("queued", "deferred")]
        return sorted(left, key=lambda entry: (self._waiting.get(entry.id, 0.0), entry.tries, entry.id))

    def _deliver_batch(self, batch: Sequence[Entry]) -> bool:
        """Deliver a batch; False when there is no use in going on."""
        connection: Connection | None = None
        broken: list[Outcome] = []
        try:
            for at, entry in enumerate(batch):
                self._wait(self._rate.delay())
                if connection is None or not connection.alive:
                    connection = Connection(self._server, self._limits)
                outcome = self._deliver(connection, entry)
                if outcome:
                    broken = [] if connection.alive else [*broken, outcome]
                if len(broken) == _MOST_BREAKS:
                    return self._interrupted(batch[at + 1 :], broken)
        except ServerTrouble as trouble:
            return self._defer(batch[at:], trouble.reason, lasting=trouble.lasting)
        finally:
            if connection is not None:
                connection.leave()
        return True

    def _deliver(self, connection: Connection, entry: Entry) -> Outcome | None:
        """One message; None when it was not to be sent any more."""
        outbox = self._outbox
        if not outbox.claim(entry.id):
            return None
        self._done += 1
        self._report(Step(min(self._done, len(self._ids)), len(self._ids), entry))
        content = outbox.content(entry.id)
        outcome = deliver(connection, self._sender, entry.recipient, content, lambda: outbox.mark_data_sent(entry.id))
        pause = self._retry.delay(entry.tries + 1)
        next_try = time.time() + pause if outcome.state == "deferred" else 0.0
        outbox.settle([entry.id], outcome.state, outcome.reason, next_try)
        self._waiting[entry.id] = time.monotonic() + pause
        self._rate.count()
        return outcome

    def _interrupted(self, rest: Sequence[Entry], broken: Sequence[Outcome]) -> bool:
        """The line broke time and again: the rest waits, so that no more of it becomes messages that may have arrived."""
        if any(outcome.state == "unknown" for outcome in broken):
            return False
        return self._defer(rest, broken[-1].reason, lasting=False)

    def _defer(self, entries: Sequence[Entry], reason: Reason | None, *, lasting: bool) -> bool:
        """The server cannot be reached: defer all messages, or fail them where a person has to see to it."""
        ids = [entry.id for entry in entries]
        if lasting:
            self._outbox.settle(ids, "failed", reason)
            return False
        self._outbox.count_attempt(ids)
        pause = self._retry.delay(min((entry.tries for entry in entries), default=0) + 1)
        self._outbox.settle(ids, "deferred", reason, time.time() + pause)
        self._waiting |= dict.fromkeys(ids, time.monotonic() + pause)
        return True

    def _wait(self, seconds: float) -> None:
        if seconds > 0:
            self._report(Step(self._done, len(self._ids), seconds=seconds))
            time.sleep(seconds)

    def _report(self, step: Step) -> None:
        if self._progress:
            self._progress(step)


class _RateLimit:
    """At most so many messages in any minute, those of an earlier run counted."""

    def __init__(self, per_minute: int, before: Iterable[float]) -> None:
        """``before``: when messages of an earlier run went, by the clock on the wall."""
        self._most = per_minute
        ages = (max(0.0, time.time() - moment) for moment in before)
        self._times = deque((time.monotonic() - age for age in ages), per_minute)

    def delay(self) -> float:
        """Seconds until the next message may go."""
        return self._times[0] + _MINUTE - time.monotonic() if len(self._times) == self._most else 0.0

    def count(self) -> None:
        """Note that a message has gone."""
        self._times.append(time.monotonic())
