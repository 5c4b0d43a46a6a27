"""A letter and its words -> the bytes of a message, read back before anybody trusts them."""

from __future__ import annotations

import base64
import email
import email.policy
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import encode_rfc2231
from hashlib import sha256
from pathlib import PurePath
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.mail.address import checked_line, domain_of

if TYPE_CHECKING:
    from rectify_xl.mail.letter import Attachment, Letter
    from rectify_xl.mail.templates import Words

# Everything in 7 bits, which every server carries unchanged; headers that were written out by hand stay as they are.
_POLICY = email.policy.SMTP.clone(cte_type="7bit", refold_source="none")
_TYPES = {
    ".xlsx": "vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "vnd.ms-excel.sheet.macroEnabled.12",
}
_WIDTH = 70


def message_id(key: str, serial: int, sender: str) -> str:
    """The same at every attempt, so that a mail server that gets a message twice can tell."""
    return f"<{key[:40]}.{serial}@{domain_of(sender)}>"


def compose(letter: Letter, words: Words, *, sender: str, issuer: str, identity: str) -> bytes:
    """The message.

    Args:
        letter: for whom and with what.
        words: subject and text.
        sender: the address of mail.from.
        issuer: the office's name, shown as the sender's.
        identity: the Message-ID.

    Raises:
        RectifyError: a name could steer the message, or the message does not read back as it should.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = Address(checked_line(issuer, Text("issuer ", "issuer")), addr_spec=sender)
    message["To"] = Address(checked_line(letter.unit, Text("单位名称", "the unit's name")), addr_spec=letter.address)
    message["Subject"] = words.subject
    message["Date"] = datetime.now().astimezone()
    message["Message-ID"] = identity
    message.set_content(words.text)
    message.add_alternative(words.html, subtype="html")
    if letter.attachments:
        message.make_mixed()
        for file in letter.attachments:
            message.attach(_part(file))
    content = message.as_bytes()
    _check(content, letter, words.subject, sender, identity)
    return content


def _part(file: Attachment) -> EmailMessage:
    """An attachment whose name every mail program shows rightly.

    ``filename*`` is the standard (RFC 2231); Outlook, Foxmail and QQ Mail look at ``name`` in the manner of RFC 2047,
    which Python would write only in the other way. Both hold the name encoded, so that nothing in it can end the line.
    """
    name = checked_line(file.name, Text("附件名", "the attachment's name"))
    encoded = Header(name, "utf-8", maxlinelen=_WIDTH, header_name="name").encode(linesep="\r\n")
    kind = _TYPES.get(PurePath(name).suffix.lower(), "octet-stream")
    head = (
        f'Content-Type: application/{kind};\r\n name="{encoded}"\r\n'
        "Content-Transfer-Encoding: base64\r\n"
        f"Content-Disposition: attachment;\r\n filename*={encode_rfc2231(name, 'utf-8')}\r\n\r\n"
    )
    body = base64.encodebytes(file.content).replace(b"\n", b"\r\n")
    return email.message_from_bytes(head.encode("ascii") + body, policy=_POLICY)


def _check(content: bytes, letter: Letter, subject: str, sender: str, identity: str) -> None:
    """Read the message back as a mail program would: one sender, one recipient, the words and files that were meant."""
    found = email.message_from_bytes(content, policy=email.policy.default)
    files = [(part.get_filename(), sha256(part.get_content()).hexdigest()) for part in found.iter_attachments()]
    wanted = [(file.name.strip(), file.sha256) for file in letter.attachments]
    right = (
        sorted(name.lower() for name in found) == sorted(_HEADERS)
        and _addresses(found, "from") == [sender]
        and _addresses(found, "to") == [letter.address]
        and found["message-id"] == identity
        and "".join(found["subject"].split()) == "".join(subject.split())
        and files == wanted
        and all(len(line) <= _LONGEST_LINE for line in content.split(b"\r\n"))
    )
    if not right:
        raise RectifyError(
            f"给 {letter.unit or letter.address} 的邮件写成后读回核对不一致，没有发送；请把附件名和标题改简单后再试",
            f"the message to {letter.unit or letter.address} does not read back as it was written and was not sent;"
            " make the names of the attachments and the subject simpler",
        )


_HEADERS = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type")
_LONGEST_LINE = 998


def _addresses(message: EmailMessage, header: str) -> list[str]:
    return [address.addr_spec for entry in message.get_all(header, []) for address in entry.addresses]
