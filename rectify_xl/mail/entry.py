"""A message before it is in the outbox, and as it stands there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rectify_xl.mail.reasons import Reason
    from rectify_xl.mail.transaction import State


@dataclass(frozen=True, slots=True)
class Message:
    """What is known of a message from the start. ``attachments`` are (name, sha256, bytes).

    ``key`` is the same for the same content to the same address.
    """

    key: str
    serial: int
    message_id: str
    kind: str
    unit: str
    recipient: str
    subject: str
    round: str
    attachments: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Composed(Message):
    """A message ready to be recorded."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Entry(Message):
    """One message of the outbox without its content."""

    id: int
    state: State
    data_sent: bool
    tries: int
    next_try: float
    reason: Reason | None
    created: float
    changed: float
    size: int

    @property
    def arrived(self) -> bool:
        """Whether it was sent, or may have been."""
        return self.state in ("sent", "unknown") or (self.state == "cancelled" and self.data_sent)
