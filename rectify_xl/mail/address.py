"""Addresses and names that may stand in a message: what could steer a header or lead astray is refused."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.lazy_pattern import LazyPattern
from rectify_xl.common.visible import without_hidden
from rectify_xl.intake.discover import readable_name

if TYPE_CHECKING:
    from rectify_xl.common.i18n import Text

_LOCAL = LazyPattern(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = LazyPattern(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
_LONGEST_LOCAL, _LONGEST_LABEL, _LONGEST = 64, 63, 254
# Control characters, line and paragraph separators, halves of characters; and what reverses the reading direction,
# by which a name can be made to look like another.
_STEERING = frozenset({"Cc", "Zl", "Zp", "Cs"})
_REVERSING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def checked_address(text: str, where: Text) -> str:
    """An address as the envelope takes it: ASCII, the domain in IDNA form and lower case.

    Args:
        text: the address as somebody wrote it.
        where: whose it is, for the message.

    Raises:
        RectifyError: it is no plain address.
    """
    local, at, domain = text.strip().rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        ascii_domain = ""
    labels = ascii_domain.split(".")
    good = (
        at
        and _LOCAL.fullmatch(local)
        and len(local) <= _LONGEST_LOCAL
        and len(labels) > 1
        and not labels[-1].isdigit()
        and all(_LABEL.fullmatch(label) and len(label) <= _LONGEST_LABEL for label in labels)
        and len(local) + 1 + len(ascii_domain) <= _LONGEST
    )
    if not good:
        raise RectifyError(
            f"{where.zh}：“{visible(text)}”不是有效的邮箱地址；应写成 name@example.gov.cn 的样子，几个地址之间用 | 分隔",
            f"{where.en}: “{visible(text)}” is no valid address; write it like name@example.gov.cn, with | between several",
        )
    return f"{local}@{ascii_domain}"


def domain_of(address: str) -> str:
    """The part behind the @."""
    return address.rpartition("@")[2]


def is_known(domain: str, known: frozenset[str]) -> bool:
    """Whether a domain is one of the known ones or lies below one."""
    labels = domain.split(".")
    return any(".".join(labels[at:]) in known for at in range(len(labels)))


def checked_domain(text: str, where: Text) -> str:
    """A domain as addresses are compared with it.

    Raises:
        RectifyError: it is none.
    """
    return domain_of(checked_address(f"x@{text.strip().removeprefix('@')}", where))


def checked_line(text: str, what: Text) -> str:
    """A text that may stand in a header, on one line.

    Raises:
        RectifyError: it holds a line break, or something else that could steer the message.
    """
    odd = next((char for char in text if unicodedata.category(char) in _STEERING or char in _REVERSING), None)
    if odd is not None:
        raise RectifyError(
            f"{what.zh}“{visible(text)}”含有换行或不可见的控制字符（U+{ord(odd):04X}），不能用在邮件里，请改掉",
            f"{what.en} “{visible(text)}” holds a line break or a control character (U+{ord(odd):04X}); take it out",
        )
    if "=?" in text:  # the beginning of an encoded word: mail programs would read something else than is written here
        raise RectifyError(
            f"{what.zh}“{text}”含有“=?”，收件人看到的会是另一个样子，请改掉",
            f"{what.en} “{text}” holds “=?”, so that recipients would see something else; change it",
        )
    return text.strip()


def file_name(name: str) -> str:
    """A name that a unit gave its file, as an attachment can bear it: an odd one must not keep the other units' mails back."""
    return without_hidden(readable_name(name).replace("\n", "_").replace("\t", "_"), "_").replace("=?", "=_")


def visible(text: str) -> str:
    """A text with whatever is not shown made visible."""
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)
