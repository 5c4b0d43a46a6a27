"""A plan -> messages: previewed as .eml files, or recorded in the outbox and sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.file_names import file_name
from rectify_xl.common.i18n import NO_TEXT, Text
from rectify_xl.common.os_reasons import os_reason
from rectify_xl.common.patient_sqlite import say_nothing
from rectify_xl.common.private_files import make_private_file, make_private_folder
from rectify_xl.mail.compose import compose, message_id
from rectify_xl.mail.entry import Composed
from rectify_xl.mail.outbox import FILE, open_outbox
from rectify_xl.mail.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from rectify_xl.mail.entry import Entry
    from rectify_xl.mail.letter import Letter, Plan
    from rectify_xl.mail.office import Office
    from rectify_xl.mail.outbox import Outbox
    from rectify_xl.mail.templates import Words

PREVIEW = "outbox-preview"
_PREVIEWED = "[0-9][0-9][0-9]-*.eml"


@dataclass(frozen=True, slots=True)
class Item:
    """One message of a mailing.

    ``earlier`` is the last message with the same content to the same address; ``others`` how many of the same kind but
    with other content this address got in this round; ``again`` whether it goes out even if it went out before.
    """

    letter: Letter
    words: Words
    key: str
    earlier: Entry | None
    others: int
    again: bool

    @property
    def goes(self) -> bool:
        """Whether it is sent: for the first time, or because it was asked for."""
        return self.again or self.earlier is None or not self.earlier.arrived

    @property
    def serial(self) -> int:
        """1 for the first message with this content; one that is resumed keeps its number, and so its Message-ID."""
        if self.earlier is None:
            return 1
        return self.earlier.serial + (1 if self.earlier.arrived else 0)

    def note(self, lang: str) -> str:
        """What is to be known about it before it goes."""
        return self._note().in_language(lang)

    def _note(self) -> Text:
        if self.earlier and self.earlier.arrived:
            return _ARRIVED["again" if self.again else self.earlier.state]
        if self.earlier and self.earlier.state != "cancelled":
            return Text("上次没有发出，这次接着发", "not sent last time, resumed")
        if self.others:
            count = self.others
            return Text(f"本轮发过 {count} 封同类邮件，这封内容不同", f"{count} like it went there before, with other content")
        return NO_TEXT


_ARRIVED = {
    "again": Text("以前发过，再发一次", "sent before, sent once more"),
    "sent": Text("同样的内容已经发过，不再发", "sent before, not sent again"),
    "unknown": Text("上次可能已发出，不再发；请先核实", "may have been sent, not sent again; ask the recipient"),
    "cancelled": Text("上次可能已发出，已取消，不再发", "may have been sent, was cancelled; not sent again"),
}


def items_of(office: Office, plan: Plan, outbox: Outbox | None, *, again: bool) -> tuple[Item, ...]:
    """The messages of a plan as they stand: new, to be resumed, or sent before.

    Raises:
        RectifyError: a template is wrong.
    """
    campaign, templates = office.campaign, Templates(office.folder)
    recorded = outbox.entries() if outbox else ()
    before = Counter((entry.kind, entry.round, entry.recipient, entry.unit) for entry in recorded if entry.arrived)
    found = []
    for letter in plan.letters:
        key = letter.key(campaign.name, campaign.round_id)
        earlier = outbox.latest(key) if outbox else None
        others = before[letter.kind, campaign.round_id, letter.address, letter.unit]
        words = templates.words(letter.kind, office.lang, letter.facts)
        found.append(Item(letter, words, key, earlier, others, again))
    return tuple(found)


def items_for_preview(
    office: Office, plan: Plan, *, again: bool, waiting: Callable[[Text], None] = say_nothing
) -> tuple[Item, ...]:
    """As ``items_of``; a folder that has no outbox yet gets none. ``waiting`` as of :class:`Outbox`."""
    if not (office.folder / FILE).exists():
        return items_of(office, plan, None, again=again)
    with open_outbox(office.folder, waiting) as outbox:
        return items_of(office, plan, outbox, again=again)


def composed(office: Office, item: Item) -> Composed:
    """An item as the outbox records it.

    Raises:
        RectifyError: a name could steer the message.
    """
    letter, words = item.letter, item.words
    identity = message_id(item.key, item.serial, office.sender)
    content = compose(letter, words, sender=office.sender, issuer=office.campaign.issuer, identity=identity)
    return Composed(
        key=item.key, serial=item.serial, message_id=identity, kind=letter.kind, unit=letter.unit, recipient=letter.address,
        subject=words.subject, round=office.campaign.round_id,
        attachments=tuple((file.name, file.sha256, len(file.content)) for file in letter.attachments), content=content,
    )  # fmt: skip


def record(office: Office, outbox: Outbox, items: Sequence[Item]) -> tuple[int, ...]:
    """Put what is to be sent into the outbox, all of it or nothing, and return the numbers.

    Raises:
        RectifyError: a message cannot be composed; nothing was recorded.
    """
    return outbox.record(composed(office, item) for item in items if item.goes)


def write_preview(office: Office, items: Sequence[Item]) -> Path:
    """Write every message that would be sent as an .eml file, in place of those of the last preview.

    Raises:
        RectifyError: a message cannot be composed, or the folder cannot be written.
    """
    folder = office.folder / PREVIEW
    try:
        make_private_folder(folder)
        for old in folder.glob(_PREVIEWED):
            old.unlink()
        for number, (name, content) in enumerate(_files(office, items), 1):
            make_private_file(path := folder / f"{number:03d}-{name}.eml")
            path.write_bytes(content)
    except OSError as error:
        raise RectifyError(
            f"{folder}: 预览写不出来（{os_reason(error).zh}）；请检查文件夹的权限和磁盘空间",
            f"{folder}: the preview cannot be written ({os_reason(error).en}); check the permissions and the space there",
        ) from error
    return folder


def _files(office: Office, items: Sequence[Item]) -> Iterator[tuple[str, bytes]]:
    for item in items:
        if item.goes:
            yield file_name(item.letter.unit or item.letter.address), composed(office, item).content


def item_dict(item: Item, lang: str) -> dict[str, Any]:
    """An item as JSON-ready data."""
    letter = item.letter
    return {
        "kind": letter.kind,
        "unit": letter.unit or None,
        "address": letter.address,
        "subject": item.words.subject,
        "attachments": [{"name": file.name, "bytes": len(file.content), "sha256": file.sha256} for file in letter.attachments],
        "goes": item.goes,
        "note": item.note(lang) or None,
    }
