"""What arrives is what was meant: one recipient, readable names, the same bytes; and nothing in a name steers a message."""

from __future__ import annotations

import email
import email.header
import email.policy
import os
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_xl.common.errors import RectifyError
from rectify_xl.common.i18n import Text
from rectify_xl.mail.address import checked_address, checked_domain, checked_line, domain_of, is_known
from rectify_xl.mail.compose import compose, message_id
from rectify_xl.mail.entry import Composed
from rectify_xl.mail.letter import Attachment, Letter
from rectify_xl.mail.templates import Words
from tests.mail.conftest import SENDER
from tests.mail.smtp_server import Mailbox, serving
from tests.support.counts import count

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

    from rectify_xl.mail.entry import Entry
    from rectify_xl.mail.outbox import Outbox

WORDS = Words("青禾市整改总台账(2026-11),截至 2026-11-21", "各位领导:\n\n.\n..两点\n" + "长" * 700 + "\n", "<p>各位领导</p>\n")
IDENTITY = "<abc.1@example.gov.cn>"
TO = "shuili@example.gov.cn"

PLACE = Text("某处", "somewhere")


def write(
    *files: Attachment, unit: str = "市水务局", words: Words = WORDS, issuer: str = "青禾市整改办", address: str = TO
) -> bytes:
    return compose(Letter("return", address, unit, {}, files), words, sender=SENDER, issuer=issuer, identity=IDENTITY)


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


NAMES = (
    "总台账.xlsx",
    "市水务局\uff08重报\uff09.xlsx",
    "附件2 各县区、开发区整改任务清单" * 4 + ".xlsx",
    "plain.xlsx",
    'quote"; filename="evil.exe.xlsx',
    "a;b=c, d<e>.xlsm",
    "100%完成'清单'.xlsx",
    "=_utf-8_b_eA==_.xlsx",
    "𠮷野家.xlsx",
)


@pytest.mark.parametrize("name", NAMES)
def test_names_of_attachments_can_be_read_in_both_ways(name: str) -> None:
    content = write(Attachment(name, b"PK" + os.urandom(3000)))
    (part,) = read(content).iter_attachments()
    assert part.get_filename() == name
    head = content.decode("ascii").partition("Content-Type: application/")[2].partition("\r\n\r\n")[0]
    assert "filename*=utf-8''" in head
    (inner,) = re.findall(r'name="([^"]*)"', head)
    words = email.header.decode_header(inner.replace("\r\n", ""))
    decoded = "".join(word.decode(charset or "ascii") if isinstance(word, bytes) else word for word, charset in words)
    assert decoded == name


def test_received_messages_hold_what_was_sent(outbox: Outbox, go: Callable[..., tuple[Entry, ...]]) -> None:
    data = [os.urandom(200_000), b"", b"\r\n.\r\n.\r\nQUIT\r\n" * 100, bytes(range(256)) * 40]
    files = [Attachment(f"第{number}份 清单.xlsx", content) for number, content in enumerate(data)]
    content = write(*files)
    recorded = Composed("k", 1, IDENTITY, "return", "市水务局", TO, WORDS.subject, "", (), content)
    with serving(Mailbox()) as mailbox:
        go(mailbox, ids=outbox.record([recorded]))
    (got,) = mailbox.received
    assert (got.sender, got.recipient) == (SENDER, TO)
    message = got.message
    assert [str(address) for address in message["to"].addresses] == [f"市水务局 <{TO}>"]
    assert [str(address) for address in message["from"].addresses] == [f"青禾市整改办 <{SENDER}>"]
    assert message["subject"] == WORDS.subject
    assert message["date"].datetime.tzinfo
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain
    assert html
    assert plain.get_content().replace("\r\n", "\n") == WORDS.text
    assert html.get_content().replace("\r\n", "\n") == WORDS.html
    assert [(part.get_filename(), part.get_content()) for part in message.iter_attachments()] == [
        (file.name, file.content) for file in files
    ]


def test_a_message_is_7_bit_with_short_lines() -> None:
    content = write(Attachment("总台账.xlsx", os.urandom(5000)), unit="榆" * 200, issuer="整改办" * 50)
    assert content.isascii()
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


STEERING = (
    "\r\nBcc: evil@example.com", "\nBcc: evil@example.com", "\rBcc: evil@example.com", "\r\n\r\nnew body", "\x00", "\x0b", "\x85",
    "\u2028Bcc: evil@example.com", "\u2029", "\u202excod.exe", "\ud83d",
    "=?utf-8?q?a=0D=0ABcc:_evil@example.com?=", "=?gb2312?b?",
)  # fmt: skip


@pytest.mark.parametrize("poison", STEERING)
def test_a_name_or_subject_that_could_steer_a_message_is_refused(poison: str) -> None:
    for words in (
        {"unit": f"市水务局{poison}"},
        {"issuer": f"整改办{poison}"},
        {"files": f"清单{poison}.xlsx"},
    ):
        name = words.pop("files", None)
        with pytest.raises(RectifyError):
            write(*([Attachment(name, b"x")] if name else []), **words)
    with pytest.raises(RectifyError):
        checked_line(f"总台账{poison}", Text("邮件标题", "the subject"))
    with pytest.raises(RectifyError):
        checked_address(f"a@example.gov.cn{poison}x", PLACE)


@pytest.mark.parametrize(
    "name",
    [
        '市水务局" <evil@example.com>, "',
        "市水务局, evil@example.com;",
        "a@b.cn, c",
        "(注释)<x@example.com>",
        "group: x@example.com;",
        "\\",
        '"',
    ],
)
def test_a_name_that_looks_like_an_address_is_encoded(name: str) -> None:
    message = read(write(unit=name, issuer=name))
    assert [address.addr_spec for address in message["to"].addresses] == [TO]
    assert [address.addr_spec for address in message["from"].addresses] == [SENDER]
    assert message["cc"] is message["bcc"] is None


@settings(max_examples=count(20, 200), deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_a_name_is_the_message_goes_to_one_address_or_nowhere(unit: str, subject: str) -> None:
    try:
        content = write(unit=unit, words=Words(checked_line(subject, Text("标题", "the subject")), "x\n", "x\n"))
    except RectifyError:
        return
    message = read(content)
    assert [address.addr_spec for address in message["to"].addresses] == [TO]
    assert {name.lower() for name in message} == {
        "from", "to", "subject", "date", "message-id", "mime-version", "content-type",
    }  # fmt: skip


def test_a_message_that_does_not_read_back_is_not_sent() -> None:
    with pytest.raises(RectifyError, match="读回核对不一致"):
        write(Attachment("长" * 400 + ".xlsx", b"x"))


def test_the_message_id_is_the_same_for_the_same_content_and_number() -> None:
    key = Letter("master", TO, "", {}, (Attachment("a.xlsx", b"1"),)).key("甲", "1")
    assert message_id(key, 1, SENDER) == message_id(key, 1, SENDER) != message_id(key, 2, SENDER)
    assert message_id(key, 1, SENDER).endswith(".1@example.gov.cn>")


def test_what_makes_two_messages_the_same() -> None:
    def key(
        address: str = TO, unit: str = "甲", data: bytes = b"1", cycle: str = "11", name: str = "a.xlsx", says: str = ""
    ) -> str:
        return Letter("return", address, unit, {"lang": says}, (Attachment(name, data),)).key("活动", cycle)

    assert key() == key(TO.upper()) == key(name="b.xlsx") == key(says="其他说法")
    assert len({key(), key("b@example.gov.cn"), key(unit="乙"), key(data=b"2"), key(cycle="12")}) == 5
    reminders = [Letter("reminder", TO, "甲", {"overdue": days}).key("活动", "11") for days in (1, 1, 2)]
    assert reminders[0] == reminders[1] != reminders[2]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("zgb@example.gov.cn", "zgb@example.gov.cn"),
        (" a.b+c-d_e@Example.GOV.cn ", "a.b+c-d_e@example.gov.cn"),
        ("a@市水务.中国", "a@xn--4gqxa978d54b.xn--fiqs8s"),
    ],
)
def test_addresses(text: str, address: str) -> None:
    local, _, domain = address.partition("@")
    found = checked_address(text, PLACE)
    assert found.isascii()
    assert found.partition("@")[0] == local
    assert domain_of(found) == (domain if text.isascii() else "市水务.中国".encode("idna").decode())


@pytest.mark.parametrize(
    "text",
    [
        "", "@", "a", "a@", "@b.cn", "a@b", "a b@example.cn", "a@example.cn, b@example.cn", "a@example.cn;b@example.cn",
        "甲@example.cn", "a\uff20example.cn", "a@example\uff0ecn\uff1b", "a@-example.cn", "a@example-.cn", "a@example..cn",
        ".a@example.cn", "a.@example.cn",
        "a..b@example.cn", '"a b"@example.cn', "<a@example.cn>", "a@[127.0.0.1]", "a@127.0.0.1", f"{'a' * 65}@example.cn",
        f"a@{'b' * 64}.cn", f"a@{'b.' * 130}cn", "a@b@example.cn", "a@example.cn\r\nRCPT TO:<x@example.com>", "a@exa mple.cn",
        "a>@example.cn", "a@example.cn>", "mailto:a@example.cn", "a@example.cn|b@example.cn",
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(RectifyError, match="不是有效的邮箱地址") as caught:
        checked_address(text, Text("units.csv 中市水务局的邮箱", "units.csv, address of 市水务局"))
    assert "units.csv 中市水务局的邮箱" in str(caught.value)
    assert "\r" not in str(caught.value)


def test_known_domains() -> None:
    known = frozenset({"example.gov.cn"})
    assert is_known("example.gov.cn", known)
    assert is_known("shuili.example.gov.cn", known)
    assert not is_known("badexample.gov.cn", known)
    assert not is_known("gov.cn", known)
    assert not is_known("example.gov.cn.evil.example", known)
    assert checked_domain("@QQ.com", PLACE) == "qq.com"
    with pytest.raises(RectifyError):
        checked_domain("*", PLACE)
