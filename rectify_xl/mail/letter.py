"""What is to be mailed to whom, before it is worded."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from rectify_xl.mail.reasons import shown_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_xl.common.i18n import Text

Kind = Literal["master", "return", "reminder", "dispatch"]


@dataclass(frozen=True)
class Attachment:
    """A file as it goes out."""

    name: str
    content: bytes = field(repr=False)

    @cached_property
    def sha256(self) -> str:
        """The digest of its bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Letter:
    """One message to one address. ``unit`` is the roster's name, empty for ``mail.to``; ``facts`` fill the template."""

    kind: Kind
    address: str
    unit: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()

    def key(self, campaign: str, cycle: str) -> str:
        """The same for the same content to the same address, however it is worded.

        What is attached is the content; without an attachment it is what the message says.
        """
        content = [file.sha256 for file in self.attachments] or self.facts
        identity = [self.kind, campaign, cycle, self.address.lower(), self.unit, content]
        return hashlib.sha256(json.dumps(identity, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of its attachments."""
        return sum(len(file.content) for file in self.attachments)

    @property
    def shown_size(self) -> str:
        """Its size as people say it."""
        return shown_size(self.size) if self.attachments else "-"


@dataclass(frozen=True)
class Plan:
    """Who gets what.

    ``problems`` are files and units that cannot be mailed, ``notes`` what a person should look at before sending.
    """

    letters: tuple[Letter, ...]
    problems: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()

    def __add__(self, other: Plan) -> Plan:
        """Both in one mailing."""
        return Plan(self.letters + other.letters, self.problems + other.problems, self.notes + other.notes)
